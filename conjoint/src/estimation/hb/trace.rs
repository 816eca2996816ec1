//! What a chain records after its burn-in.

use super::chain::ChainInputs;
use super::state::State;
use crate::estimation::coding::expand;
use crate::estimation::design::ChoiceDesign;
use crate::estimation::likelihood::Workspace;

/// The draws of a quantity per iteration are looked at in all iterations; predictions of holdout tasks
/// only in every tenth, because they change little and cost as much as a move.
const PREDICT_EVERY: usize = 10;

/// Sums and draws of a chain since its burn-in.
#[derive(Clone, Debug)]
pub struct Recorder {
    /// Each printed parameter, and each column of a study, as a sum of parameters.
    printed: Vec<Vec<(usize, f64)>>,
    columns: Vec<Vec<(usize, f64)>>,
    pub(super) null_log_likelihood: f64,
    /// The respondents' part-worths as columns of a study, draw after draw.
    kept: Vec<f32>,
    kept_count: usize,
    /// Every this many draws one is kept; doubled when twice as many as needed are kept.
    thinning: usize,
    acceptance_sum: f64,
    sums: Vec<f64>,
    result: ChainResult,
}

/// What a chain says: traces and sums. It can be sent between programs.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ChainResult {
    /// Draws since the burn-in.
    pub draws: usize,
    /// The population mean of each printed parameter, a trace after another.
    pub means: Vec<Vec<f64>>,
    /// The population variance of each printed parameter.
    pub variances: Vec<Vec<f64>>,
    /// The log-likelihood of each draw.
    pub log_likelihood: Vec<f64>,
    /// The sum over draws of the population covariance.
    pub covariance_sum: Vec<f64>,
    /// The sum of its squares.
    pub covariance_square_sum: Vec<f64>,
    /// The sum over draws of the respondents' study columns, respondents × columns.
    pub column_sum: Vec<f64>,
    /// The sum of their squares.
    pub column_square_sum: Vec<f64>,
    /// The sum over draws of each respondent's root likelihood.
    pub rlh_sum: Vec<f64>,
    /// The sum over draws of the slack of each respondent on each constraint.
    pub slack_sum: Vec<f64>,
    /// The sum of its squares.
    pub slack_square_sum: Vec<f64>,
    /// How often predictions were recorded.
    pub predictions: usize,
    /// The sum of the probabilities of all alternatives in the tasks to estimate from.
    pub fitted_sum: Vec<f64>,
    /// The same in holdout tasks.
    pub holdout_sum: Vec<f64>,
    /// The mean acceptance probability of the respondents' moves.
    pub acceptance: f64,
    /// Kept draws: draws × respondents × study columns.
    pub kept: Vec<f32>,
    /// How many draws of each respondent are kept.
    pub kept_count: usize,
}

impl Recorder {
    pub(super) fn new(inputs: &ChainInputs) -> Self {
        let printed = inputs.plan.expansion();
        let columns = inputs.plan.study_expansion();
        let (people, n) = (inputs.design.len(), inputs.design.width);
        let rows = |design: &ChoiceDesign| design.blocks().map(|block| block.rows()).sum();
        let result = ChainResult {
            means: vec![Vec::new(); printed.len()],
            variances: vec![Vec::new(); printed.len()],
            covariance_sum: vec![0.0; n * n],
            covariance_square_sum: vec![0.0; n * n],
            column_sum: vec![0.0; people * columns.len()],
            column_square_sum: vec![0.0; people * columns.len()],
            rlh_sum: vec![0.0; people],
            slack_sum: vec![0.0; people * inputs.constraints.len()],
            slack_square_sum: vec![0.0; people * inputs.constraints.len()],
            fitted_sum: vec![0.0; rows(&inputs.design)],
            holdout_sum: vec![0.0; rows(&inputs.holdout)],
            ..ChainResult::default()
        };
        Self {
            printed,
            columns,
            null_log_likelihood: null_log_likelihood(&inputs.design),
            kept: Vec::new(),
            kept_count: 0,
            thinning: 1,
            acceptance_sum: 0.0,
            sums: Vec::new(),
            result,
        }
    }

    /// Draws since the burn-in.
    pub fn draws(&self) -> usize {
        self.result.draws
    }

    /// The traces of the population means.
    pub fn means(&self) -> &[Vec<f64>] {
        &self.result.means
    }

    pub(super) fn acceptance(&self) -> f64 {
        self.acceptance_sum / self.result.draws.max(1) as f64
    }

