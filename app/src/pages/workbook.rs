//! All tables of the page as one Excel workbook, which a worker writes.

use worker::protocol::{FilesRequest, Request, Response};
use yew::prelude::*;

use crate::browser::{download, fragment};
use crate::charts::workbook::{self, Source};
use crate::components::listed;
use crate::compute::client::send;
use crate::compute::{Memory, WorkerEvent};
use crate::state::{Page, State};
use crate::text::messages;

/// Properties of [`Workbook`].
#[derive(Properties, PartialEq)]
pub struct WorkbookProps {
    /// What the user did so far.
    pub state: State,
    /// What was swept before.
    pub memory: Memory,
}

/// How far the workbook is.
enum Stand {
    Idle,
    Working,
    /// Why there is none, and what to do.
    Failed(String),
}

/// A button that saves the page's tables and the inputs that they follow from.
#[component]
pub fn Workbook(props: &WorkbookProps) -> Html {
    let stand = use_state(|| Stand::Idle);
    // A request is given up when it is dropped.
    let running = use_mut_ref(|| None);
    let is_working = matches!(*stand, Stand::Working);
    let make = {
        let (state, memory) = (props.state.clone(), props.memory.clone());
        let (stand, running) = (stand.setter(), running.clone());
        Callback::from(move |_: MouseEvent| {
            let older = state.page() == Page::Sweep && !memory.is_current(&state);
            let link = fragment::address();
            let sheets = workbook::sheets(&state, &Source { link, older }, &listed());
            let (name, told) = (workbook::name(&state), stand.clone());
            let listen = move |event| {
                told.set(match event {
                    WorkerEvent::Progress(_) => Stand::Working,
                    WorkerEvent::Response(Response::File, files) => {
                        let saved = files.first().map(|bytes| download::workbook(&name, bytes));
                        match saved {
                            Some(Err(reason)) => Stand::Failed(messages::save_error(&reason)),
                            Some(Ok(())) | None => Stand::Idle,
                        }
                    }
                    WorkerEvent::Response(..) => Stand::Idle,
                    WorkerEvent::Failed(error) => {
                        Stand::Failed(messages::workbook_error(&error.to_string()))
                    }
                });
            };
            stand.set(Stand::Working);
            let request = Request::Files(FilesRequest::Workbook(sheets));
            running.replace(Some(send(request, Vec::new(), listen)));
        })
    };
    html! {
        <>
            <button
                type="button"
                class="quiet"
                aria-disabled={is_working.then_some("true")}
                onclick={(!is_working).then_some(make)}
            >
                <span class="verb">{ "Download " }</span>
                { "Excel" }
                <span class="verb">{ " workbook" }</span>
            </button>
            <span role="status" class="unseen">
                { if is_working { "The workbook is being written." } else { "" } }
            </span>
            if let Stand::Failed(told) = &*stand {
                <span role="alert">{ told }</span>
            }
        </>
    }
}
