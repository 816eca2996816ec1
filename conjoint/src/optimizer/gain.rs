//! What other offers bring compared with the simulation's own: the objective, and its gain, with
//! intervals.
//!
//! `gain = V(offers) − V(today)` with the objective V. The intervals are percentile intervals of a
//! bootstrap of the respondents (see [`crate::stats::bootstrap`]); both terms of a gain come from the
//! same resamples. Respondents' choices do not change between resamples, nor do rates, volumes and
//! margins, which do not come from the survey.

use super::objective::{Objective, ObjectiveMeasure};
use super::plan::{Plan, ValueCosts};
use super::search::Candidate;
use crate::choice::{Choices, Demand};
use crate::index_vec::{BrandIndex, IndexVec, ProductIndex};
use crate::market::{CustomerBase, Measure, PriceList};
use crate::simulation::Simulation;
use crate::stats::bootstrap::{Bootstrap, Estimate, Interval, Level, Resamples};
use crate::study::{Offer, Study};

/// What offers bring.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Gain {
    /// The share of respondents by the rule of the choice model, 0–1: of one product, or of the
    /// beneficiary.
    pub share: Estimate,
    /// The objective, in the unit of its measure, without the costs of values.
    pub objective: Estimate,
    /// The objective minus that of the simulation's own offers.
    pub gain: Estimate,
}

impl Plan {
    /// What candidates bring compared with the simulation's offers, with the beneficiary's shares. Empty
    /// if values have costs, which the intervals leave out.
    pub fn estimate_gains(
        &self,
        simulation: &Simulation,
        candidates: &[Candidate],
        bootstrap: Bootstrap,
        level: Level,
    ) -> Vec<Gain> {
        if self.costs != ValueCosts::default() {
            return Vec::new();
        }
        let estimator = GainEstimator::new(simulation, self.objective, bootstrap, level);
        let today = estimator.compute(simulation);
        let gain = |candidate: &Candidate| {
            let (study, scenario) = (simulation.selected(), simulation.scenario());
            let mut changed = simulation.clone();
            changed.set_scenario(self.apply_candidate(study, scenario, candidate));
            estimator.compare(&estimator.compute(&changed), &today)
        };
        candidates.iter().map(gain).collect()
    }
}

/// Estimates what offers bring compared with a simulation's own.
pub(super) struct GainEstimator<'s> {
    simulation: &'s Simulation,
    objective: Objective,
    bootstrap: Bootstrap,
    level: Level,
    /// The customers of each resample; `None` in a study without money.
    bases: Vec<Option<CustomerBase>>,
}

/// Offers, as far as figures follow from them and the demand.
pub(super) struct Alternative {
    prices: PriceList,
    /// The product whose share is wanted; `None` for the beneficiary's.
    product: Option<ProductIndex>,
}

/// The share and the objective of an alternative.
pub(super) struct Outcome {
    pub(super) values: [f64; 2],
    /// The same in every resample.
    pub(super) replicates: Vec<[f64; 2]>,
}

impl<'s> GainEstimator<'s> {
    /// Resamples the respondents of a simulation.
    pub(super) fn new(
        simulation: &'s Simulation,
        objective: Objective,
        bootstrap: Bootstrap,
        level: Level,
    ) -> Self {
        let study = simulation.selected();
        let base = |weights: Vec<f64>| {
            let market = study.market.as_ref()?;
            let baseline = simulation.baseline().compute_demand(study, &weights);
            let owners = simulation.owners().reweighted(study, &weights);
            Some(CustomerBase::new(study, market, &owners, &baseline))
        };
        let mut estimator = Self {
            simulation,
            objective,
            bootstrap,
            level,
            bases: Vec::new(),
        };
        // Shares follow from the demand without any customers.
        let bases = match objective.measure {
            ObjectiveMeasure::Share => Vec::new(),
            ObjectiveMeasure::Revenue | ObjectiveMeasure::Ebit => {
                estimator.resamples().map(base).collect()
            }
        };
        estimator.bases = bases;
        estimator
    }

