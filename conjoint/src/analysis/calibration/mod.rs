//! Calibration of a survey to a market: product constants, or a scale factor, with which the
//! simulated shares of the study's own offers match the shares in the market.
//!
//! - [`fit_constants`]: one constant a product; shares match the targets exactly.
//! - [`fit_scale`]: one scale factor; shares match the targets as closely as they can.

mod constants;
mod error;
mod scale;
mod targets;

pub use constants::fit_constants;
pub use error::CalibrationError;
pub use scale::fit_scale;
pub use targets::{Target, suggest_targets, validate_targets};
