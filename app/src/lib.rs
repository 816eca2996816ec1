//! The dashboard: what the page shows and how it reacts; every number comes from `conjoint`.
//!
//! - [`charts`]: results to traces, layouts and tables; pure, tested without a browser
//! - [`components`]: what is on the page, each a small function of its properties
//! - [`hooks`]: what a component may listen to
//! - [`js`]: the only place that talks to the browser and to plotly.js
//! - [`load`]: the study's files, from the server
//! - [`state`]: what the user did, a pure reducer

pub mod app;
pub mod charts;
pub mod components;
pub mod format;
pub mod hooks;
pub mod js;
pub mod load;
pub mod pages;

pub mod state;

/// Mounts the dashboard in the page, in place of the loading text.
pub fn start() {
    js::pointer::watch();
    if let Some(root) = js::page::root() {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}
