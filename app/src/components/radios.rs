//! A few options, all in sight, of which one is chosen.

use yew::prelude::*;

/// Properties of [`Radios`].
#[derive(Properties, PartialEq)]
pub struct RadiosProps {
    /// The group's name.
    pub legend: AttrValue,
    /// What can be chosen.
    pub options: Vec<AttrValue>,
    /// The place of what is chosen.
    pub selected: usize,
    /// Called with the place of what the user chose.
    pub on_choose: Callback<usize>,
}

/// Radio buttons with a legend.
#[component]
pub fn Radios(props: &RadiosProps) -> Html {
    let radio = |(place, name): (usize, &AttrValue)| {
        let onchange = props.on_choose.reform(move |_: Event| place);
        html! {
            <label key={place}>
                <input
                    type="radio"
                    name={props.legend.clone()}
                    checked={place == props.selected}
                    {onchange}
                />
                { name }
            </label>
        }
    };
    html! {
        <fieldset role="radiogroup" class="radios">
            <legend>{ &props.legend }</legend>
            { for props.options.iter().enumerate().map(radio) }
        </fieldset>
    }
}
