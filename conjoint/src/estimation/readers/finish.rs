//! From the tasks of a reader to a survey: None, kinds and orders of levels, tasks that cannot be used,
//! holdouts, respondents.

use std::collections::HashMap;

use super::labels::Labels;
use super::levels::resolve_attribute;
use super::raw::{RawAnswer, RawSurvey, RawTask, count_left_out, is_invalid};
use super::request::{Holdout, NoneRequest, SurveyRequest};
use crate::estimation::error::{CellProblem, EstimationError, TaskProblem};
use crate::estimation::tasks::{ChoiceSurvey, ChoiceTask, LeftOut, NOT_SHOWN, SurveyRespondent};

/// Turns what a reader found into a survey.
///
/// # Errors
/// Invalid values, tasks with a wrong shape, attributes that the request names and the file does not
/// have, and files without a usable task.
pub(super) fn finish(
    mut raw: RawSurvey,
    layout: &'static str,
    request: &SurveyRequest,
    labels: Option<&Labels>,
) -> Result<ChoiceSurvey, EstimationError> {
    check_values(&raw)?;
    let width = raw.attributes.len();
    if !request.has_ratings && !raw.knows_none {
        mark_none(&mut raw, width);
    }
    let has_none_rows = raw.tasks.iter().any(|task| task.is_none.contains(&true));
    let has_dual_none = raw.tasks.iter().any(|task| task.would_buy.is_some());
    if request.none == NoneRequest::Ignore {
        raw.tasks.iter_mut().for_each(|task| drop_none(task, width));
    }
    let has_none = (has_none_rows || has_dual_none) && request.none != NoneRequest::Ignore;
    if request.none == NoneRequest::Ignore && has_none_rows {
        raw.assumptions
            .push("None is left out, with the tasks in which it was chosen.".to_owned());
    }
    describe_missing(&mut raw, width);
    let mut attributes = Vec::new();
    let mut codes = Vec::new();
    for (place, attribute) in raw.attributes.iter().enumerate() {
        let (attribute, map) = resolve_attribute(attribute, place, &raw, request, labels)?;
        attributes.push(attribute);
        codes.push(map);
    }
    let mut left_out = std::mem::take(&mut raw.left_out);
    let respondents = group_tasks(&raw, &codes, request, &mut left_out)?;
    if respondents.is_empty() {
        let reasons = left_out
            .iter()
            .map(|entry| format!("{} × {}", entry.count, entry.reason));
        let reasons: Vec<String> = reasons.collect();
        let reasons = match reasons.is_empty() {
            true => "there are no rows".to_owned(),
            false => reasons.join("; "),
        };
        return Err(EstimationError::NoTasks {
            file: raw.source,
            reasons,
        });
    }
    Ok(ChoiceSurvey {
        layout,
        source: raw.source,
        attributes,
        has_none,
        respondents,
        left_out,
        assumptions: raw.assumptions,
    })
}

/// Reports NaN and other failed computations in cells of attributes.
fn check_values(raw: &RawSurvey) -> Result<(), EstimationError> {
    for (place, attribute) in raw.attributes.iter().enumerate() {
        let Some(code) = attribute.texts.iter().position(|text| is_invalid(text)) else {
            continue;
        };
        let width = raw.attributes.len();
        let shows = |task: &&RawTask| {
            let mut rows = task.codes.chunks(width.max(1));
            rows.any(|row| row.get(place).is_some_and(|other| *other as usize == code))
        };
        let line = raw.tasks.iter().find(shows).map_or(0, |task| task.line);
        let text = attribute.texts.get(code).cloned().unwrap_or_default();
        return Err(EstimationError::Cell {
            place: raw.place(line),
            column: attribute.name.clone(),
            problem: CellProblem::NotAValue(text),
        });
    }
    Ok(())
}

