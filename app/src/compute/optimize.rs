//! The optimizer on its way from the form to its result, in a worker.

use conjoint::index_vec::{Position, ProductIndex};
use conjoint::market::Figures;
use conjoint::optimizer::{
    Candidate, Ending, ObjectiveMeasure, OptimizationResult, Plan, PriceEquilibrium, Reprice,
    Request, RequestError, SearchStrategy, Settings, Standing,
};
use conjoint::simulation::Simulation;

use crate::state::State;

/// What the worker tells, by the first number of a block.
const DONE: f64 = 0.0;
const FOUND: f64 = 1.0;
const ANSWER: f64 = 2.0;

/// What is heard of the worker.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// Which part is done, 0–1: of the search, and where it is over, of the answers.
    Done(f64),
    /// The best candidates.
    OptimizationResult(OptimizationResult),
    /// Which of them is best once competitors answer, and how it ends.
    PriceEquilibrium(usize, PriceEquilibrium),
}

/// What a state asks the optimizer for: costs count for EBIT alone.
pub fn asked(state: &State) -> Request {
    let mut request = Request::clone(state.optimizer());
    if request.objective != ObjectiveMeasure::Ebit {
        request.costs.clear();
    }
    request
}

/// The worker's part: what the state asks for, whose offers and method the simulation has.
///
/// # Errors
/// Everything that is wrong with it, in words for the reader.
pub fn compute(
    simulation: &Simulation,
    state: &State,
    mut block: impl FnMut(&[f64]),
) -> Result<(), String> {
    let request = asked(state);
    let plan = Plan::read(simulation, &request).map_err(|misfits| {
        let told = misfits.iter().map(RequestError::to_string);
        told.collect::<Vec<_>>().join("; ")
    })?;
    let settings = Settings {
        seed: simulation.model().seed,
        ..Settings::default()
    };
    let mut optimization = plan.start(simulation, settings);
    for done in optimization.by_ref() {
        block(&[DONE, done]);
    }
    let found = optimization.found();
    block(&of_found(&found));
    if request.answer {
        let mut answers = plan.answers(simulation, &found.best);
        let mut told = 0.0;
        for done in answers.by_ref() {
            if done > told {
                block(&[DONE, done]);
                told = done;
            }
        }
        if let Some((place, answer)) = answers.best() {
            block(&of_answer(place, &answer));
        }
    }
    Ok(())
}

/// What a block of the worker's says; `None` where it is no such.
pub fn read(block: &[f64]) -> Option<Told> {
    match block {
        [DONE, done] => Some(Told::Done(*done)),
        [FOUND, is_search, evaluated, varied, rest @ ..] => {
            let candidate = |numbers: &[f64]| {
                let (objective, positions) = numbers.split_last()?;
                let positions = positions.iter().map(|position| *position as usize);
                Some(Candidate {
                    positions: positions.collect(),
                    objective: *objective,
                })
            };
            let best = rest.chunks_exact(*varied as usize + 1).map(candidate);
            Some(Told::OptimizationResult(OptimizationResult {
                strategy: match *is_search {
                    0.0 => SearchStrategy::Exhaustive,
                    _ => SearchStrategy::Search,
                },
                evaluated: *evaluated as u64,
                best: best.collect::<Option<_>>()?,
            }))
        }
        [ANSWER, place, rounds, ending, rest @ ..] => {
            let (before, rest) = rest.split_first_chunk()?;
            let (after, rest) = rest.split_first_chunk()?;
            let (reprices, _) = rest.as_chunks();
            let reprice = |[product, from, to]: &[f64; 3]| Reprice {
                product: ProductIndex::from_index(*product as usize),
                from: *from,
                to: *to,
            };
            let answer = PriceEquilibrium {
                rounds: *rounds as usize,
                ending: match *ending {
                    0.0 => Ending::Equilibrium,
                    rounds if rounds > 0.0 => Ending::Cycle(rounds as usize),
                    _ => Ending::Unsettled,
                },
                reprices: reprices.iter().map(reprice).collect(),
                before: standing(before),
                after: standing(after),
            };
            Some(Told::PriceEquilibrium(*place as usize, answer))
        }
        _ => None,
    }
}

