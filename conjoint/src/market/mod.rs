//! The market behind the choices: its customers, what they pay, and who moves where.

mod customer_base;
mod money;
pub mod movement;
mod owners;

pub(crate) use customer_base::{CustomerBase, PriceList, WonCustomers};
pub(crate) use money::discard_rounding;
pub use money::{Change, Figures, Measure, consolidate};
pub(crate) use owners::OwnersBySegment;
