//! "Price elasticity" and "Diversion": matrices of products by products.

use conjoint::stats::bootstrap::Estimate;
use worker::protocol::{Elasticities, Matrix};

use crate::charts::{Dimension, FirstRow, Graphic, Heatmap, Label, Scale};
use crate::compute::SimulatedMarket;
use crate::text::model::FigureBasis;

/// A kind of elasticity.
#[derive(Clone, Copy, PartialEq, Default)]
pub(super) enum ElasticityKind {
    #[default]
    Point,
    Arc,
    PointWithoutConstants,
}

impl ElasticityKind {
    /// The kinds that exist for a model with or without constants.
    pub(super) fn available(has_constants: bool) -> &'static [Self] {
        match has_constants {
            true => &[Self::Point, Self::Arc, Self::PointWithoutConstants],
            false => &[Self::Point, Self::Arc],
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Point => "Point",
            Self::Arc => "Arc",
            Self::PointWithoutConstants => "Point, without constants",
        }
    }

    pub(super) fn description(self) -> &'static str {
        match self {
            Self::Point => {
                "By how many percent the row's product changes its share of preference when the \
                 price of the column's product rises by 1 %."
            }
            Self::Arc => {
                "By how many percent the row's product changes its share for each percent by which \
                 the price of the column's product rises, from 5 % below to 5 % above."
            }
            Self::PointWithoutConstants => {
                "Point elasticities without any constants; the difference from Point is the effect \
                 of the constants."
            }
        }
    }

    /// The part of the choice model that the elasticities depend on.
    pub(super) fn basis(self) -> FigureBasis {
        match self {
            Self::Arc => FigureBasis::Rule,
            Self::Point | Self::PointWithoutConstants => FigureBasis::Preference,
        }
    }

    fn matrix(self, elasticities: &Elasticities) -> Option<&Matrix<Estimate>> {
        match self {
            Self::Point => Some(&elasticities.point),
            Self::Arc => Some(&elasticities.arc),
            Self::PointWithoutConstants => elasticities.point_without_constants.as_ref(),
        }
    }
}

/// A description of diversion.
pub(super) const DIVERSION: &str = "Where the buyers of the row's product go when it is withdrawn, \
    in percent of these buyers.";

/// Elasticities of one kind.
pub(super) fn draw_elasticity(
    market: &SimulatedMarket,
    result: Option<&Elasticities>,
    kind: ElasticityKind,
) -> Graphic {
    let labels = product_labels(market);
    let matrix = result.and_then(|result| kind.matrix(result));
    let rows = matrix.map_or(&[] as &[_], |matrix| &matrix.rows);
    Heatmap {
        rows: dimension("Share of", labels.clone()),
        columns: dimension("Price of", labels),
        unit: "% per %".to_owned(),
        values: map_rows(rows, |estimate| Some(estimate.mean)),
        intervals: map_rows(rows, |estimate| estimate.interval),
        scale: Scale::Diverging,
        first_row: FirstRow::Top,
        marks: Vec::new(),
    }
    .graphic()
}

/// Diversion ratios, with None as the last column.
pub(super) fn draw_diversion(market: &SimulatedMarket, result: &Matrix) -> Graphic {
    let labels = product_labels(market);
    let mut columns = labels.clone();
    columns.push("None".to_owned().into());
    Heatmap {
        rows: dimension("Withdrawn", labels),
        values: map_rows(&result.rows, |ratio| Some(ratio * 100.0)),
        intervals: Vec::new(),
        columns: dimension("Where buyers go", columns),
        unit: "%".to_owned(),
        scale: Scale::Sequential { highest: 100.0 },
        first_row: FirstRow::Top,
        marks: Vec::new(),
    }
    .graphic()
}

/// Every product, grouped by brand.
fn product_labels(market: &SimulatedMarket) -> Vec<Label> {
    let study = &market.study;
    let label = |offer| Label {
        name: study.name_of(offer),
        block: match study.schema().brand_of(offer) {
            Some(brand) => study.brands()[brand].name.clone(),
            None => String::new(),
        },
    };
    market.scenario.offers().iter().map(label).collect()
}

fn dimension(name: &str, labels: Vec<Label>) -> Dimension {
    Dimension {
        name: name.to_owned(),
        unit: String::new(),
        labels,
    }
}

/// A figure of every cell that exists.
fn map_rows<T: Copy, V>(
    rows: &[Vec<Option<T>>],
    figure: impl Fn(T) -> Option<V>,
) -> Vec<Vec<Option<V>>> {
    let rows = rows.iter().map(|row| row.iter());
    rows.map(|row| row.map(|cell| figure((*cell)?)).collect())
        .collect()
}
