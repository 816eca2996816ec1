//! A chain that can be stopped and resumed: the same draws whatever the sizes of the steps.

use std::sync::Arc;

use super::constraints::Constraints;
use super::metric::Metric;
use super::moves::{Mover, Path};
use super::population::PopulationMover;
use super::prior::Prior;
use super::state::{State, initial_covariance};
use super::trace::{ChainResult, Recorder};
use crate::estimation::coding::CodingPlan;
use crate::estimation::design::ChoiceDesign;
use crate::estimation::likelihood::Workspace;
use crate::stats::random::Draw;

/// What all chains of a run share.
#[derive(Clone, Debug)]
pub struct ChainInputs {
    /// The design of the tasks to estimate from.
    pub design: ChoiceDesign,
    /// The design of the holdout tasks, of the same respondents.
    pub holdout: ChoiceDesign,
    /// How levels become parameters.
    pub plan: CodingPlan,
    /// The prior.
    pub prior: Prior,
    /// Sign constraints.
    pub constraints: Constraints,
    /// The estimates of the pooled multinomial logit, around which chains start.
    pub start: Vec<f64>,
    /// The seed of all chains.
    pub seed: u64,
    /// Iterations before draws count.
    pub burn_in: usize,
    /// Draws of each respondent that a chain keeps.
    pub keep: usize,
}

/// Steps of the respondents' paths, and of the population's, which has many more dimensions and so needs
/// shorter steps: measured on 300 respondents × 12 tasks × 4 alternatives × 15 parameters, 7 steps give
/// three times as many effective draws of the means per iteration as 3.
const RESPONDENT_STEPS: usize = 2;
const POPULATION_STEPS: usize = 7;
/// Acceptance probabilities that the burn-in aims at.
const RESPONDENT_TARGET: f64 = 0.7;
const POPULATION_TARGET: f64 = 0.75;
/// Bounds of the lengths of steps, in units of the posterior's standard deviation: beyond 2 they would
/// diverge.
const SHORTEST_STEP: f64 = 0.02;
const LONGEST_STEP: f64 = 1.2;
/// Iterations of the burn-in at which the metric is computed anew.
const REFRESHES: [usize; 7] = [15, 40, 80, 150, 300, 600, 1200];

/// A chain.
pub struct Chain {
    inputs: Arc<ChainInputs>,
    draw: Draw,
    workspace: Workspace,
    state: State,
    metric: Metric,
    /// The parameters whose mean and scale move: those without constraints.
    free: Vec<usize>,
    respondent_step: f64,
    population_step: f64,
    /// Iterations so far.
    iteration: usize,
    /// Iterations since the metric was computed.
    age: usize,
    /// Sums of the part-worths, and of `Σ`, since the metric was computed.
    sum: Vec<f64>,
    covariance_sum: Vec<f64>,
    recorder: Recorder,
}

/// How a chain is doing.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ChainSummary {
    /// Iterations so far, the burn-in included.
    pub iteration: usize,
    /// The log-likelihood of the current draw.
    pub log_likelihood: f64,
    /// The mean root likelihood over respondents of the current draw.
    pub rlh: f64,
    /// The share of the null log-likelihood that the current draw explains.
    pub percent_certainty: f64,
    /// The mean of the population's variances.
    pub average_variance: f64,
    /// The root mean square of the part-worths.
    pub parameter_rms: f64,
    /// The acceptance rate of the respondents' moves since the burn-in.
    pub acceptance: f64,
}

impl Chain {
    /// A chain of a run, by its number from 0: each starts at another place, around the pooled estimates.
    pub fn new(inputs: Arc<ChainInputs>, number: u64) -> Self {
        let n = inputs.design.width;
        let mut draw = Draw::stream(inputs.seed, number);
        let mean: Vec<f64> = inputs
            .start
            .iter()
            .map(|start| start + draw.normal(0.0, 0.5))
            .collect();
        let mut b = Vec::with_capacity(inputs.design.len() * n);
        for _ in 0..inputs.design.len() {
            let from = b.len();
            b.extend(mean.iter().map(|mean| mean + draw.normal(0.0, 0.5)));
            if let Some(own) = b.get_mut(from..) {
                inputs.constraints.project(own);
            }
        }
        let (covariance, precision) = initial_covariance(&inputs.prior, n);
        let state = State::new(&inputs.design, b, mean, covariance, precision);
        let constrained = inputs.constraints.is_constrained.iter();
        let free = constrained
            .enumerate()
            .filter(|(_, is)| !**is)
            .map(|(column, _)| column);
        let free: Vec<usize> = free.collect();
        let metric = compute_metric(&inputs, &state.b, &state.precision, &free);
        Self {
            draw,
            workspace: Workspace::default(),
            metric,
            free,
            respondent_step: 0.5,
            population_step: 0.5,
            iteration: 0,
            age: 0,
            sum: vec![0.0; state.b.len()],
            covariance_sum: vec![0.0; n * n],
            recorder: Recorder::new(&inputs),
            state,
            inputs,
        }
    }

