//! First choices under random errors, draw by draw.
//!
//! - `errors`: the random errors of levels, products and None
//! - `race`: which product wins each draw
//! - `error_scale`: the scale of the errors, fitted to the logit

mod error_scale;
mod errors;
mod race;

pub(crate) use errors::{OfferErrors, RandomErrors};
