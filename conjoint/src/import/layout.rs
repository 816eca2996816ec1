//! Sawtooth's `*_utillayout.xml`: which attribute and level each column of its utilities is.

use roxmltree::{Document, Node};

use super::error::{ImportError, SourcePlace};
use super::labels::{LabelledAttribute, Labels, LevelLabel};

/// The root element.
const ROOT: &str = "sawtoothSoftwareLayout";

/// Whether a text is a layout.
pub(crate) fn is_layout(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    start.starts_with('<') && text.contains(ROOT)
}

/// Reads a layout as labels: a linear attribute has its own name as its only level.
pub(crate) fn read(file: &str, text: &str) -> Result<Labels, ImportError> {
    let invalid = |problem: String| ImportError::invalid(SourcePlace::file(file), problem);
    let text = text.trim_start_matches('\u{feff}');
    let document = Document::parse(text).map_err(|error| {
        invalid(format!(
            "the XML is damaged ({error}); export the layout again"
        ))
    })?;
    let elements = document
        .descendants()
        .filter(|node| node.has_tag_name("attribute"));
    let mut attributes = Vec::new();
    for element in elements {
        let name = label_of(element).ok_or_else(|| {
            invalid("an attribute has no label; export the layout again".to_owned())
        })?;
        let levels = element.children().filter(|node| node.has_tag_name("level"));
        let levels: Vec<LevelLabel> = levels
            .filter_map(label_of)
            .map(|label| LevelLabel { code: None, label })
            .collect();
        attributes.push(LabelledAttribute { name, levels });
    }
    if attributes.is_empty() {
        return Err(invalid(
            "the layout names no attribute; export it again".to_owned(),
        ));
    }
    Ok(Labels {
        file: file.to_owned(),
        attributes,
        ..Labels::default()
    })
}

fn label_of(element: Node<'_, '_>) -> Option<String> {
    let label = element.children().find(|node| node.has_tag_name("label"))?;
    let text = label.text()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
