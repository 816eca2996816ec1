//! A sample of probabilities and its density.

use crate::stats::kde::Density;

/// A sample of probabilities and its density.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Distribution {
    /// The probabilities, 0–1.
    pub sample: Vec<f64>,
    /// A kernel density estimate; `None` with fewer than two distinct values.
    pub density: Option<Density>,
}

impl Distribution {
    /// Estimates the density of a sample.
    pub(crate) fn new(sample: Vec<f64>) -> Self {
        Self {
            density: Density::estimate(&sample),
            sample,
        }
    }
}
