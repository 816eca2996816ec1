//! What was recognized, the questions that the files cannot answer, and what the answers give.

mod numbers;
mod products;
mod questions;
mod tables;

use std::rc::Rc;

use web_sys::HtmlInputElement;
use worker::protocol::ImportAnswers;
use yew::prelude::*;

use super::opening::{Import, Opener};
use super::problems::problems;
use products::products_table;
use questions::questions;

/// Properties of [`ImportForm`].
#[derive(Properties, PartialEq)]
pub struct ImportFormProps {
    /// What opens the files.
    pub opener: Opener,
    /// The files, and what importing them gives.
    pub import: Rc<Import>,
}

/// The context of the form's controls.
struct Form<'f> {
    import: &'f Rc<Import>,
    opener: &'f Opener,
}

impl Form<'_> {
    /// The newest answers.
    fn answers(&self) -> &ImportAnswers {
        &self.import.preview.answers
    }

    /// A callback that changes the answers and shows what they give.
    fn change<E: 'static>(&self, change: impl Fn(&mut ImportAnswers, E) + 'static) -> Callback<E> {
        let (opener, import) = (self.opener.clone(), Rc::clone(self.import));
        Callback::from(move |event: E| {
            let mut answers = import.preview.answers.clone();
            change(&mut answers, event);
            opener.answer(&import, answers);
        })
    }
}

/// The form. Its button opens the study; Enter commits an input.
#[component]
pub fn ImportForm(props: &ImportFormProps) -> Html {
    let ImportFormProps { opener, import } = props;
    let preview = &import.preview;
    let form = Form { import, opener };
    let onsubmit = {
        let (opener, import) = (opener.clone(), Rc::clone(import));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            opener.import(&import);
        })
    };
    let on_cancel = {
        let opener = opener.clone();
        Callback::from(move |_: MouseEvent| opener.cancel())
    };
    html! {
        <form
            class="import"
            {onsubmit}
            onkeydown={commit_on_enter}
            aria-busy={import.is_updating.to_string()}
        >
            if let Some(refusal) = &import.refusal {
                { problems(refusal) }
            }
            { questions(&form) }
            { tables::attributes(preview) }
            { products_table(&form) }
            <div class="actions">
                <button type="submit">{ "Open the study" }</button>
                <button type="button" class="quiet" onclick={on_cancel}>{ "Cancel" }</button>
            </div>
            { tables::decisions(preview) }
            { tables::first_rows(preview) }
        </form>
    }
}

/// Commits an input instead of submitting the form, which would open the study without what was just
/// typed.
fn commit_on_enter(event: KeyboardEvent) {
    let input = event.target_dyn_into::<HtmlInputElement>();
    if let Some(input) = input.filter(|input| event.key() == "Enter" && input.type_() == "text") {
        event.prevent_default();
        // Neither fails for an input in the document; leaving it is what commits its text.
        let _ = input.blur();
        let _ = input.focus();
    }
}
