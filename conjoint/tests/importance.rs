//! Importances and part-worths: a case by hand, a published one, and what holds of every study.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and tells when it is skipped"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use conjoint::analysis::importance::{Importances, compute_importances};
use conjoint::analysis::part_worths::compute_part_worths;
use conjoint::choice::ChoiceModel;
use conjoint::format::{OFFERS, SETTINGS, StudyFiles, UTILITIES, WEIGHTS, read_study, write_study};
use conjoint::index_vec::{IndexVec, RespondentIndex};
use conjoint::sample_study::{Sample, generate};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::{Bootstrap, Interval, Level};
use conjoint::study::Study;
use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;

/// Figures by the name of the attribute and, of part-worths, of the level.
type Figures = BTreeMap<String, (f64, Option<Interval>)>;

/// The importances and part-worths of those who count.
fn figures(study: &Study, weights: &IndexVec<RespondentIndex, f64>) -> Figures {
    let (bootstrap, level) = (Bootstrap::default(), Level::default());
    let attributes = study.schema().attributes();
    let importances = compute_importances(study, weights, &bootstrap, level).attributes;
    let importances = importances.into_iter().map(|(attribute, estimate)| {
        let name = attributes[attribute].name.clone();
        (name, (estimate.mean, estimate.interval))
    });
    let worths = compute_part_worths(study, weights, &bootstrap, level).into_iter();
    let worths = worths.flat_map(|(attribute, worths)| {
        let attribute = &attributes[attribute];
        let levels = attribute.levels.names().into_iter();
        let named = levels.map(|level| format!("{} {level}", attribute.name));
        let estimates = worths.into_iter();
        named.zip(estimates.map(|worth| (worth.mean, worth.interval)))
    });
    importances.chain(worths).collect()
}

/// Asserts that figures of the same name are the same within `tolerance`.
fn assert_near(found: &Figures, expected: &Figures, tolerance: f64) {
    assert!(found.keys().eq(expected.keys()));
    let near = |name, found: f64, expected: f64| {
        let error = (found - expected).abs();
        assert!(error <= tolerance, "{name}: {found} is not {expected}");
    };
    for (name, (mean, interval)) in found {
        let (other_mean, other) = expected[name];
        near(name, *mean, other_mean);
        if let Some((interval, other)) = interval.zip(other) {
            near(name, interval.low, other.low);
            near(name, interval.high, other.high);
        }
    }
}

/// Asserts that the mean of a figure is this one.
fn assert_mean(figures: &Figures, name: &str, expected: f64, tolerance: f64) {
    let (found, _) = figures[name];
    let error = (found - expected).abs();
    assert!(error <= tolerance, "{name}: {found} is not {expected}");
}

/// A study of makers and prices, and of people to whom nothing matters or all.
const BY_HAND: &str = "\
id,segment,maker,maker,price,price,price,None
id,segment,Ant,Bee,300,100,200,None
p1,young,1,-1,-3,3,1,9
p2,young,2,4,5,5,5,9
p3,old,0,0,0,0,0,9
p4,old,-1,1,-1,1,0,9
";

fn by_hand() -> Study {
    let mut files = StudyFiles::default();
    let mut add = |name, text: &str| files.insert(name, text.as_bytes().to_vec());
    add(UTILITIES, BY_HAND);
    // Nobody was asked about a cost at signing.
    add(
        OFFERS,
        "id,maker,model,price,upfront_cost\na,Ant,One,200,9\n",
    );
    add(
        SETTINGS,
        r#"{"columns": {"brand": "maker", "monthly_cost": "price"}}"#,
    );
    add(WEIGHTS, "id,weight\np1,3\np2,1\np3,5\np4,0\n");
    read_study(&files)
        .unwrap_or_else(|problems| panic!("{problems}"))
        .study
}

#[test]
fn a_case_by_hand() {
    let study = by_hand();
    let weights = study.respondents().weights();
    let Importances { indifferent, .. } =
        compute_importances(&study, weights, &Bootstrap::default(), Level::default());
    // p3, to whom nothing matters; p4 does not count.
    assert_eq!(indifferent, 1);
    let found = figures(&study, weights);
    // Of p1's ranges, 2 and 6, the maker's is a quarter; it is all of p2's, of 2 and 0.
    let maker = (3.0 * 25.0 + 100.0) / 4.0;
    assert_mean(&found, "maker", maker, 1e-12);
    assert_mean(&found, "price", 100.0 - maker, 1e-12);
    // Weighted by 3, 1 and 5: 1, −1 and 0.
    assert_mean(&found, "maker Ant", 2.0 / 9.0, 1e-12);
    assert_mean(&found, "maker Bee", -2.0 / 9.0, 1e-12);
    // p1's prices have the mean 1/3.
    assert_mean(&found, "price 100", 3.0 * (3.0 - 1.0 / 3.0) / 9.0, 1e-12);
    assert_mean(&found, "price 300", 3.0 * (-3.0 - 1.0 / 3.0) / 9.0, 1e-12);
    // Each of the two who have importances is drawn twice in a quarter of the resamples.
    let (low, high) = (25.0, 100.0);
    assert_eq!(found["maker"].1, Some(Interval { low, high }));
    assert_eq!(found.len(), 2 + 5);
}

