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
//! The intervals come from a bootstrap of the respondents (see [`crate::stats::bootstrap`]): a resample
//! replaces the weights w in both formulas. Respondents' probabilities do not change.
//!
//! Matrices are products × products, without unit: the row is the product whose share changes, the
//! column the product whose price changes. A cell is `None` if the share is 0, or the product has
//! no price or is withdrawn.

use nalgebra::DMatrix;

use super::offer_trial::OfferTrial;
use crate::choice::utility;
use crate::index_vec::{AttributeIndex, ProductIndex};
use crate::simulation::Simulation;
use crate::stats::bootstrap::{Bootstrap, Estimate, Interval, Level, WeightedRows};
use crate::stats::column_sums::{sum_columns, sum_resamples};
use crate::study::{Cell, Offer};

/// The default fraction by which arc elasticities lower and raise a price.
pub const DEFAULT_ARC: f64 = 0.05;

/// The most numbers that a block of priced products keeps in memory, 128 MB.
const MAX_NUMBERS: usize = 16_000_000;
/// The number of resamples whose elasticities are computed together.
const RESAMPLES: usize = 32;
/// The number of rows whose terms stay in the processor's cache.
const CACHED_ROWS: usize = 1024;

/// Elasticities of the shares of some products, or of all, for the prices of all products.
type Matrix<T> = DMatrix<Option<T>>;

/// Computes the point elasticities of the shares of preference, products × products; see
/// [`crate::analysis::elasticity`].
pub fn compute_point(simulation: &Simulation, attribute: AttributeIndex) -> DMatrix<Option<f64>> {
    PointTerms::new(simulation, attribute).evaluate(&all_rows(simulation))
}

/// The same with intervals.
pub fn estimate_point(
    simulation: &Simulation,
    attribute: AttributeIndex,
    bootstrap: Bootstrap,
    level: Level,
) -> DMatrix<Option<Estimate>> {
    let terms = PointTerms::new(simulation, attribute);
    estimate(simulation, bootstrap, level, |resamples| {
        let resamples = resamples.iter();
        resamples.map(|rows| terms.evaluate(rows)).collect()
    })
}

/// Computes the arc elasticities of the shares by the rule of the choice model, products ×
/// products. Prices are lowered and raised by the fraction `change`, above 0 and below 1.
pub fn compute_arc(
    simulation: &Simulation,
    attribute: AttributeIndex,
    change: f64,
) -> DMatrix<Option<f64>> {
    let rows = [all_rows(simulation)];
    by_blocks(simulation, 1, |products, trial| {
        let terms = ArcTerms::new(trial, products, attribute, change);
        terms.elasticities(sum_resamples(&terms.chances, &rows).as_slice())
    })
}

/// The same with intervals.
pub fn estimate_arc(
    simulation: &Simulation,
    attribute: AttributeIndex,
    change: f64,
    bootstrap: Bootstrap,
    level: Level,
) -> DMatrix<Option<Estimate>> {
    by_blocks(
        simulation,
        bootstrap.resamples as usize,
        |products, trial| {
            let terms = ArcTerms::new(trial, products, attribute, change);
            estimate(simulation, bootstrap, level, |resamples| {
                terms.evaluate_all(resamples)
            })
        },
    )
}

/// Puts the columns of all products together, block by block: a block of priced products is as large as
/// their chances and `replicates` of their elasticities fit into memory.
fn by_blocks<T: nalgebra::Scalar>(
    simulation: &Simulation,
    replicates: usize,
    mut compute: impl FnMut(&[ProductIndex], &mut OfferTrial<'_>) -> Matrix<T>,
) -> Matrix<T> {
    let products: Vec<ProductIndex> = simulation.scenario().offers().indices().collect();
    let numbers = products.len() * (2 * simulation.selected().respondents.len() + replicates);
    let block = MAX_NUMBERS / numbers.max(1);
    let mut trial = OfferTrial::new(simulation);
    let mut values = Vec::new();
    for block in products.chunks(block.max(1)) {
        values.extend(compute(block, &mut trial).iter().cloned());
    }
    DMatrix::from_vec(products.len(), products.len(), values)
}

/// All rows with a weight.
fn all_rows(simulation: &Simulation) -> WeightedRows {
    let weights = simulation.selected().respondents.weights.iter();
    let rows = weights.copied().enumerate();
    rows.filter(|(_, weight)| *weight > 0.0).collect()
}

/// Figures that follow from the respondents' weights, with their intervals. `evaluate` computes them for
/// several resamples.
fn estimate(
    simulation: &Simulation,
    bootstrap: Bootstrap,
    level: Level,
    evaluate: impl Fn(&[WeightedRows]) -> Vec<Matrix<f64>>,
) -> Matrix<Estimate> {
    let people = &simulation.selected().respondents;
    let figures = evaluate(&[all_rows(simulation)]).pop();
    let figures = figures.unwrap_or_else(|| DMatrix::from_element(0, 0, None));
    let mut replicates = vec![Vec::new(); figures.len()];
    let mut resamples = bootstrap.resamples(&people.ids, &people.weights);
    loop {
        let block: Vec<WeightedRows> = std::iter::from_fn(|| resamples.draw_rows())
            .take(RESAMPLES)
            .collect();
        if block.is_empty() {
            break;
        }
        for figures in evaluate(&block) {
            for (replicates, replicate) in replicates.iter_mut().zip(figures.iter()) {
                replicates.extend(*replicate);
            }
        }
    }
    let estimates = figures.iter().zip(replicates).map(|(figure, replicates)| {
        let interval = Interval::from_replicates(replicates, level);
        figure.map(|mean| Estimate { mean, interval })
    });
    DMatrix::from_iterator(figures.nrows(), figures.ncols(), estimates)
}

/// What point elasticities are computed from, respondents × products.
struct PointTerms<'s> {
    /// The probabilities P.
    probabilities: &'s DMatrix<f64>,
    /// `s·u′(x[k])·P[k]·x[k]`; 0 for products without a price.
    responses: DMatrix<f64>,
    /// Whether each product has a price.
    has_price: Vec<bool>,
}

