//! Figures of an estimation: traces, diagnostics, respondents, levels.

use conjoint::report::{Cell, Table};
use worker::protocol::{LevelDistribution, ParameterProgress, RespondentFit};
use yew::prelude::*;

use super::words;
use crate::charts::{
    BarSeries, EvenLine, Fill, Graphic, Lines, RowBars, build_table, height_in_rows,
};
use crate::components::{Figure, LazyGraphic};
use crate::format::plain_number;

/// The color of bars.
const BAR: &str = "#4477aa";

/// The trace of a parameter in each chain, of which every `step`th draw is there.
pub(super) fn trace_graphic<'t>(chains: impl Iterator<Item = &'t [f64]>, step: usize) -> Graphic {
    let lines = chains.enumerate().map(|(number, trace)| EvenLine {
        name: format!("chain {}", number + 1),
        start: 1.0,
        step: step as f64,
        values: trace.to_vec(),
    });
    let lines = Lines {
        along: "Draw after the burn-in".to_owned(),
        measure: "Population mean".to_owned(),
        lines: lines.collect(),
        rules: Vec::new(),
    };
    lines.graphic(lines.point_table())
}

/// A bar per parameter.
fn parameter_bars(
    measure: &str,
    parameters: &[(String, String)],
    values: Vec<Option<f64>>,
) -> RowBars {
    let ends = values.iter().map(|value| match value {
        Some(value) => plain_number((value * 1000.0).round() / 1000.0),
        None => "–".to_owned(),
    });
    RowBars {
        category: "parameter".to_owned(),
        measure: measure.to_owned(),
        unit: String::new(),
        categories: parameters
            .iter()
            .map(|(attribute, level)| words::parameter_name(attribute, level))
            .collect(),
        ends: ends.collect(),
        series: vec![BarSeries {
            name: measure.to_owned(),
            values,
            fill: Fill::Color(BAR.to_owned()),
            intervals: Vec::new(),
        }],
        columns: Vec::new(),
    }
}

fn bar_figure(title: &'static str, bars: RowBars, reading: &'static str) -> Html {
    let rows = height_in_rows(&bars.categories);
    let graphic = LazyGraphic::new(move || bars.graphic());
    html! { <Figure {title} {graphic} {reading} {rows} /> }
}

/// "R-hat".
pub(super) fn rhat_figure(parameters: &[(String, String)], progress: &[ParameterProgress]) -> Html {
    let values = progress.iter().map(|parameter| parameter.rhat).collect();
    let bars = parameter_bars("R-hat", parameters, values);
    bar_figure("R-hat", bars, words::RHAT)
}

/// "Effective draws".
pub(super) fn draws_figure(
    parameters: &[(String, String)],
    progress: &[ParameterProgress],
) -> Html {
    let values = progress.iter().map(|parameter| Some(parameter.ess.round()));
    let bars = parameter_bars("Effective draws", parameters, values.collect());
    bar_figure("Effective draws", bars, words::DRAWS)
}

/// The respondents' root likelihoods in ascending order.
pub(super) fn rlh_graphic(people: &[RespondentFit]) -> Graphic {
    let lines = Lines {
        along: "Respondents in order".to_owned(),
        measure: "Root likelihood".to_owned(),
        lines: vec![EvenLine {
            name: "root likelihood".to_owned(),
            start: 1.0,
            step: 1.0,
            values: people.iter().map(|person| person.rlh).collect(),
        }],
        rules: Vec::new(),
    };
    let rows = people.iter().map(|person| {
        let remark = match person.is_below_chance {
            true => Cell::text("below chance"),
            false => Cell::Empty,
        };
        (person.id.clone(), vec![Cell::number(person.rlh), remark])
    });
    let columns = ["root likelihood", "remark"].map(str::to_owned);
    lines.graphic(build_table("respondent", columns, "", rows))
}

/// The part-worths of an attribute's levels over respondents.
pub(super) fn level_graphic<'l>(
    levels: impl Iterator<Item = &'l LevelDistribution> + Clone,
) -> Graphic {
    let lines = levels.clone().filter_map(|level| {
        let density = level.density.as_ref()?;
        let steps = density.curve.len().saturating_sub(1).max(1) as f64;
        Some(EvenLine {
            name: match level.level.is_empty() {
                true => level.attribute.clone(),
                false => level.level.clone(),
            },
            start: density.min,
            step: (density.max - density.min) / steps,
            values: density.curve.clone(),
        })
    });
    let lines = Lines {
        along: "Part-worth, utility units".to_owned(),
        measure: "Density, per utility unit".to_owned(),
        lines: lines.collect(),
        rules: Vec::new(),
    };
    lines.graphic(level_table(levels))
}

fn level_table<'l>(levels: impl Iterator<Item = &'l LevelDistribution>) -> Table {
    let rows = levels.map(|level| {
        let cells = level.quantiles.map(Cell::number);
        (level.level.clone(), cells.to_vec())
    });
    let columns = ["5 %", "25 %", "median", "75 %", "95 %"].map(str::to_owned);
    build_table("level", columns, "", rows)
}
