//! One file per subcommand.

pub(crate) mod calibrate;
pub(crate) mod check;
pub(crate) mod demand;
pub(crate) mod diversion;
pub(crate) mod elasticity;
pub(crate) mod generate;
pub(crate) mod grid;
pub(crate) mod importance;
pub(crate) mod optimize;
pub(crate) mod precompute;
pub(crate) mod simulate;
pub(crate) mod sweep;
pub(crate) mod wtp;
