//! The market behind the choices: customers, money, and movement between brands.
//!
//! - `owners`: the surveyed customers of each brand, by segment
//! - `won_customers`: the respondents whom each brand wins, from demand and prices
//! - `customer_base`: customers and money after the period
//! - `money`: the figures of a brand or parent, and their differences
//! - [`movement`]: net movement between brands when the offers change

mod customer_base;
mod money;
pub mod movement;
mod owners;
mod won_customers;

pub(crate) use customer_base::CustomerBase;
pub(crate) use money::discard_rounding;
pub use money::{Change, Figures, Measure, consolidate};
pub(crate) use owners::OwnersBySegment;
pub(crate) use won_customers::{PriceList, WonCustomers};
