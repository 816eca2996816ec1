//! Attribute Sweep: costs over ranges, and what they do to customers, money and who moves where.

mod cell;
mod controls;
mod export;
mod figures;
mod row;
mod status;
mod table;

use std::rc::Rc;

use conjoint::sweep::Cost;
use yew::prelude::*;

use super::Dispatch;
use crate::browser::page;
use crate::components::tab_id;
use crate::compute::load::Loaded;
use crate::compute::{Live, Memory, use_sweep};
use crate::state::{Analysis, Page, State};
use crate::text::messages;
pub(in crate::pages) use cell::{Written, product_cell, range_cell};
use controls::controls;
use export::Export;
use figures::figures;
pub(in crate::pages) use figures::{title, unit};
pub(in crate::pages) use row::Product;
use status::StatusLine;
pub(in crate::pages) use table::products;
use table::sweep_table;

/// Properties of the page.
#[derive(Properties, PartialEq)]
pub struct AttributeSweepProps {
    /// The study.
    pub loaded: Rc<Loaded>,
    /// What the user did so far.
    pub state: State,
    /// Where to send what the user does next.
    pub dispatch: Dispatch,
    /// The offers that the sweep starts from.
    pub live: Live,
    /// What was computed before.
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
    let older = sweeping.is_older();
    let study = state.study();
    let costs = Cost::available_in(study).count();
    let is_grid = state.sweep().analysis == Analysis::Grid;
    let why_not = match costs {
        0 => Some(messages::MISSING_COST_COLUMN.to_owned()),
        _ if is_grid && !study.has_money() => Some(messages::missing_money_files(study.settings())),
        1 if is_grid => Some(messages::MISSING_SECOND_COST_COLUMN.to_owned()),
        _ => None,
    };
    if let Some(why_not) = why_not {
        return html! {
            <div class="sweep">
                if costs > 0 {
                    <section aria-label="What is swept" class="inputs">
                        { controls(state, dispatch) }
                    </section>
                }
                <p class="banner">{ why_not }</p>
            </div>
        };
    }
    html! {
        <div class="sweep">
            <section aria-label="What is swept" class="inputs">
                { controls(state, dispatch) }
                { origin(state) }
                { sweep_table(state.sweep(), dispatch, live, &sweeping) }
            </section>
            <StatusLine sweeping={sweeping.clone()} />
            if let Some(swept) = &sweeping.shown {
                <div class={classes!("figures", older.then_some("older"))}>
                    { figures(swept, study, state.sweep(), dispatch) }
                </div>
                <Export swept={Rc::clone(swept)} study={state.study().clone()} {older} />
            }
        </div>
    }
}

/// Which offers the sweep starts from, where they are not the study's own.
fn origin(state: &State) -> Html {
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
            { format!("The sweep starts from the edited offers ({}): ", names.join(", ")) }
            // The link goes with this page: the focus is led to where it leads.
            <a
                href={format!("#{}", state.link_to(Page::Attractiveness))}
                onclick={|_: MouseEvent| page::focus(&tab_id(Page::Attractiveness.id()))}
            >
                { "see and change them in Product Attractiveness" }
            </a>
            { "." }
        </p>
    }
}
