//! Scenarios side by side: a table a measure, and one figure of the measure that is chosen.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::choice::ChoiceModel;
use conjoint::simulation::comparison::{Compared, Comparison, Line};
use conjoint::simulation::scenario::SavedScenario;
use conjoint::study::{PALETTE, Settings, Study};
use yew::prelude::*;

use crate::charts::{
    BarSeries, Bars, Cell, DataTable, FigureTable, Fill, Graphic, Grouping, Row, Theme,
};
use crate::components::hooks::use_theme;
use crate::components::{DataTableView, Figure, LazyGraphic, labelled_select, use_figure_tables};
use crate::compute::Live;
use crate::format::{count, measure_value, percent, points_change, signed};
use crate::text::how_to_read;
use crate::text::measures::{measure_title, measure_unit};
use crate::text::model::FigureBasis;

/// Properties of [`Compare`].
#[derive(Properties)]
pub(super) struct CompareProps {
    /// The study.
    pub(super) study: Arc<Study>,
    /// The model.
    pub(super) live: Live,
    /// How it takes respondents to choose.
    pub(super) model: ChoiceModel,
    /// Those that are compared.
    pub(super) scenarios: Vec<SavedScenario>,
}

impl PartialEq for CompareProps {
    /// The model is asked for nothing that an edit changes.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.study, &other.study)
            && self.scenarios == other.scenarios
            && self.model == other.model
    }
}

/// The comparison of at least one scenario with the study's own offers.
#[component]
pub(super) fn Compare(props: &CompareProps) -> Html {
    let measure = use_state(|| 0_usize);
    let theme = use_theme();
    let compared = {
        let (study, live) = (Arc::clone(&props.study), props.live.clone());
        let wanted = (props.scenarios.clone(), props.model.clone());
        use_memo(wanted, move |(scenarios, _)| {
            // One that this study has nothing for is not loaded either, where that is told.
            let applied = scenarios
                .iter()
                .filter_map(|saved| Some((saved.name.clone(), saved.apply(&study).ok()?.scenario)));
            let (names, scenarios): (Vec<_>, Vec<_>) = applied.unzip();
            let comparison =
                live.ask(|simulation| Comparison::new(simulation, scenarios.into_iter()));
            (Rc::<[String]>::from(names), Rc::new(comparison))
        })
    };
    let (names, comparison) = (Rc::clone(&compared.0), Rc::clone(&compared.1));
    let element = use_node_ref();
    use_figure_tables(&element, {
        let (names, comparison) = (Rc::clone(&names), Rc::clone(&comparison));
        let (study, live) = (Arc::clone(&props.study), props.live.clone());
        let about = AttrValue::from(told(&props.scenarios));
        Callback::from(move |()| {
            let settings = study.settings();
            let measures = comparison.measures().into_iter();
            let tables = measures.filter(|_| !names.is_empty()).map(|measure| {
                let lines = comparison.lines(measure);
                FigureTable {
                    title: title(measure, settings).into(),
                    description: format!("{about} {}", live.by(by(measure))).into(),
                    table: draw(&lines, measure, &names, settings, theme).table,
                }
            });
            tables.collect()
        })
    });
    let settings = props.study.settings();
    let measures = comparison.measures();
    let place = (*measure).min(measures.len().saturating_sub(1));
    let chosen = measures
        .get(place)
        .copied()
        .unwrap_or(Compared::Respondents);
    let graphic = {
        let (names, study) = (Rc::clone(&names), Arc::clone(&props.study));
        let wanted = (Rc::clone(&comparison), chosen, theme);
        use_memo(
            Wanted(wanted),
            move |Wanted((comparison, chosen, theme))| {
                let (comparison, chosen, theme) = (Rc::clone(comparison), *chosen, *theme);
                LazyGraphic::new(move || {
                    draw(
                        &comparison.lines(chosen),
                        chosen,
                        &names,
                        study.settings(),
                        theme,
                    )
                })
            },
        )
    };
    if names.is_empty() {
        return html! {};
    }
    let options = measures
        .iter()
        .map(|measure| AttrValue::from(title(*measure, settings)));
    let on_select = {
        let measure = measure.setter();
        Callback::from(move |place| measure.set(place))
    };
    html! {
        <div ref={element} class="compared">
            <Figure
                title="Scenarios compared"
                graphic={(*graphic).clone()}
                reading={how_to_read::SCENARIO_COMPARISON}
                lead="The study's own offers, and every scenario."
                model_line={props.live.by(by(chosen))}
            >
                { labelled_select("Measure", options.collect(), place, on_select) }
            </Figure>
            { for measures.iter().map(|measure| {
                let lines = comparison.lines(*measure);
                let table = Rc::new(table(&lines, *measure, &names, settings));
                let title = AttrValue::from(title(*measure, settings));
                let key = title.to_string();
                html! { <DataTableView {key} {title} {table} /> }
            }) }
        </div>
    }
}

