//! Who moves where: net movement around the focal brand, by segment and point.

use conjoint::index_vec::{BrandIndex, SegmentIndex};
use conjoint::sweep::LockstepResult;
use yew::prelude::*;

use super::Of;
use crate::charts::{BarSeries, Bars, Categories, Fill, Graphic, Grouping, Theme};
use crate::components::hooks::use_theme;
use crate::components::{Figure, Plan, choice};
use crate::format::reader_separators;
use crate::pages::Dispatch;
use crate::state::{Action, SweepAction};
use crate::text::how_to_read;

/// Properties of [`MovementFigure`].
#[derive(Properties, PartialEq)]
pub(super) struct MovementFigureProps {
    /// Whose movement.
    pub(super) segment: SegmentIndex,
    /// What was computed.
    pub(super) sweep: Of<LockstepResult>,
}

/// A segment's movement over the points.
#[component]
pub(super) fn MovementFigure(props: &MovementFigureProps) -> Html {
    let MovementFigureProps { segment, sweep } = props;
    let theme = use_theme();
    let graphic = use_memo(
        (*segment, sweep.clone(), theme),
        |(segment, sweep, theme)| {
            let (segment, sweep, theme) = (*segment, sweep.clone(), *theme);
            Plan::new(move || {
                let points = 0..sweep.result.points.len();
                draw(&sweep, theme, "point", sweep.points(), |brand| {
                    let points = points.clone();
                    points
                        .map(|point| percent(&sweep.result, point, segment, brand))
                        .collect()
                })
            })
        },
    );
    let name = &sweep.study.segments()[*segment];
    html! {
        <Figure
            title={format!("Movement: {name}")}
            graphic={(*graphic).clone()}
            empty={format!("No {name} respondent chooses {} at the baseline point", sweep.focal())}
            reading={how_to_read::SEGMENT_MOVEMENT}
            by={sweep.by_first()}
            lead={remark(sweep)}
        />
    }
}

/// Properties of [`PointFigure`].
#[derive(Properties, PartialEq)]
pub(super) struct PointFigureProps {
    /// What was computed.
    pub(super) sweep: Of<LockstepResult>,
    /// The point that was chosen.
    pub(super) point: Option<usize>,
    /// Where choices go.
    pub(super) dispatch: Dispatch,
}

/// Every segment's movement at one point.
#[component]
pub(super) fn PointFigure(props: &PointFigureProps) -> Html {
    let PointFigureProps {
        sweep,
        point,
        dispatch,
    } = props;
    let names = sweep.point_names();
    // Without a choice the end that is farther from the baseline, where more has moved.
    let last = names.len().saturating_sub(1);
    let farther = if sweep.result.baseline * 2 > last {
        0
    } else {
        last
    };
    let point = point.map_or(farther, |point| point.min(last));
    let theme = use_theme();
    let graphic = use_memo((point, sweep.clone(), theme), |(point, sweep, theme)| {
        let (point, sweep, theme) = (*point, sweep.clone(), *theme);
        Plan::new(move || {
            let segments = sweep.study.segments();
            draw(
                &sweep,
                theme,
                "segment",
                segments.iter().cloned().collect(),
                |brand| {
                    let segments = segments.indices();
                    segments
                        .map(|segment| percent(&sweep.result, point, segment, brand))
                        .collect()
                },
            )
        })
    });
    let read = |name: &String| AttrValue::from(reader_separators().localize(name));
    let on_choose = {
        let dispatch = dispatch.clone();
        Callback::from(move |point| dispatch.dispatch(Action::Sweep(SweepAction::Point(point))))
    };
    html! {
        <Figure
            title="Movement at one point"
            graphic={(*graphic).clone()}
            empty={format!("No respondent chooses {} at the baseline point", sweep.focal())}
            reading={how_to_read::MOVEMENT_AT_POINT}
            by={sweep.by_first()}
            lead={format!("{}{}", remark(sweep), missing(sweep))}
        >
            { choice("Point", names.iter().map(read).collect(), point, on_choose) }
        </Figure>
    }
}

/// The movement to a brand.
fn percent(
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
    sweep: &Of<LockstepResult>,
    theme: Theme,
    category: &str,
    categories: Categories,
    values: impl Fn(BrandIndex) -> Vec<Option<f64>>,
) -> Graphic {
    let series = sweep.study.brands().indices().map(|index| {
        let (name, colour) = sweep.brand(index, theme);
        BarSeries {
            name,
            values: values(index),
            fill: Fill::Colour(colour),
            intervals: Vec::new(),
        }
    });
    let mut bars = Bars {
        category: category.to_owned(),
        measure: "Net movement".to_owned(),
        unit: "%".to_owned(),
        categories,
        series: series.collect(),
        grouping: Grouping::SideBySide,
    };
    let mut values = bars.series.iter().flat_map(|series| &series.values);
    if values.all(Option::is_none) {
        // Nobody to compare with: a figure without a row says so.
        bars.categories = Categories::default();
    }
    bars.graphic_of_changes()
}

/// The segments that have nobody to compare with.
fn missing(sweep: &Of<LockstepResult>) -> String {
    let segments = sweep.study.segments().enumerate();
    let without = segments.filter(|(segment, _)| {
        let first = sweep.result.points.first();
        let brands = first.and_then(|point| point.movement.get(*segment));
        brands.is_some_and(|brands| brands.iter().all(Option::is_none))
    });
    let names: Vec<&str> = without.map(|(_, name)| name.as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!(
            " Nobody of {} chooses {} at the baseline point.",
            names.join(", "),
            sweep.focal()
        ),
    }
}

/// What the percentages are of.
fn remark(sweep: &Of<LockstepResult>) -> String {
    let focal = sweep.focal();
    format!(
        "In percent of the segment's respondents who choose {focal} at the baseline point: net \
         gain of each brand from {focal}, and {focal}'s own gain or loss."
    )
}
