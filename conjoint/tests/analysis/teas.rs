//! The tea study of the R package conjoint has its published figures.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use conjoint::format::{OFFERS, SETTINGS, UTILITIES};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::Interval;
use conjoint::study::Study;
use conjoint::testing::{collect_files, read_valid};
use nalgebra::{DMatrix, DVector};

use crate::importance::{assert_mean, compute_figures};

/// A row of a reference file, by column.
type Row = BTreeMap<String, String>;

/// Reads a reference file. Prints a message and returns `None` if there are no reference figures,
/// which is an error where CI is set.
fn read_reference(file: &str) -> Option<Vec<Row>> {
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

const ATTRIBUTES: [(&str, &[&str]); 4] = [
    ("price", &["low", "medium", "high"]),
    ("variety", &["black", "green", "red"]),
    ("kind", &["bags", "granulated", "leafy"]),
    ("aroma", &["yes", "no"]),
];

/// The part-worths of one respondent: a least-squares fit of the ratings with effects coding, where
/// the last level of an attribute has −1 in the columns of the others.
fn estimate_part_worths(rows: &[&Row]) -> Vec<f64> {
    let columns = ATTRIBUTES.iter().map(|(_, levels)| levels.len() - 1);
    let mut design = DMatrix::zeros(rows.len(), 1 + columns.sum::<usize>());
    for (place, row) in rows.iter().enumerate() {
        let mut coded = vec![1.0];
        for (attribute, levels) in ATTRIBUTES {
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
    let coefficients = squares.solve(&design.tr_mul(&ratings));
    let mut part_worths = Vec::new();
    let mut column = 1;
    for (_, levels) in ATTRIBUTES {
        let coded = &coefficients.as_slice()[column..column + levels.len() - 1];
        part_worths.extend(coded);
        part_worths.push(-coded.iter().sum::<f64>());
        column += coded.len();
    }
    part_worths
}

/// The study, with part-worths estimated from the ratings, and the simulated profiles as offers.
fn read_teas() -> Option<Study> {
    let ratings = read_reference("tea_ratings.csv")?;
    let profiles = read_reference("tea_simulation.csv")?;
    let mut by_respondent: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in &ratings {
        let rows = by_respondent.entry(&row["respondent"]).or_default();
        rows.push(row);
    }
    let surveyed = || {
        let attributes = ATTRIBUTES.iter();
        attributes.flat_map(|(name, levels)| levels.iter().map(move |level| (*name, *level)))
    };
    let names: Vec<&str> = surveyed().map(|(name, _)| name).collect();
    let levels: Vec<&str> = surveyed().map(|(_, level)| level).collect();
    let mut utilities = format!("id,{}\nid,{}\n", names.join(","), levels.join(","));
    for (respondent, rows) in &by_respondent {
        let part_worths = estimate_part_worths(rows);
        let cells: Vec<String> = part_worths.iter().map(f64::to_string).collect();
        utilities += &format!("{respondent},{}\n", cells.join(","));
    }
    let mut offers = "id,model,price,variety,kind,aroma\n".to_owned();
    for (place, profile) in profiles.iter().enumerate() {
        let cells = ATTRIBUTES.map(|(attribute, _)| profile[attribute].as_str());
        offers += &format!("{place},tea,{}\n", cells.join(","));
    }
    Some(read_valid(&collect_files(&[
        (UTILITIES, &utilities),
        (OFFERS, &offers),
        (SETTINGS, r#"{"columns": {"brand": "variety"}}"#),
    ])))
}

#[test]
fn the_teas_have_their_published_figures() {
    let Some(study) = read_teas() else { return };
    let found = compute_figures(&study, study.respondents().weights());
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
