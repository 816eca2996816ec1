//! What plotly.js draws, as JSON: made once here, compared as text, parsed by the browser.

use super::file_stem;
use plotly::configuration::{ImageButtonFormats, ModeBarButtonName, ToImageButtonOptions};
use plotly::layout::Margin;
use plotly::{Configuration, Layout, Trace};
use serde::Serialize;

/// Traces and layout of one chart. Two equal drawings look the same, so that a chart is drawn
/// again only when its numbers changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    traces: String,
    layout: String,
}

impl Drawing {
    /// A drawing of `traces` in the given layout, filling its element, on the page's colours.
    pub fn new(traces: &[Box<dyn Trace>], layout: Layout) -> Self {
        let traces: Vec<_> = traces.iter().map(|trace| trace.to_json()).collect();
        Self::of_json(&traces, layout)
    }

    /// The same of traces that are JSON objects already.
    pub(super) fn of_json(traces: &[String], layout: Layout) -> Self {
        let layout = serde_json::to_string(&layout.auto_size(true)).unwrap_or_default();
        Self {
            traces: format!("[{}]", traces.join(",")),
            // What the reader zoomed or hid stays so when the numbers change.
            layout: with_field(&layout, "uirevision", "kept"),
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

/// Adds to a JSON object a field for which the crate has no setter. As text, because a detour
/// over `serde_json::Value` would put every layout type into the Wasm a second time.
pub(super) fn with_field<V>(object: &str, name: &str, value: &V) -> String
where
    V: Serialize + ?Sized,
{
    match (object.strip_suffix('}'), serde_json::to_string(value)) {
        (Some(fields), Ok(value)) => format!("{fields},\"{name}\":{value}}}"),
        _ => object.to_owned(),
    }
}

/// The text as a sentence or a title begins.
pub(super) fn upper(text: &str) -> String {
    with_initial(text, |initial| initial.to_uppercase().collect())
}

/// The text as it goes on within a sentence.
pub(super) fn lower(text: &str) -> String {
    with_initial(text, |initial| initial.to_lowercase().collect())
}

fn with_initial(text: &str, change: impl Fn(char) -> String) -> String {
    let mut letters = text.chars();
    let initial = letters.next().map_or(String::new(), change);
    initial + letters.as_str()
}

/// Margins beside two axes of numbers that hold whatever these number: where a label needs more
/// room than before, plotly.js widens the margin and draws everything a second time.
pub(super) fn steady_margin() -> Margin {
    Margin::new().left(64).right(32)
}

/// plotly.js's settings for the chart of the figure with this title, as JSON: it follows its
/// element's size, sends nothing anywhere, and names its PNG after the title.
pub fn configuration(title: &str) -> String {
    let image = ToImageButtonOptions::new()
        .format(ImageButtonFormats::Png)
        .filename(&file_stem(title))
        .scale(2);
    let unused = vec![
        ModeBarButtonName::Select2d,
        ModeBarButtonName::Lasso2d,
        ModeBarButtonName::AutoScale2d,
        ModeBarButtonName::ZoomIn2d,
        ModeBarButtonName::ZoomOut2d,
    ];
    let configuration = Configuration::new()
        .responsive(true)
        .show_send_to_cloud(false)
        .display_logo(false)
        .mode_bar_buttons_to_remove(unused)
        .to_image_button_options(image);
    serde_json::to_string(&configuration).unwrap_or_else(|_| "{}".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use plotly::Bar;
    use serde_json::{Value, json};

    #[test]
    fn equal_numbers_make_equal_drawings() {
        let draw = |height: f64| Drawing::new(&[Bar::new(vec!["a"], vec![height])], Layout::new());
        assert_eq!(draw(1.0), draw(1.0));
        assert_ne!(draw(1.0), draw(2.0));
    }

    #[test]
    fn the_layout_fills_its_element_and_keeps_what_the_reader_did() {
        let drawing = Drawing::new(&[], Layout::new());
        let layout: Value = serde_json::from_str(drawing.layout()).unwrap();
        assert_eq!(layout, json!({"autosize": true, "uirevision": "kept"}));
        assert_eq!(drawing.traces(), "[]");
    }

    #[test]
    fn a_sentence_changes_the_initial_alone() {
        assert_eq!(
            upper("monthly cost of Kia Soul"),
            "Monthly cost of Kia Soul"
        );
        assert_eq!(lower("Élan of VW"), "élan of VW");
        assert_eq!(upper(""), "");
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