/// Marks the alternatives without any attribute as None: those whose cells are all empty, or all 0
/// if that is the last alternative of every task.
fn mark_none(raw: &mut RawSurvey, width: usize) {
    let zeros: Vec<Vec<bool>> = raw
        .attributes
        .iter()
        .map(|attribute| {
            attribute
                .texts
                .iter()
                .map(|text| raw.style.parse(text) == Some(0.0))
                .collect()
        })
        .collect();
    let is_zero = |row: &[u32]| {
        row.iter().zip(&zeros).all(|(code, zeros)| {
            *code == NOT_SHOWN || zeros.get(*code as usize).copied().unwrap_or(false)
        })
    };
    let is_empty = |row: &[u32]| row.iter().all(|code| *code == NOT_SHOWN);
    let ends_with_zeros = |task: &RawTask| {
        task.codes
            .chunks(width.max(1))
            .next_back()
            .is_some_and(is_zero)
    };
    let zeros_mean_none = !raw.tasks.is_empty() && raw.tasks.iter().all(ends_with_zeros);
    for task in &mut raw.tasks {
        let last = task.is_none.len().saturating_sub(1);
        for (place, row) in task.codes.chunks_mut(width.max(1)).enumerate() {
            if is_empty(row) || (zeros_mean_none && place == last && is_zero(row)) {
                row.fill(NOT_SHOWN);
                if let Some(is_none) = task.is_none.get_mut(place) {
                    *is_none = true;
                }
            }
        }
    }
}

/// Removes None from a task; without an answer if None was it.
fn drop_none(task: &mut RawTask, width: usize) {
    task.would_buy = None;
    if !task.is_none.contains(&true) {
        return;
    }
    let keep: Vec<bool> = task.is_none.iter().map(|is_none| !is_none).collect();
    let rows = task.codes.chunks(width.max(1)).zip(&keep);
    task.codes = rows
        .filter(|(_, keep)| **keep)
        .flat_map(|(row, _)| row.to_vec())
        .collect();
    task.answer = match &task.answer {
        RawAnswer::Chosen(place) if keep.get(*place) == Some(&true) => {
            let before = keep.iter().take(*place).filter(|keep| **keep).count();
            RawAnswer::Chosen(before)
        }
        RawAnswer::Points(points) => {
            let points = points.iter().zip(&keep).filter(|(_, keep)| **keep);
            RawAnswer::Points(points.map(|(points, _)| *points).collect())
        }
        _ => RawAnswer::Missing,
    };
    task.is_none.retain(|is_none| !is_none);
}

/// Says on which attributes alternatives have no value.
fn describe_missing(raw: &mut RawSurvey, width: usize) {
    let mut counts = vec![0_usize; width];
    for task in &raw.tasks {
        for (row, is_none) in task.codes.chunks(width.max(1)).zip(&task.is_none) {
            for (count, code) in counts.iter_mut().zip(row) {
                *count += usize::from(*code == NOT_SHOWN && !is_none);
            }
        }
    }
    for (attribute, count) in raw.attributes.iter().zip(counts) {
        if count > 0 {
            let name = &attribute.name;
            raw.assumptions.push(format!(
                "{count} alternatives have no value on `{name}`; it contributes 0 to their utility."
            ));
        }
    }
}

/// Collects the usable tasks of each respondent, in the order of the file.
fn group_tasks(
    raw: &RawSurvey,
    codes: &[Vec<u32>],
    request: &SurveyRequest,
    left_out: &mut Vec<LeftOut>,
) -> Result<Vec<SurveyRespondent>, EstimationError> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut respondents: Vec<SurveyRespondent> = Vec::new();
    for task in &raw.tasks {
        let place = *places.entry(&task.respondent).or_insert(respondents.len());
        if place == respondents.len() {
            respondents.push(SurveyRespondent {
                id: task.respondent.clone(),
                weight: task.weight.unwrap_or(1.0),
                tasks: Vec::new(),
                holdout: Vec::new(),
            });
        }
        let usable = convert_task(raw, task, codes, request, left_out)?;
        if let (Some(respondent), Some(usable)) = (respondents.get_mut(place), usable) {
            respondent.tasks.push(usable);
        }
    }
    check_weights(&respondents)?;
    check_holdout(&respondents, &request.holdout)?;
    for respondent in &mut respondents {
        hold_out(respondent, &request.holdout);
    }
    check_rest(&respondents, &request.holdout)?;
    let count = respondents.len();
    respondents.retain(|respondent| !respondent.tasks.is_empty());
    let without = count - respondents.len();
    count_left_out(
        left_out,
        without,
        "respondent without a usable task".to_owned(),
    );
    Ok(respondents)
}

