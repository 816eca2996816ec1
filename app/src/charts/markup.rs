//! Texts in a chart. plotly.js reads `<b>`, links and entities in every text, but names are never
//! markup.

use plotly::common::Title;
use serde::Serializer;

use crate::format::shorten;

/// A text that plotly.js shows letter by letter, except for the line breaks `<br>` that charts write.
pub fn escape(text: &str) -> String {
    if !text.contains(['<', '>', '&']) {
        return text.to_owned();
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    escaped.replace('>', "&gt;").replace("&lt;br&gt;", "<br>")
}

/// The width of the longest title, in letters: it fits a phone.
const MAX_TITLE: usize = 52;

/// The title of an axis, a panel or a color bar, escaped. Where names make it long, it is cut in the
/// middle: it ends with a unit.
pub fn title_text(text: &str) -> String {
    escape(&shorten(text, MAX_TITLE))
}

/// The title of an axis or a color bar.
pub fn title(text: impl AsRef<str>) -> Title {
    Title::with_text(title_text(text.as_ref()))
}

/// Serializes texts escaped.
pub fn serialize_all<S: Serializer>(texts: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(texts.iter().map(|text| escape(text)))
}

/// Serializes rows of texts escaped.
pub fn serialize_rows<S: Serializer>(
    rows: &[Vec<String>],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let escaped = |row: &Vec<String>| row.iter().map(|text| escape(text)).collect::<Vec<_>>();
    serializer.collect_seq(rows.iter().map(escaped))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::trace::{Name, Trace, Values};

    #[test]
    fn markup_in_names_is_shown_as_text() {
        assert_eq!(escape("<b>R&D</b>"), "&lt;b&gt;R&amp;D&lt;/b&gt;");
        assert_eq!(escape("3 < 4<br>next"), "3 &lt; 4<br>next");
        assert_eq!(escape("Tesla Model 3"), "Tesla Model 3");
    }

    #[test]
    fn every_text_of_a_trace_is_escaped() {
        let link = "<a href='https://example.org'>Kia</a>".to_owned();
        let trace = Trace {
            name: Name(&link),
            x: Some(Values::Texts(vec![link.clone()])),
            customdata: Some(Values::TextRows(vec![vec![link.clone()]])),
            ..Trace::default()
        };
        let json = serde_json::to_string(&trace).unwrap();
        assert!(!json.contains("<a"), "{json}");
        // Name, whole name, place and custom data.
        assert_eq!(json.matches("&lt;a href").count(), 4);
    }
}
