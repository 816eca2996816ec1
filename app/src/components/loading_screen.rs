//! The screen while the study is loading.

use crate::compute::load::Progress;
use yew::prelude::*;

/// What is being loaded, a progress bar, and `remedy`: what the reader can do meanwhile.
///
/// `done` is the finished fraction, 0–1; without it the bar shows no value.
pub fn loading_screen(text: String, done: Option<f64>, remedy: Option<Html>) -> Html {
    html! {
        <main class="boot" aria-busy="true">
            <h1>{ "Conjoint dashboard" }</h1>
            <p id="loading-text" role="status">{ text }</p>
            <progress
                aria-labelledby="loading-text"
                value={done.map(|done| done.to_string())}
                max="1"
            />
            { remedy }
        </main>
    }
}

/// A sentence on how many of the study's files have arrived, and the fraction.
pub fn describe_progress(progress: Progress) -> (String, Option<f64>) {
    let Progress { done, total } = progress;
    match total {
        0 => ("Requesting the study from the server …".to_owned(), None),
        total => (
            format!("Loading the study: {done} of {total} files"),
            Some(done as f64 / total as f64),
        ),
    }
}