    /// Iterations so far, the burn-in included.
    pub fn iteration(&self) -> usize {
        self.iteration
    }

    /// Runs this many iterations.
    pub fn step(&mut self, iterations: usize) {
        for _ in 0..iterations {
            self.iterate();
        }
    }

    fn iterate(&mut self) {
        let is_burning_in = self.iteration < self.inputs.burn_in;
        if is_burning_in
            && (REFRESHES.contains(&self.iteration) || self.iteration + 50 == self.inputs.burn_in)
        {
            self.refresh();
        }
        let mover = Mover {
            design: &self.inputs.design,
            constraints: &self.inputs.constraints,
            metric: &self.metric,
        };
        let population_mover = PopulationMover {
            design: &self.inputs.design,
            prior: &self.inputs.prior,
            metric: &self.metric,
            free: &self.free,
        };
        // Steps of random lengths keep paths from running in circles.
        let mut jitter = || self.draw.between(0.85, 1.15);
        let respondents = Path {
            step: self.respondent_step * jitter(),
            steps: RESPONDENT_STEPS,
        };
        let population = Path {
            step: self.population_step * jitter(),
            steps: POPULATION_STEPS,
        };
        let moved = mover.move_respondents(
            &mut self.state,
            respondents,
            &mut self.draw,
            &mut self.workspace,
        );
        self.state
            .draw_population(&self.inputs.prior, &mut self.draw);
        let shifted = population_mover.run(
            &mut self.state,
            population,
            &mut self.draw,
            &mut self.workspace,
        );
        if is_burning_in {
            self.adapt(moved, shifted);
        } else {
            self.recorder
                .record(&self.inputs, &self.state, moved, &mut self.workspace);
        }
        self.iteration += 1;
    }

    /// Changes the lengths of steps towards the acceptance rates aimed at, ever less, and collects
    /// means for the next metric.
    fn adapt(&mut self, moved: f64, shifted: f64) {
        let gain = 1.0 / libm::sqrt(self.age as f64 + 4.0);
        for (step, rate, target) in [
            (&mut self.respondent_step, moved, RESPONDENT_TARGET),
            (&mut self.population_step, shifted, POPULATION_TARGET),
        ] {
            let changed = *step * libm::exp(gain * (rate - target));
            *step = changed.clamp(SHORTEST_STEP, LONGEST_STEP);
        }
        self.age += 1;
        for (sum, b) in self.sum.iter_mut().zip(&self.state.b) {
            *sum += b;
        }
        for (sum, entry) in self.covariance_sum.iter_mut().zip(&self.state.covariance) {
            *sum += entry;
        }
    }

    /// Computes the metric at the means since it was computed last.
    fn refresh(&mut self) {
        let count = self.age.max(1) as f64;
        let n = self.state.n;
        let centers: Vec<f64> = self.sum.iter().map(|sum| sum / count).collect();
        let covariance: Vec<f64> = self.covariance_sum.iter().map(|sum| sum / count).collect();
        let precision = crate::estimation::matrix::invert_positive(&covariance, n);
        let precision = precision.as_deref().unwrap_or(&self.state.precision);
        self.metric = compute_metric(&self.inputs, &centers, precision, &self.free);
        self.sum.fill(0.0);
        self.covariance_sum.fill(0.0);
        self.age = 0;
    }

    /// How the chain is doing.
    pub fn summary(&self) -> ChainSummary {
        let design = &self.inputs.design;
        let log_likelihood: f64 = self.state.log_likelihood.iter().sum();
        let roots = design.blocks().zip(&self.state.log_likelihood);
        let roots = roots.map(|(block, value)| libm::exp(value / block.ends.len().max(1) as f64));
        let n = self.state.n;
        let squares: f64 = self.state.b.iter().map(|b| b * b).sum();
        let trace: f64 = (0..n)
            .filter_map(|k| self.state.covariance.get(k * n + k))
            .sum();
        let null: f64 = self.recorder.null_log_likelihood;
        ChainSummary {
            iteration: self.iteration,
            log_likelihood,
            rlh: roots.sum::<f64>() / design.len().max(1) as f64,
            percent_certainty: 1.0 - log_likelihood / null,
            average_variance: trace / n.max(1) as f64,
            parameter_rms: (squares / self.state.b.len().max(1) as f64).sqrt(),
            acceptance: self.recorder.acceptance(),
        }
    }

    /// The draws since the burn-in.
    pub fn recorded(&self) -> &Recorder {
        &self.recorder
    }

    /// Everything that the draws since the burn-in say, to be sent to where chains are put together.
    pub fn into_result(self) -> ChainResult {
        self.recorder.finish(&self.inputs)
    }
}

fn compute_metric(
    inputs: &ChainInputs,
    centers: &[f64],
    precision: &[f64],
    free: &[usize],
) -> Metric {
    let prior_weight = inputs.prior.degrees_of_freedom + inputs.design.width as f64;
    Metric::compute(&inputs.design, centers, precision, free, prior_weight)
}
