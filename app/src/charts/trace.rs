//! Traces as plotly.js takes them: the fields that charts here set, and no others.
//!
//! The `plotly` crate's traces and its whole layout have every field that there is, and lack some
//! that are used here. The code that writes them down would be an eighth of the Wasm; so traces are
//! of this type, and layouts are of the crate's parts (see [`super::drawing`]).

use plotly::common::{ExponentFormat, LineShape, MarkerSymbol, Title};
use serde::Serialize;

/// A trace. What it leaves out is plotly.js's default.
#[derive(Debug, Default, Serialize)]
pub struct Trace<'a> {
    /// What is drawn.
    pub r#type: Kind,
    /// As the legend says it.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub name: &'a str,
    /// What the reader hid or chose goes with this, whatever the trace's place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// Traces of one group are hidden together.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub legendgroup: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub showlegend: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<Values>,
    /// Where x begins and by how much it goes on, where the values are equidistant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x0: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dx: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub y: Option<Values>,
    /// The name of the vertical axis, where it is not the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yaxis: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_y: Option<ErrorBars>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub z: Option<Values>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Values>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texttemplate: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hovertext: Option<Values>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub hovertemplate: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customdata: Option<Values>,
    /// What a hover text says where a cell has no `customdata`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hovertemplatefallback: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hoverongaps: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<Marker>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<Line>,
    /// What of the plane a line encloses, and in which colour.
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
    /// Places on the scale, 0–1, and their colours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colorscale: Option<Vec<(f64, String)>>,
    /// Whether the theme's colours are taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub autocolorscale: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colorbar: Option<ColourBar>,
}

/// plotly.js's word for a kind of trace; see scripts/plotly.mjs for those that it has here.
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
    #[serde(rename = "lines+markers")]
    LinesAndMarkers,
}

/// What a trace says of its points, in their order; `None` leaves a gap.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Values {
    Texts(Vec<String>),
    Numbers(Vec<Option<f64>>),
    /// Of a heatmap's cells, row by row.
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
    pub color: Colour,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<MarkerSymbol>,
    /// In pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opacity: Option<f64>,
    /// Around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<Line>,
}

/// A CSS colour for all, or for each.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Colour {
    One(String),
    Each(Vec<String>),
}

impl Default for Colour {
    fn default() -> Self {
        Self::One("rgba(0,0,0,0)".to_owned())
    }
}

/// How far values reach above and below what is drawn, in their own unit.
#[derive(Debug, Serialize)]
pub struct ErrorBars {
    /// That of [`ErrorBars::array`] and [`ErrorBars::arrayminus`] differ.
    pub symmetric: bool,
    pub array: Vec<Option<f64>>,
    pub arrayminus: Vec<Option<f64>>,
    pub color: &'static str,
    /// In pixels.
    pub thickness: f64,
    pub width: f64,
}

/// A line's look.
#[derive(Debug, Serialize)]
pub struct Line {
    pub color: String,
    /// In pixels.
    pub width: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shape: Option<LineShape>,
}

impl Line {
    /// A line from point to point.
    pub fn new(color: &str, width: f64) -> Self {
        Self {
            color: color.to_owned(),
            width,
            shape: None,
        }
    }
}

/// The scale of a heatmap's colours. What it leaves out is the theme's.
#[derive(Debug, Serialize)]
pub struct ColourBar {
    /// "h" lies along the map's upper edge.
    pub orientation: &'static str,
    /// Of the map's height, where it is anchored.
    pub y: f64,
    pub yanchor: &'static str,
    /// In pixels.
    pub thickness: f64,
    pub outlinewidth: f64,
    pub exponentformat: ExponentFormat,
    pub separatethousands: bool,
    /// Behind every number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticksuffix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
}
