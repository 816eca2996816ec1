//! First choices under random errors, draw by draw.
//!
//! - `errors`: the random errors of levels, products and None
//! - `race`: which product wins each draw
//! - `error_scale`: the scale of the errors, fitted to the logit
//! - `reference_set`: the offers by which it is fitted

mod error_scale;
mod errors;
mod race;
mod reference_set;

pub(crate) use errors::{OfferErrors, RandomErrors};
