//! "Share by segment": every product's share in each segment.

use std::rc::Rc;

use conjoint::index_vec::{Position, SegmentIndex};
use yew::prelude::*;

use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, segment_color};
use crate::components::{AnalysisFigureProps, Figure, LazyGraphic};
use crate::compute::SimulatedMarket;
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

/// The shares, with the segments side by side.
#[component]
pub fn SegmentSharesFigure(props: &AnalysisFigureProps) -> Html {
    let graphic = use_memo(props.live.clone(), |live| {
        let market = Rc::clone(&live.market);
        LazyGraphic::new(move || draw(&market))
    });
    html! {
        <Figure
            title="Share by segment"
            graphic={(*graphic).clone()}
            reading={how_to_read::SEGMENT_SHARES}
            lead="Share of a segment's respondents who choose each product now."
            model_line={model_line(&props.live, FigureBasis::Rule)}
        />
    }
}

fn draw(market: &SimulatedMarket) -> Graphic {
    let study = &market.study;
    let offers = market.scenario.offers().iter();
    let series = study.segments().enumerate();
    let series = series.filter_map(|(segment, name): (SegmentIndex, &String)| {
        let shares = market.results.segment_shares.get(segment)?.as_ref()?;
        Some(BarSeries {
            name: name.clone(),
            values: shares.iter().map(|share| Some(share * 100.0)).collect(),
            fill: Fill::Color(segment_color(segment.index()).to_owned()),
            intervals: Vec::new(),
        })
    });
    Bars {
        category: "product".to_owned(),
        measure: "Share of the segment".to_owned(),
        unit: "%".to_owned(),
        categories: offers.map(|offer| study.name_of(offer)).collect(),
        series: series.collect(),
        grouping: Grouping::SideBySide,
    }
    .graphic()
}
