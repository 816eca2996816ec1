//! Customers, revenue, ARPU, EBIT and shares over the points of a lockstep.

use conjoint::index_vec::{IndexVec, Position};
use conjoint::market::{Figures, Measure};
use conjoint::sweep::{Baseline, LockstepResult};
use yew::prelude::*;

use super::SweepResult;
use super::share::draw_shares;
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, Theme};
use crate::components::hooks::use_theme;
use crate::components::{Figure, LazyGraphic};
use crate::state::LockstepView;
use crate::text::how_to_read;
use crate::text::measures::{measure_name, measure_title, measure_unit};
use crate::text::model::FigureBasis;
use crate::text::terms::expand_terms;

/// How many names a legend has room for on a phone.
const MOST_NAMES: usize = 8;

/// Properties of [`LinesFigure`].
#[derive(Properties, PartialEq)]
pub(super) struct LinesFigureProps {
    /// The measure; `None` for the shares of products.
    pub(super) measure: Option<Measure>,
    /// The computed lockstep.
    pub(super) result: SweepResult<LockstepResult>,
    /// Brands or parent companies, and the baseline.
    pub(super) view: LockstepView,
}

/// The change of a measure by brand or by parent company, or the share of every product, over the points.
#[component]
pub(super) fn LinesFigure(props: &LinesFigureProps) -> Html {
    let LinesFigureProps {
        measure,
        result,
        view,
    } = props;
    let theme = use_theme();
    let graphic = use_memo(
        (*measure, result.clone(), *view, theme),
        |(measure, result, view, theme)| {
            let (measure, result, view, theme) = (*measure, result.clone(), *view, *theme);
            LazyGraphic::new(move || match measure {
                Some(measure) => draw(&result, measure, view, theme),
                None => draw_shares(&result, theme),
            })
        },
    );
    let settings = result.settings();
    let (title, lead) = match measure {
        Some(measure) => {
            let name = measure_name(*measure, settings);
            (
                measure_title(*measure, settings),
                describe_change(name, *view),
            )
        }
        None => {
            let lead = "Share of all respondents who choose each product.";
            ("Share".to_owned(), lead.to_owned())
        }
    };
    let names = match measure {
        Some(_) => 0,
        None => result.start.scenario.offers().len(),
    };
    html! {
        <Figure
            {title}
            class={classes!((names > MOST_NAMES).then_some("long-legend"))}
            graphic={(*graphic).clone()}
            reading={expand_terms(settings, reading(*measure))}
            model_line={result.model_line(FigureBasis::Rule)}
            {lead}
        />
    }
}

/// What the lines of a measure are compared with, and by whom they are grouped.
fn describe_change(name: &str, view: LockstepView) -> String {
    let baseline = match view.baseline {
        Baseline::Defined => "the sweep's baseline point",
        Baseline::Initial => "today, before the period",
    };
    let group = if view.consolidated {
        "parent company"
    } else {
        "brand"
    };
    format!("Change in {name} by {group}, compared with {baseline}.")
}

fn draw(
    result: &SweepResult<LockstepResult>,
    measure: Measure,
    view: LockstepView,
    theme: Theme,
) -> Graphic {
    let (study, lockstep) = (&result.study, &result.numbers);
    let series = if view.consolidated {
        let changes = lockstep.changes_by_parent(study, view.baseline);
        let parents = study.parents().enumerate();
        let parents = parents.map(|(parent, name)| {
            // A parent company has the color of its first brand.
            let first = study.brands().iter().find(|brand| brand.parent == parent);
            let color = first.map_or(String::new(), |brand| theme.mark(&brand.color));
            bars(&changes, parent, measure, (name.clone(), color))
        });
        parents.collect()
    } else {
        let changes = lockstep.changes(view.baseline);
        let brands = study.brands().indices();
        brands
            .map(|index| bars(&changes, index, measure, result.brand(index, theme)))
            .collect()
    };
    Bars {
        category: "point".to_owned(),
        measure: format!("Change in {}", measure_name(measure, result.settings())),
        unit: measure_unit(measure, result.settings()),
        categories: result.point_categories(),
        series,
        grouping: Grouping::AlongAxis,
    }
    .graphic_of_changes()
}

/// The bars of a brand or parent company.
fn bars<I: Position>(
    changes: &[IndexVec<I, Figures>],
    group: I,
    measure: Measure,
    (name, color): (String, String),
) -> BarSeries {
    let change = |point: &IndexVec<I, Figures>| Some(point.get(group)?.get(measure));
    BarSeries {
        name,
        values: changes.iter().map(change).collect(),
        fill: Fill::Color(color),
        intervals: Vec::new(),
    }
}

/// How to read the figure of a measure.
fn reading(measure: Option<Measure>) -> &'static str {
    match measure {
        Some(Measure::Customers) => how_to_read::CUSTOMERS,
        Some(Measure::Revenue) => how_to_read::REVENUE,
        Some(Measure::Arpu) => how_to_read::ARPU,
        Some(Measure::Ebit) => how_to_read::EBIT,
        None => how_to_read::SHARE,
    }
}
