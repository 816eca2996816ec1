//! Change in share: live less baseline, with the interval of the paired difference.

use conjoint::analysis::interval::Intervals;
use conjoint::simulation::Simulation;
use yew::prelude::*;

use super::share::percent;
use super::{MarketProps, planned, use_last, waiting};
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, segment_colour};
use crate::components::Figure;
use crate::text::how_to_read;
use crate::text::model::FigureBasis;

const TITLE: &str = "Change in share";

/// How far each product's share moved, and whether that is more than chance.
#[component]
pub(super) fn ChangesFigure(props: &MarketProps) -> Html {
    let wanted = (props.live.clone(), props.analyses.intervals.clone());
    let plan = use_memo(wanted, |(live, intervals)| {
        planned(live, intervals.as_ref(), draw)
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

fn draw(simulation: &Simulation, intervals: &Intervals) -> Graphic {
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
    let interval = |product| percent(intervals.products.get(product)?.difference);
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
            intervals: own().map(interval).collect(),
        }],
        grouping: Grouping::Overlaid,
    }
    .graphic_of_changes()
}
