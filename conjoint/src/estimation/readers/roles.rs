//! Which columns of a table have which role, for whoever wants to see or change that before reading.

use super::columns::{Header, Role};
use super::labels::is_labels;
use super::{InputFile, SurveyRequest, cho};
use crate::estimation::error::EstimationError;

/// The columns of the table with the answers, and the roles that they get.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ColumnRoles {
    /// The names of all columns; empty for files without a header.
    pub names: Vec<String>,
    /// The column of respondents.
    pub respondent: Option<String>,
    /// The column of tasks.
    pub task: Option<String>,
    /// The column of alternatives.
    pub alternative: Option<String>,
    /// The column of choices, or of ratings.
    pub choice: Option<String>,
}

/// Finds the columns and their roles in the first table with a column for the answers: those that the
/// request names, else the likeliest by name.
///
/// # Errors
/// A file that is neither text nor a workbook.
pub fn find_column_roles(
    files: &[InputFile],
    request: &SurveyRequest,
) -> Result<ColumnRoles, EstimationError> {
    let mut grids = Vec::new();
    for file in files.iter().filter(|file| !cho::is_cho(file)) {
        if !is_labels(file) {
            grids.extend(file.grids()?.into_owned());
        }
    }
    grids.retain(|grid| !grid.is_hidden);
    let answer = match request.has_ratings {
        true => Role::Rating,
        false => Role::Choice,
    };
    let with_answers = grids
        .iter()
        .find(|grid| Header::new(grid, 0).has(answer))
        .or(grids.first());
    let Some(grid) = with_answers else {
        return Ok(ColumnRoles::default());
    };
    let mut header = Header::new(grid, 0);
    // A column that the request names and the table does not have is reported by the reader.
    let mut take = |role| {
        let column = header.take_role(role, request).ok().flatten()?;
        Some(header.name(column).to_owned())
    };
    Ok(ColumnRoles {
        respondent: take(Role::Respondent),
        task: take(Role::Task).filter(|_| !request.has_ratings),
        choice: take(answer),
        alternative: take(Role::Alternative),
        names: header.names,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_found_by_name_or_as_requested() {
        let file = InputFile::open(
            "choices.csv",
            b"who,resp,task,alt,choice,size\n1,1,1,1,1,small\n".to_vec(),
        );
        let roles = find_column_roles(std::slice::from_ref(&file), &SurveyRequest::default());
        let roles = roles.unwrap();
        assert_eq!(roles.respondent.as_deref(), Some("resp"));
        assert_eq!(roles.choice.as_deref(), Some("choice"));
        assert_eq!(roles.names.len(), 6);
        let request = SurveyRequest {
            respondent: Some("who".to_owned()),
            ..SurveyRequest::default()
        };
        let roles = find_column_roles(&[file], &request).unwrap();
        assert_eq!(roles.respondent.as_deref(), Some("who"));
        let cho = InputFile::open("a.cho", Vec::new());
        assert_eq!(
            find_column_roles(&[cho], &SurveyRequest::default()),
            Ok(ColumnRoles::default())
        );
    }
}
