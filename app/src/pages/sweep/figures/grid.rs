//! A measure over the pairs of two costs.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::finance::Measure;
use conjoint::study::Study;
use conjoint::sweep::{Cost, GridResult, Relative};
use yew::prelude::*;

use super::{cost_of, cost_unit, title, unit};
use crate::charts::{Dimension, FirstRow, Graphic, Heatmap, Label, Mark, MarkKind, Scale};
use crate::components::Figure;
use crate::format::{amount, change, percentage};
use crate::hooks::Swept;
use crate::sweep::Outcome;

/// Properties of [`GridFigure`].
#[derive(Properties)]
pub struct GridFigureProps {
    /// Which of the four.
    pub measure: Measure,
    /// What was computed.
    pub swept: Rc<Swept>,
    /// The study.
    pub study: Arc<Study>,
    /// How changes are told.
    pub relative: Relative,
}

impl PartialEq for GridFigureProps {
    fn eq(&self, other: &Self) -> bool {
        self.measure == other.measure
            && self.swept == other.swept
            && Arc::ptr_eq(&self.study, &other.study)
            && self.relative == other.relative
    }
}

/// The change of a measure at every pair of points, the best one in words.
#[component]
pub fn GridFigure(props: &GridFigureProps) -> Html {
    let GridFigureProps {
        measure,
        swept,
        study,
        relative,
    } = props;
    let drawn = {
        let study = Arc::clone(study);
        use_memo(
            (*measure, Rc::clone(swept), *relative),
            move |(measure, swept, relative)| {
                let Outcome::Grid(result) = &swept.outcome else {
                    return None;
                };
                let changes = result.changes(*measure, *relative);
                let told = best_in_words(&study, result, *measure, *relative, &changes);
                Some((
                    draw(&study, swept, result, *measure, *relative, changes),
                    told,
                ))
            },
        )
    };
    let focal = match &swept.outcome {
        Outcome::Grid(result) => study.brands()[result.focal].name.as_str(),
        Outcome::Lockstep(_) => "",
    };
    let (graphic, told) = (*drawn).clone().unzip();
    html! {
        <Figure
            title={title(*measure)}
            {graphic}
            lead={told.flatten()}
            note={format!("{focal}: change against the baseline pair.")}
        />
    }
}

fn draw(
    study: &Study,
    swept: &Swept,
    result: &GridResult,
    measure: Measure,
    relative: Relative,
    values: Vec<Vec<Option<f64>>>,
) -> Graphic {
    let currency = &study.settings().currency;
    let first = result.products.first();
    let dimension = |cost: Cost, values: &[Vec<f64>]| {
        let name = first.map_or(String::new(), |product| {
            cost_of(study, swept, cost, *product)
        });
        let labels = values.first().into_iter().flatten();
        Dimension {
            name,
            unit: cost_unit(cost, currency),
            labels: labels.map(|value| Label::from(value.to_string())).collect(),
        }
    };
    let mark = |kind, (column, row)| Mark { row, column, kind };
    let best = result.best(measure).map(|pair| mark(MarkKind::Best, pair));
    Heatmap {
        rows: dimension(result.across.other(), &result.y),
        columns: dimension(result.across, &result.x),
        unit: match relative {
            Relative::Nominal => unit(measure, currency),
            Relative::Percentage => "%".to_owned(),
        },
        values,
        scale: Scale::Diverging,
        first_row: FirstRow::Bottom,
        marks: std::iter::once(mark(MarkKind::Baseline, result.baseline))
            .chain(best)
            .collect(),
    }
    .graphic()
}

/// Where the measure is highest: "EBIT is highest at $165 a month and $4,540 upfront: +$1.2 K a
/// month".
fn best_in_words(
    study: &Study,
    result: &GridResult,
    measure: Measure,
    relative: Relative,
    changes: &[Vec<Option<f64>>],
) -> Option<AttrValue> {
    let (x, y) = result.best(measure)?;
    let currency = &study.settings().currency;
    let value = |values: &[Vec<f64>], point: usize| values.first()?.get(point).copied();
    let (x_value, y_value) = (value(&result.x, x)?, value(&result.y, y)?);
    let (monthly, upfront) = match result.across {
        Cost::Monthly => (x_value, y_value),
        Cost::Upfront => (y_value, x_value),
    };
    let what = match measure {
        Measure::Customers => "Customers are most",
        Measure::Revenue => "Revenue is highest",
        Measure::Arpu => "ARPU is highest",
        Measure::Ebit => "EBIT is highest",
    };
    let pair = format!(
        "{} a month and {} upfront",
        amount(monthly, currency),
        amount(upfront, currency)
    );
    if (x, y) == result.baseline {
        return Some(format!("{what} at the baseline, {pair}").into());
    }
    let told = changes
        .get(y)?
        .get(x)
        .copied()?
        .map(|difference| match relative {
            Relative::Nominal => change(measure, difference, currency),
            Relative::Percentage => percentage(difference),
        });
    let told = told.map_or(String::new(), |told| format!(": {told}"));
    Some(format!("{what} at {pair}{told}").into())
}
