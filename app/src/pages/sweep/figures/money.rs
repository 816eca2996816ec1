//! Customers, revenue, ARPU and EBIT over the points of a lockstep.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::finance::{Figures, Measure};
use conjoint::indexed::{List, Position};
use conjoint::study::Study;
use conjoint::sweep::{Baseline, LockstepResult};
use yew::prelude::*;

use super::{brand, points, title, unit};
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping};
use crate::components::Figure;
use crate::hooks::Swept;
use crate::state::LockstepView;
use crate::sweep::Outcome;

/// Properties of [`MoneyFigure`].
#[derive(Properties)]
pub struct MoneyFigureProps {
    /// Which of the four.
    pub measure: Measure,
    /// What was computed.
    pub swept: Rc<Swept>,
    /// The study.
    pub study: Arc<Study>,
    /// Whose change, and against what.
    pub view: LockstepView,
}

impl PartialEq for MoneyFigureProps {
    fn eq(&self, other: &Self) -> bool {
        self.measure == other.measure
            && self.swept == other.swept
            && Arc::ptr_eq(&self.study, &other.study)
            && self.view == other.view
    }
}

/// A measure's change by brand or by parent, over the points.
#[component]
pub fn MoneyFigure(props: &MoneyFigureProps) -> Html {
    let MoneyFigureProps {
        measure,
        swept,
        study,
        view,
    } = props;
    let graphic = {
        let study = Arc::clone(study);
        use_memo(
            (*measure, Rc::clone(swept), *view),
            move |(measure, swept, view)| match &swept.outcome {
                Outcome::Lockstep(result) => Some(draw(&study, swept, result, *measure, *view)),
                Outcome::Grid(_) => None,
            },
        )
    };
    let against = match view.baseline {
        Baseline::Defined => "the sweep's baseline point",
        Baseline::Initial => "today, before the period",
    };
    html! {
        <Figure
            title={title(*measure)}
            graphic={(*graphic).clone()}
            note={format!("Change against {against}.")}
        />
    }
}

fn draw(
    study: &Study,
    swept: &Swept,
    result: &LockstepResult,
    measure: Measure,
    view: LockstepView,
) -> Graphic {
    let series = if view.consolidated {
        let changes = result.changes_by_parent(study, view.baseline);
        let parents = study.parents().enumerate();
        let parents = parents.map(|(parent, name)| {
            // In the colour of the first of the parent's brands.
            let own = study.brands().iter().find(|brand| brand.parent == parent);
            let colour = own.map_or(String::new(), |brand| brand.colour.clone());
            one(&changes, parent, measure, (name.clone(), colour))
        });
        parents.collect()
    } else {
        let changes = result.changes(view.baseline);
        let brands = study.brands().indices();
        brands
            .map(|index| one(&changes, index, measure, brand(study, index)))
            .collect()
    };
    Bars {
        category: "point".to_owned(),
        measure: format!("Change in {}", in_sentence(measure)),
        unit: unit(measure, &study.settings().currency),
        categories: points(study, swept, result),
        series,
        grouping: Grouping::Beside,
    }
    .changes()
}

/// A brand's or a parent's bars.
fn one<I: Position>(
    changes: &[List<I, Figures>],
    whose: I,
    measure: Measure,
    (name, colour): (String, String),
) -> BarSeries {
    let change = |point: &List<I, Figures>| Some(point.get(whose)?.get(measure));
    BarSeries {
        name,
        values: changes.iter().map(change).collect(),
        fill: Fill::Colour(colour),
    }
}

/// A measure's name within a sentence.
fn in_sentence(measure: Measure) -> &'static str {
    match measure {
        Measure::Customers => "customers",
        Measure::Revenue => "revenue",
        Measure::Arpu => "ARPU",
        Measure::Ebit => "EBIT",
    }
}
