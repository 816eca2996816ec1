//! "Estimate": from files of choices or ratings to part-worths and a study.
//!
//! - `form`, `state`: what the user says and what the screen shows, without a browser
//! - `chains`: the chains of hierarchical Bayes, each in a worker of its own
//! - `controls`, `live`, `report`: the parts of the screen; `figures` and `words` are what they show

mod chains;
mod controls;
mod estimated;
mod figures;
mod form;
mod live;
mod report;
mod state;
mod words;

use std::cell::RefCell;
use std::rc::Rc;

use conjoint::estimation::Model;
use worker::protocol::{
    EstimationRequest, EstimationResponse, Refusal, Request, Response, SurveyFiles, WorkerError,
};
use yew::prelude::*;

use self::chains::{ChainFiles, ChainRun, RunEvent};
use self::controls::controls;
use self::estimated::Estimated;
use self::form::Form;
use self::state::{Action, EstimateState, Phase};
use super::problems::problems;
use crate::browser::file_picker::PickedFiles;
use crate::browser::page;
use crate::compute::client::send;
use crate::compute::{PendingRequest, WorkerEvent};

/// The id of the element with the outcome.
const OUTCOME: &str = "estimation";

/// Properties of [`Estimate`].
#[derive(Properties, PartialEq)]
pub struct EstimateProps {
    /// The files of choices or ratings.
    pub picked: Rc<PickedFiles>,
    /// Called with the files of the study when the user wants to use it.
    pub opened: Callback<Rc<PickedFiles>>,
}

