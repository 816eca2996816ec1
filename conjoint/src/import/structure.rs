//! Which attribute and level each column of utilities is.
//!
//! In this order: a layout or labels whose names match, two header rows, a pattern in one header row,
//! and the numbers themselves.

use super::boundaries::find_runs;
use super::draft::DraftAttribute;
use super::labels::Labels;
use super::patterns::{NameParts, Pattern, Side, find_pattern};
use crate::format::usual_names;

/// A column of utilities.
#[derive(Clone, Debug)]
pub(crate) struct UtilityColumn {
    /// Its position among the columns of utilities.
    pub(crate) column: usize,
    pub(crate) name: String,
    /// The name of the attribute above it.
    pub(crate) upper: String,
    /// Whether all its numbers are whole, as those of covariates are.
    pub(crate) is_whole: bool,
}

/// The attributes, and the columns that are none of utilities.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    pub(crate) attributes: Vec<DraftAttribute>,
    /// Columns that describe respondents.
    pub(crate) covariates: Vec<usize>,
    /// The column of choosing nothing, where only its place says so.
    pub(crate) none: Option<usize>,
    /// How the attributes were found, for the list of assumptions.
    pub(crate) source: &'static str,
}

/// Finds the attributes. `rows` are the utilities of the respondents without a missing one.
pub(crate) fn find_structure(
    columns: &[UtilityColumn],
    has_uppers: bool,
    labels: &Labels,
    has_none: bool,
    has_stems: bool,
    rows: &[Vec<f64>],
) -> Structure {
    let structure = from_labels(columns, labels)
        .or_else(|| has_uppers.then(|| from_uppers(columns)).flatten())
        .or_else(|| from_pattern(columns, has_stems));
    structure.unwrap_or_else(|| from_numbers(columns, has_none, rows))
}

/// Attributes whose levels have the names of columns, in the order of the labels.
fn from_labels(columns: &[UtilityColumn], labels: &Labels) -> Option<Structure> {
    if labels.attributes.is_empty() {
        return None;
    }
    let mut structure = Structure {
        source: "the labels",
        ..Structure::default()
    };
    let mut rest = columns;
    for attribute in &labels.attributes {
        let is_named = |column: &UtilityColumn, label: &str| {
            column.name.trim().eq_ignore_ascii_case(label.trim())
        };
        let count = attribute.levels.len();
        let first = rest.first()?;
        // A layout names no level of a coefficient, and a .hbu only the attribute once more.
        let is_coefficient = match attribute.levels.as_slice() {
            [] => true,
            [only] => only.label == attribute.name,
            _ => false,
        };
        let levels = rest.get(..count).filter(|columns| {
            let mut pairs = columns.iter().zip(&attribute.levels);
            !is_coefficient && pairs.all(|(column, level)| is_named(column, &level.label))
        });
        if let Some(levels) = levels {
            let levels = levels.iter().zip(&attribute.levels);
            let levels = levels.map(|(column, level)| (level.label.clone(), column.column));
            let found = DraftAttribute::of_columns(&attribute.name, true, levels);
            structure.attributes.push(found);
            rest = rest.get(count..)?;
        } else if is_named(first, &attribute.name) {
            let found = DraftAttribute::linear(&attribute.name, true, first.column);
            structure.attributes.push(found);
            rest = rest.get(1..)?;
        } else {
            return None;
        }
    }
    let mut others = rest.iter();
    others.all(|column| column.is_whole).then(|| {
        structure.covariates = rest.iter().map(|column| column.column).collect();
        structure
    })
}

/// Attributes from the names above the levels.
fn from_uppers(columns: &[UtilityColumn]) -> Option<Structure> {
    let mut structure = Structure {
        source: "two header rows",
        ..Structure::default()
    };
    let mut groups: Vec<(&str, Vec<&UtilityColumn>)> = Vec::new();
    for column in columns {
        match groups.last_mut() {
            Some((name, group)) if *name == column.upper => group.push(column),
            _ => groups.push((&column.upper, vec![column])),
        }
    }
    let with_code = |column: &UtilityColumn| Pattern::LetterLabel.split(&column.name);
    let are_coded = columns.iter().all(|column| {
        with_code(column).is_some() || column.is_whole || column.name == column.upper
    });
    for (name, group) in groups {
        match group.as_slice() {
            [only] if only.name == only.upper || only.upper.is_empty() => {
                match only.is_whole {
                    true => structure.covariates.push(only.column),
                    false => {
                        let linear = DraftAttribute::linear(&only.name, true, only.column);
                        structure.attributes.push(linear);
                    }
                }
                continue;
            }
            _ => {}
        }
        if name.is_empty() {
            return None;
        }
        let levels = group.iter().map(|column| {
            let coded = with_code(column).filter(|_| are_coded);
            let label = coded.map_or(column.name.clone(), |parts| parts.level);
            (label, column.column)
        });
        let attribute = DraftAttribute::of_columns(name, true, levels);
        structure.attributes.push(attribute);
    }
    let has_levels = structure
        .attributes
        .iter()
        .any(|found| found.levels.len() > 1);
    has_levels.then_some(structure)
}