#[test]
fn segments_are_taken_by_themselves() {
    let study = by_hand();
    let people = study.respondents();
    let of = |names: &[&str]| {
        let mut model = ChoiceModel::default();
        for name in names {
            model.include_segment(&study, name).unwrap();
        }
        model.weights(&study)
    };
    assert_eq!(of(&[]), *people.weights());
    assert_eq!(of(&["old", "young"]), *people.weights());
    assert_eq!(of(&["young"]).as_slice(), [3.0, 1.0, 0.0, 0.0]);
    let found = figures(&study, &of(&["young"]));
    assert_mean(&found, "maker Ant", 0.5, 1e-12);
    // Who is left of the old has part-worths, of 0, and no importances.
    let found = figures(&study, &of(&["old"]));
    assert_mean(&found, "maker Ant", 0.0, 0.0);
    let (mean, interval) = found["maker"];
    assert!(mean.is_nan() && interval.is_none());
}

/// The rows of a reference file under its header; `None`, told, where there is none.
fn reference(file: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let Some(folder) = std::env::var_os("CONJOINT_REFERENCE").map(PathBuf::from) else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CONJOINT_REFERENCE must point to the reference figures where CI is set"
        );
        println!("skipped: CONJOINT_REFERENCE does not point to the reference figures");
        return None;
    };
    let mut reader = csv::Reader::from_path(folder.join("choice").join(file)).unwrap();
    let header = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let cells = header.iter().zip(&row);
        cells.map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
    });
    Some(rows.collect())
}

const TEA: [(&str, &[&str]); 4] = [
    ("price", &["low", "medium", "high"]),
    ("variety", &["black", "green", "red"]),
    ("kind", &["bags", "granulated", "leafy"]),
    ("aroma", &["yes", "no"]),
];

/// The part-worths of one respondent: ratings explained by levels under effects coding, by least
/// squares. The last level of an attribute has −1 in the columns of the others.
fn estimate(rows: &[&BTreeMap<String, String>]) -> Vec<f64> {
    let columns = 1 + TEA
        .iter()
        .map(|(_, levels)| levels.len() - 1)
        .sum::<usize>();
    let mut design = DMatrix::zeros(rows.len(), columns);
    for (place, row) in rows.iter().enumerate() {
        let mut coded = vec![1.0];
        for (attribute, levels) in TEA {
            let level = levels.iter().position(|level| *level == row[attribute]);
            let last = levels.len() - 1;
            coded.extend((0..last).map(|column| match level.unwrap() {
                level if level == last => -1.0,
                level => f64::from(u8::from(level == column)),
            }));
        }
        design.set_row(place, &DVector::from_vec(coded).transpose());
    }
    let ratings = rows.iter().map(|row| row["rating"].parse::<f64>().unwrap());
    let ratings = DVector::from_iterator(rows.len(), ratings);
    let squares = design.tr_mul(&design).cholesky().unwrap();
    let found = squares.solve(&design.tr_mul(&ratings));
    let mut part_worths = Vec::new();
    let mut column = 1;
    for (_, levels) in TEA {
        let own = &found.as_slice()[column..column + levels.len() - 1];
        part_worths.extend(own);
        part_worths.push(-own.iter().sum::<f64>());
        column += own.len();
    }
    part_worths
}

