//! The report of `conjoint estimate`.

use serde::Serialize;

use conjoint::estimation::EstimationReport;
use conjoint::report::{Cell, Column, Table};

use crate::output::Report;

/// The figures of an estimation.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct EstimateReport<'r>(pub(super) &'r EstimationReport);

impl Report for EstimateReport<'_> {
    fn text_tables(&self) -> Vec<Table> {
        let mut tables = vec![self.0.parameter_table(), self.0.summary_table()];
        let mut notes = Table::new("Notes", [Column::new("")]);
        for note in self.0.notes() {
            notes.push([Cell::text(note)]);
        }
        tables.extend((!notes.rows.is_empty()).then_some(notes));
        tables
    }

    fn csv_table(&self) -> Table {
        self.0.parameter_table()
    }
}
