//! The program that computes about one study: it holds the study that it was sent last, simulated at
//! the offers and by the choice model of the last request.

use std::cell::RefCell;
use std::sync::Arc;

use conjoint::format::{StudyFiles, read_study};
use conjoint::simulation::Simulation;
use wasm_bindgen::JsValue;

use crate::protocol::{
    ComparedScenarios, Message, Progress, Request, RespondentResult, Response, Results,
    SimulationInput, StudyParcel, WorkerError,
};
use crate::serve::{Answer, Respond, to_bytes};
use crate::{analyses, lines, optimizer, sweeps};

/// The program that computes.
#[derive(Default)]
pub struct Analyst {
    held: RefCell<Option<HeldStudy>>,
}

/// A study that was sent.
struct HeldStudy {
    digest: String,
    simulation: Simulation,
    /// The same at the mean part-worths, for a model over draws and a request that has no use for them.
    at_means: Option<Simulation>,
}

impl Respond for Analyst {
    async fn respond(
        &self,
        message: Message,
        files: Vec<JsValue>,
        report: &dyn Fn(Progress),
    ) -> Answer {
        let contents = files.iter().map(to_bytes).collect();
        (self.answer(message, contents, report), Vec::new())
    }
}

impl Analyst {
    /// Answers a message; `contents` are the files of the study that comes with it, if one does.
    ///
    /// # Errors
    /// A study, a choice model or a table that cannot be used.
    pub fn answer(
        &self,
        message: Message,
        contents: Vec<Vec<u8>>,
        report: &dyn Fn(Progress),
    ) -> Result<Response, WorkerError> {
        let mut held = self.held.borrow_mut();
        if let Some(parcel) = message.study {
            // The last study's memory is free before the next one takes some.
            held.take();
            *held = Some(HeldStudy::read(parcel, contents)?);
        }
        let held = held.as_mut().ok_or(WorkerError::Unanswerable)?;
        match message.request {
            Request::Analyze(input, wanted) => {
                for analysis in wanted {
                    let input = input.clone();
                    let simulation = match analyses::uses_draws(&analysis) {
                        true => held.simulate(input)?,
                        false => held.simulate_at_means(input)?,
                    };
                    report(Progress::Analyzed(analyses::analyze(simulation, &analysis)));
                }
                Ok(Response::Done)
            }
            Request::Sweep(input, table) => {
                sweeps::sweep(held.simulate_at_means(input)?, &table, report).map(Response::Swept)
            }
            Request::Optimize(input, request) => {
                let simulation = held.simulate_at_means(input)?;
                optimizer::optimize(simulation, &request, report).map(Response::Optimized)
            }
            Request::SearchLines(input, request) => {
                lines::search_lines(held.simulate(input)?, &request, report)
            }
            Request::Simulate(input) => {
                let results = Results::compute(held.simulate(input)?);
                Ok(Response::Simulated(Box::new(results)))
            }
            Request::Compare(input, scenarios) => {
                let compared = ComparedScenarios::compute(held.simulate(input)?, scenarios);
                Ok(Response::Compared(compared))
            }
            Request::ShowRespondents(input, figure) => {
                let shown = RespondentResult::compute(held.simulate_at_means(input)?, &figure);
                Ok(Response::Respondents(shown))
            }
            Request::Calibrate(calibration) => {
                held.require(&calibration.study)?;
                analyses::calibrate(held.simulation.full_study(), &calibration)
            }
            Request::Estimate(_) | Request::Files(_) => Err(WorkerError::Unanswerable),
        }
    }
}

impl HeldStudy {
    fn read(parcel: StudyParcel, contents: Vec<Vec<u8>>) -> Result<Self, WorkerError> {
        let mut files = StudyFiles::default();
        for (name, content) in parcel.names.iter().zip(contents) {
            files.insert(name, content);
        }
        let reading = read_study(&files);
        let reading =
            reading.map_err(|problems| WorkerError::InvalidStudy(problems.to_string()))?;
        Ok(Self {
            digest: parcel.digest,
            simulation: Simulation::new(Arc::new(reading.study)),
            at_means: None,
        })
    }

    /// Checks that a request is about this study.
    fn require(&self, digest: &str) -> Result<(), WorkerError> {
        match self.digest == digest {
            true => Ok(()),
            false => Err(WorkerError::Unanswerable),
        }
    }

    /// The simulation at the offers and by the choice model of a request.
    fn simulate(&mut self, input: SimulationInput) -> Result<&Simulation, WorkerError> {
        self.require(&input.study)?;
        let set = self.simulation.set_model(input.model);
        set.map_err(|error| WorkerError::InvalidModel(error.to_string()))?;
        self.simulation.set_scenario(input.scenario);
        Ok(&self.simulation)
    }

    /// The same at the mean part-worths.
    fn simulate_at_means(&mut self, input: SimulationInput) -> Result<&Simulation, WorkerError> {
        if !input.model.uncertainty.uses_draws() {
            return self.simulate(input);
        }
        self.require(&input.study)?;
        let study = self.simulation.full_study();
        let simulation = self
            .at_means
            .get_or_insert_with(|| Simulation::new(Arc::clone(study)));
        let set = simulation.set_model(input.model.at_means());
        set.map_err(|error| WorkerError::InvalidModel(error.to_string()))?;
        simulation.set_scenario(input.scenario);
        Ok(simulation)
    }
}

#[cfg(test)]
mod tests;
