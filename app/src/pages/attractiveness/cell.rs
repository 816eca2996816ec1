//! The two kinds of cell: a number that is typed, a level that is chosen.

use yew::prelude::*;

use crate::components::{NumberInput, Select};
use crate::format::outside;
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

/// A number, with what it was and what is to be said of it.
#[component]
pub fn NumberCell(props: &NumberCellProps) -> Html {
    let shown = match &props.draft {
        Some(draft) => AttrValue::from(draft.text.clone()),
        None => props.value.clone(),
    };
    let message_id = AttrValue::from(format!("{}-message", props.id));
    let has_message = props.draft.is_some() || props.outside.is_some();
    html! {
        <>
            <NumberInput
                id={props.id.clone()}
                below={props.below.clone()}
                label={props.label.clone()}
                class={classes!(props.was.is_some().then_some("edited"))}
                text={shown}
                restore={props.value.clone()}
                invalid={props.draft.is_some()}
                described_by={has_message.then(|| message_id.clone())}
                on_commit={props.on_commit.clone()}
            />
            <Was was={props.was.clone()} />
            if has_message {
                <small id={message_id} class="message" role="status">
                    if let Some(draft) = &props.draft {
                        <span class="fault">{ &draft.message }</span>
                    }
                    if let Some((low, high)) = props.outside {
                        <span>{ outside(low, high) }</span>
                    }
                </small>
            }
        </>
    }
}

/// Properties of [`LevelCell`].
#[derive(Properties, PartialEq)]
pub struct LevelCellProps {
    /// The cell's id.
    pub id: AttrValue,
    /// The select's accessible name.
    pub label: AttrValue,
    /// The level that counts; empty for an offer without a brand.
    pub value: AttrValue,
    /// The study's level, where it is another one.
    pub was: Option<AttrValue>,
    /// A level that was refused.
    pub draft: Option<Draft>,
    /// All levels.
    pub levels: Vec<AttrValue>,
    /// Called with the level that the user chose.
    pub on_commit: Callback<String>,
}

/// A level, chosen from all of them.
#[component]
pub fn LevelCell(props: &LevelCellProps) -> Html {
    let chosen = props.levels.iter().position(|level| *level == props.value);
    // An offer without a level has an option of its own, which goes when a level is chosen.
    let none = chosen.is_none().then(|| AttrValue::from("none"));
    let first_level = usize::from(none.is_some());
    let on_choose = {
        let (levels, on_commit) = (props.levels.clone(), props.on_commit.clone());
        Callback::from(move |place: usize| {
            let level = place
                .checked_sub(first_level)
                .and_then(|place| levels.get(place));
            if let Some(level) = level {
                on_commit.emit(level.to_string());
            }
        })
    };
    let options: Vec<AttrValue> = none
        .into_iter()
        .chain(props.levels.iter().cloned())
        .collect();
    let fault = props
        .draft
        .as_ref()
        .map(|draft| AttrValue::from(draft.message.clone()));
    let message_id = AttrValue::from(format!("{}-message", props.id));
    html! {
        <>
            <Select
                class={classes!(props.was.is_some().then_some("edited"))}
                label={props.label.clone()}
                {options}
                selected={chosen.unwrap_or_default()}
                described_by={fault.is_some().then(|| message_id.clone())}
                fault={fault.clone()}
                {on_choose}
            />
            <Was was={props.was.clone()} />
            if let Some(fault) = fault {
                <small id={message_id} class="message" role="status">
                    <span class="fault">{ fault }</span>
                </small>
            }
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
