//! Conjoint analysis for what-if market simulation: a study's files in, figures out.
//!
//! Data flows one way: files → [`study::Study`] → [`simulation::scenario::Scenario`] (the user's
//! edits) → [`simulation::Simulation`] → results. The model knows nothing of a screen, a server or a
//! command line.
//!
//! The modules form a tower; each one uses only those below it:
//! `optimizer` → `sweep`, `analysis`, `sample_study` → `simulation` → `market` → `choice` → `study`
//! → `stats`, `report`, `index_vec`. `format` reads and writes a study and stands above `study`.

pub mod analysis;
pub mod choice;
mod csv_text;
pub mod format;
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
