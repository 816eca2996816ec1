//! How the figures stand to the table, and how far a long computation is.

use yew::prelude::*;

use crate::hooks::{Status, Sweeping};

/// Properties of [`StatusLine`].
#[derive(Properties, PartialEq)]
pub struct StatusLineProps {
    /// The sweep.
    pub sweeping: Sweeping,
}

/// Nothing where the figures are the table's; else why they are not, and what can be done.
#[component]
pub fn StatusLine(props: &StatusLineProps) -> Html {
    let Sweeping {
        shown,
        status,
        cancel,
        compute,
        ..
    } = &props.sweeping;
    let figures = match shown {
        Some(_) => "The figures below are older than the table.",
        None => "There are no figures yet.",
    };
    let content = match status {
        Status::Current => html! {},
        Status::Faulty => html! {
            <p>{ format!("The table cannot be computed as it stands: see the cells marked. {figures}") }</p>
        },
        Status::Computing(done, steps) => html! {
            <>
                <p>{ format!("Computing: {done} of {steps} steps. {figures}") }</p>
                <progress
                    aria-label="Computing the sweep"
                    value={done.to_string()}
                    max={steps.to_string()}
                />
                { button("Cancel", cancel) }
            </>
        },
        Status::Cancelled => html! {
            <>
                <p>{ format!("The computation was cancelled. {figures}") }</p>
                { button("Compute", compute) }
            </>
        },
        Status::Failed(reason) => html! {
            <>
                <p>{ format!("The computation stopped: {reason}. {figures}") }</p>
                { button("Compute", compute) }
            </>
        },
    };
    // Always there, so that what it says is read out when it comes.
    html! {
        <div
            role="status"
            class={classes!("status", if props.sweeping.is_older() { "banner" } else { "silent" })}
        >
            { content }
        </div>
    }
}

fn button(name: &'static str, action: &Callback<()>) -> Html {
    let onclick = action.reform(|_: MouseEvent| ());
    html! { <button type="button" class="quiet" {onclick}>{ name }</button> }
}
