//! "Share with intervals": every product's share by the choice rule, and that of None.

use std::rc::Rc;

use conjoint::analysis::interval::Intervals;
use conjoint::stats::bootstrap::Level;
use worker::protocol::NoneShare;
use yew::prelude::*;

use super::{MarketFigureProps, percent_interval};
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, Theme, UNBRANDED};
use crate::components::hooks::use_theme;
use crate::components::{Figure, LazyGraphic};
use crate::compute::SimulatedMarket;
use crate::format::{count, fixed_decimals, plain_number};
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

/// The shares, and their intervals once these are computed.
#[component]
pub(super) fn ShareIntervalsFigure(props: &MarketFigureProps) -> Html {
    let theme = use_theme();
    let intervals = &props.analyses.intervals;
    let graphic = {
        let inputs = (props.live.clone(), intervals.clone(), theme);
        use_memo(inputs, |(live, intervals, theme)| {
            let (market, theme) = (Rc::clone(&live.market), *theme);
            let intervals = intervals.clone();
            LazyGraphic::new(move || draw(&market, intervals.as_deref(), theme))
        })
    };
    html! {
        <Figure
            title="Share with intervals"
            class="wide"
            graphic={(*graphic).clone()}
            reading={how_to_read::SHARE_INTERVALS}
            lead={lead(intervals.as_deref())}
            model_line={model_line(&props.live, FigureBasis::Rule)}
        />
    }
}

/// The level of the intervals, and the sample that they are based on.
fn lead(intervals: Option<&Intervals>) -> String {
    let Some(intervals) = intervals else {
        return "Share of all respondents who choose each product; its interval is being computed."
            .to_owned();
    };
    let Intervals {
        respondents,
        effective_respondents,
        ..
    } = intervals;
    let sample = count(*respondents);
    let level = plain_number(Level::default().percent());
    let weights = match effective_respondents.round() as usize {
        effective if effective == *respondents => String::new(),
        _ => format!(
            ", equivalent to {} with equal weights",
            fixed_decimals(*effective_respondents, 1)
        ),
    };
    format!(
        "Share of all respondents who choose each product, with its {level} % interval: {sample} \
         respondents{weights}."
    )
}

fn draw(market: &SimulatedMarket, intervals: Option<&Intervals>, theme: Theme) -> Graphic {
    let study = &market.study;
    let offers = market.scenario.offers();
    let none = market.results.none;
    let none_bar = |share: fn(NoneShare) -> f64| none.map(|none| Some(share(none) * 100.0));
    let names = offers.iter().map(|offer| study.name_of(offer));
    let colour = |offer| match study.schema().brand_of(offer) {
        Some(brand) => theme.mark(&study.brands()[brand].colour),
        None => UNBRANDED.to_owned(),
    };
    let live = &market.results.shares;
    let live = live.iter().map(|share| Some(share.share * 100.0));
    let baseline = &market.results.baseline_shares;
    let baseline = offers.indices().map(|product| {
        let share = baseline.get(product)?;
        Some(share.share * 100.0)
    });
    let intervals = intervals.map(|intervals| {
        let products = intervals.products.iter().map(|paired| paired.live);
        let none = none.map(|_| intervals.none.live);
        products.chain(none).map(percent_interval).collect()
    });
    Bars {
        category: "product".to_owned(),
        measure: "Share".to_owned(),
        unit: "%".to_owned(),
        categories: names.chain(none.map(|_| "None".to_owned())).collect(),
        series: vec![
            BarSeries {
                name: "live".to_owned(),
                values: live.chain(none_bar(|none| none.live)).collect(),
                fill: {
                    let none = none.map(|_| UNBRANDED.to_owned());
                    Fill::Each(offers.iter().map(colour).chain(none).collect())
                },
                intervals: intervals.unwrap_or_default(),
            },
            BarSeries {
                name: "baseline".to_owned(),
                values: baseline.chain(none_bar(|none| none.baseline)).collect(),
                fill: Fill::Outline,
                intervals: Vec::new(),
            },
        ],
        grouping: Grouping::Overlaid,
    }
    .graphic()
}
