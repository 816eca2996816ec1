//! Results as charts: pure functions, tested without a browser.
//!
//! Each kind of chart takes plain values and returns a [`Graphic`]: what plotly.js draws, and the same
//! numbers as a table. Units are on the axes and in the hover texts.

mod bars;
mod categories;
mod contrast;
mod curve;
mod digits;
mod distributions;
mod drawing;
mod heatmap;
mod lines;
mod markup;
mod picture;
mod rows;
mod scatter;
mod table;
mod theme;
mod thinning;
mod trace;
pub mod workbook;

pub use bars::{BarSeries, Bars, Fill, Grouping};
pub use categories::Categories;
pub use curve::{Curve, Curves};
pub use distributions::{Distributions, Sample};
pub use drawing::{Drawing, configuration};
pub use heatmap::{Dimension, FirstRow, Heatmap, Label, Mark, MarkKind, Scale};
pub use lines::{EvenLine, Lines};
pub use picture::{Caption, Picture};
pub use rows::{RowBars, height_in_rows};
pub use scatter::{Scatter, ScatterPoint, segment_color};
pub use table::build_table;
pub use theme::{Theme, UNBRANDED};
pub use thinning::one_in;

use std::rc::Rc;

use conjoint::report::Table;

/// One figure's content: the drawing and the numbers that it draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Graphic {
    /// What plotly.js draws.
    pub drawing: Rc<Drawing>,
    /// The numbers drawn.
    pub table: Rc<Table>,
    /// A note under the chart: what the drawing leaves out.
    pub note: Option<Rc<str>>,
}

impl Graphic {
    /// A drawing and its numbers, without a note.
    pub fn new(drawing: Drawing, table: Table) -> Self {
        Self {
            drawing: Rc::new(drawing),
            table: Rc::new(table),
            note: None,
        }
    }

    /// The same with a note under the chart, if there is one.
    #[must_use]
    pub fn with_note(mut self, note: Option<String>) -> Self {
        self.note = note.map(Rc::from);
        self
    }
}

/// A file name without extension for a title: lower case, words joined by `-`.
pub fn file_stem(title: &str) -> String {
    let words = title
        .split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::file_stem;

    #[test]
    fn a_title_becomes_a_file_name() {
        assert_eq!(file_stem("Movement: Gen X"), "movement-gen-x");
        assert_eq!(file_stem("A/B \"test\" für Élan"), "a-b-test-für-Élan");
    }
}
