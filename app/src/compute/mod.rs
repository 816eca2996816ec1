//! Everything that is computed or loaded: the model at the edited offers, what a worker answers,
//! and which study is shown.

pub mod analyses;
mod background;
pub mod files;
mod live;
pub mod load;
pub mod optimize;
pub mod request;
mod studies;
pub mod study_library;
pub mod sweep;
pub mod thread;
mod use_market;
mod use_sweep;
pub mod worker;

pub use live::{Live, Results, use_live};
pub use studies::{Attempt, Opening, Studies, use_studies};
pub use use_market::{Market, Numbers, use_market};
pub use use_sweep::{Memory, Start, Status, Sweeping, Swept, use_sweep};
