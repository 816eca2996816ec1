//! The comparison of saved scenarios with the study's own offers: a figure of one measure, and a
//! table of each.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::choice::ChoiceModel;
use conjoint::report::{Cell, Table};
use conjoint::simulation::comparison::{ComparedFigure, Line};
use conjoint::simulation::scenario::{SavedScenario, Scenario};
use conjoint::study::{PALETTE, Settings, Study};
use worker::protocol::ComparedScenarios;
use yew::prelude::*;

use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, Theme, build_table};
use crate::components::hooks::use_theme;
use crate::components::{
    DataTableView, Figure, LazyGraphic, labelled_select, placeholder, use_figure_tables,
};
use crate::compute::{Live, Shared, use_comparison};
use crate::format::{count, measure_value, percent, points_change, signed};
use crate::text::how_to_read;
use crate::text::measures::{measure_title, measure_unit};
use crate::text::model::{FigureBasis, model_line};

/// Properties of [`ScenarioComparison`].
#[derive(Properties)]
pub(super) struct ScenarioComparisonProps {
    /// The study.
    pub(super) study: Arc<Study>,
    /// The results at the edited offers.
    pub(super) live: Live,
    /// The choice model.
    pub(super) model: ChoiceModel,
    /// The scenarios to compare.
    pub(super) scenarios: Vec<SavedScenario>,
}

impl PartialEq for ScenarioComparisonProps {
    /// Ignores `live`: the comparison does not depend on the edited offers.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.study, &other.study)
            && self.scenarios == other.scenarios
            && self.model == other.model
    }
}

/// The comparison; nothing if there is no scenario to compare.
#[component]
pub(super) fn ScenarioComparison(props: &ScenarioComparisonProps) -> Html {
    let selected = use_state(|| 0_usize);
    let theme = use_theme();
    let applied = {
        let study = Arc::clone(&props.study);
        use_memo(props.scenarios.clone(), move |scenarios| {
            // A scenario that does not fit the study cannot be selected; the list shows the reason.
            let applied = scenarios
                .iter()
                .filter_map(|saved| Some((saved.name.clone(), saved.apply(&study).ok()?.scenario)));
            let (names, scenarios): (Vec<String>, Vec<Scenario>) = applied.unzip();
            (Rc::<[String]>::from(names), scenarios)
        })
    };
    let comparison = use_comparison(&props.live, &props.model, &applied.1);
    let is_computing = comparison.is_none() && !applied.0.is_empty();
    let results = {
        let (study, names) = (Arc::clone(&props.study), Rc::clone(&applied.0));
        use_memo(comparison, move |comparison| {
            ComparisonResults::new(study, names, comparison.as_ref())
        })
    };
    let element = use_node_ref();
    use_figure_tables(&element, export_tables(props, &results, theme));
    let measures = results.comparison.measures();
    let index = (*selected).min(measures.len().saturating_sub(1));
    let measure = measures.get(index).copied();
    let measure = measure.unwrap_or(ComparedFigure::Respondents);
    let graphic = use_memo(
        ((*results).clone(), measure, theme),
        |(results, measure, theme)| {
            let (results, measure, theme) = (results.clone(), *measure, *theme);
            LazyGraphic::new(move || results.draw(measure, theme))
        },
    );
    if is_computing {
        return placeholder("Scenarios compared", "");
    }
    if results.names.is_empty() {
        return html! {};
    }
    let settings = props.study.settings();
    let options = measures
        .iter()
        .map(|measure| AttrValue::from(title(*measure, settings)));
    let on_select = {
        let selected = selected.setter();
        Callback::from(move |index| selected.set(index))
    };
    html! {
        <div ref={element} class="compared">
            <Figure
                title="Scenarios compared"
                graphic={(*graphic).clone()}
                reading={how_to_read::SCENARIO_COMPARISON}
                lead="The study's own offers and all compared scenarios."
                model_line={model_line(&props.live, basis(measure))}
            >
                { labelled_select("Measure", options.collect(), index, on_select) }
            </Figure>
            { for measures.iter().map(|measure| {
                let table = Rc::new(results.table(*measure));
                let title = AttrValue::from(title(*measure, settings));
                let key = title.to_string();
                html! { <DataTableView {key} {title} {table} /> }
            }) }
        </div>
    }
}

/// The tables of all measures, for the Excel workbook.
fn export_tables(
    props: &ScenarioComparisonProps,
    results: &Rc<ComparisonResults>,
    theme: Theme,
) -> Callback<(), Vec<Table>> {
    let (results, live) = (Rc::clone(results), props.live.clone());
    let scenarios = describe_scenarios(&props.scenarios);
    Callback::from(move |()| {
        let measures = results.comparison.measures().into_iter();
        let tables = measures
            .filter(|_| !results.names.is_empty())
            .map(|measure| Table {
                title: title(measure, results.study.settings()),
                note: format!("{scenarios} {}", model_line(&live, basis(measure))),
                ..(*results.draw(measure, theme).table).clone()
            });
        tables.collect()
    })
}

