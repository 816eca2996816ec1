//! Net movement of respondents between the focal brand and all others, by segment and point.

use conjoint::choice::Rule;
use conjoint::index_vec::{BrandIndex, SegmentIndex};
use conjoint::sweep::LockstepResult;
use yew::prelude::*;

use super::SweepResult;
use crate::charts::{BarSeries, Bars, Categories, Fill, Graphic, Grouping, Theme};
use crate::components::hooks::use_theme;
use crate::components::{Dispatch, Figure, LazyGraphic, labelled_select};
use crate::format::reader_separators;
use crate::state::{Action, SweepAction};
use crate::text::how_to_read;
use crate::text::model::FigureBasis;

/// Properties of [`MovementFigure`].
#[derive(Properties, PartialEq)]
pub(super) struct MovementFigureProps {
    /// The segment.
    pub(super) segment: SegmentIndex,
    /// The computed lockstep.
    pub(super) result: SweepResult<LockstepResult>,
}

/// The movement of a segment over the points.
#[component]
pub(super) fn MovementFigure(props: &MovementFigureProps) -> Html {
    let MovementFigureProps { segment, result } = props;
    let theme = use_theme();
    let graphic = use_memo(
        (*segment, result.clone(), theme),
        |(segment, result, theme)| {
            let (segment, result, theme) = (*segment, result.clone(), *theme);
            LazyGraphic::new(move || {
                let points = 0..result.numbers.points.len();
                let categories = ("point", result.point_categories());
                draw(&result, theme, categories, |brand| {
                    let movement = |point| net_movement(&result.numbers, point, segment, brand);
                    points.clone().map(movement).collect()
                })
            })
        },
    );
    let name = &result.study.segments()[*segment];
    let focal = result.focal_brand();
    html! {
        <Figure
            title={format!("Movement: {name}")}
            graphic={(*graphic).clone()}
            empty={format!("No {name} respondent chooses {focal} at the baseline point")}
            reading={how_to_read::SEGMENT_MOVEMENT}
            model_line={result.model_line(movement_basis(result))}
            lead={lead(focal)}
        />
    }
}

/// Properties of [`PointFigure`].
#[derive(Properties, PartialEq)]
pub(super) struct PointFigureProps {
    /// The computed lockstep.
    pub(super) result: SweepResult<LockstepResult>,
    /// The index of the selected point.
    pub(super) point: Option<usize>,
    /// Where selections are sent.
    pub(super) dispatch: Dispatch,
}

/// The movement of every segment at one point.
#[component]
pub(super) fn PointFigure(props: &PointFigureProps) -> Html {
    let PointFigureProps {
        result,
        point,
        dispatch,
    } = props;
    let names = result.point_names();
    let point = selected_point(result, *point);
    let theme = use_theme();
    let graphic = use_memo((point, result.clone(), theme), |(point, result, theme)| {
        let (point, result, theme) = (*point, result.clone(), *theme);
        LazyGraphic::new(move || {
            let segments = result.study.segments();
            let categories = ("segment", segments.iter().cloned().collect());
            draw(&result, theme, categories, |brand| {
                let movement = |segment| net_movement(&result.numbers, point, segment, brand);
                segments.indices().map(movement).collect()
            })
        })
    });
    let option = |name: &String| AttrValue::from(reader_separators().localize(name));
    let on_select = {
        let dispatch = dispatch.clone();
        Callback::from(move |point| dispatch.dispatch(Action::Sweep(SweepAction::Point(point))))
    };
    let focal = result.focal_brand();
    html! {
        <Figure
            title="Movement at one point"
            graphic={(*graphic).clone()}
            empty={format!("No respondent chooses {focal} at the baseline point")}
            reading={how_to_read::MOVEMENT_AT_POINT}
            model_line={result.model_line(movement_basis(result))}
            lead={format!("{}{}", lead(focal), describe_empty_segments(result))}
        >
            { labelled_select("Point", names.iter().map(option).collect(), point, on_select) }
        </Figure>
    }
}

/// The rule that movement follows: first choice where the chosen one does not say who changes.
fn movement_basis(result: &SweepResult<LockstepResult>) -> FigureBasis {
    match result.numbers.movement_rule {
        Rule::FirstChoice => FigureBasis::FirstChoice,
        _ => FigureBasis::Rule,
    }
}

/// The index of the selected point; by default, the end of the range that is farther from the
/// baseline, where more has moved.
fn selected_point(result: &SweepResult<LockstepResult>, selected: Option<usize>) -> usize {
    let last = result.numbers.points.len().saturating_sub(1);
    // Rows with different baselines begin at them as often as they end there.
    let baseline = result.numbers.baseline.unwrap_or_default();
    let farther_end = if baseline * 2 > last { 0 } else { last };
    selected.map_or(farther_end, |point| point.min(last))
}

/// The net movement to a brand, in percent.
fn net_movement(
    lockstep: &LockstepResult,
    point: usize,
    segment: SegmentIndex,
    brand: BrandIndex,
) -> Option<f64> {
    let point = lockstep.points.get(point)?;
    let fraction = (*point.movement.get(segment)?.get(brand)?)?;
    Some(fraction * 100.0)
}

/// Draws bars by brand; `categories` are points or segments, and what they are called.
fn draw(
    result: &SweepResult<LockstepResult>,
    theme: Theme,
    (category, categories): (&str, Categories),
    values: impl Fn(BrandIndex) -> Vec<Option<f64>>,
) -> Graphic {
    let series = result.study.brands().indices().map(|index| {
        let (name, color) = result.brand(index, theme);
        BarSeries {
            name,
            values: values(index),
            fill: Fill::Color(color),
            intervals: Vec::new(),
        }
    });
    let mut bars = Bars {
        category: category.to_owned(),
        measure: "Net movement".to_owned(),
        unit: "%".to_owned(),
        // Points have an axis of their own; segments are names.
        grouping: match categories.title {
            Some(_) => Grouping::AlongAxis,
            None => Grouping::SideBySide,
        },
        categories,
        series: series.collect(),
    };
    let mut values = bars.series.iter().flat_map(|series| &series.values);
    if values.all(Option::is_none) {
        // Without rows, the figure shows why it is empty.
        bars.categories = Categories::default();
    }
    bars.graphic_of_changes()
}

/// A sentence on the segments in which nobody chooses the focal brand.
fn describe_empty_segments(result: &SweepResult<LockstepResult>) -> String {
    let segments = result.study.segments().enumerate();
    let empty = segments.filter(|(segment, _)| {
        let first = result.numbers.points.first();
        let brands = first.and_then(|point| point.movement.get(*segment));
        brands.is_some_and(|brands| brands.iter().all(Option::is_none))
    });
    let names: Vec<&str> = empty.map(|(_, name)| name.as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!(
            " Nobody in {} chooses {} at the baseline point.",
            names.join(", "),
            result.focal_brand()
        ),
    }
}

/// What the percentages mean.
fn lead(focal: &str) -> String {
    format!(
        "In percent of the segment's respondents who choose {focal} at the baseline point: the net \
         gain of each brand from {focal}, and the gain or loss of {focal} itself."
    )
}
