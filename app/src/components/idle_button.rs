//! A button that has nothing more to do once it was pressed.

use yew::prelude::*;

/// Properties of [`IdleButton`].
#[derive(Properties, PartialEq)]
pub struct IdleButtonProps {
    /// The accessible name, where the text alone is none.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// The text.
    pub text: AttrValue,
    /// Whether there is anything to do.
    pub possible: bool,
    /// Called when the button is pressed and there is.
    pub on_press: Callback<MouseEvent>,
}

/// A button that may be idle. Disabled, it would lose the keyboard's focus; so it keeps the focus
/// that it has, and is passed over without it.
#[component]
pub fn IdleButton(props: &IdleButtonProps) -> Html {
    let idle = !props.possible;
    html! {
        <button
            type="button"
            class="quiet"
            aria-label={props.label.clone()}
            aria-disabled={idle.then_some("true")}
            tabindex={idle.then_some("-1")}
            onclick={props.possible.then(|| props.on_press.clone())}
        >
            { &props.text }
        </button>
    }
}
