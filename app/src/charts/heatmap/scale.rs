//! Colours of a heatmap.

use super::super::digits::{largest, signed_label};
use super::super::trace::Trace;

/// What a heatmap's colours mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scale {
    /// Amounts. A 0 is left blank in the drawing and stands as 0 in the table.
    Sequential {
        /// The value at the upper end, whose lower end is 0; fixed, so that colours can be
        /// compared before and after an edit.
        highest: f64,
    },
    /// Differences, written with their sign: one colour below 0, another above, the page's own
    /// at 0; both reach as far as the largest difference.
    Diverging,
}

/// The middle of viridis (N. Smith and S. van der Walt, 2015): even steps of lightness for every
/// eye, and neither end is lost on a white or on a dark page.
const COLOURS: [&str; 5] = ["#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962"];

/// Of the scale's length, up to which a value fades into nothing. Not 0: of two colours at one
/// place plotly.js takes the second.
const NOTHING: f64 = 1e-6;

impl Scale {
    /// The largest value that the colours tell from others.
    pub(super) fn extent(self, values: &[Vec<Option<f64>>]) -> f64 {
        match self {
            Self::Sequential { highest } => highest,
            Self::Diverging => largest(values.iter().flatten().copied().flatten()),
        }
    }

    /// What stands in a cell.
    pub(super) fn label(self, value: f64, decimals: usize) -> String {
        match self {
            // Left blank, so that the others stand out.
            Self::Sequential { .. } if value == 0.0 => String::new(),
            Self::Sequential { .. } => crate::format::fixed_decimals(value, decimals),
            Self::Diverging => signed_label(value, decimals),
        }
    }

    /// Gives a trace the colours, up to `extent`.
    pub(super) fn paint(self, trace: Trace<'_>, extent: f64) -> Trace<'_> {
        match self {
            Self::Sequential { .. } => Trace {
                zmin: Some(0.0),
                zmax: Some(extent),
                colorscale: Some(sequential()),
                ..trace
            },
            // The theme's diverging colours, because their middle is the page's. Without any
            // difference the scale needs a length all the same.
            Self::Diverging => {
                let extent = if extent > 0.0 { extent } else { 1.0 };
                Trace {
                    zmin: Some(-extent),
                    zmax: Some(extent),
                    autocolorscale: Some(true),
                    ..trace
                }
            }
        }
    }
}

/// 0 lets the page shine through, so that an empty cell is light on a light page and dark on a
/// dark one; what is more begins at the scale's first colour.
fn sequential() -> Vec<(f64, String)> {
    let steps = (COLOURS.len() - 1) as f64;
    let colour = |(place, colour): (usize, &&str)| {
        ((place as f64 / steps).max(NOTHING), (*colour).to_owned())
    };
    let mut elements = vec![(0.0, "rgba(0,0,0,0)".to_owned())];
    elements.extend(COLOURS.iter().enumerate().map(colour));
    elements
}
