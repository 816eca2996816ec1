//! The figures of the page: results to what the chart builders take.

use conjoint::indexed::{Position, ProductIndex};
use yew::prelude::*;

use super::PageProps;
use crate::charts::{BarSeries, Bars, Fill, Grouping};
use crate::components::Figure;

/// All figures of the page.
#[component]
pub fn Figures(props: &PageProps) -> Html {
    html! {
        <div class="figures">
            <ShareFigure
                state={props.state.clone()}
                dispatch={props.dispatch.clone()}
                live={props.live.clone()}
            />
        </div>
    }
}

/// Predicted market share by product: live bars, baseline outlines.
#[component]
fn ShareFigure(props: &PageProps) -> Html {
    let graphic = use_memo(props.live.clone(), |live| {
        live.ask(|simulation| {
            let study = simulation.study();
            let offers = simulation.scenario().offers();
            let colour = |offer| match study.schema().brand_of(offer) {
                Some(brand) => study.brands()[brand].colour.clone(),
                None => "#7b8495".to_owned(),
            };
            let baseline = simulation.baseline_shares();
            let own = |product: ProductIndex| {
                let share = baseline.get(product)?;
                (product.get() < study.offers().len()).then(|| f64::from(share.respondents))
            };
            let live = live.results.shares.iter();
            Bars {
                category: "product".to_owned(),
                measure: "First choices".to_owned(),
                unit: "respondents".to_owned(),
                categories: offers.iter().map(|offer| study.name_of(offer)).collect(),
                series: vec![
                    BarSeries {
                        name: "live".to_owned(),
                        values: live
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
    });
    html! {
        <Figure
            title="Predicted market share by product"
            class="wide"
            graphic={Some((*graphic).clone())}
        />
    }
}
