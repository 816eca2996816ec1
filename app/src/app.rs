//! The dashboard's root: loads the study, then shows the chosen page in the frame.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use crate::components::{Banner, Failure, Frame, Loading, Tab};
use crate::hooks::{use_address, use_live};
use crate::js::fragment;
use crate::load::{Load, Loaded, use_study};
use crate::pages::attractiveness::Attractiveness;
use crate::state::State;

/// The whole dashboard.
#[component]
pub fn App() -> Html {
    match use_study() {
        Load::Loading(progress) => html! { <Loading {progress} /> },
        Load::Failed(problems) => html! {
            <Failure title="The study cannot be shown" {problems} />
        },
        Load::Ready(loaded) => html! { <Dashboard {loaded} /> },
    }
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
    let tab = Tab {
        id: "attractiveness".into(),
        title: "Product Attractiveness".into(),
    };
    html! {
        <Frame
            title={state.study().settings().title.clone()}
            selected={tab.id.clone()}
            tabs={vec![tab]}
            on_select={Callback::noop()}
        >
            if let Some(stale) = &loaded.stale {
                <Banner>
                    { format!("The precomputed data is not that of this study: {stale}. ") }
                    { "The page computes its own figures; to bring the files up to date, run " }
                    <code>{ "conjoint precompute --data Data --out \"Precomputed Data\"" }</code>
                    { "." }
                </Banner>
            }
            if !state.unknown().is_empty() {
                <Banner>
                    { format!(
                        "The link asks for what this study does not have: {}. The rest of it is shown.",
                        state.unknown().join(", "),
                    ) }
                </Banner>
            }
            <Attractiveness state={(*state).clone()} dispatch={state.dispatcher()} {live} />
        </Frame>
    }
}
