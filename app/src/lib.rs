//! The dashboard: what the page shows and how it reacts; every number comes from `conjoint`.
//!
//! - [`charts`]: results to traces, layouts and tables; pure, tested without a browser
//! - [`components`]: what is on the page, each a small function of its properties
//! - [`hooks`]: what a component may listen to
//! - [`js`]: the only place that talks to the browser and to plotly.js
//! - [`market`]: the analyses of the page "Market Simulator", in a worker and back
//! - [`load`]: a study to show, from the server or from this browser
//! - [`optimize`]: the optimizer, in a worker and back
//! - [`request`]: what the page asks of the worker, and how the worker answers
//! - [`shelf`]: which studies this browser keeps
//! - [`state`]: what the user did, a pure reducer
//! - [`sweep`]: a sweep from its table to its result, on the page's thread or in a worker
//! - [`words`]: what the page explains: how figures are read, the glossary, its own messages
//! - [`workbook`]: what the page shows as the sheets of an Excel workbook

pub mod app;
pub mod charts;
pub mod components;
pub mod format;
pub mod hooks;
pub mod js;
pub mod load;
pub mod market;
pub mod optimize;
pub mod pages;
pub mod request;
pub mod shelf;
pub mod state;
pub mod sweep;
pub mod words;
pub mod workbook;

/// Mounts the dashboard in the page, in place of the loading text; in a worker, serves the page.
pub fn start() {
    if js::worker::serve::<request::Remote>() {
        return;
    }
    format::write_as(js::locale::separators());
    js::pointer::watch();
    if let Some(root) = js::page::root() {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}
