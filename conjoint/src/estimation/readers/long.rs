//! Long tables: one row per alternative, or per rating. Covers the single CSV of Sawtooth, Conjointly's
//! offline responses, cbcTools, logitr, xlogit, mlogit, ChoiceModelR, bayesm, cregg, Alchemer and JMP,
//! which differ in the names of their columns and in how they mark the choice.

use std::collections::{HashMap, HashSet};

use super::columns::{Header, Role};
use super::ids::unify_ids;
use super::marks::{Mark, Marks, parse_mark, read_marks};
use super::raw::{RawSurvey, RawTask, source_of};
use super::request::{NoneRequest, SurveyRequest};
use crate::estimation::error::{CellProblem, EstimationError, TaskProblem};
use crate::format::tabular::{Grid, is_missing};

/// The columns of a long table.
pub(super) struct LongColumns {
    respondent: Option<usize>,
    task: Option<usize>,
    alternative: Option<usize>,
    answer: usize,
    none: Option<usize>,
    weight: Option<usize>,
    attributes: Vec<usize>,
}

/// Whether a grid looks like a long table of choices: it has a column of its own for each role.
pub(super) fn is_long(grid: &Grid, request: &SurveyRequest) -> bool {
    let mut header = Header::new(grid, 0);
    let roles = [
        Role::Respondent,
        Role::Task,
        Role::Choice,
        Role::Alternative,
    ];
    let found = roles.map(|role| header.take_role(role, request).ok().flatten());
    // One of respondent and task is enough: then each task is a respondent.
    let [respondent, task, choice, alternative] = found.map(|column| column.is_some());
    (respondent || task) && choice && alternative
}

impl LongColumns {
    fn find(header: &mut Header<'_>, request: &SurveyRequest) -> Result<Self, EstimationError> {
        let attributes = header.requested_attributes(request)?;
        let respondent = header.take_role(Role::Respondent, request)?;
        let task = match request.has_ratings {
            true => None,
            false => header.take_role(Role::Task, request)?,
        };
        let role = match request.has_ratings {
            true => Role::Rating,
            false => Role::Choice,
        };
        let answer = header.require_role(role, request)?;
        let alternative = header.take_role(Role::Alternative, request)?;
        let none = header.take_role(Role::None, request)?;
        let weight = match &request.weight {
            Some(name) => Some(header.require(name, "--weight")?),
            None => None,
        };
        Ok(Self {
            respondent,
            task,
            alternative,
            answer,
            none,
            weight,
            attributes,
        })
    }
}

/// Reads a long table.
///
/// # Errors
/// A column that is missing, an id in two forms, an answer that is no mark, two choices in a task, an
/// alternative that occurs twice.
pub(super) fn read(
    grid: &Grid,
    request: &SurveyRequest,
    has_codes: bool,
) -> Result<RawSurvey, EstimationError> {
    let mut header = Header::new(grid, 0);
    let mut columns = LongColumns::find(&mut header, request)?;
    if columns.respondent.is_none() && columns.task.is_none() {
        header.require_role(Role::Respondent, request)?;
    }
    let keys = read_keys(&header, &columns)?;
    let groups = group_rows(&header, &keys);
    let mut assumptions = Vec::new();
    if columns.respondent.is_none() {
        assumptions.push(
            "Each task counts as a respondent of its own, because no column names respondents."
                .to_owned(),
        );
    }
    if columns.attributes.is_empty() {
        columns.attributes = find_attributes(&header, &groups, &keys, &mut assumptions);
    }
    let names: Vec<String> = columns
        .attributes
        .iter()
        .map(|column| header.name(*column).to_owned())
        .collect();
    let mut survey = RawSurvey::for_grid(grid, has_codes, &names);
    survey.assumptions = assumptions;
    survey.knows_none = columns.none.is_some();
    let marks = read_marks(
        &header,
        [Some(columns.answer), columns.alternative],
        &groups,
        request,
    )?;
    for group in &groups {
        let rated = match request.has_ratings {
            true => rated_rows(group, &marks, &mut survey),
            false => Vec::new(),
        };
        let rows = if rated.is_empty() { group } else { &rated };
        let task = read_task(&header, &columns, rows, &keys, &marks, &mut survey)?;
        survey.tasks.push(task);
    }
    if marks.style.names_one_more(&survey.tasks) && request.none != NoneRequest::Ignore {
        survey.knows_none = true;
        let width = names.len();
        survey
            .tasks
            .iter_mut()
            .for_each(|task| RawSurvey::append_none(width, task));
    }
    Ok(survey)
}

