//! A select that always shows the state's value.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of [`Select`].
#[derive(Properties, PartialEq)]
pub struct SelectProps {
    /// The accessible name, when no label element surrounds the select.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// The options.
    pub options: Vec<AttrValue>,
    /// The index of the selected option.
    pub selected: usize,
    /// Called with the index of the option that the user selected.
    pub on_select: Callback<usize>,
    /// Whether the last selection was rejected.
    #[prop_or_default]
    pub invalid: bool,
    /// The id of the element that describes the value or its error.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// A select. Browsers ignore an option's `selected` attribute once the user has selected an option,
/// so the element's own index is set after every rendering.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let element = use_node_ref();
    let set_index = |element: &NodeRef, index: usize| {
        if let Some(select) = element.cast::<HtmlSelectElement>() {
            select.set_selected_index(i32::try_from(index).unwrap_or(-1));
        }
    };
    {
        let (element, selected) = (element.clone(), props.selected);
        use_effect(move || set_index(&element, selected));
    }
    let onchange = {
        let (element, on_select, selected) =
            (element.clone(), props.on_select.clone(), props.selected);
        Callback::from(move |_: Event| {
            let select = element.cast::<HtmlSelectElement>();
            let index = select.and_then(|select| usize::try_from(select.selected_index()).ok());
            // Shows the old value until the state accepts the new one, which it may not.
            set_index(&element, selected);
            if let Some(index) = index {
                on_select.emit(index);
            }
        })
    };
    let option =
        |(index, name): (usize, &AttrValue)| html! { <option key={index}>{ name }</option> };
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
