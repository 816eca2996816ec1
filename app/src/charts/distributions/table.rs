//! The numbers of distributions: points of the curves, then respondents.

use std::collections::BTreeMap;

use conjoint::stats::kde::POINTS;

use super::{DENSITY_UNIT, Sample, marks};
use crate::charts::{Cell, DataTable, Row};

/// For each name two columns: the density, which only curves have, and the probability.
pub(super) fn table(samples: &[Sample<'_>]) -> DataTable {
    let has_curves = samples.iter().any(|sample| sample.density.is_some());
    let points = if has_curves { 0..POINTS } else { 0..0 };
    let point = |point: usize| {
        let cells = |sample: &Sample<'_>| match sample.density {
            Some(density) => [
                density.curve.get(point).copied().into(),
                Cell::number(density.at(point)),
            ],
            None => [Cell::Empty, Cell::Empty],
        };
        Row {
            category: point.to_string(),
            cells: samples.iter().flat_map(cells).collect(),
        }
    };
    DataTable {
        category: "point".to_owned(),
        series: samples
            .iter()
            .flat_map(|sample| [sample.name.to_owned(), format!("{} at", sample.name)])
            .collect(),
        unit: format!("probability 0–1, density {DENSITY_UNIT}"),
        rows: points.map(point).chain(respondents(samples)).collect(),
    }
}

/// One row per respondent, who may be in several samples, in the order of first appearance.
fn respondents(samples: &[Sample<'_>]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut places = BTreeMap::new();
    for (sample_place, sample) in samples.iter().enumerate() {
        for (respondent, value) in marks(sample) {
            let row = *places.entry(respondent).or_insert_with(|| {
                rows.push(Row {
                    category: respondent.to_owned(),
                    cells: vec![Cell::Empty; 2 * samples.len()],
                });
                rows.len() - 1
            });
            let column = 2 * sample_place + 1;
            if let Some(cell) = rows.get_mut(row).and_then(|row| row.cells.get_mut(column)) {
                *cell = Cell::number(value);
            }
        }
    }
    rows
}
