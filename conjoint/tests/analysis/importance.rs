//! Importances and part-worths.

use std::collections::BTreeMap;

use conjoint::analysis::importance::{Importances, compute_importances};
use conjoint::analysis::part_worths::compute_part_worths;
use conjoint::choice::ChoiceModel;
use conjoint::format::{OFFERS, SETTINGS, StudyFiles, UTILITIES, WEIGHTS};
use conjoint::index_vec::{IndexVec, RespondentIndex};
use conjoint::stats::bootstrap::{Bootstrap, Interval, Level};
use conjoint::study::Study;
use conjoint::testing::{change_text, collect_files, generate_files, read_valid};
use proptest::prelude::*;

/// Importances by the attribute's name and part-worths by the names of attribute and level, each
/// with its interval.
pub type Figures = BTreeMap<String, (f64, Option<Interval>)>;

/// The importances and part-worths of the respondents with a weight above 0.
pub fn compute_figures(study: &Study, weights: &IndexVec<RespondentIndex, f64>) -> Figures {
    let (bootstrap, level) = (Bootstrap::default(), Level::default());
    let schema = study.schema();
    let importances = compute_importances(study, weights, &bootstrap, level).effects;
    let importances = importances.into_iter().map(|(effect, estimate)| {
        let name = schema.effect_name(effect);
        (name, (estimate.mean, estimate.interval))
    });
    let part_worths = compute_part_worths(study, weights, &bootstrap, level).into_iter();
    let part_worths = part_worths.flat_map(|(effect, estimates)| {
        let attribute = schema.effect_name(effect);
        let levels = schema.effect_levels(effect).into_iter();
        let names = levels.map(move |level| format!("{attribute} {level}"));
        let estimates = estimates.into_iter();
        names.zip(estimates.map(|estimate| (estimate.mean, estimate.interval)))
    });
    importances.chain(part_worths).collect()
}

/// Asserts that two sets of figures are equal within `tolerance`.
fn assert_figures_near(found: &Figures, expected: &Figures, tolerance: f64) {
    assert!(found.keys().eq(expected.keys()));
    let assert_near = |name, found: f64, expected: f64| {
        let error = (found - expected).abs();
        assert!(error <= tolerance, "{name}: {found} is not {expected}");
    };
    for (name, (mean, interval)) in found {
        let (expected_mean, expected_interval) = expected[name];
        assert_near(name, *mean, expected_mean);
        if let Some((interval, expected)) = interval.zip(expected_interval) {
            assert_near(name, interval.low, expected.low);
            assert_near(name, interval.high, expected.high);
        }
    }
}

/// Asserts the mean of a figure.
#[track_caller]
pub fn assert_mean(figures: &Figures, name: &str, expected: f64, tolerance: f64) {
    let (found, _) = figures[name];
    let error = (found - expected).abs();
    assert!(error <= tolerance, "{name}: {found} is not {expected}");
}

/// A study of makers and prices; p3 is indifferent to everything, and p4 has no weight.
fn four_respondents() -> Study {
    read_valid(&collect_files(&[
        (
            UTILITIES,
            "id,segment,maker,maker,price,price,price,None\n\
             id,segment,Ant,Bee,300,100,200,None\n\
             p1,young,1,-1,-3,3,1,9\n\
             p2,young,2,4,5,5,5,9\n\
             p3,old,0,0,0,0,0,9\n\
             p4,old,-1,1,-1,1,0,9\n",
        ),
        // The upfront cost was not surveyed.
        (
            OFFERS,
            "id,maker,model,price,upfront_cost\na,Ant,One,200,9\n",
        ),
        (
            SETTINGS,
            r#"{"columns": {"brand": "maker", "monthly_cost": "price"}}"#,
        ),
        (WEIGHTS, "id,weight\np1,3\np2,1\np3,5\np4,0\n"),
    ]))
}

#[test]
fn importances_and_part_worths_computed_by_hand() {
    let study = four_respondents();
    let weights = study.respondents().weights();
    let Importances { indifferent, .. } =
        compute_importances(&study, weights, &Bootstrap::default(), Level::default());
    // Only p3, because p4 is not included.
    assert_eq!(indifferent, 1);
    let found = compute_figures(&study, weights);
    // The maker has a quarter of p1's ranges, 2 and 6, and all of p2's, 2 and 0.
    let maker = (3.0 * 25.0 + 100.0) / 4.0;
    assert_mean(&found, "maker", maker, 1e-12);
    assert_mean(&found, "price", 100.0 - maker, 1e-12);
    // 1, −1 and 0, weighted by 3, 1 and 5.
    assert_mean(&found, "maker Ant", 2.0 / 9.0, 1e-12);
    assert_mean(&found, "maker Bee", -2.0 / 9.0, 1e-12);
    // The mean of p1's prices is 1/3.
    assert_mean(&found, "price 100", 3.0 * (3.0 - 1.0 / 3.0) / 9.0, 1e-12);
    assert_mean(&found, "price 300", 3.0 * (-3.0 - 1.0 / 3.0) / 9.0, 1e-12);
    // A quarter of the resamples has only p1, another quarter only p2.
    let (low, high) = (25.0, 100.0);
    assert_eq!(found["maker"].1, Some(Interval { low, high }));
    assert_eq!(found.len(), 2 + 5);
}

