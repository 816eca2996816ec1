//! What every price of one product brings in every resample, by one pass over the resamples.
//!
//! An objective needs the demand for the products of its beneficiary, and the sum over all others. With
//! the chances C of these at all prices, respondents × (prices × products), and the weights W of some
//! resamples, respondents × resamples, the demand of a segment is `Cᵀ·W` over its respondents.
//! Respondents of a segment who have the same chances at all prices share a row, with the sum of their
//! weights: by first choice, few rows remain.

use std::collections::BTreeMap;
use std::ops::Range;

use nalgebra::DMatrix;

use super::gain::{Alternative, GainEstimator, Outcome};
use crate::analysis::offer_trial::OfferTrial;
use crate::choice::{Choices, Demand};
use crate::index_vec::{AttributeIndex, IndexVec, ProductIndex, SegmentIndex};
use crate::simulation::Simulation;
use crate::stats::bootstrap::Resamples;
use crate::stats::column_sums::sum_columns;
use crate::study::{Cell, Offer};

/// The most chances in memory at once, 64 MB; of more prices, some are computed after the others.
const MAX_CHANCES: usize = 8_000_000;
/// The number of resamples whose demand is computed together.
const RESAMPLES: usize = 32;

/// What today's offers bring, and then what each price of a product brings.
pub(super) fn compute_outcomes(
    estimator: &GainEstimator<'_>,
    product: ProductIndex,
    attribute: AttributeIndex,
    prices: &[f64],
) -> Vec<Outcome> {
    let simulation = estimator.simulation();
    let (study, own) = (simulation.selected(), simulation.scenario().offers());
    let is_needed = |(other, offer): &(ProductIndex, &Offer)| {
        *other == product || estimator.includes_offer(offer)
    };
    let needed = own.enumerate().filter(is_needed);
    let needed: Vec<ProductIndex> = needed.map(|(product, _)| product).collect();
    let size = study.respondents.len() * (needed.len() + 1);
    let mut trial = OfferTrial::new(simulation);
    let alternatives = prices.iter().copied().map(Some);
    let alternatives: Vec<Option<f64>> = std::iter::once(None).chain(alternatives).collect();
    let mut outcomes = Vec::new();
    for block in alternatives.chunks((MAX_CHANCES / size.max(1)).max(1)) {
        let mut chances = Chances::new(simulation, &needed);
        let mut priced = Vec::new();
        for price in block {
            let (choices, offers) = match *price {
                None => (simulation.live(), own),
                Some(price) => trial.change_offer(product, &|offer: &mut Offer| {
                    offer.cells[attribute] = Cell::Number(price);
                }),
            };
            chances.add(choices);
            let alternative = Alternative::new(study, offers, Some(product));
            let values = estimator.evaluate_all(&alternative, choices);
            priced.push((
                alternative,
                Outcome {
                    values,
                    replicates: Vec::new(),
                },
            ));
        }
        let demand = PriceDemand::new(simulation, chances);
        demand.visit(
            estimator.resamples(),
            &mut |price, resample, demand, all| {
                if let Some((alternative, outcome)) = priced.get_mut(price) {
                    let replicate = estimator.evaluate_resample(alternative, resample, demand, all);
                    outcome.replicates.push(replicate);
                }
            },
        );
        outcomes.extend(priced.into_iter().map(|(_, outcome)| outcome));
    }
    outcomes
}

/// The chances of some products, and the sum of all others, at every price.
struct Chances {
    /// Column by column, one value per respondent: those of each product, and the sum of the others.
    values: Vec<f64>,
    needed: Vec<ProductIndex>,
    others: Vec<ProductIndex>,
}

impl Chances {
    fn new(simulation: &Simulation, needed: &[ProductIndex]) -> Self {
        let products = simulation.scenario().offers().indices();
        Self {
            values: Vec::new(),
            needed: needed.to_vec(),
            others: products
                .filter(|product| !needed.contains(product))
                .collect(),
        }
    }

    /// Adds the chances at one price.
    fn add(&mut self, choices: &Choices) {
        for product in &self.needed {
            self.values.extend(choices.chances(*product));
        }
        let mut sums = vec![0.0; choices.utilities().nrows()];
        for product in &self.others {
            let chances = choices.chances(*product);
            sums.iter_mut()
                .zip(chances)
                .for_each(|(sum, chance)| *sum += chance);
        }
        self.values.extend(sums);
    }
}

