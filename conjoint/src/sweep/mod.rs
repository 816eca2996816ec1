//! Sweeps: one cost of several products changed in lockstep, or two costs on a grid.
//!
//! A sweep starts from the offers as the user has edited them, so that its points are
//! scenarios like any other. A table, of numbers or of texts as typed, is checked into a
//! [`Lockstep`] or a [`Grid`]; that computes its points, all at once or step by step; and the
//! result tells what changed, and writes itself as CSV.

mod changes;
mod csv;
pub mod defaults;
mod engine;
mod error;
mod grid;
mod lockstep;
mod plan;
mod range;
mod row_text;

pub use changes::{Baseline, ChangeUnit};
pub use error::{Field, RowError, SweepError};
pub use grid::{Grid, GridResult, GridRow};
pub use lockstep::{Lockstep, LockstepPoint, LockstepResult, LockstepRow};
pub use plan::{Cost, ExtrapolatedRow};
pub use range::{MAX_PAIRS, MAX_POINTS, Range};
pub(crate) use range::{list_values, remove_rounding_noise};
pub use row_text::{GridRowText, LockstepRowText};

#[cfg(test)]
mod tests;
