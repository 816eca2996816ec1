//! A measure at all pairs of values of two costs.

use conjoint::market::Measure;
use conjoint::sweep::{ChangeUnit, Cost, GridResult, RangeEdge};
use yew::prelude::*;

use super::SweepResult;
use crate::charts::{Dimension, FirstRow, Graphic, Heatmap, Label, Mark, MarkKind, Scale};
use crate::components::{Figure, LazyGraphic};
use crate::format::{amount, cost_unit, percent_change, price_text, short_measure_change};
use crate::text::how_to_read;
use crate::text::measures::{measure_name, measure_title, measure_unit};
use crate::text::model::FigureBasis;
use crate::text::terms::short_column_label;

/// Properties of [`GridFigure`].
#[derive(Properties, PartialEq)]
pub(super) struct GridFigureProps {
    /// The measure.
    pub(super) measure: Measure,
    /// The computed grid.
    pub(super) result: SweepResult<GridResult>,
    /// Whether changes are amounts or percentages.
    pub(super) unit: ChangeUnit,
}

/// The change of a measure at every pair of points, with a sentence on the best pair.
#[component]
pub(super) fn GridFigure(props: &GridFigureProps) -> Html {
    let GridFigureProps {
        measure,
        result,
        unit,
    } = props;
    let content = use_memo(
        (*measure, result.clone(), *unit),
        |(measure, result, unit)| {
            let (measure, unit) = (*measure, *unit);
            let lead = describe_best_pair(result, measure, unit).map(AttrValue::from);
            let result = result.clone();
            let graphic = LazyGraphic::new(move || draw(&result, measure, unit));
            (lead, graphic)
        },
    );
    let (lead, graphic) = (*content).clone();
    let focal = &result.study.brands()[result.numbers.focal].name;
    html! {
        <Figure
            title={measure_title(*measure, result.settings())}
            {graphic}
            {lead}
            empty="The baseline is 0, so changes have no percentage"
            reading={how_to_read::ATTRIBUTE_GRID}
            model_line={result.model_line(FigureBasis::Rule)}
            note={format!("{focal}: change from the baseline pair.")}
        />
    }
}

fn draw(result: &SweepResult<GridResult>, measure: Measure, unit: ChangeUnit) -> Graphic {
    let grid = &result.numbers;
    let dimension = |cost: Cost, values: &[Vec<f64>]| {
        let first = grid.products.first();
        let labels = values.first().into_iter().flatten();
        Dimension {
            name: first.map_or(String::new(), |product| result.cost_name(cost, *product)),
            unit: cost_unit(cost, result.settings()),
            labels: labels.map(|value| Label::from(value.to_string())).collect(),
        }
    };
    let mark = |kind, (column, row)| Mark { row, column, kind };
    let best = grid.best(measure).map(|pair| mark(MarkKind::Best, pair));
    let baseline = mark(MarkKind::Baseline, grid.baseline);
    let mut values = grid.changes(measure, unit);
    if values.iter().flatten().all(Option::is_none) {
        // Without rows, the figure shows why it is empty.
        values.clear();
    }
    let mut rows = dimension(grid.x_cost.other(), &grid.y);
    rows.labels.truncate(values.len());
    Heatmap {
        rows,
        columns: dimension(grid.x_cost, &grid.x),
        unit: match unit {
            ChangeUnit::Nominal => measure_unit(measure, result.settings()),
            ChangeUnit::Percentage => "%".to_owned(),
        },
        values,
        intervals: Vec::new(),
        scale: Scale::Diverging,
        first_row: FirstRow::Bottom,
        marks: std::iter::once(baseline).chain(best).collect(),
    }
    .graphic()
}

/// The pair with the highest measure: "EBIT is highest at $165 a month and $4,540 upfront: +$1.2 K a
/// month".
fn describe_best_pair(
    result: &SweepResult<GridResult>,
    measure: Measure,
    unit: ChangeUnit,
) -> Option<String> {
    let (grid, settings) = (&result.numbers, result.settings());
    let best = grid.best(measure)?;
    let pair = describe_pair(result, best)?;
    if best == grid.baseline {
        let more = match measure {
            Measure::Customers => "more",
            Measure::Revenue | Measure::Arpu | Measure::Ebit => "a higher",
        };
        let name = measure_name(measure, settings);
        return Some(format!(
            "No pair has {more} {name} than the baseline, {pair}"
        ));
    }
    let change = grid
        .change_at(best, measure, unit)
        .map(|difference| match unit {
            ChangeUnit::Nominal => {
                let unit = match measure {
                    Measure::Customers => settings.words.get("customers").to_owned(),
                    _ => format!("a {}", settings.words.get("month")),
                };
                let change = short_measure_change(measure, difference, &settings.currency);
                format!("{change} {unit}")
            }
            ChangeUnit::Percentage => percent_change(difference),
        });
    let change = change.map_or(String::new(), |change| format!(": {change}"));
    let title = measure_title(measure, settings);
    let verb = match measure {
        Measure::Customers => "are",
        Measure::Revenue | Measure::Arpu | Measure::Ebit => "is",
    };
    let edge = match touches_edge(grid, best) {
        true => "; at the edge of the grid, so that a better pair may be beyond",
        false => "",
    };
    Some(format!("{title} {verb} highest at {pair}{change}{edge}"))
}

/// Whether a pair is at the lowest or highest cost of the grid.
fn touches_edge(grid: &GridResult, (x, y): (usize, usize)) -> bool {
    let is_edge = |values: &[Vec<f64>], place| {
        let edge = values
            .first()
            .and_then(|values| RangeEdge::find(values, place));
        edge.is_some()
    };
    is_edge(&grid.x, x) || is_edge(&grid.y, y)
}

/// The costs of the first product at a pair of points: "$165 a month and $4,540 upfront".
fn describe_pair(result: &SweepResult<GridResult>, (x, y): (usize, usize)) -> Option<String> {
    let (grid, settings) = (&result.numbers, result.settings());
    let value = |values: &[Vec<f64>], point: usize| values.first()?.get(point).copied();
    let (across, upwards) = (value(&grid.x, x)?, value(&grid.y, y)?);
    let (monthly, upfront) = match grid.x_cost {
        Cost::Monthly => (across, upwards),
        Cost::Upfront => (upwards, across),
    };
    let monthly_attribute = result.study.schema().monthly()?;
    Some(format!(
        "{} and {} {}",
        price_text(monthly, monthly_attribute, &result.study),
        amount(upfront, &settings.currency),
        short_column_label(Cost::Upfront.name(&result.study)),
    ))
}
