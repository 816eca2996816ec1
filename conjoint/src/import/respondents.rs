//! Respondents: incomplete ones, several rows of one, and what other files say about them.

use std::collections::HashMap;

use super::draft::{Draft, GroupColumn, GroupOrigin};
use super::error::{ImportError, SourcePlace};
use super::options::{ImportOptions, RoleAnswer};
use super::table::WideTable;
use super::wide::normalize_ids;
use super::{roles, weights};
use crate::format::tabular::{Grid, GridCell};
use crate::study::quote_names;

/// With fewer shared ids than this fraction, the counts of both files are reported.
const USUAL_OVERLAP: f64 = 0.95;

/// Leaves out respondents without all utilities. A column that is empty for everybody is a level that
/// was not estimated.
pub(crate) fn leave_out_incomplete(draft: &mut Draft) -> Result<(), ImportError> {
    for (position, name) in draft.columns.iter().enumerate() {
        let mut cells = draft.rows.iter().filter_map(|row| row.get(position));
        if cells.all(|value| value.is_nan()) {
            let place = draft.place.clone().in_column(name);
            let problem = "the column is empty: the level was not estimated; remove the column";
            return Err(ImportError::invalid(place, problem));
        }
    }
    let complete: Vec<bool> = draft
        .rows
        .iter()
        .map(|row| row.iter().all(|value| value.is_finite()))
        .collect();
    let incomplete = complete.iter().filter(|is| !**is).count();
    draft.retain(|position| complete.get(position) == Some(&true));
    draft.leave_out(incomplete, "respondents without all utilities");
    match draft.ids.is_empty() {
        true => {
            let problem = "no respondent has all utilities; fill the empty cells";
            Err(ImportError::invalid(draft.place.clone(), problem))
        }
        false => Ok(()),
    }
}

/// Averages the rows of each respondent if all have the same number of them, as draws have, and keeps
/// them as draws.
pub(crate) fn average_draws(draft: &mut Draft) -> Result<(), ImportError> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut order: Vec<&str> = Vec::new();
    for (position, id) in draft.ids.iter().enumerate() {
        let rows = places.entry(id).or_default();
        if rows.is_empty() {
            order.push(id);
        }
        rows.push(position);
    }
    let count = places.values().map(Vec::len).max().unwrap_or(1);
    if count == 1 {
        return Ok(());
    }
    if places.len() == 1 || places.values().any(|rows| rows.len() != count) {
        let repeated = order
            .iter()
            .find(|id| places.get(**id).is_some_and(|rows| rows.len() > 1));
        let id = repeated.copied().unwrap_or_default();
        let rows = places.get(id).cloned().unwrap_or_default();
        let line = rows
            .get(1)
            .and_then(|row| draft.lines.get(*row))
            .copied()
            .unwrap_or(0);
        let problem = format!(
            "the id `{id}` occurs {} times, and other ids another number of times; keep one row per respondent, or \
             the same number of draws for each",
            rows.len()
        );
        return Err(ImportError::invalid(draft.place.clone().at(line), problem));
    }
    let draws = order.iter().map(|id| {
        let rows = places.get(id).into_iter().flatten();
        rows.filter_map(|row| draft.rows.get(*row).cloned())
            .collect()
    });
    let draws: Vec<Vec<Vec<f64>>> = draws.collect();
    let means = draws.iter().map(|rows| {
        let columns = 0..draft.columns.len();
        let mean = |column| {
            let values = rows.iter().filter_map(|row| row.get(column));
            values.sum::<f64>() / rows.len() as f64
        };
        columns.map(mean).collect()
    });
    let means: Vec<Vec<f64>> = means.collect();
    let firsts: Vec<usize> = order
        .iter()
        .filter_map(|id| places.get(id)?.first().copied())
        .collect();
    draft.retain(|position| firsts.contains(&position));
    draft.rows = means;
    draft.draws = draws;
    draft.assumed.push(format!(
        "Each respondent has {count} rows, which are draws; their means are the utilities, and intervals use the draws."
    ));
    Ok(())
}

