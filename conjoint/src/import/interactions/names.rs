//! Which columns are pairs of levels of two attributes, by their names.
//!
//! Two header rows have `Brand*Price` above `Alba*299`. One row has `Brand*Price: Alba*299`, or the names of two
//! other columns, `Brand: Alba*Price: 299`. A coefficient per unit with each level of an attribute is named
//! by that level only, `Brand*Price` above `Alba`.

use super::{DraftPair, PairPart};
use crate::format::split_pairs;
use crate::import::error::{ImportError, SourcePlace};
use crate::import::structure::UtilityColumn;
use crate::study::quote_names;

/// What may separate an attribute from its level.
const JOINTS: [&str; 7] = [": ", " - ", " | ", "[", ":", "|", "_"];

/// What a name says about a pair.
enum PairName {
    /// The names of two other columns.
    Columns([String; 2]),
    /// Two attributes, and the text that names their levels.
    Attributes([String; 2], String),
}

/// The columns of one attribute each, and those of pairs.
pub(crate) fn split_columns(
    columns: Vec<UtilityColumn>,
    has_uppers: bool,
    place: &SourcePlace,
) -> Result<(Vec<UtilityColumn>, Vec<DraftPair>), ImportError> {
    let names: Vec<Option<PairName>> = columns
        .iter()
        .map(|column| match has_uppers {
            true => find_uppers(column, &columns),
            false => {
                find_columns(&column.name, &columns).or_else(|| find_prefix(&column.name, &columns))
            }
        })
        .collect();
    let (mut mains, mut named) = (Vec::new(), Vec::new());
    for (column, name) in columns.into_iter().zip(names) {
        match name {
            Some(name) => named.push((column, name)),
            None => mains.push(column),
        }
    }
    let pairs = named.into_iter().map(|(column, name)| {
        let parts = find_parts(&name, &mains, has_uppers);
        let [first, second] = parts.map_err(|problem| {
            ImportError::invalid(place.clone().in_column(&column.name), problem)
        })?;
        Ok(DraftPair {
            column: column.column,
            first,
            second,
        })
    });
    let pairs: Result<Vec<DraftPair>, ImportError> = pairs.collect();
    Ok((mains, pairs?))
}

/// Whether a name is that of a pair, given the names of all columns.
pub(crate) fn is_pair(name: &str, names: &[&str]) -> bool {
    let mut halves = split_pairs(name);
    halves.any(|halves| halves.iter().all(|half| names.contains(half)))
}

/// `Brand*Price` above a column, where at least one of the two is above other columns.
fn find_uppers(column: &UtilityColumn, columns: &[UtilityColumn]) -> Option<PairName> {
    let is_known = |name: &str| columns.iter().any(|other| other.upper == name);
    let attributes = find_attributes(&column.upper, is_known)?;
    Some(PairName::Attributes(attributes, column.name.clone()))
}

/// `Brand: Alba*Price: 299`, where both halves are other columns.
fn find_columns(name: &str, columns: &[UtilityColumn]) -> Option<PairName> {
    let is_column = |half: &&str| columns.iter().any(|other| other.name.trim() == *half);
    let mut halves = split_pairs(name);
    let found = halves.find(|halves| halves.iter().all(is_column))?;
    Some(PairName::Columns(found.map(str::to_owned)))
}

/// `Brand*Price: Alba*299`, where at least one of the two attributes begins the names of other columns.
fn find_prefix(name: &str, columns: &[UtilityColumn]) -> Option<PairName> {
    JOINTS.into_iter().find_map(|joint| {
        let (head, levels) = name.split_once(joint)?;
        let is_known = |attribute: &str| {
            let start = format!("{attribute}{joint}");
            let mut others = columns.iter();
            others.any(|other| other.name.starts_with(&start) || other.name == attribute)
        };
        let attributes = find_attributes(head, is_known)?;
        let levels = match joint {
            "[" => levels.strip_suffix(']')?,
            _ => levels,
        };
        Some(PairName::Attributes(attributes, levels.to_owned()))
    })
}

