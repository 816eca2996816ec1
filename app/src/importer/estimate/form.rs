//! What the user says about choices and how to estimate from them: pure, tested without a browser.

use std::collections::BTreeMap;

use conjoint::estimation::hb::Direction;
use conjoint::estimation::{
    AttributeKind, EstimationSettings, Holdout, Model, NoneRequest, SurveyRequest,
};
use worker::protocol::{AttributeDescription, SurveyFiles};

/// The models in the order of the select.
pub const MODELS: [(Model, &str); 3] = [
    (Model::Hierarchical, "Hierarchical Bayes"),
    (Model::Logit, "Multinomial logit"),
    (Model::LeastSquares, "Least squares"),
];

/// The kinds of attributes in the order of their selects.
pub const KINDS: [(AttributeKind, &str); 3] = [
    (AttributeKind::Categorical, "a part-worth per level"),
    (AttributeKind::Numeric, "a part-worth per value"),
    (AttributeKind::Linear, "one slope"),
];

/// The constraints in the order of their selects.
pub const DIRECTIONS: [(Option<Direction>, &str); 3] = [
    (None, "none"),
    (Some(Direction::Increasing), "increasing"),
    (Some(Direction::Decreasing), "decreasing"),
];

/// A column that the user can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnRole {
    /// Whose answer it is.
    Respondent,
    /// Which task.
    Task,
    /// Which alternative of the task.
    Alternative,
    /// Whether it was chosen, or its rating.
    Choice,
}

impl ColumnRole {
    /// All of them, with the labels of their selects.
    pub const ALL: [(Self, &str); 4] = [
        (Self::Respondent, "Respondent"),
        (Self::Task, "Task"),
        (Self::Alternative, "Alternative"),
        (Self::Choice, "Choice"),
    ];
}

/// A number that the user types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NumberField {
    /// The last tasks of each respondent that only check the estimates.
    Holdout,
    /// The seed of everything random.
    Seed,
    /// Iterations of each chain; empty: until they have converged.
    Iterations,
    /// Draws of each respondent to keep.
    Draws,
}

/// The most of each number.
const MOST: usize = 10_000_000;

impl NumberField {
    /// The label of the input.
    pub fn label(self) -> &'static str {
        match self {
            Self::Holdout => "Holdout tasks",
            Self::Seed => "Seed",
            Self::Iterations => "Iterations",
            Self::Draws => "Draws kept",
        }
    }

    fn default(self) -> &'static str {
        match self {
            Self::Holdout => "0",
            Self::Seed => "1",
            Self::Iterations => "",
            Self::Draws => "500",
        }
    }

    /// What the input accepts.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Holdout => "whole number of 0 or more",
            Self::Seed => "whole number of 0 or more",
            Self::Iterations => "10 or more; empty: until the chains have converged",
            Self::Draws => "whole number of 0 or more",
        }
    }

    fn lowest(self) -> usize {
        match self {
            Self::Iterations => 10,
            Self::Holdout | Self::Seed | Self::Draws => 0,
        }
    }
}

/// What the user says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// The model.
    pub model: Model,
    /// The columns that the user chose.
    pub roles: BTreeMap<ColumnRole, String>,
    /// Whether None is left out.
    pub ignores_none: bool,
    /// Which of the picked files has the labels.
    pub labels: Option<usize>,
    /// The kinds that the user chose, by attribute.
    pub kinds: BTreeMap<String, AttributeKind>,
    /// The attributes that the user left out.
    pub excluded: Vec<String>,
    /// The sign constraints, by attribute.
    pub directions: BTreeMap<String, Direction>,
    /// The numbers that were typed.
    numbers: BTreeMap<NumberField, String>,
}

impl Form {
    /// The text of a number.
    pub fn text(&self, field: NumberField) -> &str {
        let typed = self.numbers.get(&field);
        typed.map_or(field.default(), String::as_str)
    }

    /// The same with another text of a number.
    #[must_use]
    pub fn with_text(mut self, field: NumberField, text: String) -> Self {
        self.numbers.insert(field, text);
        self
    }

    /// The number; `None` if its text is empty.
    ///
    /// # Errors
    /// A text that is no such number.
    pub fn number(&self, field: NumberField) -> Result<Option<usize>, NumberField> {
        let text = self.text(field).trim();
        if text.is_empty() {
            let is_optional = field.default().is_empty();
            return if is_optional { Ok(None) } else { Err(field) };
        }
        let number = text.parse().map_err(|_| field)?;
        match (field.lowest()..=MOST).contains(&number) {
            true => Ok(Some(number)),
            false => Err(field),
        }
    }

