//! Market Simulator: the choice model, market conditions, analyses and the optimizer.

mod conditions;
mod controls;
mod figures;
mod methods;
mod optimizer;
mod setting_input;
mod status;

use std::rc::Rc;

use yew::prelude::*;

use crate::components::Dispatch;
use crate::compute::load::Loaded;
use crate::compute::{Live, use_analyses};
use crate::state::State;
use conditions::Conditions;
use controls::controls;
use figures::figures;
use methods::methods;
use optimizer::Optimizer;
use status::status;

/// Properties of the page.
#[derive(Properties, PartialEq)]
pub struct MarketSimulatorProps {
    /// The open study.
    pub loaded: Rc<Loaded>,
    /// The dashboard's state.
    pub state: State,
    /// Where actions are sent.
    pub dispatch: Dispatch,
    /// The results at the edited offers.
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
    let analyses = use_analyses(loaded, live, state);
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
                { methods(live, &analyses) }
            </div>
        </div>
    }
}
