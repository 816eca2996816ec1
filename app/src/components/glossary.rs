//! A dialog with the terms that the page uses.

use std::sync::Arc;

use conjoint::study::Study;
use yew::prelude::*;

use super::scroll_area;
use crate::browser::page;
use crate::text::glossary::entries;

/// Properties of [`Glossary`].
#[derive(Properties)]
pub struct GlossaryProps {
    /// The study, whose own words the definitions use.
    pub study: Arc<Study>,
}

impl PartialEq for GlossaryProps {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.study, &other.study)
    }
}

/// A button, and the dialog that it opens. After Escape or "Close", the browser returns the focus to
/// the button.
#[component]
pub fn Glossary(props: &GlossaryProps) -> Html {
    let dialog = use_node_ref();
    let open = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| page::open_dialog(&dialog))
    };
    let definition = |(term, meaning): (String, String)| {
        html! {
            <>
                <dt>{ term }</dt>
                <dd>{ meaning }</dd>
            </>
        }
    };
    let definitions = html! { <dl>{ for entries(&props.study).into_iter().map(definition) }</dl> };
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
                    { scroll_area("Terms, scrollable", "", definitions) }
                </article>
            </dialog>
        </>
    }
}
