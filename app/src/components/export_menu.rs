//! The menu "Export": all tables of the page as an Excel workbook, and the printed report.

use worker::protocol::{FilesRequest, Request, Response};
use yew::prelude::*;

use crate::browser::{download, fragment, print};
use crate::charts::workbook::{self, Source};
use crate::components::{Menu, collect_tables};
use crate::compute::client::send;
use crate::compute::{Memory, WorkerEvent};
use crate::state::{Page, State};
use crate::text::messages;

/// Properties of [`ExportMenu`].
#[derive(Properties, PartialEq)]
pub struct ExportMenuProps {
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

/// A menu with the workbook, which has the tables of the page and the inputs that they follow from and
/// is written by the worker, and the report.
#[component]
pub fn ExportMenu(props: &ExportMenuProps) -> Html {
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
            <Menu label="Export" text="Export">
                <button
                    type="button"
                    class="quiet"
                    aria-disabled={is_running.then_some("true")}
                    onclick={(!is_running).then_some(make)}
                >
                    { "Download Excel workbook" }
                </button>
                <button type="button" class="quiet" onclick={|_: MouseEvent| print::print()}>
                    { "Print report" }
                </button>
            </Menu>
            <span role="status" class="visually-hidden">
                { if is_running { "Writing the workbook." } else { "" } }
            </span>
            if let RunState::Failed(message) = &*run {
                <span role="alert">{ message }</span>
            }
        </>
    }
}
