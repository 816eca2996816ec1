//! The studies that are stored in this browser.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use worker::protocol::StoredStudy;
use yew::prelude::*;

use crate::browser::page;
use crate::components::quiet_button;
use crate::compute::Studies;
use crate::format::{count, file_size};

/// Properties of [`StudyList`].
#[derive(Properties, PartialEq)]
pub struct StudyListProps {
    /// The studies of this browser.
    pub studies: Studies,
}

/// The id of the heading, which takes the focus when a focused button disappears.
const HEADING: &str = "studies-title";
/// The id of the input for a new title.
const TITLE_INPUT: &str = "new-title";

/// The digest of the study that is being renamed.
type Renaming = UseStateHandle<Option<String>>;

/// Every stored study with its buttons, and a button back to the server's study.
#[component]
pub fn StudyList(props: &StudyListProps) -> Html {
    let studies = &props.studies;
    let renaming = use_state_eq(|| None::<String>);
    use_effect_with((*renaming).clone(), |renaming| {
        if renaming.is_some() {
            page::focus(TITLE_INPUT);
        }
    });
    let is_own_open = studies.open_digest().is_some();
    let back = {
        let studies = studies.clone();
        Callback::from(move |_: MouseEvent| studies.switch(None))
    };
    html! {
        <section aria-labelledby={HEADING}>
            <h2 id={HEADING} tabindex="-1">{ "Studies in this browser" }</h2>
            if let Some(reason) = studies.failure() {
                <p class="error" role="alert">{ format!("That did not work: {reason}.") }</p>
            }
            if studies.stored().is_empty() {
                <p class="empty">{ "None yet. Every study that you open is stored here." }</p>
            }
            <ul>
                { for studies.stored().iter().map(|study| item(studies, study, &renaming)) }
            </ul>
            { quiet_button(None, "Back to the shipped study", is_own_open, back) }
        </section>
    }
}

fn item(studies: &Studies, study: &StoredStudy, renaming: &Renaming) -> Html {
    let is_open = studies.open_digest() == Some(study.digest.as_str());
    let on_click = |action: fn(&Studies, &str)| {
        let (studies, digest) = (studies.clone(), study.digest.clone());
        Callback::from(move |_: MouseEvent| action(&studies, &digest))
    };
    let open = on_click(|studies, digest| studies.switch(Some(digest.to_owned())));
    let remove = on_click(|studies, digest| {
        // The focused button disappears with the study.
        page::focus(HEADING);
        studies.remove(digest);
    });
    let toggle_rename = {
        let (renaming, digest) = (renaming.clone(), study.digest.clone());
        Callback::from(move |_: MouseEvent| {
            let is_renaming = renaming.as_ref() == Some(&digest);
            renaming.set((!is_renaming).then(|| digest.clone()));
        })
    };
    let is_renaming = renaming.as_ref() == Some(&study.digest);
    html! {
        <li key={study.digest.clone()}>
            <p>
                <strong>{ &study.title }</strong>
                { format!(
                    ": {} respondents, {} products, {}{}",
                    count(study.respondents),
                    count(study.products),
                    file_size(study.bytes),
                    if is_open { "; open" } else { "" },
                ) }
            </p>
            <div class="actions">
                { quiet_button(Some(format!("Open {}", study.title)), "Open", !is_open, open) }
                <button
                    type="button"
                    class="quiet"
                    aria-label={format!("Rename {}", study.title)}
                    aria-expanded={is_renaming.to_string()}
                    onclick={toggle_rename}
                >
                    { "Rename" }
                </button>
                <button
                    type="button"
                    class="quiet"
                    aria-label={format!("Remove {}", study.title)}
                    onclick={remove}
                >
                    { "Remove" }
                </button>
            </div>
            if is_renaming {
                { title_form(studies, study, renaming) }
            }
        </li>
    }
}

/// An input for a new title; Enter or the button saves it.
fn title_form(studies: &Studies, study: &StoredStudy, renaming: &Renaming) -> Html {
    let onsubmit = {
        let (studies, digest, renaming) = (studies.clone(), study.digest.clone(), renaming.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let form = event.target_dyn_into::<HtmlElement>();
            let input = form.and_then(|form| form.query_selector("input").ok()?);
            let input = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
            let title = input.map(|input| input.value().trim().to_owned());
            if let Some(title) = title.filter(|title| !title.is_empty()) {
                studies.rename(&digest, &title);
            }
            renaming.set(None);
        })
    };
    html! {
        <form class="actions" {onsubmit}>
            <input
                type="text"
                autocomplete="off"
                id={TITLE_INPUT}
                required=true
                aria-label={format!("New title of {}", study.title)}
                value={study.title.clone()}
            />
            <button type="submit" class="quiet">{ "Save title" }</button>
        </form>
    }
}
