//! A chain of hierarchical Bayes between requests. The worker of the first chain also compares all.

use std::sync::Arc;

use conjoint::estimation::hb::{Chain, ChainInputs, ChainResult, Stopping, diagnose_traces};
use conjoint::estimation::{
    ChoiceSurvey, Estimation, EstimationError, EstimationSettings, combine_chains,
    prepare_hierarchy,
};

use super::results::parameter_progress;
use crate::protocol::{
    ChainBatch, ChainComparison, ChainPlan, ParameterProgress, Progress, WorkerError,
};

/// Iterations after which a chain may report its progress.
const PART: usize = 25;

/// A chain, and everything that it needs.
pub(super) struct Run {
    survey: ChoiceSurvey,
    settings: EstimationSettings,
    inputs: Arc<ChainInputs>,
    stopping: Stopping,
    /// `None` once it has ended.
    chain: Option<Chain>,
    /// Iterations so far.
    done: usize,
    /// Draws that were part of a batch.
    sent: usize,
    /// What each chain has drawn, as far as it was compared.
    compared: Vec<ChainBatch>,
    started_at: f64,
}

impl Run {
    /// Prepares the chain with a number.
    ///
    /// # Errors
    /// Choices or settings that cannot be used.
    pub(super) fn start(
        survey: ChoiceSurvey,
        settings: EstimationSettings,
        number: u64,
        started_at: f64,
    ) -> Result<Self, EstimationError> {
        let (inputs, stopping) = prepare_hierarchy(&survey, &settings)?;
        Ok(Self {
            chain: Some(Chain::new(Arc::clone(&inputs), number)),
            survey,
            settings,
            inputs,
            stopping,
            done: 0,
            sent: 0,
            compared: Vec::new(),
            started_at,
        })
    }

    pub(super) fn survey(&self) -> &ChoiceSurvey {
        &self.survey
    }

    pub(super) fn started_at(&self) -> f64 {
        self.started_at
    }

    pub(super) fn plan(&self) -> ChainPlan {
        let names = self.inputs.plan.parameter_names().into_iter();
        let first_batch = self.stopping.next_batch(self.inputs.burn_in, 0, || false);
        ChainPlan {
            parameters: names.map(|name| (name.attribute, name.level)).collect(),
            burn_in: self.inputs.burn_in,
            most_iterations: self.stopping.most_iterations(),
            stops_early: matches!(self.stopping, Stopping::Converged(_)),
            first_batch: first_batch.unwrap_or(0),
        }
    }

    /// Runs the chain further, and returns what it drew.
    pub(super) fn step(
        &mut self,
        iterations: usize,
        report: &dyn Fn(Progress),
    ) -> Result<ChainBatch, WorkerError> {
        let chain = self.chain.as_mut().ok_or(WorkerError::Unanswerable)?;
        let mut left = iterations;
        while left > 0 {
            let part = left.min(PART);
            chain.step(part);
            left -= part;
            report(Progress::Chain(chain.summary()));
        }
        self.done += iterations;
        let traces = chain.recorded().means().iter();
        let new = traces.map(|trace| trace.get(self.sent..).unwrap_or_default().to_vec());
        let batch = ChainBatch {
            summary: chain.summary(),
            means: new.collect(),
        };
        self.sent = chain.recorded().draws();
        Ok(batch)
    }

    /// Adds the batches of all chains to what was compared.
    pub(super) fn compare(&mut self, batches: Vec<ChainBatch>) -> ChainComparison {
        ChainBatch::append_each(&mut self.compared, batches);
        let chains = self.compared.iter();
        let traces: Vec<&[Vec<f64>]> = chains.map(|chain| chain.means.as_slice()).collect();
        let diagnostics = diagnose_traces(&traces);
        let parameters: Vec<ParameterProgress> =
            diagnostics.map(|it| parameter_progress(&it)).collect();
        let has_converged = || parameters.iter().all(|it| it.has_converged);
        ChainComparison {
            next_batch: self
                .stopping
                .next_batch(self.inputs.burn_in, self.done, has_converged),
            parameters,
        }
    }

    /// Ends the chain.
    pub(super) fn end(&mut self) -> Result<ChainResult, WorkerError> {
        let chain = self.chain.take().ok_or(WorkerError::Unanswerable)?;
        Ok(chain.into_result())
    }

    /// Ends the chain and puts its result together with those of the others.
    pub(super) fn combine(&mut self, others: Vec<ChainResult>) -> Result<Estimation, WorkerError> {
        let mut results = vec![self.end()?];
        results.extend(others);
        Ok(combine_chains(
            &self.survey,
            &self.settings,
            &self.inputs,
            &results,
        ))
    }
}
