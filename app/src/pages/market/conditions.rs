//! What is known of the market beside the survey: who can buy a product, what it has of the market,
//! and the constants that make the two agree.

use std::cell::RefCell;
use std::rc::Rc;

use conjoint::index_vec::{Position, ProductIndex};
use conjoint::study::ProductId;
use yew::prelude::*;

use super::MarketSimulatorProps;
use super::field::input;
use crate::components::{idle_button, scroll};
use crate::compute::Live;
use crate::compute::request;
use crate::compute::worker::{self, Answer};
use crate::format::{fixed_decimals, percent};
use crate::pages::Dispatch;
use crate::state::{Action, Setting, State};
use crate::text::messages;

/// What comes of a calibration that was asked for.
#[derive(Clone, PartialEq)]
enum Stand {
    Idle,
    Working,
    Failed(String),
}

/// A column's name, and what it sets of a product.
type Column = (&'static str, fn(ProductId) -> Setting);

/// The columns of settings.
const COLUMNS: [Column; 3] = [
    ("availability", Setting::Available),
    ("constant", Setting::Constant),
    ("target share", Setting::Target),
];

/// A row a product, and the buttons that calibrate.
#[component]
pub(super) fn Conditions(props: &MarketSimulatorProps) -> Html {
    let MarketSimulatorProps {
        loaded,
        state,
        dispatch,
        live,
    } = props;
    let stand = use_state_eq(|| Stand::Idle);
    let running = use_mut_ref(|| None);
    {
        // What is asked for is of the state that it was asked of.
        let (stand, running) = (stand.setter(), running.clone());
        use_effect_with(state.setup().clone(), move |_| {
            running.take();
            stand.set(Stand::Idle);
        });
    }
    let calibrate = |request: fn(&State) -> String| {
        let (loaded, state, dispatch) = (Rc::clone(loaded), state.clone(), dispatch.clone());
        let (stand, running) = (stand.setter(), running.clone());
        Callback::from(move |_: MouseEvent| {
            let (told, dispatch, asked) = (stand.clone(), dispatch.clone(), state.clone());
            let found = RefCell::new(Vec::new());
            let heard = move |answer| match answer {
                Answer::Numbers(block) => found.borrow_mut().extend(block),
                Answer::Done => {
                    told.set(Stand::Idle);
                    dispatch.dispatch(taken(&asked, &found.borrow()));
                }
                Answer::Failed(reason) => told.set(Stand::Failed(reason)),
            };
            match worker::request(&loaded.files, &request(&state), heard) {
                Ok(began) => {
                    stand.set(Stand::Working);
                    running.replace(Some(began));
                }
                Err(reason) => stand.set(Stand::Failed(reason)),
            }
        })
    };
    let is_idle = *stand != Stand::Working;
    let sum: f64 = state.setup().targets().iter().map(|(_, share)| share).sum();
    html! {
        <div class="editable">
            { scroll("Market conditions, scrollable", "", table(state, dispatch, live)) }
            <p class="note">
                if !state.setup().targets().is_empty() {
                    { format!("The target shares sum to {}.", fixed_decimals(sum, 3)) }
                }
            </p>
            <div class="actions">
                { idle_button(
                    None,
                    "Calibrate to target shares",
                    is_idle,
                    calibrate(request::of_constants),
                ) }
                { idle_button(
                    None,
                    "Fit the scale factor",
                    is_idle,
                    calibrate(request::of_scale),
                ) }
                <span role="status" class="message">
                    { match &*stand {
                        Stand::Idle => html! {},
                        Stand::Working => html! { { "Calibrating." } },
                        Stand::Failed(reason) => html! {
                            <span class="fault">{ messages::calibration_error(reason) }</span>
                        },
                    } }
                </span>
            </div>
        </div>
    }
}

/// What a calibration found, as what it does to the state: a scale factor, or pairs of a product's
/// place and its constant.
fn taken(state: &State, found: &[f64]) -> Action {
    if let [scale] = found {
        return Action::SetChoiceModel(Setting::Scale, scale.to_string());
    }
    let (pairs, _) = found.as_chunks();
    let offers = state.study().offers();
    let constants = pairs.iter().filter_map(|[place, constant]| {
        let offer = offers.get(ProductIndex::from_index(*place as usize))?;
        Some((offer.id.clone(), *constant))
    });
    Action::ApplyConstants(constants.collect())
}

fn table(state: &State, dispatch: &Dispatch, live: &Live) -> Html {
    let offers = state.edits().scenario().offers();
    let shares = live.ask(|simulation| simulation.baseline_shares().clone());
    let id = |column: usize, place: usize| AttrValue::from(format!("market-{column}-{place}"));
    let row = |product: ProductIndex| {
        let (place, offer) = (product.index(), &offers[product]);
        let name = state.study().name_of(offer);
        let cell = |(column, (what, setting)): (usize, &Column)| {
            let ids = [id(column, place), id(column, place + 1)];
            let label = format!("{what} of {name}");
            let setting = setting(offer.id.clone());
            html! { <td key={column}>{ input(state, dispatch, setting, label, ids, None) }</td> }
        };
        let share = shares.get(product).map(|share| percent(share.share));
        html! {
            <tr key={offer.id.to_string()}>
                <th scope="row">{ name.clone() }</th>
                { for COLUMNS.iter().enumerate().map(cell) }
                <td>{ share.unwrap_or_default() }</td>
            </tr>
        }
    };
    html! {
        <table>
            <caption>{ "Market conditions" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "product" }</th>
                    <th scope="col">{ "availability" }<small>{ " 0–1, empty: 1" }</small></th>
                    <th scope="col">{ "constant" }<small>{ " utility, empty: 0" }</small></th>
                    <th scope="col">{ "target share" }<small>{ " 0–1" }</small></th>
                    <th scope="col">{ "share" }<small>{ " at the baseline" }</small></th>
                </tr>
            </thead>
            <tbody>{ for offers.indices().map(row) }</tbody>
        </table>
    }
}