    /// Records the state of an iteration.
    pub(super) fn record(
        &mut self,
        inputs: &ChainInputs,
        state: &State,
        acceptance: f64,
        workspace: &mut Workspace,
    ) {
        let n = state.n;
        self.acceptance_sum += acceptance;
        self.result.draws += 1;
        self.record_population(state);
        self.result
            .log_likelihood
            .push(state.log_likelihood.iter().sum());
        add_with_squares(
            &mut self.result.covariance_sum,
            &mut self.result.covariance_square_sum,
            &state.covariance,
        );
        self.sums.clear();
        for b in state.b.chunks_exact(n) {
            self.sums
                .extend(self.columns.iter().map(|terms| expand(terms, b)));
        }
        add_with_squares(
            &mut self.result.column_sum,
            &mut self.result.column_square_sum,
            &self.sums,
        );
        let people = inputs.design.blocks().zip(&state.log_likelihood);
        for (sum, (block, log_likelihood)) in self.result.rlh_sum.iter_mut().zip(people) {
            *sum += libm::exp(log_likelihood / block.ends.len().max(1) as f64);
        }
        if !inputs.constraints.is_empty() {
            let slacks: Vec<f64> = state
                .b
                .chunks_exact(n)
                .flat_map(|b| inputs.constraints.slacks(b))
                .collect();
            add_with_squares(
                &mut self.result.slack_sum,
                &mut self.result.slack_square_sum,
                &slacks,
            );
        }
        if self.result.draws % PREDICT_EVERY == 1 {
            self.result.predictions += 1;
            add_predictions(
                &inputs.design,
                state,
                &mut self.result.fitted_sum,
                workspace,
            );
            add_predictions(
                &inputs.holdout,
                state,
                &mut self.result.holdout_sum,
                workspace,
            );
        }
        self.keep(inputs.keep);
    }

    /// Appends to the traces of the population's means and variances.
    fn record_population(&mut self, state: &State) {
        let n = state.n;
        let traces = self.result.means.iter_mut().zip(&mut self.result.variances);
        for ((mean, variance), terms) in traces.zip(&self.printed) {
            mean.push(expand(terms, &state.mean));
            let pairs = terms
                .iter()
                .flat_map(|one| terms.iter().map(move |other| (one, other)));
            let products = pairs.map(|((i, a), (j, b))| {
                a * b * state.covariance.get(i * n + j).copied().unwrap_or(0.0)
            });
            variance.push(products.sum());
        }
    }

    /// Keeps the draw if it is its turn.
    fn keep(&mut self, wanted: usize) {
        if wanted == 0 || !self.result.draws.is_multiple_of(self.thinning) {
            return;
        }
        // Utilities are far from the limits of single precision.
        self.kept
            .extend(self.sums.iter().map(|value| *value as f32));
        self.kept_count += 1;
        if self.kept_count < 2 * wanted {
            return;
        }
        let size = self.sums.len();
        let second = self.kept.chunks_exact(size.max(1)).skip(1).step_by(2);
        self.kept = second.flatten().copied().collect();
        self.kept_count /= 2;
        self.thinning *= 2;
    }

    pub(super) fn finish(mut self, inputs: &ChainInputs) -> ChainResult {
        let wanted = inputs.keep.min(self.kept_count);
        let size = self.sums.len();
        let mut kept = Vec::with_capacity(wanted * size);
        for place in 0..wanted {
            // Spread evenly over the draws.
            let at = (2 * place + 1) * self.kept_count / (2 * wanted);
            kept.extend(
                self.kept
                    .get(at * size..(at + 1) * size)
                    .unwrap_or_default(),
            );
        }
        self.result.acceptance = self.acceptance();
        self.result.kept = kept;
        self.result.kept_count = wanted;
        self.result
    }
}

/// The log-likelihood at equal chances within each observation.
pub(crate) fn null_log_likelihood(design: &ChoiceDesign) -> f64 {
    let sizes = design.blocks().flat_map(|block| {
        block
            .observations()
            .map(|range| range.len())
            .collect::<Vec<_>>()
    });
    -sizes.map(|size| libm::log(size as f64)).sum::<f64>()
}

fn add_with_squares(sum: &mut [f64], squares: &mut [f64], values: &[f64]) {
    for ((sum, square), value) in sum.iter_mut().zip(squares).zip(values) {
        *sum += value;
        *square += value * value;
    }
}

fn add_predictions(
    design: &ChoiceDesign,
    state: &State,
    sum: &mut [f64],
    workspace: &mut Workspace,
) {
    let mut sum = sum.iter_mut();
    for (block, b) in design.blocks().zip(state.b.chunks_exact(state.n)) {
        workspace.predict(block, b);
        // In this order, because `zip` takes one more from its first part.
        for (probability, sum) in workspace.probabilities.iter().zip(sum.by_ref()) {
            *sum += probability;
        }
    }
}
