//! What a component may listen to.

mod address;
mod dark;
mod offline;
mod undo;

pub use address::use_address;
pub use dark::{use_dark, use_theme};
pub use offline::{Newer, Standing, use_standing};
pub use undo::use_undo;
