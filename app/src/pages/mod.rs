//! The pages, one folder each. A page imports no other page; what pages share is in
//! [`crate::components`].

pub mod attractiveness;
pub mod data;
pub mod insights;
pub mod optimizer;
pub mod simulator;
pub mod sweep;
