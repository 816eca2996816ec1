//! Qualtrics: rows that are no responses, and the Conjoint Survey Design Tool, which writes names and
//! levels of attributes into each response.
//!
//! `F-t-a` (`K-t-a` in newer versions) is the *name* of the attribute at place `a` of task `t`, and
//! `F-t-p-a` the level of profile `p` there. The order of attributes differs between respondents.

use std::collections::BTreeMap;

use super::columns::{Header, Role};
use super::raw::{RawAnswer, RawAttribute, RawSurvey, RawTask};
use super::request::SurveyRequest;
use crate::estimation::error::{CellProblem, EstimationError};
use crate::estimation::tasks::NOT_SHOWN;
use crate::format::tabular::Grid;

/// The rows with responses: without the rows of question texts and import ids, previews and unfinished
/// responses, which are counted.
pub(super) fn first_response_row<'g>(
    grid: &'g Grid,
    survey: &mut RawSurvey,
) -> impl Iterator<Item = usize> + use<'g> {
    let is_import = |row: &usize| grid.text(*row, 0).starts_with("{\"ImportId\"");
    let first = (0..grid.height().min(4))
        .find(is_import)
        .map_or(1, |row| row + 1);
    let header = Header::new(grid, 0);
    let [status, finished] = ["Status", "Finished"].map(|name| header.find(name));
    let is_left_out = move |row: usize| {
        let is = |column: Option<usize>, texts: &[&str]| {
            column.is_some_and(|column| {
                let text = grid.text(row, column);
                texts.iter().any(|other| text.eq_ignore_ascii_case(other))
            })
        };
        is(status, &["Survey Preview", "Survey Test"]) || is(finished, &["False", "0"])
    };
    let count = (first..grid.height())
        .filter(|row| is_left_out(*row))
        .count();
    survey.leave_out(count, "response that is a preview or unfinished");
    (first..grid.height()).filter(move |row| !is_left_out(*row))
}

/// A column of the design tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum ToolColumn {
    Name { task: u32, place: u32 },
    Level { task: u32, profile: u32, place: u32 },
}

fn parse_tool_column(name: &str) -> Option<ToolColumn> {
    let mut parts = name.trim().split('-');
    let letter = parts.next()?;
    if letter.len() != 1 || !letter.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let numbers: Option<Vec<u32>> = parts.map(|part| part.parse().ok()).collect();
    match numbers?.as_slice() {
        [task, place] => Some(ToolColumn::Name {
            task: *task,
            place: *place,
        }),
        [task, profile, place] => Some(ToolColumn::Level {
            task: *task,
            profile: *profile,
            place: *place,
        }),
        _ => None,
    }
}

/// The row that names the columns of the design tool: the first, or the second in older files, whose
/// first row has `V1`, `V2` and so on.
fn tool_header(grid: &Grid) -> Option<usize> {
    let row = usize::from(grid.text(0, 0) == "V1");
    let columns =
        (0..grid.width()).filter(|column| parse_tool_column(&grid.text(row, *column)).is_some());
    (columns.count() >= 3).then_some(row)
}

/// Whether a grid is a response file of the design tool.
pub(super) fn is_tool(grid: &Grid) -> bool {
    tool_header(grid).is_some()
}

/// Reads a response file of the design tool.
///
/// # Errors
/// Answers that cannot be found, or that are no profile.
pub(super) fn read_tool(
    grid: &Grid,
    request: &SurveyRequest,
) -> Result<RawSurvey, EstimationError> {
    let row = tool_header(grid).unwrap_or_default();
    let mut header = Header::new(grid, row);
    let respondent = header.require_role(Role::Respondent, request)?;
    let columns: BTreeMap<ToolColumn, usize> = (0..grid.width())
        .filter_map(|column| Some((parse_tool_column(header.name(column))?, column)))
        .collect();
    let mut tasks: Vec<u32> = columns
        .keys()
        .map(|column| match column {
            ToolColumn::Name { task, .. } | ToolColumn::Level { task, .. } => *task,
        })
        .collect();
    tasks.sort_unstable();
    tasks.dedup();
    let mut survey = RawSurvey::for_grid(grid, false, &[]);
    survey.knows_none = true;
    let first = row + 1;
    let rows: Vec<usize> = first_response_row(grid, &mut survey)
        .filter(|row| *row >= first)
        .collect();
    let answers = find_answers(&header, &rows, tasks.len(), request)?;
    survey.attributes = attribute_names(grid, &columns, &rows)
        .iter()
        .map(RawAttribute::named)
        .collect();
    for row in rows {
        for (task, answer) in tasks.iter().zip(&answers) {
            let id = grid.text(row, respondent).into_owned();
            let mut read = read_task(grid, row, *task, &columns, id, &mut survey);
            read.answer = read_answer(&header, row, *answer, read.is_none.len())?;
            survey.tasks.push(read);
        }
    }
    Ok(survey)
}

