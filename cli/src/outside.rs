//! What figures rest on besides the offers: ties of first choice, and values outside the surveyed range.
//! A note for people, and a key of the JSON.

use serde::Serialize;

use conjoint::choice::Rule;
use conjoint::report::Table;
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::OutsideValue;
use conjoint::study::ProductId;
use conjoint::sweep::ExtrapolatedRow;

use crate::error::{CliError, print_note};
use crate::output::{self, Format, Report};
use crate::tables::group_thousands;

/// A report with the ties and the values outside the surveyed range that its figures follow from.
#[derive(Serialize)]
pub(crate) struct FlaggedReport<R> {
    #[serde(flatten)]
    report: R,
    /// The number of included respondents.
    #[serde(skip)]
    respondents: usize,
    /// By first choice, the number of respondents with more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    ties: Option<usize>,
    outside_range: Vec<OutsideLine>,
}

/// A value outside the surveyed range.
#[derive(Serialize)]
struct OutsideLine {
    id: ProductId,
    column: String,
    value: f64,
    low: f64,
    high: f64,
}

impl<R: Report> Report for FlaggedReport<R> {
    fn text_tables(&self) -> Vec<Table> {
        let mut tables = self.report.text_tables();
        let ties = self.ties.filter(|ties| *ties > 0);
        if let (Some(ties), Some(table)) = (ties, tables.first_mut()) {
            let separator = if table.note.is_empty() { "" } else { "; " };
            table.note += &format!(
                "{separator}{ties} of {} respondents have more than one first choice; each counts for the \
                 first of these offers in the file",
                self.respondents
            );
        }
        tables
    }

    fn csv_table(&self) -> Table {
        self.report.csv_table()
    }
}

impl<R> FlaggedReport<R> {
    /// The same for figures that follow from no first choices, whatever the rule.
    pub(crate) fn without_ties(self) -> Self {
        Self { ties: None, ..self }
    }
}

/// The number of respondents with more than one first choice; `None` by another rule.
pub(crate) fn count_ties(simulation: &Simulation) -> Option<usize> {
    (simulation.model().rule == Rule::FirstChoice).then(|| simulation.count_ties())
}

/// A result that follows from the offers of a simulation, and from other values outside the surveyed
/// range that the request contains.
pub(crate) fn flag<R: Report>(
    simulation: &Simulation,
    requested: &[OutsideValue],
    report: R,
) -> FlaggedReport<R> {
    let offers = simulation.scenario().offers();
    let attributes = simulation.selected().schema().attributes();
    let mut values = simulation.outside_values();
    for value in requested {
        if !values.contains(value) {
            values.push(*value);
        }
    }
    let line = |outside: &OutsideValue| OutsideLine {
        id: offers[outside.product].id.clone(),
        column: attributes[outside.attribute].name.clone(),
        value: outside.value,
        low: outside.low,
        high: outside.high,
    };
    FlaggedReport {
        report,
        respondents: simulation.selection().respondents,
        ties: count_ties(simulation),
        outside_range: values.iter().map(line).collect(),
    }
}

/// Prints such a result.
pub(crate) fn print(
    simulation: &Simulation,
    requested: &[OutsideValue],
    report: impl Report,
    format: Format,
) -> Result<(), CliError> {
    output::print(&flag(simulation, requested, report), format)
}

/// The values of a sweep's rows that are outside the surveyed range; `ids` are the rows' offers.
pub(crate) fn list_row_values<'i>(
    simulation: &Simulation,
    ids: impl Iterator<Item = &'i str>,
    rows: &[ExtrapolatedRow],
) -> Vec<OutsideValue> {
    let ids: Vec<&str> = ids.collect();
    let schema = simulation.selected().schema();
    let value = |row: &ExtrapolatedRow| {
        let id = ids.get(row.row.checked_sub(1)?)?;
        Some(OutsideValue {
            product: simulation.scenario().find(id)?,
            attribute: row.cost.attribute(schema)?,
            value: row.value,
            low: row.range.0,
            high: row.range.1,
        })
    };
    rows.iter().filter_map(value).collect()
}

/// Prints a note about each value of the offers outside the surveyed range.
pub(crate) fn print_notes(simulation: &Simulation) {
    let study = simulation.selected();
    for outside in simulation.outside_values() {
        let offer = &simulation.scenario().offers()[outside.product];
        let attribute = &study.schema().attributes()[outside.attribute];
        let [value, low, high] = [outside.value, outside.low, outside.high].map(group_thousands);
        print_note(&format!(
            "{} of {} ({value}) is outside the surveyed range {low} to {high}; all shares and money \
             figures depend on an extrapolated utility",
            attribute.name.replace('_', " "),
            study.name_of(offer),
        ));
    }
}