fn check_weights(respondents: &[SurveyRespondent]) -> Result<(), EstimationError> {
    match !respondents.is_empty() && respondents.iter().all(|person| person.weight == 0.0) {
        true => Err(EstimationError::Option {
            option: "--weight",
            problem: "every respondent has the weight 0; name another column".to_owned(),
        }),
        false => Ok(()),
    }
}

/// Reports a task to hold out that nobody answered.
fn check_holdout(
    respondents: &[SurveyRespondent],
    holdout: &Holdout,
) -> Result<(), EstimationError> {
    let Holdout::Named(names) = holdout else {
        return Ok(());
    };
    let tasks = || respondents.iter().flat_map(|person| &person.tasks);
    let is_unknown = |name: &&String| tasks().all(|task| task.name != **name);
    match names.iter().find(is_unknown) {
        Some(name) => Err(EstimationError::Option {
            option: "--holdout-tasks",
            problem: format!("no task with an answer is called `{name}`"),
        }),
        None => Ok(()),
    }
}

/// Reports a holdout that leaves no task.
fn check_rest(respondents: &[SurveyRespondent], holdout: &Holdout) -> Result<(), EstimationError> {
    let has_rest = respondents.iter().any(|person| !person.tasks.is_empty());
    let is_held_out = respondents.iter().any(|person| !person.holdout.is_empty());
    match has_rest || !is_held_out {
        true => Ok(()),
        false => Err(EstimationError::Option {
            option: match holdout {
                Holdout::Named(_) => "--holdout-tasks",
                Holdout::Last(_) | Holdout::Empty => "--holdout",
            },
            problem: "no task is left to estimate from; hold out fewer".to_owned(),
        }),
    }
}

fn hold_out(respondent: &mut SurveyRespondent, holdout: &Holdout) {
    match holdout {
        Holdout::Empty => {}
        Holdout::Last(count) => {
            let kept = respondent.tasks.len().saturating_sub(*count);
            respondent.holdout = respondent.tasks.split_off(kept);
        }
        Holdout::Named(names) => {
            let tasks = std::mem::take(&mut respondent.tasks).into_iter();
            let is_held_out = |task: &ChoiceTask| names.contains(&task.name);
            (respondent.holdout, respondent.tasks) = tasks.partition(is_held_out);
        }
    }
}

/// A task with its final codes; `None` if it has no answer.
fn convert_task(
    raw: &RawSurvey,
    task: &RawTask,
    codes: &[Vec<u32>],
    request: &SurveyRequest,
    left_out: &mut Vec<LeftOut>,
) -> Result<Option<ChoiceTask>, EstimationError> {
    let wrong = |problem: TaskProblem| EstimationError::Task {
        place: raw.place(task.line),
        respondent: task.respondent.clone(),
        task: task.name.clone(),
        problem,
    };
    let count = task.is_none.len();
    if count < 2 && !request.has_ratings {
        return Err(wrong(TaskProblem::FewAlternatives(count)));
    }
    let answer = match &task.answer {
        RawAnswer::Chosen(chosen) if *chosen < count => (0..count)
            .map(|place| f64::from(u8::from(place == *chosen)))
            .collect(),
        RawAnswer::Points(points) if request.has_ratings => points.clone(),
        RawAnswer::Points(points) if points.iter().any(|points| *points < 0.0) => {
            return Err(wrong(TaskProblem::NegativePoints));
        }
        RawAnswer::Points(points) if points.iter().sum::<f64>() > 0.0 => {
            let sum: f64 = points.iter().sum();
            points.iter().map(|points| points / sum).collect()
        }
        RawAnswer::Chosen(_) if request.none == NoneRequest::Ignore => {
            count_left_out(left_out, 1, "task in which None was chosen".to_owned());
            return Ok(None);
        }
        _ => {
            count_left_out(left_out, 1, "task without a choice".to_owned());
            return Ok(None);
        }
    };
    let width = raw.attributes.len().max(1);
    let levels = task.codes.chunks(width).flat_map(|row| {
        let codes = row.iter().zip(codes);
        codes.map(|(code, map)| map.get(*code as usize).copied().unwrap_or(NOT_SHOWN))
    });
    Ok(Some(ChoiceTask {
        name: task.name.clone(),
        line: task.line,
        levels: levels.collect(),
        is_none: task.is_none.clone(),
        answer,
        would_buy: task.would_buy,
    }))
}