/// Adds the columns of a table about the respondents, such as demographics.
pub(crate) fn join(draft: &mut Draft, grid: &Grid) -> Result<(), ImportError> {
    let place = SourcePlace::table(grid);
    let first_row = 1;
    let header: Vec<String> = (0..grid.width())
        .map(|c| grid.text(0, c).into_owned())
        .collect();
    let id = header
        .iter()
        .position(|name| roles::is_id(name))
        .unwrap_or(0);
    let rows: Vec<usize> = (first_row..grid.height())
        .filter(|row| !grid.text(*row, id).starts_with("{\"ImportId\""))
        .collect();
    let mut ids: Vec<String> = rows
        .iter()
        .map(|row| grid.text(*row, id).into_owned())
        .collect();
    normalize_ids(&mut ids, grid.style());
    let mut row_of: HashMap<&str, usize> = HashMap::new();
    for (id, row) in ids.iter().zip(&rows) {
        row_of.entry(id).or_insert(*row);
    }
    let found: Vec<Option<usize>> = draft
        .ids
        .iter()
        .map(|id| row_of.get(id.as_str()).copied())
        .collect();
    let shared = found.iter().flatten().count();
    if shared == 0 {
        let column = header.get(id).map_or("1", String::as_str);
        return Err(no_shared_id(draft, &ids, place.in_column(column)));
    }
    if (shared as f64) < USUAL_OVERLAP * draft.ids.len() as f64 {
        draft.assumed.push(format!(
            "Only {shared} of {} respondents are in {place}; the cells of the others are empty.",
            draft.ids.len()
        ));
    }
    let lines = found.iter().map(|row| row.map(|row| grid.line(row)));
    let origin = GroupOrigin {
        table: place,
        lines: lines.collect(),
    };
    for (column, name) in header.iter().enumerate() {
        if column == id || name.is_empty() || roles::is_ignored(name) || roles::is_fit(name) {
            continue;
        }
        let cell = |row: &Option<usize>| {
            row.map_or(String::new(), |row| match grid.cell(row, column) {
                GridCell::Text(text) => match grid.number(row, column) {
                    Some(number) => number.to_string(),
                    None => text.clone(),
                },
                _ => grid.text(row, column).into_owned(),
            })
        };
        draft.groups.push(GroupColumn {
            name: name.clone(),
            cells: found.iter().map(cell).collect(),
            is_weight: roles::is_weight(name),
            origin: Some(origin.clone()),
        });
    }
    Ok(())
}

/// The error about a table without a single known id.
fn no_shared_id(draft: &Draft, ids: &[String], place: SourcePlace) -> ImportError {
    let first = |ids: &[String]| quote_names(ids.iter().take(3));
    let problem = format!(
        "none of its {} ids ({}) is one of the {} ids in {} ({}); export both files with the same id",
        ids.len(),
        first(ids),
        draft.ids.len(),
        draft.place,
        first(&draft.ids)
    );
    ImportError::invalid(place, problem)
}

/// How many ids of a table are those of respondents.
pub(crate) fn count_shared_ids(draft: &Draft, grid: &Grid) -> usize {
    let table = WideTable::find(grid);
    let id = table.and_then(|table| table.id_column()).unwrap_or(0);
    let mut ids: Vec<String> = (1..grid.height())
        .map(|row| grid.text(row, id).into_owned())
        .collect();
    normalize_ids(&mut ids, grid.style());
    ids.iter().filter(|id| draft.ids.contains(id)).count()
}

/// Who the respondents are.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// The column's name, and a segment for each respondent.
    pub(crate) segment: Option<(String, Vec<String>)>,
    /// The column's name, and a current brand for each respondent.
    pub(crate) owner: Option<(String, Vec<String>)>,
    pub(crate) weights: Option<Vec<f64>>,
}

