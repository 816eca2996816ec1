//! Kinds of attributes, and the order and the names of their levels.

use super::labels::Labels;
use super::raw::{RawAttribute, RawSurvey};
use super::request::SurveyRequest;
use crate::estimation::error::{CellProblem, EstimationError};
use crate::estimation::tasks::{AttributeKind, NOT_SHOWN, SurveyAttribute, SurveyLevel};
use crate::stats::sort::stable_sort;

/// A number with more distinct values than this is linear unless the user says otherwise.
const MOST_NUMERIC_LEVELS: usize = 12;

/// The attribute with its levels in order, and the level of each raw code.
///
/// # Errors
/// A text that is no number on an attribute that the user declared numeric or linear.
pub(super) fn resolve_attribute(
    raw: &RawAttribute,
    place: usize,
    survey: &RawSurvey,
    request: &SurveyRequest,
    labels: Option<&Labels>,
) -> Result<(SurveyAttribute, Vec<u32>), EstimationError> {
    let used = used_codes(raw, place, survey);
    let requested = request
        .attributes
        .iter()
        .find(|(name, _)| *name == raw.name);
    let requested = requested.and_then(|(_, kind)| *kind);
    let plain = |text: &str| match text.contains('%') {
        true => None,
        false => survey.style.parse(text),
    };
    let texts = raw.texts.iter().zip(&used).filter(|(_, used)| **used);
    let texts: Vec<&String> = texts.map(|(text, _)| text).collect();
    let are_numbers = texts.iter().all(|text| plain(text).is_some());
    let kind = requested.unwrap_or(
        match are_numbers && !survey.has_codes && !texts.is_empty() {
            true if texts.len() <= MOST_NUMERIC_LEVELS => AttributeKind::Numeric,
            true => AttributeKind::Linear,
            false => AttributeKind::Categorical,
        },
    );
    let label = labels.and_then(|labels| labels.find(place, &raw.name));
    let name = label.map_or(&raw.name, |label| &label.name).clone();
    let (levels, codes) = match kind {
        AttributeKind::Categorical => {
            let are_codes = survey.has_codes || texts.iter().all(|text| is_code(text));
            order_categories(
                raw,
                &used,
                are_codes,
                label.map(|label| label.levels.as_slice()),
            )
        }
        AttributeKind::Numeric | AttributeKind::Linear => {
            let label = label.map(|label| label.levels.as_slice());
            order_numbers(raw, place, &used, survey, label)?
        }
    };
    Ok((SurveyAttribute { name, kind, levels }, codes))
}

/// Whether each raw code occurs in an alternative that is not None.
fn used_codes(raw: &RawAttribute, place: usize, survey: &RawSurvey) -> Vec<bool> {
    let width = survey.attributes.len().max(1);
    let mut used = vec![false; raw.texts.len()];
    for code in survey
        .tasks
        .iter()
        .flat_map(|task| task.codes.iter().skip(place).step_by(width))
    {
        if let Some(used) = used.get_mut(*code as usize) {
            *used = true;
        }
    }
    used
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Level codes in ascending order; texts in the order of the labels, if they are the same, else in
/// that of their first occurrence.
fn order_categories(
    raw: &RawAttribute,
    used: &[bool],
    are_codes: bool,
    labels: Option<&[String]>,
) -> (Vec<SurveyLevel>, Vec<u32>) {
    let rank = |text: &str| -> f64 {
        match (are_codes, labels) {
            (true, _) => text.trim_end_matches(".0").parse().unwrap_or(f64::INFINITY),
            (false, Some(labels)) => {
                let place = labels.iter().position(|label| label == text);
                place.map_or(f64::INFINITY, |place| place as f64)
            }
            (false, None) => 0.0,
        }
    };
    let codes = raw
        .texts
        .iter()
        .enumerate()
        .zip(used)
        .filter(|(_, used)| **used);
    let codes: Vec<(usize, &String)> = codes.map(|(code, _)| code).collect();
    let codes = stable_sort(codes, |one, other| rank(one.1).total_cmp(&rank(other.1)));
    let mut map = vec![NOT_SHOWN; raw.texts.len()];
    let mut levels = Vec::new();
    for (code, text) in codes {
        if let Some(entry) = map.get_mut(code) {
            *entry = u32::try_from(levels.len()).unwrap_or(NOT_SHOWN);
        }
        let label = labels.filter(|_| are_codes).and_then(|labels| {
            let number: usize = text.trim_end_matches(".0").parse().ok()?;
            labels.get(number.checked_sub(1)?)
        });
        let text = label.unwrap_or(text).clone();
        levels.push(SurveyLevel { text, value: None });
    }
    (levels, map)
}

/// Numbers in ascending order, those that are equal in different texts as one level. Where the file
/// has level codes and labels, the numbers are those of the labels.
fn order_numbers(
    raw: &RawAttribute,
    place: usize,
    used: &[bool],
    survey: &RawSurvey,
    labels: Option<&[String]>,
) -> Result<(Vec<SurveyLevel>, Vec<u32>), EstimationError> {
    let mut values: Vec<(f64, usize, String)> = Vec::new();
    for (code, text) in raw.texts.iter().enumerate() {
        if used.get(code) != Some(&true) {
            continue;
        }
        let label = labels.filter(|_| survey.has_codes).and_then(|labels| {
            let number: usize = text.parse().ok()?;
            labels.get(number.checked_sub(1)?)
        });
        let shown = label.unwrap_or(text);
        let Some(value) = parse_amount(shown, survey) else {
            let width = survey.attributes.len().max(1);
            let shows = |codes: &[u32]| {
                codes
                    .iter()
                    .skip(place)
                    .step_by(width)
                    .any(|other| *other as usize == code)
            };
            let line = survey
                .tasks
                .iter()
                .find(|task| shows(&task.codes))
                .map_or(0, |task| task.line);
            return Err(EstimationError::Cell {
                place: survey.place(line),
                column: raw.name.clone(),
                problem: CellProblem::NotANumber(shown.clone()),
            });
        };
        values.push((value, code, shown.clone()));
    }
    let values = stable_sort(values, |one, other| one.0.total_cmp(&other.0));
    let mut map = vec![NOT_SHOWN; raw.texts.len()];
    let mut levels: Vec<SurveyLevel> = Vec::new();
    for (value, code, text) in values {
        if levels.last().and_then(|level| level.value) != Some(value) {
            levels.push(SurveyLevel {
                text,
                value: Some(value),
            });
        }
        if let Some(entry) = map.get_mut(code) {
            *entry = u32::try_from(levels.len().saturating_sub(1)).unwrap_or(NOT_SHOWN);
        }
    }
    Ok((levels, map))
}

/// The number in a text such as `$1,099` or `1.5 l`.
fn parse_amount(text: &str, survey: &RawSurvey) -> Option<f64> {
    let plain = survey.style.parse(text);
    plain.or_else(|| {
        let is_number = |letter: char| letter.is_ascii_digit() || "+-.,".contains(letter);
        survey
            .style
            .parse(text.trim_matches(|letter| !is_number(letter)))
    })
}
