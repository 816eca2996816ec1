//! Everything that takes long or handles files, computed off the page's thread.
//!
//! Three programs, each a Wasm of its own in a Web Worker: `analyst` computes analyses, sweeps,
//! optimizations and calibrations; `estimator` estimates part-worths; `files` opens, checks, stores and
//! exports studies. The last two load a fourth one, `workbooks`, when they meet an Excel workbook. The page
//! links only [`protocol`] and [`results`].
//!
//! - [`protocol`]: requests, progress and responses, and their bytes
//! - [`results`]: what the page shows after an edit, which it computes itself for a small study
//! - [`analyst`]: answers requests about a study with [`analyses`], [`sweeps`], [`lines`] and
//!   [`optimizer`]
//! - [`estimator`]: estimates part-worths from choices and ratings
//! - [`files`]: opens, checks, stores and exports the files of studies
//! - [`workbooks`]: reads and writes Excel workbooks
//! - [`serve`](mod@serve): receives requests and sends responses

pub mod protocol;
pub mod results;

#[cfg(feature = "programs")]
pub mod analyses;
#[cfg(feature = "programs")]
pub mod analyst;
#[cfg(feature = "programs")]
pub mod estimator;
#[cfg(feature = "programs")]
pub mod files;
#[cfg(feature = "programs")]
pub mod lines;
#[cfg(feature = "programs")]
pub mod optimizer;
#[cfg(feature = "programs")]
pub mod serve;
#[cfg(feature = "programs")]
pub mod sweeps;
#[cfg(feature = "programs")]
pub mod workbooks;
