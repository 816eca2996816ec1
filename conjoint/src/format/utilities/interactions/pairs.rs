//! The pairs of an interaction: from labels to levels, in the order of the levels.

use super::names::split_pairs;
use super::{Pair, TermGroup};
use crate::format::error::FormatError;
use crate::format::problem::Problems;
use crate::format::utilities::attributes::{PartWorthColumn, check_numeric};
use crate::stats::sort::stable_sort;
use crate::study::{Levels, Unit, parse_number, quote_names};

/// Labels as numbers, with their unit.
pub(super) fn read_labels(labels: &[&str]) -> Option<(Vec<f64>, Unit)> {
    let plain: Option<Vec<f64>> = labels
        .iter()
        .map(|label| parse_number(label).ok())
        .collect();
    match plain {
        Some(numbers) => Some((numbers, Unit::default())),
        None => Unit::read_levels(labels),
    }
}

/// The pairs of an interaction. Reports a label that is no pair.
pub(super) fn read_pairs(
    columns: Vec<PartWorthColumn>,
    levels: &[String],
    is_swapped: bool,
    line: u64,
    problems: &mut Problems,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for column in columns {
        let found = split_pairs(&column.level).find_map(|[first, second]| {
            let (level, label) = match is_swapped {
                true => (second, first),
                false => (first, second),
            };
            let place = levels.iter().position(|other| other == level)?;
            Some((place, label.to_owned()))
        });
        match found {
            Some((place, label)) => pairs.push((place, label, column)),
            None => {
                let known = quote_names(levels);
                let level = column.level.clone();
                problems.add(column.place(line), FormatError::NotAPair { level, known });
            }
        }
    }
    pairs
}

/// The levels of an attribute without part-worths of its own, from the labels of its pairs.
pub(super) fn collect_levels(labels: &[&str]) -> (Levels, Unit) {
    let mut distinct: Vec<&str> = Vec::new();
    for label in labels {
        if !distinct.contains(label) {
            distinct.push(label);
        }
    }
    match read_labels(&distinct) {
        Some((numbers, unit)) => {
            let mut numbers = stable_sort(numbers, f64::total_cmp);
            numbers.dedup();
            (Levels::Numeric(numbers), unit)
        }
        None => {
            let names = distinct.into_iter().map(str::to_owned);
            (Levels::Categorical(names.collect()), Unit::default())
        }
    }
}

/// Sorts pairs by the levels of both attributes. Reports labels that are no level of the second one, and
/// pairs that occur twice.
pub(super) fn sort_pairs(
    pairs: Vec<Pair>,
    count: usize,
    (levels, unit): (&Levels, &Unit),
    line: u64,
    problems: &mut Problems,
) -> (Vec<TermGroup>, Vec<PartWorthColumn>) {
    let mut by_level: Vec<Vec<(f64, PartWorthColumn)>> = Vec::new();
    by_level.resize_with(count, Vec::new);
    for (place, label, column) in pairs {
        let key = match levels {
            Levels::Numeric(_) => unit.parse(&label).ok(),
            Levels::Categorical(names) => {
                let position = names.iter().position(|name| *name == label);
                position.map(|position| position as f64)
            }
        };
        match (key, by_level.get_mut(place)) {
            (Some(key), Some(pairs)) => pairs.push((key, column)),
            _ => {
                let known = quote_names(levels.names());
                let error = FormatError::NotAPair {
                    level: column.level.clone(),
                    known,
                };
                problems.add(column.place(line), error);
            }
        }
    }
    let mut columns = Vec::new();
    let mut terms = Vec::new();
    for pairs in by_level {
        let pairs = stable_sort(pairs, |one, other| one.0.total_cmp(&other.0));
        let (keys, own): (Vec<f64>, Vec<PartWorthColumn>) = pairs.into_iter().unzip();
        check_numeric(
            &keys,
            &own,
            line,
            matches!(levels, Levels::Numeric(_)),
            problems,
        );
        let first = columns.len();
        let mut term = TermGroup::default();
        match levels {
            Levels::Numeric(_) => term.points = keys,
            Levels::Categorical(names) => {
                let place = |name: usize| keys.iter().position(|key| *key == name as f64);
                let place = |name| place(name).map(|place| first + place);
                term.columns = (0..names.len()).map(place).collect();
            }
        }
        columns.extend(own);
        terms.push(term);
    }
    (terms, columns)
}
