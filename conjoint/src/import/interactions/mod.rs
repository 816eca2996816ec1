//! Interactions of two attributes: columns of pairs of their levels, such as `Brand*Price: Alba*299`.

mod names;

pub(crate) use names::{is_pair, split_columns};

use super::draft::{Draft, DraftAttribute, DraftLevel, PartWorth};
use super::error::ImportError;
use crate::format::usual_names::read_numbers;

/// A column of a pair of levels.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DraftPair {
    /// The column of utilities.
    pub(crate) column: usize,
    pub(crate) first: PairPart,
    pub(crate) second: PairPart,
}

/// One of the two levels of a pair.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PairPart {
    /// The level, or the coefficient, in a column of utilities.
    Column(usize),
    /// A level of an attribute without part-worths of its own.
    Named { attribute: String, level: String },
}

/// An interaction, with the attributes and levels under their final names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DraftInteraction {
    /// The first attribute, whose levels are names.
    pub(crate) first: String,
    pub(crate) second: String,
    /// Both levels and the part-worth of each pair.
    pub(crate) pairs: Vec<(String, String, PartWorth)>,
}

/// A pair whose attributes are known.
struct ResolvedPair {
    names: [String; 2],
    /// The positions of the levels; all of them for a coefficient per unit.
    levels: [Vec<usize>; 2],
    column: usize,
}

/// Adds attributes that have part-worths only together with another one.
pub(crate) fn add_conditional(draft: &mut Draft) {
    let parts = draft
        .pairs
        .iter()
        .flat_map(|pair| [&pair.first, &pair.second]);
    let mut added: Vec<DraftAttribute> = Vec::new();
    for part in parts {
        let PairPart::Named { attribute, level } = part else {
            continue;
        };
        let known = added.iter().position(|found| found.name == *attribute);
        let place = known.unwrap_or_else(|| {
            added.push(DraftAttribute {
                is_conditional: true,
                ..DraftAttribute::of_columns(attribute, true, [])
            });
            added.len() - 1
        });
        let Some(found) = added.get_mut(place) else {
            continue;
        };
        if !found.levels.iter().any(|known| known.label == *level) {
            found.levels.push(DraftLevel {
                label: level.clone(),
                source: PartWorth::Zero,
            });
        }
    }
    draft.attributes.extend(added);
}

/// Finds the attributes and levels of all pairs, once these have their final names.
pub(crate) fn resolve(draft: &mut Draft, brand: Option<&str>) -> Result<(), ImportError> {
    let pairs: Vec<ResolvedPair> = draft
        .pairs
        .iter()
        .map(|pair| resolve_pair(draft, pair, brand))
        .collect::<Result<_, _>>()?;
    let mut rest = pairs;
    let mut found = Vec::new();
    while let Some(names) = rest.first().map(|pair| pair.names.clone()) {
        let (own, others): (Vec<ResolvedPair>, Vec<ResolvedPair>) =
            rest.into_iter().partition(|pair| pair.names == names);
        rest = others;
        found.extend(build(draft, names, &own));
    }
    for interaction in &found {
        draft.assumed.push(format!(
            "The columns of `{}*{}` are interactions, which are added to the part-worths of both.",
            interaction.first, interaction.second
        ));
    }
    draft.interactions = found;
    Ok(())
}

/// The attributes and levels of a pair, the first one with names.
fn resolve_pair(
    draft: &Draft,
    pair: &DraftPair,
    brand: Option<&str>,
) -> Result<ResolvedPair, ImportError> {
    let name = draft.columns.get(pair.column).cloned().unwrap_or_default();
    let invalid =
        |problem: &str| ImportError::invalid(draft.place.clone().in_column(&name), problem);
    let part = |part: &PairPart| {
        find_part(draft, part).ok_or_else(|| {
            invalid(
                "this is an interaction, but its attributes are not found; give both header rows",
            )
        })
    };
    let (one, other) = (part(&pair.first)?, part(&pair.second)?);
    let is_named = |attribute: &DraftAttribute| {
        let labels: Vec<&str> = attribute
            .levels
            .iter()
            .map(|level| level.label.as_str())
            .collect();
        brand == Some(attribute.name.as_str()) || read_numbers(&labels).is_none()
    };
    let (one, other) = match (is_named(one.0), is_named(other.0)) {
        (true, _) => (one, other),
        (false, true) => (other, one),
        (false, false) => {
            return Err(invalid(
                "this is an interaction of two numbers, which cannot be imported; one attribute needs levels \
                 with names",
            ));
        }
    };
    Ok(ResolvedPair {
        names: [&one.0.name, &other.0.name].map(Clone::clone),
        levels: [one.1, other.1],
        column: pair.column,
    })
}

