//! Ids of respondents and tasks: text, in one form per column.

use std::collections::HashMap;

use crate::estimation::error::{CellProblem, EstimationError};

/// Checks that no id of a column occurs in two forms of the same number, and gives ids that all have
/// the form `12.0` back as `12`.
///
/// # Errors
/// The first id that occurs in two forms.
pub(super) fn unify_ids(
    ids: &mut [String],
    column: &str,
    lines: impl Fn(usize) -> (String, u64),
) -> Result<(), EstimationError> {
    let is_decimal = |id: &String| id.strip_suffix(".0").is_some_and(is_whole);
    if !ids.is_empty() && ids.iter().all(is_decimal) {
        for id in ids.iter_mut() {
            id.truncate(id.len().saturating_sub(2));
        }
        return Ok(());
    }
    let mut forms: HashMap<u64, (&String, usize)> = HashMap::new();
    for (row, id) in ids.iter().enumerate() {
        if id.is_empty() {
            let (place, _) = lines(row);
            let (column, problem) = (column.to_owned(), CellProblem::EmptyId);
            return Err(EstimationError::Cell {
                place,
                column,
                problem,
            });
        }
        let Some(number) = id.parse::<f64>().ok().filter(|number| number.is_finite()) else {
            continue;
        };
        let (first, first_row) = *forms.entry(number.to_bits()).or_insert((id, row));
        if first != id {
            let (place, _) = lines(row);
            let problem = CellProblem::TwoForms(id.clone(), first.clone(), lines(first_row).1);
            let column = column.to_owned();
            return Err(EstimationError::Cell {
                place,
                column,
                problem,
            });
        }
    }
    Ok(())
}

fn is_whole(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
