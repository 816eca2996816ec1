//! The attributes of a table with a row per respondent.

use super::dates;
use super::draft::{ColumnRole, Draft, GroupColumn};
use super::error::{ImportError, SourcePlace};
use super::interactions::split_columns;
use super::labels::Labels;
use super::options::{ImportOptions, RoleAnswer};
use super::structure::{UtilityColumn, find_structure};
use super::table::WideTable;

/// The columns of utilities, without None and constants.
fn utility_columns(
    table: &WideTable<'_>,
    roles: &[ColumnRole],
    draft: &Draft,
) -> Vec<UtilityColumn> {
    let is_utility =
        |column: &usize| Some(*column) != draft.none && !draft.constants.contains(column);
    let positions: Vec<usize> = (0..draft.columns.len()).filter(is_utility).collect();
    let utilities = table.columns.iter().zip(roles);
    let utilities = utilities.filter(|(_, role)| **role == ColumnRole::Utility);
    utilities
        .zip(&positions)
        .map(|((column, _), position)| UtilityColumn {
            column: *position,
            name: column.name.clone(),
            upper: column.upper.clone(),
            is_whole: table.is_whole(column.index) && !is_all_zero(&draft.rows, *position),
        })
        .collect()
}

/// Finds the attributes, and which columns are none of utilities after all.
pub(super) fn find_attributes(
    table: &WideTable<'_>,
    roles: &[ColumnRole],
    labels: &Labels,
    options: &ImportOptions,
    draft: &mut Draft,
) -> Result<(), ImportError> {
    let columns = utility_columns(table, roles, draft);
    let (columns, pairs) = split_columns(columns, table.has_uppers, &draft.place)?;
    draft.pairs = pairs;
    let complete = draft.rows.iter();
    let complete = complete.filter(|row| row.iter().all(|value| value.is_finite()));
    let complete: Vec<Vec<f64>> = complete.cloned().collect();
    let structure = find_structure(
        &columns,
        table.has_uppers,
        labels,
        draft.none.is_some()
            || options.none == RoleAnswer::Nothing
            || labels.has_none == Some(false),
        draft.conventions.has_stems,
        &complete,
    );
    if structure.attributes.is_empty() {
        return Err(ImportError::Unrecognized {
            file: SourcePlace::table(table.grid).to_string(),
        });
    }
    if structure.source == "the sums of the part-worths" {
        let sentence = "The columns belong to attributes as their sums of 0 say.";
        draft.assumed.push(sentence.to_owned());
    }
    if let Some(none) = structure.none {
        draft.none = Some(none);
        let name = draft.columns.get(none).cloned().unwrap_or_default();
        draft.assumed.push(format!(
            "The last column, `{name}`, is the utility of None."
        ));
    }
    for column in &structure.covariates {
        let cells = draft
            .rows
            .iter()
            .map(|row| row.get(*column).copied().unwrap_or(f64::NAN));
        let cells = cells.map(|cell| {
            if cell.is_nan() {
                String::new()
            } else {
                cell.to_string()
            }
        });
        draft.groups.push(GroupColumn {
            name: draft.columns.get(*column).cloned().unwrap_or_default(),
            cells: cells.collect(),
            is_weight: false,
            origin: None,
        });
    }
    draft.attributes = structure.attributes;
    Ok(())
}

fn is_all_zero(rows: &[Vec<f64>], column: usize) -> bool {
    rows.iter().all(|row| row.get(column) == Some(&0.0))
}

/// Says which levels a spreadsheet has probably changed.
pub(super) fn note_spoilt_levels(table: &WideTable<'_>, draft: &mut Draft) {
    let levels = draft.attributes.iter().flat_map(|found| &found.levels);
    let mut notes = Vec::new();
    for level in levels {
        let name = level
            .source
            .column()
            .and_then(|column| draft.columns.get(column));
        let mut columns = table.columns.iter();
        let Some(column) = name.and_then(|name| columns.find(|column| column.shown() == *name))
        else {
            continue;
        };
        notes.extend(dates::describe_level(
            &level.label,
            table.grid,
            table.name_row,
            column.index,
        ));
    }
    draft.assumed.extend(notes);
}
