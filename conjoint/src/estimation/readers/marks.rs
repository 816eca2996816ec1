//! How a long table marks the choice: by 0 and 1, by the number of the chosen alternative, by its name,
//! or by points.

use std::collections::{HashMap, HashSet};

use super::columns::Header;
use super::raw::{RawAnswer, RawTask};
use super::request::SurveyRequest;
use crate::estimation::error::{CellProblem, EstimationError, TaskProblem};

/// What the column of choices says in a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    Missing,
    Number(f64),
    /// The name of an alternative.
    Name(String),
}

/// A word that means yes or no.
pub(super) fn parse_mark(text: &str) -> Option<Mark> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "true" | "t" | "yes" | "y" | "chosen" | "x" => Some(Mark::Number(1.0)),
        "false" | "f" | "no" | "n" => Some(Mark::Number(0.0)),
        _ => None,
    }
}

/// How a table marks choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkStyle {
    /// A positive number in the row of the chosen alternative.
    Indicator,
    /// The number of the chosen alternative in the first row of the task, 0 in the others.
    IndexInFirstRow,
    /// The number or the name of the chosen alternative in every row.
    IndexInEveryRow,
    /// Points in every row.
    Points,
}

impl MarkStyle {
    /// The style that fits all tasks.
    pub(super) fn detect(groups: &[Vec<usize>], marks: &HashMap<usize, Mark>) -> Self {
        let number = |row: &usize| match marks.get(row) {
            Some(Mark::Number(number)) => Some(*number),
            _ => None,
        };
        if marks.values().any(|mark| matches!(mark, Mark::Name(_))) {
            return Self::IndexInEveryRow;
        }
        let numbers: Vec<f64> = groups.iter().flatten().filter_map(number).collect();
        let largest = numbers.iter().copied().fold(0.0, f64::max);
        let is_indicator = |value: f64| value <= 0.0 || value == largest;
        if numbers.iter().all(|value| is_indicator(*value)) && (largest == 1.0 || largest == 100.0)
        {
            return Self::Indicator;
        }
        let are_whole = numbers
            .iter()
            .all(|value| value.fract() == 0.0 && *value >= 0.0);
        let every_row = |rows: &Vec<usize>| {
            let first = rows.first().and_then(number);
            rows.iter().all(|row| number(row) == first)
        };
        let first_row = |rows: &Vec<usize>| {
            rows.iter()
                .skip(1)
                .all(|row| number(row).unwrap_or(0.0) == 0.0)
        };
        match are_whole {
            true if groups.iter().all(every_row) => Self::IndexInEveryRow,
            true if groups.iter().all(first_row) => Self::IndexInFirstRow,
            _ => Self::Points,
        }
    }

    /// The answer that the marks of a task's rows give, with the labels of its alternatives.
    ///
    /// # Errors
    /// The row that is wrong, and how.
    pub(super) fn answer(
        self,
        marks: &[&Mark],
        labels: &[String],
    ) -> Result<RawAnswer, (usize, TaskProblem)> {
        let numbers = marks.iter().map(|mark| match mark {
            Mark::Number(number) => Some(*number),
            _ => None,
        });
        match self {
            Self::Indicator => {
                let mut chosen = numbers
                    .enumerate()
                    .filter(|(_, number)| number.is_some_and(|number| number > 0.0));
                match (chosen.next(), chosen.next()) {
                    (Some((place, _)), None) => Ok(RawAnswer::Chosen(place)),
                    (_, Some((second, _))) => Err((second, TaskProblem::TwoChoices)),
                    _ => Ok(RawAnswer::Missing),
                }
            }
            Self::IndexInFirstRow | Self::IndexInEveryRow => {
                let text = match marks.first() {
                    Some(Mark::Number(number)) if *number > 0.0 => number.to_string(),
                    Some(Mark::Name(name)) => name.clone(),
                    _ => return Ok(RawAnswer::Missing),
                };
                let unknown = || (0, TaskProblem::UnknownAlternative(text.clone()));
                find_position(&text, labels, marks.len()).ok_or_else(unknown)
            }
            Self::Points => {
                let points: Option<Vec<f64>> = numbers.collect();
                match points {
                    Some(points) => Ok(RawAnswer::Points(points)),
                    None => Ok(RawAnswer::Missing),
                }
            }
        }
    }

    /// Whether some answer names one alternative more than its task has: a None without a row.
    pub(super) fn names_one_more(self, tasks: &[RawTask]) -> bool {
        tasks
            .iter()
            .any(|task| task.answer == RawAnswer::Chosen(task.is_none.len()))
    }
}

/// The marks of all rows.
pub(super) struct Marks {
    pub(super) style: MarkStyle,
    pub(super) by_row: HashMap<usize, Mark>,
}

/// Reads the marks in the column of answers. `alternative` is the column of the alternatives' names.
///
/// # Errors
/// A text that is no mark.
pub(super) fn read_marks(
    header: &Header<'_>,
    [answer, alternative]: [Option<usize>; 2],
    groups: &[Vec<usize>],
    request: &SurveyRequest,
) -> Result<Marks, EstimationError> {
    let answer = answer.unwrap_or_default();
    let mut by_row = HashMap::new();
    let labels: HashSet<String> = match alternative {
        Some(column) => header
            .rows()
            .map(|row| header.grid.text(row, column).into_owned())
            .collect(),
        None => HashSet::new(),
    };
    for row in header.rows() {
        let text = header.grid.text(row, answer);
        let is_alternative = |text: &str| labels.contains(text);
        let mark = match header.grid.number(row, answer) {
            Some(number) => Some(Mark::Number(number)),
            None if header.grid.is_missing(row, answer) => Some(Mark::Missing),
            None if request.has_ratings => None,
            None => parse_mark(&text)
                .or_else(|| is_alternative(&text).then(|| Mark::Name(text.clone().into_owned()))),
        };
        let mark = mark.ok_or_else(|| {
            let text = text.clone().into_owned();
            EstimationError::Cell {
                place: header.grid.place(row),
                column: header.name(answer).to_owned(),
                problem: match request.has_ratings {
                    true => CellProblem::NotANumber(text),
                    false => CellProblem::NotAChoice(text),
                },
            }
        })?;
        by_row.insert(row, mark);
    }
    let style = match request.has_ratings {
        true => MarkStyle::Points,
        false => MarkStyle::detect(groups, &by_row),
    };
    Ok(Marks { style, by_row })
}

/// The position that an answer by number or name means; one more than the last for None.
pub(super) fn find_position(text: &str, labels: &[String], count: usize) -> Option<RawAnswer> {
    let text = text.trim();
    if let Some(place) = labels.iter().position(|label| label == text) {
        return Some(RawAnswer::Chosen(place));
    }
    if text.eq_ignore_ascii_case("none") {
        return Some(RawAnswer::Chosen(count));
    }
    let number: f64 = text.parse().ok()?;
    let is_place = number.fract() == 0.0 && number >= 1.0 && number <= (count + 1) as f64;
    // Between 1 and the number of alternatives plus 1.
    is_place.then(|| RawAnswer::Chosen(number as usize - 1))
}
