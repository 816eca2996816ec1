//! Confidence intervals of shares and money: percentile intervals of a bootstrap of the respondents
//! (see [`crate::stats::bootstrap`] for the source).
//!
//! A resample with the weights w, respondents long, gives one replicate of every figure. For a share
//! it is `S = Σ_r w[r]·P[r] / Σ_r w[r]`, 0–1, with respondent r's probability P of the choice. Money
//! figures follow from the demand `Σ_r w[r]·P[r]` and the reweighted owners, in the measure's unit.
//!
//! Replicates with the live scenario and at the baseline come from the same resampled respondents, so
//! that the interval of a difference is that of the paired differences. Each respondent's choices
//! stay unchanged, as does the scale of the errors of randomized first choice. Rates, volumes and
//! margins do not come from the survey, and stay unchanged too.

use crate::choice::Demand;
use crate::index_vec::{BrandIndex, IndexVec, Position, ProductIndex};
use crate::market::{Change, CustomerBase, Measure, PriceList};
use crate::simulation::{Simulation, shares_by_brand};
use crate::stats::bootstrap::{Bootstrap, Interval, Level};
use crate::study::Market;

/// The intervals of a figure with the live scenario, at the baseline, and of the difference, in the
/// figure's unit. `None` if no respondent is included, and at the baseline for an added product.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PairedIntervals {
    /// With the live scenario.
    pub live: Option<Interval>,
    /// At the study's own offers.
    pub baseline: Option<Interval>,
    /// Live minus baseline.
    pub difference: Option<Interval>,
}

/// The intervals of all shares and all money figures.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Intervals {
    /// The number of included respondents.
    pub respondents: usize,
    /// The effective sample size: the number of equally weighted respondents with the same precision.
    pub effective_respondents: f64,
    /// Every product's share by the rule of the choice model, 0–1.
    pub products: IndexVec<ProductIndex, PairedIntervals>,
    /// Every brand's share by the rule of the choice model, 0–1.
    pub brands: IndexVec<BrandIndex, PairedIntervals>,
    /// The share of None, 0–1.
    pub none: PairedIntervals,
    /// Every brand's figures after the period, in the order of [`Measure::ALL`]; `None` in a study
    /// without money.
    pub money: Option<IndexVec<BrandIndex, [PairedIntervals; 4]>>,
}

impl Intervals {
    /// Computes the intervals at a confidence level.
    ///
    /// # Examples
    /// ```
    /// use conjoint::analysis::interval::Intervals;
    /// use conjoint::stats::bootstrap::{Bootstrap, Level};
    /// use conjoint::testing::generate_simulation;
    ///
    /// let simulation = generate_simulation(1, &[("Gen X", 20)]);
    /// let intervals = Intervals::compute(&simulation, Bootstrap::default(), Level::default());
    /// for (product, share) in simulation.shares().enumerate() {
    ///     let interval = intervals.products[product].live.unwrap();
    ///     assert!(interval.low <= share.share && share.share <= interval.high);
    /// }
    /// ```
    pub fn compute(simulation: &Simulation, bootstrap: Bootstrap, level: Level) -> Self {
        let study = simulation.selected();
        let people = &study.respondents;
        let mut replicates = Replicates::new(simulation);
        for weights in bootstrap.resamples(&people.ids, &people.weights) {
            replicates.add(simulation, &weights);
        }
        let Replicates {
            products,
            brands,
            none,
            money,
        } = replicates;
        let paired = |replicates: PairedReplicates| replicates.intervals(level);
        Self {
            respondents: people.count_included(&people.weights),
            effective_respondents: people.effective_sample_size(),
            products: products.into_iter().map(paired).collect(),
            brands: brands.into_iter().map(paired).collect(),
            none: none.intervals(level),
            money: study.market.is_some().then(|| {
                let brands = money.into_iter();
                brands.map(|measures| measures.map(paired)).collect()
            }),
        }
    }
}

/// The replicates of one figure, one a resample.
#[derive(Clone, Default)]
struct PairedReplicates {
    live: Vec<f64>,
    baseline: Vec<f64>,
}

impl PairedReplicates {
    fn add(&mut self, live: f64, baseline: Option<f64>) {
        self.live.push(live);
        self.baseline.extend(baseline);
    }

    fn intervals(self, level: Level) -> PairedIntervals {
        let pairs = self.live.iter().zip(&self.baseline);
        let differences = pairs.map(|(live, baseline)| live - baseline).collect();
        PairedIntervals {
            live: Interval::from_replicates(self.live, level),
            baseline: Interval::from_replicates(self.baseline, level),
            difference: Interval::from_replicates(differences, level),
        }
    }
}

/// The replicates of all figures.
struct Replicates {
    products: Vec<PairedReplicates>,
    brands: Vec<PairedReplicates>,
    none: PairedReplicates,
    money: Vec<[PairedReplicates; 4]>,
}

impl Replicates {
    fn new(simulation: &Simulation) -> Self {
        let brands = simulation.selected().brands.len();
        Self {
            products: vec![PairedReplicates::default(); simulation.scenario().offers().len()],
            brands: vec![PairedReplicates::default(); brands],
            none: PairedReplicates::default(),
            money: vec![<[PairedReplicates; 4]>::default(); brands],
        }
    }

    /// Adds one replicate of each figure.
    fn add(&mut self, simulation: &Simulation, weights: &[f64]) {
        let study = simulation.selected();
        let live = simulation.live().compute_demand(study, weights);
        let baseline = simulation.baseline().compute_demand(study, weights);
        let all: f64 = weights.iter().sum();
        let baseline_products = study.offers.len();
        for (product, pairs) in self.products.iter_mut().enumerate() {
            let share = |demand: &Demand| demand.total(ProductIndex::from_index(product)) / all;
            let baseline = (product < baseline_products).then(|| share(&baseline));
            pairs.add(share(&live), baseline);
        }
        self.none
            .add(live.none_total() / all, Some(baseline.none_total() / all));
        let live_shares = shares_by_brand(study, &live, simulation.scenario().offers(), all);
        let baseline_shares = shares_by_brand(study, &baseline, &study.offers, all);
        let shares = live_shares.iter().zip(&baseline_shares);
        for (pairs, (live, baseline)) in self.brands.iter_mut().zip(shares) {
            pairs.add(*live, Some(*baseline));
        }
        let Some(market) = &study.market else { return };
        let [live, baseline] = compute_money(simulation, market, weights, [&live, &baseline]);
        for (pairs, (live, baseline)) in self.money.iter_mut().zip(live.iter().zip(&baseline)) {
            for (pairs, measure) in pairs.iter_mut().zip(Measure::ALL) {
                pairs.add(live.new.get(measure), Some(baseline.new.get(measure)));
            }
        }
    }
}

/// The money figures of a resample, live and at the baseline. Both have the cost base that follows
/// from the baseline demand.
fn compute_money(
    simulation: &Simulation,
    market: &Market,
    weights: &[f64],
    [live, baseline]: [&Demand; 2],
) -> [IndexVec<BrandIndex, Change>; 2] {
    let study = simulation.selected();
    let owners = simulation.owners().reweighted(study, weights);
    let base = CustomerBase::new(study, market, &owners, baseline);
    let prices = |offers| PriceList::new(study, offers);
    [
        base.changes(live, &prices(simulation.scenario().offers())),
        base.changes(baseline, &prices(&study.offers)),
    ]
}

#[cfg(test)]
mod tests;
