//! A dialog that fits the model to the market's shares.

use conjoint::analysis::calibration::{suggest_targets, validate_targets};
use conjoint::index_vec::{Position, ProductIndex};
use conjoint::study::{Offer, ProductId};
use worker::protocol::{CalibratedParameter, Calibration, Request, Response};
use yew::prelude::*;

use crate::browser::page;
use crate::components::table::{EditableCell, NumberOptions, ranged_number_cell, row_heading};
use crate::components::{Dispatch, PageProps, quiet_button, radio_group, scroll_area};
use crate::compute::client::send_about;
use crate::compute::{PendingRequest, WorkerEvent};
use crate::format::{fixed_decimals, percent, read_entry};
use crate::state::{Action, Setting};
use crate::text::messages;

/// The progress of a calibration.
#[derive(Clone, PartialEq)]
enum RunState {
    Idle,
    Running,
    Done,
    Failed(String),
}

/// What can be fitted, with its name.
const PARAMETERS: [(&str, CalibratedParameter); 2] = [
    (
        "A constant for each product",
        CalibratedParameter::Constants,
    ),
    ("The scale factor", CalibratedParameter::Scale),
];

/// The id of the reason why the shares cannot be fitted.
const REASON: &str = "calibration-reason";

/// A button and its dialog: the market's shares in percent, prefilled with the model's, their sum, and
/// the model's shares after the fit next to them.
#[component]
pub(super) fn CalibrationDialog(props: &PageProps) -> Html {
    let PageProps { loaded, state, .. } = props;
    let dialog = use_node_ref();
    // A dialog that was never opened costs nothing.
    let is_open = use_state_eq(|| false);
    let parameter = use_state_eq(|| 0_usize);
    // The shares as entered, 0–1; those of the model until one is entered.
    let entered = use_state_eq(|| state.setup().targets().to_vec());
    let targets = match entered.is_empty() {
        true => suggest_targets(state.study(), shares(props)),
        false => (*entered).clone(),
    };
    let reason = reason(props, &targets);
    let calibration = Calibration {
        study: loaded.source.digest.to_string(),
        model: state.model().clone(),
        targets: targets.clone(),
        parameter: PARAMETERS
            .get(*parameter)
            .map_or(CalibratedParameter::Constants, |(_, parameter)| *parameter),
    };
    let (run, calibrate) = use_calibration(props, calibration);
    let open = {
        let (dialog, is_open) = (dialog.clone(), is_open.setter());
        Callback::from(move |_: MouseEvent| {
            is_open.set(true);
            page::open_dialog(&dialog);
        })
    };
    let on_parameter = {
        let parameter = parameter.setter();
        Callback::from(move |index| parameter.set(index))
    };
    // A rule that cannot be calibrated leaves nothing to enter.
    let has_inputs = *is_open && !state.model().rule.is_deterministic();
    let is_idle = run != RunState::Running && reason.is_none();
    let sum: f64 = targets.iter().map(|(_, share)| share).sum();
    let names = PARAMETERS.map(|(name, _)| AttrValue::from(name));
    html! {
        <>
            <button type="button" class="quiet" aria-haspopup="dialog" onclick={open}>
                { "Calibrate to known shares" }
            </button>
            <dialog ref={dialog} class="help" aria-labelledby="calibration-title">
                <article>
                    <header>
                        <h2 id="calibration-title">{ "Calibrate to known shares" }</h2>
                        <form method="dialog">
                            <button type="submit" class="quiet">{ "Close" }</button>
                        </form>
                    </header>
                    if has_inputs {
                        { scroll_area("Shares, scrollable", "editable", table(props, &entered, &targets)) }
                        <p class="note">{ format!("Sum of the known shares: {}", percent(sum)) }</p>
                        { radio_group("Fit", &names, *parameter, &on_parameter) }
                    }
                    <div class="actions">
                        { quiet_button(None, "Calibrate", is_idle, calibrate) }
                        <span role="status" id={REASON} class="message">
                            { status(&run, reason) }
                        </span>
                    </div>
                </article>
            </dialog>
        </>
    }
}

/// How far a calibration is, and what starts it. Its result is applied unless the setup has changed
/// since the request.
#[hook]
fn use_calibration(
    props: &PageProps,
    calibration: Calibration,
) -> (RunState, Callback<MouseEvent>) {
    let run = use_state_eq(|| RunState::Idle);
    // Dropping a request cancels it.
    let pending = use_mut_ref(|| None::<PendingRequest>);
    {
        let (run, pending) = (run.setter(), pending.clone());
        use_effect_with(props.state.setup().clone(), move |_| {
            let before = pending.take();
            if before.is_some_and(|before| !before.is_finished()) {
                run.set(RunState::Idle);
            }
        });
    }
    let start = {
        let (source, dispatch) = (props.loaded.source.clone(), props.dispatch.clone());
        let run = run.setter();
        Callback::from(move |_: MouseEvent| {
            let targets = calibration.targets.clone();
            let listen = apply_calibration(run.clone(), dispatch.clone(), targets);
            run.set(RunState::Running);
            let request = Request::Calibrate(calibration.clone());
            pending.replace(Some(send_about(&source, request, listen)));
        })
    };
    ((*run).clone(), start)
}

