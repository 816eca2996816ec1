//! The whole sweep as a file.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::study::Study;
use yew::prelude::*;

use crate::browser::download;
use crate::compute::Swept;
use crate::compute::sweep::Outcome;
use crate::text::messages;

/// Properties of [`Export`].
#[derive(Properties)]
pub struct ExportProps {
    /// What was computed.
    pub swept: Rc<Swept>,
    /// The study.
    pub study: Arc<Study>,
    /// Whether the figures are older than the table.
    pub older: bool,
}

impl PartialEq for ExportProps {
    fn eq(&self, other: &Self) -> bool {
        self.swept == other.swept
            && Arc::ptr_eq(&self.study, &other.study)
            && self.older == other.older
    }
}

/// A button that saves every figure of the sweep, as the command line prints it.
#[component]
pub fn Export(props: &ExportProps) -> Html {
    let failure = use_state_eq(|| None::<String>);
    let save = {
        let (swept, study, failure) = (
            Rc::clone(&props.swept),
            Arc::clone(&props.study),
            failure.setter(),
        );
        Callback::from(move |_: MouseEvent| {
            let saved = match &swept.outcome {
                Outcome::Lockstep(result) => {
                    download::csv("sweep.csv", &result.csv(&study, &swept.start.scenario))
                }
                Outcome::Grid(result) => {
                    download::csv("grid.csv", &result.csv(&study, &swept.start.scenario))
                }
            };
            failure.set(saved.err());
        })
    };
    html! {
        <p class="export">
            <button type="button" class="quiet" onclick={save}>{ "Download sweep CSV" }</button>
            if props.older {
                { " Of the figures above, which are older than the table." }
            } else {
                { match &props.swept.outcome {
                    Outcome::Lockstep(_) => html! {
                        <>
                            { " Every figure, one a row: the file that " }
                            <code>{ "conjoint sweep --format csv" }</code>
                            { " prints." }
                        </>
                    },
                    Outcome::Grid(_) => html! {
                        <>
                            { " Every pair of points, one a row: the file that " }
                            <code>{ "conjoint grid --format csv" }</code>
                            { " prints." }
                        </>
                    },
                } }
            }
            if let Some(reason) = &*failure {
                <span role="alert">{ messages::save_error(reason) }</span>
            }
        </p>
    }
}
