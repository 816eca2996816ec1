//! Attribute Sweep: what a range of costs does to customers, money and movement between brands.

mod controls;
mod export_button;
mod figures;
mod status_line;
mod sweep_row;
mod sweep_table;

use std::rc::Rc;

use conjoint::sweep::Cost;
use yew::prelude::*;

use crate::components::Dispatch;
use crate::compute::load::Loaded;
use crate::compute::{Live, Memory, use_sweep};
use crate::state::{Analysis, State};
use crate::text::messages;
use controls::controls;
use export_button::ExportButton;
use figures::figures;
use status_line::StatusLine;
use sweep_table::sweep_table;

/// Properties of the page.
#[derive(Properties, PartialEq)]
pub struct AttributeSweepProps {
    /// The open study.
    pub loaded: Rc<Loaded>,
    /// The dashboard's state.
    pub state: State,
    /// Where actions are sent.
    pub dispatch: Dispatch,
    /// The results at the edited offers, from which the sweep starts.
    pub live: Live,
    /// The sweeps that were computed before.
    pub memory: Memory,
}

/// The page.
#[component]
pub fn AttributeSweep(props: &AttributeSweepProps) -> Html {
    let AttributeSweepProps {
        loaded,
        state,
        dispatch,
        live,
        memory,
    } = props;
    let sweeping = use_sweep(loaded, live, state, memory);
    let is_stale = sweeping.is_stale();
    let study = state.study();
    if let Some(obstacle) = find_obstacle(state) {
        return html! {
            <div class="sweep">
                if Cost::available_in(study).count() > 0 {
                    <section aria-label="What is swept" class="inputs">
                        { controls(state, dispatch) }
                    </section>
                }
                <p class="banner">{ obstacle }</p>
            </div>
        };
    }
    html! {
        <div class="sweep">
            <section aria-label="What is swept" class="inputs">
                { controls(state, dispatch) }
                { starting_offers(state) }
                { sweep_table(state.sweep(), dispatch, live, &sweeping) }
            </section>
            <StatusLine sweeping={sweeping.clone()} />
            if let Some(swept) = &sweeping.shown {
                <div class={classes!("figures", is_stale.then_some("stale"))}>
                    { figures(swept, study, state.sweep(), dispatch) }
                </div>
                <ExportButton
                    swept={Rc::clone(swept)}
                    study={state.study().clone()}
                    {is_stale}
                />
            }
        </div>
    }
}

/// Why the study does not allow the selected analysis, if so.
fn find_obstacle(state: &State) -> Option<String> {
    let study = state.study();
    let is_grid = state.sweep().analysis == Analysis::Grid;
    match Cost::available_in(study).count() {
        0 => Some(messages::MISSING_COST_COLUMN.to_owned()),
        _ if is_grid && !study.has_money() => Some(messages::missing_money_files(study.settings())),
        1 if is_grid => Some(messages::MISSING_SECOND_COST_COLUMN.to_owned()),
        _ => None,
    }
}

/// A notice that the sweep starts from edited offers, if any offer was edited.
fn starting_offers(state: &State) -> Html {
    let (study, edits) = (state.study(), state.edits());
    let offers = edits.scenario().offers();
    let edited = offers
        .indices()
        .filter(|product| edits.scenario().is_added(*product) || edits.is_edited(study, *product));
    let names: Vec<String> = edited
        .map(|product| study.name_of(&offers[product]))
        .collect();
    if names.is_empty() {
        return html! {};
    }
    html! {
        <p class="origin">
            { format!("The sweep starts from the edited offers ({}).", names.join(", ")) }
        </p>
    }
}
