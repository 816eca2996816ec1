//! "Share": every product's share over the points of a lockstep, in the colors of the brands.

use conjoint::index_vec::ProductIndex;
use conjoint::sweep::LockstepResult;

use super::SweepResult;
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, Theme, UNBRANDED};

/// The lines, and their numbers.
pub(super) fn draw_shares(result: &SweepResult<LockstepResult>, theme: Theme) -> Graphic {
    let offers = result.start.scenario.offers();
    let series = offers.indices().map(|product: ProductIndex| {
        let brand = result.study.schema().brand_of(&offers[product]);
        let color = brand.map_or(UNBRANDED.to_owned(), |brand| result.brand(brand, theme).1);
        let points = result.numbers.points.iter();
        let share = points.map(|point| point.shares.get(product).map(|share| share * 100.0));
        BarSeries {
            name: result.product_name(product),
            values: share.collect(),
            fill: Fill::Color(color),
            intervals: Vec::new(),
        }
    });
    Bars {
        category: "point".to_owned(),
        measure: "Share".to_owned(),
        unit: "%".to_owned(),
        categories: result.point_categories(),
        series: series.collect(),
        grouping: Grouping::AlongAxis,
    }
    .graphic()
}
