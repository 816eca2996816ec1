//! Distributions of a probability: for each name a density curve above a rug of its values.

mod table;

use super::drawing::{Layout, steady_margin};
use super::thinning::{MARKS, rounded, thinned};
use super::trace::{Line, Mode, Name, Trace};
use super::{Drawing, Graphic, markup};
use crate::format::count;
use conjoint::stats::kde::{Density, POINTS};
use conjoint::stats::sort::stable_sort;
use plotly::common::LineShape;
use plotly::layout::{Axis, RangeMode};

/// A named sample of probabilities, one per respondent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample<'a> {
    /// Its name in the legend and in the table's header: a brand.
    pub name: &'a str,
    /// A CSS color.
    pub color: &'a str,
    /// Ids of the respondents, as many as there are values.
    pub respondents: &'a [&'a str],
    /// Probabilities, 0–1, in the respondents' order.
    pub values: &'a [f64],
    /// The curve; a sample without one has only a rug.
    pub density: Option<&'a Density>,
}

/// Curves above rugs. A sample without values is left out; without any value, drawing and table are
/// empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Distributions<'a> {
    /// What is distributed, for the axis: "Probability of choosing the brand".
    pub measure: &'a str,
    /// In the order of the legend and of the rugs, from top to bottom.
    pub samples: Vec<Sample<'a>>,
}

/// The height of all rugs below curves, as a fraction of the height.
const RUGS: f64 = 0.18;
/// The gap between rugs and curves, as a fraction of the height.
const GAP: f64 = 0.03;

/// The heights of a rug and of its ticks, in units of the rugs' axis. They are whole numbers to keep
/// the JSON short.
const ROW: f64 = 4.0;
const TICK: f64 = 3.0;

/// The unit of a density: the area under a curve over probabilities of 0–1 is at most 1.
const DENSITY_UNIT: &str = "per unit of probability";

const CURVE_HOVER: &str =
    "%{fullData.meta} at %{x:.1%}:<br>density %{y:.3~g} per unit of probability<extra></extra>";
const RUG_HOVER: &str = "Respondent %{text}:<br>%{fullData.meta} %{x:.1%}<extra></extra>";

impl Distributions<'_> {
    /// The chart and its numbers, with a note where a rug leaves values out.
    pub fn graphic(&self) -> Graphic {
        let drawn: Vec<_> = self
            .samples
            .iter()
            .copied()
            .filter(|sample| !sample.values.is_empty())
            .collect();
        let curves = drawn.iter().filter_map(curve);
        let places = drawn.iter().enumerate();
        let rugs = places.map(|(place, sample)| rug(sample, place));
        let traces: Vec<_> = curves.chain(rugs).collect();
        // A table without rows still names the samples.
        let listed = if drawn.is_empty() {
            &self.samples
        } else {
            &drawn
        };
        Graphic::new(
            Drawing::new(&traces, &self.layout(&drawn)),
            table::table(listed),
        )
        .with_note(note(&drawn))
    }

    fn layout(&self, drawn: &[Sample<'_>]) -> Layout {
        let curves = drawn.iter().any(|sample| sample.density.is_some());
        let top = if curves { RUGS } else { 1.0 };
        let rows = drawn.len() as f64;
        let probability = Axis::new()
            .title(markup::title(self.measure))
            // As many digits as the ticks need: "5 %", and "0.5 %" if zoomed in.
            .tick_format("~%")
            .zero_line(false)
            .range(range(drawn))
            .anchor("y2");
        let density = Axis::new()
            .title(markup::title(format!("Density, {DENSITY_UNIT}")))
            .range_mode(RangeMode::ToZero)
            .domain(&[top + GAP, 1.0]);
        let rugs = Axis::new()
            .visible(false)
            .fixed_range(true)
            .range(vec![rows * ROW, 0.0])
            .domain(&[0.0, top]);
        Layout {
            xaxis: Some(probability),
            yaxis: curves.then_some(density),
            yaxis2: Some(rugs),
            showlegend: drawn.len() > 1,
            margin: Some(steady_margin()),
            ..Layout::default()
        }
    }
}

