//! The state of a search, and the row of controls that starts and ends it.

use yew::prelude::*;

use crate::components::quiet_button;
use crate::format::percent;
use crate::text::messages;

/// The progress of a search.
#[derive(Clone, PartialEq)]
pub(super) enum RunState {
    Idle,
    /// The finished fraction, 0–1.
    Running(f64),
    Cancelled,
    Failed(String),
}

impl RunState {
    pub(super) fn is_running(&self) -> bool {
        matches!(self, Self::Running(_))
    }
}

/// The controls of a search.
pub(super) struct RunControls {
    /// The text of the button that starts it.
    pub(super) start: &'static str,
    /// The accessible name of the button that ends it, where "Cancel" is ambiguous.
    pub(super) cancel: Option<&'static str>,
    /// The accessible name of the progress.
    pub(super) progress: &'static str,
    /// Whether it can start.
    pub(super) is_possible: bool,
    pub(super) on_start: Callback<MouseEvent>,
    pub(super) on_cancel: Callback<MouseEvent>,
}

impl RunControls {
    pub(super) fn view(self, run_state: &RunState) -> Html {
        let is_running = run_state.is_running();
        let cancel = self.cancel.map(str::to_owned);
        html! {
            <div class="actions">
                { quiet_button(None, self.start, self.is_possible && !is_running, self.on_start) }
                { quiet_button(cancel, "Cancel", is_running, self.on_cancel) }
                if let RunState::Running(done) = run_state {
                    <progress aria-label={self.progress} value={done.to_string()} max="1" />
                }
                <span role="status" class="message">{ status_message(run_state) }</span>
            </div>
        }
    }
}

fn status_message(run_state: &RunState) -> Html {
    match run_state {
        RunState::Idle => html! {},
        // The percentage is hidden from screen readers, which would announce every change.
        RunState::Running(done) => html! {
            <>{ "Searching: " }<span aria-hidden="true">{ percent(*done) }</span></>
        },
        RunState::Cancelled => html! { "The search was cancelled." },
        RunState::Failed(reason) => html! {
            <span class="error">{ messages::optimizer_error(reason) }</span>
        },
    }
}
