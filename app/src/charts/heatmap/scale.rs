//! Colors of a heatmap.

use super::super::digits::{largest, signed_label};
use super::super::trace::Trace;

/// What a heatmap's colors mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scale {
    /// Amounts. A 0 is blank in the drawing and 0 in the table.
    Sequential {
        /// The value at the upper end of the scale, which starts at 0. It is fixed, so that colors
        /// can be compared before and after an edit.
        highest: f64,
    },
    /// Differences, written with their sign: one color below 0, another above 0, and the page's at
    /// 0. The scale extends to the largest difference in both directions.
    Diverging,
}

/// The middle of viridis (N. Smith and S. van der Walt, 2015): even steps of lightness with any color
/// vision, and both ends are visible on a white and on a dark page.
const COLORS: [&str; 5] = ["#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962"];

/// The fraction of the scale at which the first color begins. It is not 0, because of two colors at
/// the same place plotly.js uses the second.
const FIRST: f64 = 1e-6;

impl Scale {
    /// The value at the upper end of the scale.
    pub(super) fn extent(self, values: &[Vec<Option<f64>>]) -> f64 {
        match self {
            Self::Sequential { highest } => highest,
            Self::Diverging => largest(values.iter().flatten().copied().flatten()),
        }
    }

    /// A cell's label.
    pub(super) fn label(self, value: f64, decimals: usize) -> String {
        match self {
            // Blank, so that the other cells are conspicuous.
            Self::Sequential { .. } if value == 0.0 => String::new(),
            Self::Sequential { .. } => crate::format::fixed_decimals(value, decimals),
            Self::Diverging => signed_label(value, decimals),
        }
    }

    /// Sets the colors of a trace, up to `extent`.
    pub(super) fn paint(self, trace: Trace<'_>, extent: f64) -> Trace<'_> {
        match self {
            Self::Sequential { .. } => Trace {
                zmin: Some(0.0),
                zmax: Some(extent),
                colorscale: Some(sequential()),
                ..trace
            },
            // The theme's diverging colors, because their middle is the page's. The scale needs a
            // length even if there is no difference.
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

/// The scale is transparent at 0, so that an empty cell is light on a light page and dark on a dark
/// one. Above 0 it begins with the first color.
fn sequential() -> Vec<(f64, String)> {
    let steps = (COLORS.len() - 1) as f64;
    let color =
        |(place, color): (usize, &&str)| ((place as f64 / steps).max(FIRST), (*color).to_owned());
    let mut elements = vec![(0.0, "rgba(0,0,0,0)".to_owned())];
    elements.extend(COLORS.iter().enumerate().map(color));
    elements
}
