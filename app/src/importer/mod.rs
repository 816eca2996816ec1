//! Opening studies and importing files: a program of its own, because its screens would make the first
//! visit heavier and most visits never need them.
//!
//! It runs in an element of the page ([`browser::importer`](crate::browser::importer)), sends requests
//! to a worker of its own, and hands studies over to the page ([`compute::importer`](
//! crate::compute::importer)), which knows nothing else of it.

mod column_names;
mod estimate;
mod form;
mod market_form;
mod open_study;
mod opening;
mod problems;
mod root_ids;
mod saved_answers;

use crate::browser;

/// Mounts the importer in its element of the page.
pub fn mount() {
    root_ids::skip_those_of_the_page();
    if let Some(element) = browser::importer::element() {
        yew::Renderer::<open_study::OpenStudy>::with_root(element.into()).render();
    }
}
