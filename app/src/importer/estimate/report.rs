//! The report: a verdict in words, tables, figures, and what can be done with the estimates.

use std::rc::Rc;

use conjoint::report::{CsvStyle, Table};
use worker::protocol::{EstimationResult, LevelDistribution, SamplingResult};
use yew::prelude::*;

use super::estimated::Estimated;
use super::figures::{draws_figure, level_graphic, rhat_figure, rlh_graphic, trace_graphic};
use super::words;
use crate::browser::file_picker::PickedFiles;
use crate::browser::{download, print};
use crate::components::{DataTableView, Figure, LazyGraphic, labelled_select, quiet_button};
use crate::text::messages;

/// Properties of [`Report`].
#[derive(Properties, PartialEq)]
pub struct ReportProps {
    /// The estimates.
    pub estimated: Rc<Estimated>,
    /// Called with the study's files when the user wants to use it.
    pub opened: Callback<Rc<PickedFiles>>,
}

/// The report of an estimation.
#[component]
pub fn Report(props: &ReportProps) -> Html {
    let parameter = use_state_eq(|| 0);
    let attribute = use_state_eq(|| 0);
    let failure = use_state_eq(|| None::<String>);
    let result = &props.estimated.result;
    let notes = result.notes.iter().map(|note| html! { <li>{ note }</li> });
    html! {
        <section aria-label="Report" class="report">
            { verdict(result) }
            { buttons(props, &failure) }
            if let Some(reason) = &*failure {
                <p role="alert">{ messages::save_error(reason) }</p>
            }
            { table("Part-worths", &result.parameters) }
            { table("Summary", &result.summary) }
            <ul>{ for notes }</ul>
            <div class="figures">
                if let Some(sampling) = &result.sampling {
                    { trace_figure(result, sampling, &parameter) }
                    { rhat_figure(&sampling.parameters, &sampling.diagnostics) }
                    { draws_figure(&sampling.parameters, &sampling.diagnostics) }
                    { rlh_figure(result) }
                }
                if !result.levels.is_empty() {
                    { level_figure(result, &attribute) }
                }
            </div>
        </section>
    }
}

fn verdict(result: &EstimationResult) -> Html {
    let (text, is_warning) = words::verdict(result);
    let findings = result.verdict.findings.iter();
    let findings = findings.map(|finding| html! { <li>{ words::finding(finding) }</li> });
    html! {
        <>
            <p class={classes!("verdict", is_warning.then_some("error"))}>
                <strong>{ text }</strong>
            </p>
            <ul>{ for findings }</ul>
        </>
    }
}

fn table(title: &'static str, table: &Table) -> Html {
    html! { <DataTableView {title} table={Rc::new(table.clone())} /> }
}

fn buttons(props: &ReportProps, failure: &UseStateHandle<Option<String>>) -> Html {
    let use_study = {
        let (opened, study) = (props.opened.clone(), Rc::clone(&props.estimated.study));
        Callback::from(move |_: MouseEvent| opened.emit(Rc::clone(&study)))
    };
    let save_csv = {
        let (result, failure) = (Rc::clone(&props.estimated.result), failure.setter());
        Callback::from(move |_: MouseEvent| {
            let text = result.parameters.to_csv(CsvStyle::Spreadsheet);
            failure.set(download::csv("part-worths.csv", &text).err());
        })
    };
    let save_json = {
        let (estimated, failure) = (Rc::clone(&props.estimated), failure.setter());
        Callback::from(move |_: MouseEvent| {
            let report = estimated.report.as_ref();
            let bytes = report.map(|bytes| js_sys::Uint8Array::new(bytes).to_vec());
            let text = String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default();
            failure.set(download::json("estimation.json", &text).err());
        })
    };
    let print = Callback::from(|_: MouseEvent| print::print());
    html! {
        <div class="actions">
            { quiet_button(None, "Use this study", true, use_study) }
            { quiet_button(None, "Download part-worths", true, save_csv) }
            { quiet_button(None, "Download report", true, save_json) }
            { quiet_button(None, "Print report", true, print) }
        </div>
    }
}

fn select(label: &'static str, options: Vec<AttrValue>, state: &UseStateHandle<usize>) -> Html {
    let on_select = {
        let state = state.setter();
        Callback::from(move |place| state.set(place))
    };
    labelled_select(label, options, **state, on_select)
}

fn trace_figure(
    result: &Rc<EstimationResult>,
    sampling: &SamplingResult,
    parameter: &UseStateHandle<usize>,
) -> Html {
    let names = sampling.parameters.iter();
    let options = names.map(|(attribute, level)| words::parameter_name(attribute, level).into());
    let graphic = {
        let (result, selected) = (Rc::clone(result), **parameter);
        LazyGraphic::new(move || {
            let sampling = result.sampling.as_ref();
            let chains = sampling.map_or(&[][..], |sampling| &sampling.traces);
            let traces = chains.iter().filter_map(|chain| chain.get(selected));
            let step = sampling.map_or(1, |sampling| sampling.every);
            trace_graphic(traces.map(Vec::as_slice), step)
        })
    };
    html! {
        <Figure title="Trace" {graphic} reading={words::TRACE}>
            { select("Parameter", options.collect(), parameter) }
        </Figure>
    }
}

fn rlh_figure(result: &Rc<EstimationResult>) -> Html {
    let result = Rc::clone(result);
    let graphic = LazyGraphic::new(move || {
        let people = result.sampling.as_ref().map(|sampling| &sampling.rlh);
        rlh_graphic(people.map_or(&[], Vec::as_slice))
    });
    html! { <Figure title="Root likelihood by respondent" {graphic} reading={words::RLH} /> }
}

/// The attributes, each once, in order.
fn attributes(levels: &[LevelDistribution]) -> Vec<AttrValue> {
    let groups = levels.chunk_by(|one, other| one.attribute == other.attribute);
    let names = groups.filter_map(|group| Some(group.first()?.attribute.clone().into()));
    names.collect()
}

fn level_figure(result: &Rc<EstimationResult>, attribute: &UseStateHandle<usize>) -> Html {
    let options = attributes(&result.levels);
    let selected = options.get(**attribute).cloned().unwrap_or_default();
    let graphic = {
        let result = Rc::clone(result);
        LazyGraphic::new(move || {
            let levels = result.levels.iter();
            level_graphic(levels.filter(|level| *level.attribute == *selected))
        })
    };
    html! {
        <Figure title="Part-worths over respondents" {graphic} reading={words::LEVELS}>
            { select("Attribute", options, attribute) }
        </Figure>
    }
}
