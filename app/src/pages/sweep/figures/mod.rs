//! The figures of the page: results to what the chart builders take.

mod grid;
mod money;
mod movement;

use std::rc::Rc;
use std::sync::Arc;

use conjoint::finance::Measure;
use conjoint::indexed::{BrandIndex, ProductIndex, SegmentIndex};
use conjoint::study::Study;
use conjoint::sweep::{Cost, LockstepResult};
use yew::prelude::*;

use crate::charts::Categories;
use crate::format::{amount, words};
use crate::hooks::Swept;
use crate::pages::Dispatch;
use crate::state::Sweep;
use crate::sweep::Outcome;
use grid::GridFigure;
use money::MoneyFigure;
use movement::{MovementFigure, PointFigure};

/// Properties of [`Figures`] and of each of them.
#[derive(Properties)]
pub struct FiguresProps {
    /// What was computed.
    pub swept: Rc<Swept>,
    /// The study.
    pub study: Arc<Study>,
    /// How it is shown.
    pub sweep: Rc<Sweep>,
    /// Where choices go.
    pub dispatch: Dispatch,
}

impl PartialEq for FiguresProps {
    fn eq(&self, other: &Self) -> bool {
        self.swept == other.swept
            && Arc::ptr_eq(&self.study, &other.study)
            && self.sweep == other.sweep
            && self.dispatch == other.dispatch
    }
}

/// All figures of a lockstep, or of a grid.
#[component]
pub fn Figures(props: &FiguresProps) -> Html {
    let FiguresProps {
        swept,
        study,
        sweep,
        dispatch,
    } = props;
    let money = |measure: Measure| match swept.outcome {
        Outcome::Lockstep(_) => html! {
            <MoneyFigure
                key={title(measure)}
                {measure}
                swept={Rc::clone(swept)}
                study={Arc::clone(study)}
                view={sweep.view}
            />
        },
        Outcome::Grid(_) => html! {
            <GridFigure
                key={title(measure)}
                {measure}
                swept={Rc::clone(swept)}
                study={Arc::clone(study)}
                relative={sweep.relative}
            />
        },
    };
    let movement = |(segment, name): (SegmentIndex, &String)| {
        html! {
            <MovementFigure
                key={name.clone()}
                {segment}
                swept={Rc::clone(swept)}
                study={Arc::clone(study)}
            />
        }
    };
    html! {
        <>
            { for Measure::ALL.into_iter().map(money) }
            if let Outcome::Lockstep(_) = swept.outcome {
                { for study.segments().enumerate().map(movement) }
                <PointFigure
                    swept={Rc::clone(swept)}
                    study={Arc::clone(study)}
                    point={sweep.point}
                    dispatch={dispatch.clone()}
                />
            }
        </>
    }
}

/// A measure's figure.
fn title(measure: Measure) -> &'static str {
    match measure {
        Measure::Customers => "Customers",
        Measure::Revenue => "Revenue",
        Measure::Arpu => "ARPU",
        Measure::Ebit => "EBIT",
    }
}

/// The unit that the model gives a measure.
fn unit(measure: Measure, currency: &str) -> String {
    match measure {
        Measure::Customers => "thousand".to_owned(),
        Measure::Revenue | Measure::Ebit => format!("{currency} thousand a month"),
        Measure::Arpu => cost_unit(Cost::Monthly, currency),
    }
}

fn cost_unit(cost: Cost, currency: &str) -> String {
    match cost {
        Cost::Monthly => format!("{currency} a month"),
        Cost::Upfront => currency.to_owned(),
    }
}

/// What a cost of a product is called: "monthly cost of Nissan LEAF S".
fn cost_of(study: &Study, swept: &Swept, cost: Cost, product: ProductIndex) -> String {
    let offer = swept.scenario.offers().get(product);
    let name = offer.map_or(String::new(), |offer| study.name_of(offer));
    format!("{} of {name}", words(cost.column()))
}

/// The points of a lockstep along an axis: the first product's values, and those of the others
/// on hover.
fn points(study: &Study, swept: &Swept, result: &LockstepResult) -> Categories {
    let currency = &study.settings().currency;
    let offers = swept.scenario.offers();
    let others = |values: &[f64]| {
        let pairs = result.products.iter().zip(values).skip(1);
        let told = pairs.map(|(product, value)| {
            format!(
                "{} {}",
                study.name_of(&offers[*product]),
                amount(*value, currency)
            )
        });
        told.collect::<Vec<_>>().join(", ")
    };
    let first = |values: &[f64]| values.first().map_or(String::new(), f64::to_string);
    let points = result.points.iter();
    let title = result.products.first().map(|product| {
        let unit = cost_unit(result.cost, currency);
        format!("{}, {unit}", cost_of(study, swept, result.cost, *product))
    });
    Categories {
        names: points.clone().map(|point| first(&point.values)).collect(),
        title,
        details: points.map(|point| others(&point.values)).collect(),
    }
}

/// A brand's name and colour.
fn brand(study: &Study, brand: BrandIndex) -> (String, String) {
    let brand = &study.brands()[brand];
    (brand.name.clone(), brand.colour.clone())
}
