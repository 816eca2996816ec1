//! What a reader produces: tasks whose cells are texts, before kinds and orders of levels are known.

use std::collections::HashMap;

use crate::estimation::tasks::{LeftOut, NOT_SHOWN};
use crate::format::tabular::{Grid, NumberStyle, is_missing};

/// The texts of an attribute, each once, in the order of their first occurrence.
#[derive(Clone, Debug, Default)]
pub(super) struct RawAttribute {
    pub(super) name: String,
    pub(super) texts: Vec<String>,
    codes: HashMap<String, u32>,
}

/// The answer to a task.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RawAnswer {
    /// None was given.
    Missing,
    /// The position of the chosen alternative; the number of alternatives for a None without a row.
    Chosen(usize),
    /// Points for each alternative, or ratings.
    Points(Vec<f64>),
}

/// A task as the file shows it.
#[derive(Clone, Debug)]
pub(super) struct RawTask {
    pub(super) respondent: String,
    pub(super) name: String,
    pub(super) line: u64,
    /// The code of the text of each alternative on each attribute.
    pub(super) codes: Vec<u32>,
    pub(super) is_none: Vec<bool>,
    pub(super) answer: RawAnswer,
    pub(super) would_buy: Option<bool>,
    pub(super) weight: Option<f64>,
}

/// Everything a reader found.
#[derive(Clone, Debug)]
pub(super) struct RawSurvey {
    /// The file with the answers, as messages name it.
    pub(super) source: String,
    pub(super) attributes: Vec<RawAttribute>,
    pub(super) tasks: Vec<RawTask>,
    pub(super) style: NumberStyle,
    /// Whether cells are level numbers from 1, and 0 means that nothing was shown.
    pub(super) has_codes: bool,
    /// Whether the file says which alternatives are None, so that no others are.
    pub(super) knows_none: bool,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) assumptions: Vec<String>,
}

impl RawSurvey {
    pub(super) fn new(source: String, style: NumberStyle, has_codes: bool) -> Self {
        Self {
            source,
            attributes: Vec::new(),
            tasks: Vec::new(),
            style,
            has_codes,
            knows_none: false,
            left_out: Vec::new(),
            assumptions: Vec::new(),
        }
    }

    /// A survey from a grid, with attributes of these names.
    pub(super) fn for_grid(grid: &Grid, has_codes: bool, names: &[String]) -> Self {
        let mut survey = Self::new(source_of(grid), grid.style(), has_codes);
        survey.attributes = names.iter().map(RawAttribute::named).collect();
        survey
    }

    /// The place of a line, as messages name it.
    pub(super) fn place(&self, line: u64) -> String {
        format!("{}:{line}", self.source)
    }

    /// The code of a cell on an attribute; [`NOT_SHOWN`] for an empty one, and for 0 among codes.
    pub(super) fn code(&mut self, attribute: usize, text: &str) -> u32 {
        // NaN is no level, but a value that something computed wrongly: it must not vanish.
        let is_number_error = is_invalid(text);
        if (is_missing(text) && !is_number_error) || (self.has_codes && text.trim() == "0") {
            return NOT_SHOWN;
        }
        match self.attributes.get_mut(attribute) {
            Some(attribute) => attribute.code(text.trim()),
            None => NOT_SHOWN,
        }
    }

    /// Adds an empty None to a task if it has none yet.
    pub(super) fn append_none(attributes: usize, task: &mut RawTask) {
        if !task.is_none.contains(&true) {
            task.codes
                .extend(std::iter::repeat_n(NOT_SHOWN, attributes));
            task.is_none.push(true);
            if let RawAnswer::Points(points) = &mut task.answer {
                points.push(0.0);
            }
        }
    }

    /// Adds to the count of what was left out for a reason.
    pub(super) fn leave_out(&mut self, count: usize, reason: impl Into<String>) {
        count_left_out(&mut self.left_out, count, reason.into());
    }
}

/// Adds to the count of what was left out for a reason.
pub(super) fn count_left_out(left_out: &mut Vec<LeftOut>, count: usize, reason: String) {
    match left_out.iter_mut().find(|entry| entry.reason == reason) {
        Some(entry) => entry.count += count,
        None if count > 0 => left_out.push(LeftOut { count, reason }),
        None => {}
    }
}

/// Whether a text is the result of a failed computation.
pub(super) fn is_invalid(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['-', '+']);
    let texts = [
        "nan", "inf", "infinity", "#n/a", "#value!", "#div/0!", "#ref!",
    ];
    texts.iter().any(|other| text.eq_ignore_ascii_case(other))
}

/// The file, and its sheet if it is one of a workbook.
pub(super) fn source_of(grid: &Grid) -> String {
    match &grid.sheet {
        Some(sheet) => format!("{} [{sheet}]", grid.file),
        None => grid.file.clone(),
    }
}

impl RawAttribute {
    pub(super) fn named(name: impl AsRef<str>) -> Self {
        Self {
            name: name.as_ref().to_owned(),
            ..Self::default()
        }
    }

    fn code(&mut self, text: &str) -> u32 {
        if let Some(code) = self.codes.get(text) {
            return *code;
        }
        // A file with more texts would not fit in memory.
        let code = u32::try_from(self.texts.len()).unwrap_or(NOT_SHOWN);
        self.texts.push(text.to_owned());
        self.codes.insert(text.to_owned(), code);
        code
    }
}
