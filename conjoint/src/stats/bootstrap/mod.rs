//! Percentile intervals from a bootstrap of the respondents: how much a figure depends on who was
//! surveyed.
//!
//! A resample draws with replacement as many respondents as are included, each with the same
//! probability. Computing a figure from each resample gives its replicates, and the interval lies
//! between two percentiles of them (B. Efron, "Bootstrap methods: another look at the jackknife",
//! 1979; B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13). Two
//! figures that are computed from the same resamples are paired: the interval of their difference
//! comes from the differences of their replicates.
//!
//! Where a respondent has several rows, one for each posterior draw of the part-worths, a replicate uses
//! one draw: the same number for all respondents, because draws of one iteration belong together. It can
//! resample the respondents, too, or only go through the draws; see [`Uncertainty`].

mod resamples;

use nalgebra::DMatrix;
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::index_vec::{IndexVec, Position, RespondentIndex};
use crate::stats::quantile::percentile;
use crate::stats::sort::stable_sort;

pub use resamples::Resamples;
pub(crate) use resamples::{WeightedRows, scatter, sparse_rows, sum_rows};

/// What the intervals say: how much a figure could differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Uncertainty {
    /// If other respondents had been surveyed. Part-worths count as known: the posterior means.
    #[default]
    Respondents,
    /// Because the part-worths of these respondents are only known up to their posterior draws.
    Draws,
    /// For both reasons.
    Both,
}

impl Uncertainty {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Respondents, Self::Draws, Self::Both];

    /// Its id in commands, links and files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Respondents => "respondents",
            Self::Draws => "draws",
            Self::Both => "both",
        }
    }

    /// The one of that id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }

    /// Whether it needs posterior draws.
    pub fn uses_draws(self) -> bool {
        self != Self::Respondents
    }
}

/// How many resamples to draw, of what, and from which seed.
///
/// # Examples
/// ```
/// use conjoint::stats::bootstrap::{Bootstrap, Level};
/// use nalgebra::DMatrix;
///
/// let ids = ["a", "b", "c"].map(str::to_owned).to_vec().into();
/// let weights = vec![1.0; 3].into();
/// let values = DMatrix::from_row_slice(3, 1, &[1.0, 2.0, 6.0]);
/// let estimates = Bootstrap::with_seed(1).means(&values, &ids, &weights, Level::default());
/// assert_eq!(estimates[0].mean, 3.0);
/// let interval = estimates[0].interval.expect("three respondents are included");
/// assert!(1.0 <= interval.low && interval.low < interval.high && interval.high <= 6.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    /// The seed. The same seed draws the same respondents on every machine.
    pub seed: u64,
    /// The number of resamples.
    pub resamples: u32,
    /// What is resampled.
    pub uncertainty: Uncertainty,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self {
            seed: 1,
            resamples: 1000,
            uncertainty: Uncertainty::default(),
        }
    }
}

impl Bootstrap {
    /// The default number of resamples, from a given seed.
    pub fn with_seed(seed: u64) -> Self {
        Self {
            seed,
            ..Self::default()
        }
    }

    /// Resamples the included respondents: those with a weight above 0. The others are never drawn. Rows
    /// with the same id are the draws of one respondent, equally many of each; a resample uses one of them
    /// in place of all.
    ///
    /// Who is drawn depends on the ids, not on the order of the rows: reordering the rows of a file
    /// changes nothing.
    pub fn resamples(
        &self,
        ids: &IndexVec<RespondentIndex, String>,
        weights: &IndexVec<RespondentIndex, f64>,
    ) -> Resamples {
        let included = ids.iter().zip(weights).enumerate();
        let included = included.filter(|(_, (_, weight))| **weight > 0.0);
        let included = included.map(|(row, (id, _))| (row, id)).collect();
        let included: Vec<(usize, &String)> =
            stable_sort(included, |(_, one), (_, other)| one.cmp(other));
        let first = included.first().map(|(_, id)| *id);
        let same = included.iter().take_while(|(_, id)| Some(*id) == first);
        Resamples {
            rows_each: same.count().max(1),
            included: included.into_iter().map(|(row, _)| row).collect(),
            weights: weights.as_slice().to_vec(),
            generator: ChaCha12Rng::seed_from_u64(self.seed),
            remaining: self.resamples,
            uncertainty: self.uncertainty,
        }
    }

