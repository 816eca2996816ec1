//! The numbers of distributions: points of the curves, then respondents.

use std::collections::BTreeMap;

use conjoint::report::{Cell, Table};
use conjoint::stats::kde::POINTS;

use super::{DENSITY_UNIT, Sample, marks};
use crate::charts::build_table;

/// For each name two columns: the density, which only curves have, and the probability.
pub(super) fn table(samples: &[Sample<'_>]) -> Table {
    let has_curves = samples.iter().any(|sample| sample.density.is_some());
    let points = if has_curves { 0..POINTS } else { 0..0 };
    let point = |point: usize| {
        let cells = |sample: &Sample<'_>| match sample.density {
            Some(density) => [
                Cell::optional(density.curve.get(point).copied(), Cell::number),
                Cell::number(density.at(point)),
            ],
            None => [Cell::Empty, Cell::Empty],
        };
        (point.to_string(), samples.iter().flat_map(cells).collect())
    };
    let series = samples
        .iter()
        .flat_map(|sample| [sample.name.to_owned(), format!("{} at", sample.name)]);
    let unit = format!("probability 0–1, density {DENSITY_UNIT}");
    let rows = points.map(point).chain(respondents(samples));
    build_table("point", series, &unit, rows)
}

/// One row per respondent, who may be in several samples, in the order of first appearance.
fn respondents(samples: &[Sample<'_>]) -> Vec<(String, Vec<Cell>)> {
    let mut rows: Vec<(String, Vec<Cell>)> = Vec::new();
    let mut places = BTreeMap::new();
    for (sample_place, sample) in samples.iter().enumerate() {
        for (respondent, value) in marks(sample) {
            let row = *places.entry(respondent).or_insert_with(|| {
                let cells = vec![Cell::Empty; 2 * samples.len()];
                rows.push((respondent.to_owned(), cells));
                rows.len() - 1
            });
            let column = 2 * sample_place + 1;
            if let Some(cell) = rows
                .get_mut(row)
                .and_then(|(_, cells)| cells.get_mut(column))
            {
                *cell = Cell::number(value);
            }
        }
    }
    rows
}