/// The rows of a respondent that have a rating; the others are left out, unless none has one.
fn rated_rows(rows: &[usize], marks: &Marks, survey: &mut RawSurvey) -> Vec<usize> {
    let has_rating = |row: &&usize| matches!(marks.by_row.get(row), Some(Mark::Number(_)));
    let rated: Vec<usize> = rows.iter().filter(has_rating).copied().collect();
    if !rated.is_empty() {
        survey.leave_out(rows.len() - rated.len(), "profile without a rating");
    }
    rated
}

/// The respondent and the task of each row.
type Keys = Vec<(String, String)>;

fn read_keys(header: &Header<'_>, columns: &LongColumns) -> Result<Keys, EstimationError> {
    let column_of = |column: Option<usize>| -> Result<Option<Vec<String>>, EstimationError> {
        let Some(column) = column else {
            return Ok(None);
        };
        let texts = header
            .rows()
            .map(|row| header.grid.text(row, column).into_owned());
        let mut texts: Vec<String> = texts.collect();
        unify_ids(&mut texts, header.name(column), |row| {
            let row = header.row + 1 + row;
            (header.grid.place(row), header.grid.line(row))
        })?;
        Ok(Some(texts))
    };
    let respondents = column_of(columns.respondent)?;
    let tasks = column_of(columns.task)?;
    Ok(match (respondents, tasks) {
        (Some(respondents), Some(tasks)) => respondents.into_iter().zip(tasks).collect(),
        (None, Some(tasks)) => tasks.into_iter().map(|task| (task.clone(), task)).collect(),
        // Ratings, and files with one task per respondent.
        (Some(respondents), None) => {
            let one = |id| (id, "1".to_owned());
            respondents.into_iter().map(one).collect()
        }
        (None, None) => Vec::new(),
    })
}

