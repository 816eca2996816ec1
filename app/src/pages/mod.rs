//! The pages, a folder each.

pub mod attractiveness;