    pub(super) fn simulation(&self) -> &'s Simulation {
        self.simulation
    }

    /// The resamples; drawing them again takes less than keeping all their weights.
    pub(super) fn resamples(&self) -> Resamples {
        let people = &self.simulation.selected().respondents;
        self.bootstrap.resamples(&people.ids, &people.weights)
    }

    /// Whether the beneficiary gains what this offer's brand gains.
    pub(super) fn includes_offer(&self, offer: &Offer) -> bool {
        let study = self.simulation.selected();
        let brand = study.schema.brand_of(offer);
        brand.is_some_and(|brand| self.objective.beneficiary.includes_brand(study, brand))
    }

    /// What an alternative brings compared with today's offers.
    pub(super) fn compare(&self, outcome: &Outcome, today: &Outcome) -> Gain {
        let [share, objective] = outcome.values;
        let replicates = || outcome.replicates.iter();
        let gains = replicates().zip(&today.replicates);
        let gains = gains.map(|([_, objective], [_, today])| objective - today);
        let estimate = |mean, replicates| Estimate {
            mean,
            interval: Interval::from_replicates(replicates, self.level),
        };
        Gain {
            share: estimate(share, replicates().map(|[share, _]| *share).collect()),
            gain: estimate(objective - today.values[1], gains.collect()),
            objective: estimate(
                objective,
                replicates().map(|[_, objective]| *objective).collect(),
            ),
        }
    }

    /// What the offers of a simulation of the same respondents bring.
    fn compute(&self, simulation: &Simulation) -> Outcome {
        let (study, choices) = (self.simulation.selected(), simulation.live());
        let alternative = Alternative::new(study, simulation.scenario().offers(), None);
        let replicates = self.resamples().enumerate().map(|(resample, weights)| {
            let demand = choices.compute_demand(study, &weights);
            self.evaluate_resample(&alternative, resample, &demand, weights.iter().sum())
        });
        Outcome {
            values: self.evaluate_all(&alternative, choices),
            replicates: replicates.collect(),
        }
    }

    /// The share and the objective of all respondents.
    pub(super) fn evaluate_all(&self, alternative: &Alternative, choices: &Choices) -> [f64; 2] {
        let study = self.simulation.selected();
        let weights = study.respondents.weights.as_slice();
        let demand = choices.compute_demand(study, weights);
        let base = self.simulation.customer_base.as_deref();
        self.evaluate(alternative, &demand, weights.iter().sum(), base)
    }

    /// The share and the objective of a resample with that demand and `all` weights.
    pub(super) fn evaluate_resample(
        &self,
        alternative: &Alternative,
        resample: usize,
        demand: &Demand,
        all: f64,
    ) -> [f64; 2] {
        let base = self.bases.get(resample).and_then(Option::as_ref);
        self.evaluate(alternative, demand, all, base)
    }

    fn evaluate(
        &self,
        alternative: &Alternative,
        demand: &Demand,
        all: f64,
        base: Option<&CustomerBase>,
    ) -> [f64; 2] {
        let study = self.simulation.selected();
        let share = match alternative.product {
            Some(product) => demand.total(product) / all,
            None => self.share(demand, &alternative.prices, all),
        };
        let money = |measure| {
            let changes = base.map(|base| base.changes(demand, &alternative.prices));
            let changes = changes.iter().flat_map(|changes| changes.enumerate());
            let own = changes.filter(|(brand, _)| {
                let beneficiary = self.objective.beneficiary;
                beneficiary.includes_brand(study, *brand)
            });
            own.map(|(_, change)| change.new.get(measure)).sum()
        };
        let objective = match self.objective.measure {
            ObjectiveMeasure::Share => self.share(demand, &alternative.prices, all),
            ObjectiveMeasure::Revenue => money(Measure::Revenue),
            ObjectiveMeasure::Ebit => money(Measure::Ebit),
        };
        [share, objective]
    }

    /// The beneficiary's share.
    fn share(&self, demand: &Demand, list: &PriceList, all: f64) -> f64 {
        let study = self.simulation.selected();
        let beneficiary = self.objective.beneficiary;
        let brands = study.brands.indices();
        let brands = brands.filter(|brand| beneficiary.includes_brand(study, *brand));
        let share = |brand: BrandIndex| {
            let own = list
                .brands
                .enumerate()
                .filter(|(_, of)| **of == Some(brand));
            own.map(|(product, _)| demand.total(product)).sum::<f64>() / all
        };
        brands.map(share).sum()
    }
}

impl Alternative {
    pub(super) fn new(
        study: &Study,
        offers: &IndexVec<ProductIndex, Offer>,
        product: Option<ProductIndex>,
    ) -> Self {
        Self {
            prices: PriceList::new(study, offers),
            product,
        }
    }
}
