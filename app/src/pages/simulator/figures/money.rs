//! "Money by brand": a measure by brand after the period, or its change from the baseline.

use std::rc::Rc;

use conjoint::analysis::interval::Intervals;
use conjoint::market::Measure;
use conjoint::stats::bootstrap::Interval;
use conjoint::study::Settings;
use yew::prelude::*;

use super::super::money::{brand_money, money_intervals};
use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, Theme, segment_color};
use crate::components::hooks::use_theme;
use crate::components::{AnalysisFigureProps, analysis_graphic};
use crate::components::{Figure, labelled_select, placeholder, use_last_graphic};
use crate::compute::{ComparedScenario, SimulatedMarket};
use crate::text::how_to_read;
use crate::text::measures::{measure_title, measure_unit};
use crate::text::model::{FigureBasis, model_line};

const TITLE: &str = "Money by brand";

/// A measure, after the period or as its change.
#[derive(Clone, Copy, PartialEq)]
struct MeasureOption {
    measure: Measure,
    is_change: bool,
}

impl MeasureOption {
    /// Every measure, first as its change.
    fn all() -> Vec<Self> {
        let options = Measure::ALL
            .into_iter()
            .flat_map(|measure| [true, false].map(|is_change| Self { measure, is_change }));
        options.collect()
    }

    /// The option that is shown at first: EBIT after the period.
    fn default_index(all: &[Self]) -> usize {
        let mut options = all.iter();
        let is_default = |option: &Self| option.measure == Measure::Ebit && !option.is_change;
        options.position(is_default).unwrap_or_default()
    }

    /// The option of every brand in a market.
    fn values(self, market: &SimulatedMarket) -> Vec<Option<f64>> {
        let money = |brand| {
            let money = brand_money(market, brand, self.measure)?;
            Some(if self.is_change {
                money.change
            } else {
                money.live
            })
        };
        market.study.brands().indices().map(money).collect()
    }

    /// The interval of every brand's value.
    fn intervals(self, market: &SimulatedMarket, intervals: &Intervals) -> Vec<Option<Interval>> {
        let interval = |brand| {
            let paired = money_intervals(Some(intervals), brand, self.measure)?;
            if self.is_change {
                paired.difference
            } else {
                paired.live
            }
        };
        market.study.brands().indices().map(interval).collect()
    }

    fn text(self, settings: &Settings) -> String {
        let name = measure_title(self.measure, settings);
        match self.is_change {
            true => format!("{name}, change"),
            false => format!("{name} after the period"),
        }
    }
}

/// A measure by brand, with its interval.
#[component]
pub fn MoneyFigure(props: &AnalysisFigureProps) -> Html {
    let theme = use_theme();
    let settings = props.state.study().settings();
    let all = MeasureOption::all();
    let selected = use_state(|| MeasureOption::default_index(&all));
    let texts = all.iter().map(|option| option.text(settings).into());
    let texts: Vec<AttrValue> = texts.collect();
    let option = all.get(*selected).copied();
    let graphic = {
        let intervals = props.analyses.intervals.clone();
        let compared = Rc::clone(&props.compared);
        let inputs = (props.live.clone(), intervals, compared, option, theme);
        use_memo(inputs, |(live, intervals, compared, option, theme)| {
            let (option, theme, compared) = ((*option)?, *theme, Rc::clone(compared));
            analysis_graphic(live, intervals.as_ref(), move |market, intervals| {
                draw(market, intervals, &compared, option, theme)
            })
        })
    };
    let on_select = {
        let selected = selected.setter();
        Callback::from(move |index| selected.set(index))
    };
    let Some((graphic, class)) = use_last_graphic((*graphic).clone()) else {
        return placeholder(TITLE, "");
    };
    let text = texts.get(*selected).cloned().unwrap_or_default();
    html! {
        <Figure
            title={TITLE}
            class={classes!(class)}
            {graphic}
            reading={how_to_read::MONEY_BY_BRAND}
            lead={format!("{text}, by brand, with its 90 % interval.")}
            model_line={model_line(&props.live, FigureBasis::Rule)}
        >
            { labelled_select("Measure", texts, *selected, on_select) }
        </Figure>
    }
}

fn draw(
    market: &SimulatedMarket,
    intervals: &Intervals,
    compared: &[ComparedScenario],
    option: MeasureOption,
    theme: Theme,
) -> Graphic {
    let MeasureOption { measure, is_change } = option;
    let study = &market.study;
    let brands = study.brands();
    let colors = brands.iter().map(|brand| theme.mark(&brand.color));
    let name = measure_title(measure, study.settings());
    let (measure_text, series_name) = match is_change {
        true => (format!("{name}, change"), "change"),
        false => (name, "live"),
    };
    let mut bars = Bars {
        category: "brand".to_owned(),
        measure: measure_text,
        unit: measure_unit(measure, study.settings()),
        categories: brands.iter().map(|brand| brand.name.clone()).collect(),
        series: vec![BarSeries {
            name: series_name.to_owned(),
            values: option.values(market),
            fill: Fill::Each(colors.collect()),
            intervals: option.intervals(market, intervals),
        }],
        grouping: match compared.is_empty() {
            true => Grouping::Overlaid,
            false => Grouping::SideBySide,
        },
    };
    let scenarios = compared.iter().enumerate().filter_map(|(place, compared)| {
        let market = compared.market.as_deref()?;
        let intervals = compared.intervals.as_deref();
        Some(BarSeries {
            name: compared.name.clone(),
            values: option.values(market),
            fill: Fill::Color(theme.mark(segment_color(place))),
            intervals: intervals.map_or_else(Vec::new, |it| option.intervals(market, it)),
        })
    });
    bars.series.extend(scenarios);
    match is_change {
        true => bars.graphic_of_changes(),
        false => bars.graphic(),
    }
}
