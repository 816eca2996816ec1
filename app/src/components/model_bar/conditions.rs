//! What is known about the market apart from the survey: the availability of products, their
//! observed shares, and the constants that calibrate the model to these shares.

use conjoint::index_vec::{Position, ProductIndex};
use conjoint::study::ProductId;
use worker::protocol::{CalibratedParameter, Calibration, Request, Response};
use yew::prelude::*;

use super::setting_input::setting_input;
use crate::components::{Dispatch, PageProps, quiet_button, scroll_area};
use crate::compute::client::send_about;
use crate::compute::{Live, PendingRequest, WorkerEvent};
use crate::format::{fixed_decimals, percent};
use crate::state::{Action, Setting, State};
use crate::text::messages;

/// The progress of a calibration.
#[derive(Clone, PartialEq)]
enum RunState {
    Idle,
    Running,
    Failed(String),
}

/// The name of a column, and the setting of a product that it contains.
type Column = (&'static str, fn(ProductId) -> Setting);

/// The columns with inputs.
const COLUMNS: [Column; 3] = [
    ("availability", Setting::Available),
    ("constant", Setting::Constant),
    ("target share", Setting::Target),
];

/// One row per product, and the buttons that calibrate.
#[component]
pub(super) fn Conditions(props: &PageProps) -> Html {
    let PageProps {
        loaded,
        state,
        dispatch,
        live,
    } = props;
    let run = use_state_eq(|| RunState::Idle);
    // Dropping a request cancels it.
    let pending = use_mut_ref(|| None::<PendingRequest>);
    {
        // A result must not be applied to a setup that has changed since the request.
        let (run, pending) = (run.setter(), pending.clone());
        use_effect_with(state.setup().clone(), move |_| {
            pending.take();
            run.set(RunState::Idle);
        });
    }
    let calibrate = |parameter: CalibratedParameter| {
        let (source, state, dispatch) = (loaded.source.clone(), state.clone(), dispatch.clone());
        let (run, pending) = (run.setter(), pending.clone());
        Callback::from(move |_: MouseEvent| {
            let request = Request::Calibrate(Calibration {
                study: source.digest.to_string(),
                model: state.model().clone(),
                targets: state.setup().targets().to_vec(),
                parameter,
            });
            let listen = apply_calibration(run.clone(), dispatch.clone());
            run.set(RunState::Running);
            pending.replace(Some(send_about(&source, request, listen)));
        })
    };
    let is_idle = *run != RunState::Running;
    let fit_constants = calibrate(CalibratedParameter::Constants);
    let fit_scale = calibrate(CalibratedParameter::Scale);
    let sum: f64 = state.setup().targets().iter().map(|(_, share)| share).sum();
    html! {
        <div class="editable">
            { scroll_area("Market conditions, scrollable", "", table(state, dispatch, live)) }
            <p class="note">
                if !state.setup().targets().is_empty() {
                    { format!("The target shares sum to {}.", fixed_decimals(sum, 3)) }
                }
            </p>
            <div class="actions">
                { quiet_button(None, "Calibrate to target shares", is_idle, fit_constants) }
                { quiet_button(None, "Fit the scale factor", is_idle, fit_scale) }
                <span role="status" class="message">
                    { match &*run {
                        RunState::Idle => html! {},
                        RunState::Running => html! { { "Calibrating." } },
                        RunState::Failed(reason) => html! {
                            <span class="error">{ messages::calibration_error(reason) }</span>
                        },
                    } }
                </span>
            </div>
        </div>
    }
}

/// Sends the result of a calibration to the state.
fn apply_calibration(
    run: UseStateSetter<RunState>,
    dispatch: Dispatch,
) -> impl Fn(WorkerEvent) + 'static {
    move |event| {
        let action = match event {
            WorkerEvent::Response(Response::Constants(constants), _) => {
                Action::ApplyConstants(constants)
            }
            WorkerEvent::Response(Response::Scale(scale), _) => {
                Action::SetChoiceModel(Setting::Scale, scale.to_string())
            }
            WorkerEvent::Failed(error) => {
                run.set(RunState::Failed(error.to_string()));
                return;
            }
            WorkerEvent::Progress(_) | WorkerEvent::Response(..) => return,
        };
        run.set(RunState::Idle);
        dispatch.dispatch(action);
    }
}

fn table(state: &State, dispatch: &Dispatch, live: &Live) -> Html {
    let offers = state.edits().scenario().offers();
    let shares = &live.market.results.baseline_shares;
    let id = |column: usize, row: usize| AttrValue::from(format!("market-{column}-{row}"));
    let row = |product: ProductIndex| {
        let (index, offer) = (product.index(), &offers[product]);
        let name = state.study().name_of(offer);
        let cell = |(column, (column_name, setting)): (usize, &Column)| {
            let ids = [id(column, index), id(column, index + 1)];
            let label = format!("{column_name} of {name}");
            let setting = setting(offer.id.clone());
            let input = setting_input(state, dispatch, setting, label, ids, None);
            html! { <td key={column}>{ input }</td> }
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