/// The names of the attributes, in the order of the first respondent.
fn attribute_names(
    grid: &Grid,
    columns: &BTreeMap<ToolColumn, usize>,
    rows: &[usize],
) -> Vec<String> {
    let mut names = Vec::new();
    for row in rows {
        for (kind, column) in columns {
            let name = grid.text(*row, *column).trim().to_owned();
            if matches!(kind, ToolColumn::Name { .. }) && !name.is_empty() && !names.contains(&name)
            {
                names.push(name);
            }
        }
    }
    names
}

fn read_task(
    grid: &Grid,
    row: usize,
    task: u32,
    columns: &BTreeMap<ToolColumn, usize>,
    respondent: String,
    survey: &mut RawSurvey,
) -> RawTask {
    let mut profiles: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let width = survey.attributes.len();
    for (kind, column) in columns {
        let ToolColumn::Level {
            task: other,
            profile,
            place,
        } = kind
        else {
            continue;
        };
        if *other != task {
            continue;
        }
        let codes = profiles
            .entry(*profile)
            .or_insert_with(|| vec![NOT_SHOWN; width]);
        let name = columns.get(&ToolColumn::Name {
            task,
            place: *place,
        });
        let name = name
            .map(|column| grid.text(row, *column).trim().to_owned())
            .unwrap_or_default();
        let attribute = survey
            .attributes
            .iter()
            .position(|attribute| attribute.name == name);
        if let Some(attribute) = attribute {
            let code = survey.code(attribute, &grid.text(row, *column));
            if let Some(entry) = codes.get_mut(attribute) {
                *entry = code;
            }
        }
    }
    RawTask {
        respondent,
        name: task.to_string(),
        line: grid.line(row),
        is_none: vec![false; profiles.len()],
        codes: profiles.into_values().flatten().collect(),
        answer: RawAnswer::Missing,
        would_buy: None,
        weight: None,
    }
}

/// The profile that an answer names by its last character: 1, 2, A or B.
fn profile_of(text: &str, count: usize) -> Option<usize> {
    let last = text.trim().chars().next_back()?.to_ascii_uppercase();
    let place = match last {
        '1'..='9' => last as usize - '1' as usize,
        'A'..='I' => last as usize - 'A' as usize,
        _ => return None,
    };
    (place < count).then_some(place)
}

fn read_answer(
    header: &Header<'_>,
    row: usize,
    column: usize,
    count: usize,
) -> Result<RawAnswer, EstimationError> {
    if header.grid.is_missing(row, column) {
        return Ok(RawAnswer::Missing);
    }
    let text = header.grid.text(row, column);
    let place = profile_of(&text, count).ok_or_else(|| EstimationError::Cell {
        place: header.grid.place(row),
        column: header.name(column).to_owned(),
        problem: CellProblem::UnknownAlternative(
            text.clone().into_owned(),
            "numbered 1, 2 or lettered A, B".to_owned(),
        ),
    })?;
    Ok(RawAnswer::Chosen(place))
}

/// Columns of Qualtrics that are no questions.
const META: &[&str] = &[
    "StartDate",
    "EndDate",
    "Status",
    "Progress",
    "Finished",
    "ResponseId",
    "ResponseID",
    "Duration (in seconds)",
    "RecordedDate",
    "ResponseSet",
    "Name",
    "ExternalDataReference",
    "EmailAddress",
    "IPAddress",
    "UserLanguage",
];

/// The columns of the tasks' answers: neighbors, one per task, in which every answer names a profile.
fn find_answers(
    header: &Header<'_>,
    rows: &[usize],
    tasks: usize,
    request: &SurveyRequest,
) -> Result<Vec<usize>, EstimationError> {
    let fits = |column: &usize| {
        let name = header.name(*column);
        let is_question = !META.contains(&name) && parse_tool_column(name).is_none();
        let mut answers = rows
            .iter()
            .filter(|row| !header.grid.is_missing(**row, *column))
            .peekable();
        is_question
            && answers.peek().is_some()
            && answers.all(|row| profile_of(&header.grid.text(*row, *column), 2).is_some())
    };
    let columns: Vec<usize> = (0..header.grid.width()).filter(fits).collect();
    let first = match &request.choice {
        Some(name) => columns
            .iter()
            .position(|column| header.name(*column) == name),
        None => columns.windows(tasks.max(1)).position(|run| {
            run.windows(2)
                .all(|pair| matches!(pair, [one, next] if next - one == 1))
        }),
    };
    let run = first.and_then(|first| columns.get(first..first + tasks));
    run.map(<[usize]>::to_vec)
        .ok_or_else(|| EstimationError::MissingColumn {
            file: header.grid.file.clone(),
            role: "choice of each task",
            option: "--choice",
        })
}
