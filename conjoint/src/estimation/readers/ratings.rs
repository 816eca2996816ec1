//! Ratings and rankings of the R package conjoint: a table of profiles, a table of preferences with a
//! row per respondent or one long column, and perhaps a column of level names.

use super::columns::reduce;
use super::raw::{RawAnswer, RawAttribute, RawSurvey, RawTask, source_of};
use crate::estimation::error::{CellProblem, EstimationError};
use crate::format::tabular::Grid;

/// The tables of a study.
pub(super) struct RatingTables<'g> {
    profiles: &'g Grid,
    preferences: &'g Grid,
    levels: Option<&'g Grid>,
}

/// Whether every cell below the header is a number.
fn is_numeric(grid: &Grid) -> bool {
    let rows = 1..grid.height();
    grid.height() > 1
        && rows
            .into_iter()
            .all(|row| (0..grid.width()).all(|column| grid.number(row, column).is_some()))
}

/// The tables among the grids: the preferences have a column per profile, or one column whose length
/// is a multiple of the number of profiles.
pub(super) fn find_tables(grids: &[Grid]) -> Option<RatingTables<'_>> {
    let levels = grids
        .iter()
        .find(|grid| grid.width() == 1 && !is_numeric(grid));
    let tables: Vec<&Grid> = grids.iter().filter(|grid| is_numeric(grid)).collect();
    let fits = |profiles: &Grid, preferences: &Grid| {
        let count = profiles.height() - 1;
        let answers = preferences.height() - 1;
        let is_long = preferences.width() == 1 && answers.is_multiple_of(count);
        profiles.width() > 1 && (preferences.width() == count || is_long)
    };
    let is_ids = |grid: &Grid| reduce(&grid.text(0, 0)).contains("respondent");
    for profiles in &tables {
        let mut others = tables
            .iter()
            .filter(|other| !std::ptr::eq(**other, *profiles) && !is_ids(other));
        if let Some(preferences) = others.find(|other| fits(profiles, other)) {
            return Some(RatingTables {
                profiles,
                preferences,
                levels,
            });
        }
    }
    None
}

/// Reads the tables.
///
/// # Errors
/// A level code that is no whole number, or beyond the level names.
pub(super) fn read(tables: &RatingTables<'_>) -> Result<RawSurvey, EstimationError> {
    let profiles = tables.profiles;
    let mut survey = RawSurvey::new(
        source_of(tables.preferences),
        tables.preferences.style(),
        true,
    );
    let names = (0..profiles.width()).map(|column| profiles.text(0, column).into_owned());
    survey.attributes = names.map(RawAttribute::named).collect();
    survey.knows_none = true;
    let labels = level_names(tables);
    survey.has_codes = labels.is_empty();
    // In the order of the level names, whatever the order of the profiles.
    for (column, labels) in labels.iter().enumerate() {
        for label in labels {
            survey.code(column, label);
        }
    }
    let mut codes = Vec::new();
    for row in 1..profiles.height() {
        for column in 0..profiles.width() {
            let text = profiles.text(row, column).into_owned();
            let label = match labels.get(column) {
                None => Some(text.clone()),
                Some(labels) => text
                    .parse()
                    .ok()
                    .and_then(|code: usize| labels.get(code.checked_sub(1)?).cloned()),
            };
            let label = label.ok_or_else(|| EstimationError::Cell {
                place: profiles.place(row),
                column: profiles.text(0, column).into_owned(),
                problem: CellProblem::UnknownAlternative(text, "the levels from 1 on".to_owned()),
            })?;
            codes.push(survey.code(column, &label));
        }
    }
    let count = profiles.height() - 1;
    let answers = answers(tables.preferences, count);
    let are_ranks = answers.iter().all(|(_, answers)| is_permutation(answers));
    if are_ranks {
        survey
            .assumptions
            .push("The preferences are ranks: 1 is the best profile.".to_owned());
    }
    for (place, (line, mut points)) in answers.into_iter().enumerate() {
        if are_ranks {
            points
                .iter_mut()
                .for_each(|rank| *rank = (count + 1) as f64 - *rank);
        }
        survey.tasks.push(RawTask {
            respondent: (place + 1).to_string(),
            name: "1".to_owned(),
            line,
            codes: codes.clone(),
            is_none: vec![false; count],
            answer: RawAnswer::Points(points),
            would_buy: None,
            weight: None,
        });
    }
    Ok(survey)
}

/// The answers of each respondent with their line.
fn answers(grid: &Grid, count: usize) -> Vec<(u64, Vec<f64>)> {
    let number = |row: usize, column: usize| grid.number(row, column).unwrap_or(f64::NAN);
    if grid.width() == count {
        let rows = 1..grid.height();
        return rows
            .map(|row| {
                (
                    grid.line(row),
                    (0..count).map(|column| number(row, column)).collect(),
                )
            })
            .collect();
    }
    let rows: Vec<usize> = (1..grid.height()).collect();
    let respondents = rows.chunks(count.max(1));
    respondents
        .map(|rows| {
            let line = rows.first().map_or(0, |row| grid.line(*row));
            (line, rows.iter().map(|row| number(*row, 0)).collect())
        })
        .collect()
}

/// Whether numbers are the ranks from 1 to their count.
fn is_permutation(numbers: &[f64]) -> bool {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.len() > 1
        && sorted
            .iter()
            .enumerate()
            .all(|(place, rank)| *rank == (place + 1) as f64)
}

/// The names of the levels of each attribute, from one column with all of them in a row; empty without
/// it.
fn level_names(tables: &RatingTables<'_>) -> Vec<Vec<String>> {
    let Some(grid) = tables.levels else {
        return Vec::new();
    };
    let mut names = (1..grid.height()).map(|row| grid.text(row, 0).into_owned());
    let profiles = tables.profiles;
    let counts = (0..profiles.width()).map(|column| {
        let codes = (1..profiles.height()).filter_map(|row| profiles.number(row, column));
        // Level codes are small whole numbers; anything else gives too few names and is reported.
        codes.fold(0.0, f64::max) as usize
    });
    counts
        .map(|count| names.by_ref().take(count).collect())
        .collect()
}
