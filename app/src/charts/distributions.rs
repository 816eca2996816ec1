//! Distributions of a probability: a density curve for each name over a rug of its values.

use super::drawing::{Layout, steady_margin};
use super::thinning::{MARKS, rounded, thinned};
use super::trace::{Line, Mode, Trace};
use super::{Cell, DataTable, Drawing, Graphic, Row};
use crate::format::count;
use conjoint::stats::kde::{Density, POINTS};
use conjoint::stats::quantile::sorted;
use plotly::common::{LineShape, Title};
use plotly::layout::{Axis, RangeMode};
use std::collections::BTreeMap;

/// A named sample of probabilities, one a respondent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample<'a> {
    /// As the legend and the table's header say it: a brand.
    pub name: &'a str,
    /// A CSS colour.
    pub colour: &'a str,
    /// Ids of the respondents, as many as there are values.
    pub respondents: &'a [&'a str],
    /// Probabilities, 0–1, in the respondents' order.
    pub values: &'a [f64],
    /// The curve; without it the rug stands alone.
    pub density: Option<&'a Density>,
}

/// Curves over rugs. A sample without a value is left out; without any value, drawing and table
/// are empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Distributions<'a> {
    /// What is distributed, for the axis: "Probability of choosing the brand".
    pub measure: &'a str,
    /// In the order of the legend and of the rugs, from top to bottom.
    pub samples: Vec<Sample<'a>>,
}

/// The height that rugs have under curves, of the whole.
const RUGS: f64 = 0.18;
/// Between them and the curves.
const GAP: f64 = 0.03;

/// A rug's height and that of its ticks, in units of the rugs' axis; whole, to keep the JSON
/// short.
const ROW: f64 = 4.0;
const TOOTH: f64 = 3.0;

/// The unit of a density: the area under a curve over probabilities of 0–1 is 1 at most.
const DENSITY: &str = "per unit of probability";

const CURVE_HOVER: &str =
    "%{fullData.name} at %{x:.1%}:<br>density %{y:.3~g} per unit of probability<extra></extra>";
const RUG_HOVER: &str = "Respondent %{text}:<br>%{fullData.name} %{x:.1%}<extra></extra>";

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
        // A table without rows says at least of whom there are none.
        let told = if drawn.is_empty() {
            &self.samples
        } else {
            &drawn
        };
        Graphic::new(Drawing::new(&traces, &self.layout(&drawn)), table(told))
            .with_note(note(&drawn))
    }

    fn layout(&self, drawn: &[Sample<'_>]) -> Layout {
        let curves = drawn.iter().any(|sample| sample.density.is_some());
        let top = if curves { RUGS } else { 1.0 };
        let rows = drawn.len() as f64;
        let probability = Axis::new()
            .title(Title::with_text(self.measure))
            // As many digits as the ticks need: "5 %" and, zoomed in, "0.5 %".
            .tick_format("~%")
            .zero_line(false)
            .range(range(drawn))
            .anchor("y2");
        let density = Axis::new()
            .title(Title::with_text(format!("Density, {DENSITY}")))
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

/// From the lowest to the highest probability and a little beyond: plotly.js leaves no room
/// around lines, and a tick on the edge would be cut in half.
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
        name: sample.name,
        legendgroup: sample.name,
        uid: uid("curve", sample.name),
        mode: Some(Mode::Lines),
        // The points are equidistant: a start and a step say where they are.
        x0: Some(density.min),
        dx: Some((density.max - density.min) / (POINTS - 1) as f64),
        y: Some(density.curve.iter().copied().map(rounded).collect()),
        line: Some(Line::new(sample.colour, 2.0)),
        hovertemplate: CURVE_HOVER,
        ..Trace::default()
    })
}

