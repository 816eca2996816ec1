//! The scenarios that there are.

use conjoint::scenario::{EditList, SavedScenario, SavedScenarios};
use yew::prelude::*;

use super::{Keeper, NAME, Notice};
use crate::format::count;
use crate::js::page;
use crate::pages::Dispatch;
use crate::state::{Action, State};

/// So many are compared.
const MOST: usize = 4;

/// Properties of [`List`].
#[derive(Properties, Clone, PartialEq)]
pub(super) struct ListProps {
    /// The edits.
    pub(super) state: State,
    /// Where to send what the user does next.
    pub(super) dispatch: Dispatch,
    /// The scenarios.
    pub(super) keeper: Keeper,
    /// The names of those that are compared.
    pub(super) compared: Vec<String>,
    /// Called when others are to be.
    pub(super) on_compare: Callback<Vec<String>>,
    /// Where to say what there is to say.
    pub(super) tell: Callback<Option<Notice>>,
}

/// Every scenario, and what can be done with it.
#[component]
pub(super) fn List(props: &ListProps) -> Html {
    let (state, list) = (&props.state, &props.keeper.kept().list);
    if list.scenarios.is_empty() {
        return html! {
            <p class="lead">
                { "None is saved yet. A scenario is all edits of the offers, under a name." }
            </p>
        };
    }
    let now = EditList::of(state.study(), state.edits().scenario());
    html! {
        <ul>{ for list.scenarios.iter().map(|saved| item(props, saved, saved.edits == now)) }</ul>
    }
}

fn item(props: &ListProps, saved: &SavedScenario, current: bool) -> Html {
    let name = &saved.name;
    let edits = saved.edits.entries().count();
    let about = match edits {
        0 => "the study's own offers".to_owned(),
        1 => "1 edit".to_owned(),
        _ => format!("{} edits", count(edits)),
    };
    let button = |verb: &'static str, act: fn(&ListProps, &SavedScenario)| {
        let (props, saved) = (props.clone(), saved.clone());
        html! {
            <button
                type="button"
                class="quiet"
                aria-label={format!("{verb} {name}")}
                onclick={move |_: MouseEvent| act(&props, &saved)}
            >
                { verb }
            </button>
        }
    };
    let onchange = {
        let (props, saved) = (props.clone(), saved.clone());
        move |_: Event| compare(&props, &saved)
    };
    html! {
        <li key={name.clone()} aria-current={current.then_some("true")}>
            <label>
                <input
                    type="checkbox"
                    aria-label={format!("Compare {name}")}
                    checked={props.compared.contains(name)}
                    {onchange}
                />
                <strong>{ name }</strong>
            </label>
            <small>{ about }{ if current { ", as edited now" } else { "" } }</small>
            { button("Load", load) }
            { button("Duplicate", duplicate) }
            { button("Delete", delete) }
        </li>
    }
}

fn load(props: &ListProps, saved: &SavedScenario) {
    match saved.apply(props.state.study()) {
        Ok(applied) => {
            props.dispatch.dispatch(Action::Load(applied.scenario));
            let words = format!("“{}” is what the pages show now.", saved.name);
            props.tell.emit(Some(Notice::Done(words)));
        }
        Err(error) => props.tell.emit(Some(Notice::Fault(error.to_string()))),
    }
}

fn duplicate(props: &ListProps, saved: &SavedScenario) {
    props.keeper.change(|list| {
        let copy = SavedScenario {
            name: list.free_name(&saved.name),
            edits: saved.edits.clone(),
        };
        let place = list.position(&saved.name).map_or(0, |place| place + 1);
        list.scenarios.insert(place, copy);
    });
    props.tell.emit(None);
}

fn delete(props: &ListProps, saved: &SavedScenario) {
    // The button goes with its row.
    page::focus(NAME);
    let mut place = 0;
    props.keeper.change(|list: &mut SavedScenarios| {
        if let Some(found) = list.position(&saved.name) {
            place = found;
            list.scenarios.remove(found);
        }
    });
    let others = props.compared.iter().filter(|name| **name != saved.name);
    props.on_compare.emit(others.cloned().collect());
    props.tell.emit(Some(Notice::Deleted(place, saved.clone())));
}

/// Compares the scenario, or no longer.
fn compare(props: &ListProps, saved: &SavedScenario) {
    let mut names = props.compared.clone();
    let refused = if let Some(place) = names.iter().position(|name| *name == saved.name) {
        names.remove(place);
        None
    } else if let Err(error) = saved.apply(props.state.study()) {
        Some(error.to_string())
    } else if names.len() >= MOST {
        Some(format!(
            "{MOST} scenarios are compared already; leave one out before you take “{}” in.",
            saved.name
        ))
    } else {
        names.push(saved.name.clone());
        None
    };
    props.tell.emit(refused.map(Notice::Fault));
    props.on_compare.emit(names);
}
