//! Sweeps: one cost of several products changed in lockstep, or two costs on a grid.
//!
//! A sweep starts from the simulation's scenario, so each of its points is a scenario like any
//! other. A table, of numbers or of text as typed, is checked into a [`Lockstep`] or a [`Grid`],
//! which computes its points all at once or step by step. The result compares the points with a
//! baseline and writes itself as CSV.

mod changes;
mod check;
mod cost;
mod csv;
pub mod defaults;
mod engine;
mod error;
mod extrapolation;
mod grid;
mod lockstep;
mod range;
mod row_text;

pub use changes::{Baseline, ChangeUnit};
pub use cost::Cost;
pub use error::{Field, RowError, SweepError};
pub use extrapolation::ExtrapolatedRow;
pub use grid::{Grid, GridResult, GridRow};
pub use lockstep::{Lockstep, LockstepPoint, LockstepResult, LockstepRow};
pub(crate) use range::list_values;
pub use range::{MAX_PAIRS, MAX_POINTS, Range, RangeEdge};
pub use row_text::{GridRowText, LockstepRowText};

#[cfg(test)]
mod tests;
