//! The terms of the page, in a dialog that every page can open.

use std::sync::Arc;

use conjoint::study::Study;
use yew::prelude::*;

use super::scroll;
use crate::browser::page;
use crate::text::glossary::entries;

/// Properties of [`Glossary`].
#[derive(Properties)]
pub struct GlossaryProps {
    /// The study whose names the terms have here.
    pub study: Arc<Study>,
}

impl PartialEq for GlossaryProps {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.study, &other.study)
    }
}

/// A button, and the dialog that it opens. Escape and "Close" close it; the browser then gives the
/// focus back to the button.
#[component]
pub fn Glossary(props: &GlossaryProps) -> Html {
    let dialog = use_node_ref();
    let open = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| page::open_dialog(&dialog))
    };
    let term = |(term, meaning): (String, String)| {
        html! {
            <>
                <dt>{ term }</dt>
                <dd>{ meaning }</dd>
            </>
        }
    };
    let terms = html! { <dl>{ for entries(&props.study).into_iter().map(term) }</dl> };
    html! {
        <>
            <button type="button" class="quiet" aria-haspopup="dialog" onclick={open}>
                { "Glossary" }
            </button>
            <dialog ref={dialog} class="glossary" aria-labelledby="glossary-title">
                <article>
                    <header>
                        <h2 id="glossary-title">{ "Glossary" }</h2>
                        <form method="dialog">
                            <button type="submit" class="quiet">{ "Close" }</button>
                        </form>
                    </header>
                    { scroll("Terms, scrollable", "", terms) }
                </article>
            </dialog>
        </>
    }
}
