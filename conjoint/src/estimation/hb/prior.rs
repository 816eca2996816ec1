//! The prior: `μ` flat, or `N(0, Σ / a)`; `Σ ~ IW(ν, V)` with density ∝ `|S|^−(ν+K+1)/2 exp(−tr(V S⁻¹)/2)`.

use crate::estimation::coding::{Coding, CodingPlan, Columns};

/// The prior of the population.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Prior {
    /// The degrees of freedom `ν`, above `K − 1`.
    pub degrees_of_freedom: f64,
    /// The scale matrix `V`, `K × K`, row after row.
    pub scale: Vec<f64>,
    /// How many respondents the prior of the means is worth: `a` in `N(0, Σ / a)`, 0 for a flat one.
    pub mean_precision: f64,
}

impl Prior {
    /// The default of CBC/HB: flat means, `ν = K + df`, and `variance` per parameter; an attribute with
    /// `L` levels in effects coding has `variance · (1 − 1/L)` on the diagonal and `−variance / L` off it,
    /// so that all of its levels have the same prior, the last one too.
    pub fn new(plan: &CodingPlan, variance: f64, df: f64) -> Self {
        let n = plan.width;
        let mut scale = vec![0.0; n * n];
        for i in 0..n {
            scale[i * n + i] = variance;
        }
        for (_, columns) in &plan.attributes {
            let Columns::Levels { first, names, .. } = columns else {
                continue;
            };
            if plan.coding == Coding::Dummy {
                continue;
            }
            let levels = names.len() as f64;
            for i in *first..first + columns.width() {
                for j in *first..first + columns.width() {
                    let diagonal = if i == j { 1.0 } else { 0.0 };
                    scale[i * n + j] = variance * (diagonal - 1.0 / levels);
                }
            }
        }
        Self {
            degrees_of_freedom: n as f64 + df,
            scale,
            mean_precision: 0.0,
        }
    }

    /// The default of bayesm: `μ ~ N(0, Σ / 0.01)`, `ν = K + 3`, `V = ν I`.
    pub fn diffuse(width: usize) -> Self {
        let degrees_of_freedom = width as f64 + 3.0;
        let mut scale = vec![0.0; width * width];
        for i in 0..width {
            scale[i * width + i] = degrees_of_freedom;
        }
        Self {
            degrees_of_freedom,
            scale,
            mean_precision: 0.01,
        }
    }
}