/// The most segments that are assumed without asking.
const MOST_SEGMENTS: usize = 20;

/// Chooses the columns of segments, current brands and weights. `brands` are the levels of the brand.
pub(crate) fn describe(
    draft: &mut Draft,
    options: &ImportOptions,
    brands: &[String],
) -> Result<People, ImportError> {
    let weights = weights::find_weights(draft, options)?;
    let groups = draft.groups.clone();
    let find = |option: &'static str, name: &String| {
        let mut columns = groups.iter();
        let found = columns.find(|column| column.name.eq_ignore_ascii_case(name.trim()));
        found.cloned().ok_or_else(|| ImportError::UnknownName {
            option,
            kind: "column",
            name: name.clone(),
            known: quote_names(groups.iter().map(|column| &column.name)),
        })
    };
    let is_owner = |column: &&GroupColumn| {
        let mut cells = column.cells.iter();
        !brands.is_empty() && cells.all(|cell| brands.contains(cell))
    };
    let owner = match &options.owner {
        RoleAnswer::Named(name) => Some(find("--owner", name)?),
        RoleAnswer::Nothing => None,
        RoleAnswer::Proposed => groups.iter().find(is_owner).cloned(),
    };
    if let Some(owner) = owner.as_ref().filter(|_| options.owner.is_proposed()) {
        draft.assumed.push(format!(
            "`{}` is the brand that a respondent has today.",
            owner.name
        ));
    }
    let segment = match options.segments.as_deref() {
        None => guess_segment(&groups, owner.as_ref()),
        Some([]) => None,
        Some(names) => {
            let columns: Vec<GroupColumn> = names
                .iter()
                .map(|name| find("--segment", name))
                .collect::<Result<_, _>>()?;
            Some(combine(&columns))
        }
    };
    if let Some((name, _)) = segment.as_ref().filter(|_| options.segments.is_none()) {
        draft
            .assumed
            .push(format!("`{name}` sorts the respondents into segments."));
    }
    let owner = owner.map(|column| (column.name, filled(column.cells)));
    Ok(People {
        segment: segment.map(|(name, cells)| (name, filled(cells))),
        owner,
        weights,
    })
}

/// The only column of texts with few different values, each of them for several respondents.
fn guess_segment(
    groups: &[GroupColumn],
    owner: Option<&GroupColumn>,
) -> Option<(String, Vec<String>)> {
    let is_segment = |column: &&GroupColumn| {
        let mut values: Vec<&String> = column.cells.iter().collect();
        values.sort_unstable();
        values.dedup();
        let is_text = values
            .iter()
            .any(|value| value.parse::<f64>().is_err() && !value.is_empty());
        let is_few =
            (2..=MOST_SEGMENTS).contains(&values.len()) && values.len() * 2 <= column.cells.len();
        is_text
            && is_few
            && !column.is_weight
            && Some(&column.name) != owner.map(|owner| &owner.name)
    };
    let found = groups.iter().find(is_segment)?;
    Some((found.name.clone(), found.cells.clone()))
}

/// One segment for each combination of several columns.
fn combine(columns: &[GroupColumn]) -> (String, Vec<String>) {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let count = columns
        .iter()
        .map(|column| column.cells.len())
        .max()
        .unwrap_or(0);
    let cell = |row: usize| {
        let cells = columns.iter().filter_map(|column| column.cells.get(row));
        let cells: Vec<&str> = cells.map(String::as_str).collect();
        cells.join(" / ")
    };
    (names.join(" / "), (0..count).map(cell).collect())
}

/// A name for cells without one.
fn filled(cells: Vec<String>) -> Vec<String> {
    let name = |cell: String| match cell.is_empty() {
        true => "Not known".to_owned(),
        false => cell,
    };
    cells.into_iter().map(name).collect()
}
