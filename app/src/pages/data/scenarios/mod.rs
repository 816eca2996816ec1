//! Scenarios under names: saved, taken up again, compared, and carried to another browser.

mod compare;
mod desk;
mod exchange;
mod list;

use std::rc::Rc;

use conjoint::simulation::scenario::{EditList, SavedScenario, SavedScenarios, StudyName};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::browser::{page, storage};
use crate::components::Dispatch;
use crate::compute::Live;
use crate::state::State;
use crate::text::scenarios;
use compare::Compare;
use desk::{Act, Desk, Notice};

/// Properties of [`Scenarios`].
#[derive(Properties, PartialEq)]
pub struct ScenariosProps {
    /// What the user did so far.
    pub state: State,
    /// Where to send what the user does next.
    pub dispatch: Dispatch,
    /// The model.
    pub live: Live,
}

type Acting = UseReducerDispatcher<Desk>;

/// The id of the input of a scenario's name, which takes the focus over from what is gone.
const NAME: &str = "scenario-name";

/// The study's scenarios. A study that is opened in place of another has a component of its own.
#[component]
pub fn Scenarios(props: &ScenariosProps) -> Html {
    let ScenariosProps {
        state,
        dispatch,
        live,
    } = props;
    let desk = use_kept(state);
    let act = desk.dispatcher();
    let name = use_node_ref();
    let chosen = desk.list.scenarios.iter();
    let chosen = chosen.filter(|saved| desk.compared.contains(&saved.name));
    html! {
        <section aria-label="Scenarios" class="scenarios wide">
            <h2>{ "Scenarios" }</h2>
            <form class="actions" onsubmit={save(state, &desk, &name)}>
                <input
                    ref={name}
                    id={NAME}
                    type="text"
                    autocomplete="off"
                    aria-label="Scenario name"
                    placeholder="Scenario name"
                />
                <button type="submit" class="quiet">{ "Save scenario" }</button>
            </form>
            // A node in either case: those beside it are to stay what they are.
            if let Some(notice) = &desk.notice {
                { told(notice, &act) }
            }
            if let Some(reason) = &desk.unkept {
                <p class="error" role="alert">{ scenarios::scenarios_not_stored(reason) }</p>
            }
            { list::list(state, &desk, dispatch, &act) }
            { exchange::exchange(state, &desk, &act) }
            <Compare
                study={state.study().clone()}
                live={live.clone()}
                model={state.model().clone()}
                scenarios={chosen.cloned().collect::<Vec<_>>()}
            />
        </section>
    }
}

/// The scenarios that this browser keeps; every change of them is kept.
#[hook]
fn use_kept(state: &State) -> UseReducerHandle<Desk> {
    let study = StudyName {
        title: state.study().settings().title.clone(),
        digest: state.digest().to_owned(),
    };
    let kept_as = format!("scenarios-{}", study.digest);
    let desk = {
        let kept_as = kept_as.clone();
        use_reducer(move || {
            let (list, unread) = match read(&kept_as) {
                Ok(list) => (list, None),
                Err(reason) => (SavedScenarios::default(), Some(reason)),
            };
            Desk {
                list: Rc::new(SavedScenarios { study, ..list }),
                unkept: unread.clone(),
                unread,
                ..Desk::default()
            }
        })
    };
    {
        let (desk, kept_as) = (desk.clone(), kept_as.clone());
        use_effect(move || {
            if desk.is_changed {
                let unkept = match &desk.unread {
                    Some(reason) => Some(reason.clone()),
                    None => storage::write(&kept_as, &desk.list.write()).err(),
                };
                desk.dispatch(Act::Keep(unkept));
            }
        });
    }
    let act = desk.dispatcher();
    use_effect_with((), move |()| {
        let name = kept_as.clone();
        let listener = storage::on_change(&name, move || {
            // What another window has damaged is not worth seeing.
            if let Ok(list) = read(&kept_as) {
                act.dispatch(Act::See(list));
            }
        });
        move || drop(listener)
    });
    desk
}

fn read(kept_as: &str) -> Result<SavedScenarios, String> {
    match storage::read(kept_as)? {
        Some(text) => SavedScenarios::read(&text).map_err(|error| error.to_string()),
        None => Ok(SavedScenarios::default()),
    }
}

/// Saves the edits as they stand under the name that the input has.
fn save(state: &State, desk: &UseReducerHandle<Desk>, input: &NodeRef) -> Callback<SubmitEvent> {
    let (state, desk, input) = (state.clone(), desk.clone(), input.clone());
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.cast::<HtmlInputElement>() else {
            return;
        };
        let name = input.value().trim().to_owned();
        if name.is_empty() {
            desk.dispatch(Act::Tell(Err(scenarios::NAME_MISSING.to_owned())));
            return;
        }
        if desk.list.position(&name).is_none() {
            input.set_value("");
        }
        let edits = EditList::of(state.study(), state.edits().scenario());
        desk.dispatch(Act::Save(SavedScenario { name, edits }));
    })
}

/// A notice, with a button where there is something to do about it.
fn told(notice: &Notice, act: &Acting) -> Html {
    let (told, button) = match notice {
        Notice::Told(Ok(told)) => (told.clone(), None),
        Notice::Told(Err(fault)) => {
            return html! { <p class="error" role="alert">{ fault }</p> };
        }
        Notice::Taken(SavedScenario { name, .. }) => (
            scenarios::name_exists(name),
            Some(format!("Replace {name}")),
        ),
        Notice::Deleted(_, SavedScenario { name, .. }) => (
            scenarios::scenario_deleted(name),
            Some(format!("Bring back {name}")),
        ),
    };
    let follow = {
        let act = act.clone();
        move |_: MouseEvent| {
            // The button goes with the notice.
            page::focus(NAME);
            act.dispatch(Act::Follow);
        }
    };
    html! {
        <p role="status">
            { told }{ " " }
            if let Some(button) = button {
                <button type="button" class="quiet" onclick={follow}>{ button }</button>
            }
        </p>
    }
}
