//! The dashboard's root: loads the study, then shows the chosen page in the frame.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use crate::components::{
    Banner, Failure, Frame, Glossary, IdleButton, Loading, Tab, of_files, standing_bar,
};
use crate::hooks::{Memory, Studies, use_address, use_live, use_standing, use_studies, use_undo};
use crate::js::fragment;
use crate::load::{Doubt, Load, Loaded};
use crate::pages::attractiveness::Attractiveness;
use crate::pages::data::DataPage;
use crate::pages::dispatching;
use crate::pages::edited::Edited;
use crate::pages::foreign::foreign_link;
use crate::pages::sweep::AttributeSweep;
use crate::pages::workbook::Workbook;
use crate::state::{Action, Page, State};
use crate::words::faults;

/// The whole dashboard.
#[component]
pub fn App() -> Html {
    let standing = use_standing();
    let studies = use_studies();
    let back = studies.open_digest().map(|_| {
        let studies = studies.clone();
        let onclick = Callback::from(move |_: MouseEvent| studies.switch(None));
        html! { <button type="button" {onclick}>{ "Back to the shipped study" }</button> }
    });
    let page = match studies.load_state() {
        Load::Loading(progress) => {
            let (text, done) = of_files(*progress);
            html! { <Loading {text} {done} /> }
        }
        Load::Reading(words, done) => html! {
            <Loading text={format!("{words} …")} done={*done}>{ back }</Loading>
        },
        Load::Failed(problems) => html! {
            <Failure title="The study cannot be shown" problems={problems.clone()}>{ back }</Failure>
        },
        Load::Ready(loaded) => {
            // Another study is another dashboard, also where it is the same one read anew.
            let key = format!("{:p}", Arc::as_ptr(loaded.simulation.study()));
            html! { <Dashboard {key} loaded={Rc::clone(loaded)} studies={studies.clone()} /> }
        }
    };
    html! { <>{ page }{ standing_bar(standing) }</> }
}

/// Properties of [`Dashboard`].
#[derive(Properties, PartialEq)]
struct DashboardProps {
    /// The study.
    loaded: Rc<Loaded>,
    /// All studies.
    studies: Studies,
}

/// The dashboard of a study that was loaded.
#[component]
fn Dashboard(props: &DashboardProps) -> Html {
    let loaded = &props.loaded;
    let study = Arc::clone(loaded.simulation.study());
    let state = use_reducer(|| State::open(study, &loaded.digest, &fragment::read()));
    use_address(&state, loaded.origin);
    use_undo(&state);
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
            tools={tools(&state, &sweeps)}
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
            { foreign_link(&state, &state.dispatcher()) }
            { match state.page() {
                Page::Data => html! {
                    <DataPage
                        loaded={Rc::clone(loaded)}
                        studies={props.studies.clone()}
                        state={(*state).clone()}
                        dispatch={state.dispatcher()}
                        {live}
                    />
                },
                // A link of another study shows nothing of this one.
                _ if state.foreign().is_some() => html! {},
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

/// What is of use on every page.
fn tools(state: &UseReducerHandle<State>, sweeps: &Memory) -> Html {
    let button = |text: &'static str, possible: bool, action: Action| {
        let on_press = dispatching(&state.dispatcher(), action);
        html! { <IdleButton {text} {possible} {on_press} /> }
    };
    html! {
        <>
            { button("Undo", state.can_undo(), Action::Undo) }
            { button("Redo", state.can_redo(), Action::Redo) }
            <Glossary study={Arc::clone(state.study())} />
            // Figures of this study are none of what a link of another one asks for.
            if state.foreign().is_none() {
                <Workbook state={(**state).clone()} memory={sweeps.clone()} />
            }
        </>
    }
}
