//! The dashboard's root: loads the study, then shows the chosen page in the frame.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use crate::components::{Banner, Failure, Frame, Glossary, Loading, Tab, standing_bar};
use crate::hooks::{Memory, use_address, use_live, use_standing};
use crate::js::fragment;
use crate::load::{Doubt, Load, Loaded, use_study};
use crate::pages::attractiveness::Attractiveness;
use crate::pages::edited::Edited;
use crate::pages::sweep::AttributeSweep;
use crate::state::{Action, Page, State};
use crate::words::faults;

/// The whole dashboard.
#[component]
pub fn App() -> Html {
    let standing = use_standing();
    let page = match use_study() {
        Load::Loading(progress) => html! { <Loading {progress} /> },
        Load::Failed(problems) => html! {
            <Failure title="The study cannot be shown" {problems} />
        },
        Load::Ready(loaded) => html! { <Dashboard {loaded} /> },
    };
    html! { <>{ page }{ standing_bar(standing) }</> }
}

/// Properties of [`Dashboard`].
#[derive(Properties, PartialEq)]
struct DashboardProps {
    /// The study.
    loaded: Rc<Loaded>,
}

/// The dashboard of a study that was loaded.
#[component]
fn Dashboard(props: &DashboardProps) -> Html {
    let loaded = &props.loaded;
    let study = Arc::clone(loaded.simulation.study());
    let state = use_reducer(|| State::open(study, &fragment::read()));
    use_address(&state);
    let live = use_live(loaded, state.edits());
    let sweeps = use_memo((), |()| Memory::default());
    let tabs = Page::ALL.map(|page| Tab {
        id: page.id().into(),
        title: page.title().into(),
    });
    let on_select = {
        let dispatch = state.dispatcher();
        Callback::from(move |id: AttrValue| {
            if let Some(page) = Page::named(&id) {
                dispatch.dispatch(Action::Go(page));
            }
        })
    };
    html! {
        <Frame
            title={state.study().settings().title.clone()}
            selected={state.page().id()}
            tabs={tabs.to_vec()}
            {on_select}
            tools={html! { <Glossary study={Arc::clone(state.study())} /> }}
        >
            <Edited state={(*state).clone()} />
            if let Some(doubt) = &loaded.doubt {
                <Banner>
                    { faults::doubted(doubt) }
                    if let Doubt::Stale(_) = doubt {
                        <code>{ faults::PRECOMPUTE }</code>
                        { "." }
                    }
                </Banner>
            }
            if !state.unknown().is_empty() {
                <Banner>{ faults::unknown(state.unknown()) }</Banner>
            }
            { match state.page() {
                Page::Attractiveness => html! {
                    <Attractiveness state={(*state).clone()} dispatch={state.dispatcher()} {live} />
                },
                Page::Sweep => html! {
                    <AttributeSweep
                        loaded={Rc::clone(loaded)}
                        state={(*state).clone()}
                        dispatch={state.dispatcher()}
                        {live}
                        memory={(*sweeps).clone()}
                    />
                },
            } }
        </Frame>
    }
}
