//! What is wrong with files and a request whatever the layout.

use super::columns::{Header, Role};
use super::{InputFile, Sources, SurveyRequest};
use crate::estimation::error::EstimationError;

/// Checks that files have contents, that some table has the columns which options name, and that no
/// attribute is named twice.
///
/// # Errors
/// The first of these faults.
pub(super) fn check_request(
    sources: &Sources<'_>,
    request: &SurveyRequest,
) -> Result<(), EstimationError> {
    // Of a workbook only the sheets are kept.
    let is_empty = |file: &&InputFile| {
        let mut grids = sources.grids.iter().filter(|grid| grid.file == file.name);
        file.bytes().iter().all(u8::is_ascii_whitespace) && grids.all(|grid| grid.height() == 0)
    };
    if let Some(file) = sources.files.iter().find(is_empty) {
        return Err(EstimationError::EmptyFile {
            file: file.name.clone(),
        });
    }
    check_columns(sources, request)?;
    let mut names = request.attributes.iter().map(|(name, _)| name);
    while let Some(name) = names.next() {
        if names.clone().any(|other| other == name) {
            return Err(EstimationError::Option {
                option: "--attribute",
                problem: format!("`{name}` is named twice; name it once"),
            });
        }
    }
    Ok(())
}

/// Reports a column of a role that an option names and no table has.
fn check_columns(sources: &Sources<'_>, request: &SurveyRequest) -> Result<(), EstimationError> {
    let Some(first) = sources.grids.first() else {
        return Ok(());
    };
    let answer = match request.has_ratings {
        true => Role::Rating,
        false => Role::Choice,
    };
    for role in [Role::Respondent, Role::Task, Role::Alternative, answer] {
        let Some(name) = role.requested(request) else {
            continue;
        };
        let mut headers = sources.grids.iter().map(|grid| Header::new(grid, 0));
        if !headers.any(|header| header.find(name).is_some()) {
            return Err(EstimationError::UnknownColumn {
                option: role.description().1,
                file: first.file.clone(),
                column: name.to_owned(),
                known: Header::new(first, 0).names,
            });
        }
    }
    Ok(())
}
