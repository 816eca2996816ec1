//! The edits as they stand, under a name.

use conjoint::scenario::{EditList, SavedScenario};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Keeper, NAME, Notice};
use crate::state::State;

/// Properties of [`Save`].
#[derive(Properties, PartialEq)]
pub(super) struct SaveProps {
    /// The edits.
    pub(super) state: State,
    /// The scenarios.
    pub(super) keeper: Keeper,
    /// Where to say what there is to say.
    pub(super) tell: Callback<Option<Notice>>,
}

/// A name, and a button that saves under it.
#[component]
pub(super) fn Save(props: &SaveProps) -> Html {
    let input = use_node_ref();
    let onsubmit = {
        let SaveProps {
            state,
            keeper,
            tell,
        } = props;
        let (state, keeper, tell) = (state.clone(), keeper.clone(), tell.clone());
        let input = input.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = input.cast::<HtmlInputElement>() else {
                return;
            };
            let name = input.value().trim().to_owned();
            if name.is_empty() {
                let words = "Give the scenario a name first.".to_owned();
                tell.emit(Some(Notice::Fault(words)));
                return;
            }
            let edits = EditList::of(state.study(), state.edits().scenario());
            let saved = SavedScenario { name, edits };
            let mut notice = None;
            keeper.change(|list| {
                if list.position(&saved.name).is_some() {
                    notice = Some(Notice::Taken(saved));
                } else {
                    notice = Some(Notice::Done(format!("“{}” was saved.", saved.name)));
                    list.scenarios.push(saved);
                    input.set_value("");
                }
            });
            tell.emit(notice);
        })
    };
    html! {
        <form class="actions" {onsubmit}>
            <input
                ref={input}
                id={NAME}
                type="text"
                autocomplete="off"
                aria-label="Scenario name"
                placeholder="Scenario name"
            />
            <button type="submit" class="quiet">{ "Save scenario" }</button>
        </form>
    }
}
