//! A select that always shows what the state says.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of [`Select`].
#[derive(Properties, PartialEq)]
pub struct SelectProps {
    /// The accessible name, where no label stands around the select.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// What can be chosen.
    pub options: Vec<AttrValue>,
    /// The place of what is chosen.
    pub selected: usize,
    /// Called with the place of what the user chose.
    pub on_choose: Callback<usize>,
    /// Whether the last choice was refused.
    #[prop_or_default]
    pub invalid: bool,
    /// The id of the element that says why, or what else there is to know.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// A select. A browser heeds `selected` on an option only until the user chose one, so that the
/// choice is set on the element itself, after every change.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let element = use_node_ref();
    let show = |element: &NodeRef, place: usize| {
        if let Some(select) = element.cast::<HtmlSelectElement>() {
            select.set_selected_index(i32::try_from(place).unwrap_or(-1));
        }
    };
    {
        let (element, selected) = (element.clone(), props.selected);
        use_effect(move || show(&element, selected));
    }
    let onchange = {
        let (element, on_choose, selected) =
            (element.clone(), props.on_choose.clone(), props.selected);
        Callback::from(move |_: Event| {
            let select = element.cast::<HtmlSelectElement>();
            let place = select.and_then(|select| usize::try_from(select.selected_index()).ok());
            // Until the state has taken the choice over, which it may refuse.
            show(&element, selected);
            if let Some(place) = place {
                on_choose.emit(place);
            }
        })
    };
    let option =
        |(place, name): (usize, &AttrValue)| html! { <option key={place}>{ name }</option> };
    html! {
        <select
            ref={element}
            class={props.class.clone()}
            aria-label={props.label.clone()}
            aria-invalid={props.invalid.then_some("true")}
            aria-describedby={props.described_by.clone()}
            {onchange}
        >
            { for props.options.iter().enumerate().map(option) }
        </select>
    }
}
