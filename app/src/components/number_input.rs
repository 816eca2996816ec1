//! A number that is typed.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::js::{page, pointer};

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
    let commit = {
        let (text, on_commit) = (props.text.clone(), props.on_commit.clone());
        move |input: &HtmlInputElement| {
            let typed = input.value();
            if typed != text.as_str() {
                on_commit.emit(typed);
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
                    input.set_value(&restore);
                    commit(&input);
                }
                _ => {}
            }
        })
    };
    html! {
        <input
            type="text"
            inputmode="decimal"
            autocomplete="off"
            id={props.id.clone()}
            class={props.class.clone()}
            aria-label={props.label.clone()}
            aria-invalid={props.invalid.then_some("true")}
            aria-describedby={props.described_by.clone()}
            value={props.text.clone()}
            {onblur}
            {onkeydown}
        />
    }
}
