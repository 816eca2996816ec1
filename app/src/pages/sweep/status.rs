//! How the figures stand to the table, and how far a long computation is.

use yew::prelude::*;

use crate::browser::page;
use crate::compute::{Status, Sweeping};
use crate::format::count;
use crate::text::messages;

/// Properties of [`StatusLine`].
#[derive(Properties, PartialEq)]
pub struct StatusLineProps {
    /// The sweep.
    pub sweeping: Sweeping,
}

/// The id of the line.
const LINE: &str = "sweep-status";

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
    let button_has_focus = use_mut_ref(|| false);
    {
        let (focused, current) = (button_has_focus.clone(), *status == Status::Current);
        use_effect_with(current, move |current| {
            // The button went with the focus on it.
            if *current && focused.take() {
                page::focus(LINE);
            }
        });
    }
    let button = |name: &'static str, action: &Callback<()>| {
        let on = |focused: bool| {
            let button = button_has_focus.clone();
            move |_: FocusEvent| *button.borrow_mut() = focused
        };
        let action = action.clone();
        let onclick = move |event: MouseEvent| {
            // The second click of two finds the other button in the same place.
            if event.detail() < 2 {
                action.emit(());
            }
        };
        html! {
            <button type="button" class="quiet" {onclick} onfocus={on(true)} onblur={on(false)}>
                { name }
            </button>
        }
    };
    let what = messages::sweep_status(status, shown.is_some());
    let class = if what.is_some() { "banner" } else { "silent" };
    html! {
        <div id={LINE} tabindex="-1" class={classes!("status", class)}>
            // Always there, so that what it says is read out when it comes; what changes all the
            // time stands outside.
            <p role="status">
                { what.unwrap_or_default() }
            </p>
            { match status {
                Status::Current | Status::Faulty => html! {},
                Status::Computing(done, steps) => html! {
                    <>
                        <progress
                            aria-label="Computing the sweep"
                            value={done.to_string()}
                            max={steps.to_string()}
                        />
                        <span>{ format!("{} of {} steps", count(*done), count(*steps)) }</span>
                        { button("Cancel", cancel) }
                    </>
                },
                Status::Cancelled | Status::Failed(_) => button("Compute", compute),
            } }
        </div>
    }
}
