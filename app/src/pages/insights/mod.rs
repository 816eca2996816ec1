//! Insights: what respondents value, and how they react to prices and withdrawn products.

mod figures;

use yew::prelude::*;

use crate::components::{AnalysisFigureProps, PageProps, analysis_status, methods};
use crate::compute::use_analyses;
use figures::figures;

/// The page.
#[component]
pub fn Insights(props: &PageProps) -> Html {
    let PageProps {
        loaded,
        state,
        live,
        ..
    } = props;
    let analyses = use_analyses(loaded, live, state);
    let inputs = AnalysisFigureProps::new(props, &analyses);
    html! {
        <>
            { analysis_status(&analyses) }
            { figures(&inputs) }
            { methods(live, &analyses) }
        </>
    }
}
