//! The dashboard's root: loads the study, then shows the chosen page in the frame.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use crate::browser::fragment;
use crate::components::hooks::{use_address, use_standing, use_undo};
use crate::components::{
    Glossary, Tab, banner, failure, frame, idle_button, loading, of_files, standing_bar, use_frame,
};
use crate::compute::load::{Doubt, Load, Loaded};
use crate::compute::{Memory, Studies, use_live, use_studies};
use crate::pages::attractiveness::attractiveness;
use crate::pages::by_method::by_method;
use crate::pages::data::data_page;
use crate::pages::dispatching;
use crate::pages::edited::edited;
use crate::pages::foreign::foreign_link;
use crate::pages::market::MarketSimulator;
use crate::pages::sweep::AttributeSweep;
use crate::pages::workbook::Workbook;
use crate::state::{Action, Page, State};
use crate::text::messages;
use crate::text::model::FigureBasis;

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
            loading(text, done, None)
        }
        Load::Reading(words, done) => loading(format!("{words} …"), *done, back),
        Load::Failed(problems) => failure("The study cannot be shown", problems, back),
        Load::Ready(loaded) => {
            // Another study is another dashboard, also where it is the same one read anew.
            let key = format!("{:p}", Arc::as_ptr(loaded.simulation.selected()));
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
    let study = Arc::clone(loaded.simulation.selected());
    let state = use_reducer(|| State::open(study, &loaded.source.digest, &fragment::read()));
    use_address(&state, loaded.origin);
    use_undo(&state);
    let live = use_live(loaded, &state);
    let sweeps = use_memo((), |()| Memory::default());
    use_frame(&state.study().settings().title);
    let tabs = Rc::from(Page::ALL.map(|page| Tab {
        id: page.id().into(),
        title: page.title().into(),
    }));
    let on_select = {
        let dispatch = state.dispatcher();
        Callback::from(move |id: AttrValue| {
            if let Some(page) = Page::named(&id) {
                dispatch.dispatch(Action::Go(page));
            }
        })
    };
    let dispatch = state.dispatcher();
    let by = live.by(FigureBasis::Rule);
    let page = match state.page() {
        Page::Data => data_page(loaded, &props.studies, &state, &dispatch, &live),
        // A link of another study shows nothing of this one.
        _ if state.foreign().is_some() => html! {},
        Page::Attractiveness => attractiveness(&state, &dispatch, &live),
        Page::Market => html! {
            <MarketSimulator
                loaded={Rc::clone(loaded)}
                state={(*state).clone()}
                dispatch={state.dispatcher()}
                {live}
            />
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
    };
    let content = html! {
        <>
            { edited(&state) }
            if let Some(doubt) = &loaded.doubt {
                { doubted(doubt) }
            }
            if !state.unknown().is_empty() {
                { banner(messages::unknown_link_fields(state.unknown()).into()) }
            }
            { foreign_link(&state, &dispatch) }
            { by_method(&state, &by) }
            { page }
        </>
    };
    frame(
        &state.study().settings().title,
        &tabs,
        state.page().id(),
        &on_select,
        tools(&state, &sweeps),
        content,
    )
}

/// Why the precomputed figures do not count, and what can be done about it.
fn doubted(doubt: &Doubt) -> Html {
    banner(html! {
        <>
            { messages::precomputed_data_warning(doubt) }
            if let Doubt::Stale(_) = doubt {
                <code>{ messages::PRECOMPUTE }</code>
                { "." }
            }
        </>
    })
}

/// What is of use on every page.
fn tools(state: &UseReducerHandle<State>, sweeps: &Memory) -> Html {
    let button = |text: &'static str, possible: bool, action: Action| {
        let on_press = dispatching(&state.dispatcher(), action);
        idle_button(None, text, possible, on_press)
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
