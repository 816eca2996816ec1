//! Money with intervals: a brand's figures after the period, or how far they lie from the baseline's.

use conjoint::analysis::interval::Intervals;
use conjoint::market::Measure;
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::Interval;
use yew::prelude::*;

use super::{MarketProps, planned, use_last, waiting};
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, Theme};
use crate::components::hooks::use_theme;
use crate::components::{Figure, choice};
use crate::pages::sweep::{title, unit};
use crate::text::how_to_read;
use crate::text::model::FigureBasis;

const TITLE: &str = "Money with intervals";

/// What is shown: a measure, as its change or after the period.
#[derive(Clone, Copy, PartialEq)]
struct Shown {
    measure: Measure,
    place: usize,
    is_change: bool,
}

/// A measure by brand, with its interval.
#[component]
pub(super) fn MoneyFigure(props: &MarketProps) -> Html {
    let theme = use_theme();
    let chosen = use_state(|| 0_usize);
    let measures = Measure::ALL.into_iter().enumerate();
    let all = measures.flat_map(|(place, measure)| {
        [true, false].map(|is_change| Shown {
            measure,
            place,
            is_change,
        })
    });
    let all: Vec<Shown> = all.collect();
    let settings = props.state.study().settings();
    let options = all.iter().map(|shown| {
        let name = title(shown.measure, settings);
        AttrValue::from(match shown.is_change {
            true => format!("{name}, change"),
            false => format!("{name} after the period"),
        })
    });
    let options: Vec<AttrValue> = options.collect();
    let shown = all.get(*chosen).copied();
    let plan = {
        let wanted = (
            props.live.clone(),
            props.analyses.intervals.clone(),
            shown,
            theme,
        );
        use_memo(wanted, |(live, intervals, shown, theme)| {
            let (shown, theme) = ((*shown)?, *theme);
            planned(live, intervals.as_ref(), move |simulation, intervals| {
                draw(simulation, intervals, shown, theme)
            })
        })
    };
    let on_choose = {
        let chosen = chosen.setter();
        Callback::from(move |place| chosen.set(place))
    };
    let Some((graphic, class)) = use_last((*plan).clone()) else {
        return waiting(TITLE, "");
    };
    let lead = options.get(*chosen).cloned().unwrap_or_default();
    html! {
        <Figure
            title={TITLE}
            class={classes!(class)}
            {graphic}
            reading={how_to_read::MONEY_INTERVALS}
            lead={format!("{lead}, by brand, with its 90 % interval.")}
            by={props.live.by(FigureBasis::Rule)}
        >
            { choice("Measure", options, *chosen, on_choose) }
        </Figure>
    }
}

fn draw(simulation: &Simulation, found: &Intervals, shown: Shown, theme: Theme) -> Graphic {
    let study = simulation.selected();
    let brands = study.brands();
    let Shown {
        measure,
        place,
        is_change,
    } = shown;
    let (live, baseline) = (simulation.brands(), simulation.baseline_brands());
    let values = brands.indices().map(|brand| {
        let live = live.as_ref()?.get(brand)?.new;
        let baseline = baseline?.get(brand)?.new;
        let figures = if is_change {
            live.minus(baseline)
        } else {
            live
        };
        Some(figures.get(measure))
    });
    let intervals = found.money.as_ref().map(|money| {
        let interval = |brand| -> Option<Interval> {
            let paired = money.get(brand)?.get(place)?;
            if is_change {
                paired.difference
            } else {
                paired.live
            }
        };
        brands.indices().map(interval).collect()
    });
    let colours = brands.iter().map(|brand| theme.mark(&brand.colour));
    let name = title(measure, study.settings());
    let bars = Bars {
        category: "brand".to_owned(),
        measure: if is_change {
            format!("{name}, change")
        } else {
            name
        },
        unit: unit(measure, study.settings()),
        categories: brands.iter().map(|brand| brand.name.clone()).collect(),
        series: vec![BarSeries {
            name: if is_change { "change" } else { "live" }.to_owned(),
            values: values.collect(),
            fill: Fill::Each(colours.collect()),
            intervals: intervals.unwrap_or_default(),
        }],
        grouping: Grouping::Overlaid,
    };
    if is_change {
        bars.graphic_of_changes()
    } else {
        bars.graphic()
    }
}
