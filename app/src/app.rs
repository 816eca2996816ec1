//! The root component: loads the study, then shows the selected page in the frame.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use crate::browser::fragment;
use crate::components::hooks::{use_address, use_connection_status, use_undo};
use crate::components::scenarios::{SavedState, ScenarioBar, use_saved_scenarios};
use crate::components::{
    CopyLink, ExportMenu, FrameParts, Help, PageProps, ScenarioName, Tab, banner, connection_bar,
    describe_progress, dispatch_on_click, edit_summary, error_screen, foreign_link_notice, frame,
    loading_screen, model_bar, quiet_button, scenario_name, use_first_visit, use_frame, workbench,
};
use crate::compute::load::{Doubt, Load, Loaded, Origin};
use crate::compute::{Memory, Problem, Studies, use_live, use_studies};
use crate::pages::attractiveness::attractiveness_page;
use crate::pages::data::data_page;
use crate::pages::insights::Insights;
use crate::pages::optimizer::Optimizer;
use crate::pages::simulator::Simulator;
use crate::pages::sweep::AttributeSweep;
use crate::state::{Action, Page, State};
use crate::text::messages;

/// The title of the error screen.
const NOT_SHOWN: &str = "The study cannot be shown";

/// The whole dashboard.
#[component]
pub fn App() -> Html {
    let connection = use_connection_status();
    let studies = use_studies();
    let back_button = studies.open_digest().map(|_| {
        let studies = studies.clone();
        let onclick = Callback::from(move |_: MouseEvent| studies.switch(None));
        html! { <button type="button" {onclick}>{ "Back to the shipped study" }</button> }
    });
    let page = match studies.load_state() {
        Load::Loading(progress) => {
            let (text, done) = describe_progress(*progress);
            loading_screen(text, done, None)
        }
        Load::Reading(text, done) => loading_screen(format!("{text} …"), *done, back_button),
        Load::Failed(problems) => error_screen(NOT_SHOWN, problems, back_button),
        Load::Unavailable(reason) => {
            let problem = Problem {
                place: "this browser".to_owned(),
                text: messages::study_not_shown(reason),
            };
            error_screen(NOT_SHOWN, &[problem], back_button)
        }
        Load::Ready(loaded) => {
            // Another study, or the same one read again, gets a new dashboard with new state.
            let key = format!("{:p}", Arc::as_ptr(loaded.simulation.selected()));
            html! { <Dashboard {key} loaded={Rc::clone(loaded)} studies={studies.clone()} /> }
        }
    };
    html! { <>{ page }{ connection_bar(connection) }</> }
}

/// Properties of [`Dashboard`].
#[derive(Properties, PartialEq)]
struct DashboardProps {
    /// The open study.
    loaded: Rc<Loaded>,
    /// All studies of this browser.
    studies: Studies,
}

