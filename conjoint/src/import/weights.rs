//! The respondents' weights, from a column of the utilities or of another table.

use super::draft::{Draft, GroupColumn};
use super::error::{ImportError, SourcePlace};
use super::options::{ImportOptions, RoleAnswer};
use super::roles;
use super::source::Source;
use crate::study::quote_names;

/// Refuses a named column that no file has. A usual name of weights would otherwise be taken for an attribute,
/// and the first error would be about that.
pub(crate) fn check_name(
    draft: &Draft,
    sources: &[Source],
    options: &ImportOptions,
) -> Result<(), ImportError> {
    let Some(name) = options.weight.name() else {
        return Ok(());
    };
    let own = draft.roles.iter().map(|(column, _)| column.clone());
    let others = sources.iter().flat_map(Source::grids);
    let others = others.flat_map(|grid| (0..grid.width()).map(|c| grid.text(0, c).into_owned()));
    let mut columns: Vec<String> = Vec::new();
    for column in own.chain(others) {
        if !column.is_empty() && !columns.contains(&column) {
            columns.push(column);
        }
    }
    if columns.iter().any(|column| is_same(column, name)) {
        return Ok(());
    }
    let usual: Vec<&String> = columns.iter().filter(|it| roles::is_weight(it)).collect();
    let known = match usual.is_empty() {
        true => quote_names(&columns),
        false => quote_names(&usual),
    };
    Err(unknown_column(name, known))
}

/// The weights, which must be numbers of 0 or more. A column that the user has not named is an assumption.
pub(crate) fn find_weights(
    draft: &mut Draft,
    options: &ImportOptions,
) -> Result<Option<Vec<f64>>, ImportError> {
    let mut columns = draft.groups.iter();
    let found = match &options.weight {
        RoleAnswer::Nothing => None,
        RoleAnswer::Named(name) => {
            let found = columns.find(|column| is_same(&column.name, name));
            Some(found.ok_or_else(|| {
                let known = quote_names(draft.groups.iter().map(|column| &column.name));
                unknown_column(name, known)
            })?)
        }
        RoleAnswer::Proposed => columns.find(|column| column.is_weight),
    };
    let Some(column) = found else {
        return Ok(None);
    };
    let weights = read_weights(draft, column)?;
    if options.weight.is_proposed() {
        let sentence = format!("`{}` is the weight of a respondent.", column.name);
        draft.assumed.push(sentence);
    }
    Ok(Some(weights))
}

/// The weights in a column.
fn read_weights(draft: &Draft, column: &GroupColumn) -> Result<Vec<f64>, ImportError> {
    let (table, lines) = match &column.origin {
        Some(origin) => (&origin.table, origin.lines.clone()),
        None => (
            &draft.place,
            draft.lines.iter().copied().map(Some).collect(),
        ),
    };
    let place = table.clone().in_column(&column.name);
    check_ids(draft, &lines, &place)?;
    let weights = column.cells.iter().zip(lines).map(|(cell, line)| {
        let number = cell
            .parse::<f64>()
            .or_else(|_| cell.replace(',', ".").parse());
        let weight = number
            .ok()
            .filter(|weight| *weight >= 0.0 && weight.is_finite());
        weight.ok_or_else(|| {
            let place = place.clone().at(line.unwrap_or_default());
            let problem = match cell.as_str() {
                "" => "the weight is missing; write a number of 0 or more".to_owned(),
                cell => format!("`{cell}` is not a weight; write a number of 0 or more"),
            };
            ImportError::invalid(place, problem)
        })
    });
    weights.collect()
}

/// Refuses weights for only some of the respondents.
fn check_ids(draft: &Draft, lines: &[Option<u64>], place: &SourcePlace) -> Result<(), ImportError> {
    let ids = draft.ids.iter().zip(lines);
    let missing: Vec<&String> = ids
        .filter(|(_, line)| line.is_none())
        .map(|(id, _)| id)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let problem = format!(
        "{} of {} respondents have no row here: {}; add a row for each, or import without weights (--weight no)",
        missing.len(),
        draft.ids.len(),
        quote_names(&missing)
    );
    Err(ImportError::invalid(place.clone(), problem))
}

/// Whether a column has the name that the user gives.
fn is_same(column: &str, name: &str) -> bool {
    column.eq_ignore_ascii_case(name.trim())
}

fn unknown_column(name: &str, known: String) -> ImportError {
    ImportError::UnknownName {
        option: "--weight",
        kind: "column",
        name: name.to_owned(),
        known,
    }
}
