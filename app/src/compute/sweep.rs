//! A sweep's table, checked, and its result.

use std::rc::Rc;

use conjoint::simulation::Simulation;
use conjoint::study::Study;
use conjoint::sweep::{ExtrapolatedRow, Grid, GridResult, Lockstep, LockstepResult, RowError};
use worker::protocol::{SweepResult, SweepTable};

use crate::state::{Kind, Row};

/// A table that was checked.
#[derive(Debug, Clone, PartialEq)]
pub enum CheckedTable {
    /// One cost in lockstep.
    Lockstep(Lockstep),
    /// Two costs on a grid.
    Grid(Grid),
}

/// The result of a sweep.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Of one cost.
    Lockstep(Rc<LockstepResult>),
    /// Of two costs.
    Grid(Rc<GridResult>),
}

impl CheckedTable {
    /// Checks a table against the edited offers.
    ///
    /// # Errors
    /// All cells that are wrong, with what would be right.
    pub fn read(simulation: &Simulation, kind: Kind, table: &[Row]) -> Result<Self, Vec<RowError>> {
        match kind {
            Kind::Lockstep(cost) => {
                let rows: Vec<_> = table.iter().map(Row::lockstep).collect();
                Lockstep::read(simulation, cost, &rows).map(Self::Lockstep)
            }
            Kind::Grid => {
                let rows: Vec<_> = table.iter().map(Row::grid).collect();
                Grid::read(simulation, Kind::ACROSS, &rows).map(Self::Grid)
            }
        }
    }

    /// The amount of work, as the model counts it.
    pub fn work(&self, simulation: &Simulation) -> u64 {
        match self {
            Self::Lockstep(plan) => plan.work(simulation),
            Self::Grid(plan) => plan.work(simulation),
        }
    }

    /// The rows that leave the surveyed range of a cost.
    pub fn find_extrapolated_rows(&self, study: &Study) -> Vec<ExtrapolatedRow> {
        match self {
            Self::Lockstep(plan) => plan.find_extrapolated_rows(study),
            Self::Grid(plan) => plan.find_extrapolated_rows(study),
        }
    }

    /// The number of steps in which it is computed.
    pub fn steps(&self) -> usize {
        match self {
            Self::Lockstep(plan) => plan.count(),
            Self::Grid(plan) => plan.count(),
        }
    }

    /// Computes everything at once.
    pub fn run(&self, simulation: &Simulation) -> Outcome {
        match self {
            Self::Lockstep(plan) => Outcome::Lockstep(Rc::new(plan.run(simulation))),
            Self::Grid(plan) => Outcome::Grid(Rc::new(plan.run(simulation, false))),
        }
    }
}

impl From<SweepResult> for Outcome {
    fn from(result: SweepResult) -> Self {
        match result {
            SweepResult::Lockstep(result) => Self::Lockstep(Rc::new(result)),
            SweepResult::Grid(result) => Self::Grid(Rc::new(result)),
        }
    }
}

/// A table as a worker reads it.
pub fn request_table(kind: Kind, table: &[Row]) -> SweepTable {
    match kind {
        Kind::Lockstep(cost) => {
            SweepTable::Lockstep(cost, table.iter().map(Row::lockstep).collect())
        }
        Kind::Grid => SweepTable::Grid(Kind::ACROSS, table.iter().map(Row::grid).collect()),
    }
}
