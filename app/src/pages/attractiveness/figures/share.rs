//! Predicted market share by product: live bars, baseline outlines.

use conjoint::indexed::ProductIndex;
use yew::prelude::*;

use super::super::PageProps;
use super::UNBRANDED;
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping};
use crate::components::Figure;
use crate::hooks::Live;

/// How many respondents choose each product.
#[component]
pub(super) fn ShareFigure(props: &PageProps) -> Html {
    let graphic = use_memo(props.live.clone(), draw);
    html! {
        <Figure
            title="Predicted market share by product"
            class="wide"
            graphic={Some((*graphic).clone())}
        />
    }
}

fn draw(live: &Live) -> Graphic {
    live.ask(|simulation| {
        let study = simulation.study();
        let offers = simulation.scenario().offers();
        let colour = |offer| match study.schema().brand_of(offer) {
            Some(brand) => study.brands()[brand].colour.clone(),
            None => UNBRANDED.to_owned(),
        };
        let baseline = simulation.baseline_shares();
        // An added offer has no baseline.
        let own = |product: ProductIndex| {
            let share = baseline.get(product)?;
            Some(f64::from(share.respondents))
        };
        let shares = live.results.shares.iter();
        Bars {
            category: "product".to_owned(),
            measure: "First choices".to_owned(),
            unit: "respondents".to_owned(),
            categories: offers.iter().map(|offer| study.name_of(offer)).collect(),
            series: vec![
                BarSeries {
                    name: "live".to_owned(),
                    values: shares
                        .map(|share| Some(f64::from(share.respondents)))
                        .collect(),
                    fill: Fill::Each(offers.iter().map(colour).collect()),
                },
                BarSeries {
                    name: "baseline".to_owned(),
                    values: offers.indices().map(own).collect(),
                    fill: Fill::Outline,
                },
            ],
            grouping: Grouping::Over,
        }
        .graphic()
    })
}
