//! The best product lines, and the best reach of each size.

use std::rc::Rc;

use conjoint::optimizer::ObjectiveMeasure;
use conjoint::optimizer::line::{LineMethod, LineObjective, ProductLine};
use yew::prelude::*;

use super::super::best::{best_row, best_table, result_view};
use super::super::price_finder::objective_text;
use super::LineOutcome;
use super::form::objective_label;
use crate::charts::{BarSeries, Bars, Categories, Fill, Grouping, segment_color};
use crate::components::{Dispatch, Figure, LazyGraphic};
use crate::compute::Live;
use crate::format::{count, percent};
use crate::state::State;
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, basis_line};

/// The lines and the curve; nothing before the first search.
#[hook]
pub(super) fn use_result(
    outcome: Option<&Rc<LineOutcome>>,
    state: &State,
    dispatch: &Dispatch,
    live: &Live,
) -> Html {
    let address = outcome.map(Rc::as_ptr);
    let graphic = {
        let outcome = outcome.map(Rc::clone);
        use_memo(address, move |_| {
            outcome.map(|outcome| LazyGraphic::new(move || draw(&outcome)))
        })
    };
    let (Some(outcome), Some(graphic)) = (outcome, &*graphic) else {
        return html! {};
    };
    let outdated = outcome.is_stale(state).then_some("search again.");
    let respondents = live.market.results.respondents;
    let model_line = basis_line(
        state.study(),
        &outcome.model,
        respondents,
        FigureBasis::Rule,
    );
    let content = html! {
        <>
            { line_table(outcome, state, dispatch) }
            <Figure
                title="Reach by line size"
                graphic={graphic.clone()}
                reading={how_to_read::REACH_BY_SIZE}
                lead="Share of the respondents who choose an offer of the best line of each size."
                {model_line}
            />
        </>
    };
    result_view(&describe_method(outcome), outdated, content)
}

/// How many lines were computed, and how.
fn describe_method(outcome: &LineOutcome) -> String {
    let lines = &outcome.found.lines;
    let evaluated = count(usize::try_from(lines.evaluated_count).unwrap_or(usize::MAX));
    match lines.method {
        LineMethod::Exhaustive => format!("All {evaluated} lines were computed."),
        LineMethod::Greedy => format!(
            "The search computed {evaluated} lines: greedy with exchange. It finds a good line, not \
             provably the best."
        ),
    }
}

/// One row per line, with a button that applies it.
fn line_table(outcome: &LineOutcome, state: &State, dispatch: &Dispatch) -> Html {
    let (study, scenario) = (state.study(), &outcome.scenario);
    let objective = outcome.request.objective;
    let has_objective = objective != LineObjective::Reach;
    let measure = match objective {
        LineObjective::Reach | LineObjective::Share => ObjectiveMeasure::Share,
        LineObjective::Revenue => ObjectiveMeasure::Revenue,
        LineObjective::Ebit => ObjectiveMeasure::Ebit,
    };
    let currency = &study.settings().currency;
    let row = |(rank, line): (usize, &ProductLine)| {
        let offers = line.products.iter();
        let names = offers.filter_map(|product| scenario.offers().get(*product));
        let names: Vec<String> = names.map(|offer| study.name_of(offer)).collect();
        let value = has_objective.then(|| objective_text(measure, line.objective_value, currency));
        let cells = [Some(names.join(", ")), value, Some(percent(line.reach))];
        let cells = cells.into_iter().flatten().map(|text| html! { text });
        let applied = outcome.found.apply(study, scenario, line);
        best_row(rank, cells.collect(), dispatch, ("Apply", "line", applied))
    };
    let value = has_objective.then(|| objective_label(objective));
    let columns = [Some("offers"), value, Some("reach")].into_iter().flatten();
    let columns = columns.map(str::to_owned).collect();
    let rows: Html = (1..).zip(&outcome.found.lines.best).map(row).collect();
    best_table("Best lines", columns, rows)
}

fn draw(outcome: &LineOutcome) -> crate::charts::Graphic {
    let reaches = &outcome.found.reach_by_size;
    let sizes = (0..reaches.len()).map(|size| size.to_string());
    Bars {
        category: "offers added".to_owned(),
        measure: "Reach".to_owned(),
        unit: "%".to_owned(),
        categories: Categories {
            names: sizes.collect(),
            title: Some("offers added".to_owned()),
            ..Categories::default()
        },
        series: vec![BarSeries {
            name: "best reach".to_owned(),
            values: reaches.iter().map(|reach| Some(reach * 100.0)).collect(),
            fill: Fill::Color(segment_color(0).to_owned()),
            intervals: Vec::new(),
        }],
        grouping: Grouping::AlongAxis,
    }
    .graphic()
}
