//! The figures of the page: results to what the chart builders take.

mod grid;
mod money;
mod movement;

use std::rc::Rc;
use std::sync::Arc;

use conjoint::index_vec::{BrandIndex, ProductIndex, SegmentIndex};
use conjoint::market::Measure;
use conjoint::study::{Settings, Study};
use conjoint::sweep::{Cost, LockstepResult};
use yew::prelude::*;

use crate::charts::{Categories, Theme, capitalized};
use crate::compute::sweep::Outcome;
use crate::compute::{Start, Swept};
use crate::format::{amount, column_label, cost_unit};
use crate::pages::Dispatch;
use crate::state::Sweep;
use crate::text::messages::missing_money_files;
use grid::GridFigure;
use money::MoneyFigure;
use movement::{MovementFigure, PointFigure};

/// All figures of a lockstep, or of a grid.
pub fn figures(swept: &Swept, study: &Arc<Study>, sweep: &Sweep, dispatch: &Dispatch) -> Html {
    match &swept.outcome {
        Outcome::Lockstep(result) => {
            let sweep_of = Of::new(study, &swept.start, result);
            let money = |measure: Measure| {
                html! {
                    <MoneyFigure
                        key={measure as usize}
                        {measure}
                        sweep={sweep_of.clone()}
                        view={sweep.view}
                    />
                }
            };
            let movement = |(segment, name): (SegmentIndex, &String)| {
                html! { <MovementFigure key={name.clone()} {segment} sweep={sweep_of.clone()} /> }
            };
            html! {
                <>
                    if study.has_money() {
                        { for Measure::ALL.into_iter().map(money) }
                    } else {
                        <p class="note wide">{ missing_money_files(study.settings()) }</p>
                    }
                    { for study.segments().enumerate().map(movement) }
                    <PointFigure
                        sweep={sweep_of.clone()}
                        point={sweep.point}
                        dispatch={dispatch.clone()}
                    />
                </>
            }
        }
        Outcome::Grid(result) => {
            let sweep_of = Of::new(study, &swept.start, result);
            let money = |measure: Measure| {
                html! {
                    <GridFigure
                        key={measure as usize}
                        {measure}
                        sweep={sweep_of.clone()}
                        relative={sweep.relative}
                    />
                }
            };
            html! { <>{ for Measure::ALL.into_iter().map(money) }</> }
        }
    }
}

/// A result, with the study that it is of and what it started from.
struct Of<R> {
    study: Arc<Study>,
    start: Rc<Start>,
    result: Rc<R>,
}

impl<R> Of<R> {
    fn new(study: &Arc<Study>, start: &Rc<Start>, result: &Rc<R>) -> Self {
        Self {
            study: Arc::clone(study),
            start: Rc::clone(start),
            result: Rc::clone(result),
        }
    }

    /// A product's name.
    fn name_of(&self, product: ProductIndex) -> String {
        let offer = self.start.scenario.offers().get(product);
        offer.map_or(String::new(), |offer| self.study.name_of(offer))
    }

    /// What a cost of a product is called: "monthly cost of Nissan LEAF S".
    fn cost_of(&self, cost: Cost, product: ProductIndex) -> String {
        format!(
            "{} of {}",
            column_label(cost.name(&self.study)),
            self.name_of(product)
        )
    }

    /// The line that names the method of money.
    fn by_rule(&self) -> AttrValue {
        let [by_rule, _] = &self.start.by;
        by_rule.clone()
    }

    /// The study's words, among them the currency's sign.
    fn settings(&self) -> &Settings {
        self.study.settings()
    }

    /// A brand's name and colour.
    fn brand(&self, brand: BrandIndex, theme: Theme) -> (String, String) {
        let brand = &self.study.brands()[brand];
        (brand.name.clone(), theme.mark(&brand.colour))
    }
}

impl Of<LockstepResult> {
    /// The line that names the method of movement.
    fn by_first(&self) -> AttrValue {
        let [_, by_first] = &self.start.by;
        by_first.clone()
    }

    /// The name of the brand that movement is seen from.
    fn focal(&self) -> &str {
        &self.study.brands()[self.result.focal].name
    }

    /// The points along an axis: the first product's values, and those of the others on hover.
    fn points(&self) -> Categories {
        let others = |values: &[f64]| {
            let pairs = self.result.products.iter().zip(values).skip(1);
            let told = pairs.map(|(product, value)| {
                let value = amount(*value, &self.settings().currency);
                format!("{} {value}", self.name_of(*product))
            });
            told.collect::<Vec<_>>().join(", ")
        };
        let title = self.result.products.first().map(|product| {
            let cost = self.result.cost;
            let unit = cost_unit(cost, self.settings());
            format!("{}, {unit}", self.cost_of(cost, *product))
        });
        let points = self.result.points.iter();
        Categories {
            names: self.point_names(),
            title,
            details: points.map(|point| others(&point.values)).collect(),
        }
    }

    /// The first product's value at every point.
    fn point_names(&self) -> Vec<String> {
        let first = |values: &[f64]| values.first().map_or(String::new(), f64::to_string);
        let points = self.result.points.iter();
        points.map(|point| first(&point.values)).collect()
    }
}

impl<R> Clone for Of<R> {
    fn clone(&self) -> Self {
        Self::new(&self.study, &self.start, &self.result)
    }
}

impl<R> PartialEq for Of<R> {
    /// A result is computed once, from one study and its offers.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.result, &other.result)
    }
}

/// A measure's figure.
pub(in crate::pages) fn title(measure: Measure, settings: &Settings) -> String {
    capitalized(in_sentence(measure, settings))
}

/// A measure's name within a sentence.
fn in_sentence(measure: Measure, settings: &Settings) -> &str {
    match measure {
        Measure::Customers => settings.words.get("customers"),
        Measure::Revenue => "revenue",
        Measure::Arpu => "ARPU",
        Measure::Ebit => "EBIT",
    }
}

/// The unit that the model gives a measure.
pub(in crate::pages) fn unit(measure: Measure, settings: &Settings) -> String {
    let Settings {
        currency, words, ..
    } = settings;
    match measure {
        Measure::Customers => "thousand".to_owned(),
        Measure::Revenue | Measure::Ebit => {
            format!("{currency} thousand a {}", words.get("month"))
        }
        Measure::Arpu => cost_unit(Cost::Monthly, settings),
    }
}
