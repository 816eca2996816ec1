//! A row per respondent, attribute and level, as MX8 Labs and business intelligence tools export it.

use std::collections::{HashMap, HashSet};

use super::super::dates;
use super::super::draft::{ColumnRole, Draft, DraftAttribute};
use super::super::error::{ImportError, SourcePlace};
use super::super::labels::Labels;
use super::super::options::ImportOptions;
use super::super::roles;
use super::super::source::Candidate;
use super::super::table::{TableColumn, WideTable};
use super::Importer;

/// See the module.
pub(super) struct Long;

/// Names of the column of utilities, the preferred ones first.
const VALUES: [&str; 9] = [
    "raw_utility",
    "raw utility",
    "utility",
    "part_worth",
    "part-worth",
    "partworth",
    "value",
    "coefficient",
    "beta",
];

impl Importer for Long {
    fn id(&self) -> &'static str {
        "long-table"
    }

    fn label(&self) -> &'static str {
        "a row per respondent, attribute and level (MX8 Labs and others)"
    }

    fn detect(&self, candidate: &Candidate<'_>) -> bool {
        let table = &candidate.table;
        ["attribute", "level"]
            .iter()
            .all(|name| table.find_column(name).is_some())
            && value_column(table).is_some()
    }

    fn read(
        &self,
        candidate: &Candidate<'_>,
        _: &Labels,
        _: &ImportOptions,
    ) -> Result<Draft, ImportError> {
        read(&candidate.table)
    }
}

/// The column of utilities: one with a known name, or else the first of numbers.
fn value_column(table: &WideTable<'_>) -> Option<usize> {
    let named = VALUES.iter().find_map(|name| table.find_column(name));
    let is_other = |name: &str| roles::is_id(name) || ["attribute", "level"].contains(&name);
    let mut columns = table.columns.iter();
    let first = columns.find(|column| column.is_numeric && !is_other(&column.name.to_lowercase()));
    named.or(first).map(|column| column.index)
}

fn read(table: &WideTable<'_>) -> Result<Draft, ImportError> {
    let grid = table.grid;
    let place = SourcePlace::table(grid);
    let column = |name: &str| table.find_column(name).map(|column| column.index);
    let id = table
        .columns
        .iter()
        .find(|column| roles::is_id(&column.name));
    let id = id.map_or(0, |column| column.index);
    let (Some(attribute), Some(level), Some(value)) =
        (column("attribute"), column("level"), value_column(table))
    else {
        return Err(ImportError::Unrecognized {
            file: place.to_string(),
        });
    };
    check_runs(table)?;
    let columns = LongColumns {
        id,
        attribute,
        level,
        value,
    };
    let mut draft = Draft {
        roles: roles_of(table, [id, attribute, level, value]),
        ..Draft::new(place)
    };
    let mut cells = Cells::default();
    for row in table.rows() {
        cells.add_row(table, columns, row, &mut draft)?;
    }
    for row in &mut draft.rows {
        row.resize(cells.levels.len(), f64::NAN);
    }
    Ok(draft)
}

/// Refuses utilities of several runs of a model.
fn check_runs(table: &WideTable<'_>) -> Result<(), ImportError> {
    let Some(run) = table.find_column("model_run_id") else {
        return Ok(());
    };
    let grid = table.grid;
    let runs = table
        .rows()
        .map(|row| grid.text(row, run.index).into_owned());
    let runs: HashSet<String> = runs.collect();
    if runs.len() > 1 {
        let place = SourcePlace::table(grid).in_column("model_run_id");
        let problem = "there are several model runs; keep the rows of one";
        return Err(ImportError::invalid(place, problem));
    }
    Ok(())
}

/// The columns that matter.
#[derive(Clone, Copy)]
struct LongColumns {
    id: usize,
    attribute: usize,
    level: usize,
    value: usize,
}

/// Which respondents and levels have occurred.
#[derive(Default)]
struct Cells {
    people: HashMap<String, usize>,
    levels: HashMap<(String, String), usize>,
}

impl Cells {
    /// Adds the utility in a row.
    fn add_row(
        &mut self,
        table: &WideTable<'_>,
        columns: LongColumns,
        row: usize,
        draft: &mut Draft,
    ) -> Result<(), ImportError> {
        let grid = table.grid;
        let text = |column: usize| grid.text(row, column).trim().to_owned();
        let (id, key) = (
            text(columns.id),
            (text(columns.attribute), text(columns.level)),
        );
        let line = SourcePlace::table(grid).at(grid.line(row));
        if id.is_empty() || key.0.is_empty() {
            let problem = "the id or the attribute is empty; fill the cell";
            return Err(ImportError::invalid(line, problem));
        }
        let person = *self.people.entry(id.clone()).or_insert_with(|| {
            draft.ids.push(id.clone());
            draft.lines.push(grid.line(row));
            draft.rows.push(Vec::new());
            draft.ids.len() - 1
        });
        let next = self.levels.len();
        let position = *self.levels.entry(key.clone()).or_insert(next);
        if position == next {
            let spoilt = dates::describe_level(&key.1, grid, row, columns.level);
            draft.assumed.extend(spoilt);
            add_level(draft, &key, position);
        }
        let number = match grid.number(row, columns.value) {
            Some(number) => number,
            None if grid.is_missing(row, columns.value) => f64::NAN,
            None => {
                let column = table.columns.get(columns.value);
                let name = column.map(TableColumn::shown).unwrap_or_default();
                let text = text(columns.value);
                let problem = dates::describe_number(&text)
                    .unwrap_or_else(|| format!("`{text}` is not a number; correct the cell"));
                return Err(ImportError::invalid(line.in_column(&name), problem));
            }
        };
        let Some(values) = draft.rows.get_mut(person) else {
            return Ok(());
        };
        values.resize(values.len().max(position + 1), f64::NAN);
        match values.get_mut(position) {
            Some(cell) if cell.is_nan() => *cell = number,
            _ => {
                let (attribute, level) = key;
                let problem =
                    format!("`{id}` has two utilities of `{attribute}` `{level}`; keep one");
                return Err(ImportError::invalid(line, problem));
            }
        }
        Ok(())
    }
}

/// Adds a column for a level that occurs for the first time.
fn add_level(draft: &mut Draft, (attribute, level): &(String, String), position: usize) {
    draft.columns.push(format!("{attribute}: {level}"));
    if roles::is_none(attribute) || (level.is_empty() && roles::is_none(level)) {
        draft.none = Some(position);
        return;
    }
    let added = DraftAttribute::of_columns(attribute, true, [(level.clone(), position)]);
    match draft
        .attributes
        .iter_mut()
        .find(|found| found.name == *attribute)
    {
        Some(found) => found.levels.extend(added.levels),
        None => draft.attributes.push(added),
    }
}

fn roles_of(
    table: &WideTable<'_>,
    [id, attribute, level, value]: [usize; 4],
) -> Vec<(String, ColumnRole)> {
    let role = |index: usize| match index {
        _ if index == id => ColumnRole::Id,
        _ if index == value => ColumnRole::Utility,
        _ if index == attribute || index == level => ColumnRole::Group,
        _ => ColumnRole::Ignored,
    };
    let columns = table.columns.iter();
    columns
        .map(|column| (column.shown(), role(column.index)))
        .collect()
}
