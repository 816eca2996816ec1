//! A select with its name beside it.

use yew::prelude::*;

use super::Select;

/// Properties of [`Choice`].
#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    /// The select's visible and accessible name.
    pub label: AttrValue,
    /// What can be chosen.
    pub options: Vec<AttrValue>,
    /// The place of what is chosen.
    pub selected: usize,
    /// Called with the place of what the user chose.
    pub on_choose: Callback<usize>,
}

/// A figure's own select, with its name before it.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    html! {
        <label class="choice">
            <span>{ &props.label }</span>
            <Select
                options={props.options.clone()}
                selected={props.selected}
                on_choose={props.on_choose.clone()}
            />
        </label>
    }
}
