//! How far loading has come.

use crate::load::Progress;
use yew::prelude::*;

/// Properties of [`Loading`].
#[derive(Properties, PartialEq)]
pub struct LoadingProps {
    /// How far it has come, in words.
    pub text: AttrValue,
    /// The same as a fraction; without one the bar moves on its own.
    pub done: Option<f64>,
    /// What the reader can do meanwhile.
    #[prop_or_default]
    pub children: Html,
}

/// A progress bar with words.
#[component]
pub fn Loading(props: &LoadingProps) -> Html {
    html! {
        <main class="boot" aria-busy="true">
            <h1>{ "Conjoint dashboard" }</h1>
            <p id="loading-text" role="status">{ &props.text }</p>
            <progress
                aria-labelledby="loading-text"
                value={props.done.map(|done| done.to_string())}
                max="1"
            />
            { props.children.clone() }
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
