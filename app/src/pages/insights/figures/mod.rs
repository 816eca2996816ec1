//! The figures of the page, one file each.

mod attributes;
mod prices;

use yew::prelude::*;

use crate::components::AnalysisFigureProps;
use attributes::{AttributesFigure, Subject};
use prices::{PriceAnalysis, PricesFigure};

/// All figures of the page.
pub(super) fn figures(inputs: &AnalysisFigureProps) -> Html {
    let attributes = |subject| html! { <AttributesFigure {subject} inputs={inputs.clone()} /> };
    let prices = |analysis| html! { <PricesFigure {analysis} inputs={inputs.clone()} /> };
    html! {
        <div class="figures">
            { attributes(Subject::Importance) }
            { attributes(Subject::PartWorths) }
            { prices(PriceAnalysis::WillingnessToPay) }
            { prices(PriceAnalysis::Elasticity) }
            { prices(PriceAnalysis::Diversion) }
        </div>
    }
}
