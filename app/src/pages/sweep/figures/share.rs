//! "Share": every product's share over the points of a lockstep.

use conjoint::index_vec::ProductIndex;
use conjoint::sweep::LockstepResult;
use yew::prelude::*;

use super::SweepResult;
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, Theme, UNBRANDED};
use crate::components::hooks::use_theme;
use crate::components::{Figure, LazyGraphic};
use crate::text::how_to_read;
use crate::text::model::FigureBasis;

/// Properties of [`ShareFigure`].
#[derive(Properties, PartialEq)]
pub(super) struct ShareFigureProps {
    /// The computed lockstep.
    pub(super) result: SweepResult<LockstepResult>,
}

/// The shares, in the colors of the brands.
#[component]
pub(super) fn ShareFigure(props: &ShareFigureProps) -> Html {
    let theme = use_theme();
    let result = &props.result;
    let graphic = use_memo((result.clone(), theme), |(result, theme)| {
        let (result, theme) = (result.clone(), *theme);
        LazyGraphic::new(move || draw(&result, theme))
    });
    html! {
        <Figure
            title="Share"
            graphic={(*graphic).clone()}
            reading={how_to_read::SHARE}
            model_line={result.model_line(FigureBasis::Rule)}
            lead="Share of all respondents who choose each product."
        />
    }
}

fn draw(result: &SweepResult<LockstepResult>, theme: Theme) -> Graphic {
    let offers = result.start.scenario.offers();
    let series = offers.indices().map(|product: ProductIndex| {
        let brand = result.study.schema().brand_of(&offers[product]);
        let colour = brand.map_or(UNBRANDED.to_owned(), |brand| result.brand(brand, theme).1);
        let points = result.numbers.points.iter();
        let share = points.map(|point| point.shares.get(product).map(|share| share * 100.0));
        BarSeries {
            name: result.product_name(product),
            values: share.collect(),
            fill: Fill::Colour(colour),
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
