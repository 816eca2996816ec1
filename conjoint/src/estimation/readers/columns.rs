//! Which column of a table is which, by name.

use super::request::SurveyRequest;
use crate::estimation::error::EstimationError;
use crate::format::tabular::Grid;

/// Names of the respondent's column, reduced by [`reduce`], the likeliest first.
const RESPONDENT: &[&str] = &[
    "respondent",
    "respid",
    "respnum",
    "respondentid",
    "sysrespnum",
    "participant",
    "participantid",
    "unitid",
    "caseid",
    "subject",
    "subjectid",
    "responseid",
    "parentid",
    "person",
    "personid",
    "individual",
    "panelid",
    "consumerid",
    "userid",
    "id",
    "resp",
];
const TASK: &[&str] = &[
    "task",
    "taskid",
    "qid",
    "qes",
    "choiceset",
    "choicesetid",
    "setnumber",
    "set",
    "question",
    "ques",
    "contestno",
    "sequence",
    "scenario",
    "chid",
    "obsid",
    "obs",
    "choiceid",
];
const ALTERNATIVE: &[&str] = &[
    "alternative",
    "alternativeid",
    "alt",
    "altid",
    "concept",
    "cardnumber",
    "card",
    "profile",
    "pos",
    "position",
    "choiceid",
    "option",
];
const CHOICE: &[&str] = &[
    "choice",
    "chosen",
    "response",
    "responseindicator",
    "y",
    "score",
    "outcome",
    "selected",
    "answer",
    "choose",
    "best",
];
const RATING: &[&str] = &[
    "rating",
    "ratings",
    "score",
    "rank",
    "ranking",
    "preference",
    "y",
    "response",
];
const NONE: &[&str] = &["nochoice", "nonealternative", "optout", "none"];
/// Numbers of designs and of observations, which are no attributes.
const IGNORED: &[&str] = &[
    "profileid",
    "blockid",
    "obsid",
    "obs",
    "chid",
    "version",
    "survey",
    "block",
    "sysversion",
    "questionset",
    "group",
    "rownames",
    "",
    "seconds",
    "time",
    "duration",
];

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Respondent,
    Task,
    Alternative,
    Choice,
    Rating,
    None,
}

impl Role {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Respondent => RESPONDENT,
            Self::Task => TASK,
            Self::Alternative => ALTERNATIVE,
            Self::Choice => CHOICE,
            Self::Rating => RATING,
            Self::None => NONE,
        }
    }

    /// What it would contain, and the option that names it.
    pub(super) fn description(self) -> (&'static str, &'static str) {
        match self {
            Self::Respondent => ("respondent", "--respondent"),
            Self::Task => ("task", "--task"),
            Self::Alternative => ("alternative", "--alternative"),
            Self::Choice => ("choice", "--choice"),
            Self::Rating => ("rating", "--choice"),
            Self::None => ("None alternative", "--none"),
        }
    }

    pub(super) fn requested(self, request: &SurveyRequest) -> Option<&str> {
        match self {
            Self::Respondent => request.respondent.as_deref(),
            Self::Task => request.task.as_deref(),
            Self::Alternative => request.alternative.as_deref(),
            Self::Choice | Self::Rating => request.choice.as_deref(),
            Self::None => match &request.none {
                super::NoneRequest::Column(name) => Some(name),
                _ => None,
            },
        }
    }
}

/// A name in lower case without anything but letters and digits.
pub(super) fn reduce(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The header of a grid.
pub(super) struct Header<'g> {
    pub(super) grid: &'g Grid,
    pub(super) row: usize,
    pub(super) names: Vec<String>,
    reduced: Vec<String>,
    taken: Vec<bool>,
}

impl<'g> Header<'g> {
    pub(super) fn new(grid: &'g Grid, row: usize) -> Self {
        let names: Vec<String> = (0..grid.width())
            .map(|column| grid.text(row, column).into_owned())
            .collect();
        Self {
            grid,
            row,
            reduced: names.iter().map(|name| reduce(name)).collect(),
            taken: vec![false; names.len()],
            names,
        }
    }

    /// The name of a column.
    pub(super) fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// The rows below the header.
    pub(super) fn rows(&self) -> std::ops::Range<usize> {
        self.row + 1..self.grid.height()
    }

    /// Whether some column may have the role.
    pub(super) fn has(&self, role: Role) -> bool {
        let mut names = self.reduced.iter();
        names.any(|name| role.names().contains(&name.as_str()))
    }

    /// The column with a name.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| other == name)
    }

    /// The column that an option names.
    pub(super) fn require(
        &mut self,
        name: &str,
        option: &'static str,
    ) -> Result<usize, EstimationError> {
        let column = self
            .find(name)
            .ok_or_else(|| EstimationError::UnknownColumn {
                option,
                file: self.grid.file.clone(),
                column: name.to_owned(),
                known: self.names.clone(),
            })?;
        self.take(column);
        Ok(column)
    }

    /// The column of a role: the one that the option names, else the likeliest by name that has no
    /// other role.
    pub(super) fn take_role(
        &mut self,
        role: Role,
        request: &SurveyRequest,
    ) -> Result<Option<usize>, EstimationError> {
        if let Some(name) = role.requested(request) {
            return self.require(name, role.description().1).map(Some);
        }
        let is_attribute = |column: usize| {
            let name = self.name(column);
            request.attributes.iter().any(|(other, _)| other == name)
        };
        let find = |wanted: &&str| {
            let mut columns = self.reduced.iter().enumerate();
            columns
                .find(|(column, name)| {
                    let is_free = self.taken.get(*column) == Some(&false);
                    name == wanted && is_free && !is_attribute(*column)
                })
                .map(|(column, _)| column)
        };
        let found = role.names().iter().find_map(find);
        if let Some(column) = found {
            self.take(column);
        }
        Ok(found)
    }

    /// The column of a role, which must be there.
    pub(super) fn require_role(
        &mut self,
        role: Role,
        request: &SurveyRequest,
    ) -> Result<usize, EstimationError> {
        let (name, option) = role.description();
        self.take_role(role, request)?
            .ok_or_else(|| EstimationError::MissingColumn {
                file: self.grid.file.clone(),
                role: name,
                option,
            })
    }

    /// Keeps a column from getting another role.
    pub(super) fn take(&mut self, column: usize) {
        if let Some(taken) = self.taken.get_mut(column) {
            *taken = true;
        }
    }

    /// The columns without a role and with a name that an attribute may have.
    pub(super) fn free(&self) -> Vec<usize> {
        let columns = self.reduced.iter().zip(&self.taken).enumerate();
        columns
            .filter(|(_, (name, taken))| !**taken && !IGNORED.contains(&name.as_str()))
            .map(|(column, _)| column)
            .collect()
    }

    /// The columns of the attributes that the request lists.
    pub(super) fn requested_attributes(
        &mut self,
        request: &SurveyRequest,
    ) -> Result<Vec<usize>, EstimationError> {
        let names: Vec<String> = request
            .attributes
            .iter()
            .map(|(name, _)| name.clone())
            .collect();
        let mut columns = Vec::new();
        for name in names {
            columns.push(self.require(&name, "--attribute")?);
        }
        Ok(columns)
    }
}
