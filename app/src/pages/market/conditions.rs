//! What is known of the market beside the survey: who can buy a product, what it has of the market,
//! and the constants that make the two agree.

use conjoint::index_vec::{Position, ProductIndex};
use conjoint::study::ProductId;
use worker::protocol::{CalibratedParameter, Calibration, Request, Response};
use yew::prelude::*;

use super::MarketSimulatorProps;
use super::field::input;
use crate::components::{idle_button, scroll};
use crate::compute::client::send_about;
use crate::compute::{Live, WorkerEvent};
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
    let calibrate = |parameter: CalibratedParameter| {
        let (source, state, dispatch) = (loaded.source.clone(), state.clone(), dispatch.clone());
        let (stand, running) = (stand.setter(), running.clone());
        Callback::from(move |_: MouseEvent| {
            let (set, dispatch) = (stand.clone(), dispatch.clone());
            let listen = move |event| {
                let action = match event {
                    WorkerEvent::Response(Response::Constants(constants), _) => {
                        Action::ApplyConstants(constants)
                    }
                    WorkerEvent::Response(Response::Scale(scale), _) => {
                        Action::SetChoiceModel(Setting::Scale, scale.to_string())
                    }
                    WorkerEvent::Failed(error) => {
                        set.set(Stand::Failed(error.to_string()));
                        return;
                    }
                    WorkerEvent::Progress(_) | WorkerEvent::Response(..) => return,
                };
                set.set(Stand::Idle);
                dispatch.dispatch(action);
            };
            let request = Request::Calibrate(Calibration {
                study: source.digest.to_string(),
                model: state.model().clone(),
                targets: state.setup().targets().to_vec(),
                parameter,
            });
            stand.set(Stand::Working);
            running.replace(Some(send_about(&source, request, listen)));
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
                    calibrate(CalibratedParameter::Constants),
                ) }
                { idle_button(
                    None,
                    "Fit the scale factor",
                    is_idle,
                    calibrate(CalibratedParameter::Scale),
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
