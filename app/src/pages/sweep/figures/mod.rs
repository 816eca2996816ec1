//! The figures of the page.

mod grid;
mod lines;
mod movement;
mod share;

use std::rc::Rc;
use std::sync::Arc;

use conjoint::index_vec::{BrandIndex, ProductIndex, SegmentIndex};
use conjoint::market::Measure;
use conjoint::study::{Settings, Study};
use conjoint::sweep::{Cost, LockstepResult};
use yew::prelude::*;

use crate::charts::{Categories, Theme};
use crate::components::Dispatch;
use crate::compute::sweep::Outcome;
use crate::compute::{Start, Swept};
use crate::format::{amount, column_label, cost_unit};
use crate::state::Sweep;
use crate::text::messages::missing_money_files;
use crate::text::model::{FigureBasis, basis_line};
use grid::GridFigure;
use lines::LinesFigure;
use movement::{MovementFigure, PointFigure};

/// All figures of a lockstep or a grid.
pub fn figures(swept: &Swept, study: &Arc<Study>, sweep: &Sweep, dispatch: &Dispatch) -> Html {
    match &swept.outcome {
        Outcome::Lockstep(result) => {
            let result = SweepResult::new(study, &swept.start, result);
            let lines = |measure: Option<Measure>| {
                html! {
                    <LinesFigure
                        key={measure.map_or(Measure::ALL.len(), |measure| measure as usize)}
                        {measure}
                        result={result.clone()}
                        view={sweep.view}
                    />
                }
            };
            let movement = |(segment, name): (SegmentIndex, &String)| {
                html! { <MovementFigure key={name.clone()} {segment} result={result.clone()} /> }
            };
            html! {
                <>
                    if study.has_money() {
                        { for Measure::ALL.into_iter().map(Some).map(lines) }
                    } else {
                        <p class="note wide">{ missing_money_files(study.settings()) }</p>
                    }
                    { lines(None) }
                    { for study.segments().enumerate().map(movement) }
                    <PointFigure
                        result={result.clone()}
                        point={sweep.point}
                        dispatch={dispatch.clone()}
                    />
                </>
            }
        }
        Outcome::Grid(result) => {
            let result = SweepResult::new(study, &swept.start, result);
            let money = |measure: Measure| {
                html! {
                    <GridFigure
                        key={measure as usize}
                        {measure}
                        result={result.clone()}
                        unit={sweep.change_unit}
                    />
                }
            };
            html! { <>{ for Measure::ALL.into_iter().map(money) }</> }
        }
    }
}

/// The numbers of a sweep, with the study and the state that it started from.
struct SweepResult<R> {
    study: Arc<Study>,
    start: Rc<Start>,
    numbers: Rc<R>,
}

impl<R> SweepResult<R> {
    fn new(study: &Arc<Study>, start: &Rc<Start>, numbers: &Rc<R>) -> Self {
        Self {
            study: Arc::clone(study),
            start: Rc::clone(start),
            numbers: Rc::clone(numbers),
        }
    }

    /// The name of a product.
    fn product_name(&self, product: ProductIndex) -> String {
        let offer = self.start.scenario.offers().get(product);
        offer.map_or(String::new(), |offer| self.study.name_of(offer))
    }

    /// The name of a product's cost: "monthly cost of Nissan LEAF S".
    fn cost_name(&self, cost: Cost, product: ProductIndex) -> String {
        format!(
            "{} of {}",
            column_label(cost.name(&self.study)),
            self.product_name(product)
        )
    }

    /// The choice model of a figure, in one line.
    fn model_line(&self, basis: FigureBasis) -> AttrValue {
        let Start {
            model, respondents, ..
        } = &*self.start;
        basis_line(&self.study, &model.at_means(), *respondents, basis).into()
    }

    fn settings(&self) -> &Settings {
        self.study.settings()
    }

    /// The name and color of a brand.
    fn brand(&self, brand: BrandIndex, theme: Theme) -> (String, String) {
        let brand = &self.study.brands()[brand];
        (brand.name.clone(), theme.mark(&brand.color))
    }
}

impl SweepResult<LockstepResult> {
    /// The name of the focal brand, whose movement is shown.
    fn focal_brand(&self) -> &str {
        &self.study.brands()[self.numbers.focal].name
    }

    /// The points as categories of an axis: the values of the first product, with those of the
    /// other products in the hover texts.
    fn point_categories(&self) -> Categories {
        let other_values = |values: &[f64]| {
            let pairs = self.numbers.products.iter().zip(values).skip(1);
            let texts = pairs.map(|(product, value)| {
                let value = amount(*value, &self.settings().currency);
                format!("{} {value}", self.product_name(*product))
            });
            texts.collect::<Vec<_>>().join(", ")
        };
        let title = self.numbers.products.first().map(|product| {
            let cost = self.numbers.cost;
            let unit = cost_unit(cost, self.settings());
            format!("{}, {unit}", self.cost_name(cost, *product))
        });
        let points = self.numbers.points.iter();
        Categories {
            names: self.point_names(),
            title,
            details: points.map(|point| other_values(&point.values)).collect(),
        }
    }

    /// The first product's value at every point.
    fn point_names(&self) -> Vec<String> {
        let first_value = |values: &[f64]| values.first().map_or(String::new(), f64::to_string);
        let points = self.numbers.points.iter();
        points.map(|point| first_value(&point.values)).collect()
    }
}

impl<R> Clone for SweepResult<R> {
    fn clone(&self) -> Self {
        Self::new(&self.study, &self.start, &self.numbers)
    }
}

impl<R> PartialEq for SweepResult<R> {
    /// Compares the identity of the numbers, which are computed once from one study and its offers.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.numbers, &other.numbers)
    }
}
