//! Randomized first choice: the share of draws in which a product is the first choice; see
//! [`crate::method`] for the errors.

use nalgebra::DMatrix;

use crate::method::{Chooser, Errors};
use crate::minimum::golden_section;

/// What is tried for the scale of the errors: from nearly first choice to nearly equal shares.
const SCALES: [f64; 2] = [0.02, 8.0];
/// How often a scale is tried; the golden section narrows the range of its logarithm to a thousandth.
const TRIALS: usize = 18;
/// About how many draws of all respondents together tell one scale from another.
const ENOUGH: usize = 200_000;

/// Writes every respondent's share of draws into `chances`, respondents × products.
pub(super) fn chances(
    chooser: &Chooser,
    errors: &Errors,
    utilities: &DMatrix<f64>,
    offered: &[Vec<f64>],
    none: &[f64],
    chances: &mut DMatrix<f64>,
) {
    let mut race = Race::new(errors.draws());
    for respondent in 0..utilities.nrows() {
        let start = errors.start(respondent);
        race.start(chooser.scale * chooser.none[respondent], &none[start..]);
        for (product, errors) in offered.iter().enumerate() {
            let utility = chooser.scale * utilities[(respondent, product)];
            race.enter(product, utility, &errors[start..]);
        }
        for (product, wins) in race.wins(offered.len()).iter().enumerate() {
            chances[(respondent, product)] = f64::from(*wins) / errors.draws() as f64;
        }
    }
}

/// The products of one respondent in all draws.
struct Race {
    best: Vec<f64>,
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

    fn start(&mut self, none: f64, errors: &[f64]) {
        for (best, error) in self.best.iter_mut().zip(errors) {
            *best = none + error;
        }
        self.leader.fill(0);
    }

    fn enter(&mut self, product: usize, utility: f64, errors: &[f64]) {
        let number = product as u32 + 1;
        let draws = self.best.iter_mut().zip(&mut self.leader).zip(errors);
        for ((best, leader), error) in draws {
            let utility = utility + error;
            if utility > *best {
                *best = utility;
                *leader = number;
            }
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

/// The scale of the errors with which the shares come closest, by least squares, to those of the
/// logit on the same offers, whose utilities and probabilities are respondents × products.
pub(super) fn tuned_scale(
    chooser: &Chooser,
    errors: &Errors,
    weights: &[f64],
    (utilities, probabilities): (&DMatrix<f64>, &DMatrix<f64>),
    (offered, none): &(Vec<Vec<f64>>, Vec<f64>),
) -> f64 {
    let target = shares(weights, probabilities);
    let draws = (ENOUGH / weights.len().max(1)).clamp(10, errors.draws().max(10));
    let draws = draws.min(errors.draws());
    let mut race = Race::new(draws);
    let mut distance = |logarithm: f64| {
        let scale = logarithm.exp();
        let mut sums = vec![0.0; offered.len()];
        for (respondent, weight) in weights.iter().enumerate() {
            let start = errors.start(respondent);
            let unscaled = |utility: f64| chooser.scale * utility / scale;
            race.start(unscaled(chooser.none[respondent]), &none[start..]);
            for (product, errors) in offered.iter().enumerate() {
                let utility = unscaled(utilities[(respondent, product)]);
                race.enter(product, utility, &errors[start..]);
            }
            for (sum, wins) in sums.iter_mut().zip(race.wins(offered.len())) {
                *sum += weight * f64::from(*wins);
            }
        }
        let all: f64 = weights.iter().sum::<f64>() * draws as f64;
        let pairs = sums.iter().zip(&target);
        pairs
            .map(|(sum, target)| (sum / all - target).powi(2))
            .sum()
    };
    let [low, high] = SCALES.map(f64::ln);
    golden_section(low, high, TRIALS, &mut distance).exp()
}

/// The mean of every column, weighted.
fn shares(weights: &[f64], probabilities: &DMatrix<f64>) -> Vec<f64> {
    let all: f64 = weights.iter().sum();
    let columns = probabilities.column_iter();
    let share = |sum: f64| sum / all;
    columns
        .map(|column| share(column.iter().zip(weights).map(|(p, w)| p * w).sum()))
        .collect()
}
