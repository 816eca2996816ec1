//! How far a figure would move had other people been asked: percentile intervals of a bootstrap
//! of the respondents.
//!
//! A resample draws as many respondents as count, with replacement and each as probably as any
//! other; a figure is computed anew from it, and between two percentiles of such replicates lies
//! its interval (B. Efron, "Bootstrap methods: another look at the jackknife", 1979; B. Efron and
//! R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13). Two figures that are
//! computed from the same resamples are paired: the interval of their difference is that of the
//! differences.

use nalgebra::DMatrix;
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::index_vec::{IndexVec, Position, RespondentIndex};
use crate::stats::quantile::{percentile, sorted};

/// How often to draw, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    /// The seed: the same seed draws the same people on every machine.
    pub seed: u64,
    /// How many resamples there are.
    pub resamples: u32,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self {
            seed: 1,
            resamples: 1000,
        }
    }
}

impl Bootstrap {
    /// As many resamples as by default, from a seed.
    pub fn seeded(seed: u64) -> Self {
        Self {
            seed,
            ..Self::default()
        }
    }

    /// The resamples of the respondents who count, which are those of a weight above 0; who does
    /// not is never drawn.
    ///
    /// Who is drawn follows from the ids, not from the order of the rows: one respondent has the
    /// same weights wherever the file has the row.
    pub fn resamples(
        &self,
        ids: &IndexVec<RespondentIndex, String>,
        weights: &IndexVec<RespondentIndex, f64>,
    ) -> Resamples {
        let counted = ids.iter().zip(weights).enumerate();
        let counted = counted.filter(|(_, (_, weight))| **weight > 0.0);
        let counted = counted.map(|(place, (id, _))| (place, id)).collect();
        let counted = sorted(counted, |(_, one), (_, other)| one.cmp(other));
        Resamples {
            ranks: counted.into_iter().map(|(place, _)| place).collect(),
            weights: weights.as_slice().to_vec(),
            generator: ChaCha12Rng::seed_from_u64(self.seed),
            left: self.resamples,
        }
    }

    /// The weighted mean of every column of `values`, respondents × figures, with its interval.
    ///
    /// `values` has a row for each of `ids` and `weights`; rows of weight 0 count for nothing.
    pub fn means(
        &self,
        values: &DMatrix<f64>,
        ids: &IndexVec<RespondentIndex, String>,
        weights: &IndexVec<RespondentIndex, f64>,
        level: Level,
    ) -> Vec<Estimate> {
        // Rows that count for nothing cost as much as the others.
        let counted = || weights.enumerate().filter(|(_, weight)| **weight > 0.0);
        let rows: Vec<usize> = counted().map(|(who, _)| who.index()).collect();
        let values = values.select_rows(&rows);
        let ids = counted().map(|(who, _)| ids[who].clone()).collect();
        let weights = counted().map(|(_, weight)| *weight).collect();
        let mut replicates = vec![Vec::new(); values.ncols()];
        for resample in self.resamples(&ids, &weights) {
            for (replicates, mean) in replicates.iter_mut().zip(means(&values, &resample)) {
                replicates.push(mean);
            }
        }
        let means = means(&values, weights.as_slice());
        let estimates = means.zip(replicates);
        estimates
            .map(|(mean, replicates)| Estimate {
                mean,
                interval: Interval::of(replicates, level),
            })
            .collect()
    }
}

/// The resamples of a study's respondents, one after the other: of every respondent the weight
/// times how often the resample drew that one.
#[derive(Clone, Debug)]
pub struct Resamples {
    /// The rows of the respondents who count, by their ids.
    ranks: Vec<usize>,
    weights: Vec<f64>,
    generator: ChaCha12Rng,
    left: u32,
}

impl Iterator for Resamples {
    type Item = Vec<f64>;

    fn next(&mut self) -> Option<Vec<f64>> {
        self.left = self.left.checked_sub(1)?;
        let mut resample = vec![0.0; self.weights.len()];
        let count = self.ranks.len() as u64;
        for _ in 0..count {
            // The upper bits of a draw times the count are a place below the count; 2³² draws
            // are so many more than places that none is favoured by a part in a thousand.
            let rank = (u64::from(self.generator.next_u32()) * count) >> 32;
            let drawn = self.ranks.get(rank as usize).copied().unwrap_or_default();
            if let Some((sum, weight)) = resample.get_mut(drawn).zip(self.weights.get(drawn)) {
                *sum += weight;
            }
        }
        Some(resample)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.left as usize;
        (left, Some(left))
    }
}

