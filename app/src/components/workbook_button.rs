//! The button that downloads all tables of the page as an Excel workbook.

use worker::protocol::{FilesRequest, Request, Response};
use yew::prelude::*;

use crate::browser::{download, fragment};
use crate::charts::workbook::{self, Source};
use crate::components::collect_tables;
use crate::compute::client::send;
use crate::compute::{Memory, WorkerEvent};
use crate::state::{Page, State};
use crate::text::messages;

/// Properties of [`WorkbookButton`].
#[derive(Properties, PartialEq)]
pub struct WorkbookButtonProps {
    /// The dashboard's state, which the workbook records.
    pub state: State,
    /// The sweeps that were computed.
    pub memory: Memory,
}

/// The progress of the download.
enum RunState {
    Idle,
    Running,
    /// Why it failed.
    Failed(String),
}

/// A button that saves the tables of the page and the inputs that they follow from. The worker
/// writes the workbook.
#[component]
pub fn WorkbookButton(props: &WorkbookButtonProps) -> Html {
    let run = use_state(|| RunState::Idle);
    // Dropping the request cancels it.
    let request = use_mut_ref(|| None);
    let is_running = matches!(*run, RunState::Running);
    let make = {
        let (state, memory) = (props.state.clone(), props.memory.clone());
        let (run, request) = (run.setter(), request.clone());
        Callback::from(move |_: MouseEvent| {
            let is_stale = state.page() == Page::Sweep && !memory.is_current(&state);
            let link = fragment::page_url();
            let source = Source {
                link,
                older: is_stale,
            };
            let sheets = workbook::sheets(&state, &source, collect_tables());
            let (name, outcome) = (workbook::name(&state), run.clone());
            let listen = move |event| {
                outcome.set(match event {
                    WorkerEvent::Progress(_) => RunState::Running,
                    WorkerEvent::Response(Response::File, files) => {
                        let saved = files.first().map(|bytes| download::workbook(&name, bytes));
                        match saved {
                            Some(Err(reason)) => RunState::Failed(messages::save_error(&reason)),
                            Some(Ok(())) | None => RunState::Idle,
                        }
                    }
                    WorkerEvent::Response(..) => RunState::Idle,
                    WorkerEvent::Failed(error) => {
                        RunState::Failed(messages::workbook_error(&error.to_string()))
                    }
                });
            };
            run.set(RunState::Running);
            let files_request = Request::Files(FilesRequest::Workbook(sheets));
            request.replace(Some(send(files_request, Vec::new(), listen)));
        })
    };
    html! {
        <>
            <button
                type="button"
                class="quiet"
                aria-disabled={is_running.then_some("true")}
                onclick={(!is_running).then_some(make)}
            >
                <span class="verb">{ "Download " }</span>
                { "Excel" }
                <span class="verb">{ " workbook" }</span>
            </button>
            <span role="status" class="visually-hidden">
                { if is_running { "Writing the workbook." } else { "" } }
            </span>
            if let RunState::Failed(message) = &*run {
                <span role="alert">{ message }</span>
            }
        </>
    }
}
