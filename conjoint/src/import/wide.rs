//! A table with a row per respondent and a column per level, as most tools write it.

use std::borrow::Cow;

use super::dates;
use super::draft::{ColumnRole, Conventions, Draft, GroupColumn};
use super::error::{ImportError, SourcePlace, Unknown};
use super::labels::Labels;
use super::options::{ImportOptions, RoleAnswer};
use super::roles;
use super::scale::Scale;
use super::table::{TableColumn, WideTable};
use super::wide_attributes::{find_attributes, note_spoilt_levels};
use crate::format::tabular::GridCell;
use crate::study::quote_names;

/// What a format knows about its tables before their numbers are looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WidePreset {
    pub(crate) conventions: Conventions,
    pub(crate) scale: Option<Scale>,
}

/// Reads a table.
pub(crate) fn read(
    table: &WideTable<'_>,
    preset: WidePreset,
    labels: &Labels,
    options: &ImportOptions,
) -> Result<Draft, ImportError> {
    let place = SourcePlace::table(table.grid);
    let roles = assign_roles(table, options)?;
    let id = roles.iter().position(|role| *role == ColumnRole::Id);
    let mut draft = Draft {
        conventions: preset.conventions,
        scale: preset.scale,
        ..Draft::new(place.clone())
    };
    let rows = find_respondents(table, id, &mut draft);
    if rows.is_empty() {
        return Err(ImportError::invalid(
            place,
            "there is no row of a respondent below the header",
        ));
    }
    check_lengths(table, &rows)?;
    read_columns(table, &roles, &rows, &mut draft)?;
    read_ids(table, id, &rows, &mut draft);
    find_attributes(table, &roles, labels, options, &mut draft)?;
    let columns = table.columns.iter().map(TableColumn::shown);
    draft.roles = columns.zip(roles).collect();
    note_spoilt_levels(table, &mut draft);
    Ok(draft)
}

/// What each column is, by its name, its cells and the user's options.
fn assign_roles(
    table: &WideTable<'_>,
    options: &ImportOptions,
) -> Result<Vec<ColumnRole>, ImportError> {
    let id = table.id_column();
    let has_named_none = |name: &str| match &options.none {
        RoleAnswer::Named(none) => name.eq_ignore_ascii_case(none.trim()),
        RoleAnswer::Proposed | RoleAnswer::Nothing => roles::is_none(name),
    };
    let none_role = match options.none {
        RoleAnswer::Nothing => ColumnRole::Ignored,
        RoleAnswer::Proposed | RoleAnswer::Named(_) => ColumnRole::None,
    };
    let is_group = |name: &str| {
        let segments = options.segments.iter().flatten();
        let named = segments.chain(options.owner.name());
        named
            .into_iter()
            .any(|other| name.eq_ignore_ascii_case(other.trim()))
    };
    let is_weight = |name: &str| match &options.weight {
        RoleAnswer::Named(weight) => name.eq_ignore_ascii_case(weight.trim()),
        RoleAnswer::Proposed | RoleAnswer::Nothing => roles::is_weight(name),
    };
    let role = |column: &TableColumn| {
        let names = [column.name.as_str(), column.upper.as_str()];
        let has_cells = table
            .rows()
            .any(|row| *table.grid.cell(row, column.index) != GridCell::Empty);
        match column.name.as_str() {
            _ if id == Some(column.index) => ColumnRole::Id,
            name if is_group(name) => ColumnRole::Group,
            name if is_weight(name) => ColumnRole::Weight,
            _ if column.is_numeric && names.into_iter().any(has_named_none) => none_role,
            name if roles::is_fit(name) => ColumnRole::Fit,
            name if roles::is_ignored(name) || !has_cells => ColumnRole::Ignored,
            name if roles::is_alternative(name) => ColumnRole::Constant,
            // A second id, for example of a panel.
            name if roles::is_id(name) => ColumnRole::Ignored,
            _ if column.is_numeric => ColumnRole::Utility,
            _ => ColumnRole::Group,
        }
    };
    let found: Vec<ColumnRole> = table.columns.iter().map(role).collect();
    check_none(table, options, &found)?;
    Ok(found)
}

/// Refuses several columns that could be None, and a name of None that no column has.
fn check_none(
    table: &WideTable<'_>,
    options: &ImportOptions,
    found: &[ColumnRole],
) -> Result<(), ImportError> {
    let columns = table.columns.iter().zip(found);
    let nones = columns.filter(|(_, role)| **role == ColumnRole::None);
    let names: Vec<String> = nones.map(|(column, _)| column.shown()).collect();
    if let Some(name) = options.none.name()
        && names.is_empty()
    {
        let columns = table.columns.iter().filter(|column| column.is_numeric);
        return Err(ImportError::UnknownName {
            option: "--none",
            kind: "column of numbers",
            name: name.clone(),
            known: quote_names(columns.map(TableColumn::shown)),
        });
    }
    if names.len() > 1 {
        return Err(ImportError::Question {
            place: SourcePlace::table(table.grid),
            question: format!("several columns could be None: {}", quote_names(&names)),
            option: "--none COLUMN".to_owned(),
            unknown: Box::new(Unknown::None(names)),
        });
    }
    Ok(())
}

