//! What plotly.js draws, as JSON: made once here, compared as text, parsed by the browser.

use super::file_stem;
use super::trace::Trace;
use plotly::layout::{Annotation, Axis, BarMode, Margin, Shape};
use serde::Serialize;
use serde_json::{Value, json};

/// Traces and layout of one chart. Two equal drawings look the same, so that a chart is drawn
/// again only when its numbers changed.
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
    /// Further axes beside the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yaxis2: Option<Axis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yaxis3: Option<Axis>,
    /// How bars share a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub barmode: Option<BarMode>,
    /// Between the bars of two places, of their distance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bargap: Option<f64>,
    /// Whether there is a legend.
    pub showlegend: bool,
    /// In pixels, where it is not the theme's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<Margin>,
    /// Lines and frames over the marks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shapes: Vec<Shape>,
    /// Words over the marks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Annotation>,
    pub autosize: bool,
    /// What the reader zoomed or hid stays so when the numbers change, as long as this does not.
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
            shapes: Vec::new(),
            annotations: Vec::new(),
            autosize: true,
            uirevision: "kept",
        }
    }
}

impl Drawing {
    /// A drawing of traces in the given layout, on the page's colours.
    pub(super) fn new(traces: &[Trace<'_>], layout: &Layout) -> Self {
        // Neither has a map with keys that are no texts, nor anything else that JSON refuses.
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

/// Margins beside two axes of numbers that hold whatever these number: where a label needs more
/// room than before, plotly.js widens the margin and draws everything a second time.
pub(super) fn steady_margin() -> Margin {
    Margin::new().left(64).right(32)
}

/// plotly.js's settings for the chart of the figure with this title, as JSON: it follows its
/// element's size, sends nothing anywhere, and names its PNG after the title.
pub fn configuration(title: &str) -> String {
    written(&json!({
        "responsive": true,
        "showSendToCloud": false,
        "displaylogo": false,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
        "toImageButtonOptions": { "format": "png", "filename": file_stem(title), "scale": 2 },
    }))
}

/// A value as JSON. What would write it for display is linked for nothing else.
pub(super) fn written(value: &Value) -> String {
    // Texts, numbers and lists always have a JSON form.
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
    fn the_layout_fills_its_element_and_keeps_what_the_reader_did() {
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