#[test]
fn figures_can_be_restricted_to_segments() {
    let study = four_respondents();
    let people = study.respondents();
    let weights_of = |names: &[&str]| {
        let mut model = ChoiceModel::default();
        for name in names {
            model.include_segment(&study, name).unwrap();
        }
        model.weights(&study)
    };
    assert_eq!(weights_of(&[]), *people.weights());
    assert_eq!(weights_of(&["old", "young"]), *people.weights());
    let young = weights_of(&["young"]);
    assert_eq!(young.as_slice(), [3.0, 1.0, 0.0, 0.0]);
    let found = compute_figures(&study, &young);
    assert_mean(&found, "maker Ant", 0.5, 1e-12);
    // p3, the only old respondent with a weight, has part-worths of 0 and no importances.
    let found = compute_figures(&study, &weights_of(&["old"]));
    assert_mean(&found, "maker Ant", 0.0, 0.0);
    let (mean, interval) = found["maker"];
    assert!(mean.is_nan() && interval.is_none());
}

/// The files of a generated study in which respondents have weights and utilities of None.
fn generate_weighted_files(seed: u64) -> StudyFiles {
    let files = generate_files(seed, &[("Millennial", 12), ("Gen X", 9)]);
    let mut files = change_text(&files, UTILITIES, |text| {
        let lines = text.lines().enumerate().map(|(row, line)| match row {
            0 | 1 => format!("{line},None\n"),
            row => format!("{line},{row}.5\n"),
        });
        lines.collect()
    });
    let weights = (1..=21).map(|id| format!("{id},{}\n", (id * 7) % 5));
    let weights = format!("id,weight\n{}", weights.collect::<String>());
    files.insert(WEIGHTS, weights.into_bytes());
    files
}

/// Reorders the columns of a file, and its rows below the headers.
fn reorder(text: &str, headers: usize, offset: usize) -> String {
    let mut rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    for row in &mut rows {
        row.reverse();
        let middle = offset % row.len();
        row.rotate_left(middle);
    }
    let (_, body) = rows.split_at_mut(headers);
    body.reverse();
    body.rotate_left(offset % body.len());
    let lines = rows.iter().map(|row| row.join(",") + "\n");
    lines.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_order_of_rows_and_columns_does_not_matter(
        seed in 0..1000_u64,
        offset in 0..100_usize,
    ) {
        let files = generate_weighted_files(seed);
        let mut reordered = files.clone();
        for (file, headers) in [(UTILITIES, 2), (WEIGHTS, 1)] {
            reordered = change_text(&reordered, file, |text| reorder(text, headers, offset));
        }
        let [study, reordered] = [read_valid(&files), read_valid(&reordered)];
        let figures = |study: &Study| compute_figures(study, study.respondents().weights());
        assert_figures_near(&figures(&reordered), &figures(&study), 1e-9);
        let none_utilities = |study: &Study| {
            let people = study.respondents();
            let utilities = people.none().unwrap().to_vec();
            let named = people.ids().iter().cloned().zip(utilities);
            named.collect::<BTreeMap<String, f64>>()
        };
        prop_assert_eq!(none_utilities(&reordered), none_utilities(&study));
    }

    #[test]
    fn importances_sum_to_100_and_part_worths_to_0(seed in 0..1000_u64) {
        let study = read_valid(&generate_weighted_files(seed));
        let weights = study.respondents().weights();
        let found = compute_figures(&study, weights);
        let mut sum = 0.0;
        for attribute in study.schema().attributes() {
            let (importance, _) = found[&attribute.name];
            prop_assert!((0.0..=100.0).contains(&importance));
            sum += importance;
            let levels = attribute.levels.names();
            let levels = levels.iter().map(|level| found[&format!("{} {level}", attribute.name)].0);
            prop_assert!(levels.sum::<f64>().abs() < 1e-9);
        }
        prop_assert!((sum - 100.0).abs() < 1e-9);
        // Only the ratios of the weights matter.
        let threefold = weights.iter().map(|weight| weight * 3.0).collect();
        assert_figures_near(&compute_figures(&study, &threefold), &found, 1e-9);
        prop_assert!(study.respondents().are_weighted());
    }
}
