//! A study as a folder of files: reading with every problem named, and writing.

pub(crate) mod column_names;
pub(crate) mod defaults;
pub(crate) mod error;
pub(crate) mod files;
pub(crate) mod number;
pub(crate) mod offers;
pub(crate) mod packed;
pub(crate) mod problem;
pub(crate) mod rates;
pub(crate) mod settings;
pub(crate) mod surveyed;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod utilities;
pub(crate) mod volumes;
pub(crate) mod weights;

pub use column_names::Dictionary;
pub use defaults::Omission;
pub use error::StudyError;
pub use files::{
    BASE_ARPU, BRANDS, CHURN, MONEY, NAMES, OFFERS, RECONTRACT, SETTINGS, StudyFiles, UTILITIES,
    VOLUMES, WEIGHTS,
};
pub(crate) use number::LARGEST;
pub use number::number;
pub use packed::PACKED;
pub use problem::{Place, Problem, Problems};
pub use settings::Settings;
pub use table::BYTE_ORDER_MARK;
pub(crate) use table::write;
pub(crate) use text::amount;
pub use text::quoted;

#[cfg(test)]
mod tests;
