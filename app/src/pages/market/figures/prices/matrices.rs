//! Price elasticity and Diversion: products by products.

use conjoint::simulation::Simulation;
use worker::protocol::{Elasticities, Matrix};

use crate::charts::{Dimension, FirstRow, Graphic, Heatmap, Label, Scale};

/// What point elasticities are.
pub(super) const POINT: &str = "By how many percent the share of preference of the product at the \
    side moves where the price of the product at the foot moves by 1 %.";

/// What arc elasticities are.
pub(super) const ARC: &str = "By how many percent the share of the product at the side moves for \
    each percent by which the price of the product at the foot moves, from 5 % below to 5 % above.";

/// What point elasticities without constants are.
pub(super) const WITHOUT: &str = "The same as Point where no product has a constant: what the \
    constants do to elasticities is the difference of the two.";

/// What diversion is.
pub(super) const DIVERSION: &str = "Where the buyers of the product at the side go when it is \
    withdrawn, in percent of them.";

/// One of the matrices: point, arc, and point without constants.
pub(super) fn elasticity(
    simulation: &Simulation,
    found: Option<&Elasticities>,
    which: usize,
) -> Graphic {
    let labels = labels(simulation);
    let matrix = found.and_then(|found| match which {
        0 => Some(&found.point),
        1 => Some(&found.arc),
        _ => found.point_without_constants.as_ref(),
    });
    Heatmap {
        rows: dimension("Share of", labels.clone()),
        columns: dimension("Price of", labels),
        unit: "% per %".to_owned(),
        values: matrix.map_or(Vec::new(), |matrix| scaled(matrix, 1.0)),
        scale: Scale::Diverging,
        first_row: FirstRow::Top,
        marks: Vec::new(),
    }
    .graphic()
}

/// Diversion ratios, None the last column.
pub(super) fn diversion(simulation: &Simulation, found: &Matrix) -> Graphic {
    let labels = labels(simulation);
    let mut columns = labels.clone();
    columns.push("None".to_owned().into());
    Heatmap {
        rows: dimension("Withdrawn", labels),
        values: scaled(found, 100.0),
        columns: dimension("Where buyers go", columns),
        unit: "%".to_owned(),
        scale: Scale::Sequential { highest: 100.0 },
        first_row: FirstRow::Top,
        marks: Vec::new(),
    }
    .graphic()
}

/// Every product, by brand.
fn labels(simulation: &Simulation) -> Vec<Label> {
    let study = simulation.selected();
    let label = |offer| Label {
        name: study.name_of(offer),
        block: match study.schema().brand_of(offer) {
            Some(brand) => study.brands()[brand].name.clone(),
            None => String::new(),
        },
    };
    simulation.scenario().offers().iter().map(label).collect()
}

fn dimension(name: &str, labels: Vec<Label>) -> Dimension {
    Dimension {
        name: name.to_owned(),
        unit: String::new(),
        labels,
    }
}

/// The rows of a matrix, times a factor.
fn scaled(matrix: &Matrix, factor: f64) -> Vec<Vec<Option<f64>>> {
    let row = |row: &Vec<Option<f64>>| {
        let cells = row.iter().map(|cell| cell.map(|value| value * factor));
        cells.collect()
    };
    matrix.rows.iter().map(row).collect()
}