fn of_found(found: &OptimizationResult) -> Vec<f64> {
    let is_search = f64::from(u8::from(found.strategy == SearchStrategy::Search));
    let varied = found.best.first().map_or(0, |best| best.positions.len());
    let mut numbers = vec![FOUND, is_search, found.evaluated as f64, varied as f64];
    for candidate in &found.best {
        numbers.extend(candidate.positions.iter().map(|position| *position as f64));
        numbers.push(candidate.objective);
    }
    numbers
}

fn of_answer(place: usize, answer: &PriceEquilibrium) -> Vec<f64> {
    let ending = match answer.ending {
        Ending::Equilibrium => 0.0,
        Ending::Cycle(rounds) => rounds as f64,
        Ending::Unsettled => -1.0,
    };
    let mut numbers = vec![ANSWER, place as f64, answer.rounds as f64, ending];
    for standing in [&answer.before, &answer.after] {
        let Figures {
            sio,
            arpu,
            revenue,
            ebit,
        } = standing.figures;
        let [objective, share] = [standing.objective, standing.share];
        numbers.extend([objective, share, sio, arpu, revenue, ebit]);
    }
    for moved in &answer.reprices {
        numbers.extend([moved.product.index() as f64, moved.from, moved.to]);
    }
    numbers
}

fn standing([objective, share, sio, arpu, revenue, ebit]: &[f64; 6]) -> Standing {
    Standing {
        objective: *objective,
        share: *share,
        figures: Figures {
            sio: *sio,
            arpu: *arpu,
            revenue: *revenue,
            ebit: *ebit,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compute::request::{Remote, of_optimizer};
    use crate::compute::worker::Answers;
    use crate::state::Action;
    use conjoint::sample_study::{Sample, generate};
    use conjoint::study::Study;
    use std::rc::Rc;
    use std::sync::Arc;
    use yew::Reducible;

    #[test]
    fn a_worker_gives_what_the_page_would_compute() {
        let respondents = ["Gen X", "Baby Boomer"].map(|name| (name.to_owned(), 20));
        let sample = Sample {
            seed: 1,
            respondents: respondents.to_vec(),
        };
        let files = generate(&sample).unwrap().to_files();
        let study = Arc::new(Study::read(&files).unwrap());
        let first = Rc::new(State::open(Arc::clone(&study), "", ""));
        let request = Request {
            objective: ObjectiveMeasure::Ebit,
            vary: vec![
                "9.monthly_cost=389:419:10".to_owned(),
                "9.vehicle_type=Sedan,SUV".to_owned(),
            ],
            costs: vec!["vehicle_type=SUV:12".to_owned()],
            answer: true,
            ..Request::clone(first.optimizer())
        };
        let state = first.reduce(Action::Optimize(request.clone()));
        assert_eq!(asked(&state), request);

        let simulation = Simulation::new(study);
        let plan = Plan::read(&simulation, &request).unwrap();
        let found = plan.run(&simulation, Settings::default());
        let mut answers = plan.answers(&simulation, &found.best);
        answers.by_ref().for_each(drop);
        let (place, answer) = answers.best().unwrap();

        let mut told = Vec::new();
        let mut remote = Remote::about(&files).unwrap();
        let answered = remote.answer(&of_optimizer(&state), |block| told.extend(read(block)));
        assert_eq!(answered, Ok(()));
        told.retain(|told| !matches!(told, Told::Done(_)));
        assert_eq!(
            told,
            [
                Told::OptimizationResult(found),
                Told::PriceEquilibrium(place, answer)
            ]
        );
        assert_eq!(read(&[FOUND]), None);
    }
}
