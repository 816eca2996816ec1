//! A select with its name beside it.

use yew::prelude::*;

use super::Select;

/// A figure's own select, with its visible and accessible name before it: what can be chosen, the
/// place of what is chosen, and who is told the place of what the user chose.
pub fn choice(
    label: impl Into<AttrValue>,
    options: Vec<AttrValue>,
    selected: usize,
    on_choose: Callback<usize>,
) -> Html {
    let label: AttrValue = label.into();
    html! {
        <label class="choice">
            <span>{ label }</span>
            <Select {options} {selected} {on_choose} />
        </label>
    }
}
