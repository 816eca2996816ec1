//! Whether the figures belong to the table, and the progress of a long computation.

use std::cell::RefCell;
use std::rc::Rc;

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

/// Empty when the figures belong to the table. Otherwise says why they do not, with a button to
/// cancel or restart the computation.
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
        let (has_focus, is_current) = (button_has_focus.clone(), *status == Status::Current);
        use_effect_with(is_current, move |is_current| {
            // The focused button has disappeared.
            if *is_current && has_focus.take() {
                page::focus(LINE);
            }
        });
    }
    let button = |name: &'static str, action: &Callback<()>| {
        action_button(name, action.clone(), button_has_focus.clone())
    };
    let message = messages::sweep_status(status, shown.is_some());
    let class = if message.is_some() {
        "banner"
    } else {
        "silent"
    };
    html! {
        <div id={LINE} tabindex="-1" class={classes!("status", class)}>
            // Always present, because screen readers announce only changes of an existing element.
            // The progress is outside, so that they do not announce every step.
            <p role="status">
                { message.unwrap_or_default() }
            </p>
            { match status {
                Status::Current | Status::Invalid => html! {},
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

/// A button that records whether it has the focus.
fn action_button(name: &'static str, action: Callback<()>, has_focus: Rc<RefCell<bool>>) -> Html {
    let track_focus = |is_focused: bool| {
        let has_focus = has_focus.clone();
        move |_: FocusEvent| *has_focus.borrow_mut() = is_focused
    };
    let onclick = move |event: MouseEvent| {
        // After the first click of a double click, the other button is in this place.
        if event.detail() < 2 {
            action.emit(());
        }
    };
    html! {
        <button
            type="button"
            class="quiet"
            {onclick}
            onfocus={track_focus(true)}
            onblur={track_focus(false)}
        >
            { name }
        </button>
    }
}
