//! Price elasticities: the percentage change of a share for a price change of one percent.
//!
//! **Point elasticity** of product j's share of preference with respect to product k's price x, in
//! closed form:
//!
//! `e[j,k] = Σ_r w[r]·∂P[r,j]/∂x[k] · x[k] / Σ_r w[r]·P[r,j]`, where
//! `∂P[j]/∂x[k] = s·u′(x[k])·P[j]·(δ[j,k] − P[k])`, with the weights w, the probabilities P, the
//! scale factor s and the slope u′ of the interpolated utility in the interval that contains the
//! price (K. Train, "Discrete Choice Methods with Simulation", 2009, section 3.6; weighted by the
//! respondents' probabilities as in M. Ben-Akiva and S. R. Lerman, "Discrete Choice Analysis",
//! 1985, chapter 5). Without None, `Σ_j S[j]·e[j,k] = 0`: the others gain what one product loses.
//!
//! **Arc elasticity** by the rule of the choice model, between a lower and a higher price:
//! `((S₂ − S₁)/((S₁ + S₂)/2)) / ((x₂ − x₁)/((x₁ + x₂)/2))` (R. G. D. Allen, "The concept of arc
//! elasticity of demand", 1934).
//!
//! Matrices are products × products, without unit: the row is the product whose share changes, the
//! column the product whose price changes. A cell is `None` if the share is 0, or the product has
//! no price or is withdrawn.

use nalgebra::DMatrix;

use super::offer_trial::OfferTrial;
use crate::choice::utility;
use crate::index_vec::{AttributeIndex, IndexVec, Position, ProductIndex};
use crate::simulation::Simulation;
use crate::study::{Cell, Offer};

/// The default fraction by which arc elasticities lower and raise a price.
pub const DEFAULT_ARC: f64 = 0.05;

/// Computes the point elasticities of the shares of preference, products × products; see
/// [`crate::analysis::elasticity`].
pub fn compute_point(simulation: &Simulation, attribute: AttributeIndex) -> DMatrix<Option<f64>> {
    let study = simulation.selected();
    let (choices, scale) = (simulation.live(), simulation.model().scale);
    let weights = study.respondents.weights.as_slice();
    let offers = simulation.scenario().offers();
    let mut matrix = DMatrix::from_element(offers.len(), offers.len(), None);
    for (priced, offer) in offers.enumerate() {
        let slopes = utility::slopes(study, attribute, &offer.cells);
        let (Some(price), Some(slopes)) = (price_of(offer, attribute), slopes) else {
            continue;
        };
        // The factors of P[j] in each respondent's derivative: w·s·u′, and that times P[k].
        let slopes = slopes.iter().zip(weights);
        let own: Vec<f64> = slopes.map(|(u, w)| w * scale * u).collect();
        let probabilities = choices.probability_column(priced);
        let cross: Vec<f64> = own.iter().zip(probabilities).map(|(f, p)| f * p).collect();
        for product in offers.indices() {
            let column = choices.probability_column(product);
            let share = dot(column, weights);
            let direct = if product == priced {
                dot(&own, column)
            } else {
                0.0
            };
            if share > 0.0 {
                let derivative = direct - dot(&cross, column);
                matrix[(product.index(), priced.index())] = Some(derivative * price / share);
            }
        }
    }
    matrix
}

/// Computes the arc elasticities of the shares by the rule of the choice model, products ×
/// products. Prices are lowered and raised by the fraction `change`, above 0 and below 1.
pub fn compute_arc(
    simulation: &Simulation,
    attribute: AttributeIndex,
    change: f64,
) -> DMatrix<Option<f64>> {
    let offers = simulation.scenario().offers();
    let mut trial = OfferTrial::new(simulation);
    let mut matrix = DMatrix::from_element(offers.len(), offers.len(), None);
    for (priced, offer) in offers.enumerate() {
        let Some(price) = price_of(offer, attribute) else {
            continue;
        };
        let mut shares_at = |price: f64| -> IndexVec<ProductIndex, f64> {
            let set_price = |offer: &mut Offer| offer.cells[attribute] = Cell::Number(price);
            let (choices, _) = trial.change_offer(priced, &set_price);
            let demand = choices.demand();
            offers
                .indices()
                .map(|product| demand.total(product))
                .collect()
        };
        let prices = [price * (1.0 - change), price * (1.0 + change)];
        let [low, high] = prices.map(&mut shares_at);
        for product in offers.indices() {
            matrix[(product.index(), priced.index())] =
                arc_elasticity([low[product], high[product]], prices);
        }
    }
    matrix
}

/// The arc elasticity of two shares at two prices; `None` if both shares or both prices are 0.
fn arc_elasticity(shares: [f64; 2], prices: [f64; 2]) -> Option<f64> {
    let relative_change = |[one, other]: [f64; 2]| (other - one) / ((one + other) / 2.0);
    let elasticity = relative_change(shares) / relative_change(prices);
    elasticity.is_finite().then_some(elasticity)
}

/// The price of an offer on the market.
fn price_of(offer: &Offer, attribute: AttributeIndex) -> Option<f64> {
    let price = offer.cells[attribute].number();
    price.filter(|_| !offer.withdrawn)
}

fn dot(factors: &[f64], column: &[f64]) -> f64 {
    factors.iter().zip(column).map(|(f, c)| f * c).sum()
}
