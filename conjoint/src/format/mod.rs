//! A study as a folder of files: reads them and reports every problem, and writes them.
//!
//! [`read_study`] turns [`StudyFiles`] into a [`Study`](crate::study::Study), and [`write_study`]
//! does the reverse. Each file has a module of its own.

mod availability;
mod brands;
mod cbchb;
mod defaults;
mod digest;
mod draws;
mod error;
mod error_kind;
mod file_names;
mod files;
mod market_files;
mod normalize;
mod offers;
mod packed;
mod problem;
mod prohibited;
mod rates;
mod read;
mod settings;
mod table;
pub mod tabular;
pub(crate) mod usual_names;
mod utilities;
mod volumes;
mod weights;
mod write;

pub(crate) use cbchb::{is_cbchb, read_cbchb};
pub use defaults::{Omission, list_omissions};
pub use draws::{DrawsError, write_npy};
pub use error::FormatError;
pub use file_names::{
    BASE_ARPU, BRANDS, CHURN, DRAWS, ESTIMATION, FILE_NAMES, MONEY_FILES, NEUTRAL_NAMES, OFFERS,
    RECONTRACT, SETTINGS, UTILITIES, VOLUMES, WEIGHTS, canonical_name, known_names, neutral_name,
};
pub use files::StudyFiles;
pub use normalize::{add_workbook, normalize_files, open_study};
pub use packed::{PACKED, pack_study};
pub use problem::{Place, Problem, ProblemKind, Problems};
pub use read::{StudyReading, read_study, read_study_with_progress};
pub use table::{BYTE_ORDER_MARK, TableError};
pub(crate) use utilities::split_pairs;
pub use write::write_study;

#[cfg(test)]
mod tests;
