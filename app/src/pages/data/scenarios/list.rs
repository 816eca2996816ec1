//! The scenarios that there are.

use conjoint::simulation::scenario::{EditList, SavedScenario};
use yew::prelude::*;

use super::desk::{Act, Desk};
use super::{Acting, NAME};
use crate::browser::page;
use crate::components::Dispatch;
use crate::state::{Action, State};
use crate::text::scenarios as texts;

/// What can be done with a scenario of the list.
#[derive(Clone, Copy)]
enum Verb {
    Load,
    Duplicate,
    Delete,
    Compare,
}

/// Every scenario, and what can be done with it.
pub(super) fn list(state: &State, desk: &Desk, dispatch: &Dispatch, act: &Acting) -> Html {
    if desk.list.scenarios.is_empty() {
        return html! { <p class="lead">{ texts::NO_SCENARIOS }</p> };
    }
    let now = EditList::of(state.study(), state.edits().scenario());
    let item = |saved: &SavedScenario| {
        let name = &saved.name;
        let doing = |verb: Verb| {
            let (state, dispatch) = (state.clone(), dispatch.clone());
            let (saved, act) = (saved.clone(), act.clone());
            move || done(&state, &dispatch, &act, &saved, verb)
        };
        let button = |text: &'static str, verb: Verb| {
            let doing = doing(verb);
            html! {
                <button
                    type="button"
                    class="quiet"
                    aria-label={format!("{text} {name}")}
                    onclick={Callback::from(move |_: MouseEvent| doing())}
                >
                    { text }
                </button>
            }
        };
        let compare = doing(Verb::Compare);
        let current = saved.edits == now;
        html! {
            <li key={name.clone()} aria-current={current.then_some("true")}>
                <label>
                    <input
                        type="checkbox"
                        aria-label={format!("Compare {name}")}
                        checked={desk.compared.contains(name)}
                        onchange={Callback::from(move |_: Event| compare())}
                    />
                    <strong>{ name }</strong>
                </label>
                <small>{ texts::scenario_summary(saved.edits.entries().count(), current) }</small>
                { button("Load", Verb::Load) }
                { button("Duplicate", Verb::Duplicate) }
                { button("Delete", Verb::Delete) }
            </li>
        }
    };
    html! { <ul>{ for desk.list.scenarios.iter().map(item) }</ul> }
}

/// Does something with a scenario.
fn done(state: &State, dispatch: &Dispatch, act: &Acting, saved: &SavedScenario, verb: Verb) {
    // One of another study, say, may have edits that this one cannot have.
    let applied = || {
        saved
            .apply(state.study())
            .map_err(|error| error.to_string())
    };
    let name = &saved.name;
    act.dispatch(match verb {
        Verb::Load => Act::Tell(applied().map(|applied| {
            dispatch.dispatch(Action::Load(applied.scenario));
            texts::scenario_loaded(name)
        })),
        Verb::Compare => match applied() {
            Ok(_) => Act::Compare(name.clone()),
            Err(reason) => Act::Tell(Err(reason)),
        },
        Verb::Duplicate => Act::Duplicate(saved.clone()),
        Verb::Delete => {
            // The button goes with its row.
            page::focus(NAME);
            Act::Delete(name.clone())
        }
    });
}
