//! The building blocks of the pages.
//!
//! What keeps state or may skip a rendering is a component; everything else is a function, because
//! each component adds a few kilobytes to the page.

mod analysis;
mod chart;
mod connection_bar;
mod controls;
mod copy_link;
mod data_table;
mod dispatch;
mod edit_summary;
mod error_screen;
mod export_menu;
mod figure;
mod figure_tables;
mod first_visit;
mod foreign_link;
mod frame;
mod help;
pub mod hooks;
mod lazy_graphic;
mod loading_screen;
mod market_share;
mod menu;
mod methods;
mod model_bar;
mod number_input;
mod offers;
mod page_props;
mod priced_product;
pub mod scenarios;
mod select;
pub mod table;
mod workbench;

pub use analysis::{AnalysisFigureProps, analysis_graphic, analysis_status, percent_interval};
pub use chart::Chart;
pub use connection_bar::connection_bar;
pub use controls::{banner, labelled_select, quiet_button, radio_group, scroll_area};
pub use copy_link::CopyLink;
pub use data_table::DataTableView;
pub use dispatch::{Dispatch, change_view, dispatch_on_click};
pub use edit_summary::{edit_summary, scenario_name};
pub use error_screen::error_screen;
pub use export_menu::ExportMenu;
pub use figure::{Figure, ScenarioName};
pub use figure_tables::{collect_tables, use_figure_tables};
pub use first_visit::use_first_visit;
pub use foreign_link::foreign_link_notice;
pub use frame::{FrameParts, Tab, frame, tab_id, use_frame};
pub use help::Help;
pub use lazy_graphic::{LazyGraphic, placeholder, use_last_graphic};
pub use loading_screen::{describe_progress, loading_screen};
pub use market_share::MarketShareFigure;
pub use menu::Menu;
pub use methods::methods;
pub use model_bar::model_bar;
pub use number_input::NumberInput;
pub use page_props::PageProps;
pub use priced_product::priced_product_select;
pub use select::Select;
pub use workbench::workbench;
