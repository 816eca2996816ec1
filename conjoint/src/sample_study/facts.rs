//! The market for leased electric cars in the United States in January 2020.
//!
//! Offers are those that the makers published. Shares, rates, revenue and margins are those of the
//! conjoint study of electric-vehicle leases that was published in 2020. Colors come from the
//! palettes of P. Tol ("Colour Schemes", SRON/EPS/TN/09-002) and of Okabe and Ito: those that
//! color-blind readers can tell apart and that are visible on white and on black.

use crate::study::Tier;

/// A brand: name, parent, tier and color.
pub(super) struct BrandFacts {
    pub(super) name: &'static str,
    pub(super) parent: &'static str,
    pub(super) tier: Tier,
    pub(super) color: &'static str,
    /// Share of all customers.
    pub(super) share: f64,
    /// EBIT as a fraction of revenue.
    pub(super) margin: f64,
    /// Fixed share of cost.
    pub(super) fixed_cost: f64,
    /// Share of customers who renew, the same in every segment.
    pub(super) recontract: f64,
    /// Share of customers who leave, the same in every segment.
    pub(super) churn: f64,
    /// Average revenue per user, $ per month, the same in every segment.
    pub(super) arpu: f64,
}

macro_rules! brands {
    ($($name:literal $parent:literal $tier:ident $color:literal $share:literal $margin:literal
        $fixed:literal $recontract:literal $churn:literal $arpu:literal;)+) => {
        [$(BrandFacts {
            name: $name, parent: $parent, tier: Tier::$tier, color: $color, share: $share,
            margin: $margin, fixed_cost: $fixed, recontract: $recontract, churn: $churn,
            arpu: $arpu,
        }),+]
    };
}

#[rustfmt::skip]
pub(super) const BRANDS: [BrandFacts; 8] = brands! {
    "Audi"      "Volkswagen Group" Minor "#cc79a7" 0.028 0.08 0.85 0.15  0.183  828.42;
    "Chevrolet" "General Motors"   Major "#999933" 0.07  0.02 0.95 0.167 0.167  321.53;
    "Jaguar"    "Tata Motors"      Minor "#117733" 0.01  0.08 0.85 0.062 0.246 1024.64;
    "Kia"       "Hyundai Motor"    Minor "#aa4499" 0.019 0.02 0.95 0.167 0.167  339.88;
    "Nissan"    "Nissan"           Major "#ee3377" 0.049 0.02 0.95 0.225 0.275  420.83;
    "Tesla"     "Tesla"            Major "#cc3311" 0.722 0.04 0.9  0.233 0.1    670.8;
    "Toyota"    "Toyota"           Major "#0077bb" 0.084 0.02 0.95 0.2   0.133  348.22;
    "VW"        "Volkswagen Group" Minor "#56b4e9" 0.018 0.02 0.95 0.133 0.2    306.61;
};

pub(super) const ELECTRIC: &str = "Electric Vehicle";
pub(super) const PLUG_IN: &str = "Plug-in Hybrid";
pub(super) const SEDAN: &str = "Sedan";
pub(super) const SUV: &str = "SUV";

/// A lease offer: brand, model, $ per month, $ at signing, months, value of the vehicle in $,
/// electric range in miles, charging power in kW, drive and body.
pub(super) type OfferFacts = (
    &'static str,
    &'static str,
    [f64; 6],
    &'static str,
    &'static str,
);

#[rustfmt::skip]
pub(super) const OFFERS: [OfferFacts; 13] = [
    ("Audi",      "e-tron",      [759.0, 2499.0, 36.0, 75000.0, 204.0, 150.0], ELECTRIC, SUV),
    ("Chevrolet", "Bolt EV",     [155.0, 5995.0, 36.0, 37500.0, 259.0,  50.0], ELECTRIC, SEDAN),
    ("Jaguar",    "I-Pace",      [899.0, 4900.0, 39.0, 71000.0, 234.0, 100.0], ELECTRIC, SUV),
    ("Kia",       "Niro EV",     [269.0, 4264.0, 36.0, 39500.0, 239.0, 100.0], ELECTRIC, SUV),
    ("Kia",       "Niro Plug",   [219.0, 3995.0, 36.0, 29500.0,  26.0,   3.3], PLUG_IN,  SUV),
    ("Kia",       "Optima Plug", [239.0, 4995.0, 36.0, 37000.0,  28.0,   3.3], PLUG_IN,  SEDAN),
    ("Nissan",    "LEAF S",      [195.0, 4740.0, 24.0, 29900.0, 151.0,  50.0], ELECTRIC, SEDAN),
    ("Nissan",    "LEAF S +",    [295.0, 5740.0, 24.0, 36550.0, 226.0, 100.0], ELECTRIC, SEDAN),
    ("Tesla",     "Model 3",     [399.0, 5594.0, 36.0, 38000.0, 250.0, 120.0], ELECTRIC, SEDAN),
    ("Tesla",     "Model S",     [900.0, 9095.0, 36.0, 75000.0, 285.0, 120.0], ELECTRIC, SEDAN),
    ("Tesla",     "Model X",     [999.0, 9194.0, 36.0, 81000.0, 255.0, 120.0], ELECTRIC, SUV),
    ("Toyota",    "Prius Prime", [229.0, 4292.0, 36.0, 28700.0,  25.0,   3.3], PLUG_IN,  SEDAN),
    ("VW",        "e-Golf SE",   [199.0, 3874.0, 36.0, 31300.0, 125.0,   7.2], ELECTRIC, SEDAN),
];

/// The numeric attributes in the order of [`OfferFacts`], with the surveyed levels.
pub(super) const NUMERIC: [(&str, &[f64]); 6] = [
    (
        "monthly_cost",
        &[120.0, 200.0, 250.0, 400.0, 500.0, 750.0, 1000.0, 1250.0],
    ),
    ("upfront_cost", &[2000.0, 4000.0, 6000.0, 8000.0, 10_000.0]),
    ("term", &[24.0, 36.0, 48.0]),
    (
        "vehicle_worth",
        &[20_000.0, 30_000.0, 40_000.0, 80_000.0, 100_000.0],
    ),
    ("range", &[20.0, 40.0, 80.0, 180.0, 300.0]),
    ("charge", &[3.0, 10.0, 50.0, 100.0, 160.0]),
];
