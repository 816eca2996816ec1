//! The dashboard: what the page shows and how it reacts; every number comes from `conjoint`.
//!
//! Layers, from the ground up; each uses only those before it, which `tests/layers.rs` checks:
//!
//! - [`state`], [`browser`]: the user's edits and options as a pure reducer with the address that
//!   holds them; the only place that calls the browser and plotly.js
//! - [`compute`]: the model at the edited offers, requests to the worker, loading of studies
//! - [`format`](mod@format), [`text`], [`charts`], [`components`]: numbers and names as text,
//!   sentences, drawings and tables, controls and figures; in this order
//! - [`pages`]: the pages; none imports another

pub mod app;
pub mod browser;
pub mod charts;
pub mod components;
pub mod compute;
pub mod format;
pub mod pages;
pub mod state;
pub mod text;

/// Mounts the dashboard in the page, in place of the loading text.
pub fn start() {
    let [decimal, group] = browser::locale::number_separators();
    format::set_reader_separators(format::Separators::from_browser(decimal, group));
    browser::pointer::watch();
    if let Some(root) = browser::page::root() {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}
