//! The two kinds of cell: a number that is typed, a level that is chosen.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::js::page;
use crate::state::Draft;

/// Properties of [`NumberCell`].
#[derive(Properties, PartialEq)]
pub struct NumberCellProps {
    /// The input's id.
    pub id: AttrValue,
    /// The id of the input in the row below, where Enter leads.
    pub below: AttrValue,
    /// The input's accessible name.
    pub label: AttrValue,
    /// The value that counts.
    pub value: AttrValue,
    /// The study's value, where it is another one.
    pub was: Option<AttrValue>,
    /// A text that could not be used.
    pub draft: Option<Draft>,
    /// The surveyed range, where the value lies outside.
    pub outside: Option<(f64, f64)>,
    /// Called with a text that the user is done with.
    pub on_commit: Callback<String>,
}

/// A number: committed with Enter, which moves down, or by leaving; Escape restores.
///
/// What is being typed is the element's own: it is nobody's state until it is committed.
#[component]
pub fn NumberCell(props: &NumberCellProps) -> Html {
    let shown = match &props.draft {
        Some(draft) => AttrValue::from(draft.text.clone()),
        None => props.value.clone(),
    };
    let commit = {
        let (shown, on_commit) = (shown.clone(), props.on_commit.clone());
        move |input: &HtmlInputElement| {
            let text = input.value();
            if text != shown.as_str() {
                on_commit.emit(text);
            }
        }
    };
    let onblur = {
        let commit = commit.clone();
        Callback::from(move |event: FocusEvent| {
            if let Some(input) = event.target_dyn_into() {
                commit(&input);
            }
        })
    };
    let onkeydown = {
        let (value, below) = (props.value.clone(), props.below.clone());
        let (draft, on_commit) = (props.draft.is_some(), props.on_commit.clone());
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
                    input.set_value(&value);
                    if draft {
                        on_commit.emit(value.to_string());
                    }
                }
                _ => {}
            }
        })
    };
    let message_id = format!("{}-message", props.id);
    let has_message = props.draft.is_some() || props.outside.is_some();
    html! {
        <>
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                id={props.id.clone()}
                class={classes!(props.was.is_some().then_some("edited"))}
                aria-label={props.label.clone()}
                aria-invalid={props.draft.is_some().then_some("true")}
                aria-describedby={has_message.then(|| message_id.clone())}
                value={shown}
                {onblur}
                {onkeydown}
            />
            <Was was={props.was.clone()} />
            if has_message {
                <small id={message_id} class="message" role="status">
                    if let Some(draft) = &props.draft {
                        <span class="fault">{ &draft.message }</span>
                    }
                    if let Some((low, high)) = props.outside {
                        <span>{ format!("outside the surveyed range {low}–{high}") }</span>
                    }
                </small>
            }
        </>
    }
}

/// Properties of [`LevelCell`].
#[derive(Properties, PartialEq)]
pub struct LevelCellProps {
    /// The select's accessible name.
    pub label: AttrValue,
    /// The level that counts; empty for an offer without a brand.
    pub value: AttrValue,
    /// The study's level, where it is another one.
    pub was: Option<AttrValue>,
    /// All levels.
    pub levels: Vec<AttrValue>,
    /// Called with the level that the user chose.
    pub on_commit: Callback<String>,
}

/// A level, chosen from all of them.
#[component]
pub fn LevelCell(props: &LevelCellProps) -> Html {
    let onchange = {
        let on_commit = props.on_commit.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                on_commit.emit(select.value());
            }
        })
    };
    let option = |level: &AttrValue| {
        html! {
            <option key={level.to_string()} value={level} selected={*level == props.value}>
                { level }
            </option>
        }
    };
    html! {
        <>
            <select
                class={classes!(props.was.is_some().then_some("edited"))}
                aria-label={props.label.clone()}
                {onchange}
            >
                if props.value.is_empty() {
                    <option value="" selected=true>{ "none" }</option>
                }
                { for props.levels.iter().map(option) }
            </select>
            <Was was={props.was.clone()} />
        </>
    }
}

/// Properties of [`Was`].
#[derive(Properties, PartialEq)]
struct WasProps {
    was: Option<AttrValue>,
}

/// What a changed cell was in the study.
#[component]
fn Was(props: &WasProps) -> Html {
    match props.was.as_deref() {
        None => html! {},
        Some("") => html! { <small class="was">{ "was empty" }</small> },
        Some(was) => html! { <small class="was">{ format!("was {was}") }</small> },
    }
}