/// Attributes from names such as `Brand: Alba`.
fn from_pattern(columns: &[UtilityColumn], has_stems: bool) -> Option<Structure> {
    let names = |columns: &[&UtilityColumn]| -> Vec<String> {
        columns.iter().map(|column| column.name.clone()).collect()
    };
    let fit = |columns: &[&UtilityColumn]| {
        let names = names(columns);
        find_pattern(
            &names.iter().map(String::as_str).collect::<Vec<&str>>(),
            has_stems,
        )
    };
    // Columns of whole numbers may be covariates, which follow no pattern.
    let all: Vec<&UtilityColumn> = columns.iter().collect();
    let fractions: Vec<&UtilityColumn> = columns.iter().filter(|column| !column.is_whole).collect();
    let (pattern, _) = fit(&all).or_else(|| fit(&fractions))?;
    let mut structure = Structure {
        source: "the names of the columns",
        ..Structure::default()
    };
    let mut names: Vec<String> = Vec::new();
    for column in columns {
        match pattern.split(&column.name) {
            Some(parts) => add_level(&mut structure, &mut names, pattern, parts, column),
            None if column.is_whole => structure.covariates.push(column.column),
            None => {
                let linear = DraftAttribute::linear(&column.name, true, column.column);
                names.push(column.name.clone());
                structure.attributes.push(linear);
            }
        }
    }
    // A coefficient is the first level of a code; the second without a first has a base level.
    for attribute in &mut structure.attributes {
        if let [only] = attribute.levels.as_slice()
            && ((pattern.is_code() && only.label == "Level 1") || only.label == "_L")
        {
            attribute.is_linear = true;
        }
    }
    number_attributes(&mut structure.attributes);
    Some(structure)
}

/// Adds a level to the attribute of its name. `names` are those of the attributes as the file has
/// them.
fn add_level(
    structure: &mut Structure,
    names: &mut Vec<String>,
    pattern: Pattern,
    parts: NameParts,
    column: &UtilityColumn,
) {
    let NameParts { attribute, level } = parts;
    let label = match pattern.names_levels() || level == "_L" {
        true => level,
        false => format!("Level {level}"),
    };
    if names.last() != Some(&attribute) {
        let name = match pattern.names_attributes() {
            true => attribute.as_str(),
            false => "",
        };
        let found = DraftAttribute::of_columns(name, pattern.names_attributes(), []);
        structure.attributes.push(found);
        names.push(attribute);
    }
    if let Some(found) = structure.attributes.last_mut() {
        let level = DraftAttribute::of_columns("", false, [(label, column.column)]);
        found.levels.extend(level.levels);
    }
}

/// Attributes from the sums of the part-worths.
fn from_numbers(columns: &[UtilityColumn], has_none: bool, rows: &[Vec<f64>]) -> Structure {
    let mut structure = Structure {
        source: "the sums of the part-worths",
        ..Structure::default()
    };
    let selected: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| {
            let cells = columns.iter().map(|column| row.get(column.column));
            cells
                .map(|cell| cell.copied().unwrap_or(f64::NAN))
                .collect()
        })
        .collect();
    let mut singles: Vec<&UtilityColumn> = Vec::new();
    let runs = find_runs(&selected, columns.len());
    let last = runs.len().saturating_sub(1);
    for (place, run) in runs.into_iter().enumerate() {
        let Some(run) = columns.get(run) else {
            continue;
        };
        match run {
            [only] => {
                let is_after_levels = !structure.attributes.is_empty() && singles.is_empty();
                let is_none = place == last && !has_none && is_after_levels;
                if only.is_whole {
                    structure.covariates.push(only.column);
                } else if is_none && !usual_names::is_price(&only.name) {
                    structure.none = Some(only.column);
                } else {
                    singles.push(only);
                }
            }
            levels => {
                add_singles(&mut structure, &mut singles);
                structure.attributes.push(attribute_of(levels));
            }
        }
    }
    add_singles(&mut structure, &mut singles);
    number_attributes(&mut structure.attributes);
    structure
}

/// Adds columns in no run: together they are an attribute if they share its name, as the break points
/// of a piecewise price do; else each is a linear attribute.
fn add_singles(structure: &mut Structure, singles: &mut Vec<&UtilityColumn>) {
    let columns: Vec<UtilityColumn> = singles.drain(..).cloned().collect();
    let mut rest = columns.as_slice();
    while let Some((first, others)) = rest.split_first() {
        let prefix = prefix_of(&first.name);
        let same = others
            .iter()
            .take_while(|other| prefix.is_some() && prefix_of(&other.name) == prefix);
        let count = 1 + same.count();
        let (group, after) = rest.split_at(count);
        structure.attributes.push(match group {
            [only] => DraftAttribute::linear(&only.name, true, only.column),
            levels => attribute_of(levels),
        });
        rest = after;
    }
}

/// The text before the separator of attribute and level.
fn prefix_of(name: &str) -> Option<String> {
    let patterns = [": ", " - ", "_"].map(|separator| Pattern::Separated(separator, Side::First));
    let parts = patterns.into_iter().find_map(|pattern| pattern.split(name));
    parts.map(|parts| parts.attribute)
}

/// The attribute of columns that have the names of its levels, maybe after its own name.
fn attribute_of(columns: &[UtilityColumn]) -> DraftAttribute {
    let prefix = columns.first().and_then(|first| prefix_of(&first.name));
    let is_shared = |prefix: &String| {
        let mut columns = columns.iter();
        columns.all(|column| prefix_of(&column.name).as_ref() == Some(prefix))
    };
    let prefix = prefix.filter(is_shared);
    let levels = columns.iter().map(|column| {
        let rest = prefix
            .as_ref()
            .and_then(|prefix| column.name.strip_prefix(prefix.as_str()));
        let label = rest.map_or(column.name.as_str(), |rest| {
            rest.trim_start_matches([':', '-', '_', ' '])
        });
        (label.to_owned(), column.column)
    });
    let name = prefix.clone().unwrap_or_default();
    DraftAttribute::of_columns(&name, prefix.is_some(), levels.collect::<Vec<_>>())
}

/// Gives attributes without a name one by their position.
fn number_attributes(attributes: &mut [DraftAttribute]) {
    for (place, attribute) in attributes.iter_mut().enumerate() {
        if attribute.name.is_empty() {
            attribute.name = format!("Attribute {}", place + 1);
        }
    }
}