/// The rows of each task, in the order of their first rows.
fn group_rows(header: &Header<'_>, keys: &Keys) -> Vec<Vec<usize>> {
    let mut places: HashMap<&(String, String), usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (row, key) in header.rows().zip(keys) {
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(rows) => rows.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
}

/// The columns that vary within a task, and those that never vary at all, which the model will refuse
/// by name. What is constant within each task and varies otherwise describes the respondent.
fn find_attributes(
    header: &Header<'_>,
    groups: &[Vec<usize>],
    keys: &Keys,
    assumptions: &mut Vec<String>,
) -> Vec<usize> {
    let mut covariates = Vec::new();
    let mut attributes = Vec::new();
    for column in header.free() {
        let text = |row: usize| header.grid.text(row, column);
        let is_number = |row: usize| {
            header.grid.is_missing(row, column) || header.grid.number(row, column).is_some()
        };
        let varies = groups.iter().any(|rows| {
            let mut rows = rows.iter();
            let first = rows.next().map(|row| text(*row)).unwrap_or_default();
            rows.any(|row| text(*row) != first)
        });
        let mut rows = header.rows();
        let first = rows.next().map(text).unwrap_or_default();
        let is_constant = rows.all(|row| text(row) == first);
        // A running number of rows has as many values as there are rows.
        let is_row_number = !is_constant && keys.len() > 2 && {
            let distinct: HashSet<_> = header.rows().map(text).collect();
            distinct.len() == keys.len() && !header.rows().all(is_number)
        };
        match (varies || is_constant, is_row_number) {
            (true, false) => attributes.push(column),
            _ => covariates.push(format!("`{}`", header.name(column))),
        }
    }
    if !covariates.is_empty() {
        let names = covariates.join(", ");
        assumptions.push(format!(
            "{names} is no attribute, because it never varies within a task."
        ));
    }
    attributes
}

fn read_task(
    header: &Header<'_>,
    columns: &LongColumns,
    rows: &[usize],
    keys: &Keys,
    marks: &Marks,
    survey: &mut RawSurvey,
) -> Result<RawTask, EstimationError> {
    let first = rows.first().copied().unwrap_or_default();
    let key = keys.get(first.saturating_sub(header.row + 1)).cloned();
    let (respondent, name) = key.unwrap_or_default();
    let mut codes = Vec::with_capacity(rows.len() * columns.attributes.len());
    let mut is_none = Vec::with_capacity(rows.len());
    let mut weight = None;
    for row in rows {
        let marked = columns.none.is_some_and(|column| {
            let number = header.grid.number(*row, column);
            number.is_some_and(|number| number != 0.0)
                || parse_mark(&header.grid.text(*row, column)) == Some(Mark::Number(1.0))
        });
        is_none.push(marked);
        for (place, column) in columns.attributes.iter().enumerate() {
            let text = if marked {
                "".into()
            } else {
                header.grid.text(*row, *column)
            };
            codes.push(survey.code(place, &text));
        }
        weight = read_weight(header, columns, *row, weight)?;
    }
    let at = |row: usize, problem: TaskProblem| EstimationError::Task {
        place: format!("{}:{}", source_of(header.grid), header.grid.line(row)),
        respondent: respondent.clone(),
        task: name.clone(),
        problem,
    };
    let labels = alternative_labels(header, columns, rows);
    for (place, label) in labels.iter().enumerate() {
        if labels.iter().take(place).any(|other| other == label) {
            let row = rows.get(place).copied().unwrap_or(first);
            return Err(at(row, TaskProblem::RepeatedAlternative(label.clone())));
        }
    }
    let answers: Vec<&Mark> = rows
        .iter()
        .filter_map(|row| marks.by_row.get(row))
        .collect();
    let answer = marks
        .style
        .answer(&answers, &labels)
        .map_err(|(place, problem)| {
            let row = rows.get(place).copied().unwrap_or(first);
            at(row, problem)
        })?;
    Ok(RawTask {
        line: header.grid.line(first),
        respondent,
        name,
        codes,
        is_none,
        answer,
        would_buy: None,
        weight,
    })
}

/// The texts in the column of alternatives; no texts without such a column, or if a cell is empty.
fn alternative_labels(header: &Header<'_>, columns: &LongColumns, rows: &[usize]) -> Vec<String> {
    let Some(column) = columns.alternative else {
        return Vec::new();
    };
    let labels = rows
        .iter()
        .map(|row| header.grid.text(*row, column).into_owned());
    let labels: Vec<String> = labels.collect();
    match labels.iter().any(|label| is_missing(label)) {
        true => Vec::new(),
        false => labels,
    }
}

fn read_weight(
    header: &Header<'_>,
    columns: &LongColumns,
    row: usize,
    before: Option<f64>,
) -> Result<Option<f64>, EstimationError> {
    let Some(column) = columns.weight else {
        return Ok(None);
    };
    let problem = match (header.grid.number(row, column), before) {
        (Some(weight), None) if weight >= 0.0 => return Ok(Some(weight)),
        (Some(weight), Some(before)) if weight == before => return Ok(Some(weight)),
        (Some(weight), Some(before)) if weight >= 0.0 => {
            CellProblem::TwoWeights(before.to_string(), weight.to_string())
        }
        _ => CellProblem::NotAWeight(header.grid.text(row, column).into_owned()),
    };
    Err(EstimationError::Cell {
        place: header.grid.place(row),
        column: header.name(column).to_owned(),
        problem,
    })
}