/// The dashboard of a loaded study.
#[component]
fn Dashboard(props: &DashboardProps) -> Html {
    let loaded = &props.loaded;
    let study = Arc::clone(loaded.simulation.selected());
    let state = use_reducer(|| State::open(study, &loaded.source.digest, &fragment::read()));
    use_address(&state, loaded.origin);
    use_undo(&state);
    let live = use_live(loaded, &state);
    let sweeps = use_memo((), |()| Memory::default());
    let saved = use_saved_scenarios(&state);
    let first_visit = use_first_visit(&state, loaded.origin == Origin::Server);
    use_frame(&state.study().settings().title);
    let tabs = Rc::from(Page::ALL.map(|page| Tab {
        id: page.id().into(),
        title: page.title().into(),
    }));
    let on_select = {
        let dispatch = state.dispatcher();
        Callback::from(move |id: AttrValue| {
            if let Some(page) = Page::from_id(&id) {
                dispatch.dispatch(Action::Go(page));
            }
        })
    };
    let is_updating = live.is_updating && live.failure.is_none();
    let page_props = PageProps {
        loaded: Rc::clone(loaded),
        state: (*state).clone(),
        dispatch: state.dispatcher(),
        live,
    };
    let has_results = state.page().shows_results() && state.foreign_link().is_none();
    let scenario = scenario_name(&state, &saved);
    let content = html! {
        <>
            { edit_summary(&state, &scenario) }
            if let Some(reason) = &page_props.live.failure {
                { banner(messages::analysis_error(reason).into()) }
            }
            if let Some(doubt) = &loaded.doubt {
                { precomputed_data_warning(doubt) }
            }
            if !state.unknown_fields().is_empty() {
                { banner(messages::unknown_link_fields(state.unknown_fields()).into()) }
            }
            { foreign_link_notice(&state, &page_props.dispatch) }
            if has_results {
                { first_visit }
            }
            { page(&props.studies, &state, &page_props, &sweeps, &saved) }
        </>
    };
    let parts = FrameParts {
        tools: tools(&state, &sweeps),
        bars: html! {
            if has_results {
                { bars(&page_props, &saved) }
            }
        },
        content,
        is_updating,
    };
    let title = &state.study().settings().title;
    let frame = frame(title, &tabs, state.page().id(), &on_select, parts);
    html! {
        <ContextProvider<ScenarioName> context={ScenarioName(scenario.into())}>
            { frame }
        </ContextProvider<ScenarioName>>
    }
}

/// The scenarios, and the choice model.
fn bars(props: &PageProps, saved: &UseReducerHandle<SavedState>) -> Html {
    html! {
        <div class="bars">
            <ScenarioBar
                state={props.state.clone()}
                dispatch={props.dispatch.clone()}
                saved={saved.clone()}
            />
            { model_bar(props) }
        </div>
    }
}

/// The selected page. For a link of another study, only "Data" is shown.
fn page(
    studies: &Studies,
    state: &UseReducerHandle<State>,
    props: &PageProps,
    sweeps: &Memory,
    saved: &UseReducerHandle<SavedState>,
) -> Html {
    let PageProps {
        loaded,
        dispatch,
        live,
        ..
    } = props;
    if state.page() == Page::Data {
        return data_page(loaded, studies, state, dispatch, live, saved);
    }
    if state.foreign_link().is_some() {
        return html! {};
    }
    let results = match messages::missing_results(state) {
        Some(reason) => html! { <p class="empty" role="status">{ reason }</p> },
        None => results(props, sweeps),
    };
    workbench(props, results)
}

/// The results of the selected page.
fn results(props: &PageProps, sweeps: &Memory) -> Html {
    match props.state.page() {
        Page::Simulator => html! { <Simulator ..props.clone() /> },
        Page::Attractiveness => attractiveness_page(props),
        Page::Sweep => html! {
            <AttributeSweep
                loaded={Rc::clone(&props.loaded)}
                state={props.state.clone()}
                dispatch={props.dispatch.clone()}
                live={props.live.clone()}
                memory={sweeps.clone()}
            />
        },
        Page::Insights => html! { <Insights ..props.clone() /> },
        Page::Optimizer => html! { <Optimizer ..props.clone() /> },
        Page::Data => html! {},
    }
}

/// Why the precomputed figures are not used, and the command that updates them.
fn precomputed_data_warning(doubt: &Doubt) -> Html {
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

/// The tools of every page.
fn tools(state: &UseReducerHandle<State>, sweeps: &Memory) -> Html {
    let button = |text: &'static str, is_enabled: bool, action: Action| {
        let on_click = dispatch_on_click(&state.dispatcher(), action);
        quiet_button(None, text, is_enabled, on_click)
    };
    html! {
        <>
            { button("Undo", state.can_undo(), Action::Undo) }
            { button("Redo", state.can_redo(), Action::Redo) }
            <CopyLink />
            // A link of another study shows no figures to download.
            if state.foreign_link().is_none() {
                <ExportMenu state={(**state).clone()} memory={sweeps.clone()} />
            }
            <Help study={Arc::clone(state.study())} />
        </>
    }
}
