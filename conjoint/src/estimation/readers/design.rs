//! A table of designs and a table of answers: Sawtooth's dual CSV, Qualtrics' design and responses,
//! Displayr's and JMP's designs.
//!
//! The design has a row per concept of each task of each version. The answers have a row per respondent,
//! with the number of the version and a column per task, perhaps followed by one that says whether the
//! respondent would buy the chosen concept (1) or not (2).

use std::collections::HashMap;

use super::columns::{Header, Role, reduce};
use super::ids::unify_ids;
use super::marks::find_position;
use super::qualtrics::first_response_row;
use super::raw::{RawAnswer, RawSurvey, RawTask};
use super::request::{NoneRequest, SurveyRequest};
use crate::estimation::error::{CellProblem, EstimationError};
use crate::estimation::tasks::NOT_SHOWN;
use crate::format::tabular::Grid;

const VERSION: &[&str] = &["version", "questionset", "survey", "block", "blockid"];
const TASK: &[&str] = &["task", "question", "choiceset", "set", "scenario"];
const CONCEPT: &[&str] = &[
    "concept",
    "choice",
    "choiceid",
    "alternative",
    "alt",
    "profile",
];

/// The columns of a design: version, task, concept. `None` if the grid is another table.
fn design_columns(header: &Header<'_>) -> Option<[usize; 3]> {
    let find = |names: &[&str]| {
        let position = |wanted: &&str| header.names.iter().position(|name| reduce(name) == *wanted);
        names.iter().find_map(position)
    };
    let columns = [find(VERSION)?, find(TASK)?, find(CONCEPT)?];
    // With a respondent and an answer in each row it is a long table.
    let has_answer = [
        "response",
        "responseindicator",
        "chosen",
        "respondent",
        "subject",
    ];
    let mut names = header.names.iter().map(|name| reduce(name));
    let is_design = !names.any(|name| has_answer.contains(&name.as_str()));
    is_design.then_some(columns)
}

/// The design and the answers among the grids.
pub(super) fn find_pair(grids: &[Grid]) -> Option<(&Grid, &Grid)> {
    let is_design = |grid: &&Grid| design_columns(&Header::new(grid, 0)).is_some();
    let design = grids.iter().find(is_design)?;
    let answers = grids.iter().find(|grid| {
        let is_other = !std::ptr::eq(*grid, design);
        is_other && version_column(&Header::new(grid, 0)).is_some()
    })?;
    Some((design, answers))
}

fn version_column(header: &Header<'_>) -> Option<usize> {
    let names = || header.names.iter().map(|name| reduce(name));
    let exact = names().position(|name| VERSION.contains(&name.as_str()));
    exact.or_else(|| names().position(|name| name.contains("version")))
}

/// The concepts of each task of each version.
struct Design {
    tasks: HashMap<(String, String), Concepts>,
    /// The names of the tasks in order.
    names: Vec<String>,
}

/// The labels of a task's concepts, and their codes.
#[derive(Default)]
struct Concepts {
    labels: Vec<String>,
    codes: Vec<u32>,
}

/// Reads the pair.
///
/// # Errors
/// Missing columns, versions that the design does not have, answers that are none of the concepts.
pub(super) fn read(
    design: &Grid,
    answers: &Grid,
    request: &SurveyRequest,
) -> Result<RawSurvey, EstimationError> {
    let mut header = Header::new(design, 0);
    let Some(columns) = design_columns(&header) else {
        let file = design.file.clone();
        return Err(EstimationError::UnknownLayout { file });
    };
    columns.iter().for_each(|column| header.take(*column));
    let attributes = match request.attributes.is_empty() {
        true => header.free(),
        false => header.requested_attributes(request)?,
    };
    let has_codes = attributes.iter().all(|column| {
        header.rows().all(|row| {
            let number = design.number(row, *column);
            design.is_missing(row, *column)
                || number
                    .is_some_and(|number| number.fract() == 0.0 && (0.0..1000.0).contains(&number))
        })
    });
    let names: Vec<String> = attributes
        .iter()
        .map(|column| header.name(*column).to_owned())
        .collect();
    let mut survey = RawSurvey::for_grid(answers, has_codes, &names);
    if !has_codes {
        survey.style = design.style();
    }
    survey.knows_none = true;
    let design = read_design(&header, columns, &attributes, &mut survey);
    read_answers(answers, &design, request, &mut survey)?;
    let is_none = |task: &RawTask| task.answer == RawAnswer::Chosen(task.is_none.len());
    if survey.tasks.iter().any(is_none) && request.none != NoneRequest::Ignore {
        survey
            .tasks
            .iter_mut()
            .for_each(|task| RawSurvey::append_none(names.len(), task));
    }
    Ok(survey)
}

fn read_design(
    header: &Header<'_>,
    [version, task, concept]: [usize; 3],
    attributes: &[usize],
    survey: &mut RawSurvey,
) -> Design {
    let grid = header.grid;
    let mut design = Design {
        tasks: HashMap::new(),
        names: Vec::new(),
    };
    for row in header.rows() {
        let name = grid.text(row, task).into_owned();
        if !design.names.contains(&name) {
            design.names.push(name.clone());
        }
        let key = (grid.text(row, version).into_owned(), name);
        let concepts = design.tasks.entry(key).or_default();
        concepts.labels.push(grid.text(row, concept).into_owned());
        for (place, column) in attributes.iter().enumerate() {
            concepts
                .codes
                .push(survey.code(place, &grid.text(row, *column)));
        }
    }
    design
}

