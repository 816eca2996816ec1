//! Randomized first choice: the share of draws in which a product is the first choice; see
//! [`crate::choice`] for the errors.

pub(super) mod errors;

use nalgebra::DMatrix;

use crate::choice::{Chooser, Errors};
use crate::index_vec::{Position, ProductIndex};
use crate::stats::bootstrap::means;
use crate::stats::minimize::golden_section;

/// What is tried for the scale of the errors: from nearly first choice to nearly equal shares.
const SCALES: [f64; 2] = [0.02, 8.0];
/// How often a scale is tried; the golden section narrows the range of its logarithm to a thousandth.
const TRIALS: usize = 18;
/// About how many draws of all respondents together tell one scale from another.
const ENOUGH: usize = 100_000;
/// How many of each of them at least.
const FEWEST: usize = 10;

/// The errors of the offers and of None, and what they are added to.
#[derive(Clone, Debug)]
pub(super) struct Randomized {
    offered: Vec<Vec<f32>>,
    none: Vec<f32>,
}

/// Utilities, respondents × products, and the highest of every respondent, None's among them.
pub(super) type Utilities<'u> = (&'u DMatrix<f64>, &'u [f64]);

impl Randomized {
    /// Without the errors of any offer yet.
    pub(super) fn new(errors: &Errors, products: usize) -> Self {
        Self {
            offered: vec![Vec::new(); products],
            none: errors.of_none(),
        }
    }

    /// Takes over the errors of an offer.
    pub(super) fn set(&mut self, product: ProductIndex, errors: Vec<f32>) {
        if let Some(own) = self.offered.get_mut(product.index()) {
            *own = errors;
        }
    }

    /// Writes every respondent's share of draws into `chances`, respondents × products.
    pub(super) fn chances(
        &self,
        chooser: &Chooser,
        (errors, scale): &(Errors, f64),
        utilities: Utilities<'_>,
        chances: &mut DMatrix<f64>,
    ) {
        let draws = errors.draws();
        self.run(
            chooser,
            errors,
            utilities,
            *scale,
            draws,
            |respondent, wins| {
                for (product, wins) in wins.iter().enumerate() {
                    chances[(respondent, product)] = f64::from(*wins) / draws as f64;
                }
            },
        );
    }

    /// The scale of the errors with which the shares come closest, by least squares, to those of
    /// the logit on the same offers.
    pub(super) fn tuned_scale(
        &self,
        chooser: &Chooser,
        errors: &Errors,
        weights: &[f64],
        utilities: Utilities<'_>,
        probabilities: &DMatrix<f64>,
    ) -> f64 {
        let target: Vec<f64> = means(probabilities, weights).collect();
        let enough = (ENOUGH / weights.len().max(1)).max(FEWEST);
        let draws = enough.min(errors.draws());
        let all = weights.iter().sum::<f64>() * draws as f64;
        let mut distance = |logarithm: f64| {
            let mut sums = vec![0.0; self.offered.len()];
            let scale = logarithm.exp();
            self.run(
                chooser,
                errors,
                utilities,
                scale,
                draws,
                |respondent, wins| {
                    let weight = weights.get(respondent).copied().unwrap_or_default();
                    for (sum, wins) in sums.iter_mut().zip(wins) {
                        *sum += weight * f64::from(*wins);
                    }
                },
            );
            let pairs = sums.iter().zip(&target);
            let off = pairs.map(|(sum, target)| sum / all - target);
            off.map(|off| off * off).sum()
        };
        let [low, high] = SCALES.map(f64::ln);
        golden_section(low, high, TRIALS, &mut distance).exp()
    }

    /// Counts, for one respondent after the other, how often each product comes first.
    fn run(
        &self,
        chooser: &Chooser,
        errors: &Errors,
        (utilities, best): Utilities<'_>,
        scale: f64,
        draws: usize,
        mut tell: impl FnMut(usize, &[u32]),
    ) {
        let mut race = Race::new(draws);
        for (respondent, (none, best)) in chooser.none.iter().zip(best).enumerate() {
            let start = errors.start(respondent);
            // What all errors are divided by changes no order; less the highest, because the
            // differences alone need to be exact.
            let ratio = chooser.scale / scale;
            let utility = |utility: f64| (ratio * (utility - best)) as f32;
            race.start(utility(*none), &self.none[start..]);
            for (product, errors) in self.offered.iter().enumerate() {
                race.enter(
                    product,
                    utility(utilities[(respondent, product)]),
                    &errors[start..],
                );
            }
            tell(respondent, race.wins(self.offered.len()));
        }
    }
}

/// The products of one respondent in all draws.
struct Race {
    best: Vec<f32>,
    /// The product that leads, counted from 1; 0 is None.
    leader: Vec<u32>,
    wins: Vec<u32>,
}

impl Race {
    fn new(draws: usize) -> Self {
        Self {
            best: vec![0.0; draws],
            leader: vec![0; draws],
            wins: Vec::new(),
        }
    }

    fn start(&mut self, none: f32, errors: &[f32]) {
        for (best, error) in self.best.iter_mut().zip(errors) {
            *best = none + error;
        }
        self.leader.fill(0);
    }

    fn enter(&mut self, product: usize, utility: f32, errors: &[f32]) {
        if utility == f32::NEG_INFINITY {
            return;
        }
        let number = product as u32 + 1;
        let draws = self.best.iter_mut().zip(&mut self.leader).zip(errors);
        for ((best, leader), error) in draws {
            let utility = utility + error;
            let leads = utility > *best;
            // Selected, not branched to: the processor does several draws at once.
            *leader = if leads { number } else { *leader };
            *best = if leads { utility } else { *best };
        }
    }

    /// How often each product led.
    fn wins(&mut self, products: usize) -> &[u32] {
        self.wins.clear();
        self.wins.resize(products + 1, 0);
        for leader in &self.leader {
            self.wins[*leader as usize] += 1;
        }
        &self.wins[1..]
    }
}
