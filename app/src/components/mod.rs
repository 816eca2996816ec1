//! What is on the page: a component where something is remembered or skipped, a function else,
//! because every component brings some kilobytes of machinery along.

mod banner;
mod chart;
mod choice;
mod data_table;
mod failure;
mod figure;
mod frame;
mod glossary;
pub mod hooks;
mod idle_button;
mod loading;
mod number_input;
mod plan;
mod radios;
mod remark;
mod scroll;
mod select;
mod standing;
mod tables;

pub use banner::banner;
pub use chart::Chart;
pub use choice::choice;
pub use data_table::DataTableView;
pub use failure::{Problem, failure};
pub use figure::Figure;
pub use frame::{Tab, frame, tab_id, use_frame};
pub use glossary::Glossary;
pub use idle_button::idle_button;
pub use loading::{loading, of_files};
pub use number_input::NumberInput;
pub use plan::Plan;
pub use radios::radios;
pub use remark::remark;
pub use scroll::scroll;
pub use select::Select;
pub use standing::standing_bar;
pub use tables::{Listed, listed, use_listed};
