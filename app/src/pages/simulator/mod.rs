//! Simulator: the results of the brand in focus, of every brand and product, and the figures that
//! everybody needs.

mod figures;
mod focus;
mod money;
mod results;
mod results_data;
mod rows;

use yew::prelude::*;

use crate::components::{
    AnalysisFigureProps, MarketShareFigure, PageProps, analysis_status, methods,
};
use crate::compute::{use_analyses, use_compared};
use figures::{ChoosersFigure, DemandCurveFigure, MoneyFigure, SegmentSharesFigure};
use focus::focus_lines;
use results::ResultsTable;

/// The page.
#[component]
pub fn Simulator(props: &PageProps) -> Html {
    let PageProps {
        loaded,
        state,
        live,
        ..
    } = props;
    let analyses = use_analyses(loaded, live, state);
    let figure = AnalysisFigureProps {
        compared: use_compared(loaded, live, state),
        ..AnalysisFigureProps::new(props, &analyses)
    };
    let has_money = state.study().has_money();
    html! {
        <>
            { focus_lines(&figure) }
            { analysis_status(&analyses) }
            <MarketShareFigure ..figure.clone() />
            <ResultsTable ..figure.clone() />
            <div class="figures">
                if has_money {
                    <MoneyFigure ..figure.clone() />
                }
                <SegmentSharesFigure ..figure.clone() />
                <DemandCurveFigure ..figure.clone() />
                <ChoosersFigure ..figure />
            </div>
            { methods(live, &analyses) }
        </>
    }
}
