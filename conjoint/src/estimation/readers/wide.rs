//! Wide tables: one row per task, a column per attribute and alternative. Covers mlogit, xlogit and
//! Apollo.
//!
//! A column's name is the attribute, a separator (`_`, `.` or nothing) and the alternative. `av_…` says
//! whether an alternative was available.

use super::columns::{Header, Role, reduce};
use super::marks::find_position;
use super::raw::{RawAnswer, RawSurvey, RawTask};
use super::request::SurveyRequest;
use crate::estimation::error::{CellProblem, EstimationError, TaskProblem};
use crate::estimation::tasks::NOT_SHOWN;
use crate::format::tabular::Grid;

/// The columns of attributes by alternative.
#[derive(Debug, Default, PartialEq)]
struct Stems {
    alternatives: Vec<String>,
    /// The name of each attribute, and its column for each alternative.
    attributes: Vec<(String, Vec<Option<usize>>)>,
    /// The columns of availability, by alternative.
    available: Vec<(String, usize)>,
}

/// How a name is split into attribute and alternative.
type Split = fn(&str) -> Option<(&str, &str)>;

/// Names of columns of availability.
const AVAILABLE: &[&str] = &["av", "avail", "availability", "available"];

/// Whether a grid looks like a wide table of choices.
pub(super) fn is_wide(grid: &Grid) -> bool {
    let header = Header::new(grid, 0);
    header.has(Role::Choice) && find_stems(&header, &SurveyRequest::default()).is_some()
}

/// The splitting of columns' names that fits the most columns.
fn find_stems(header: &Header<'_>, request: &SurveyRequest) -> Option<Stems> {
    let splits: [Split; 4] = [
        |name| name.rsplit_once('_'),
        |name| name.rsplit_once('.'),
        |name| name.rsplit_once(':'),
        |name| {
            let stem = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
            name.split_at_checked(stem.len())
        },
    ];
    // Of equally good ones the first: `max_by_key` takes the last.
    let stems = splits
        .iter()
        .rev()
        .filter_map(|split| group_columns(header, request, *split));
    stems.max_by_key(|stems| {
        stems
            .attributes
            .iter()
            .map(|(_, columns)| columns.iter().flatten().count())
            .sum::<usize>()
    })
}

fn group_columns(header: &Header<'_>, request: &SurveyRequest, split: Split) -> Option<Stems> {
    let mut stems: Vec<(&str, Vec<(&str, usize)>)> = Vec::new();
    for (column, name) in header.names.iter().enumerate() {
        let Some((stem, alternative)) =
            split(name).filter(|(stem, alternative)| !stem.is_empty() && !alternative.is_empty())
        else {
            continue;
        };
        match stems.iter_mut().find(|(other, _)| *other == stem) {
            Some((_, columns)) => columns.push((alternative, column)),
            None => stems.push((stem, vec![(alternative, column)])),
        }
    }
    let (available, mut stems): (Vec<_>, Vec<_>) = stems
        .into_iter()
        .partition(|(stem, _)| AVAILABLE.contains(&reduce(stem).as_str()));
    if !request.attributes.is_empty() {
        stems.retain(|(stem, _)| request.attributes.iter().any(|(name, _)| name == stem));
    }
    // The alternatives are those of the attribute with the most of them.
    let (_, widest) = stems.iter().max_by_key(|(_, columns)| columns.len())?;
    let alternatives: Vec<String> = widest
        .iter()
        .map(|(alternative, _)| (*alternative).to_owned())
        .collect();
    if alternatives.len() < 2 {
        return None;
    }
    stems.retain(|(_, columns)| {
        columns.len() >= 2
            && columns
                .iter()
                .all(|(alternative, _)| alternatives.iter().any(|other| other == alternative))
    });
    let attributes = stems.into_iter().map(|(stem, columns)| {
        let column_of = |alternative: &String| {
            columns
                .iter()
                .find(|(other, _)| other == alternative)
                .map(|(_, column)| *column)
        };
        (
            stem.to_owned(),
            alternatives.iter().map(column_of).collect(),
        )
    });
    Some(Stems {
        attributes: attributes.collect(),
        available: available
            .into_iter()
            .flat_map(|(_, columns)| columns)
            .map(|(name, column)| (name.to_owned(), column))
            .collect(),
        alternatives,
    })
}

