//! How far loading has come.

use crate::compute::load::Progress;
use yew::prelude::*;

/// A progress bar with words: how far it has come, the same as a fraction, without which the bar
/// moves on its own, and what the reader can do meanwhile.
pub fn loading(text: String, done: Option<f64>, remedy: Option<Html>) -> Html {
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

/// How far the server's study has come.
pub fn of_files(progress: Progress) -> (String, Option<f64>) {
    let Progress { done, total } = progress;
    match total {
        0 => ("Asking the server for the study …".to_owned(), None),
        total => (
            format!("Loading the study: {done} of {total} files"),
            Some(done as f64 / total as f64),
        ),
    }
}
