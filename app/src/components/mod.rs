//! What is on the page, each a small function of its properties.

mod banner;
mod chart;
mod choice;
mod data_table;
mod failure;
mod figure;
mod frame;
mod glossary;
mod idle_button;
mod loading;
mod number_input;
mod plan;
mod radios;
mod scroll;
mod select;
mod standing;
mod tables;

pub use banner::Banner;
pub use chart::Chart;
pub use choice::Choice;
pub use data_table::DataTableView;
pub use failure::{Failure, Problem};
pub use figure::Figure;
pub use frame::{Frame, Tab, tab_id};
pub use glossary::Glossary;
pub use idle_button::IdleButton;
pub use loading::{Loading, of_files};
pub use number_input::NumberInput;
pub use plan::Plan;
pub use radios::Radios;
pub use scroll::Scroll;
pub use select::Select;
pub use standing::standing_bar;
pub use tables::{Listed, listed, use_listed};
