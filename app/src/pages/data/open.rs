//! Opening files: picked or dropped, read in a worker, refused with every reason.

use std::collections::BTreeMap;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::columns::Columns;
use super::problems::problems;
use crate::browser::file_picker::{self, PickedFiles};
use crate::browser::page;
use crate::compute::{Opening, Studies};
use crate::text::messages;

/// Properties of [`Open`].
#[derive(Properties, PartialEq)]
pub struct OpenProps {
    /// What can be done with studies.
    pub studies: Studies,
}

/// The id of the element that says what came of it.
const OUTCOME: &str = "opening";

/// Where files are picked or dropped, and what came of it.
#[component]
pub fn Open(props: &OpenProps) -> Html {
    let studies = &props.studies;
    let over = use_state_eq(|| false);
    use_effect_with((), |()| {
        let guard = file_picker::ignore_stray_drops();
        move || drop(guard)
    });
    use_effect_with(matches!(studies.opening(), Opening::Opened(_)), |opened| {
        // With another study the page is another one, and the focus would be nowhere.
        if *opened {
            page::focus(OUTCOME);
        }
    });
    let open = {
        let studies = studies.clone();
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
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            over.set(false);
            if let Some(transfer) = event.data_transfer() {
                let (dropped, open) = (file_picker::dropped_files(&transfer), open.clone());
                spawn_local(async move { open(dropped.await) });
            }
        })
    };
    let ondragover = {
        let over = over.clone();
        Callback::from(move |_: DragEvent| over.set(true))
    };
    let ondragleave = {
        let over = over.clone();
        Callback::from(move |_: DragEvent| over.set(false))
    };
    html! {
        <section aria-labelledby="open-title" class="wide">
            <h2 id="open-title">{ "Open a study of your own" }</h2>
            <p>
                { "The files never leave this browser: they are read, checked and kept here, and \
                   nothing of them is sent. The page's security policy forbids it any server but \
                   its own, which takes no files." }
            </p>
            <div class={classes!("drop", over.then_some("over"))} {ondrop} {ondragover} {ondragleave}>
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
                <p>{ "Pick a study's CSV files or a zip of them, or drop them here, a folder too." }</p>
            </div>
            { outcome(studies) }
        </section>
    }
}

/// What came of it. The element that speaks is there before it has something to say: only then is
/// it read out.
fn outcome(studies: &Studies) -> Html {
    let (said, more) = match studies.opening() {
        Opening::Idle => (html! {}, html! {}),
        Opening::Reading(words, done) => {
            let cancel = {
                let studies = studies.clone();
                Callback::from(move |_: MouseEvent| {
                    // The button goes with the work.
                    page::focus(OUTCOME);
                    studies.cancel();
                })
            };
            let more = html! {
                <div class="status">
                    <progress
                        aria-label="Opening the study"
                        value={done.map(|done| done.to_string())}
                        max="1"
                    />
                    <button type="button" class="quiet" onclick={cancel}>{ "Cancel" }</button>
                </div>
            };
            (html! { { format!("{words} …") } }, more)
        }
        Opening::Refused(attempt) => {
            let told = "The study cannot be opened as it is. The study that was open stays open.";
            let more = html! {
                <>
                    { problems(&attempt.refusal) }
                    <Columns studies={studies.clone()} attempt={Rc::clone(attempt)} />
                </>
            };
            (html! { { told } }, more)
        }
        Opening::Cancelled => {
            let told = "Cancelled. The study that was open stays open.";
            (html! { { told } }, html! {})
        }
        Opening::Failed(reason) => {
            let told = format!("That did not work: {reason}.");
            (html! { { told } }, html! {})
        }
        Opening::Opened(study) => {
            let told = html! { <>{ "Study opened: " }<strong>{ &study.title }</strong></> };
            let unkept = study.unkept.as_ref().map(|reason| {
                html! { <p class="error" role="alert">{ messages::study_not_stored(reason) }</p> }
            });
            let strays = study
                .warnings
                .iter()
                .filter(|warning| warning.row.is_none());
            let strays = strays.map(|warning| {
                html! { <li>{ format!("{}: {}", warning.file, warning.problem) }</li> }
            });
            (told, html! { <>{ unkept }<ul>{ for strays }</ul></> })
        }
    };
    html! {
        <>
            <p role="status" id={OUTCOME} tabindex="-1">{ said }</p>
            { more }
        </>
    }
}