/// The rows of respondents. Other rows are counted.
fn find_respondents(table: &WideTable<'_>, id: Option<usize>, draft: &mut Draft) -> Vec<usize> {
    let grid = table.grid;
    let column = |name: &str| table.find_column(name).map(|column| column.index);
    let (status, finished) = (column("Status"), column("Finished"));
    let mut rows = Vec::new();
    for row in table.rows() {
        let text = |column: Option<usize>| column.map(|column| grid.text(row, column));
        let name = text(id).unwrap_or(Cow::Borrowed("1"));
        let is_preview = text(status).is_some_and(|status| status == "Survey Preview");
        let is_unfinished =
            text(finished).is_some_and(|text| text.eq_ignore_ascii_case("false") || text == "0");
        if roles::is_footer(&name) {
            draft.leave_out(1, "rows of totals or averages");
        } else if name.is_empty() {
            draft.leave_out(1, "rows without an id");
        } else if is_preview {
            draft.leave_out(1, "previews of the survey");
        } else if is_unfinished {
            draft.leave_out(1, "unfinished interviews");
        } else {
            rows.push(row);
        }
    }
    rows
}

/// Refuses a row with a number beyond the last name of the header. The numbers before it are probably in wrong
/// columns, for example because of a decimal comma in a file that is separated by commas.
fn check_lengths(table: &WideTable<'_>, rows: &[usize]) -> Result<(), ImportError> {
    let grid = table.grid;
    let named = table.columns.iter().rev();
    let named = named.skip_while(|column| column.name.is_empty()).count();
    for row in rows {
        let cells = grid.row(*row).iter().rev();
        let cells = cells.skip_while(|cell| **cell == GridCell::Empty).count();
        if (named..cells).any(|column| grid.number(*row, column).is_some()) {
            let problem = format!(
                "the row has {cells} cells, but the header names only {named} columns; correct the row or the header"
            );
            let place = SourcePlace::table(grid).at(grid.line(*row));
            return Err(ImportError::invalid(place, problem));
        }
    }
    Ok(())
}

/// Reads utilities and groups.
fn read_columns(
    table: &WideTable<'_>,
    roles: &[ColumnRole],
    rows: &[usize],
    draft: &mut Draft,
) -> Result<(), ImportError> {
    let columns = || table.columns.iter().zip(roles);
    let is_number = |role: &ColumnRole| {
        matches!(
            role,
            ColumnRole::Utility | ColumnRole::None | ColumnRole::Constant
        )
    };
    let numeric: Vec<&TableColumn> = columns()
        .filter(|(_, role)| is_number(role))
        .map(|(column, _)| column)
        .collect();
    draft.columns = numeric.iter().map(|column| column.shown()).collect();
    for row in rows {
        let cells = numeric
            .iter()
            .map(|column| read_number(table, *row, column));
        draft.rows.push(cells.collect::<Result<_, _>>()?);
        draft.lines.push(table.grid.line(*row));
    }
    let position = |wanted: ColumnRole| {
        let numbers = columns().filter(|(_, role)| is_number(role)).enumerate();
        let found = numbers.filter(move |(_, (_, role))| **role == wanted);
        found.map(|(position, _)| position)
    };
    draft.none = position(ColumnRole::None).next();
    draft.constants = position(ColumnRole::Constant).collect();
    for (column, role) in columns() {
        if matches!(role, ColumnRole::Group | ColumnRole::Weight) {
            let cells = rows
                .iter()
                .map(|row| table.grid.text(*row, column.index).into_owned());
            draft.groups.push(GroupColumn {
                name: column.shown(),
                cells: cells.collect(),
                is_weight: *role == ColumnRole::Weight,
                origin: None,
            });
        }
    }
    Ok(())
}

/// A utility; NaN where it is missing.
fn read_number(
    table: &WideTable<'_>,
    row: usize,
    column: &TableColumn,
) -> Result<f64, ImportError> {
    let grid = table.grid;
    if let Some(number) = grid.number(row, column.index) {
        return Ok(number);
    }
    if grid.is_missing(row, column.index) {
        return Ok(f64::NAN);
    }
    let text = grid.text(row, column.index);
    let place = SourcePlace::table(grid)
        .at(grid.line(row))
        .in_column(&column.shown());
    let problem = match text.bytes().all(|byte| byte == b'#') {
        true => {
            "Excel wrote hashes because the column was too narrow; widen it and save the file again"
                .to_owned()
        }
        false => dates::describe_number(&text).unwrap_or_else(|| {
            format!(
                "`{}` is not a number; correct the cell, or empty it",
                crate::study::text::show_text(&text)
            )
        }),
    };
    Err(ImportError::invalid(place, problem))
}

fn read_ids(table: &WideTable<'_>, id: Option<usize>, rows: &[usize], draft: &mut Draft) {
    draft.ids = match id {
        Some(id) => rows
            .iter()
            .map(|row| table.grid.text(*row, id).into_owned())
            .collect(),
        None => {
            let sentence = "The file has no ids, so respondents are numbered in its order.";
            draft.assumed.push(sentence.to_owned());
            (1..=rows.len()).map(|number| number.to_string()).collect()
        }
    };
    normalize_ids(&mut draft.ids, table.grid.style());
}

/// Turns `1.0`, `1E+05` and `1,234` back into whole numbers if all ids are numbers.
pub(crate) fn normalize_ids(ids: &mut [String], style: crate::format::tabular::NumberStyle) {
    let numbers: Option<Vec<f64>> = ids
        .iter()
        .map(|id| {
            style
                .parse(id)
                .filter(|number| number.fract() == 0.0 && number.abs() < 1e15)
        })
        .collect();
    let is_plain = |id: &String| id.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(numbers) = numbers.filter(|_| !ids.iter().all(is_plain)) {
        for (id, number) in ids.iter_mut().zip(numbers) {
            *id = number.to_string();
        }
    }
}
