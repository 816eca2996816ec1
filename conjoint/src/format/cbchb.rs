//! Sawtooth's `.cbchb`, the settings of a CBC/HB run: names of attributes and levels, coding, and None.

use roxmltree::{Document, Node};

/// The beginning of the root element's name, which a version follows.
const ROOT: &str = "<CBCHBProjectParams";

/// The settings of a run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CbchbProject {
    /// The attributes, in the order of the design.
    pub(crate) attributes: Vec<CbchbAttribute>,
    /// Whether None was shown and has a utility; `None` if the file does not say so.
    pub(crate) has_none: Option<bool>,
    /// The file of the choices, without its folder.
    pub(crate) data_file: Option<String>,
}

/// An attribute of a run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CbchbAttribute {
    pub(crate) name: String,
    /// The names of the levels; of a coefficient per unit, the numbers behind them.
    pub(crate) levels: Vec<String>,
}

/// Whether a text is a `.cbchb`.
pub(crate) fn is_cbchb(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    start.starts_with('<') && text.contains(ROOT)
}

/// Reads the settings of a run.
///
/// # Errors
/// What is wrong, and what would be right.
pub(crate) fn read_cbchb(text: &str) -> Result<CbchbProject, String> {
    let text = text.trim_start_matches('\u{feff}');
    let document = Document::parse(text)
        .map_err(|error| format!("the XML is damaged ({error}); copy the file again"))?;
    let elements = find_all(document.root(), "Attribute");
    let attributes = elements
        .map(read_attribute)
        .collect::<Result<Vec<_>, _>>()?;
    if attributes.is_empty() {
        return Err("the file names no attribute; save the project again".to_owned());
    }
    let none_type = text_of(document.root(), "NoneType");
    let estimate = find_all(document.root(), "EstimateNoneIfPresent").next();
    let estimate = estimate.and_then(|element| text_of(element, "Value"));
    let is_estimated = estimate.is_none_or(|value| value.eq_ignore_ascii_case("true"));
    let path = text_of(document.root(), "DataFile");
    Ok(CbchbProject {
        attributes,
        has_none: none_type.map(|none| none != "NotPresent" && is_estimated),
        data_file: path.and_then(|path| path.rsplit(['\\', '/']).next().map(str::to_owned)),
    })
}

fn read_attribute(element: Node<'_, '_>) -> Result<CbchbAttribute, String> {
    let missing = || "an attribute or a level has no label; save the project again".to_owned();
    let name = text_of(element, "Label").ok_or_else(missing)?;
    let is_part_worth = text_of(element, "CodingMethod").is_none_or(|coding| coding == "PartWorth");
    // The numbers of a coefficient are the values, whatever the levels are called.
    let key = if is_part_worth { "Label" } else { "Value" };
    let levels = find_all(element, "AttributeLevel");
    let levels = levels.map(|level| text_of(level, key).map(str::to_owned).ok_or_else(missing));
    Ok(CbchbAttribute {
        name: name.to_owned(),
        levels: levels.collect::<Result<_, _>>()?,
    })
}

fn find_all<'d>(node: Node<'d, 'd>, name: &'static str) -> impl Iterator<Item = Node<'d, 'd>> {
    let below = node.descendants();
    below.filter(move |other| other.is_element() && other.tag_name().name() == name)
}

/// The text of the first element of a name.
fn text_of<'d>(node: Node<'d, 'd>, name: &'static str) -> Option<&'d str> {
    let text = find_all(node, name).next()?.text()?.trim();
    (!text.is_empty()).then_some(text)
}
