//! Opening a study from files that are picked or dropped.

use std::collections::BTreeMap;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use worker::protocol::{Program, StoredStudy};
use yew::prelude::*;

use super::column_names::ColumnNames;
use super::estimate::Estimate;
use super::form::ImportForm;
use super::market_form::{MarketForm, lacks_market_size};
use super::opening::{OUTCOME, Opener, Opening, use_opener};
use super::problems::problems;
use crate::browser::file_picker::{self, PickedFiles};
use crate::browser::page;
use crate::compute::importer::{ImporterMessage, send_to_page};
use crate::compute::program;
use crate::format::count;
use crate::text::messages;

/// The drop area, the file inputs, and the outcome.
#[component]
pub fn OpenStudy() -> Html {
    let opener = use_opener();
    html! {
        <>
            <DropArea opener={opener.clone()} />
            { outcome(&opener) }
        </>
    }
}

/// The endings of the files that can be opened or imported.
const ACCEPTED: &str = ".csv,.tsv,.tab,.txt,.xlsx,.xlsm,.json,.zip,.xml,.hbu,.cbchb,.att,.cho,.chs";

/// Properties of [`DropArea`].
#[derive(Properties, PartialEq)]
struct DropAreaProps {
    /// What opens the files.
    opener: Opener,
}

/// Where files are picked or dropped.
#[component]
fn DropArea(props: &DropAreaProps) -> Html {
    let is_dragging = use_state_eq(|| false);
    let open = {
        let opener = props.opener.clone();
        move |picked: PickedFiles| opener.open(Rc::new(picked), BTreeMap::new())
    };
    let onchange = {
        let open = open.clone();
        Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                open(file_picker::take_files(&input));
            }
        })
    };
    let ondrop = {
        let is_dragging = is_dragging.clone();
        Callback::from(move |event: DragEvent| {
            is_dragging.set(false);
            if let Some(transfer) = event.data_transfer() {
                let (files, open) = (file_picker::dropped_files(&transfer), open.clone());
                spawn_local(async move { open(files.await) });
            }
        })
    };
    let ondragover = {
        let is_dragging = is_dragging.clone();
        Callback::from(move |_: DragEvent| is_dragging.set(true))
    };
    let ondragleave = {
        let is_dragging = is_dragging.clone();
        Callback::from(move |_: DragEvent| is_dragging.set(false))
    };
    // While the user picks files.
    let onfocusin = Callback::from(|_: FocusEvent| program::prepare(Program::Files));
    let ondragenter = Callback::from(|_: DragEvent| program::prepare(Program::Files));
    let class = classes!("drop", is_dragging.then_some("over"));
    html! {
        <div {class} {onfocusin} {ondragenter} {ondrop} {ondragover} {ondragleave}>
            <label>
                <span>{ "Open study files" }</span>
                <input
                    type="file"
                    multiple=true
                    accept={ACCEPTED}
                    onchange={onchange.clone()}
                />
            </label>
            <label>
                <span>{ "Open a study's folder" }</span>
                <input type="file" webkitdirectory=true {onchange} />
            </label>
            <p>
                { "Pick a study's files, a zip of them, utilities that another program saved \
                   (CSV, Excel, .hbu) with their labels, or the choices or ratings of a survey \
                   (CSV, Excel, .cho); or drop files or a folder here." }
            </p>
        </div>
    }
}

/// The outcome: a message, and what belongs to it. The message's element is always present, because
/// screen readers announce only changes of an existing element.
fn outcome(opener: &Opener) -> Html {
    let (message, details) = match opener.opening() {
        Opening::Idle => (html! {}, html! {}),
        Opening::Reading(text, done) => (
            html! { { format!("{text} …") } },
            reading_progress(opener, *done),
        ),
        Opening::Refused(attempt) => {
            let details = html! {
                <>
                    { problems(&attempt.refusal) }
                    <ColumnNames opener={opener.clone()} attempt={Rc::clone(attempt)} />
                </>
            };
            let message = "The study cannot be opened. The current study stays open.";
            (html! { { message } }, details)
        }
        Opening::Recognized(import) => {
            let preview = &import.preview;
            let message = format!(
                "Recognized: {}, {} respondents. Check what was found, then open the study.",
                preview.format,
                count(preview.respondents),
            );
            let form = html! {
                <ImportForm opener={opener.clone()} import={Rc::clone(import)} />
            };
            (html! { { message } }, form)
        }
        Opening::Choices(choices) => {
            let message = format!(
                "Recognized: choices in {} ({}). Utilities must be estimated from them first.",
                choices.file, choices.layout,
            );
            let opened = {
                let opener = opener.clone();
                Callback::from(move |study| opener.open(study, BTreeMap::new()))
            };
            let picked = Rc::clone(&choices.picked);
            (
                html! { { message } },
                html! { <Estimate {picked} {opened} /> },
            )
        }
        Opening::Cancelled => {
            let message = "Cancelled. The current study stays open.";
            (html! { { message } }, html! {})
        }
        Opening::Failed(reason) => {
            let message = format!("That did not work: {reason}.");
            (html! { { message } }, html! {})
        }
        Opening::Opened(study) => opened(opener, study),
    };
    html! {
        <>
            <p role="status" id={OUTCOME} tabindex="-1">{ message }</p>
            { details }
        </>
    }
}

/// A study that was opened: the message, and what belongs to it.
fn opened(opener: &Opener, study: &Rc<StoredStudy>) -> (Html, Html) {
    let message = html! { <>{ "Study opened: " }<strong>{ &study.title }</strong></> };
    let not_stored = study.storage_error.as_ref().map(|reason| {
        html! { <p class="error" role="alert">{ messages::study_not_stored(reason) }</p> }
    });
    // Warnings about whole files; those about rows are shown with the study.
    let warnings = study
        .warnings
        .iter()
        .filter(|warning| warning.row.is_none());
    let warnings = warnings.map(|warning| {
        html! { <li>{ format!("{}: {}", warning.file, warning.problem) }</li> }
    });
    let show_simulator =
        Callback::from(|_: MouseEvent| send_to_page(&ImporterMessage::ShowSimulator, &[]));
    let details = html! {
        <>
            { not_stored }
            <ul>{ for warnings }</ul>
            if lacks_market_size(study) {
                <MarketForm opener={opener.clone()} study={Rc::clone(study)} />
            }
            <button type="button" onclick={show_simulator}>{ "Go to the simulator" }</button>
        </>
    };
    (message, details)
}

/// A progress bar, and a button that cancels.
fn reading_progress(opener: &Opener, done: Option<f64>) -> Html {
    let cancel = {
        let opener = opener.clone();
        Callback::from(move |_: MouseEvent| {
            // The focused button is about to disappear.
            page::focus(OUTCOME);
            opener.cancel();
        })
    };
    html! {
        <div class="actions">
            <progress
                aria-label="Opening the study"
                value={done.map(|done| done.to_string())}
                max="1"
            />
            <button type="button" class="quiet" onclick={cancel}>{ "Cancel" }</button>
        </div>
    }
}
