//! Who moves where: net movement around the focal brand, by segment and point.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::indexed::{BrandIndex, SegmentIndex};
use conjoint::study::Study;
use conjoint::sweep::LockstepResult;
use yew::prelude::*;

use super::{brand, points};
use crate::charts::{BarSeries, Bars, Categories, Fill, Graphic, Grouping};
use crate::components::{Choice, Figure};
use crate::hooks::Swept;
use crate::pages::Dispatch;
use crate::state::{Action, SweepAction};
use crate::sweep::Outcome;

/// Properties of [`MovementFigure`].
#[derive(Properties)]
pub struct MovementFigureProps {
    /// Whose movement.
    pub segment: SegmentIndex,
    /// What was computed.
    pub swept: Rc<Swept>,
    /// The study.
    pub study: Arc<Study>,
}

impl PartialEq for MovementFigureProps {
    fn eq(&self, other: &Self) -> bool {
        self.segment == other.segment
            && self.swept == other.swept
            && Arc::ptr_eq(&self.study, &other.study)
    }
}

/// A segment's movement over the points.
#[component]
pub fn MovementFigure(props: &MovementFigureProps) -> Html {
    let (segment, study) = (props.segment, &props.study);
    let graphic = {
        let study = Arc::clone(study);
        use_memo(
            (segment, Rc::clone(&props.swept)),
            move |(segment, swept)| {
                let Outcome::Lockstep(result) = &swept.outcome else {
                    return None;
                };
                let fraction = |point: usize, brand| movement(result, point, *segment, brand);
                let places = 0..result.points.len();
                let categories = points(&study, swept, result);
                Some(draw(&study, "point", categories, |brand| {
                    places.clone().map(|point| fraction(point, brand)).collect()
                }))
            },
        )
    };
    html! {
        <Figure
            title={format!("Movement: {}", study.segments()[segment])}
            graphic={(*graphic).clone()}
            note={remark(study, &props.swept)}
        />
    }
}

/// Properties of [`PointFigure`].
#[derive(Properties)]
pub struct PointFigureProps {
    /// What was computed.
    pub swept: Rc<Swept>,
    /// The study.
    pub study: Arc<Study>,
    /// The point that was chosen.
    pub point: Option<usize>,
    /// Where choices go.
    pub dispatch: Dispatch,
}

impl PartialEq for PointFigureProps {
    fn eq(&self, other: &Self) -> bool {
        self.swept == other.swept
            && Arc::ptr_eq(&self.study, &other.study)
            && self.point == other.point
            && self.dispatch == other.dispatch
    }
}

/// Every segment's movement at one point.
#[component]
pub fn PointFigure(props: &PointFigureProps) -> Html {
    let PointFigureProps {
        swept,
        study,
        point,
        dispatch,
    } = props;
    let names = match &swept.outcome {
        Outcome::Lockstep(result) => points(study, swept, result).names,
        Outcome::Grid(_) => Vec::new(),
    };
    // Without a choice the last point, where most has moved.
    let last = names.len().saturating_sub(1);
    let point = point.map_or(last, |point| point.min(last));
    let graphic = {
        let study = Arc::clone(study);
        use_memo((point, Rc::clone(swept)), move |(point, swept)| {
            let Outcome::Lockstep(result) = &swept.outcome else {
                return None;
            };
            let segments = study.segments();
            let categories: Categories = segments.iter().cloned().collect();
            Some(draw(&study, "segment", categories, |brand| {
                let segments = segments.indices();
                segments
                    .map(|segment| movement(result, *point, segment, brand))
                    .collect()
            }))
        })
    };
    let on_choose = {
        let dispatch = dispatch.clone();
        Callback::from(move |point| dispatch.dispatch(Action::Sweep(SweepAction::Point(point))))
    };
    html! {
        <Figure
            title="Movement at one point"
            graphic={(*graphic).clone()}
            note={remark(study, swept)}
        >
            <Choice
                label="Point"
                options={names.into_iter().map(AttrValue::from).collect::<Vec<_>>()}
                selected={point}
                {on_choose}
            />
        </Figure>
    }
}

/// The movement to a brand, in percent.
fn movement(
    result: &LockstepResult,
    point: usize,
    segment: SegmentIndex,
    brand: BrandIndex,
) -> Option<f64> {
    let point = result.points.get(point)?;
    let fraction = (*point.movement.get(segment)?.get(brand)?)?;
    Some(fraction * 100.0)
}

fn draw(
    study: &Study,
    category: &str,
    categories: Categories,
    values: impl Fn(BrandIndex) -> Vec<Option<f64>>,
) -> Graphic {
    let series = study.brands().indices().map(|index| {
        let (name, colour) = brand(study, index);
        BarSeries {
            name,
            values: values(index),
            fill: Fill::Colour(colour),
        }
    });
    Bars {
        category: category.to_owned(),
        measure: "Net movement".to_owned(),
        unit: "%".to_owned(),
        categories,
        series: series.collect(),
        grouping: Grouping::Beside,
    }
    .changes()
}

/// What the percentages are of.
fn remark(study: &Study, swept: &Swept) -> Option<AttrValue> {
    let Outcome::Lockstep(result) = &swept.outcome else {
        return None;
    };
    let focal = &study.brands()[result.focal].name;
    Some(AttrValue::from(format!(
        "In percent of the segment's respondents who choose {focal} at the baseline point: net \
         gain of each brand from {focal}, and {focal}'s own gain or loss."
    )))
}
