//! The dashboard: what the page shows and how it reacts; every number comes from `conjoint`.
//!
//! Layers, from the ground up; `tests/layers.rs` lists which layer may use which:
//!
//! - [`state`]: the user's edits and options, a pure reducer, and the address that restores them
//! - [`format`](mod@format): numbers and names as texts
//! - [`browser`]: the only place that calls the browser and plotly.js
//! - [`compute`]: the model at the edited offers, requests to the worker, loading of studies
//! - [`text`]: the page's sentences
//! - [`charts`]: results as charts and tables, pure functions
//! - [`components`]: controls and figures
//! - [`pages`]: the pages; none uses another
//! - [`importer`]: opening and importing, a program of its own that the page "Data" starts

pub mod app;
pub mod browser;
pub mod charts;
pub mod components;
pub mod compute;
pub mod format;
pub mod importer;
pub mod pages;
pub mod state;
pub mod text;

/// Mounts the dashboard in the page, in place of the loading text.
pub fn start() {
    use_reader_separators();
    browser::pointer::watch();
    if let Some(root) = browser::page::root() {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}

/// Mounts the importer in its element of the page.
pub fn start_importer() {
    use_reader_separators();
    importer::mount();
}

/// Has numbers written as in the reader's language.
fn use_reader_separators() {
    let [decimal, group] = browser::locale::number_separators();
    format::set_reader_separators(format::Separators::from_browser(decimal, group));
}
