//! What other offers bring compared with the simulation's own: the objective, and its gain, with
//! intervals.
//!
//! `gain = V(offers) − V(today)` with the objective V. The intervals are percentile intervals of a
//! bootstrap of the respondents (see [`crate::stats::bootstrap`]); both terms of a gain come from the
//! same resamples. Respondents' choices do not change between resamples, nor do rates, volumes and
//! margins, which do not come from the survey.

use super::objective::{Beneficiary, Objective, ObjectiveMeasure};
use super::plan::{Plan, ValueCosts};
use super::search::Candidate;
use crate::choice::{Choices, Demand};
use crate::index_vec::{IndexVec, ProductIndex};
use crate::market::{CustomerBase, Measure, PriceList};
use crate::simulation::{Simulation, shares_by_brand};
use crate::stats::bootstrap::{Bootstrap, Estimate, Interval, Level};
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
        let gain = |candidate: &Candidate| {
            let (study, scenario) = (simulation.selected(), simulation.scenario());
            let mut changed = simulation.clone();
            changed.set_scenario(self.apply_candidate(study, scenario, candidate));
            estimator.estimate(changed.live(), changed.scenario().offers(), None)
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
    /// The objective of the simulation's own offers, and its replicates.
    today: (f64, Vec<f64>),
}

/// Offers, and what respondents choose among them.
struct Alternative<'a> {
    choices: &'a Choices,
    offers: &'a IndexVec<ProductIndex, Offer>,
    prices: PriceList,
    /// The product whose share is wanted; `None` for the beneficiary's.
    product: Option<ProductIndex>,
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
        let people = &study.respondents;
        let base = |weights: Vec<f64>| {
            let market = study.market.as_ref()?;
            let baseline = simulation.baseline().compute_demand(study, &weights);
            let owners = simulation.owners().reweighted(study, &weights);
            Some(CustomerBase::new(study, market, &owners, &baseline))
        };
        let resamples = bootstrap.resamples(&people.ids, &people.weights);
        let mut estimator = Self {
            simulation,
            objective,
            bootstrap,
            level,
            bases: resamples.map(base).collect(),
            today: (0.0, Vec::new()),
        };
        let offers = simulation.scenario().offers();
        let own = Alternative::new(study, simulation.live(), offers, None);
        let (today, replicates) = estimator.compute(&own);
        let replicates = replicates.into_iter().map(|[_, objective]| objective);
        estimator.today = (today[1], replicates.collect());
        estimator
    }

    /// What offers bring; the share is that of `product`, or of the beneficiary.
    pub(super) fn estimate(
        &self,
        choices: &Choices,
        offers: &IndexVec<ProductIndex, Offer>,
        product: Option<ProductIndex>,
    ) -> Gain {
        let study = self.simulation.selected();
        let alternative = Alternative::new(study, choices, offers, product);
        let ([share, objective], replicates) = self.compute(&alternative);
        let (today, today_replicates) = &self.today;
        let gains = replicates.iter().zip(today_replicates);
        let gains = gains.map(|([_, objective], today)| objective - today);
        let estimate = |mean, replicates| Estimate {
            mean,
            interval: Interval::from_replicates(replicates, self.level),
        };
        Gain {
            share: estimate(share, replicates.iter().map(|[share, _]| *share).collect()),
            gain: estimate(objective - today, gains.collect()),
            objective: estimate(
                objective,
                replicates.iter().map(|[_, objective]| *objective).collect(),
            ),
        }
    }

    /// The share and the objective, and their replicates.
    fn compute(&self, alternative: &Alternative<'_>) -> ([f64; 2], Vec<[f64; 2]>) {
        let people = &self.simulation.selected().respondents;
        let base = self.simulation.customer_base.as_deref();
        let values = self.evaluate(alternative, people.weights.as_slice(), base);
        // Drawing again takes less than keeping the weights of every resample.
        let resamples = self.bootstrap.resamples(&people.ids, &people.weights);
        let replicates = resamples
            .zip(&self.bases)
            .map(|(weights, base)| self.evaluate(alternative, &weights, base.as_ref()));
        (values, replicates.collect())
    }

    /// The share and the objective of respondents with these weights.
    fn evaluate(
        &self,
        alternative: &Alternative<'_>,
        weights: &[f64],
        base: Option<&CustomerBase>,
    ) -> [f64; 2] {
        let study = self.simulation.selected();
        let all: f64 = weights.iter().sum();
        let demand = alternative.choices.compute_demand(study, weights);
        let share = match alternative.product {
            Some(product) => demand.total(product) / all,
            None => self.share(&demand, alternative.offers, all),
        };
        let money = |measure| {
            let changes = base.map(|base| base.changes(&demand, &alternative.prices));
            let changes = changes.iter().flat_map(|changes| changes.enumerate());
            let own = changes.filter(|(brand, _)| {
                let beneficiary = self.objective.beneficiary;
                beneficiary.includes_brand(study, *brand)
            });
            own.map(|(_, change)| change.new.get(measure)).sum()
        };
        let objective = match self.objective.measure {
            ObjectiveMeasure::Share => self.share(&demand, alternative.offers, all),
            ObjectiveMeasure::Revenue => money(Measure::Revenue),
            ObjectiveMeasure::Ebit => money(Measure::Ebit),
        };
        [share, objective]
    }

    /// The beneficiary's share.
    fn share(&self, demand: &Demand, offers: &IndexVec<ProductIndex, Offer>, all: f64) -> f64 {
        let study = self.simulation.selected();
        let shares = shares_by_brand(study, demand, offers, all);
        match self.objective.beneficiary {
            Beneficiary::Brand(brand) => shares[brand],
            Beneficiary::Parent(_) => {
                let own = shares.enumerate().filter(|(brand, _)| {
                    let beneficiary = self.objective.beneficiary;
                    beneficiary.includes_brand(study, *brand)
                });
                own.map(|(_, share)| *share).sum()
            }
        }
    }
}

impl<'a> Alternative<'a> {
    fn new(
        study: &Study,
        choices: &'a Choices,
        offers: &'a IndexVec<ProductIndex, Offer>,
        product: Option<ProductIndex>,
    ) -> Self {
        Self {
            choices,
            offers,
            prices: PriceList::new(study, offers),
            product,
        }
    }
}
