//! A dialog on how to start, and on the terms that the page uses.

use std::sync::Arc;

use conjoint::study::Study;
use yew::prelude::*;

use super::scroll_area;
use crate::browser::page;
use crate::text::glossary::entries;

/// Properties of [`Help`].
#[derive(Properties)]
pub struct HelpProps {
    /// The study, whose own words the definitions use.
    pub study: Arc<Study>,
}

impl PartialEq for HelpProps {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.study, &other.study)
    }
}

/// What to do first.
const STEPS: [&str; 3] = [
    "Change a price in the table of offers. Figures follow at once.",
    "Read what follows on the right: shares, revenue and EBIT, with their change and its interval.",
    "Choose the rule by which respondents choose, and who is included, above the offers.",
];

/// A button, and the dialog that it opens. After Escape or "Close", the browser returns the focus to
/// the button.
#[component]
pub fn Help(props: &HelpProps) -> Html {
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
    let content = html! {
        <>
            <h3>{ "How to start" }</h3>
            <ol>{ for STEPS.iter().map(|step| html! { <li>{ *step }</li> }) }</ol>
            <h3>{ "Glossary" }</h3>
            <dl>{ for entries(&props.study).into_iter().map(definition) }</dl>
            <p>
                <a href="/licenses.html" target="_blank" rel="noopener">
                    { "Licenses of the dashboard and its parts" }
                </a>
            </p>
        </>
    };
    html! {
        <>
            <button type="button" class="quiet" aria-haspopup="dialog" onclick={open}>
                { "Help" }
            </button>
            <dialog ref={dialog} class="help" aria-labelledby="help-title">
                <article>
                    <header>
                        <h2 id="help-title">{ "Help" }</h2>
                        <form method="dialog">
                            <button type="submit" class="quiet">{ "Close" }</button>
                        </form>
                    </header>
                    { scroll_area("Help, scrollable", "", content) }
                </article>
            </dialog>
        </>
    }
}