/// A row of ticks, the `place`th from above; hidden with its curve, whose legend it shares.
///
/// A comb that is drawn as one line along its back, up and down every tooth: marks would each
/// be an element of the page, and thousands of those are what slows plotly.js down.
fn rug<'a>(sample: &Sample<'a>, place: usize) -> Trace<'a> {
    let teeth = sorted(marks(sample).collect(), |(_, one), (_, other)| {
        one.total_cmp(other)
    });
    // From a tooth's tip down to the back, along it to the next tooth's foot, up to its tip.
    let (tip, back) = (place as f64 * ROW, place as f64 * ROW + TOOTH);
    let values = teeth.iter().flat_map(|(_, value)| [rounded(*value); 2]);
    Trace {
        name: sample.name,
        legendgroup: sample.name,
        uid: uid("rug", sample.name),
        showlegend: Some(sample.density.is_none()),
        mode: Some(Mode::Lines),
        x: Some(values.collect()),
        y: Some(teeth.iter().flat_map(|_| [back, tip]).collect()),
        yaxis: Some("y2"),
        line: Some(Line {
            shape: Some(LineShape::Vh),
            ..Line::new(sample.colour, 1.0)
        }),
        text: Some(teeth.iter().flat_map(|(id, _)| [*id; 2]).collect()),
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

/// Ties what the reader hid to the name: the trace's place changes when a sample runs empty.
fn uid(kind: &str, name: &str) -> Option<String> {
    Some(format!("{kind} {name}"))
}

/// The curves' points first, then the rugs' respondents; of each name the density, which a
/// rug has none of, and the probability that it stands at.
fn table(drawn: &[Sample<'_>]) -> DataTable {
    let curves = drawn.iter().any(|sample| sample.density.is_some());
    let points = if curves { 0..POINTS } else { 0..0 };
    let point = |point: usize| {
        let cells = |sample: &Sample<'_>| match sample.density {
            Some(density) => [
                density.curve.get(point).copied().into(),
                Cell::number(density.at(point)),
            ],
            None => [Cell::Empty, Cell::Empty],
        };
        Row {
            category: point.to_string(),
            cells: drawn.iter().flat_map(cells).collect(),
        }
    };
    DataTable {
        category: "point".to_owned(),
        series: drawn
            .iter()
            .flat_map(|sample| [sample.name.to_owned(), format!("{} at", sample.name)])
            .collect(),
        unit: format!("probability 0–1, density {DENSITY}"),
        rows: points.map(point).chain(respondents(drawn)).collect(),
    }
}

/// A row a respondent, who may stand in several rugs, in order of first appearance.
fn respondents(drawn: &[Sample<'_>]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut known = BTreeMap::new();
    for (column, sample) in drawn.iter().enumerate() {
        for (respondent, value) in marks(sample) {
            let row = *known.entry(respondent).or_insert_with(|| {
                rows.push(Row {
                    category: respondent.to_owned(),
                    cells: vec![Cell::Empty; 2 * drawn.len()],
                });
                rows.len() - 1
            });
            if let Some(cell) = rows
                .get_mut(row)
                .and_then(|row| row.cells.get_mut(2 * column + 1))
            {
                *cell = Cell::number(value);
            }
        }
    }
    rows
}

/// What the rugs leave out.
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
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const IDS: [&str; 3] = ["p7", "p9", "p4"];
    const KIA: [f64; 3] = [0.25, 0.1234567891, 0.5];
    const TESLA: [f64; 3] = [0.75; 3];

    fn sample<'a>(
        name: &'a str,
        respondents: &'a [&'a str],
        values: &'a [f64],
        density: Option<&'a Density>,
    ) -> Sample<'a> {
        Sample {
            name,
            colour: "#0072b2",
            respondents,
            values,
            density,
        }
    }

    /// Kia has a curve, Tesla one value thrice, Volkswagen nothing.
    fn graphic(density: &Density) -> Graphic {
        Distributions {
            measure: "Probability of choosing the brand",
            samples: vec![
                sample("VW", &[], &[], None),
                sample("Kia", &IDS, &KIA, Some(density)),
                sample("Tesla", &IDS, &TESLA, None),
            ],
        }
        .graphic()
    }

    fn read(json: &str) -> Value {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_curve_starts_and_steps_and_its_rug_has_the_respondents() {
        let density = Density::of(&KIA).unwrap();
        let traces = read(graphic(&density).drawing.traces());
        assert_eq!(traces.as_array().unwrap().len(), 3);
        let (curve, rug, alone) = (&traces[0], &traces[1], &traces[2]);
        assert_eq!(curve["x0"], density.min);
        assert_eq!(curve["dx"], (density.max - density.min) / 499.0);
        assert_eq!(curve.get("x"), None);
        assert_eq!(curve["y"].as_array().unwrap().len(), POINTS);
        assert_eq!(curve["y"][3], rounded(density.curve[3]));
        let x = json!([0.123457, 0.123457, 0.25, 0.25, 0.5, 0.5]);
        assert_eq!(rug["x"], x);
        assert_eq!(rug["y"], json!([3.0, 0.0, 3.0, 0.0, 3.0, 0.0]));
        assert_eq!(rug["text"], json!(["p9", "p9", "p7", "p7", "p4", "p4"]));
        assert_eq!(rug["yaxis"], "y2");
        assert_eq!(rug["line"]["shape"], "vh");
        assert_eq!(alone["y"][1], 4.0);
    }

    #[test]
    fn a_rug_is_hidden_with_its_curve_and_shown_in_the_legend_alone() {
        let density = Density::of(&KIA).unwrap();
        let traces = read(graphic(&density).drawing.traces());
        let groups = [0, 1, 2].map(|place| traces[place]["legendgroup"].clone());
        assert_eq!(groups, ["Kia", "Kia", "Tesla"]);
        let shown = [1, 2].map(|place| traces[place]["showlegend"].clone());
        assert_eq!(shown, [false, true]);
        let names = [0, 1, 2].map(|place| traces[place]["uid"].clone());
        assert_eq!(names, ["curve Kia", "rug Kia", "rug Tesla"]);
    }

    #[test]
    fn rugs_lie_under_the_curves_on_one_axis_in_percent() {
        let density = Density::of(&KIA).unwrap();
        let layout = read(graphic(&density).drawing.layout());
        assert_eq!(layout["xaxis"]["tickformat"], "~%");
        assert_eq!(layout["xaxis"]["anchor"], "y2");
        let range = |end: usize| layout["xaxis"]["range"][end].as_f64().unwrap();
        assert!(range(0) < KIA[1] && KIA[1] - 0.02 < range(0));
        assert!(range(1) > TESLA[0] && TESLA[0] + 0.02 > range(1));
        assert_eq!(
            layout["xaxis"]["title"]["text"],
            "Probability of choosing the brand"
        );
        assert_eq!(
            layout["yaxis"]["title"]["text"],
            "Density, per unit of probability"
        );
        assert_eq!(layout["yaxis"]["domain"], json!([0.21, 1.0]));
        assert_eq!(layout["yaxis2"]["domain"], json!([0.0, 0.18]));
        assert_eq!(layout["yaxis2"]["range"], json!([8.0, 0.0]));
    }

    #[test]
    fn rugs_alone_have_the_whole_height() {
        let rugs = Distributions {
            measure: "P",
            samples: vec![sample("Tesla", &IDS, &TESLA, None)],
        };
        let graphic = rugs.graphic();
        let layout = read(graphic.drawing.layout());
        assert_eq!(layout["yaxis2"]["domain"], json!([0.0, 1.0]));
        assert_eq!(layout.get("yaxis"), None);
        assert_eq!(layout["showlegend"], false);
        assert_eq!(graphic.table.rows.len(), 3);
    }

    #[test]
    fn the_table_has_the_curves_points_and_then_the_respondents() {
        let density = Density::of(&KIA).unwrap();
        let table = graphic(&density).table;
        assert!(
            table
                .header()
                .eq(["point", "Kia", "Kia at", "Tesla", "Tesla at"])
        );
        assert_eq!(table.rows.len(), POINTS + 3);
        let last = &table.rows[499];
        assert_eq!(last.category, "499");
        assert_eq!(
            last.cells,
            [
                Cell::Number(density.curve[499]),
                Cell::Number(0.5),
                Cell::Empty,
                Cell::Empty
            ]
        );
        let respondent = &table.rows[501];
        assert_eq!(respondent.category, "p9");
        assert_eq!(
            respondent.cells,
            [
                Cell::Empty,
                Cell::Number(KIA[1]),
                Cell::Empty,
                Cell::Number(0.75)
            ]
        );
    }

    #[test]
    fn without_a_value_the_table_is_a_header() {
        let nobody = Distributions {
            measure: "P",
            samples: vec![sample("VW", &[], &[], None)],
        };
        let graphic = nobody.graphic();
        assert_eq!(graphic.drawing.traces(), "[]");
        assert!(graphic.table.header().eq(["point", "VW", "VW at"]));
        assert!(graphic.table.rows.is_empty());
    }

    #[test]
    fn large_rugs_are_thinned_and_say_so() {
        let ids: Vec<String> = (0..20_000).map(|id| id.to_string()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let values: Vec<f64> = (0..20_000).map(|id| f64::from(id) / 2e4).collect();
        let both = |second: usize| {
            Distributions {
                measure: "P",
                samples: vec![
                    sample("Kia", &ids, &values, None),
                    sample("Tesla", &ids[..second], &values[..second], None),
                ],
            }
            .graphic()
        };
        let graphic = both(20_000);
        let note = graphic.note.as_deref();
        assert_eq!(note, Some("Rug thinned to 2,000 of 20,000 respondents"));
        let traces = read(graphic.drawing.traces());
        assert_eq!(traces[0]["x"].as_array().unwrap().len(), 2 * MARKS);
        assert_eq!(traces[0]["text"][2], "10");
        assert_eq!(graphic.table.rows.len(), MARKS);
        assert_eq!(graphic.table.rows[1].category, "10");

        assert_eq!(
            both(3_000).note.as_deref(),
            Some("Rugs thinned to 2,000 respondents: Kia of 20,000, Tesla of 3,000")
        );
        assert_eq!(
            both(2_000).note.as_deref(),
            Some("Rug thinned to 2,000 of 20,000 respondents")
        );
    }
}
