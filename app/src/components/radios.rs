//! A few options, all in sight, of which one is chosen.

use yew::prelude::*;

/// Radio buttons with a legend: what can be chosen, the place of what is chosen, and who is told
/// the place of what the user chose.
pub fn radios(
    legend: &'static str,
    options: &[AttrValue],
    selected: usize,
    on_choose: &Callback<usize>,
) -> Html {
    let radio = |(place, name): (usize, &AttrValue)| {
        let onchange = on_choose.reform(move |_: Event| place);
        html! {
            <label key={place}>
                <input type="radio" name={legend} checked={place == selected} {onchange} />
                { name }
            </label>
        }
    };
    html! {
        <fieldset role="radiogroup" class="radios">
            <legend>{ legend }</legend>
            { for options.iter().enumerate().map(radio) }
        </fieldset>
    }
}
