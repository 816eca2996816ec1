//! The building blocks of the pages.
//!
//! What keeps state or may skip a rendering is a component; everything else is a function, because
//! each component adds a few kilobytes to the page.

mod chart;
mod connection_bar;
mod controls;
mod data_table;
mod dispatch;
mod edit_summary;
mod error_screen;
mod figure;
mod figure_tables;
mod foreign_link;
mod frame;
mod glossary;
pub mod hooks;
mod lazy_graphic;
mod loading_screen;
mod model_banner;
mod number_input;
mod page_link;
mod select;
pub mod table;
mod workbook_button;

pub use chart::Chart;
pub use connection_bar::connection_bar;
pub use controls::{banner, labelled_select, quiet_button, radio_group, scroll_area};
pub use data_table::DataTableView;
pub use dispatch::{Dispatch, change_view, dispatch_on_click};
pub use edit_summary::edit_summary;
pub use error_screen::error_screen;
pub use figure::Figure;
pub use figure_tables::{collect_tables, use_figure_tables};
pub use foreign_link::foreign_link_notice;
pub use frame::{Tab, frame, tab_id, use_frame};
pub use glossary::Glossary;
pub use lazy_graphic::{LazyGraphic, placeholder, use_last_graphic};
pub use loading_screen::{describe_progress, loading_screen};
pub use model_banner::model_banner;
pub use number_input::NumberInput;
pub use page_link::page_link;
pub use select::Select;
pub use workbook_button::WorkbookButton;
