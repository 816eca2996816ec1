//! What is wider or longer than its place: a table, as a rule.

use yew::prelude::*;

/// Properties of [`Scroll`].
#[derive(Properties, PartialEq)]
pub struct ScrollProps {
    /// The accessible name.
    pub label: AttrValue,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// What scrolls.
    pub children: Html,
}

/// Scrolls its content, by keyboard too, which can scroll only what it can focus.
#[component]
pub fn Scroll(props: &ScrollProps) -> Html {
    html! {
        <div
            class={classes!("scroll", props.class.clone())}
            tabindex="0"
            role="group"
            aria-label={props.label.clone()}
        >
            { props.children.clone() }
        </div>
    }
}
