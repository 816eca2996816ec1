//! Why a request has no response.

use serde::{Deserialize, Serialize};

/// Why a request has no response. Each is a sentence without its beginning, which the page adds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum WorkerError {
    /// The program did not arrive.
    #[error("its program could not be loaded; check that the server runs, then reload the page")]
    NotLoaded,
    /// The program ended, or could not begin, for this reason.
    #[error("{0}")]
    Stopped(String),
    /// Bytes that are no message, as between pages of two versions.
    #[error("a message cannot be read ({0}); reload the page")]
    InvalidMessage(String),
    /// The worker does not have the study, or no program answers such a request.
    #[error("the worker cannot answer such a request; reload the page")]
    Unanswerable,
    /// The study's files cannot be read.
    #[error("{0}")]
    InvalidStudy(String),
    /// The choice model does not fit the study.
    #[error("{0}")]
    InvalidModel(String),
    /// Cells of a sweep's table that are wrong.
    #[error("{}", .0.join("; "))]
    InvalidSweep(Vec<String>),
    /// Entries of an optimization that are wrong.
    #[error("{}", .0.join("; "))]
    InvalidOptimization(Vec<String>),
    /// The targets cannot be reached.
    #[error("{0}")]
    NotCalibrated(String),
    /// Files cannot be opened, stored or written.
    #[error("{0}")]
    Files(String),
}
