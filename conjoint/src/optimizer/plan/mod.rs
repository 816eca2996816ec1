//! What an optimizer looks for and through, checked before anything is computed.

mod read;

use crate::index_vec::{AttributeIndex, BrandIndex, ParentIndex, ProductIndex};
use crate::simulation::Simulation;
use crate::simulation::scenario::Scenario;
use crate::study::{Cell, Study, ValueError};

use crate::optimizer::costs::Costs;
use crate::optimizer::error::RequestError;
use crate::optimizer::search::best::Candidate;

/// What is to be as high as it can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ObjectiveMeasure {
    /// The share of all respondents who choose a product of the brand, by the rule, 0–1.
    #[default]
    Share,
    /// Revenue after the period, thousands of the currency a month.
    Revenue,
    /// EBIT after the period, thousands of the currency a month.
    Ebit,
}

impl ObjectiveMeasure {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Share, Self::Revenue, Self::Ebit];

    /// Its name, as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Share => "Share",
            Self::Revenue => "Revenue",
            Self::Ebit => "EBIT",
        }
    }

    /// Its word in commands and links.
    pub fn word(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Revenue => "revenue",
            Self::Ebit => "ebit",
        }
    }

    /// The objective of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|objective| objective.word() == word)
    }
}

/// Whose share, revenue or EBIT it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beneficiary {
    /// A brand's.
    Brand(BrandIndex),
    /// That of all brands of a parent.
    Parent(ParentIndex),
}

/// What is to be as high as it can be, and whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Objective {
    /// What.
    pub objective: ObjectiveMeasure,
    /// Whose.
    pub whose: Beneficiary,
}

impl Objective {
    /// Whether the brand counts for it.
    pub(in crate::optimizer) fn counts(&self, study: &Study, brand: BrandIndex) -> bool {
        match self.whose {
            Beneficiary::Brand(own) => own == brand,
            Beneficiary::Parent(own) => study.brands[brand].parent == own,
        }
    }
}

/// What an optimizer is asked for, in the command line's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Request {
    /// What is to be as high as it can be.
    pub objective: ObjectiveMeasure,
    /// The brand's name, or the parent's.
    pub whose: String,
    /// Whether that is a parent.
    pub parent: bool,
    /// What varies: `ID.COLUMN=BEGIN:END:STEP`, or `ID.COLUMN=A,B,C` for levels that are names.
    pub vary: Vec<String>,
    /// What values cost: `COLUMN=VALUE:COST`, see [`Plan::read`].
    pub costs: Vec<String>,
    /// Whether competitors are to answer, see [`Plan::answer`].
    pub answer: bool,
}

/// An attribute of a product that varies.
#[derive(Clone, Debug, PartialEq)]
pub struct Varied {
    /// The product.
    pub product: ProductIndex,
    /// The attribute.
    pub attribute: AttributeIndex,
    /// The values that it takes, in order.
    pub values: Vec<Cell>,
}

/// A request that was checked.
///
/// Its candidates are the cross product of the values of all that varies, the first slowest.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub(in crate::optimizer) goal: Objective,
    pub(in crate::optimizer) varied: Vec<Varied>,
    pub(in crate::optimizer) costs: Costs,
}

impl Plan {
    /// More attributes than this are a slip of the pen.
    pub const MOST: usize = 100;

    /// Checks a request against the offers as they stand.
    ///
    /// A cost of a value is what it adds to what a customer costs a month, in the currency, and
    /// is the same for all products. That of a number is interpolated linearly between the values
    /// that have one, and beyond them is that of the outermost; that of a name without one is 0.
    ///
    /// # Errors
    /// Everything that is wrong, with its place and with what would be right.
    pub fn read(simulation: &Simulation, request: &Request) -> Result<Self, Vec<RequestError>> {
        read::plan(simulation, request)
    }

    /// What is to be as high as it can be, and whose.
    pub fn goal(&self) -> Objective {
        self.goal
    }

    /// What varies, in the request's order.
    pub fn varied(&self) -> &[Varied] {
        &self.varied
    }

    /// How many candidates there are.
    pub fn candidates(&self) -> u64 {
        let counts = self.varied.iter().map(|varied| varied.values.len() as u64);
        counts.fold(1, u64::saturating_mul)
    }

    /// What varies beyond the surveyed range, counted from 0, with the warning: the utilities
    /// there are extrapolated.
    pub fn outside(&self, study: &Study) -> Vec<(usize, ValueError)> {
        let outside = |(entry, varied): (usize, &Varied)| {
            let attribute = &study.schema.attributes[varied.attribute];
            let ends = [varied.values.first(), varied.values.last()];
            let mut ends = ends.into_iter().flatten();
            Some((
                entry,
                ends.find_map(|value| attribute.range_warning(*value))?,
            ))
        };
        self.varied.iter().enumerate().filter_map(outside).collect()
    }

    /// A candidate's values, in the order of what varies.
    pub fn values(&self, candidate: &Candidate) -> Vec<Cell> {
        let values = self.varied.iter().zip(&candidate.positions);
        let values = values.filter_map(|(varied, position)| varied.values.get(*position).copied());
        values.collect()
    }

    /// A candidate as edits: the name and the text of every value, `9.monthly_cost` and `429`.
    pub fn edits(
        &self,
        study: &Study,
        scenario: &Scenario,
        candidate: &Candidate,
    ) -> Vec<(String, String)> {
        let edit = |(varied, value): (&Varied, Cell)| {
            let attribute = &study.schema.attributes[varied.attribute];
            let name = format!(
                "{}.{}",
                scenario.offers()[varied.product].id,
                attribute.name
            );
            (name, attribute.write(value))
        };
        let values = self.varied.iter().zip(self.values(candidate));
        values.map(edit).collect()
    }

    /// The scenario with a candidate's values.
    pub fn scenario(&self, study: &Study, scenario: &Scenario, candidate: &Candidate) -> Scenario {
        let mut scenario = scenario.clone();
        let values = self.varied.iter().zip(self.values(candidate));
        for (varied, value) in values {
            let text = study.schema.attributes[varied.attribute].write(value);
            // What varies was checked: no value is refused.
            let _ = scenario.set(study, varied.product, varied.attribute, &text);
        }
        scenario
    }
}
