//! "Change in share": the change of every product's share from the baseline.

use conjoint::analysis::interval::Intervals;
use yew::prelude::*;

use super::{MarketFigureProps, analysis_graphic, percent_interval};
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, segment_colour};
use crate::components::{Figure, placeholder, use_last_graphic};
use crate::compute::SimulatedMarket;
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

const TITLE: &str = "Change in share";

/// The changes, with the intervals of the paired differences.
#[component]
pub(super) fn ShareChangesFigure(props: &MarketFigureProps) -> Html {
    let inputs = (props.live.clone(), props.analyses.intervals.clone());
    let graphic = use_memo(inputs, |(live, intervals)| {
        analysis_graphic(live, intervals.as_ref(), draw)
    });
    let Some((graphic, class)) = use_last_graphic((*graphic).clone()) else {
        return placeholder(TITLE, "");
    };
    html! {
        <Figure
            title={TITLE}
            class={classes!(class)}
            {graphic}
            reading={how_to_read::SHARE_CHANGES}
            lead="Share now minus share at the baseline, in percentage points of all respondents, \
                  with its 90 % interval."
            model_line={model_line(&props.live, FigureBasis::Rule)}
        />
    }
}

fn draw(market: &SimulatedMarket, intervals: &Intervals) -> Graphic {
    let study = &market.study;
    let offers = market.scenario.offers();
    let baseline = &market.results.baseline_shares;
    let live = &market.results.shares;
    // Added offers are left out: they have no baseline.
    let products = || study.offers().indices();
    let changes = products().map(|product| {
        let (live, baseline) = (live.get(product)?, baseline.get(product)?);
        Some((live.share - baseline.share) * 100.0)
    });
    let interval = |product| percent_interval(intervals.products.get(product)?.difference);
    let names = products().filter_map(|product| Some(study.name_of(offers.get(product)?)));
    Bars {
        category: "product".to_owned(),
        measure: "Change in share".to_owned(),
        unit: "points".to_owned(),
        categories: names.collect(),
        series: vec![BarSeries {
            name: "change".to_owned(),
            values: changes.collect(),
            fill: Fill::Colour(segment_colour(0).to_owned()),
            intervals: products().map(interval).collect(),
        }],
        grouping: Grouping::Overlaid,
    }
    .graphic_of_changes()
}
