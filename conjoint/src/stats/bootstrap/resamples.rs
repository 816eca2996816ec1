//! Who is in each resample, and how often.

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::Rng;

use super::Uncertainty;

/// Iterates over resamples: for each respondent, the weight times how often the resample drew that
/// respondent.
#[derive(Clone, Debug)]
pub struct Resamples {
    /// The rows of the included respondents, ordered by id.
    pub(super) included: Vec<usize>,
    /// How many of them each respondent has.
    pub(super) rows_each: usize,
    pub(super) uncertainty: Uncertainty,
    pub(super) weights: Vec<f64>,
    pub(super) generator: ChaCha12Rng,
    pub(super) remaining: u32,
}

/// Rows that have a weight, ascending, each with its weight.
pub(crate) type WeightedRows = Vec<(usize, f64)>;

impl Resamples {
    /// The next resample, only of the rows that it drew: with many draws, few of all rows.
    pub(crate) fn draw_rows(&mut self) -> Option<WeightedRows> {
        self.remaining = self.remaining.checked_sub(1)?;
        let each = self.rows_each;
        // Every draw is used equally often.
        let draw = self.remaining as usize % each;
        let count = self.included.len() / each;
        let mut sums = vec![0.0; count];
        for respondent in 0..count {
            let rank = match self.uncertainty {
                Uncertainty::Draws => respondent,
                // The upper 32 bits of draw × count are a number below count. With at most a million
                // respondents and 2³² possible draws, the probabilities differ by less than 0.1 %.
                _ => ((u64::from(self.generator.next_u32()) * count as u64) >> 32) as usize,
            };
            let row = self.included.get(rank * each + draw);
            let weight = row.and_then(|row| self.weights.get(*row));
            if let Some((sum, weight)) = sums.get_mut(rank).zip(weight) {
                // The row represents all rows of the respondent.
                *sum += weight * each as f64;
            }
        }
        let drawn = sums.into_iter().enumerate();
        let drawn = drawn.filter(|(_, sum)| *sum != 0.0);
        let rows = drawn.filter_map(|(rank, sum)| {
            let row = self.included.get(rank * each + draw)?;
            Some((*row, sum))
        });
        let mut rows: WeightedRows = rows.collect();
        rows.sort_unstable_by_key(|(row, _)| *row);
        Some(rows)
    }
}

impl Iterator for Resamples {
    type Item = Vec<f64>;

    fn next(&mut self) -> Option<Vec<f64>> {
        let rows = self.draw_rows()?;
        let mut resample = vec![0.0; self.weights.len()];
        scatter(&rows, &mut resample);
        Some(resample)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let remaining = self.remaining as usize;
        (remaining, Some(remaining))
    }
}

/// Writes the rows' weights to their places; the others stay as they are.
pub(crate) fn scatter(rows: &[(usize, f64)], weights: &mut [f64]) {
    for (row, weight) in rows {
        if let Some(place) = weights.get_mut(*row) {
            *place = *weight;
        }
    }
}

/// The weighted sum of a column over some rows.
pub(crate) fn sum_rows(column: &[f64], rows: &[(usize, f64)]) -> f64 {
    let product = |(row, weight): &(usize, f64)| Some(column.get(*row)? * weight);
    rows.iter().filter_map(product).sum()
}

/// The rows with a weight if they are few, as in a resample of draws: sums over them need not read the
/// others.
pub(crate) fn sparse_rows(weights: &[f64]) -> Option<WeightedRows> {
    let weighted = || weights.iter().copied().enumerate();
    let used = || weighted().filter(|(_, weight)| *weight != 0.0);
    (used().count() * 3 < weights.len()).then(|| used().collect())
}