/// The weighted mean of every column of `values`; not a number where all weights are 0.
pub fn means(values: &DMatrix<f64>, weights: &[f64]) -> impl Iterator<Item = f64> {
    let total: f64 = weights.iter().sum();
    values.column_iter().map(move |column| {
        let products = column.as_slice().iter().zip(weights);
        let sum: f64 = products.map(|(value, weight)| value * weight).sum();
        sum / total
    })
}

/// How many respondents count: those of a weight above 0.
pub fn counting(weights: &[f64]) -> usize {
    weights.iter().filter(|weight| **weight > 0.0).count()
}

/// How many respondents of equal weight would tell as much as these do: `(Σw)² / Σw²` (L. Kish,
/// "Survey Sampling", 1965, section 11.7); 0 where nobody counts.
pub fn effective_sample_size(weights: &[f64]) -> f64 {
    // Relative to the largest, so that no square overflows or vanishes.
    let largest = weights.iter().copied().fold(0.0, f64::max);
    if largest <= 0.0 {
        return 0.0;
    }
    let relative = || weights.iter().map(|weight| weight / largest);
    let sum: f64 = relative().sum();
    let squares: f64 = relative().map(|weight| weight * weight).sum();
    sum * sum / squares
}

/// How much of the replicates an interval holds, in percent: above 0, below 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level(f64);

/// A level that leaves out nothing, or everything.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("an interval of {0} % cannot be; write a number above 0 and below 100, as 90")]
pub struct LevelError(f64);

impl Level {
    /// The level of that many percent.
    ///
    /// # Errors
    /// A number that is not above 0 and below 100.
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

/// Where a figure lies, in the figure's own unit.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Interval {
    /// The percentile interval of a figure's replicates: at 90 % from the 5th to the 95th
    /// percentile, by [`percentile`].
    ///
    /// Replicates that are not finite, as a mean over nobody, tell nothing and are left out;
    /// `None` where no other is left.
    pub fn of(mut replicates: Vec<f64>, level: Level) -> Option<Self> {
        replicates.retain(|replicate| replicate.is_finite());
        let outside = (100.0 - level.0) / 200.0;
        Some(Self {
            low: percentile(&mut replicates, outside)?,
            high: percentile(&mut replicates, 1.0 - outside)?,
        })
    }
}

