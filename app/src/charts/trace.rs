//! Traces for plotly.js: only the fields that these charts set.
//!
//! The traces and the layout of the `plotly` crate have every field that plotly.js knows, except some
//! that these charts need. Serializing them would be an eighth of the Wasm. Traces therefore have
//! this type, and layouts consist of the crate's parts (see [`super::drawing`]).

use plotly::common::{ExponentFormat, LineShape, MarkerSymbol, Title};
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::markup;
use crate::format::shorten;

/// A trace. Fields that are not set have plotly.js's defaults.
#[derive(Debug, Default, Serialize)]
pub struct Trace<'a> {
    /// What is drawn.
    pub r#type: Kind,
    #[serde(flatten)]
    pub name: Name<'a>,
    /// What the reader hid or selected belongs to this id, whatever the trace's place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// Traces of one group are hidden together.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub legendgroup: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub showlegend: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// "h": bars from left to right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orientation: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<Values>,
    /// The start and the step of x, if the values are equidistant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x0: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dx: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub y: Option<Values>,
    /// The name of the vertical axis, unless it is the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yaxis: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_y: Option<ErrorBars>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_x: Option<ErrorBars>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub z: Option<Values>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Values>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texttemplate: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub textposition: Option<&'static str>,
    /// `false`: texts may reach into the margin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cliponaxis: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hovertext: Option<Values>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub hovertemplate: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customdata: Option<Values>,
    /// The text of a cell without `customdata` in a hover text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hovertemplatefallback: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hoverongaps: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<Marker>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<Line>,
    /// The area that the line encloses, and its color.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fill: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fillcolor: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hoverinfo: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zmin: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zmax: Option<f64>,
    /// Places on the scale, 0–1, and their colors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colorscale: Option<Vec<(f64, String)>>,
    /// Whether the theme's colors are used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub autocolorscale: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colorbar: Option<ColorBar>,
}

/// A trace's name. The legend cuts a long one; hover texts show all of it by the placeholder
/// `%{fullData.meta}`. A trace without a name has an empty one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Name<'a>(pub &'a str);

impl Name<'_> {
    /// The width of the longest name in a legend, in letters: it fits a phone.
    const MAX_WIDTH: usize = 36;
}

impl Serialize for Name<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(name) = self;
        let mut fields = serializer.serialize_struct("Name", 2)?;
        if !name.is_empty() {
            let shown = shorten(name, Self::MAX_WIDTH);
            fields.serialize_field("name", &markup::escape(&shown))?;
            fields.serialize_field("meta", &markup::escape(name))?;
        }
        fields.end()
    }
}

/// plotly.js's name for a kind of trace; the build script of plotly.js bundles only these.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Bar,
    Heatmap,
    #[default]
    Scatter,
}

/// How a scatter draws its points.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    Lines,
    Markers,
    Text,
    #[serde(rename = "lines+markers")]
    LinesAndMarkers,
}

/// A value for each point, in order; `None` leaves a gap.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Values {
    #[serde(serialize_with = "markup::serialize_all")]
    Texts(Vec<String>),
    Numbers(Vec<Option<f64>>),
    /// Values of a heatmap's cells, row by row.
    #[serde(serialize_with = "markup::serialize_rows")]
    TextRows(Vec<Vec<String>>),
    NumberRows(Vec<Vec<Option<f64>>>),
}

impl FromIterator<f64> for Values {
    fn from_iter<T: IntoIterator<Item = f64>>(numbers: T) -> Self {
        Self::Numbers(numbers.into_iter().map(Some).collect())
    }
}

impl<'s> FromIterator<&'s str> for Values {
    fn from_iter<T: IntoIterator<Item = &'s str>>(texts: T) -> Self {
        Self::Texts(texts.into_iter().map(str::to_owned).collect())
    }
}

/// What marks and bars look like.
#[derive(Debug, Default, Serialize)]
pub struct Marker {
    pub color: Color,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<MarkerSymbol>,
    /// In pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opacity: Option<f64>,
    /// The line around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<Line>,
}

/// A CSS color for all, or one for each.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Color {
    One(String),
    Each(Vec<String>),
}

impl Default for Color {
    fn default() -> Self {
        Self::One("rgba(0,0,0,0)".to_owned())
    }
}

/// Distances from each value to the ends of its interval, in the values' unit.
#[derive(Debug, Serialize)]
pub struct ErrorBars {
    /// `false`, because [`ErrorBars::array`] and [`ErrorBars::arrayminus`] differ.
    pub symmetric: bool,
    pub array: Vec<Option<f64>>,
    pub arrayminus: Vec<Option<f64>>,
    pub color: &'static str,
    /// In pixels.
    pub thickness: f64,
    pub width: f64,
}

/// What a line looks like.
#[derive(Debug, Serialize)]
pub struct Line {
    pub color: String,
    /// In pixels.
    pub width: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shape: Option<LineShape>,
}

impl Line {
    /// A straight line between points.
    pub fn new(color: &str, width: f64) -> Self {
        Self {
            color: color.to_owned(),
            width,
            shape: None,
        }
    }
}

/// The scale of a heatmap's colors. Fields that are not set have the theme's defaults.
#[derive(Debug, Serialize)]
pub struct ColorBar {
    /// "h": horizontal.
    pub orientation: &'static str,
    /// The place of its anchor, as a fraction of the map's height.
    pub y: f64,
    pub yanchor: &'static str,
    /// In pixels.
    pub thickness: f64,
    pub outlinewidth: f64,
    pub exponentformat: ExponentFormat,
    pub separatethousands: bool,
    /// The text after every number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticksuffix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_long_name_is_cut_in_the_legend_only() {
        let json = |name: &str| -> Value {
            let trace = Trace {
                name: Name(name),
                ..Trace::default()
            };
            serde_json::to_value(trace).unwrap()
        };
        let long = "Gen X, born between 1965 and 1980, in a household <with> a car";
        let trace = json(long);
        assert_eq!(trace["name"], "Gen X, born betwee…hold &lt;with&gt; a car");
        assert_eq!(trace["meta"], markup::escape(long));
        assert_eq!(json("Gen X")["name"], "Gen X");
        assert_eq!(json(""), json!({"type": "scatter"}));
    }
}