/// From the lowest to the highest probability with a small margin: plotly.js leaves none around
/// lines, and would cut a tick on the edge in half.
fn range(drawn: &[Sample<'_>]) -> Vec<f64> {
    let values = || drawn.iter().flat_map(|sample| sample.values).copied();
    let (low, high) = (
        values().reduce(f64::min).unwrap_or(0.0),
        values().reduce(f64::max).unwrap_or(1.0),
    );
    let room = 0.02 * (high - low).max(0.01);
    vec![low - room, high + room]
}

fn curve<'a>(sample: &Sample<'a>) -> Option<Trace<'a>> {
    let density = sample.density?;
    Some(Trace {
        name: Name(sample.name),
        legendgroup: sample.name,
        uid: uid("curve", sample.name),
        mode: Some(Mode::Lines),
        // The points are equidistant, so that a start and a step are enough.
        x0: Some(density.min),
        dx: Some((density.max - density.min) / (POINTS - 1) as f64),
        y: Some(density.curve.iter().copied().map(rounded).collect()),
        line: Some(Line::new(sample.color, 2.0)),
        hovertemplate: CURVE_HOVER,
        ..Trace::default()
    })
}

/// A row of ticks, the `place`th from the top. The legend hides it with its curve.
///
/// It is drawn as one line in the shape of a comb, because marks would each be an element of the
/// page, and thousands of them slow plotly.js down.
fn rug<'a>(sample: &Sample<'a>, place: usize) -> Trace<'a> {
    let ticks = stable_sort(marks(sample).collect(), |(_, one), (_, other)| {
        one.total_cmp(other)
    });
    // From a tick's tip to the comb's back, along it to the next tick, and up to its tip.
    let (tip, back) = (place as f64 * ROW, place as f64 * ROW + TICK);
    let values = ticks.iter().flat_map(|(_, value)| [rounded(*value); 2]);
    Trace {
        name: Name(sample.name),
        legendgroup: sample.name,
        uid: uid("rug", sample.name),
        showlegend: Some(sample.density.is_none()),
        mode: Some(Mode::Lines),
        x: Some(values.collect()),
        y: Some(ticks.iter().flat_map(|_| [back, tip]).collect()),
        yaxis: Some("y2"),
        line: Some(Line {
            shape: Some(LineShape::Vh),
            ..Line::new(sample.color, 1.0)
        }),
        text: Some(ticks.iter().flat_map(|(id, _)| [*id; 2]).collect()),
        hovertemplate: RUG_HOVER,
        ..Trace::default()
    }
}

/// The respondents and values that the rug shows, in the sample's order.
fn marks<'a>(sample: &Sample<'a>) -> impl Iterator<Item = (&'a str, f64)> {
    let (respondents, values) = (sample.respondents, sample.values);
    let mark = move |place| Some((*respondents.get(place)?, *values.get(place)?));
    thinned(values.len()).filter_map(mark)
}

/// Identifies the trace by its name, so that a trace that the reader hid stays hidden when another
/// sample becomes empty and the traces move up.
fn uid(kind: &str, name: &str) -> Option<String> {
    Some(format!("{kind} {name}"))
}

/// How many respondents the rugs leave out.
fn note(drawn: &[Sample<'_>]) -> Option<String> {
    let thinned = drawn.iter().filter(|sample| sample.values.len() > MARKS);
    let sizes: Vec<_> = thinned
        .map(|sample| (sample.name, sample.values.len()))
        .collect();
    let (_, first) = sizes.first()?;
    if sizes.iter().all(|(_, size)| size == first) {
        return Some(format!(
            "Rug thinned to {} of {} respondents",
            count(MARKS),
            count(*first)
        ));
    }
    let each: Vec<_> = sizes
        .iter()
        .map(|(name, size)| format!("{name} of {}", count(*size)))
        .collect();
    Some(format!(
        "Rugs thinned to {} respondents: {}",
        count(MARKS),
        each.join(", ")
    ))
}

#[cfg(test)]
mod tests;
