//! By how many percent a share moves when a price moves by one percent.
//!
//! **Point elasticity** of the share of preference of product j with respect to the price x of
//! product k, in closed form:
//!
//! `e[j,k] = Σ_r w[r]·∂P[r,j]/∂x[k] · x[k] / Σ_r w[r]·P[r,j]`, where
//! `∂P[j]/∂x[k] = s·u′(x[k])·P[j]·(δ[j,k] − P[k])`, s the scale factor and u′ the slope of the
//! interpolated utility in the interval that holds the price (K. Train, "Discrete Choice Methods
//! with Simulation", 2009, section 3.6; weighted by the respondents' probabilities as in M.
//! Ben-Akiva and S. R. Lerman, "Discrete Choice Analysis", 1985, chapter 5). Where there is no
//! None, `Σ_j S[j]·e[j,k] = 0`: what one loses the others win.
//!
//! **Arc elasticity**, by the method's rule, between a price somewhat below and one as much above:
//! `((S₂ − S₁)/((S₁ + S₂)/2)) / ((x₂ − x₁)/((x₁ + x₂)/2))` (R. G. D. Allen, "The concept of arc
//! elasticity of demand", 1934).
//!
//! Matrices are products × products: the row is the product whose share answers, the column the
//! one whose price moves. Where a share is 0, and where a product has no price or is withdrawn,
//! there is no elasticity.

use nalgebra::DMatrix;

use crate::analysis::trial::Trial;
use crate::choice::utility;
use crate::index_vec::{AttributeIndex, IndexVec, Position, ProductIndex};
use crate::simulation::Simulation;
use crate::study::Cell;
use crate::study::Offer;

/// By which part of itself a price is lowered and raised for the arc elasticity.
pub const DEFAULT_ARC: f64 = 0.05;

/// Point elasticities of the shares of preference, products × products; see [`crate::analysis::elasticity`].
pub fn compute_point(simulation: &Simulation, attribute: AttributeIndex) -> DMatrix<Option<f64>> {
    let study = simulation.selected();
    let (choices, scale) = (simulation.live(), simulation.model().scale);
    let weights = study.respondents.weights.as_slice();
    let sums = |column: &[f64]| -> f64 { column.iter().zip(weights).map(|(p, w)| p * w).sum() };
    let offers = simulation.scenario().offers();
    let mut matrix = DMatrix::from_element(offers.len(), offers.len(), None);
    for (moved, offer) in offers.enumerate() {
        let slopes = utility::slopes(study, attribute, offer.cells[attribute]);
        let (Some(price), Some(slopes)) = (price_of(offer, attribute), slopes) else {
            continue;
        };
        let own = choices.probability_column(moved);
        // What a respondent's derivative is made of beside P[j]: w·s·u′, and that times P[k].
        let gains: Vec<f64> = slopes
            .iter()
            .zip(weights)
            .map(|(u, w)| w * scale * u)
            .collect();
        let losses: Vec<f64> = gains.iter().zip(own).map(|(gain, p)| gain * p).collect();
        for answering in offers.indices() {
            let column = choices.probability_column(answering);
            let share = sums(column);
            let dot =
                |factors: &[f64]| -> f64 { factors.iter().zip(column).map(|(f, p)| f * p).sum() };
            let direct = if answering == moved { dot(&gains) } else { 0.0 };
            if share > 0.0 {
                let derivative = direct - dot(&losses);
                matrix[(answering.index(), moved.index())] = Some(derivative * price / share);
            }
        }
    }
    matrix
}

/// Arc elasticities of the shares by the rule, products × products, between prices lowered and
/// raised by the part `change` of themselves, above 0 and below 1.
pub fn compute_arc(
    simulation: &Simulation,
    attribute: AttributeIndex,
    change: f64,
) -> DMatrix<Option<f64>> {
    let offers = simulation.scenario().offers();
    let mut trial = Trial::new(simulation);
    let mut matrix = DMatrix::from_element(offers.len(), offers.len(), None);
    for (moved, offer) in offers.enumerate() {
        let Some(price) = price_of(offer, attribute) else {
            continue;
        };
        let mut shares = |price: f64| -> IndexVec<ProductIndex, f64> {
            let priced = |offer: &mut Offer| offer.cells[attribute] = Cell::Number(price);
            let (choices, _) = trial.with(moved, &priced);
            let demand = choices.demand();
            offers
                .indices()
                .map(|product| demand.total(product))
                .collect()
        };
        let prices = [price * (1.0 - change), price * (1.0 + change)];
        let [low, high] = prices.map(&mut shares);
        for answering in offers.indices() {
            matrix[(answering.index(), moved.index())] =
                between([low[answering], high[answering]], prices);
        }
    }
    matrix
}

/// The elasticity between two shares at two prices; `None` where both shares are 0, or the price.
fn between([low, high]: [f64; 2], [from, to]: [f64; 2]) -> Option<f64> {
    let relative = |one: f64, other: f64| (other - one) / ((one + other) / 2.0);
    let elasticity = relative(low, high) / relative(from, to);
    elasticity.is_finite().then_some(elasticity)
}

/// The price of an offer on the market.
fn price_of(offer: &Offer, attribute: AttributeIndex) -> Option<f64> {
    let price = offer.cells[attribute].number();
    price.filter(|_| !offer.withdrawn)
}
