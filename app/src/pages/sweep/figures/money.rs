//! Customers, revenue, ARPU and EBIT over the points of a lockstep.

use conjoint::index_vec::{IndexVec, Position};
use conjoint::market::{Figures, Measure};
use conjoint::sweep::{Baseline, LockstepResult};
use yew::prelude::*;

use super::{Of, in_sentence, title, unit};
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, Theme};
use crate::components::hooks::use_theme;
use crate::components::{Figure, Plan};
use crate::state::LockstepView;
use crate::text::how_to_read;
use crate::text::terms::expand_terms;

/// Properties of [`MoneyFigure`].
#[derive(Properties, PartialEq)]
pub(super) struct MoneyFigureProps {
    /// Which of the four.
    pub(super) measure: Measure,
    /// What was computed.
    pub(super) sweep: Of<LockstepResult>,
    /// Whose change, and against what.
    pub(super) view: LockstepView,
}

/// A measure's change by brand or by parent, over the points.
#[component]
pub(super) fn MoneyFigure(props: &MoneyFigureProps) -> Html {
    let MoneyFigureProps {
        measure,
        sweep,
        view,
    } = props;
    let theme = use_theme();
    let graphic = use_memo(
        (*measure, sweep.clone(), *view, theme),
        |(measure, sweep, view, theme)| {
            let (measure, sweep, view, theme) = (*measure, sweep.clone(), *view, *theme);
            Plan::new(move || draw(&sweep, measure, view, theme))
        },
    );
    let against = match view.baseline {
        Baseline::Defined => "the sweep's baseline point",
        Baseline::Initial => "today, before the period",
    };
    let whose = if view.consolidated {
        "parent company"
    } else {
        "brand"
    };
    let settings = sweep.settings();
    let what = in_sentence(*measure, settings);
    let lead = format!("Change in {what} by {whose}, against {against}.");
    html! {
        <Figure
            title={title(*measure, settings)}
            graphic={(*graphic).clone()}
            reading={expand_terms(settings, reading(*measure))}
            by={sweep.by_rule()}
            lead={lead}
        />
    }
}

fn draw(sweep: &Of<LockstepResult>, measure: Measure, view: LockstepView, theme: Theme) -> Graphic {
    let (study, result) = (&sweep.study, &sweep.result);
    let series = if view.consolidated {
        let changes = result.changes_by_parent(study, view.baseline);
        let parents = study.parents().enumerate();
        let parents = parents.map(|(parent, name)| {
            // In the colour of the first of the parent's brands.
            let own = study.brands().iter().find(|brand| brand.parent == parent);
            let colour = own.map_or(String::new(), |brand| theme.mark(&brand.colour));
            bars(&changes, parent, measure, (name.clone(), colour))
        });
        parents.collect()
    } else {
        let changes = result.changes(view.baseline);
        let brands = study.brands().indices();
        brands
            .map(|index| bars(&changes, index, measure, sweep.brand(index, theme)))
            .collect()
    };
    Bars {
        category: "point".to_owned(),
        measure: format!("Change in {}", in_sentence(measure, sweep.settings())),
        unit: unit(measure, sweep.settings()),
        categories: sweep.points(),
        series,
        grouping: Grouping::SideBySide,
    }
    .graphic_of_changes()
}

/// A brand's or a parent's bars.
fn bars<I: Position>(
    changes: &[IndexVec<I, Figures>],
    whose: I,
    measure: Measure,
    (name, colour): (String, String),
) -> BarSeries {
    let change = |point: &IndexVec<I, Figures>| Some(point.get(whose)?.get(measure));
    BarSeries {
        name,
        values: changes.iter().map(change).collect(),
        fill: Fill::Colour(colour),
        intervals: Vec::new(),
    }
}

/// How a measure's figure is read.
fn reading(measure: Measure) -> &'static str {
    match measure {
        Measure::Customers => how_to_read::CUSTOMERS,
        Measure::Revenue => how_to_read::REVENUE,
        Measure::Arpu => how_to_read::ARPU,
        Measure::Ebit => how_to_read::EBIT,
    }
}