/// The demand at every price, for any weights of the respondents.
struct PriceDemand {
    needed: Vec<ProductIndex>,
    /// The product that gets the demand for all that are not needed.
    rest: Option<ProductIndex>,
    products: usize,
    /// Whether what products leave of the demand goes to None.
    has_none: bool,
    /// Rows × (prices × (needed products, the others)), and a last column of ones.
    chances: DMatrix<f64>,
    /// The row of each respondent.
    row_of: Vec<usize>,
    /// The rows of each segment.
    segments: IndexVec<SegmentIndex, Range<usize>>,
}

impl PriceDemand {
    fn new(simulation: &Simulation, chances: Chances) -> Self {
        let study = simulation.selected();
        let (respondents, products) = (
            study.respondents.len(),
            simulation.scenario().offers().len(),
        );
        let mut values = chances.values;
        values.extend(std::iter::repeat_n(1.0, respondents));
        let columns = values.len() / respondents.max(1);
        let values = DMatrix::from_vec(respondents, columns, values);
        let mut row_of = vec![0; respondents];
        let mut first = Vec::new();
        let segments = study.segments.indices().map(|segment| {
            let begin = first.len();
            let mut rows: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
            let members = study
                .respondents
                .segments
                .iter()
                .zip(&mut row_of)
                .enumerate();
            for (respondent, (_, row)) in members.filter(|(_, (of, _))| **of == segment) {
                let new_row = first.len();
                *row = match simulation.model().rule.is_deterministic() {
                    true => {
                        let chances = values.row(respondent);
                        let key = chances.iter().map(|chance| chance.to_bits()).collect();
                        *rows.entry(key).or_insert(new_row)
                    }
                    false => new_row,
                };
                if *row == new_row {
                    first.push(respondent);
                }
            }
            begin..first.len()
        });
        let segments = segments.collect();
        Self {
            needed: chances.needed,
            rest: chances.others.first().copied(),
            products,
            has_none: simulation.has_none(),
            chances: values.select_rows(&first),
            row_of,
            segments,
        }
    }

    /// Calls `visit` with the place of every price, the number of every resample, the demand, and the sum
    /// of the weights.
    fn visit(&self, resamples: Resamples, visit: &mut dyn FnMut(usize, usize, &Demand, f64)) {
        let mut resamples = resamples.peekable();
        let mut first = 0;
        while resamples.peek().is_some() {
            let block: Vec<Vec<f64>> = resamples.by_ref().take(RESAMPLES).collect();
            let sums = self.sum_by_segment(&block);
            for place in 0..block.len() {
                for price in 0..self.price_count() {
                    let (demand, all) = self.demand(&sums, price, place);
                    visit(price, first + place, &demand, all);
                }
            }
            first += block.len();
        }
    }

    /// The sum of each column over the respondents of each segment, by resample: columns × resamples.
    fn sum_by_segment(&self, resamples: &[Vec<f64>]) -> IndexVec<SegmentIndex, DMatrix<f64>> {
        let mut weights = DMatrix::zeros(self.chances.nrows(), resamples.len());
        for (mut column, resample) in weights.column_iter_mut().zip(resamples) {
            for (row, weight) in self.row_of.iter().zip(resample) {
                if let Some(sum) = column.get_mut(*row) {
                    *sum += weight;
                }
            }
        }
        let segments = self.segments.iter();
        let sums = segments.map(|rows| sum_columns(&self.chances, rows.clone(), &weights));
        sums.collect()
    }

    fn price_count(&self) -> usize {
        (self.chances.ncols() - 1) / (self.needed.len() + 1)
    }

    /// The demand at a price in a resample, by their places, and the sum of the weights. That for all
    /// products that are not needed is that for one of them.
    fn demand(
        &self,
        sums: &IndexVec<SegmentIndex, DMatrix<f64>>,
        price: usize,
        resample: usize,
    ) -> (Demand, f64) {
        let mut demand = Demand::new(self.products, sums.len());
        let first = price * (self.needed.len() + 1);
        let mut all = 0.0;
        for (segment, sums) in sums.enumerate() {
            let sum_of = |column: usize| sums.get((column, resample)).copied().unwrap_or_default();
            let products = self.needed.iter().copied().chain(self.rest);
            for (place, product) in products.enumerate() {
                demand.add(product, segment, sum_of(first + place));
            }
            let weight = sum_of(self.chances.ncols() - 1);
            if self.has_none {
                // Rounding can make the rest negative.
                let rest = weight - demand.segment_total(segment);
                demand.add_none(segment, rest.max(0.0));
            }
            all += weight;
        }
        (demand, all)
    }
}