/// What is being computed; dropping it ends it.
enum Work {
    Nothing,
    Request(#[expect(dead_code, reason = "it is only dropped")] PendingRequest),
    Chains(#[expect(dead_code, reason = "it is only dropped")] ChainRun),
}

/// The state, and what can be done.
#[derive(Clone)]
pub struct Estimator {
    state: UseReducerHandle<EstimateState>,
    picked: Rc<PickedFiles>,
    work: Rc<RefCell<Work>>,
}

/// The screen.
#[component]
pub fn Estimate(props: &EstimateProps) -> Html {
    let state = use_reducer(EstimateState::default);
    let work = use_mut_ref(|| Work::Nothing);
    let estimator = Estimator {
        state,
        picked: Rc::clone(&props.picked),
        work,
    };
    {
        let estimator = estimator.clone();
        use_effect_with(props.picked.clone(), move |_| {
            estimator.read(Form::default());
            let work = Rc::clone(&estimator.work);
            move || drop(work.replace(Work::Nothing))
        });
    }
    let state = &*estimator.state;
    // The report begins with the same sentence.
    let is_in_report = matches!(state.phase, Phase::Estimated(_));
    html! {
        <section aria-labelledby="estimate-title" class="estimate">
            <h3 id="estimate-title">{ "Estimate" }</h3>
            { controls(&estimator) }
            <p role="status" id={OUTCOME} tabindex="-1" class={is_in_report.then_some("visually-hidden")}>
                { message(state) }
            </p>
            if let Some(refusal) = &state.refusal {
                { problems(refusal) }
            }
            if let Some(reason) = &state.failure {
                <p class="error" role="alert">{ format!("That did not work: {reason}.") }</p>
            }
            { details(&estimator, &props.opened) }
        </section>
    }
}

/// What is below the controls.
fn details(estimator: &Estimator, opened: &Callback<Rc<PickedFiles>>) -> Html {
    match &estimator.state.phase {
        Phase::Running(Some(run)) => html! { <live::Live run={Rc::clone(run)} /> },
        Phase::Estimated(estimated) => html! {
            <report::Report estimated={Rc::clone(estimated)} opened={opened.clone()} />
        },
        _ => html! {},
    }
}

fn message(state: &EstimateState) -> String {
    match &state.phase {
        Phase::Reading => "Reading the files …".to_owned(),
        Phase::Running(_) => "Estimating …".to_owned(),
        Phase::Cancelled => "Cancelled. Nothing was estimated.".to_owned(),
        Phase::Estimated(estimated) => words::verdict(&estimated.result).0,
        Phase::Waiting if state.refusal.is_some() => {
            "Nothing can be estimated from these files as they are read now.".to_owned()
        }
        Phase::Waiting => String::new(),
    }
}

impl Estimator {
    /// The form.
    fn form(&self) -> &Form {
        &self.state.form
    }

    /// How to read the files by a form.
    fn survey(&self, form: &Form) -> SurveyFiles {
        let found = self.state.found.as_deref();
        let attributes = found.map_or(&[][..], |found| &found.attributes);
        form.survey(&self.picked.paths, attributes)
    }

    /// Reads the files as a new form says.
    fn read(&self, form: Form) {
        let request = EstimationRequest::Read(self.survey(&form));
        self.state.dispatch(Action::Say(form));
        self.send(&request, |response, _| match response {
            EstimationResponse::Survey(survey) => Some(Action::Described(Rc::new(survey))),
            _ => None,
        });
    }

    /// Changes what does not matter for reading the files.
    fn set(&self, form: Form) {
        self.state.dispatch(Action::Set(form));
    }

    /// Starts an estimation, unless the form has an error.
    fn start(&self) {
        let Ok(settings) = self.form().settings() else {
            return;
        };
        let survey = self.survey(self.form());
        self.state.dispatch(Action::Start);
        page::focus(OUTCOME);
        if settings.model != Model::Hierarchical {
            let request = EstimationRequest::Fit(survey, settings);
            self.send(&request, |response, files| match response {
                EstimationResponse::Estimated(result, names) => {
                    let estimated = Estimated::new(*result, names, files);
                    Some(Action::Finish(Rc::new(estimated)))
                }
                _ => None,
            });
            return;
        }
        let input = ChainFiles {
            survey,
            files: self.picked.files.clone(),
        };
        let dispatch = self.state.dispatcher();
        let run = ChainRun::start(input, settings, move |event| {
            dispatch.dispatch(match event {
                RunEvent::Prepared(plan) => Action::Prepare(plan),
                RunEvent::Advanced(chain, iterations) => Action::Advance(chain, iterations),
                RunEvent::Compared(batches, comparison) => Action::Compare(batches, comparison),
                RunEvent::Estimated(estimated) => Action::Finish(Rc::new(estimated)),
                RunEvent::Refused(refusal) => Action::Refuse(on_screen(refusal)),
                RunEvent::Failed(error) => Action::Fail(error.to_string()),
            });
        });
        self.work.replace(Work::Chains(run));
    }

    /// Ends what is being estimated.
    fn cancel(&self) {
        self.work.replace(Work::Nothing);
        // The focused button is about to disappear.
        page::focus(OUTCOME);
        self.state.dispatch(Action::Cancel);
    }

    /// Sends a request about the files; an older one ends.
    fn send(
        &self,
        request: &EstimationRequest,
        read: fn(EstimationResponse, Vec<js_sys::Uint8Array>) -> Option<Action>,
    ) {
        let dispatch = self.state.dispatcher();
        let request = Request::Estimate(request.into());
        let pending = send(request, self.picked.files.clone(), move |event| {
            let action = match event {
                WorkerEvent::Progress(_) => return,
                WorkerEvent::Response(Response::Refused(refusal), _) => {
                    Some(Action::Refuse(on_screen(refusal)))
                }
                WorkerEvent::Response(Response::Estimation(response), files) => response
                    .read()
                    .ok()
                    .and_then(|response| read(response, files)),
                WorkerEvent::Response(..) => None,
                WorkerEvent::Failed(error) => Some(Action::Fail(error.to_string())),
            };
            let unanswerable = || Action::Fail(WorkerError::Unanswerable.to_string());
            dispatch.dispatch(action.unwrap_or_else(unanswerable));
        });
        self.work.replace(Work::Request(pending));
    }
}

/// A refusal in which options of the command line have the names that they have here.
fn on_screen(mut refusal: Refusal) -> Rc<Refusal> {
    for problem in &mut refusal.problems {
        problem.file = words::with_screen_names(&problem.file);
        problem.problem = words::with_screen_names(&problem.problem);
    }
    Rc::new(refusal)
}
