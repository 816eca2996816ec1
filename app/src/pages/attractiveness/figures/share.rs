//! Predicted market share by product: live bars, baseline outlines.

use std::rc::Rc;

use conjoint::indexed::ProductIndex;
use conjoint::simulation::Simulation;
use yew::prelude::*;

use super::{UNBRANDED, ViewProps, later};
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, Theme};
use crate::components::Figure;
use crate::hooks::{Results, use_theme};
use crate::words::reading;

/// How many respondents choose each product.
#[component]
pub(super) fn ShareFigure(props: &ViewProps) -> Html {
    let theme = use_theme();
    let graphic = use_memo((props.live.clone(), theme), |(live, theme)| {
        let (shares, theme) = (Rc::clone(&live.results), *theme);
        later(live, move |simulation| draw(simulation, &shares, theme))
    });
    html! {
        <Figure
            title="Predicted market share by product"
            class="wide"
            graphic={(*graphic).clone()}
            reading={reading::SHARE}
            lead="Respondents whose first choice each product is, as edited and at the baseline."
        />
    }
}

fn draw(simulation: &Simulation, results: &Results, theme: Theme) -> Graphic {
    let study = simulation.study();
    let offers = simulation.scenario().offers();
    let colour = |offer| match study.schema().brand_of(offer) {
        Some(brand) => theme.mark(&study.brands()[brand].colour),
        None => UNBRANDED.to_owned(),
    };
    let baseline = simulation.baseline_shares();
    // An added offer has no baseline.
    let own = |product: ProductIndex| {
        let share = baseline.get(product)?;
        Some(f64::from(share.respondents))
    };
    let shares = results.shares.iter();
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
}
