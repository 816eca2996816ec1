//! The studies that this browser keeps.

use web_sys::HtmlInputElement;
use worker::protocol::StoredStudy;
use yew::prelude::*;

use crate::browser::page;
use crate::components::idle_button;
use crate::compute::Studies;
use crate::format::{count, file_size};

/// Properties of [`StudyList`].
#[derive(Properties, PartialEq)]
pub struct StudyListProps {
    /// The studies.
    pub studies: Studies,
}

/// The id of the input of a new title.
const TITLE: &str = "new-title";

/// Every study with what can be done with it, and the way back to the server's.
#[component]
pub fn StudyList(props: &StudyListProps) -> Html {
    let studies = &props.studies;
    // The digest of the study that is being renamed.
    let renaming = use_state_eq(|| None::<String>);
    use_effect_with((*renaming).clone(), |renaming| {
        if renaming.is_some() {
            page::focus(TITLE);
        }
    });
    let back = {
        let studies = studies.clone();
        Callback::from(move |_: MouseEvent| studies.switch(None))
    };
    html! {
        <section aria-labelledby="studies-title">
            <h2 id="studies-title" tabindex="-1">{ "Studies in this browser" }</h2>
            if let Some(reason) = studies.failure() {
                <p class="fault" role="alert">{ format!("That did not work: {reason}.") }</p>
            }
            if studies.stored().is_empty() {
                <p class="empty">{ "None yet. A study that is opened above is kept here." }</p>
            }
            <ul>
                { for studies.stored().iter().map(|study| item(studies, study, &renaming)) }
            </ul>
            { idle_button(None, "Back to the shipped study", studies.open_digest().is_some(), back) }
        </section>
    }
}

fn item(studies: &Studies, study: &StoredStudy, renaming: &UseStateHandle<Option<String>>) -> Html {
    let is_open = studies.open_digest() == Some(study.digest.as_str());
    let act = |act: fn(&Studies, &str)| {
        let (studies, digest) = (studies.clone(), study.digest.clone());
        Callback::from(move |_: MouseEvent| act(&studies, &digest))
    };
    let open = act(|studies, digest| studies.switch(Some(digest.to_owned())));
    let remove = act(|studies, digest| {
        // The button goes with the study.
        page::focus("studies-title");
        studies.remove(digest);
    });
    let rename = {
        let (renaming, digest) = (renaming.clone(), study.digest.clone());
        Callback::from(move |_: MouseEvent| {
            let other = (renaming.as_ref() != Some(&digest)).then(|| digest.clone());
            renaming.set(other);
        })
    };
    let is_renamed = renaming.as_ref() == Some(&study.digest);
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
                { idle_button(Some(format!("Open {}", study.title)), "Open", !is_open, open) }
                <button
                    type="button"
                    class="quiet"
                    aria-label={format!("Rename {}", study.title)}
                    aria-expanded={is_renamed.to_string()}
                    onclick={rename}
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
            if is_renamed {
                { title_form(studies, study, renaming) }
            }
        </li>
    }
}

/// A title to type; Enter or the button takes it.
fn title_form(
    studies: &Studies,
    study: &StoredStudy,
    renaming: &UseStateHandle<Option<String>>,
) -> Html {
    let onsubmit = {
        let (studies, digest, renaming) = (studies.clone(), study.digest.clone(), renaming.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let form = event.target_dyn_into::<web_sys::HtmlElement>();
            let input = form.and_then(|form| form.query_selector("input").ok()?);
            let title = input.map(wasm_bindgen::JsCast::unchecked_into::<HtmlInputElement>);
            let title = title.map(|input| input.value().trim().to_owned());
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
                id={TITLE}
                required=true
                aria-label={format!("New title of {}", study.title)}
                value={study.title.clone()}
            />
            <button type="submit" class="quiet">{ "Save title" }</button>
        </form>
    }
}
