//! The rows or the columns of a heatmap.

use crate::charts::categories::{AxisNames, localized};
use crate::format::capitalize;

/// A row or a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Its name on the axis, in the hover text and in the table: `<brand> <model>`, or a cost.
    pub name: String,
    /// What it belongs to, such as its brand: a line separates neighbors that differ in it.
    pub block: String,
}

/// The rows, or the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// "Predicted choice", "monthly cost of Nissan LEAF S". Its first letter becomes large or small as
    /// the place in a sentence requires.
    pub name: String,
    /// The unit of labels that are numbers: "$ a month"; empty if they are names.
    pub unit: String,
    /// In order.
    pub labels: Vec<Label>,
}

impl From<String> for Label {
    /// A label without a block.
    fn from(name: String) -> Self {
        Self {
            name,
            block: String::new(),
        }
    }
}

impl Dimension {
    /// The axis' title.
    pub(super) fn title(&self) -> String {
        let name = capitalize(&self.name);
        match self.unit.as_str() {
            "" => name,
            unit => format!("{name}, {unit}"),
        }
    }

    /// Its part of a hover text, with a label or plotly.js's placeholder for it.
    pub(super) fn hover(&self, label: &str) -> String {
        format!("{} {label} {}", self.name, self.unit)
            .trim_end()
            .to_owned()
    }

    /// The labels' names, with the reader's separators where they are numbers.
    pub(super) fn names(&self) -> AxisNames {
        let numbers = !self.unit.is_empty();
        let names = self
            .labels
            .iter()
            .map(|label| localized(&label.name, numbers));
        let names: Vec<_> = names.collect();
        AxisNames::new(names.iter().map(String::as_str))
    }

    /// The end of the axis: half a cell beyond the last place.
    pub(super) fn end(&self) -> f64 {
        self.labels.len() as f64 - 0.5
    }

    /// The places between neighbors of different blocks.
    pub(super) fn borders(&self) -> impl Iterator<Item = f64> {
        let pairs = self.labels.iter().zip(self.labels.iter().skip(1));
        pairs
            .enumerate()
            .filter(|(_, (before, after))| before.block != after.block)
            .map(|(place, _)| place as f64 + 0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{FirstRow, Heatmap, Scale};
    use serde_json::{Value, json};

    #[test]
    fn long_names_are_cut_on_the_axes_and_whole_in_the_hover_text() {
        let dimension = |name: &str, labels: &[&str]| Dimension {
            name: name.to_owned(),
            unit: String::new(),
            labels: labels
                .iter()
                .map(|name| Label::from((*name).to_owned()))
                .collect(),
        };
        let long = "Kia Niro EV with the Comfort Package";
        let map = Heatmap {
            rows: dimension("Predicted choice", &["Kia Soul"]),
            columns: dimension("Competing offer", &["VW up!", long]),
            unit: "%".to_owned(),
            values: vec![vec![Some(1.0), Some(2.0)]],
            intervals: Vec::new(),
            scale: Scale::Diverging,
            first_row: FirstRow::Top,
            marks: Vec::new(),
        };
        let traces: Value = serde_json::from_str(map.graphic().drawing.traces()).unwrap();
        assert_eq!(traces[0]["x"], json!(["VW up!", "Kia Niro EV…ort Package"]));
        let template = traces[0]["hovertemplate"].as_str().unwrap();
        assert!(template.starts_with("%{hovertext}:<br>%{z:"), "{template}");
        assert_eq!(
            traces[0]["hovertext"][0][1],
            format!("Predicted choice Kia Soul,<br>competing offer {long}")
        );
    }
}
