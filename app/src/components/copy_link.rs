//! The button that copies the page's link.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser::{clipboard, fragment};

/// A button; what happened is announced next to it. Where the browser refuses, the link is shown to be
/// copied by hand.
#[component]
pub fn CopyLink() -> Html {
    // The link that was copied, or that could not be.
    let outcome = use_state(|| None::<Result<(), String>>);
    let copy = {
        let outcome = outcome.setter();
        Callback::from(move |_: MouseEvent| {
            let outcome = outcome.clone();
            spawn_local(async move {
                let link = fragment::page_url();
                let copied = clipboard::write(&link).await;
                outcome.set(Some(copied.map_err(|_| link)));
            });
        })
    };
    html! {
        <>
            <button type="button" class="quiet" onclick={copy}>{ "Copy link" }</button>
            <span role="status" class="copied">
                { match &*outcome {
                    None => html! {},
                    Some(Ok(())) => html! { { "Link copied." } },
                    Some(Err(link)) => html! {
                        <>
                            { "The browser does not copy; the link: " }
                            <input type="text" readonly=true aria-label="Link" value={link.clone()} />
                        </>
                    },
                } }
            </span>
        </>
    }
}
