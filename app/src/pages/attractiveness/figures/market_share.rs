//! "Predicted market share by product": current bars over baseline outlines.

use conjoint::simulation::ProductShare;
use yew::prelude::*;

use super::{FigureProps, lazy};
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, Theme, UNBRANDED};
use crate::components::Figure;
use crate::components::hooks::use_theme;
use crate::compute::SimulatedMarket;
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

/// The number of respondents who choose each product, or the share that the choice rule gives it.
#[component]
pub(super) fn MarketShareFigure(props: &FigureProps) -> Html {
    let theme = use_theme();
    let graphic = use_memo((props.live.clone(), theme), |(live, theme)| {
        let theme = *theme;
        lazy(live, move |market| draw(market, theme))
    });
    let (reading, lead) = match shows_counts(&props.live.market) {
        true => (
            how_to_read::MARKET_SHARE,
            "Number of respondents whose first choice is the product, now and at the baseline.",
        ),
        false => (
            how_to_read::MARKET_SHARE_BY_RULE,
            "Share of all respondents who choose the product, now and at the baseline.",
        ),
    };
    html! {
        <Figure
            title="Predicted market share by product"
            class="wide"
            graphic={(*graphic).clone()}
            {reading}
            {lead}
            model_line={model_line(&props.live, FigureBasis::Rule)}
        />
    }
}

/// Whether shares can be shown as counts of respondents.
fn shows_counts(market: &SimulatedMarket) -> bool {
    market.model.rule.is_deterministic() && !market.results.is_weighted
}

fn draw(market: &SimulatedMarket, theme: Theme) -> Graphic {
    let (study, results) = (&market.study, &market.results);
    let offers = market.scenario.offers();
    let colour = |offer| match study.schema().brand_of(offer) {
        Some(brand) => theme.mark(&study.brands()[brand].colour),
        None => UNBRANDED.to_owned(),
    };
    let shows_counts = shows_counts(market);
    let value = |share: &ProductShare| match shows_counts {
        true => f64::from(share.respondents),
        false => share.share * 100.0,
    };
    let baseline = &results.baseline_shares;
    let (measure, unit) = match shows_counts {
        true => ("First choices", "respondents"),
        false => ("Share", "%"),
    };
    Bars {
        category: "product".to_owned(),
        measure: measure.to_owned(),
        unit: unit.to_owned(),
        categories: offers.iter().map(|offer| study.name_of(offer)).collect(),
        series: vec![
            BarSeries {
                name: "live".to_owned(),
                values: results.shares.iter().map(|it| Some(value(it))).collect(),
                fill: Fill::Each(offers.iter().map(colour).collect()),
                intervals: Vec::new(),
            },
            BarSeries {
                name: "baseline".to_owned(),
                // An added offer has no baseline.
                values: offers
                    .indices()
                    .map(|it| baseline.get(it).map(value))
                    .collect(),
                fill: Fill::Outline,
                intervals: Vec::new(),
            },
        ],
        grouping: Grouping::Overlaid,
    }
    .graphic()
}
