//! Conjoint analysis for what-if market simulation: a study's files in, figures out.
//!
//! Data flows one way: files → [`study::Study`] → [`simulation::scenario::Scenario`] (the user's
//! edits) → [`simulation::Simulation`] → results. The model knows nothing of a screen, a server or a
//! command line.
//!
//! The modules form a tower, and each uses only those below it: `optimizer` → `sweep`, `analysis` →
//! `simulation` → `market` → `choice` → `study` → `stats`, `index_vec`. `format` reads and writes
//! studies and is above `study`; `import` (other programs' utilities) and `estimation` (choices) are above
//! `format`; `sample_study` is above `simulation` and `format`; `report` and `csv_text` are at the bottom.
//! `tests/tower.rs` holds the table and checks it.
//!
//! # Examples
//! ```
//! use std::sync::Arc;
//!
//! use conjoint::sample_study::{Sample, generate};
//! use conjoint::simulation::Simulation;
//!
//! let study = generate(&Sample::default())?;
//! let simulation = Simulation::new(Arc::new(study));
//! let shares = simulation.shares();
//! let total: f64 = shares.iter().map(|share| share.first_choice).sum();
//! assert!((total - 1.0).abs() < 1e-9);
//! # Ok::<(), conjoint::sample_study::SampleError>(())
//! ```

pub mod analysis;
pub mod choice;
mod csv_text;
pub mod estimation;
pub mod format;
pub mod import;
pub mod index_vec;
pub mod market;
pub mod optimizer;
pub mod report;
pub mod sample_study;
pub mod simulation;
pub mod stats;
pub mod study;
pub mod sweep;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