/// The teas as a study: part-worths estimated from the ratings, the simulated profiles on offer.
fn teas() -> Option<Study> {
    let (ratings, profiles) = (
        reference("tea_ratings.csv")?,
        reference("tea_simulation.csv")?,
    );
    let mut by_respondent: BTreeMap<&str, Vec<&BTreeMap<String, String>>> = BTreeMap::new();
    for row in &ratings {
        by_respondent
            .entry(&row["respondent"])
            .or_default()
            .push(row);
    }
    let surveyed = || {
        TEA.iter()
            .flat_map(|(name, levels)| levels.iter().map(move |l| (name, l)))
    };
    let names: Vec<&str> = surveyed().map(|(name, _)| *name).collect();
    let levels: Vec<&str> = surveyed().map(|(_, level)| *level).collect();
    let mut utilities = format!("id,{}\nid,{}\n", names.join(","), levels.join(","));
    for (respondent, rows) in &by_respondent {
        let part_worths = estimate(rows).into_iter().map(|value| value.to_string());
        let cells = part_worths.collect::<Vec<_>>().join(",");
        utilities += &format!("{respondent},{cells}\n");
    }
    let mut offers = "id,model,price,variety,kind,aroma\n".to_owned();
    for (place, profile) in profiles.iter().enumerate() {
        let cells = TEA.map(|(attribute, _)| profile[attribute].as_str());
        offers += &format!("{place},tea,{}\n", cells.join(","));
    }
    let mut files = StudyFiles::default();
    files.insert(UTILITIES, utilities.into_bytes());
    files.insert(OFFERS, offers.into_bytes());
    files.insert(SETTINGS, br#"{"columns": {"brand": "variety"}}"#.to_vec());
    Some(
        read_study(&files)
            .unwrap_or_else(|problems| panic!("{problems}"))
            .study,
    )
}

/// The figures that the R package conjoint publishes of its ratings of teas.
#[test]
fn the_teas_have_their_published_figures() {
    let Some(study) = teas() else { return };
    let found = figures(&study, study.respondents().weights());
    let importances = [
        ("price", 24.76),
        ("variety", 32.22),
        ("kind", 27.15),
        ("aroma", 15.88),
    ];
    for (name, expected) in importances {
        assert_mean(&found, name, expected, 0.005);
        let (mean, interval) = found[name];
        let Interval { low, high } = interval.unwrap();
        assert!(
            low < mean && mean < high && high - low < 10.0,
            "{name}: {low}–{high}"
        );
    }
    let part_worths = [
        ("price low", 0.2402),
        ("price medium", -0.1431),
        ("price high", -0.0971),
        ("variety black", 0.6149),
        ("variety green", 0.0349),
        ("variety red", -0.6498),
        ("kind bags", 0.1369),
        ("kind granulated", -0.8898),
        ("kind leafy", 0.7529),
        ("aroma yes", 0.4108),
        ("aroma no", -0.4108),
    ];
    for (name, expected) in part_worths {
        assert_mean(&found, name, expected, 0.00005);
    }
    let shares = Simulation::new(Arc::new(study)).shares();
    let shares: Vec<f64> = shares.iter().map(|share| share.first_choice).collect();
    assert_eq!(shares, [0.11, 0.28, 0.26, 0.35]);
}

/// A drawn study in which respondents have weights and a worth of taking nothing.
fn drawn(seed: u64) -> StudyFiles {
    let respondents = [("Millennial", 12), ("Gen X", 9)];
    let sample = Sample {
        seed,
        respondents: respondents
            .map(|(name, count)| (name.to_owned(), count))
            .into(),
    };
    let mut files = write_study(&generate(&sample).unwrap());
    let text = String::from_utf8(files.remove(UTILITIES).unwrap()).unwrap();
    let lines = text.lines().enumerate().map(|(row, line)| match row {
        0 | 1 => format!("{line},None\n"),
        row => format!("{line},{row}.5\n"),
    });
    files.insert(UTILITIES, lines.collect::<String>().into_bytes());
    let weights = (1..=21).map(|id| format!("{id},{}\n", (id * 7) % 5));
    let weights = format!("id,weight\n{}", weights.collect::<String>());
    files.insert(WEIGHTS, weights.into_bytes());
    files
}

/// The file with its columns, and its rows behind the headers, turned round and begun elsewhere.
fn turned(text: &[u8], headers: usize, by: usize) -> Vec<u8> {
    let text = std::str::from_utf8(text).unwrap();
    let mut rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    for row in &mut rows {
        row.reverse();
        let middle = by % row.len();
        row.rotate_left(middle);
    }
    let (_, body) = rows.split_at_mut(headers);
    body.reverse();
    body.rotate_left(by % body.len());
    let lines = rows.iter().map(|row| row.join(",") + "\n");
    lines.collect::<String>().into_bytes()
}

fn read(files: &StudyFiles) -> Study {
    read_study(files)
        .unwrap_or_else(|problems| panic!("{problems}"))
        .study
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn order_in_the_files_means_nothing(seed in 0..1000_u64, by in 0..100_usize) {
        let files = drawn(seed);
        let mut other = files.clone();
        for (file, headers) in [(UTILITIES, 2), (WEIGHTS, 1)] {
            other.insert(file, turned(files.get(file).unwrap(), headers, by));
        }
        let [study, other] = [read(&files), read(&other)];
        let of = |study: &Study| figures(study, study.respondents().weights());
        assert_near(&of(&other), &of(&study), 1e-9);
        let worths = |study: &Study| {
            let people = study.respondents();
            let worths = people.ids().iter().cloned().zip(people.none().unwrap().to_vec());
            worths.collect::<BTreeMap<String, f64>>()
        };
        prop_assert_eq!(worths(&other), worths(&study));
    }

    #[test]
    fn importances_are_shares_and_part_worths_are_centred(seed in 0..1000_u64) {
        let study = read(&drawn(seed));
        let weights = study.respondents().weights();
        let found = figures(&study, weights);
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
        // Weights say how much more one counts than another, and nothing else.
        let threefold = weights.iter().map(|weight| weight * 3.0).collect();
        assert_near(&figures(&study, &threefold), &found, 1e-9);
        prop_assert!(study.respondents().are_weighted());
    }
}
