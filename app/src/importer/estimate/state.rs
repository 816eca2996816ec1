//! What the screen shows: a pure reducer.

use std::rc::Rc;

use worker::protocol::{
    ChainBatch, ChainComparison, ChainPlan, ParameterProgress, Refusal, SurveyDescription,
};
use yew::Reducible;

use super::estimated::Estimated;
use super::form::Form;

/// What the screen shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EstimateState {
    /// What the user says.
    pub form: Form,
    /// What the files contain, as read by the newest form.
    pub survey: Option<Rc<SurveyDescription>>,
    /// What the files contain by default: every attribute, with its kind.
    pub found: Option<Rc<SurveyDescription>>,
    /// How far it has come.
    pub phase: Phase,
    /// What is wrong with the files.
    pub refusal: Option<Rc<Refusal>>,
    /// Why a worker did not answer.
    pub failure: Option<String>,
}

/// How far an estimation has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Phase {
    /// The files are being read.
    #[default]
    Reading,
    /// It can start.
    Waiting,
    /// It runs; hierarchical Bayes shows how far it is.
    Running(Option<Rc<LiveRun>>),
    /// The user ended it.
    Cancelled,
    /// These are the estimates.
    Estimated(Rc<Estimated>),
}

/// Chains that run.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveRun {
    /// How they will run.
    pub plan: ChainPlan,
    /// Iterations of the chain that is farthest behind.
    pub iterations: Vec<usize>,
    /// What each chain has drawn so far.
    pub chains: Vec<ChainBatch>,
    /// How well each population mean is known.
    pub parameters: Vec<ParameterProgress>,
}

impl LiveRun {
    fn new(plan: ChainPlan) -> Self {
        Self {
            plan,
            iterations: Vec::new(),
            chains: Vec::new(),
            parameters: Vec::new(),
        }
    }

    /// The part of the most iterations that is done, 0–1.
    pub fn fraction(&self) -> f64 {
        let done = self.iterations.iter().min().copied().unwrap_or(0);
        done as f64 / self.plan.most_iterations.max(1) as f64
    }

    fn add(&mut self, batches: Vec<ChainBatch>, comparison: ChainComparison) {
        ChainBatch::append_each(&mut self.chains, batches);
        self.parameters = comparison.parameters;
    }
}

/// What happens.
pub enum Action {
    /// The user says something else, and the files are read again.
    Say(Form),
    /// The user says something that changes nothing about the files.
    Set(Form),
    /// The files were read.
    Described(Rc<SurveyDescription>),
    /// Nothing can be estimated from the files.
    Refuse(Rc<Refusal>),
    /// A worker did not answer.
    Fail(String),
    /// An estimation started.
    Start,
    /// The chains are ready.
    Prepare(ChainPlan),
    /// A chain has come this far.
    Advance(usize, usize),
    /// All chains have run a batch.
    Compare(Vec<ChainBatch>, ChainComparison),
    /// The user ended it.
    Cancel,
    /// The estimates are there.
    Finish(Rc<Estimated>),
}

impl Reducible for EstimateState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        next.failure = None;
        match action {
            Action::Say(form) => {
                next.form = form;
                next.phase = Phase::Reading;
                next.refusal = None;
            }
            Action::Set(form) => next.form = form,
            Action::Described(survey) => {
                // Attributes that the form leaves out must stay in sight, to be included again.
                if next.form.kinds.is_empty() && next.form.excluded.is_empty() {
                    next.found = Some(Rc::clone(&survey));
                }
                next.survey = Some(survey);
                next.phase = Phase::Waiting;
            }
            Action::Refuse(refusal) => {
                next.refusal = Some(refusal);
                next.phase = Phase::Waiting;
            }
            Action::Fail(reason) => {
                next.failure = Some(reason);
                next.phase = Phase::Waiting;
            }
            Action::Start => {
                next.refusal = None;
                next.phase = Phase::Running(None);
            }
            Action::Prepare(plan) => {
                next.phase = Phase::Running(Some(Rc::new(LiveRun::new(plan))));
            }
            Action::Advance(chain, iterations) => next.change_run(|run| {
                let length = run.iterations.len().max(chain + 1);
                run.iterations.resize(length, 0);
                if let Some(entry) = run.iterations.get_mut(chain) {
                    *entry = iterations;
                }
            }),
            Action::Compare(batches, comparison) => {
                next.change_run(|run| run.add(batches, comparison));
            }
            Action::Cancel => next.phase = Phase::Cancelled,
            Action::Finish(estimated) => next.phase = Phase::Estimated(estimated),
        }
        Rc::new(next)
    }
}

impl EstimateState {
    fn change_run(&mut self, change: impl FnOnce(&mut LiveRun)) {
        if let Phase::Running(Some(run)) = &mut self.phase {
            change(Rc::make_mut(run));
        }
    }

    /// Whether something is being read or estimated.
    pub fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::Reading | Phase::Running(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use conjoint::estimation::hb::ChainSummary;

    fn plan() -> ChainPlan {
        ChainPlan {
            parameters: vec![("Price".to_owned(), String::new())],
            burn_in: 50,
            most_iterations: 200,
            stops_early: false,
            first_batch: 50,
        }
    }

    fn batch(iteration: usize, draws: &[f64]) -> ChainBatch {
        let summary = ChainSummary {
            iteration,
            log_likelihood: -1.0,
            rlh: 0.5,
            percent_certainty: 0.3,
            average_variance: 1.0,
            parameter_rms: 1.0,
            acceptance: 0.7,
        };
        ChainBatch {
            summary,
            means: vec![draws.to_vec()],
        }
    }

    fn reduce(state: EstimateState, actions: impl IntoIterator<Item = Action>) -> EstimateState {
        let mut state = Rc::new(state);
        for action in actions {
            state = state.reduce(action);
        }
        Rc::unwrap_or_clone(state)
    }

    #[test]
    fn batches_are_joined_with_the_newest_summary() {
        let comparison = ChainComparison {
            parameters: Vec::new(),
            next_batch: Some(100),
        };
        let state = reduce(
            EstimateState::default(),
            [
                Action::Start,
                Action::Prepare(plan()),
                Action::Advance(1, 100),
                Action::Advance(0, 60),
                Action::Compare(
                    vec![batch(50, &[1.0]), batch(50, &[5.0])],
                    comparison.clone(),
                ),
                Action::Compare(
                    vec![batch(60, &[2.0, 3.0]), batch(60, &[])],
                    comparison.clone(),
                ),
                Action::Compare(vec![batch(75, &[4.0]), batch(75, &[6.0])], comparison),
            ],
        );
        let Phase::Running(Some(run)) = &state.phase else {
            panic!("{:?}", state.phase);
        };
        assert_eq!(run.fraction(), 0.3);
        assert_eq!(
            run.chains,
            [batch(75, &[1.0, 2.0, 3.0, 4.0]), batch(75, &[5.0, 6.0])]
        );
        assert!(state.is_busy());
    }

    #[test]
    fn a_cancelled_run_hears_nothing_more() {
        let state = reduce(
            EstimateState::default(),
            [
                Action::Start,
                Action::Prepare(plan()),
                Action::Cancel,
                Action::Advance(0, 100),
            ],
        );
        assert_eq!(state.phase, Phase::Cancelled);
    }

    #[test]
    fn a_new_answer_reads_the_files_again() {
        let state = reduce(
            EstimateState::default(),
            [Action::Refuse(Rc::default()), Action::Say(Form::default())],
        );
        assert_eq!((state.phase, state.refusal), (Phase::Reading, None));
    }
}