/// The columns of a task's answers.
struct AnswerColumns {
    choice: usize,
    would_buy: Option<usize>,
}

fn read_answers(
    grid: &Grid,
    design: &Design,
    request: &SurveyRequest,
    survey: &mut RawSurvey,
) -> Result<(), EstimationError> {
    let mut header = Header::new(grid, 0);
    let respondent = header.require_role(Role::Respondent, request)?;
    let Some(version) = version_column(&header) else {
        let file = grid.file.clone();
        let (role, option) = ("version of the design", "--task");
        return Err(EstimationError::MissingColumn { file, role, option });
    };
    header.take(version);
    let answers = find_answers(&header, design.names.len(), request)?;
    let rows: Vec<usize> = first_response_row(grid, survey).collect();
    let mut ids: Vec<String> = rows
        .iter()
        .map(|row| grid.text(*row, respondent).into_owned())
        .collect();
    unify_ids(&mut ids, header.name(respondent), |place| {
        let row = rows.get(place).copied().unwrap_or_default();
        (grid.place(row), grid.line(row))
    })?;
    for (row, id) in rows.iter().zip(&ids) {
        for (name, columns) in design.names.iter().zip(&answers) {
            let concepts = find_concepts(&header, *row, version, name, design)?;
            let task = read_task(&header, *row, id, name, columns, concepts)?;
            survey.tasks.push(task);
        }
    }
    Ok(())
}

/// The concepts of a task in the version of a row; fixed tasks are version 0.
fn find_concepts<'d>(
    header: &Header<'_>,
    row: usize,
    version: usize,
    name: &str,
    design: &'d Design,
) -> Result<&'d Concepts, EstimationError> {
    let shown = header
        .grid
        .text(row, version)
        .trim_end_matches(".0")
        .to_owned();
    let find = |version: &str| design.tasks.get(&(version.to_owned(), name.to_owned()));
    find(&shown)
        .or_else(|| find("0"))
        .ok_or_else(|| EstimationError::Cell {
            place: header.grid.place(row),
            column: header.name(version).to_owned(),
            problem: CellProblem::UnknownVersion(shown, name.to_owned()),
        })
}

/// The task of a row with its answer.
fn read_task(
    header: &Header<'_>,
    row: usize,
    respondent: &str,
    name: &str,
    columns: &AnswerColumns,
    concepts: &Concepts,
) -> Result<RawTask, EstimationError> {
    let grid = header.grid;
    let count = concepts.labels.len();
    let width = concepts.codes.len() / count.max(1);
    let rows = concepts.codes.chunks(width.max(1));
    let is_none: Vec<bool> = rows
        .map(|row| row.iter().all(|code| *code == NOT_SHOWN))
        .collect();
    let text = grid.text(row, columns.choice);
    let is_missing = grid.is_missing(row, columns.choice) && !is_none_text(&text);
    let answer = match text.trim() {
        _ if is_missing => RawAnswer::Missing,
        "0" => RawAnswer::Missing,
        text => {
            find_position(text, &concepts.labels, count).ok_or_else(|| EstimationError::Cell {
                place: grid.place(row),
                column: header.name(columns.choice).to_owned(),
                problem: CellProblem::UnknownAlternative(
                    text.to_owned(),
                    concepts.labels.join(", "),
                ),
            })?
        }
    };
    let would_buy = columns
        .would_buy
        .and_then(|column| match grid.text(row, column).trim() {
            "1" => Some(true),
            "2" => Some(false),
            _ => None,
        });
    Ok(RawTask {
        respondent: respondent.to_owned(),
        name: name.to_owned(),
        line: grid.line(row),
        codes: concepts.codes.clone(),
        is_none,
        answer,
        would_buy,
        weight: None,
    })
}

fn is_none_text(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("none")
}

/// The columns of the tasks' answers: those whose names differ only in a final number, one per task.
fn find_answers(
    header: &Header<'_>,
    tasks: usize,
    request: &SurveyRequest,
) -> Result<Vec<AnswerColumns>, EstimationError> {
    let stem_of = |name: &str| -> Option<(String, u32)> {
        let stem = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let number = name.get(stem.len()..)?.parse().ok()?;
        Some((stem.to_owned(), number))
    };
    let mut stems: Vec<(String, Vec<(u32, usize)>)> = Vec::new();
    for (column, name) in header.names.iter().enumerate() {
        let Some((stem, number)) = stem_of(name) else {
            continue;
        };
        match stems.iter_mut().find(|(other, _)| *other == stem) {
            Some((_, columns)) => columns.push((number, column)),
            None => stems.push((stem, vec![(number, column)])),
        }
    }
    let wanted = request
        .choice
        .as_deref()
        .map(|name| stem_of(name).map_or(name.to_owned(), |(stem, _)| stem));
    let fits = |(stem, columns): &&(String, Vec<(u32, usize)>)| match &wanted {
        Some(wanted) => stem == wanted,
        None => columns.len() == tasks,
    };
    let Some((_, columns)) = stems.iter().find(fits) else {
        return Err(EstimationError::MissingColumn {
            file: header.grid.file.clone(),
            role: "choice of each task",
            option: "--choice",
        });
    };
    let mut columns = columns.clone();
    columns.sort_unstable();
    let answers = columns.into_iter().map(|(_, choice)| {
        let name = header.name(choice);
        let names = [format!("{name}_none"), format!("{name}none")];
        let would_buy = header
            .names
            .iter()
            .position(|other| names.iter().any(|name| name.eq_ignore_ascii_case(other)));
        AnswerColumns { choice, would_buy }
    });
    Ok(answers.collect())
}
