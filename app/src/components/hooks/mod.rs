//! Hooks that listen to the browser.

mod address;
mod color_scheme;
mod connection;
mod undo;

pub use address::use_address;
pub use color_scheme::{use_dark, use_theme};
pub use connection::{AvailableUpdate, ConnectionStatus, use_connection_status};
pub use undo::use_undo;
