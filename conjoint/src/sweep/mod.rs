//! Sweeps: one cost of several products changed in lockstep, or two costs on a grid.
//!
//! A sweep starts from the offers as the user has edited them, so that its points are
//! scenarios like any other.

mod engine;
mod fault;
mod grid;
mod lockstep;
mod plan;

pub use fault::{Field, RowFault, SweepFault};
pub use grid::{Grid, GridResult, GridRow};
pub use lockstep::{Lockstep, LockstepPoint, LockstepResult, LockstepRow};
pub use plan::{Cost, MOST_PAIRS, MOST_POINTS, Range};

use crate::indexed::{BrandIndex, ProductIndex};
use crate::simulation::Simulation;

/// The brand of the product in the first row; the plan made sure that it has one.
fn focal_brand(simulation: &Simulation, products: &[ProductIndex]) -> Option<BrandIndex> {
    let offers = simulation.scenario().offers();
    let offer = offers.get(*products.first()?)?;
    simulation.study().schema.brand_of(offer)
}

#[cfg(test)]
mod tests;
