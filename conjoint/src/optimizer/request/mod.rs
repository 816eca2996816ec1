//! Optimizer requests as text: what the command line and the page's form collect.

mod suggest;

use std::fmt;

use crate::simulation::scenario::{Scenario, split_cell_edit};
use crate::study::{Attribute, Study};

use super::objective::ObjectiveMeasure;
pub use suggest::{list_surveyed_values, suggest_next_entry, suggest_request};

/// What to optimize, with names and values as the user wrote them; [`super::Plan::read`] checks it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OptimizerRequest {
    /// The measure to maximize.
    pub measure: ObjectiveMeasure,
    /// The name of the brand or parent company that is to gain.
    pub beneficiary: String,
    /// Whether that name is a parent company's.
    pub is_parent: bool,
    /// What varies: `ID.COLUMN=BEGIN:END:STEP`, or `ID.COLUMN=A,B,C` for an attribute whose levels
    /// are names.
    pub vary_entries: Vec<String>,
    /// What values cost: `COLUMN=VALUE:COST`, see [`super::Plan::read`].
    pub cost_entries: Vec<String>,
    /// Bounds of monthly costs in the competitors' responses: `ID=LOW:HIGH`. Other monthly costs have the
    /// bounds of [`super::default_price_bounds`].
    pub bound_entries: Vec<String>,
    /// Whether the competitors respond with their prices, see [`super::Plan::start_price_game`].
    pub includes_price_game: bool,
}

/// The parts of one entry of [`OptimizerRequest::vary_entries`]: `ID.COLUMN=VALUES`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VaryEntry {
    /// The offer's id.
    pub id: String,
    /// The attribute's name.
    pub column: String,
    /// `BEGIN:END:STEP`, or level names separated by commas.
    pub values: String,
}

impl fmt::Display for VaryEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}={}", self.id, self.column, self.values)
    }
}

impl VaryEntry {
    /// Splits an entry into its parts. Ids and names may contain the separators; if that makes the
    /// text ambiguous, the first reading whose offer and column exist is taken.
    pub fn read(study: &Study, scenario: &Scenario, text: &str) -> Self {
        let is_known = |(id, column, _): &(&str, &str, &str)| {
            scenario.find(id).is_some() && study.schema.find(column).is_some()
        };
        let known = split_cell_edit(text).find(is_known);
        let parts = known.or(split_cell_edit(text).next());
        let parts = parts.map(|(id, column, values)| Self {
            id: id.to_owned(),
            column: column.to_owned(),
            values: values.to_owned(),
        });
        parts.unwrap_or_default()
    }

    /// Varies an attribute of an offer over all surveyed values.
    fn with_surveyed_values(id: &str, attribute: &Attribute) -> Self {
        Self {
            id: id.to_owned(),
            column: attribute.name.clone(),
            values: list_surveyed_values(attribute),
        }
    }
}
