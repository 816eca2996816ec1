//! What plotly.js draws, as JSON: written once here, compared as text, parsed by the browser.

use super::file_stem;
use super::trace::Trace;
use plotly::layout::{Annotation, Axis, BarMode, Margin, Shape};
use serde::Serialize;
use serde_json::{Value, json};

/// Traces and layout of one chart. Equal drawings look the same, so that a chart is drawn again only
/// if its numbers changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    traces: String,
    layout: String,
}

/// The layout of a chart that fills its element.
#[derive(Debug, Serialize)]
pub(super) struct Layout {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xaxis: Option<Axis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yaxis: Option<Axis>,
    /// Further axes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yaxis2: Option<Axis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yaxis3: Option<Axis>,
    /// How the bars of several traces share a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub barmode: Option<BarMode>,
    /// The gap between the bars of two places, as a fraction of their distance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bargap: Option<f64>,
    /// Whether there is a legend.
    pub showlegend: bool,
    /// In pixels; the theme's by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<Margin>,
    /// What margins leave of the width at least, in pixels; plotly.js' 64 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minreducedwidth: Option<usize>,
    /// Lines and frames above the marks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shapes: Vec<Shape>,
    /// Texts above the marks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Annotation>,
    pub autosize: bool,
    /// As long as this stays the same, plotly.js keeps what the reader zoomed or hid.
    pub uirevision: &'static str,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            xaxis: None,
            yaxis: None,
            yaxis2: None,
            yaxis3: None,
            barmode: None,
            bargap: None,
            showlegend: false,
            margin: None,
            minreducedwidth: None,
            shapes: Vec::new(),
            annotations: Vec::new(),
            autosize: true,
            uirevision: "kept",
        }
    }
}

impl Drawing {
    /// A drawing of these traces in this layout.
    pub(super) fn new(traces: &[Trace<'_>], layout: &Layout) -> Self {
        // Serialization cannot fail: every key is a text.
        Self {
            traces: serde_json::to_string(traces).unwrap_or_else(|_| "[]".to_owned()),
            layout: serde_json::to_string(layout).unwrap_or_else(|_| "{}".to_owned()),
        }
    }

    /// The traces, a JSON array.
    pub fn traces(&self) -> &str {
        &self.traces
    }

    /// The layout, a JSON object.
    pub fn layout(&self) -> &str {
        &self.layout
    }
}

/// Margins that are wide enough for any label of two axes of numbers. If a label needed more room
/// than before, plotly.js would widen the margin and draw everything a second time.
pub(super) fn steady_margin() -> Margin {
    Margin::new().left(64).right(32)
}

/// plotly.js's settings for the chart of the figure with this title, as JSON: the chart adapts to its
/// element's size, sends nothing to a server, and names its PNG after the title.
pub fn configuration(title: &str) -> String {
    to_json(&json!({
        "responsive": true,
        "showSendToCloud": false,
        "displaylogo": false,
        // Dragging zooms; a picture is in the menu of options.
        "modeBarButtonsToRemove": [
            "toImage", "zoom2d", "pan2d", "select2d", "lasso2d", "autoScale2d", "zoomIn2d",
            "zoomOut2d",
        ],
        "toImageButtonOptions": { "format": "png", "filename": file_stem(title), "scale": 2 },
    }))
}

/// A value as JSON. Its `Display` would link code that nothing else uses.
pub(super) fn to_json(value: &Value) -> String {
    // Serialization of texts, numbers and lists cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_make_equal_drawings() {
        let draw = |height: f64| {
            let trace = Trace {
                y: Some([height].into_iter().collect()),
                ..Trace::default()
            };
            Drawing::new(&[trace], &Layout::default())
        };
        assert_eq!(draw(1.0), draw(1.0));
        assert_ne!(draw(1.0), draw(2.0));
    }

    #[test]
    fn the_layout_fills_its_element_and_keeps_zoom_and_hidden_traces() {
        let drawing = Drawing::new(&[], &Layout::default());
        let layout: Value = serde_json::from_str(drawing.layout()).unwrap();
        assert_eq!(
            layout,
            json!({"showlegend": false, "autosize": true, "uirevision": "kept"})
        );
        assert_eq!(drawing.traces(), "[]");
    }

    #[test]
    fn nothing_is_sent_to_a_cloud() {
        let settings: Value = serde_json::from_str(&configuration("Shares: live")).unwrap();
        assert_eq!(settings["showSendToCloud"], json!(false));
        assert_eq!(settings["displaylogo"], json!(false));
        assert_eq!(settings["responsive"], json!(true));
        assert_eq!(settings["toImageButtonOptions"]["filename"], "shares-live");
    }
}
