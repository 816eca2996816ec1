//! The internal form of a survey, which every reader produces and every model reads: respondents,
//! their tasks, the alternatives of each task, and what was answered.

/// How an attribute's values become parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttributeKind {
    /// A part-worth per level.
    Categorical,
    /// A part-worth per surveyed value of a number.
    Numeric,
    /// One coefficient per unit of a number.
    Linear,
}

/// The code of an attribute that an alternative does not have: it contributes 0.
pub const NOT_SHOWN: u32 = u32::MAX;

/// A level of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyLevel {
    /// Its text in the file, or its label.
    pub text: String,
    /// Its number, on numeric and linear attributes.
    pub value: Option<f64>,
}

impl SurveyLevel {
    /// The level as a study writes it.
    pub(crate) fn study_name(&self) -> String {
        self.value
            .map_or_else(|| self.text.clone(), |value| value.to_string())
    }
}

/// An attribute that the alternatives have.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyAttribute {
    /// Its name.
    pub name: String,
    /// How its values become parameters.
    pub kind: AttributeKind,
    /// The surveyed levels: ascending if they are numbers or codes, else in the order of the file.
    pub levels: Vec<SurveyLevel>,
}

impl SurveyAttribute {
    /// The levels as a study writes them.
    pub(crate) fn study_levels(&self) -> Vec<String> {
        self.levels.iter().map(SurveyLevel::study_name).collect()
    }
}

/// A task: alternatives, and the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceTask {
    /// Its name in the file.
    pub name: String,
    /// The line of the file where it begins, counted from 1.
    pub line: u64,
    /// The level of each alternative on each attribute, one alternative after another;
    /// [`NOT_SHOWN`] where it has none.
    pub levels: Vec<u32>,
    /// Whether each alternative is None.
    pub is_none: Vec<bool>,
    /// The share of the answer that each alternative got; they sum to 1. In a survey of ratings: the
    /// ratings.
    pub answer: Vec<f64>,
    /// In a dual-response task, whether the respondent would buy the chosen alternative.
    pub would_buy: Option<bool>,
}

impl ChoiceTask {
    /// The position of the alternative that was chosen: the one with the largest share.
    pub fn chosen(&self) -> usize {
        let mut best = 0;
        let mut largest = f64::NEG_INFINITY;
        for (place, share) in self.answer.iter().enumerate() {
            if *share > largest {
                (best, largest) = (place, *share);
            }
        }
        best
    }

    /// How many alternatives were shown, a dual-response None included.
    pub fn alternative_count(&self) -> usize {
        self.is_none.len() + usize::from(self.would_buy.is_some())
    }

    /// The levels of each alternative, and whether it is None.
    pub fn alternatives(&self) -> impl Iterator<Item = (&[u32], bool)> {
        let width = self.levels.len() / self.is_none.len().max(1);
        let rows = self.levels.chunks(width.max(1));
        rows.zip(self.is_none.iter().copied())
    }
}

/// A respondent with at least one usable task.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyRespondent {
    /// The id, as text.
    pub id: String,
    /// How many people the respondent represents.
    pub weight: f64,
    /// The tasks to estimate from, in the order of the file.
    pub tasks: Vec<ChoiceTask>,
    /// The tasks that only check the estimates.
    pub holdout: Vec<ChoiceTask>,
}

/// What was left out, how often, and why.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LeftOut {
    /// How many respondents or tasks.
    pub count: usize,
    /// Why, in words.
    pub reason: String,
}

/// A survey of choices or ratings.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceSurvey {
    /// The name of the layout that was recognized.
    pub layout: &'static str,
    /// The file with the answers, as messages name it.
    pub source: String,
    /// The attributes, in the order of the file.
    pub attributes: Vec<SurveyAttribute>,
    /// Whether choosing none of the alternatives gets a constant of its own.
    pub has_none: bool,
    /// The respondents, in the order of the file.
    pub respondents: Vec<SurveyRespondent>,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
    /// What the reader assumed, in sentences.
    pub assumptions: Vec<String>,
}

impl ChoiceSurvey {
    /// How many tasks there are to estimate from.
    pub fn task_count(&self) -> usize {
        self.respondents
            .iter()
            .map(|person| person.tasks.len())
            .sum()
    }

    /// How many alternatives these tasks show, None included.
    pub fn alternative_count(&self) -> usize {
        let tasks = self.respondents.iter().flat_map(|person| &person.tasks);
        tasks.map(ChoiceTask::alternative_count).sum()
    }
}
