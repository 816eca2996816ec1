//! An input for a number.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::browser::{page, pointer};
use crate::format::{AmbiguousNumber, reader_separators};
use crate::text::messages;

/// Properties of [`NumberInput`].
#[derive(Properties, PartialEq)]
pub struct NumberInputProps {
    /// The input's id.
    pub id: AttrValue,
    /// The id of the input in the row below, to which Enter moves the focus.
    pub below: AttrValue,
    /// The input's accessible name.
    pub label: AttrValue,
    /// The text in the state, whether or not it is a number.
    pub text: AttrValue,
    /// The text that Escape restores.
    pub restore: AttrValue,
    /// Whether the text was rejected.
    pub invalid: bool,
    /// The id of the element that describes the value or its error.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// Called with the new text, in the state's notation, when the user commits it.
    pub on_commit: Callback<String>,
}

/// A text that can be read as two different numbers, and the numbers.
type Ambiguity = Option<(String, AmbiguousNumber)>;

/// A number. Enter commits it and moves down, leaving the input commits it, Escape restores it.
///
/// Text that is being typed is kept in the element only, until it is committed.
#[component]
pub fn NumberInput(props: &NumberInputProps) -> Html {
    let ambiguous = use_state_eq(|| Ambiguity::None);
    {
        let ambiguous = ambiguous.setter();
        use_effect_with(props.text.clone(), move |_| ambiguous.set(None));
    }
    let commit = {
        let (text, on_commit) = (props.text.clone(), props.on_commit.clone());
        let ambiguous = ambiguous.setter();
        move |input: &HtmlInputElement| {
            let typed = input.value();
            let is_same = typed == text.as_str();
            match reader_separators().normalize_typed(&typed) {
                Err(number) if !is_same => ambiguous.set(Some((typed, number))),
                Ok(number) if !is_same => {
                    ambiguous.set(None);
                    on_commit.emit(number);
                }
                _ => ambiguous.set(None),
            }
        }
    };
    let onblur = {
        let commit = commit.clone();
        Callback::from(move |event: FocusEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let commit = commit.clone();
                pointer::after_press(move || commit(&input));
            }
        })
    };
    let onkeydown = handle_keys(props, commit, ambiguous.setter());
    let question_id = format!("{}-question", props.id);
    let (text, described_by) = match &*ambiguous {
        Some((typed, _)) => (typed.clone().into(), Some(question_id.clone().into())),
        None => (props.text.clone(), props.described_by.clone()),
    };
    html! {
        <>
        <input
            type="text"
            inputmode="decimal"
            autocomplete="off"
            id={props.id.clone()}
            class={props.class.clone()}
            aria-label={props.label.clone()}
            aria-invalid={(props.invalid || ambiguous.is_some()).then_some("true")}
            aria-describedby={described_by}
            value={text}
            {onblur}
            {onkeydown}
        />
        if let Some((_, number)) = &*ambiguous {
            <small id={question_id} class="message" role="status">
                <span class="error">{ messages::ambiguous_number(number) }</span>
            </small>
        }
        </>
    }
}

/// Commits on Enter and restores on Escape.
fn handle_keys(
    props: &NumberInputProps,
    commit: impl Fn(&HtmlInputElement) + 'static,
    ambiguous: UseStateSetter<Ambiguity>,
) -> Callback<KeyboardEvent> {
    let (restore, below) = (props.restore.clone(), props.below.clone());
    let (text, on_commit) = (props.text.clone(), props.on_commit.clone());
    Callback::from(move |event: KeyboardEvent| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
            return;
        };
        match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                commit(&input);
                page::focus(&below);
            }
            "Escape" => {
                // The page wrote this text itself, so it cannot be ambiguous.
                input.set_value(&restore);
                ambiguous.set(None);
                if restore != text {
                    on_commit.emit(restore.to_string());
                }
            }
            _ => {}
        }
    })
}
