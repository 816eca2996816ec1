//! Sawtooth's `.cho` and `.chs`: numbers separated by spaces, one respondent after another.
//!
//! A respondent is a line `id, extra variables, attributes, tasks, None`, a line of extra variables, and
//! the tasks. In `.cho` a task is a line `concepts, depth`, a line of levels per concept, and a line
//! `chosen, seconds` (`chosen, seconds, 1 buys or 2 does not, seconds` if None is a dual response);
//! None has no line, and its number follows that of the last concept. In `.chs` a task is a line with
//! the number of concepts, and each concept's line ends with its points; None is a line of zeros.

use super::raw::{RawAnswer, RawAttribute, RawSurvey, RawTask};
use crate::estimation::error::EstimationError;
use crate::estimation::tasks::NOT_SHOWN;
use crate::format::tabular::{InputFile, NumberStyle, decode};

/// Whether a file is one of these, by its name and content.
pub(super) fn is_cho(file: &InputFile) -> bool {
    let name = file.name.to_lowercase();
    if name.ends_with(".cho") || name.ends_with(".chs") {
        return true;
    }
    // Five whole numbers, and no separators.
    let text = decode(file.bytes());
    let first = text
        .as_deref()
        .and_then(|text| text.lines().find(|line| !line.trim().is_empty()));
    first.is_some_and(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.len() == 5
            && words.iter().skip(1).all(|word| word.parse::<u32>().is_ok())
            && !line.contains([',', ';'])
    })
}

/// Reads the file.
///
/// # Errors
/// The first line with the wrong shape.
pub(super) fn read(file: &InputFile) -> Result<RawSurvey, EstimationError> {
    let text = decode(file.bytes()).unwrap_or_default();
    let has_points = file.name.to_lowercase().ends_with(".chs") || has_points(&text);
    let mut lines = Lines::new(&file.name, &text);
    let mut survey = RawSurvey::new(file.name.clone(), NumberStyle::DecimalPoint, true);
    survey.knows_none = true;
    while let Some((line, words)) = lines.next_filled() {
        let header = Header::parse(&lines, line, &words)?;
        if survey.attributes.is_empty() {
            let names = (1..=header.attributes).map(|number| format!("Attribute {number}"));
            survey.attributes = names.map(RawAttribute::named).collect();
        } else if survey.attributes.len() != header.attributes {
            let wanted = format!(
                "the respondent has {} attributes, those above have {}; the file is damaged, export it again",
                header.attributes,
                survey.attributes.len()
            );
            return Err(lines.wrong(line, wanted));
        }
        lines.skip_extra_variables(&header);
        for number in 1..=header.tasks {
            let task = read_task(&mut lines, &header, number, has_points, &mut survey)?;
            survey.tasks.push(task);
        }
    }
    Ok(survey)
}

/// Whether tasks begin with a single number, as in `.chs`.
fn has_points(text: &str) -> bool {
    let mut filled = text.lines().filter(|line| !line.trim().is_empty());
    filled
        .nth(2)
        .is_some_and(|line| line.split_whitespace().count() == 1)
}

/// The first line of a respondent.
struct Header {
    id: String,
    extra_variables: usize,
    attributes: usize,
    tasks: usize,
    /// 0: no None, 1: among the concepts, 2: asked after the choice.
    none: usize,
}

impl Header {
    fn parse(lines: &Lines<'_>, line: u64, words: &[&str]) -> Result<Self, EstimationError> {
        let wanted = "a respondent begins here: id, number of extra variables, of attributes and of tasks, and 0, 1 or 2 for None";
        let number = |place: usize| words.get(place).and_then(|word| word.parse::<usize>().ok());
        match (words, number(1), number(2), number(3), number(4)) {
            ([id, ..], Some(extra_variables), Some(attributes), Some(tasks), Some(none))
                if words.len() == 5 && none <= 2 && (1..=10_000).contains(&attributes) =>
            {
                Ok(Self {
                    id: (*id).to_owned(),
                    extra_variables,
                    attributes,
                    tasks,
                    none,
                })
            }
            _ => Err(lines.wrong(line, wanted.to_owned())),
        }
    }
}

