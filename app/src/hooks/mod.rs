//! What a component may listen to.

mod address;
mod dark;
mod live;

pub use address::use_address;
pub use dark::use_dark;
pub use live::{Live, Results, use_live};
