//! The choice model, in sight on every page that shows results: the rule, who is included, and all
//! further settings behind "More settings".

mod calibration;
mod conditions;
mod setting_input;
mod settings;

use conjoint::choice::{Rule, Selection};
use conjoint::index_vec::{Position, SegmentIndex};
use yew::prelude::*;

use super::{Dispatch, PageProps, dispatch_on_click, labelled_select, quiet_button};
use crate::format::count;
use crate::state::{Action, Setting, State};
use crate::text::model::{FigureBasis, model_line};
use calibration::CalibrationDialog;
use conditions::conditions;
use settings::settings;

/// The bar.
pub fn model_bar(props: &PageProps) -> Html {
    let PageProps {
        state,
        dispatch,
        live,
        ..
    } = props;
    let reset = dispatch_on_click(dispatch, Action::ResetChoiceModel);
    html! {
        <section aria-label="Choice model" class="model-bar">
            <div class="controls">
                { rule(state, dispatch) }
                { segment(state, dispatch) }
                { respondents(state, live.market.results.respondents) }
                { quiet_button(None, "Reset method", state.setup().is_changed(state.study()), reset) }
            </div>
            <details class="more-settings">
                <summary>{ "More settings" }</summary>
                { settings(state, dispatch) }
                { conditions(state, dispatch) }
                <CalibrationDialog ..props.clone() />
            </details>
            <p class="print-only">{ model_line(live, FigureBasis::Rule) }</p>
        </section>
    }
}

fn rule(state: &State, dispatch: &Dispatch) -> Html {
    let rules = Rule::ALL.map(|rule| AttrValue::from(rule.label()));
    let selected = Rule::ALL
        .iter()
        .position(|rule| *rule == state.model().rule);
    let dispatch = dispatch.clone();
    let on_select = Callback::from(move |index: usize| {
        if let Some(rule) = Rule::ALL.get(index) {
            dispatch.dispatch(Action::SetChoiceModel(Setting::Rule, rule.id().to_owned()));
        }
    });
    labelled_select(
        "Rule",
        rules.to_vec(),
        selected.unwrap_or_default(),
        on_select,
    )
}

/// A select for one segment. Several can be selected under "More settings".
fn segment(state: &State, dispatch: &Dispatch) -> Html {
    let study = state.study();
    if study.segments().len() < 2 {
        return html! {};
    }
    let selected = state.setup().segments();
    let several = match selected.len() {
        0 | 1 => None,
        several => Some(AttrValue::from(format!("{several} segments"))),
    };
    let names = study.segments().iter().map(|name| name.clone().into());
    let options = [AttrValue::Static("All respondents")].into_iter();
    let options: Vec<AttrValue> = options.chain(names).chain(several.clone()).collect();
    let index = match (selected, several) {
        ([], _) => 0,
        ([segment], _) => segment.index() + 1,
        _ => options.len() - 1,
    };
    let (dispatch, segments) = (dispatch.clone(), study.segments().len());
    let on_select = Callback::from(move |index: usize| {
        let segment = index.checked_sub(1).filter(|index| *index < segments);
        if index == 0 || segment.is_some() {
            let segment = segment.map(SegmentIndex::from_index);
            dispatch.dispatch(Action::SelectSegment(segment));
        }
    });
    labelled_select("Segment", options, index, on_select)
}

/// How many respondents are included, with a warning if they are few.
fn respondents(state: &State, respondents: usize) -> Html {
    // The empty state of the page says who nobody is.
    if state.selection_error().is_some() {
        return html! { <span class="respondents">{ "0 respondents" }</span> };
    }
    let text = match respondents {
        1 => "1 respondent".to_owned(),
        _ => format!("{} respondents", count(respondents)),
    };
    html! {
        <span class="respondents" role="status">
            { text }
            if respondents < Selection::FEW {
                <span class="warning">
                    { format!(": fewer than {}, so that the figures are uncertain", Selection::FEW) }
                </span>
            }
        </span>
    }
}