impl<'s> PointTerms<'s> {
    fn new(simulation: &'s Simulation, attribute: AttributeIndex) -> Self {
        let study = simulation.selected();
        let (probabilities, scale) = (simulation.live().probabilities(), simulation.model().scale);
        let offers = simulation.scenario().offers().iter();
        let mut responses = DMatrix::zeros(probabilities.nrows(), probabilities.ncols());
        let columns = responses.column_iter_mut().zip(probabilities.column_iter());
        let has_price = offers.zip(columns).map(|(offer, (mut responses, column))| {
            let slopes = utility::slopes(study, attribute, &offer.cells);
            let (Some(price), Some(slopes)) = (price_of(offer, attribute), slopes) else {
                return false;
            };
            let factors = slopes.iter().zip(column.iter());
            for (response, (slope, probability)) in responses.iter_mut().zip(factors) {
                *response = scale * slope * probability * price;
            }
            true
        });
        let has_price = has_price.collect();
        Self {
            probabilities,
            responses,
            has_price,
        }
    }

    /// The elasticities of these rows.
    fn evaluate(&self, rows: &[(usize, f64)]) -> Matrix<f64> {
        let products = self.probabilities.ncols();
        let (rows, weights): (Vec<usize>, Vec<f64>) = rows.iter().copied().unzip();
        let mut shares = vec![0.0; products];
        let mut direct = vec![0.0; products];
        let mut cross = DMatrix::<f64>::zeros(products, products);
        for (rows, weights) in rows.chunks(CACHED_ROWS).zip(weights.chunks(CACHED_ROWS)) {
            let responses = self.responses.select_rows(rows);
            let mut probabilities = self.probabilities.select_rows(rows);
            for (mut column, share) in probabilities.column_iter_mut().zip(&mut shares) {
                column.iter_mut().zip(weights).for_each(|(p, w)| *p *= w);
                *share += column.sum();
            }
            for (column, direct) in responses.column_iter().zip(&mut direct) {
                let terms = column.iter().zip(weights);
                *direct += terms
                    .map(|(response, weight)| response * weight)
                    .sum::<f64>();
            }
            cross += sum_columns(&probabilities, 0..rows.len(), &responses);
        }
        DMatrix::from_fn(products, products, |product, priced| {
            let share = shares.get(product).copied().filter(|share| *share > 0.0)?;
            self.has_price.get(priced).filter(|has_price| **has_price)?;
            let own = direct.get(priced).filter(|_| product == priced);
            Some((own.copied().unwrap_or_default() - cross.get((product, priced))?) / share)
        })
    }
}

/// What arc elasticities for the prices of some products are computed from.
struct ArcTerms {
    products: usize,
    /// The lower and the higher price; `None` for products without a price.
    prices: Vec<Option<[f64; 2]>>,
    /// The chances of all products at the lower price of the first of those with a price, then at its
    /// higher price, and so on: respondents × (products at each price).
    chances: DMatrix<f64>,
}

impl ArcTerms {
    fn new(
        trial: &mut OfferTrial<'_>,
        priced: &[ProductIndex],
        attribute: AttributeIndex,
        change: f64,
    ) -> Self {
        let offers = trial.simulation().scenario().offers();
        let mut chances = Vec::new();
        let prices = priced.iter().map(|product| {
            let price = price_of(offers.get(*product)?, attribute)?;
            let prices = [price * (1.0 - change), price * (1.0 + change)];
            for price in prices {
                let set_price = |offer: &mut Offer| offer.cells[attribute] = Cell::Number(price);
                let (choices, _) = trial.change_offer(*product, &set_price);
                for responding in offers.indices() {
                    chances.extend(choices.chances(responding));
                }
            }
            Some(prices)
        });
        let prices: Vec<Option<[f64; 2]>> = prices.collect();
        let products = offers.len();
        let columns = prices.iter().flatten().count() * 2 * products;
        let respondents = trial.simulation().selected().respondents.len();
        Self {
            products,
            prices,
            chances: DMatrix::from_vec(respondents, columns, chances),
        }
    }

    /// The elasticities in several resamples.
    fn evaluate_all(&self, resamples: &[WeightedRows]) -> Vec<Matrix<f64>> {
        let demand = sum_resamples(&self.chances, resamples);
        let demand = demand.column_iter();
        demand
            .map(|demand| self.elasticities(demand.as_slice()))
            .collect()
    }

    /// The elasticities that follow from the demand at the prices, in the order of the chances.
    fn elasticities(&self, demand: &[f64]) -> Matrix<f64> {
        let mut demand = demand.chunks_exact(self.products.max(1));
        let mut values = Vec::with_capacity(self.products * self.prices.len());
        for prices in &self.prices {
            let ends = prices.and_then(|prices| Some((prices, demand.next()?, demand.next()?)));
            match ends {
                Some((prices, low, high)) => {
                    let shares = low.iter().zip(high).map(|(low, high)| [*low, *high]);
                    values.extend(shares.map(|shares| arc_elasticity(shares, prices)));
                }
                None => values.extend(std::iter::repeat_n(None, self.products)),
            }
        }
        DMatrix::from_vec(self.products, self.prices.len(), values)
    }
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