/// What a drawing is made of.
struct Wanted((Rc<Comparison>, Compared, Theme));

impl PartialEq for Wanted {
    /// A comparison is computed once.
    fn eq(&self, other: &Self) -> bool {
        let (Self((one, measure, theme)), Self((other, as_measure, as_theme))) = (self, other);
        Rc::ptr_eq(one, other) && measure == as_measure && theme == as_theme
    }
}

fn draw(
    lines: &[Line],
    compared: Compared,
    names: &[String],
    settings: &Settings,
    theme: Theme,
) -> Graphic {
    let drawn = |value: f64| match compared {
        Compared::Share => value * 100.0,
        _ => value,
    };
    let baseline = BarSeries {
        name: "baseline".to_owned(),
        values: lines.iter().map(|line| line.baseline.map(drawn)).collect(),
        fill: Fill::Outline,
        intervals: Vec::new(),
    };
    let scenario = |(place, name): (usize, &String)| {
        let value = |line: &Line| {
            let (value, _) = line.scenarios.get(place).copied().flatten()?;
            Some(drawn(value))
        };
        BarSeries {
            name: name.clone(),
            values: lines.iter().map(value).collect(),
            fill: Fill::Colour(theme.mark(PALETTE[place % PALETTE.len()])),
            intervals: Vec::new(),
        }
    };
    let scenarios = names.iter().enumerate().map(scenario);
    Bars {
        category: category(compared).to_owned(),
        measure: title(compared, settings),
        unit: match compared {
            Compared::Respondents => "respondents".to_owned(),
            Compared::Share => "%".to_owned(),
            Compared::Money(measure) => measure_unit(measure, settings),
        },
        categories: lines.iter().map(|line| line.name.clone()).collect(),
        series: std::iter::once(baseline).chain(scenarios).collect(),
        grouping: Grouping::SideBySide,
    }
    .graphic()
}

/// The figures rounded for reading, each scenario's with the difference to the baseline.
fn table(lines: &[Line], compared: Compared, names: &[String], settings: &Settings) -> DataTable {
    let value = |value: f64| match compared {
        Compared::Respondents => count(value as usize),
        Compared::Share => percent(value),
        Compared::Money(measure) => measure_value(measure, value, &settings.currency),
    };
    let difference = |difference: f64| match compared {
        Compared::Respondents => signed(difference, |size| count(size as usize)),
        Compared::Share => points_change(difference),
        Compared::Money(measure) => signed(difference, |size| {
            measure_value(measure, size, &settings.currency)
        }),
    };
    let row = |line: &Line| {
        let mut cells = vec![line.baseline.map(value)];
        for pair in &line.scenarios {
            cells.push(pair.map(|(new, _)| value(new)));
            cells.push(pair.and_then(|(_, moved)| moved).map(difference));
        }
        Row {
            category: line.name.clone(),
            cells: cells
                .into_iter()
                .map(|cell| cell.map_or(Cell::Empty, Cell::Text))
                .collect(),
        }
    };
    let mut series = vec!["baseline".to_owned()];
    for name in names {
        series.push(name.clone());
        series.push(format!("{name}, change"));
    }
    DataTable {
        category: category(compared).to_owned(),
        series,
        unit: String::new(),
        rows: lines.iter().map(row).collect(),
    }
}

/// What a line is about.
fn category(compared: Compared) -> &'static str {
    match compared {
        Compared::Respondents | Compared::Share => "product",
        Compared::Money(_) => "brand",
    }
}

/// By which part of the method it is.
fn by(compared: Compared) -> FigureBasis {
    match compared {
        Compared::Respondents => FigureBasis::FirstChoice,
        Compared::Share | Compared::Money(_) => FigureBasis::Rule,
    }
}

fn title(compared: Compared, settings: &Settings) -> String {
    match compared {
        Compared::Respondents => "First choices".to_owned(),
        Compared::Share => "Share".to_owned(),
        Compared::Money(measure) => measure_title(measure, settings),
    }
}

/// What the scenarios consist of.
fn told(scenarios: &[SavedScenario]) -> String {
    let told = scenarios.iter().map(|saved| {
        let entries = saved.edits.entries();
        let entries = entries.map(|(verb, text)| format!("{} {text}", verb.word()));
        format!("{}: {}", saved.name, entries.collect::<Vec<_>>().join(", "))
    });
    told.collect::<Vec<_>>().join("; ")
}
