//! A number that is typed.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::browser::{page, pointer};
use crate::format::reader_separators;

/// Properties of [`NumberInput`].
#[derive(Properties, PartialEq)]
pub struct NumberInputProps {
    /// The input's id.
    pub id: AttrValue,
    /// The id of the input in the row below, where Enter leads.
    pub below: AttrValue,
    /// The input's accessible name.
    pub label: AttrValue,
    /// What the state holds, be it a number or not.
    pub text: AttrValue,
    /// What Escape brings back.
    pub restore: AttrValue,
    /// Whether the text cannot be used.
    pub invalid: bool,
    /// The id of the element that says more about the value.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// Called with a text that the user is done with.
    pub on_commit: Callback<String>,
}

/// A number: committed with Enter, which moves down, or by leaving; Escape restores.
///
/// What is being typed is the element's own: it is nobody's state until it is committed.
#[component]
pub fn NumberInput(props: &NumberInputProps) -> Html {
    // A text that may be two numbers, and the question which.
    let doubtful = use_state_eq(|| None::<(String, String)>);
    {
        let doubtful = doubtful.setter();
        use_effect_with(props.text.clone(), move |_| doubtful.set(None));
    }
    let commit = {
        let (text, on_commit) = (props.text.clone(), props.on_commit.clone());
        let doubtful = doubtful.setter();
        move |input: &HtmlInputElement| {
            let typed = input.value();
            let same = typed == text.as_str();
            match reader_separators().normalize_typed(&typed) {
                Err(question) if !same => doubtful.set(Some((typed, question))),
                Ok(number) if !same => {
                    doubtful.set(None);
                    on_commit.emit(number);
                }
                _ => doubtful.set(None),
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
    let onkeydown = {
        let (restore, below) = (props.restore.clone(), props.below.clone());
        let (text, on_commit) = (props.text.clone(), props.on_commit.clone());
        let doubtful = doubtful.setter();
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
                    // The page's own text, which no reader typed, is in no doubt.
                    input.set_value(&restore);
                    doubtful.set(None);
                    if restore != text {
                        on_commit.emit(restore.to_string());
                    }
                }
                _ => {}
            }
        })
    };
    let question_id = format!("{}-question", props.id);
    let (text, described_by) = match &*doubtful {
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
            aria-invalid={(props.invalid || doubtful.is_some()).then_some("true")}
            aria-describedby={described_by}
            value={text}
            {onblur}
            {onkeydown}
        />
        if let Some((_, question)) = &*doubtful {
            <small id={question_id} class="message" role="status">
                <span class="fault">{ question }</span>
            </small>
        }
        </>
    }
}