/// Reads a wide table.
///
/// # Errors
/// Missing columns, answers that are none of the alternatives or were not available.
pub(super) fn read(grid: &Grid, request: &SurveyRequest) -> Result<RawSurvey, EstimationError> {
    let mut header = Header::new(grid, 0);
    let Some(stems) = find_stems(&header, request) else {
        let file = grid.file.clone();
        return Err(EstimationError::UnknownLayout { file });
    };
    let choice = header.require_role(Role::Choice, request)?;
    let respondent = header.take_role(Role::Respondent, request)?;
    let task = header.take_role(Role::Task, request)?;
    let names: Vec<String> = stems
        .attributes
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    let mut survey = RawSurvey::for_grid(grid, false, &names);
    survey.knows_none = true;
    if respondent.is_none() {
        survey.assumptions.push(
            "Each row counts as a respondent of its own, because no column names respondents."
                .to_owned(),
        );
    }
    let mut numbers: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for row in header.rows() {
        let id = match respondent {
            Some(column) => grid.text(row, column).into_owned(),
            None => grid.line(row).to_string(),
        };
        let number = numbers.entry(id.clone()).or_default();
        *number += 1;
        let name = match task {
            Some(column) => grid.text(row, column).into_owned(),
            None => number.to_string(),
        };
        let task = read_row(&header, row, &stems, choice, (id, name), &mut survey)?;
        survey.tasks.push(task);
    }
    let is_none = |task: &RawTask| task.answer == RawAnswer::Chosen(task.is_none.len());
    if survey.tasks.iter().any(is_none) {
        survey
            .tasks
            .iter_mut()
            .for_each(|task| RawSurvey::append_none(names.len(), task));
    }
    Ok(survey)
}

fn read_row(
    header: &Header<'_>,
    row: usize,
    stems: &Stems,
    choice: usize,
    (respondent, name): (String, String),
    survey: &mut RawSurvey,
) -> Result<RawTask, EstimationError> {
    let grid = header.grid;
    let is_available = |alternative: &String| {
        let column = stems
            .available
            .iter()
            .find(|(other, _)| other == alternative);
        column.is_none_or(|(_, column)| grid.number(row, *column) != Some(0.0))
    };
    let mut codes = Vec::new();
    let mut shown = Vec::new();
    for (place, alternative) in stems.alternatives.iter().enumerate() {
        if !is_available(alternative) {
            continue;
        }
        shown.push(place);
        for (attribute, (_, columns)) in stems.attributes.iter().enumerate() {
            let column = columns.get(place).copied().flatten();
            codes.push(column.map_or(NOT_SHOWN, |column| {
                survey.code(attribute, &grid.text(row, column))
            }));
        }
    }
    let answer = read_answer(header, row, stems, choice, &shown, [&respondent, &name])?;
    Ok(RawTask {
        respondent,
        name,
        line: grid.line(row),
        codes,
        is_none: vec![false; shown.len()],
        answer,
        would_buy: None,
        weight: None,
    })
}

/// The answer of a row, as the position among the alternatives that were available.
fn read_answer(
    header: &Header<'_>,
    row: usize,
    stems: &Stems,
    choice: usize,
    shown: &[usize],
    [respondent, name]: [&String; 2],
) -> Result<RawAnswer, EstimationError> {
    let grid = header.grid;
    let text = grid.text(row, choice);
    let answer = match grid.is_missing(row, choice) && !text.eq_ignore_ascii_case("none") {
        true => RawAnswer::Missing,
        false => find_position(&text, &stems.alternatives, stems.alternatives.len()).ok_or_else(
            || EstimationError::Cell {
                place: grid.place(row),
                column: header.name(choice).to_owned(),
                problem: CellProblem::UnknownAlternative(
                    text.clone().into_owned(),
                    stems.alternatives.join(", "),
                ),
            },
        )?,
    };
    match answer {
        RawAnswer::Chosen(place) if place == stems.alternatives.len() => {
            Ok(RawAnswer::Chosen(shown.len()))
        }
        RawAnswer::Chosen(place) => {
            let position = shown.iter().position(|other| *other == place);
            let chosen = position.ok_or_else(|| EstimationError::Task {
                place: grid.place(row),
                respondent: respondent.clone(),
                task: name.clone(),
                problem: TaskProblem::Unavailable(text.clone().into_owned()),
            })?;
            Ok(RawAnswer::Chosen(chosen))
        }
        other => Ok(other),
    }
}
