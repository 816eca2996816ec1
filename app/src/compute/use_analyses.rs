//! The analyses of a page, which a worker computes.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use conjoint::analysis::choosers::Choosers;
use conjoint::analysis::demand_curve::DemandCurve;
use conjoint::analysis::interval::Intervals;
use conjoint::analysis::wtp::{LevelWorth, WillingnessToPay};
use conjoint::optimizer::BestPrice;
use worker::protocol::{
    Analysis, AnalysisResult, AttributeGroup, Elasticities, Matrix, Progress, Request,
    SimulationInput,
};
use yew::prelude::*;

use super::client::{PendingRequest, WorkerEvent, send_about};
use super::load::Loaded;
use super::prices::{price_goal, worth_selection};
use super::{Live, simulation_input};
use crate::browser::timing;
use crate::state::{Page, State};

/// A result that figures share; equal to itself only.
#[derive(Debug)]
pub struct Shared<T>(Rc<T>);

impl<T> Shared<T> {
    /// Shares a result.
    pub fn new(result: T) -> Self {
        Self(Rc::new(result))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    /// Comparing every number would cost too much.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// The analyses of the state, as far as they are computed. An inner `None` is a result too: what the
/// analysis needs, as a price, does not exist.
#[derive(Clone, Default, PartialEq)]
pub struct Analyses {
    /// Confidence intervals of shares and money.
    pub intervals: Option<Shared<Intervals>>,
    /// All included respondents, then, where several segments are included, each of them.
    pub attributes: Option<Shared<Vec<AttributeGroup>>>,
    /// Willingness to pay for every level.
    pub willingness_to_pay: Option<Shared<Option<WillingnessToPay>>>,
    /// Point and arc elasticities of the price.
    pub elasticities: Option<Shared<Option<Elasticities>>>,
    /// The demand curve of one product.
    pub demand_curve: Option<Shared<Option<DemandCurve>>>,
    /// Where the buyers of every product go without it.
    pub diversion: Option<Shared<Matrix>>,
    /// The best price of one product.
    pub best_price: Option<Shared<Option<BestPrice>>>,
    /// Who chooses every product.
    pub choosers: Option<Shared<Choosers>>,
    /// What the selected level is worth to each respondent.
    pub level_worth: Option<Shared<Option<LevelWorth>>>,
    /// How many analyses are computed, of how many.
    pub progress: (usize, usize),
    /// Why there will be no more.
    pub failure: Option<String>,
    /// Begins again.
    pub compute: Callback<()>,
}

/// A result, and what it follows from.
struct Known<T> {
    analysis: Analysis,
    input: Rc<SimulationInput>,
    result: Shared<T>,
}

/// The last result of each analysis.
#[derive(Default)]
struct Results {
    intervals: Option<Known<Intervals>>,
    attributes: Option<Known<Vec<AttributeGroup>>>,
    willingness_to_pay: Option<Known<Option<WillingnessToPay>>>,
    elasticities: Option<Known<Option<Elasticities>>>,
    demand_curve: Option<Known<Option<DemandCurve>>>,
    diversion: Option<Known<Matrix>>,
    best_price: Option<Known<Option<BestPrice>>>,
    choosers: Option<Known<Choosers>>,
    level_worth: Option<Known<Option<LevelWorth>>>,
}

/// The analyses of the state's page, in the order in which they are computed.
fn wanted(state: &State) -> Vec<Analysis> {
    let priced = || state.view().priced_product.clone();
    match state.page() {
        Page::Simulator => vec![
            Analysis::Intervals,
            Analysis::DemandCurve(priced()),
            Analysis::Choosers,
        ],
        Page::Insights => {
            let always = [
                Analysis::Attributes,
                Analysis::WillingnessToPay(priced()),
                Analysis::Elasticity,
                Analysis::Diversion,
            ];
            let worth = worth_selection(state).map(Analysis::LevelWorth);
            always.into_iter().chain(worth).collect()
        }
        Page::Optimizer => vec![Analysis::BestPrice(price_goal(state))],
        Page::Attractiveness | Page::Sweep | Page::Data => Vec::new(),
    }
}

impl Results {
    /// Keeps a result in place of the last one of its analysis.
    fn keep(&mut self, analysis: Analysis, input: &Rc<SimulationInput>, result: AnalysisResult) {
        fn known<T>(
            analysis: Analysis,
            input: &Rc<SimulationInput>,
            result: T,
        ) -> Option<Known<T>> {
            Some(Known {
                analysis,
                input: Rc::clone(input),
                result: Shared::new(result),
            })
        }
        match result {
            AnalysisResult::Intervals(result) => self.intervals = known(analysis, input, result),
            AnalysisResult::Attributes(result) => self.attributes = known(analysis, input, result),
            AnalysisResult::WillingnessToPay(result) => {
                self.willingness_to_pay = known(analysis, input, result);
            }
            AnalysisResult::Elasticity(result) => {
                self.elasticities = known(analysis, input, result);
            }
            AnalysisResult::DemandCurve(result) => {
                self.demand_curve = known(analysis, input, result);
            }
            AnalysisResult::Diversion(result) => self.diversion = known(analysis, input, result),
            AnalysisResult::BestPrice(result) => self.best_price = known(analysis, input, result),
            AnalysisResult::LevelWorth(result) => {
                self.level_worth = known(analysis, input, result);
            }
            AnalysisResult::Choosers(result) => self.choosers = known(analysis, input, result),
        }
    }

    /// The results that are those of this input, and the analyses that are missing.
    fn current(&self, wanted: &[Analysis], input: &SimulationInput) -> (Analyses, Vec<Analysis>) {
        let mut missing = wanted.to_vec();
        let analyses = Analyses {
            intervals: current(&self.intervals, input, &mut missing),
            attributes: current(&self.attributes, input, &mut missing),
            willingness_to_pay: current(&self.willingness_to_pay, input, &mut missing),
            elasticities: current(&self.elasticities, input, &mut missing),
            demand_curve: current(&self.demand_curve, input, &mut missing),
            diversion: current(&self.diversion, input, &mut missing),
            best_price: current(&self.best_price, input, &mut missing),
            choosers: current(&self.choosers, input, &mut missing),
            level_worth: current(&self.level_worth, input, &mut missing),
            progress: (0, wanted.len()),
            failure: None,
            compute: Callback::noop(),
        };
        let progress = (wanted.len() - missing.len(), wanted.len());
        (
            Analyses {
                progress,
                ..analyses
            },
            missing,
        )
    }
}

/// A result that is that of this input, and takes its analysis off those that are missing.
fn current<T>(
    known: &Option<Known<T>>,
    input: &SimulationInput,
    missing: &mut Vec<Analysis>,
) -> Option<Shared<T>> {
    let known = known.as_ref().filter(|known| *known.input == *input)?;
    let place = missing
        .iter()
        .position(|wanted| *wanted == known.analysis)?;
    missing.remove(place);
    Some(known.result.clone())
}

/// Computes the analyses at the newest results. Those of older ones are given up, and those that are
/// known stay.
#[hook]
pub fn use_analyses(loaded: &Rc<Loaded>, live: &Live, state: &State) -> Analyses {
    let results = use_mut_ref(Results::default);
    let failure = use_state(|| None::<(Rc<SimulationInput>, String)>);
    let attempt = use_state(|| 0_usize);
    let update = use_force_update();
    let wanted = wanted(state);
    let input = use_memo(simulation_input(loaded, live), SimulationInput::clone);
    let (analyses, missing) = results.borrow().current(&wanted, &input);
    {
        let (source, failure) = (loaded.source.clone(), failure.setter());
        let begins = (Rc::clone(&input), wanted, *attempt);
        use_effect_with(begins, move |(input, ..)| {
            let input = Rc::clone(input);
            let pending = (!missing.is_empty()).then(|| {
                let request = Request::Analyze(SimulationInput::clone(&input), missing.clone());
                let left = RefCell::new(missing.into_iter());
                timing::begin();
                send_about(&source, request, move |event| match event {
                    WorkerEvent::Progress(Progress::Analyzed(result)) => {
                        // They come in the order in which they were asked for.
                        if let Some(analysis) = left.borrow_mut().next() {
                            timing::part("market analysis");
                            results.borrow_mut().keep(analysis, &input, result);
                        }
                        update.force_update();
                    }
                    WorkerEvent::Progress(_) | WorkerEvent::Response(..) => {}
                    WorkerEvent::Failed(error) => {
                        failure.set(Some((Rc::clone(&input), error.to_string())));
                    }
                })
            });
            // A computation that is not done ends with what it is for.
            move || drop::<Option<PendingRequest>>(pending)
        });
    }
    let failure = failure.as_ref().filter(|(of, _)| Rc::ptr_eq(of, &input));
    Analyses {
        failure: failure.map(|(_, reason)| reason.clone()),
        compute: Callback::from(move |()| attempt.set(*attempt + 1)),
        ..analyses
    }
}
