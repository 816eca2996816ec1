//! A remark above a page: something to know that stops nothing.

use yew::prelude::*;

/// Properties of [`Banner`].
#[derive(Properties, PartialEq)]
pub struct BannerProps {
    /// What to know, and what to do about it.
    pub children: Html,
}

/// A remark above a page, which assistive technology reads out when it appears.
#[component]
pub fn Banner(props: &BannerProps) -> Html {
    html! { <p class="banner" role="status">{ props.children.clone() }</p> }
}
