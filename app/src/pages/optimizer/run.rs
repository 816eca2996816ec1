//! A search in a worker: its state, its section of the page, and the controls that start and end it.

use std::cell::RefCell;
use std::rc::Rc;

use worker::protocol::{Progress, Request, Response};
use yew::prelude::*;

use crate::components::quiet_button;
use crate::compute::client::{StudySource, send_about};
use crate::compute::{PendingRequest, WorkerEvent};
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

/// A search: its state, and what the last one found.
pub(super) struct Search<T: 'static> {
    run_state: UseStateHandle<RunState>,
    outcome: UseStateHandle<Option<Rc<T>>>,
    /// Dropping a request cancels it.
    pending: Rc<RefCell<Option<PendingRequest>>>,
}

// Derived, it would ask for an outcome that can be cloned.
impl<T> Clone for Search<T> {
    fn clone(&self) -> Self {
        Self {
            run_state: self.run_state.clone(),
            outcome: self.outcome.clone(),
            pending: Rc::clone(&self.pending),
        }
    }
}

/// A search that has not started yet.
#[hook]
pub(super) fn use_search<T: 'static>() -> Search<T> {
    Search {
        run_state: use_state_eq(|| RunState::Idle),
        outcome: use_state(|| None),
        pending: use_mut_ref(|| None),
    }
}

impl<T> Search<T> {
    pub(super) fn run_state(&self) -> &RunState {
        &self.run_state
    }

    /// What the last finished search found.
    pub(super) fn outcome(&self) -> Option<&Rc<T>> {
        self.outcome.as_ref()
    }

    /// Sends a request, and keeps what `read` finds in the response.
    pub(super) fn start(
        &self,
        source: &StudySource,
        request: Request,
        read: impl Fn(Response) -> Option<T> + 'static,
    ) {
        let (run_state, outcome) = (self.run_state.setter(), self.outcome.setter());
        run_state.set(RunState::Running(0.0));
        let listen = move |event| match event {
            WorkerEvent::Progress(Progress::Fraction(done)) => {
                run_state.set(RunState::Running(done));
            }
            WorkerEvent::Response(response, _) => {
                if let Some(found) = read(response) {
                    outcome.set(Some(Rc::new(found)));
                    run_state.set(RunState::Idle);
                }
            }
            WorkerEvent::Failed(error) => run_state.set(RunState::Failed(error.to_string())),
            WorkerEvent::Progress(_) => {}
        };
        self.pending
            .replace(Some(send_about(source, request, listen)));
    }

    /// Ends the search that is running.
    pub(super) fn on_cancel(&self) -> Callback<MouseEvent> {
        let search = self.clone();
        Callback::from(move |_: MouseEvent| {
            search.pending.take();
            search.run_state.set(RunState::Cancelled);
        })
    }
}

/// The section of a search: a form of these fields and controls, and the result under it.
pub(super) fn search_section(
    title_id: &'static str,
    title: &'static str,
    fields: Html,
    result: Html,
) -> Html {
    html! {
        <section aria-labelledby={title_id} class="optimizer">
            <h2 id={title_id}>{ title }</h2>
            <form
                aria-label={title}
                onsubmit={|event: SubmitEvent| event.prevent_default()}
            >
                { fields }
            </form>
            { result }
        </section>
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
