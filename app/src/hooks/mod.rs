//! What a component may listen to.

mod address;
mod background;
mod dark;
mod live;
mod market;
mod offline;
mod studies;
mod sweep;
mod undo;

pub use address::use_address;
pub use dark::{use_dark, use_theme};
pub use live::{Live, Results, use_live};
pub use market::{Market, Numbers, use_market};
pub use offline::{Newer, Standing, use_standing};
pub use studies::{Attempt, Opening, Studies, use_studies};
pub use sweep::{Memory, Start, Status, Sweeping, Swept, use_sweep};
pub use undo::use_undo;