/// The compared scenarios and their numbers.
#[derive(Clone)]
struct ComparisonResults {
    study: Arc<Study>,
    /// The names of the scenarios.
    names: Rc<[String]>,
    comparison: Shared<ComparedScenarios>,
}

impl PartialEq for ComparisonResults {
    /// Compares identity: a comparison is computed only once.
    fn eq(&self, other: &Self) -> bool {
        self.comparison == other.comparison
    }
}

impl ComparisonResults {
    /// Without a comparison, which is being computed, there are no scenarios.
    fn new(
        study: Arc<Study>,
        names: Rc<[String]>,
        comparison: Option<&Shared<ComparedScenarios>>,
    ) -> Self {
        match comparison {
            Some(comparison) => Self {
                study,
                names,
                comparison: comparison.clone(),
            },
            None => Self {
                study,
                names: Rc::default(),
                comparison: Shared::new(ComparedScenarios::default()),
            },
        }
    }

    fn draw(&self, measure: ComparedFigure, theme: Theme) -> Graphic {
        let settings = self.study.settings();
        let lines = self.comparison.lines(measure);
        let plotted = |value: f64| match measure {
            ComparedFigure::Share => value * 100.0,
            _ => value,
        };
        let baseline = BarSeries {
            name: "baseline".to_owned(),
            values: lines
                .iter()
                .map(|line| line.baseline.map(plotted))
                .collect(),
            fill: Fill::Outline,
            intervals: Vec::new(),
        };
        let scenario = |(index, name): (usize, &String)| {
            let value = |line: &Line| {
                let (value, _) = line.scenarios.get(index).copied().flatten()?;
                Some(plotted(value))
            };
            BarSeries {
                name: name.clone(),
                values: lines.iter().map(value).collect(),
                fill: Fill::Color(theme.mark(PALETTE[index % PALETTE.len()])),
                intervals: Vec::new(),
            }
        };
        let scenarios = self.names.iter().enumerate().map(scenario);
        Bars {
            category: category(measure).to_owned(),
            measure: title(measure, settings),
            unit: match measure {
                ComparedFigure::Respondents => "respondents".to_owned(),
                ComparedFigure::Share => "%".to_owned(),
                ComparedFigure::Money(measure) => measure_unit(measure, settings),
            },
            categories: lines.iter().map(|line| line.name.clone()).collect(),
            series: std::iter::once(baseline).chain(scenarios).collect(),
            grouping: Grouping::SideBySide,
        }
        .graphic()
    }

    /// The rounded numbers, each scenario's with its change from the baseline.
    fn table(&self, measure: ComparedFigure) -> Table {
        let currency = &self.study.settings().currency;
        let value = |value: f64| match measure {
            ComparedFigure::Respondents => count(value as usize),
            ComparedFigure::Share => percent(value),
            ComparedFigure::Money(measure) => measure_value(measure, value, currency),
        };
        let change = |change: f64| match measure {
            ComparedFigure::Respondents => signed(change, |size| count(size as usize)),
            ComparedFigure::Share => points_change(change),
            ComparedFigure::Money(measure) => {
                signed(change, |size| measure_value(measure, size, currency))
            }
        };
        let row = |line: &Line| {
            let mut cells = vec![line.baseline.map(value)];
            for scenario in &line.scenarios {
                cells.push(scenario.map(|(new, _)| value(new)));
                cells.push(scenario.and_then(|(_, moved)| moved).map(change));
            }
            let cells = cells
                .into_iter()
                .map(|cell| Cell::optional(cell, Cell::Text));
            (line.name.clone(), cells.collect())
        };
        let mut series = vec!["baseline".to_owned()];
        for name in &*self.names {
            series.push(name.clone());
            series.push(format!("{name}, change"));
        }
        let lines = self.comparison.lines(measure);
        build_table(category(measure), series, "", lines.iter().map(row))
    }
}

/// What the lines of a measure are about.
fn category(measure: ComparedFigure) -> &'static str {
    match measure {
        ComparedFigure::Respondents | ComparedFigure::Share => "product",
        ComparedFigure::Money(_) => "brand",
    }
}

/// The part of the choice model that a measure depends on.
fn basis(measure: ComparedFigure) -> FigureBasis {
    match measure {
        ComparedFigure::Respondents => FigureBasis::FirstChoice,
        ComparedFigure::Share | ComparedFigure::Money(_) => FigureBasis::Rule,
    }
}

fn title(measure: ComparedFigure, settings: &Settings) -> String {
    match measure {
        ComparedFigure::Respondents => "First choices".to_owned(),
        ComparedFigure::Share => "Share".to_owned(),
        ComparedFigure::Money(measure) => measure_title(measure, settings),
    }
}

/// The edits of all scenarios, in the notation of links.
fn describe_scenarios(scenarios: &[SavedScenario]) -> String {
    let descriptions = scenarios.iter().map(|saved| {
        let entries = saved.edits.entries();
        let entries = entries.map(|(verb, text)| format!("{} {text}", verb.word()));
        format!("{}: {}", saved.name, entries.collect::<Vec<_>>().join(", "))
    });
    descriptions.collect::<Vec<_>>().join("; ")
}
