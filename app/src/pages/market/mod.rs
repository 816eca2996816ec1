//! Market Simulator: how respondents are taken to choose, and what that leads to.

mod conditions;
mod controls;
mod explained;
mod field;
mod figures;
mod optimizer;
mod status;

use std::rc::Rc;

use yew::prelude::*;

use super::Dispatch;
use crate::compute::load::Loaded;
use crate::compute::{Live, use_analyses};
use crate::state::State;
use conditions::Conditions;
use controls::controls;
use explained::explained;
use figures::figures;
use optimizer::Optimizer;
use status::status;

/// Properties of the page.
#[derive(Properties, PartialEq)]
pub struct MarketSimulatorProps {
    /// The study.
    pub loaded: Rc<Loaded>,
    /// What the user did so far.
    pub state: State,
    /// Where to send what the user does next.
    pub dispatch: Dispatch,
    /// What follows from it.
    pub live: Live,
}

/// The page.
#[component]
pub fn MarketSimulator(props: &MarketSimulatorProps) -> Html {
    let MarketSimulatorProps {
        loaded,
        state,
        dispatch,
        live,
    } = props;
    let analyses = use_analyses(loaded, state);
    html! {
        <div class="market">
            <section aria-label="Method" class="inputs">
                { controls(state, dispatch, status(&analyses)) }
                <Conditions
                    loaded={Rc::clone(loaded)}
                    state={state.clone()}
                    dispatch={dispatch.clone()}
                    live={live.clone()}
                />
            </section>
            <div class="results">
                { figures(state, dispatch, live, &analyses) }
                <Optimizer
                    loaded={Rc::clone(loaded)}
                    state={state.clone()}
                    dispatch={dispatch.clone()}
                    live={live.clone()}
                />
                { explained(live, &analyses) }
            </div>
        </div>
    }
}