    /// How to read the files. `found` are the attributes that were found without this form's changes;
    /// if none was changed, they are found again.
    pub fn survey(&self, names: &[String], found: &[AttributeDescription]) -> SurveyFiles {
        let role = |role| self.roles.get(&role).cloned();
        let is_changed = !self.kinds.is_empty() || !self.excluded.is_empty();
        let included = found
            .iter()
            .filter(|attribute| is_changed && !self.excluded.contains(&attribute.name));
        let attributes = included.map(|attribute| {
            let kind = self.kinds.get(&attribute.name).copied();
            (attribute.name.clone(), kind.or(Some(attribute.kind)))
        });
        let holdout = self.number(NumberField::Holdout).ok().flatten();
        SurveyFiles {
            names: names.to_vec(),
            labels: self.labels,
            request: SurveyRequest {
                respondent: role(ColumnRole::Respondent),
                task: role(ColumnRole::Task),
                alternative: role(ColumnRole::Alternative),
                choice: role(ColumnRole::Choice),
                attributes: attributes.collect(),
                none: match self.ignores_none {
                    true => NoneRequest::Ignore,
                    false => NoneRequest::Auto,
                },
                holdout: match holdout {
                    Some(count) if count > 0 => Holdout::Last(count),
                    _ => Holdout::Empty,
                },
                has_ratings: self.model == Model::LeastSquares,
                ..SurveyRequest::default()
            },
        }
    }

    /// How to estimate.
    ///
    /// # Errors
    /// The first number that is wrong.
    pub fn settings(&self) -> Result<EstimationSettings, NumberField> {
        self.number(NumberField::Holdout)?;
        let defaults = EstimationSettings::new(self.model);
        let has_chains = self.model == Model::Hierarchical;
        let directions = self.directions.iter().filter(|_| has_chains);
        Ok(EstimationSettings {
            iterations: self.number(NumberField::Iterations)?,
            keep: self.number(NumberField::Draws)?.unwrap_or(defaults.keep),
            seed: self.number(NumberField::Seed)?.unwrap_or(0) as u64,
            directions: directions
                .map(|(name, direction)| (name.clone(), *direction))
                .collect(),
            ..defaults
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(name: &str) -> AttributeDescription {
        AttributeDescription {
            name: name.to_owned(),
            kind: AttributeKind::Categorical,
            levels: vec!["a".to_owned()],
        }
    }

    #[test]
    fn nothing_is_said_unless_the_user_says_it() {
        let form = Form::default();
        let survey = form.survey(&["a.csv".to_owned()], &[attribute("brand")]);
        assert_eq!(survey.request, SurveyRequest::default());
        let settings = form.settings().unwrap();
        assert_eq!(settings, EstimationSettings::new(Model::Hierarchical));
    }

    #[test]
    fn a_changed_attribute_lists_all_included_ones() {
        let mut form = Form::default();
        form.kinds.insert("price".to_owned(), AttributeKind::Linear);
        form.excluded.push("brand".to_owned());
        let found = [attribute("brand"), attribute("price"), attribute("size")];
        let survey = form.survey(&[], &found);
        let wanted = [
            ("price".to_owned(), Some(AttributeKind::Linear)),
            ("size".to_owned(), Some(AttributeKind::Categorical)),
        ];
        assert_eq!(survey.request.attributes, wanted);
    }

    #[test]
    fn numbers_are_whole_and_in_range() {
        let form = Form::default().with_text(NumberField::Iterations, "5".to_owned());
        assert_eq!(form.settings(), Err(NumberField::Iterations));
        let form = form.with_text(NumberField::Iterations, " 300 ".to_owned());
        assert_eq!(form.settings().unwrap().iterations, Some(300));
        let form = form.with_text(NumberField::Seed, "x".to_owned());
        assert_eq!(form.settings(), Err(NumberField::Seed));
        let form = form.with_text(NumberField::Seed, String::new());
        assert_eq!(form.settings(), Err(NumberField::Seed));
    }

    #[test]
    fn constraints_belong_to_hierarchical_bayes() {
        let mut form = Form::default();
        form.directions
            .insert("price".to_owned(), Direction::Decreasing);
        assert_eq!(form.settings().unwrap().directions.len(), 1);
        form.model = Model::Logit;
        assert!(form.settings().unwrap().directions.is_empty());
    }
}
