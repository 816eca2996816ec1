//! Opening a study from files that are picked or dropped.

use std::collections::BTreeMap;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::column_names::ColumnNames;
use super::problems::problems;
use crate::browser::file_picker::{self, PickedFiles};
use crate::browser::page;
use crate::compute::{Opening, Studies};
use crate::text::messages;

/// Properties of [`OpenStudy`].
#[derive(Properties, PartialEq)]
pub struct OpenStudyProps {
    /// The studies of this browser.
    pub studies: Studies,
}

/// The id of the element with the outcome.
const OUTCOME: &str = "opening";

/// The drop area, the file inputs, and the outcome.
#[component]
pub fn OpenStudy(props: &OpenStudyProps) -> Html {
    let studies = &props.studies;
    use_effect_with((), |()| {
        let listeners = file_picker::ignore_stray_drops();
        move || drop(listeners)
    });
    use_effect_with(
        matches!(studies.opening(), Opening::Opened(_)),
        |is_opened| {
            // The focused element belonged to the previous study's dashboard.
            if *is_opened {
                page::focus(OUTCOME);
            }
        },
    );
    html! {
        <section aria-labelledby="open-title" class="wide">
            <h2 id="open-title">{ "Open a study of your own" }</h2>
            <p>
                { "Your files never leave this browser: they are read, checked and stored here. The \
                   page's security policy lets it contact only its own server, which accepts no \
                   files." }
            </p>
            <DropArea studies={studies.clone()} />
            { outcome(studies) }
        </section>
    }
}

/// Where files are picked or dropped.
#[component]
fn DropArea(props: &OpenStudyProps) -> Html {
    let is_dragging = use_state_eq(|| false);
    let open = {
        let studies = props.studies.clone();
        move |picked: PickedFiles| studies.open(Rc::new(picked), BTreeMap::new())
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
    let class = classes!("drop", is_dragging.then_some("over"));
    html! {
        <div {class} {ondrop} {ondragover} {ondragleave}>
            <label>
                <span>{ "Open study files" }</span>
                <input
                    type="file"
                    multiple=true
                    accept=".csv,.json,.zip"
                    onchange={onchange.clone()}
                />
            </label>
            <label>
                <span>{ "Open a study's folder" }</span>
                <input type="file" webkitdirectory=true {onchange} />
            </label>
            <p>
                { "Pick the study's CSV files or a zip of them, or drop files or a folder here." }
            </p>
        </div>
    }
}

/// The outcome: a message, and what belongs to it. The message's element is always present, because
/// screen readers announce only changes of an existing element.
fn outcome(studies: &Studies) -> Html {
    let (message, details) = match studies.opening() {
        Opening::Idle => (html! {}, html! {}),
        Opening::Reading(text, done) => (
            html! { { format!("{text} …") } },
            reading_progress(studies, *done),
        ),
        Opening::Refused(attempt) => {
            let details = html! {
                <>
                    { problems(&attempt.refusal) }
                    <ColumnNames studies={studies.clone()} attempt={Rc::clone(attempt)} />
                </>
            };
            let message = "The study cannot be opened. The current study stays open.";
            (html! { { message } }, details)
        }
        Opening::Cancelled => {
            let message = "Cancelled. The current study stays open.";
            (html! { { message } }, html! {})
        }
        Opening::Failed(reason) => {
            let message = format!("That did not work: {reason}.");
            (html! { { message } }, html! {})
        }
        Opening::Opened(study) => {
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
            (
                message,
                html! { <>{ not_stored }<ul>{ for warnings }</ul></> },
            )
        }
    };
    html! {
        <>
            <p role="status" id={OUTCOME} tabindex="-1">{ message }</p>
            { details }
        </>
    }
}

/// A progress bar, and a button that cancels.
fn reading_progress(studies: &Studies, done: Option<f64>) -> Html {
    let cancel = {
        let studies = studies.clone();
        Callback::from(move |_: MouseEvent| {
            // The focused button is about to disappear.
            page::focus(OUTCOME);
            studies.cancel();
        })
    };
    html! {
        <div class="status">
            <progress
                aria-label="Opening the study"
                value={done.map(|done| done.to_string())}
                max="1"
            />
            <button type="button" class="quiet" onclick={cancel}>{ "Cancel" }</button>
        </div>
    }
}
