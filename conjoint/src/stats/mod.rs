//! Statistics and numerical methods that know nothing of conjoint analysis.

pub mod bootstrap;
pub(crate) mod column_sums;
pub mod kde;
pub(crate) mod minimize;
pub mod normal;
pub mod quantile;
pub(crate) mod random;
pub mod sort;