/// The attribute of a part, and the positions of its levels.
fn find_part<'d>(draft: &'d Draft, part: &PairPart) -> Option<(&'d DraftAttribute, Vec<usize>)> {
    let is_level = |level: &DraftLevel| match part {
        PairPart::Column(column) => level.source.column() == Some(*column),
        PairPart::Named { level: label, .. } => level.label == *label,
    };
    let mut attributes = draft.attributes.iter().filter(|found| match part {
        PairPart::Column(_) => true,
        PairPart::Named { attribute, .. } => found.is_conditional && found.name == *attribute,
    });
    attributes.find_map(|attribute| {
        let levels = attribute.levels.iter().enumerate();
        let levels = levels.filter(|(_, level)| is_level(level));
        let places: Vec<usize> = levels.map(|(place, _)| place).collect();
        (!places.is_empty()).then_some((attribute, places))
    })
}

/// The interaction of two attributes, with the pairs that the file leaves out.
fn build(
    draft: &mut Draft,
    names: [String; 2],
    pairs: &[ResolvedPair],
) -> Option<DraftInteraction> {
    let [first, second] = names.each_ref().map(|name| draft.find(name).cloned());
    let (first, second) = (first?, second?);
    let mut sources: Vec<Vec<Option<PartWorth>>> =
        vec![vec![None; second.levels.len()]; first.levels.len()];
    for pair in pairs {
        let [rows, columns] = &pair.levels;
        for row in rows {
            for column in columns {
                let level = second.levels.get(*column).map(|level| level.source);
                // A coefficient per unit has the numbers of the main effect.
                let source = match level {
                    Some(PartWorth::Scaled(_, factor)) => PartWorth::Scaled(pair.column, factor),
                    _ => PartWorth::Column(pair.column),
                };
                let cell = sources
                    .get_mut(*row)
                    .and_then(|cells| cells.get_mut(*column));
                if let Some(cell) = cell {
                    *cell = Some(source);
                }
            }
        }
    }
    complete(draft, &first, &second, &mut sources);
    let mut found = DraftInteraction {
        first: first.name,
        second: second.name,
        pairs: Vec::new(),
    };
    for (level, cells) in first.levels.iter().zip(sources) {
        let others = second.levels.iter().zip(cells);
        found.pairs.extend(others.filter_map(|(other, source)| {
            Some((level.label.clone(), other.label.clone(), source?))
        }));
    }
    Some(found)
}

/// Adds pairs that no column has: of the last levels, which effects coding leaves out, and of base levels.
fn complete(
    draft: &mut Draft,
    first: &DraftAttribute,
    second: &DraftAttribute,
    sources: &mut [Vec<Option<PartWorth>>],
) {
    let is_sum = |attribute: &DraftAttribute, place: usize| {
        let level = attribute.levels.get(place);
        matches!(
            level.map(|level| level.source),
            Some(PartWorth::MinusSum(..))
        )
    };
    let is_base = |attribute: &DraftAttribute, place: usize| {
        let level = attribute.levels.get(place);
        !attribute.is_conditional && level.map(|level| level.source) == Some(PartWorth::Zero)
    };
    let given = sources.to_vec();
    for (row, cells) in sources.iter_mut().enumerate() {
        let has_any = cells.iter().any(Option::is_some);
        for (column, cell) in cells.iter_mut().enumerate() {
            let sums = [is_sum(first, row), is_sum(second, column)];
            if cell.is_some() {
                continue;
            }
            if sums.contains(&true) {
                let rows = given.iter().enumerate();
                let rows = rows.filter(|(other, _)| sums[0] || *other == row);
                let cells = rows.flat_map(|(_, cells)| cells.iter().enumerate());
                let cells = cells.filter(|(other, _)| sums[1] || *other == column);
                let addends: Vec<PartWorth> = cells.filter_map(|(_, cell)| *cell).collect();
                let sign = if sums == [true, true] { 1.0 } else { -1.0 };
                *cell = Some(draft.add_column(|values| {
                    let addends = addends.iter().map(|addend| addend.value(values));
                    sign * addends.sum::<f64>()
                }));
            } else if has_any && is_base(second, column) {
                *cell = Some(PartWorth::Zero);
            }
        }
    }
}