/// The two attributes in a name.
fn find_attributes(name: &str, is_known: impl Fn(&str) -> bool) -> Option<[String; 2]> {
    let mut splits = split_pairs(name);
    let found = splits.find(|parts| parts.iter().any(|part| is_known(part)))?;
    Some(found.map(str::to_owned))
}

/// The two levels of a pair.
fn find_parts(
    name: &PairName,
    mains: &[UtilityColumn],
    has_uppers: bool,
) -> Result<[PairPart; 2], String> {
    match name {
        PairName::Columns(halves) => {
            let [first, second] = halves.each_ref().map(|half| {
                let mut found = mains.iter().filter(|column| column.name.trim() == *half);
                match (found.next(), found.next()) {
                    (Some(only), None) => Ok(PairPart::Column(only.column)),
                    _ => Err(format!(
                        "`{half}` is the name of several columns, so that it is unclear which interact; export \
                         the utilities with the names of the attributes"
                    )),
                }
            });
            Ok([first?, second?])
        }
        PairName::Attributes(attributes, levels) => {
            find_levels(attributes, levels, mains, has_uppers)
        }
    }
}

/// The two levels of a pair whose attributes are known.
fn find_levels(
    attributes: &[String; 2],
    levels: &str,
    mains: &[UtilityColumn],
    has_uppers: bool,
) -> Result<[PairPart; 2], String> {
    let [first, second] = attributes;
    let mut splits = split_pairs(levels);
    let split = splits.find_map(|[one, other]| {
        let parts = [
            find_level(first, one, mains, has_uppers)?,
            find_level(second, other, mains, has_uppers)?,
        ];
        Some(parts)
    });
    // A coefficient per unit for each level has the name of the level only.
    let slope = || {
        let level = |name| find_level(name, levels, mains, has_uppers);
        let linear = |name: &str| find_linear(name, mains, has_uppers);
        match (level(first), linear(second), linear(first), level(second)) {
            (Some(level), Some(linear), ..) => Some([level, linear]),
            (.., Some(linear), Some(level)) => Some([level, linear]),
            _ => None,
        }
    };
    split.or_else(slope).ok_or_else(|| {
        format!(
            "`{levels}` is not a pair of levels of {}; write both levels with * between them",
            quote_names(attributes)
        )
    })
}

/// A level of an attribute. One without columns of its own takes any name.
fn find_level(
    attribute: &str,
    level: &str,
    mains: &[UtilityColumn],
    has_uppers: bool,
) -> Option<PairPart> {
    let rest = |column: &'_ UtilityColumn| -> Option<String> {
        if has_uppers {
            return (column.upper == attribute).then(|| column.name.clone());
        }
        let rest = column.name.strip_prefix(attribute)?;
        let joint = JOINTS.into_iter().find(|joint| rest.starts_with(joint))?;
        let level = rest.strip_prefix(joint)?;
        Some(level.trim_end_matches(']').to_owned())
    };
    let mut own = mains
        .iter()
        .filter_map(|column| Some((column, rest(column)?)))
        .peekable();
    let is_conditional =
        own.peek().is_none() && find_linear(attribute, mains, has_uppers).is_none();
    if is_conditional && split_pairs(attribute).next().is_none() {
        return Some(PairPart::Named {
            attribute: attribute.to_owned(),
            level: level.to_owned(),
        });
    }
    let found = own.find(|(_, name)| name.trim() == level)?;
    Some(PairPart::Column(found.0.column))
}

/// The coefficient of an attribute, whose column has its name.
fn find_linear(attribute: &str, mains: &[UtilityColumn], has_uppers: bool) -> Option<PairPart> {
    let mut columns = mains.iter();
    let found = columns.find(|column| {
        let is_level = has_uppers && column.upper != column.name && !column.upper.is_empty();
        column.name.trim() == attribute && !is_level
    })?;
    Some(PairPart::Column(found.column))
}
