//! A menu: a button that shows further buttons until one is pressed, or the focus leaves.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

/// Properties of [`Menu`].
#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// The button's accessible name.
    pub label: AttrValue,
    /// The button's text.
    pub text: AttrValue,
    /// The buttons of the menu.
    pub children: Html,
}

/// A menu. Escape closes it and returns to its button.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let is_open = use_state_eq(|| false);
    let (element, button) = (use_node_ref(), use_node_ref());
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let close = {
        let (is_open, button) = (is_open.setter(), button.clone());
        Callback::from(move |_: MouseEvent| {
            is_open.set(false);
            // The button that was pressed disappears with the menu.
            focus(&button);
        })
    };
    let onfocusout = {
        let (is_open, element) = (is_open.setter(), element.clone());
        Callback::from(move |event: FocusEvent| {
            let next = event
                .related_target()
                .and_then(|it| it.dyn_into::<Node>().ok());
            let menu = element.cast::<Element>();
            // A press on nothing that takes the focus has no related target.
            let stays = menu.is_some_and(|menu| menu.contains(next.as_ref()));
            if !stays {
                is_open.set(false);
            }
        })
    };
    let onkeydown = {
        let (is_open, button) = (is_open.clone(), button.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && *is_open {
                event.prevent_default();
                is_open.set(false);
                focus(&button);
            }
        })
    };
    html! {
        <div ref={element} class="menu" {onfocusout} {onkeydown}>
            <button
                ref={button}
                type="button"
                class="quiet"
                aria-label={&props.label}
                aria-haspopup="true"
                aria-expanded={is_open.to_string()}
                onclick={toggle}
            >
                { &props.text }
            </button>
            <div class="menu-items" hidden={!*is_open} onclick={close}>
                { props.children.clone() }
            </div>
        </div>
    }
}

/// Moves the focus to the menu's button.
fn focus(button: &NodeRef) {
    if let Some(button) = button.cast::<HtmlElement>() {
        // If it cannot take the focus, the focus stays where it is.
        let _ = button.focus();
    }
}
