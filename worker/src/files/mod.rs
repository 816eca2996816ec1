//! A study's files: opened, checked, kept and exported.

pub mod archive;
pub mod check;
pub mod headers;
pub mod settings;
pub mod store;
pub mod stray;
pub mod workbook;