/// How far a calibration is, or why it cannot start, in words.
fn status(run: &RunState, reason: Option<String>) -> String {
    match (run, reason) {
        (_, Some(reason)) => reason,
        (RunState::Idle, None) => String::new(),
        (RunState::Running, None) => "Calibrating.".to_owned(),
        (RunState::Done, None) => {
            "Calibrated; the column “model” has the fitted shares.".to_owned()
        }
        (RunState::Failed(reason), None) => messages::calibration_error(reason),
    }
}

/// The model's shares of the study's own offers, to which a calibration fits them.
fn shares(props: &PageProps) -> impl Fn(ProductIndex) -> f64 {
    let shares = &props.live.market.results.baseline_shares;
    move |product| shares.get(product).map_or(0.0, |share| share.share)
}

/// Why these shares cannot be fitted.
fn reason(props: &PageProps, targets: &[(ProductId, f64)]) -> Option<String> {
    let (study, model) = (props.state.study(), props.state.model());
    let error = validate_targets(study, model, targets).err()?;
    Some(messages::known_shares_error(&error, study))
}

/// Sends the result of a calibration to the state.
fn apply_calibration(
    run: UseStateSetter<RunState>,
    dispatch: Dispatch,
    targets: Vec<(ProductId, f64)>,
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
        run.set(RunState::Done);
        dispatch.dispatch(Action::SetTargets(targets.clone()));
        dispatch.dispatch(action);
    }
}

/// Enters the lines of a pasted column, in percent, as the known shares of this product and those below.
/// A line that is no number leaves the share as it was.
fn paste_column(
    props: &PageProps,
    entered: &UseStateHandle<Vec<(ProductId, f64)>>,
    targets: &[(ProductId, f64)],
    first: ProductIndex,
) -> Callback<Vec<String>> {
    let offers = props.state.study().offers();
    let below = offers.enumerate().skip(first.index());
    let on_market = below.filter(|(_, offer)| !offer.withdrawn);
    let ids: Vec<ProductId> = on_market.map(|(_, offer)| offer.id.clone()).collect();
    let (entered, targets) = (entered.setter(), targets.to_vec());
    Callback::from(move |lines: Vec<String>| {
        let mut targets = targets.clone();
        for (id, line) in ids.iter().zip(&lines) {
            let Some(share) = read_share(line) else {
                continue;
            };
            targets.retain(|(other, _)| other != id);
            targets.push((id.clone(), share));
        }
        entered.set(targets);
    })
}

/// A share, 0–1, from a text in percent, in the reader's notation: "33.2", "33.2 %".
fn read_share(text: &str) -> Option<f64> {
    let percent = read_entry(text.trim().trim_end_matches('%').trim(), None).ok()?;
    percent
        .trim()
        .parse::<f64>()
        .ok()
        .map(|share| share / 100.0)
}

/// One row per product on the market: its known share, and the model's.
fn table(
    props: &PageProps,
    entered: &UseStateHandle<Vec<(ProductId, f64)>>,
    targets: &[(ProductId, f64)],
) -> Html {
    let offers = props.state.study().offers();
    let shares = shares(props);
    let row = |(product, offer): (ProductIndex, &Offer)| {
        let name = props.state.study().name_of(offer);
        let place = targets.iter().position(|(id, _)| *id == offer.id);
        let share = place
            .and_then(|place| targets.get(place))
            .map(|(_, share)| share * 100.0);
        let text = share.map_or(String::new(), |share| fixed_decimals(share, 1));
        let on_commit = {
            let (entered, targets, id) = (entered.setter(), targets.to_vec(), offer.id.clone());
            Callback::from(move |text: String| {
                // The input has read it already, in the reader's notation.
                let mut targets = targets.clone();
                targets.retain(|(other, _)| *other != id);
                let share = text.trim().parse::<f64>().ok();
                targets.extend(share.map(|share| (id.clone(), share / 100.0)));
                entered.set(targets);
            })
        };
        let cell = EditableCell {
            id: format!("target-{}", product.index()).into(),
            label: format!("known share of {name}").into(),
            value: text.clone().into(),
            text: text.into(),
            original: None,
            error: None,
            on_commit,
        };
        let options = NumberOptions {
            on_paste_column: Some(paste_column(props, entered, targets, product)),
            ..NumberOptions::default()
        };
        let below = format!("target-{}", product.index() + 1);
        html! {
            <tr key={offer.id.to_string()}>
                { row_heading(&name) }
                <td>{ ranged_number_cell(cell, below.into(), None, options) }</td>
                <td>{ percent(shares(product)) }</td>
            </tr>
        }
    };
    let on_market = offers.enumerate().filter(|(_, offer)| !offer.withdrawn);
    html! {
        <table>
            <caption class="visually-hidden">{ "Known shares" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "product" }</th>
                    <th scope="col">{ "known share" }<small>{ " %" }</small></th>
                    <th scope="col">{ "model" }</th>
                </tr>
            </thead>
            <tbody>{ for on_market.map(row) }</tbody>
        </table>
    }
}
