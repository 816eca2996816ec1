//! The dashboard: what the page shows and how it reacts; every number comes from `conjoint`.
//!
//! Layers, from the ground up; each uses only those before it:
//!
//! - [`state`]: the user's edits and options, a pure reducer, and the address that holds them
//! - [`browser`]: the only place that calls the browser and plotly.js
//! - [`compute`]: the model at the edited offers, requests to the worker, loading of studies
//! - [`format`], [`charts`], [`components`], [`text`]: results as numbers, pictures, controls and sentences
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