/// A figure of the respondents, and where it lies.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Estimate {
    /// The figure; not a number where nobody counts.
    pub mean: f64,
    /// `None` where nobody counts.
    pub interval: Option<Interval>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ids `0`, `1`, … of so many respondents.
    fn ids(count: usize) -> IndexVec<RespondentIndex, String> {
        (0..count).map(|id| id.to_string()).collect()
    }

    /// A number between 0 and 1.
    fn uniform(generator: &mut ChaCha12Rng) -> f64 {
        (f64::from(generator.next_u32()) + 0.5) / 2.0_f64.powi(32)
    }

    /// How often the 90 % interval of a mean holds the true one, in percent: over many surveys of
    /// people of whom each answers as `answer` draws it.
    fn coverage(
        weights: &IndexVec<RespondentIndex, f64>,
        truth: f64,
        answer: fn(&mut ChaCha12Rng) -> f64,
    ) -> f64 {
        const SURVEYS: u32 = 1500;
        let bootstrap = Bootstrap {
            resamples: 300,
            ..Bootstrap::default()
        };
        // Who is drawn does not follow from the answers: one list of resamples does for all.
        let resamples = bootstrap.resamples(&ids(weights.len()), weights);
        let resamples: Vec<Vec<f64>> = resamples.collect();
        let mut generator = ChaCha12Rng::seed_from_u64(9);
        let mut held = 0;
        for _ in 0..SURVEYS {
            let answers: Vec<f64> = weights.iter().map(|_| answer(&mut generator)).collect();
            let answers = DMatrix::from_vec(answers.len(), 1, answers);
            let replicates = resamples.iter();
            let replicates = replicates.flat_map(|resample| means(&answers, resample));
            let interval = Interval::of(replicates.collect(), Level::default()).unwrap();
            held += u32::from(interval.low <= truth && truth <= interval.high);
        }
        f64::from(held) / f64::from(SURVEYS) * 100.0
    }

    #[test]
    fn intervals_of_90_percent_hold_the_truth_that_often() {
        // Of weights that differ, shares are no multiples of a step, on which ends would fall.
        let weights = (0..100)
            .map(|place| 0.5 + f64::from(place) / 100.0)
            .collect();
        // A skewed share of preference, whose mean is ∫u² = 1/3, and a first choice.
        let preference = |generator: &mut ChaCha12Rng| uniform(generator).powi(2);
        let first = |generator: &mut ChaCha12Rng| f64::from(u8::from(uniform(generator) < 0.3));
        let preference = coverage(&weights, 1.0 / 3.0, preference);
        let first = coverage(&weights, 0.3, first);
        for (what, held) in [("preference", preference), ("first choice", first)] {
            assert!((88.0..=92.0).contains(&held), "{what}: {held} %");
        }
    }

    #[test]
    fn a_resample_draws_as_many_as_count_and_nobody_else() {
        let weights = vec![1.0, 0.0, 2.5, 1.0].into();
        let resamples = Bootstrap::default().resamples(&ids(4), &weights);
        assert_eq!(resamples.size_hint(), (1000, Some(1000)));
        let mut drawn = [0.0; 4];
        for resample in resamples {
            assert_eq!(
                resample[0] + resample[1] + resample[2] / 2.5 + resample[3],
                3.0
            );
            for (sum, weight) in drawn.iter_mut().zip(resample) {
                *sum += weight;
            }
        }
        assert_eq!(drawn[1], 0.0);
        // 1,000 expected each, with a standard deviation of 26.
        for times in [drawn[0], drawn[2] / 2.5, drawn[3]] {
            assert!((times - 1000.0).abs() < 100.0, "{drawn:?}");
        }
        let nobody = vec![0.0; 2].into();
        let mut resamples = Bootstrap::default().resamples(&ids(2), &nobody);
        assert_eq!(resamples.next(), Some(vec![0.0; 2]));
    }

    #[test]
    fn the_order_of_rows_means_nothing_and_the_seed_much() {
        let bootstrap = Bootstrap {
            resamples: 5,
            ..Bootstrap::default()
        };
        let weights: IndexVec<_, f64> = vec![1.0, 2.0, 3.0, 4.0].into();
        let turned = |list: &IndexVec<RespondentIndex, f64>| list.iter().rev().copied().collect();
        let reversed = ids(4).iter().rev().cloned().collect();
        let own = bootstrap.resamples(&ids(4), &weights);
        let other = bootstrap.resamples(&reversed, &turned(&weights));
        let other = other.map(|resample| turned(&resample.into()).as_slice().to_vec());
        assert!(own.clone().eq(other));
        let another = Bootstrap {
            seed: 2,
            ..bootstrap
        };
        assert!(own.ne(another.resamples(&ids(4), &weights)));
    }

    #[test]
    fn intervals_lie_between_percentiles() {
        let replicates: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        let at = |percent| Interval::of(replicates.clone(), Level::new(percent).unwrap()).unwrap();
        assert_eq!(
            at(90.0),
            Interval {
                low: 5.0,
                high: 95.0
            }
        );
        assert_eq!(
            at(50.0),
            Interval {
                low: 25.0,
                high: 75.0
            }
        );
        let with_others = [&replicates, [f64::NAN, f64::INFINITY].as_slice()].concat();
        assert_eq!(Interval::of(with_others, Level::default()), Some(at(90.0)));
        assert_eq!(Interval::of(vec![f64::NAN], Level::default()), None);
        for percent in [0.0, 100.0, -1.0, f64::NAN] {
            assert!(Level::new(percent).is_err(), "{percent}");
        }
        let description = Level::new(100.0).unwrap_err().to_string();
        assert!(
            description.starts_with("an interval of 100 % cannot be"),
            "{description}"
        );
    }

    #[test]
    fn means_are_weighted_and_have_intervals() {
        let values = DMatrix::from_row_slice(3, 2, &[1.0, 5.0, 3.0, 5.0, 100.0, 9.0]);
        let estimates = |weights: [f64; 3]| {
            let weights = weights.to_vec().into();
            Bootstrap::default().means(&values, &ids(3), &weights, Level::default())
        };
        let [first, second] = estimates([3.0, 1.0, 0.0])[..] else {
            panic!("two columns")
        };
        assert_eq!(first.mean, 1.5);
        // Each of two is drawn twice in a quarter of the resamples.
        assert_eq!(
            first.interval,
            Some(Interval {
                low: 1.0,
                high: 3.0
            })
        );
        assert_eq!(
            second.interval,
            Some(Interval {
                low: 5.0,
                high: 5.0
            })
        );
        let nobody = estimates([0.0; 3]);
        assert!(
            nobody
                .iter()
                .all(|none| none.mean.is_nan() && none.interval.is_none())
        );
    }

    #[test]
    fn the_effective_sample_size_is_kishs() {
        assert_eq!(effective_sample_size(&[1.0; 7]), 7.0);
        // (1 + 1 + 2)² / (1 + 1 + 4)
        assert!((effective_sample_size(&[1.0, 1.0, 2.0, 0.0]) - 16.0 / 6.0).abs() < 1e-12);
        assert_eq!(effective_sample_size(&[1e300, 1e300]), 2.0);
        assert_eq!(effective_sample_size(&[0.0]), 0.0);
    }
}
