//! Coverage of intervals, and cases by hand.

use rand_chacha::rand_core::Rng;

use super::*;

/// Ids `0`, `1`, … for `count` respondents.
fn ids(count: usize) -> IndexVec<RespondentIndex, String> {
    (0..count).map(|id| id.to_string()).collect()
}

/// A number between 0 and 1.
fn uniform(generator: &mut ChaCha12Rng) -> f64 {
    (f64::from(generator.next_u32()) + 0.5) / 2.0_f64.powi(32)
}

/// How often the 90 % interval of a mean contains the true mean, in percent, over many surveys
/// in which `answer` draws each respondent's answer.
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
    // Resamples do not depend on the answers, so one list serves all surveys.
    let resamples = bootstrap.resamples(&ids(weights.len()), weights);
    let resamples: Vec<Vec<f64>> = resamples.collect();
    let mut generator = ChaCha12Rng::seed_from_u64(9);
    let mut hits = 0;
    for _ in 0..SURVEYS {
        let answers: Vec<f64> = weights.iter().map(|_| answer(&mut generator)).collect();
        let answers = DMatrix::from_vec(answers.len(), 1, answers);
        let replicates = resamples.iter();
        let replicates = replicates.flat_map(|resample| means(&answers, resample));
        let interval = Interval::from_replicates(replicates.collect(), Level::default()).unwrap();
        hits += u32::from(interval.low <= truth && truth <= interval.high);
    }
    f64::from(hits) / f64::from(SURVEYS) * 100.0
}

#[test]
fn intervals_at_90_percent_contain_the_truth_that_often() {
    // Equal weights would give shares in steps, and interval ends exactly on a step.
    let weights = (0..100)
        .map(|place| 0.5 + f64::from(place) / 100.0)
        .collect();
    // A skewed share of preference, whose mean is ∫u² = 1/3, and a first choice.
    let preference = |generator: &mut ChaCha12Rng| uniform(generator).powi(2);
    let first = |generator: &mut ChaCha12Rng| f64::from(u8::from(uniform(generator) < 0.3));
    let preference = coverage(&weights, 1.0 / 3.0, preference);
    let first = coverage(&weights, 0.3, first);
    for (what, coverage) in [("preference", preference), ("first choice", first)] {
        assert!((88.0..=92.0).contains(&coverage), "{what}: {coverage} %");
    }
}

#[test]
fn a_resample_draws_as_many_as_are_included_and_nobody_else() {
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
fn resamples_depend_on_the_seed_and_not_on_the_order_of_rows() {
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
    let at = |percent| {
        Interval::from_replicates(replicates.clone(), Level::new(percent).unwrap()).unwrap()
    };
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
    assert_eq!(
        Interval::from_replicates(with_others, Level::default()),
        Some(at(90.0))
    );
    assert_eq!(
        Interval::from_replicates(vec![f64::NAN], Level::default()),
        None
    );
    for percent in [0.0, 100.0, -1.0, f64::NAN] {
        assert!(Level::new(percent).is_err(), "{percent}");
    }
    let message = Level::new(100.0).unwrap_err().to_string();
    assert!(
        message.starts_with("a confidence level of 100 % is not possible"),
        "{message}"
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
