//! Files of choices: recognized, so that the user learns what to do with them.

use crate::format::tabular::Grid;

/// Columns that number the tasks of a respondent.
const TASKS: [&str; 17] = [
    "task",
    "qid",
    "ques",
    "qes",
    "set",
    "setnumber",
    "obsid",
    "chid",
    "contest_no",
    "choice set",
    "choice_set",
    "choiceset",
    "question",
    "task_id",
    "taskid",
    "sequence",
    "scenario",
];
/// Columns that number the alternatives of a task.
const ALTERNATIVES: [&str; 14] = [
    "concept",
    "altid",
    "alt",
    "cardnumber",
    "alternative",
    "profile",
    "choice id",
    "choice_id",
    "pos",
    "concept_id",
    "card",
    "alt_id",
    "option",
    "choice",
];
/// Columns with the choice, where a row is a task.
const CHOICES: [&str; 4] = ["choice", "chosen", "best", "response"];

/// Whether a text is Sawtooth's `.cho` or `.chs`: five whole numbers, the extra variables of the
/// respondent, the numbers of concepts, and a row of level numbers for each concept.
pub(crate) fn is_sawtooth_cho(text: &str) -> bool {
    let numbers = |line: &str| -> Option<Vec<i64>> {
        line.split_whitespace()
            .map(|word| word.parse().ok())
            .collect()
    };
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let Some(first) = lines.next() else {
        return false;
    };
    let words: Vec<&str> = first.split_whitespace().collect();
    let [_, extras, attributes, tasks, none] = words.as_slice() else {
        return false;
    };
    let [extras, attributes, tasks, none] =
        [extras, attributes, tasks, none].map(|word| word.parse::<i64>());
    let (Ok(extras), Ok(attributes), Ok(tasks), Ok(none)) = (extras, attributes, tasks, none)
    else {
        return false;
    };
    let is_plausible = attributes > 0 && tasks > 0 && (0..=2).contains(&none);
    let mut is_next = |count: std::ops::RangeInclusive<i64>| {
        let found = lines
            .next()
            .and_then(numbers)
            .map(|found| found.len() as i64);
        found.is_some_and(|found| count.contains(&found))
    };
    // The points of a .chs follow the levels.
    is_plausible
        && is_next(0..=extras.max(1))
        && is_next(1..=2)
        && is_next(attributes..=attributes + 1)
}

/// The layout of choices in a table, in words; `None` if it has none.
pub(crate) fn find_kind(grid: &Grid) -> Option<&'static str> {
    let header: Vec<String> = (0..grid.width())
        .map(|column| grid.text(0, column).trim().to_lowercase())
        .collect();
    let has = |names: &[&str]| header.iter().any(|name| names.contains(&name.as_str()));
    let has_import_ids =
        (0..grid.height().min(3)).any(|row| grid.text(row, 0).starts_with("{\"ImportId\""));
    let sdt = header
        .iter()
        .filter(|name| is_design_tool_name(name))
        .count();
    let old_sdt = (0..grid.width())
        .filter(|column| is_design_tool_name(&grid.text(1, *column).to_lowercase()))
        .count();
    let is_task_column = |name: &String| {
        let digits = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        ["choice", "c", "cbc_random", "task", "q"].contains(&digits) && digits.len() < name.len()
    };
    let tasks = header.iter().filter(|name| is_task_column(name)).count();
    let has_version = header
        .iter()
        .any(|name| name == "version" || name.contains("version"));
    if sdt.max(old_sdt) >= 3 {
        return Some("Qualtrics, Conjoint Survey Design Tool");
    }
    if has(&["attribute"]) && has(&["level"]) {
        return None;
    }
    if has(&TASKS) && has(&ALTERNATIVES) {
        return Some("a row per alternative");
    }
    if tasks >= 2 && (has_version || has_import_ids) {
        return Some("a row per respondent, a column per task");
    }
    if has(&CHOICES) && count_stems(&header) >= 2 {
        return Some("a row per task, columns per alternative");
    }
    let profiles = header.iter().filter(|name| {
        let number = name
            .strip_prefix("profile")
            .or_else(|| name.strip_prefix("card"));
        number
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    });
    if profiles.count() >= 3 {
        return Some("ratings of profiles");
    }
    (has(&["status_"]) && has(&["card_"])).then_some("a plan of profiles")
}

/// `f-1-2` or `f-1-2-3`: an attribute's name, or a level, in a task.
fn is_design_tool_name(name: &str) -> bool {
    let mut parts = name.split('-');
    let is_letter = parts
        .next()
        .is_some_and(|part| part.len() == 1 && part.chars().all(char::is_alphabetic));
    let numbers: Vec<&str> = parts.collect();
    let is_number =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_letter && (2..=3).contains(&numbers.len()) && numbers.iter().all(is_number)
}

/// How many stems such as `price` occur with the same suffixes, `price_1`, `price_2`, as another one.
fn count_stems(header: &[String]) -> usize {
    let mut stems: Vec<(&str, Vec<&str>)> = Vec::new();
    for name in header {
        let Some((stem, suffix)) = name.rsplit_once(['_', '.']) else {
            continue;
        };
        match stems.iter_mut().find(|(other, _)| *other == stem) {
            Some((_, suffixes)) => suffixes.push(suffix),
            None => stems.push((stem, vec![suffix])),
        }
    }
    let shared = stems.iter().filter(|(stem, suffixes)| {
        let mut others = stems.iter().filter(|(other, _)| other != stem);
        suffixes.len() >= 2 && others.any(|(_, other)| other == suffixes)
    });
    shared.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cho_files_are_recognized() {
        assert!(is_sawtooth_cho("1 2 5 6 1\n300 1\n3 1\n2 2 2 1 1\n"));
        assert!(is_sawtooth_cho("1 2 5 6 1\n300 1\n4\n2 2 2 1 1 0\n"));
        assert!(!is_sawtooth_cho("id,a\n1,2\n") && !is_sawtooth_cho(""));
    }

    #[test]
    fn utilities_are_no_choices() {
        let kind = |text: &str| find_kind(&Grid::from_text("a.csv", text).unwrap());
        assert_eq!(kind("id,A1B1,A1B2,NONE\n1,2,3,4\n"), None);
        assert_eq!(
            kind("id,att1_lev1,att1_lev2,att2_lev1,att2_lev2\n1,2,3,4,5\n"),
            None
        );
        assert_eq!(
            kind("resp,Set,Alt,y\n1,1,1,0\n"),
            Some("a row per alternative")
        );
        assert_eq!(
            kind("id,choice,price_1,price_2,brand_1,brand_2\n1,1,2,3,4,5\n"),
            Some("a row per task, columns per alternative")
        );
    }
}
