//! How far the chains of hierarchical Bayes are.

use std::rc::Rc;

use yew::prelude::*;

use super::figures::{draws_figure, rhat_figure, trace_graphic};
use super::state::LiveRun;
use super::words;
use crate::charts::one_in;
use crate::components::{Figure, LazyGraphic, labelled_select};
use crate::format::{count, plain_number};

/// The most draws of a chain in the trace. Its table has a row for each, and a long one would slow the page down
/// while the chains run.
const MOST_DRAWS: usize = 500;

/// Properties of [`Live`].
#[derive(Properties, PartialEq)]
pub struct LiveProps {
    /// The chains.
    pub run: Rc<LiveRun>,
}

/// Progress, numbers and figures of chains that run.
#[component]
pub fn Live(props: &LiveProps) -> Html {
    let run = &props.run;
    let selected = use_state_eq(|| 0);
    let worst = run
        .parameters
        .iter()
        .filter(|parameter| !parameter.has_converged)
        .min_by(|one, other| one.ess.total_cmp(&other.ess));
    let rlh = run.chains.iter().map(|chain| chain.summary.rlh);
    let rlh = rlh.sum::<f64>() / run.chains.len().max(1) as f64;
    let done = run.iterations.iter().min().copied().unwrap_or(0);
    let limit = match run.plan.stops_early {
        true => "at most ",
        false => "",
    };
    let three = |value: f64| plain_number((value * 1000.0).round() / 1000.0);
    let lines = [
        (
            "Iterations",
            format!(
                "{} of {limit}{}",
                count(done),
                count(run.plan.most_iterations)
            ),
        ),
        (
            "Root likelihood",
            match run.chains.is_empty() {
                true => "after the burn-in".to_owned(),
                false => three(rlh),
            },
        ),
        (
            "R-hat, worst",
            match worst.map(|worst| worst.rhat) {
                Some(Some(rhat)) => three(rhat),
                Some(None) => "after the burn-in".to_owned(),
                None if run.parameters.is_empty() => "after the burn-in".to_owned(),
                None => "converged".to_owned(),
            },
        ),
        (
            "Effective draws, fewest",
            match worst {
                Some(worst) => plain_number(worst.ess.round()),
                None if run.parameters.is_empty() => "after the burn-in".to_owned(),
                None => "converged".to_owned(),
            },
        ),
    ];
    let lines = lines.map(|(name, value)| {
        html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }
    });
    html! {
        <>
            <progress aria-label="Estimating" value={run.fraction().to_string()} max="1" />
            <dl aria-label="Chains">{ for lines }</dl>
            if has_draws(run) {
                <div class="figures">
                    { trace_figure(run, *selected, &selected) }
                    { rhat_figure(&run.plan.parameters, &run.parameters) }
                    { draws_figure(&run.plan.parameters, &run.parameters) }
                </div>
            }
        </>
    }
}

fn has_draws(run: &LiveRun) -> bool {
    let mut traces = run.chains.iter().flat_map(|chain| &chain.means);
    traces.any(|trace| !trace.is_empty())
}

fn trace_figure(run: &Rc<LiveRun>, selected: usize, state: &UseStateHandle<usize>) -> Html {
    let names = run.plan.parameters.iter();
    let options = names.map(|(attribute, level)| words::parameter_name(attribute, level).into());
    let graphic = {
        let run = Rc::clone(run);
        LazyGraphic::new(move || {
            let traces = || {
                run.chains
                    .iter()
                    .filter_map(|chain| chain.means.get(selected))
            };
            let count = traces().map(Vec::len).max().unwrap_or(0);
            let step = one_in(count, MOST_DRAWS);
            let shown = traces().map(|trace| trace.iter().copied().step_by(step).collect());
            let shown: Vec<Vec<f64>> = shown.collect();
            trace_graphic(shown.iter().map(Vec::as_slice), step)
        })
    };
    let on_select = {
        let state = state.setter();
        Callback::from(move |place| state.set(place))
    };
    html! {
        <Figure title="Trace" {graphic} reading={words::TRACE}>
            { labelled_select("Parameter", options.collect(), selected, on_select) }
        </Figure>
    }
}