    /// The weighted mean of each column of `values`, respondents × figures, with its interval.
    ///
    /// `values` has one row per entry of `ids` and `weights`. Rows with weight 0 are ignored.
    pub fn means(
        &self,
        values: &DMatrix<f64>,
        ids: &IndexVec<RespondentIndex, String>,
        weights: &IndexVec<RespondentIndex, f64>,
        level: Level,
    ) -> Vec<Estimate> {
        // Ignored rows would take as much time as the others.
        let included = || weights.enumerate().filter(|(_, weight)| **weight > 0.0);
        let rows: Vec<usize> = included().map(|(row, _)| row.index()).collect();
        let values = values.select_rows(&rows);
        let ids = included().map(|(row, _)| ids[row].clone()).collect();
        let weights = included().map(|(_, weight)| *weight).collect();
        let mut replicates = vec![Vec::new(); values.ncols()];
        let mut resamples = self.resamples(&ids, &weights);
        while let Some(rows) = resamples.draw_rows() {
            for (replicates, mean) in replicates.iter_mut().zip(row_means(&values, &rows)) {
                replicates.push(mean);
            }
        }
        let means = means(&values, weights.as_slice());
        let estimates = means.zip(replicates);
        estimates
            .map(|(mean, replicates)| Estimate {
                mean,
                interval: Interval::from_replicates(replicates, level),
            })
            .collect()
    }
}

/// The weighted mean of each column of `values`; NaN if all weights are 0.
pub fn means(values: &DMatrix<f64>, weights: &[f64]) -> impl Iterator<Item = f64> {
    let total: f64 = weights.iter().sum();
    let used = sparse_rows(weights);
    values.column_iter().map(move |column| {
        let column = column.as_slice();
        let sum: f64 = match &used {
            Some(rows) => sum_rows(column, rows),
            None => column
                .iter()
                .zip(weights)
                .map(|(value, weight)| value * weight)
                .sum(),
        };
        sum / total
    })
}

/// The weighted mean of each column of `values` over some rows; NaN if there are none.
fn row_means(values: &DMatrix<f64>, rows: &[(usize, f64)]) -> impl Iterator<Item = f64> {
    let total: f64 = rows.iter().map(|(_, weight)| weight).sum();
    let columns = values.column_iter();
    columns.map(move |column| sum_rows(column.as_slice(), rows) / total)
}

/// Counts the included respondents: those with a weight above 0.
pub fn count_included(weights: &[f64]) -> usize {
    weights.iter().filter(|weight| **weight > 0.0).count()
}

/// The number of equally weighted respondents who would give the same precision:
/// `(Σw)² / Σw²` (L. Kish, "Survey Sampling", 1965, section 11.7); 0 if nobody is included.
pub fn effective_sample_size(weights: &[f64]) -> f64 {
    // Relative to the largest weight, so that no square overflows or underflows.
    let largest = weights.iter().copied().fold(0.0, f64::max);
    if largest <= 0.0 {
        return 0.0;
    }
    let relative = || weights.iter().map(|weight| weight / largest);
    let sum: f64 = relative().sum();
    let squares: f64 = relative().map(|weight| weight * weight).sum();
    sum * sum / squares
}

/// The confidence level of an interval, in percent: above 0 and below 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level(f64);

/// A confidence level that is out of range.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "a confidence level of {0} % is not possible; write a number above 0 and below 100, for example 90"
)]
pub struct LevelError(f64);

impl Level {
    /// Makes a level from a percentage.
    ///
    /// # Errors
    /// The number is not above 0 and below 100.
    pub fn new(percent: f64) -> Result<Self, LevelError> {
        if percent > 0.0 && percent < 100.0 {
            Ok(Self(percent))
        } else {
            Err(LevelError(percent))
        }
    }

    /// The level in percent.
    pub fn percent(self) -> f64 {
        self.0
    }
}

impl Default for Level {
    /// 90 %: from the 5th to the 95th percentile.
    fn default() -> Self {
        Self(90.0)
    }
}

/// An interval of a figure, in the unit of the figure.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Interval {
    /// The percentile interval of a figure's replicates: at 90 %, from the 5th to the 95th
    /// percentile; see [`percentile`].
    ///
    /// Replicates that are not finite, such as a mean over nobody, are ignored. Returns `None` if
    /// no others exist.
    pub fn from_replicates(mut replicates: Vec<f64>, level: Level) -> Option<Self> {
        replicates.retain(|replicate| replicate.is_finite());
        let outside = (100.0 - level.0) / 200.0;
        Some(Self {
            low: percentile(&mut replicates, outside)?,
            high: percentile(&mut replicates, 1.0 - outside)?,
        })
    }
}

/// A figure computed from the respondents, with its interval.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Estimate {
    /// The figure; NaN if nobody is included.
    pub mean: f64,
    /// `None` if nobody is included.
    pub interval: Option<Interval>,
}

#[cfg(test)]
mod tests;