fn read_task(
    lines: &mut Lines<'_>,
    header: &Header,
    number: usize,
    has_points: bool,
    survey: &mut RawSurvey,
) -> Result<RawTask, EstimationError> {
    let (line, words) = lines.require_filled("the number of concepts of a task")?;
    let concepts: Option<usize> = words.first().and_then(|word| word.parse().ok());
    let concepts = concepts
        .filter(|count| (1..=1000).contains(count))
        .ok_or_else(|| {
            let task = format!(
                "task {number} of respondent {} begins here: the number of concepts, 1 or more",
                header.id
            );
            lines.wrong(line, task)
        })?;
    let mut task = RawTask {
        respondent: header.id.clone(),
        name: number.to_string(),
        line,
        codes: Vec::new(),
        is_none: vec![false; concepts],
        answer: RawAnswer::Missing,
        would_buy: None,
        weight: None,
    };
    let mut points = Vec::new();
    for _ in 0..concepts {
        let (line, words) = lines.require_filled("the levels of a concept")?;
        let expected = header.attributes + usize::from(has_points);
        let numbers: Option<Vec<f64>> = words.iter().map(|word| word.parse().ok()).collect();
        let numbers = numbers
            .filter(|numbers| numbers.len() == expected)
            .ok_or_else(|| {
                let points = if has_points {
                    " and the concept's points"
                } else {
                    ""
                };
                lines.wrong(
                    line,
                    format!(
                        "{} levels{points} of a concept belong here",
                        header.attributes
                    ),
                )
            })?;
        for (place, word) in words.iter().take(header.attributes).enumerate() {
            let code = survey.code(place, word);
            task.codes.push(code);
        }
        points.extend(numbers.last().filter(|_| has_points));
    }
    if has_points {
        let width = header.attributes;
        for (row, is_none) in task.codes.chunks(width).zip(&mut task.is_none) {
            *is_none = row.iter().all(|code| *code == NOT_SHOWN);
        }
        task.answer = RawAnswer::Points(points);
        return Ok(task);
    }
    read_answer(lines, header, &mut task)?;
    Ok(task)
}

fn read_answer(
    lines: &mut Lines<'_>,
    header: &Header,
    task: &mut RawTask,
) -> Result<(), EstimationError> {
    let (line, words) = lines.require_filled("the chosen concept")?;
    if header.none == 1 {
        RawSurvey::append_none(header.attributes, task);
    }
    let count = task.is_none.len();
    let chosen: Option<usize> = words.first().and_then(|word| word.parse().ok());
    match chosen {
        Some(0) => {}
        Some(chosen) if chosen <= count => task.answer = RawAnswer::Chosen(chosen - 1),
        _ => {
            let wanted = format!(
                "the chosen concept belongs here: 1 to {count}, or 0 if the answer is missing"
            );
            return Err(lines.wrong(line, wanted));
        }
    }
    if header.none == 2 {
        task.would_buy = match words.get(2) {
            Some(&"1") => Some(true),
            Some(&"2") => Some(false),
            // The second question was not answered.
            None | Some(&"0") => None,
            Some(_) => {
                let wanted =
                    "the third number is 1 if the respondent would buy the concept, and 2 if not";
                return Err(lines.wrong(line, wanted.to_owned()));
            }
        };
    }
    Ok(())
}

/// The lines of a file with their numbers.
struct Lines<'t> {
    file: &'t str,
    lines: std::iter::Peekable<std::iter::Enumerate<std::str::Lines<'t>>>,
    last: u64,
}

impl<'t> Lines<'t> {
    fn new(file: &'t str, text: &'t str) -> Self {
        Self {
            file,
            lines: text.lines().enumerate().peekable(),
            last: 0,
        }
    }

    /// The words of the next line that is not blank.
    fn next_filled(&mut self) -> Option<(u64, Vec<&'t str>)> {
        for (place, line) in self.lines.by_ref() {
            self.last = place as u64 + 1;
            let words: Vec<&str> = line.split_whitespace().collect();
            if !words.is_empty() {
                return Some((self.last, words));
            }
        }
        None
    }

    fn require_filled(&mut self, what: &str) -> Result<(u64, Vec<&'t str>), EstimationError> {
        let found = self.next_filled();
        found.ok_or_else(|| {
            self.wrong(
                self.last + 1,
                format!("the file ends where {what} belongs; export it again"),
            )
        })
    }

    /// Skips the line of extra variables, which may be shorter than it says, and blank if there are
    /// none.
    fn skip_extra_variables(&mut self, header: &Header) {
        let is_blank = |line: &str| line.trim().is_empty();
        let next_is_blank = self.lines.peek().is_some_and(|(_, line)| is_blank(line));
        if header.extra_variables > 0 || next_is_blank {
            self.lines.next();
        }
    }

    fn wrong(&self, line: u64, wanted: String) -> EstimationError {
        let place = format!("{}:{line}", self.file);
        EstimationError::Line { place, wanted }
    }
}
