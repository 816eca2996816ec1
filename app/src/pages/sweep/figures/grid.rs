//! A measure over the pairs of two costs.

use conjoint::market::Measure;
use conjoint::sweep::{ChangeUnit, Cost, GridResult};
use yew::prelude::*;

use super::{Of, in_sentence, title, unit};
use crate::charts::{Dimension, FirstRow, Graphic, Heatmap, Label, Mark, MarkKind, Scale};
use crate::components::{Figure, Plan};
use crate::format::{amount, cost_unit, measure_change, percent_change};
use crate::text::how_to_read;
use crate::text::terms::short_column_label;

/// Properties of [`GridFigure`].
#[derive(Properties, PartialEq)]
pub(super) struct GridFigureProps {
    /// Which of the four.
    pub(super) measure: Measure,
    /// What was computed.
    pub(super) sweep: Of<GridResult>,
    /// How changes are told.
    pub(super) relative: ChangeUnit,
}

/// The change of a measure at every pair of points, the best one in words.
#[component]
pub(super) fn GridFigure(props: &GridFigureProps) -> Html {
    let GridFigureProps {
        measure,
        sweep,
        relative,
    } = props;
    let told = use_memo(
        (*measure, sweep.clone(), *relative),
        |(measure, sweep, relative)| {
            let (measure, relative) = (*measure, *relative);
            let lead = best_in_words(sweep, measure, relative).map(AttrValue::from);
            let sweep = sweep.clone();
            (lead, Plan::new(move || draw(&sweep, measure, relative)))
        },
    );
    let (lead, graphic) = (*told).clone();
    let focal = &sweep.study.brands()[sweep.result.focal].name;
    html! {
        <Figure
            title={title(*measure, sweep.settings())}
            {graphic}
            {lead}
            empty="The baseline is 0, so there is no percentage of it"
            reading={how_to_read::ATTRIBUTE_GRID}
            by={sweep.by_rule()}
            note={format!("{focal}: change against the baseline pair.")}
        />
    }
}

fn draw(sweep: &Of<GridResult>, measure: Measure, relative: ChangeUnit) -> Graphic {
    let result = &sweep.result;
    let dimension = |cost: Cost, values: &[Vec<f64>]| {
        let first = result.products.first();
        let labels = values.first().into_iter().flatten();
        Dimension {
            name: first.map_or(String::new(), |product| sweep.cost_of(cost, *product)),
            unit: cost_unit(cost, sweep.settings()),
            labels: labels.map(|value| Label::from(value.to_string())).collect(),
        }
    };
    let mark = |kind, (column, row)| Mark { row, column, kind };
    let best = result.best(measure);
    let best = best.map(|pair| mark(MarkKind::Best, pair));
    let baseline = mark(MarkKind::Baseline, result.baseline);
    let mut values = result.changes(measure, relative);
    if values.iter().flatten().all(Option::is_none) {
        // A figure without a row says why.
        values.clear();
    }
    let mut rows = dimension(result.x_cost.other(), &result.y);
    rows.labels.truncate(values.len());
    Heatmap {
        rows,
        columns: dimension(result.x_cost, &result.x),
        unit: match relative {
            ChangeUnit::Nominal => unit(measure, sweep.settings()),
            ChangeUnit::Percentage => "%".to_owned(),
        },
        values,
        scale: Scale::Diverging,
        first_row: FirstRow::Bottom,
        marks: std::iter::once(baseline).chain(best).collect(),
    }
    .graphic()
}

/// Where the measure is highest: "EBIT is highest at $165 a month and $4,540 upfront: +$1.2 K a
/// month".
fn best_in_words(sweep: &Of<GridResult>, measure: Measure, relative: ChangeUnit) -> Option<String> {
    let (result, settings) = (&sweep.result, sweep.settings());
    let currency = &settings.currency;
    let (x, y) = result.best(measure)?;
    let value = |values: &[Vec<f64>], point: usize| values.first()?.get(point).copied();
    let (across, upwards) = (value(&result.x, x)?, value(&result.y, y)?);
    let (monthly, upfront) = match result.x_cost {
        Cost::Monthly => (across, upwards),
        Cost::Upfront => (upwards, across),
    };
    let what = match measure {
        Measure::Customers => "are highest",
        Measure::Revenue | Measure::Arpu | Measure::Ebit => "is highest",
    };
    let pair = format!(
        "{} a {} and {} {}",
        amount(monthly, currency),
        settings.words.get("month"),
        amount(upfront, currency),
        short_column_label(Cost::Upfront.name(&sweep.study)),
    );
    if (x, y) == result.baseline {
        let more = match measure {
            Measure::Customers => "more",
            Measure::Revenue | Measure::Arpu | Measure::Ebit => "a higher",
        };
        let what = in_sentence(measure, settings);
        return Some(format!(
            "No pair has {more} {what} than the baseline, {pair}"
        ));
    }
    let difference = result.change_at((x, y), measure, relative);
    let told = difference.map(|difference| match relative {
        ChangeUnit::Nominal => measure_change(measure, difference, settings),
        ChangeUnit::Percentage => percent_change(difference),
    });
    let told = told.map_or(String::new(), |told| format!(": {told}"));
    let title = title(measure, settings);
    Some(format!("{title} {what} at {pair}{told}"))
}
