//! How far shares and money would move had other people been asked.
//!
//! Every resample of a bootstrap of the respondents (see [`crate::stats::bootstrap`]) gives all shares
//! and all money anew, at the study's own offers and as the offers stand: both are of the same
//! resampled people, so that the interval of a difference is that of the paired differences. Each
//! respondent's choices stay what they are, and so does the scale of the errors of randomized
//! first choice; rates, volumes and margins are no survey's, and stay too.

use crate::choice::Demand;
use crate::index_vec::{BrandIndex, IndexVec, Position, ProductIndex};
use crate::market::{Change, CustomerBase, Measure, PriceList};
use crate::simulation::{Simulation, shares_by_brand};
use crate::stats::bootstrap::{Bootstrap, Interval, Level, counting, effective_sample_size};
use crate::study::Market;

/// Where a figure lies as the offers stand, at the study's own offers, and how far apart the two
/// are. `None` where nobody counts, and for a product that the study does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PairedIntervals {
    /// As the offers stand.
    pub live: Option<Interval>,
    /// At the study's own offers.
    pub baseline: Option<Interval>,
    /// Live less baseline.
    pub difference: Option<Interval>,
}

/// The intervals of all shares and all money.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Intervals {
    /// How many respondents count.
    pub respondents: usize,
    /// How many of equal weight would tell as much.
    pub effective_respondents: f64,
    /// Of every product's share by the rule, 0–1.
    pub products: IndexVec<ProductIndex, PairedIntervals>,
    /// Of every brand's share by the rule, 0–1.
    pub brands: IndexVec<BrandIndex, PairedIntervals>,
    /// Of the share of None, 0–1.
    pub none: PairedIntervals,
    /// Of every brand's figures after the period, in the order of [`Measure::ALL`]; `None` in a
    /// study without money.
    pub money: Option<IndexVec<BrandIndex, [PairedIntervals; 4]>>,
}

impl Intervals {
    /// The intervals of a simulation, at a level of confidence.
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
        let paired = |pairs: Pairs| pairs.intervals(level);
        Self {
            respondents: counting(people.weights.as_slice()),
            effective_respondents: effective_sample_size(people.weights.as_slice()),
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

/// A figure in every resample.
#[derive(Clone, Default)]
struct Pairs {
    live: Vec<f64>,
    baseline: Vec<f64>,
}

impl Pairs {
    fn add(&mut self, live: f64, baseline: Option<f64>) {
        self.live.push(live);
        self.baseline.extend(baseline);
    }

    fn intervals(self, level: Level) -> PairedIntervals {
        let pairs = self.live.iter().zip(&self.baseline);
        let differences = pairs.map(|(live, baseline)| live - baseline).collect();
        PairedIntervals {
            live: Interval::of(self.live, level),
            baseline: Interval::of(self.baseline, level),
            difference: Interval::of(differences, level),
        }
    }
}

/// All figures in every resample.
struct Replicates {
    products: Vec<Pairs>,
    brands: Vec<Pairs>,
    none: Pairs,
    money: Vec<[Pairs; 4]>,
}

impl Replicates {
    fn new(simulation: &Simulation) -> Self {
        let brands = simulation.selected().brands.len();
        Self {
            products: vec![Pairs::default(); simulation.scenario().offers().len()],
            brands: vec![Pairs::default(); brands],
            none: Pairs::default(),
            money: vec![<[Pairs; 4]>::default(); brands],
        }
    }

    /// Adds what one resample comes to.
    fn add(&mut self, simulation: &Simulation, weights: &[f64]) {
        let study = simulation.selected();
        let live = simulation.live().compute_demand(study, weights);
        let baseline = simulation.baseline().compute_demand(study, weights);
        let all: f64 = weights.iter().sum();
        let own = study.offers.len();
        for (product, pairs) in self.products.iter_mut().enumerate() {
            let share = |demand: &Demand| demand.total(ProductIndex::from_index(product)) / all;
            pairs.add(share(&live), (product < own).then(|| share(&baseline)));
        }
        self.none
            .add(live.none_total() / all, Some(baseline.none_total() / all));
        let live_shares = shares_by_brand(study, &live, simulation.scenario().offers(), all);
        let own_shares = shares_by_brand(study, &baseline, &study.offers, all);
        let shares = live_shares.iter().zip(&own_shares);
        for (pairs, (live, baseline)) in self.brands.iter_mut().zip(shares) {
            pairs.add(*live, Some(*baseline));
        }
        let Some(market) = &study.market else { return };
        let [live, baseline] = money(simulation, market, weights, [&live, &baseline]);
        for (pairs, (live, baseline)) in self.money.iter_mut().zip(live.iter().zip(&baseline)) {
            for (pairs, measure) in pairs.iter_mut().zip(Measure::ALL) {
                pairs.add(live.new.get(measure), Some(baseline.new.get(measure)));
            }
        }
    }
}

/// The money of a resample, live and at the study's own offers, which fix its cost base.
fn money(
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
