//! Change in share: live less baseline, with the interval of the paired difference.

use conjoint::simulation::Simulation;
use yew::prelude::*;

use super::share::percent;
use super::{MarketProps, planned, use_last, waiting};
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, segment_colour};
use crate::components::Figure;
use crate::compute::analyses::{Analysis, shares};
use crate::text::how_to_read;
use crate::text::model::FigureBasis;

const TITLE: &str = "Change in share";

/// How far each product's share moved, and whether that is more than chance.
#[component]
pub(super) fn ChangesFigure(props: &MarketProps) -> Html {
    let wanted = (props.live.clone(), props.market.clone());
    let plan = use_memo(wanted, |(live, market)| {
        planned(live, market, Analysis::Shares, draw)
    });
    let Some((graphic, class)) = use_last((*plan).clone()) else {
        return waiting(TITLE, "");
    };
    html! {
        <Figure
            title={TITLE}
            class={classes!(class)}
            {graphic}
            reading={how_to_read::SHARE_CHANGES}
            lead="Share as edited less share at the baseline, in percentage points of all \
                  respondents, with its 90 % interval."
            by={props.live.by(FigureBasis::Rule)}
        />
    }
}

fn draw(simulation: &Simulation, numbers: &[f64]) -> Graphic {
    let study = simulation.selected();
    let offers = simulation.scenario().offers();
    let baseline = simulation.baseline_shares();
    let live = simulation.shares();
    // An added offer has no baseline to differ from.
    let own = || study.offers().indices();
    let moved = own().map(|product| {
        let (live, baseline) = (live.get(product)?, baseline.get(product)?);
        Some((live.share - baseline.share) * 100.0)
    });
    let found = shares::read(numbers).map(|intervals| {
        let interval = |product| percent(intervals.products.get(product)?.difference);
        own().map(interval).collect()
    });
    let names = own().filter_map(|product| Some(study.name_of(offers.get(product)?)));
    Bars {
        category: "product".to_owned(),
        measure: "Change in share".to_owned(),
        unit: "points".to_owned(),
        categories: names.collect(),
        series: vec![BarSeries {
            name: "change".to_owned(),
            values: moved.collect(),
            fill: Fill::Colour(segment_colour(0).to_owned()),
            intervals: found.unwrap_or_default(),
        }],
        grouping: Grouping::Overlaid,
    }
    .graphic_of_changes()
}
