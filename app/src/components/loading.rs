//! How far loading has come.

use crate::js::fetch::Progress;
use yew::prelude::*;

/// Properties of [`Loading`].
#[derive(Properties, PartialEq)]
pub struct LoadingProps {
    /// Files so far.
    pub progress: Progress,
}

/// A progress bar with words.
#[component]
pub fn Loading(props: &LoadingProps) -> Html {
    let Progress { done, total } = props.progress;
    let text = match total {
        0 => "Asking the server for the study …".to_owned(),
        total => format!("Loading the study: {done} of {total} files"),
    };
    // Without a value the bar moves on its own: the amount is not known yet.
    let value = (total > 0).then(|| done.to_string());
    html! {
        <main class="boot" aria-busy="true">
            <h1>{ "Conjoint dashboard" }</h1>
            <p id="loading-text" role="status">{ text }</p>
            <progress aria-labelledby="loading-text" {value} max={total.max(1).to_string()} />
        </main>
    }
}
