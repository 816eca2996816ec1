//! Sign constraints: sums of parameters that must not be negative, for every respondent and draw.
//!
//! The prior is that without constraints, restricted to part-worths that meet them. It is the restriction
//! of a proper posterior to a set that it gives a positive probability, so it is proper, and the draws of
//! `μ` and `Σ` given the part-worths stay the same. Paths of the sampler are reflected at the bounds
//! (H. M. Afshar and J. Domke, "Reflection, refraction, and Hamiltonian Monte Carlo", 2015).

use crate::estimation::coding::{CodingPlan, Columns, expand};
use crate::estimation::error::EstimationError;
use crate::estimation::matrix::{add_lower_transposed, dot, multiply_lower};
use crate::study::quote_names;

/// Reflections in one step before the path is rejected.
const MOST_REFLECTIONS: usize = 60;

/// The sign of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Direction {
    /// Utility falls from each level, or value, to the next.
    Decreasing,
    /// Utility rises.
    Increasing,
}

/// Sums of parameters that must not be negative.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// Each sum: columns with their factors.
    sums: Vec<Vec<(usize, f64)>>,
    /// The same as vectors.
    normals: Vec<Vec<f64>>,
    /// Whether a column belongs to a constrained attribute.
    pub(super) is_constrained: Vec<bool>,
}

impl Constraints {
    /// The constraints on attributes by name.
    ///
    /// # Errors
    /// A name that is no attribute.
    pub fn new(
        plan: &CodingPlan,
        directions: &[(String, Direction)],
    ) -> Result<Self, EstimationError> {
        let mut constraints = Self {
            is_constrained: vec![false; plan.width],
            ..Self::default()
        };
        for (name, direction) in directions {
            if directions
                .iter()
                .any(|(other, it)| other == name && it != direction)
            {
                return Err(EstimationError::Option {
                    option: "--decreasing and --increasing",
                    problem: format!("`{name}` is in both; choose one"),
                });
            }
            let sign = match direction {
                Direction::Decreasing => -1.0,
                Direction::Increasing => 1.0,
            };
            let found = plan.attributes.iter().find(|(other, _)| other == name);
            let Some((_, columns)) = found else {
                return Err(EstimationError::Option {
                    option: match direction {
                        Direction::Decreasing => "--decreasing",
                        Direction::Increasing => "--increasing",
                    },
                    problem: format!(
                        "`{name}` is no attribute; attributes are {}",
                        quote_names(plan.attributes.iter().map(|(name, _)| name))
                    ),
                });
            };
            constraints.add(plan, columns, sign);
        }
        Ok(constraints)
    }

    fn add(&mut self, plan: &CodingPlan, columns: &Columns, sign: f64) {
        let first = match columns {
            Columns::Slope { column, .. } => {
                self.push(vec![(*column, sign)], plan.width);
                *column
            }
            Columns::Levels { first, names, .. } => {
                let levels: Vec<_> = plan.level_expansion(columns);
                for pair in levels.windows(2).take(names.len().saturating_sub(1)) {
                    if let [low, high] = pair {
                        let high = high.iter().map(|(column, factor)| (*column, sign * factor));
                        let low = low.iter().map(|(column, factor)| (*column, -sign * factor));
                        self.push(high.chain(low).collect(), plan.width);
                    }
                }
                *first
            }
        };
        for entry in self
            .is_constrained
            .iter_mut()
            .skip(first)
            .take(columns.width())
        {
            *entry = true;
        }
    }

    fn push(&mut self, terms: Vec<(usize, f64)>, width: usize) {
        let mut normal = vec![0.0; width];
        for (column, factor) in &terms {
            if let Some(entry) = normal.get_mut(*column) {
                *entry += factor;
            }
        }
        self.sums.push(terms);
        self.normals.push(normal);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.sums.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sums.is_empty()
    }

    /// The sums at parameters `b`.
    pub(super) fn slacks<'c>(&'c self, b: &'c [f64]) -> impl Iterator<Item = f64> + 'c {
        self.sums.iter().map(|terms| expand(terms, b))
    }

    /// Whether all sums are 0 or more.
    pub(super) fn are_met(&self, b: &[f64]) -> bool {
        self.slacks(b).all(|slack| slack >= 0.0)
    }

    /// Moves `b` into the set, to a point where each sum is at least a small positive number. Repeated
    /// projections onto the half-spaces.
    pub(super) fn project(&self, b: &mut [f64]) {
        const INSIDE: f64 = 0.05;
        for _ in 0..10_000 {
            let mut is_inside = true;
            for normal in &self.normals {
                let slack = dot(normal, b);
                if slack < INSIDE {
                    is_inside = false;
                    let length = dot(normal, normal);
                    for (value, entry) in b.iter_mut().zip(normal) {
                        *value += (1.05 * INSIDE - slack) / length * entry;
                    }
                }
            }
            if is_inside {
                return;
            }
        }
    }

    /// Moves `b` along `factorᵀ momentum` for a time, reflecting the momentum at the bounds. False if
    /// there were too many reflections, or rounding left the set.
    pub(super) fn drift(
        &self,
        factor: &[f64],
        momentum: &mut [f64],
        time: f64,
        b: &mut [f64],
    ) -> bool {
        let n = b.len();
        let mut rest = time;
        let mut velocity = vec![0.0; n];
        let mut wall = vec![0.0; n];
        for _ in 0..MOST_REFLECTIONS {
            velocity.fill(0.0);
            add_lower_transposed(factor, momentum, 1.0, &mut velocity);
            let hits = self.normals.iter().filter_map(|normal| {
                let speed = dot(normal, &velocity);
                let at = dot(normal, b).max(0.0) / -speed;
                (speed < 0.0 && at < rest).then_some((at, normal))
            });
            let Some((at, normal)) = hits.min_by(|one, other| one.0.total_cmp(&other.0)) else {
                for (value, speed) in b.iter_mut().zip(&velocity) {
                    *value += rest * speed;
                }
                return self.are_met(b);
            };
            for (value, speed) in b.iter_mut().zip(&velocity) {
                *value += at * speed;
            }
            rest -= at;
            multiply_lower(factor, normal, &mut wall);
            let scale = 2.0 * dot(&wall, momentum) / dot(&wall, &wall);
            for (entry, wall) in momentum.iter_mut().zip(&wall) {
                *entry -= scale * wall;
            }
        }
        false
    }
}
