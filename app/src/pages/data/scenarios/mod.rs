//! Scenarios under names: saved, taken up again, compared, and carried to another browser.

mod compare;
mod exchange;
mod kept;
mod list;
mod save;

use conjoint::scenario::SavedScenario;
use yew::prelude::*;

use crate::hooks::Live;
use crate::js::page;
use crate::pages::Dispatch;
use crate::state::State;
use compare::Compare;
use exchange::Exchange;
use kept::{Keeper, use_kept};
use list::List;
use save::Save;

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

/// What there is to say about the last thing that was done.
#[derive(Clone, PartialEq)]
enum Notice {
    /// It was done, with these words.
    Done(String),
    /// It cannot be done, and why.
    Fault(String),
    /// Another scenario has the name.
    Taken(SavedScenario),
    /// A scenario was deleted from its place.
    Deleted(usize, SavedScenario),
}

/// The id of the input of a scenario's name, which takes the focus over from what is gone.
const NAME: &str = "scenario-name";

/// The study's scenarios.
#[component]
pub fn Scenarios(props: &ScenariosProps) -> Html {
    let ScenariosProps {
        state,
        dispatch,
        live,
    } = props;
    let keeper = use_kept(state);
    let notice = use_state(|| None::<Notice>);
    let compared = use_state(Vec::<String>::new);
    let tell = {
        let notice = notice.setter();
        Callback::from(move |told: Option<Notice>| notice.set(told))
    };
    let kept = keeper.kept();
    let chosen = kept.list.scenarios.iter();
    let chosen = chosen.filter(|saved| compared.contains(&saved.name));
    html! {
        <section aria-label="Scenarios" class="scenarios">
            <h2>{ "Scenarios" }</h2>
            <Save state={state.clone()} keeper={keeper.clone()} tell={tell.clone()} />
            { notice.as_ref().map(|notice| told(notice, &keeper, &tell)) }
            if let Some(fault) = &kept.fault {
                <p class="fault" role="alert">{ fault }</p>
            }
            <List
                state={state.clone()}
                dispatch={dispatch.clone()}
                keeper={keeper.clone()}
                compared={(*compared).clone()}
                on_compare={{
                    let compared = compared.setter();
                    Callback::from(move |names| compared.set(names))
                }}
                tell={tell.clone()}
            />
            <Exchange state={state.clone()} keeper={keeper.clone()} {tell} />
            <Compare
                study={state.study().clone()}
                live={live.clone()}
                scenarios={chosen.cloned().collect::<Vec<_>>()}
            />
        </section>
    }
}

/// A notice, with a button where there is something to do about it.
fn told(notice: &Notice, keeper: &Keeper, tell: &Callback<Option<Notice>>) -> Html {
    let with = |words: String, button: String, done: Callback<MouseEvent>| {
        html! {
            <p role="status">
                { words }{ " " }
                <button type="button" class="quiet" onclick={done}>{ button }</button>
            </p>
        }
    };
    let done = |change: Callback<()>| {
        let tell = tell.clone();
        Callback::from(move |_: MouseEvent| {
            page::focus(NAME);
            change.emit(());
            tell.emit(None);
        })
    };
    let keeper = keeper.clone();
    match notice {
        Notice::Done(words) => html! { <p role="status">{ words }</p> },
        Notice::Fault(words) => html! { <p class="fault" role="alert">{ words }</p> },
        Notice::Taken(saved) => {
            let name = &saved.name;
            let words = format!("There is a scenario “{name}” already.");
            let button = format!("Replace {name}");
            let saved = saved.clone();
            let replace = Callback::from(move |()| {
                keeper.change(|list| match list.position(&saved.name) {
                    Some(place) => list.scenarios[place] = saved.clone(),
                    None => list.scenarios.push(saved.clone()),
                });
            });
            with(words, button, done(replace))
        }
        Notice::Deleted(place, saved) => {
            let (place, name) = (*place, &saved.name);
            let words = format!("“{name}” was deleted.");
            let button = format!("Bring back {name}");
            let saved = saved.clone();
            let bring = Callback::from(move |()| {
                keeper.change(|list| {
                    let name = list.free_name(&saved.name);
                    let saved = SavedScenario {
                        name,
                        ..saved.clone()
                    };
                    let place = place.min(list.scenarios.len());
                    list.scenarios.insert(place, saved);
                });
            });
            with(words, button, done(bring))
        }
    }
}
