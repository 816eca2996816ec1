//! The download of the whole sweep.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::study::Study;
use yew::prelude::*;

use crate::browser::download;
use crate::compute::Swept;
use crate::compute::sweep::Outcome;
use crate::text::messages;

/// Properties of [`ExportButton`].
#[derive(Properties)]
pub struct ExportButtonProps {
    /// The computed sweep.
    pub swept: Rc<Swept>,
    /// The study.
    pub study: Arc<Study>,
    /// Whether the table has changed since.
    pub is_stale: bool,
}

impl PartialEq for ExportButtonProps {
    fn eq(&self, other: &Self) -> bool {
        self.swept == other.swept
            && Arc::ptr_eq(&self.study, &other.study)
            && self.is_stale == other.is_stale
    }
}

/// A button that saves every number of the sweep, in the file format of the command line.
#[component]
pub fn ExportButton(props: &ExportButtonProps) -> Html {
    let failure = use_state_eq(|| None::<String>);
    let save = {
        let swept = Rc::clone(&props.swept);
        let (study, failure) = (Arc::clone(&props.study), failure.setter());
        Callback::from(move |_: MouseEvent| {
            let scenario = &swept.start.scenario;
            let saved = match &swept.outcome {
                Outcome::Lockstep(result) => {
                    download::csv("sweep.csv", &result.csv(&study, scenario))
                }
                Outcome::Grid(result) => download::csv("grid.csv", &result.csv(&study, scenario)),
            };
            failure.set(saved.err());
        })
    };
    let (content, command) = match &props.swept.outcome {
        Outcome::Lockstep(_) => ("one row per figure", "conjoint sweep --format csv"),
        Outcome::Grid(_) => ("one row per pair of points", "conjoint grid --format csv"),
    };
    html! {
        <p class="export">
            <button type="button" class="quiet" onclick={save}>{ "Download sweep CSV" }</button>
            if props.is_stale {
                { " The figures above, which are older than the table." }
            } else {
                { format!(" All results, {content}, as in the output of ") }
                <code>{ command }</code>
                { "." }
            }
            if let Some(reason) = &*failure {
                <span role="alert">{ messages::save_error(reason) }</span>
            }
        </p>
    }
}
