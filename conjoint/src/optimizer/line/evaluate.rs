//! Computes the figures of one line after another.
//!
//! The reach by first choice is a union of sets: a respondent is reached if any offer of the line beats
//! everything that is not in a line. By share of preference it is `Σ_r w[r]·T[r]/(E[r] + T[r])`, with the sum T
//! of `exp(s·(U − M))` over the line and E over everything else. Both are computed from one column per
//! candidate. All other figures follow from a simulation with the line's offers.

use crate::choice::{ChanceSource, StaticBest, max_in_place};
use crate::index_vec::{Position, ProductIndex};
use crate::simulation::Simulation;
use crate::simulation::scenario::Scenario;

use super::{LineObjective, LineRequest};

/// Respondents in a word of a set.
const WORD: usize = 64;

/// Computes the figures of lines.
pub(super) struct LineEvaluator {
    /// The study with every candidate off the market.
    empty: Scenario,
    simulation: Simulation,
    kept: Vec<ProductIndex>,
    candidates: Vec<ProductIndex>,
    objective: LineObjective,
    brand: Option<crate::index_vec::BrandIndex>,
    reach: ReachForm,
}

/// How the reach is computed.
enum ReachForm {
    /// The respondents whom each candidate reaches, and those whom the kept offers do.
    Sets {
        candidates: Vec<Vec<u64>>,
        kept: Vec<u64>,
        weights: ByteWeights,
    },
    /// The terms of each candidate, of the kept offers, and of everything else, by respondent.
    Logit {
        candidates: Vec<Vec<f64>>,
        kept: Vec<f64>,
        others: Vec<f64>,
        weights: Vec<f64>,
        total: f64,
    },
    /// From the simulation.
    Simulated,
}

/// The weights of respondents, summed for every byte of a set.
struct ByteWeights {
    sums: Vec<[f64; 256]>,
    total: f64,
}

impl ByteWeights {
    fn new(weights: &[f64]) -> Self {
        let bytes = weights.chunks(8).map(|weights| {
            let mut sums = [0.0; 256];
            for (byte, sum) in sums.iter_mut().enumerate() {
                let bits = weights.iter().enumerate();
                let included = bits.filter(|(bit, _)| byte >> bit & 1 == 1);
                *sum = included.map(|(_, weight)| weight).sum();
            }
            sums
        });
        Self {
            sums: bytes.collect(),
            total: weights.iter().sum(),
        }
    }

    /// The share of the weights of a set.
    fn share(&self, set: &[u64]) -> f64 {
        let bytes = set.iter().flat_map(|word| word.to_le_bytes());
        let sums = self.sums.iter().zip(bytes);
        let sum: f64 = sums.map(|(sums, byte)| sums[usize::from(byte)]).sum();
        sum / self.total
    }
}

impl LineEvaluator {
    pub(super) fn new(
        simulation: &Simulation,
        request: &LineRequest,
        candidates: Vec<ProductIndex>,
    ) -> Self {
        let study = simulation.selected();
        let mut empty = simulation.scenario().clone();
        for product in &candidates {
            // Withdrawing an offer cannot fail.
            let _ = empty.set_withdrawn(study, *product, true);
        }
        Self {
            reach: ReachForm::new(simulation, &candidates, &request.kept),
            empty,
            simulation: simulation.clone(),
            kept: request.kept.clone(),
            objective: match (request.objective, request.brand) {
                (LineObjective::Share, None) => LineObjective::Reach,
                (objective, _) => objective,
            },
            brand: request.brand,
            candidates,
        }
    }

    pub(super) fn candidates(&self) -> &[ProductIndex] {
        &self.candidates
    }

    /// The work for one line, in respondents' choices.
    pub(super) fn estimate_work(&self) -> u64 {
        let respondents = self.simulation.selected().respondents.len() as u64;
        let is_fast = !matches!(self.reach, ReachForm::Simulated);
        match is_fast && self.objective == LineObjective::Reach {
            true => respondents,
            false => {
                let model = self.simulation.model();
                let offers = self.simulation.scenario().offers().len() as u64;
                respondents * offers * model.rule.cost(model.draws)
            }
        }
    }

    /// Objective and reach of the line with the candidates at these positions.
    pub(super) fn evaluate(&mut self, positions: &[usize]) -> [f64; 2] {
        let is_simulated = matches!(self.reach, ReachForm::Simulated);
        if is_simulated || self.objective != LineObjective::Reach {
            self.simulate(positions);
        }
        let reach = match &self.reach {
            ReachForm::Sets { .. } | ReachForm::Logit { .. } => self.reach.compute(positions),
            ReachForm::Simulated => self.simulated_reach(positions),
        };
        let Some(brand) = self.brand else {
            return [reach, reach];
        };
        let money = |figure: fn(&crate::market::Figures) -> f64| {
            let brands = self.simulation.brands();
            brands.map_or(0.0, |brands| figure(&brands[brand].new))
        };
        let value = match self.objective {
            LineObjective::Reach => reach,
            LineObjective::Share => self.simulation.brand_shares()[brand],
            LineObjective::Revenue => money(|figures| figures.revenue),
            LineObjective::Ebit => money(|figures| figures.ebit),
        };
        [value, reach]
    }

    /// Puts the line on the market.
    fn simulate(&mut self, positions: &[usize]) {
        let mut scenario = self.empty.clone();
        let study = std::sync::Arc::clone(self.simulation.selected());
        for product in positions
            .iter()
            .filter_map(|place| self.candidates.get(*place))
        {
            // Candidates have a brand, so that they can be offered again.
            let _ = scenario.set_withdrawn(&study, *product, false);
        }
        self.simulation.set_scenario(scenario);
    }

    fn simulated_reach(&self, positions: &[usize]) -> f64 {
        let demand = self.simulation.live().demand();
        let chosen = positions
            .iter()
            .filter_map(|place| self.candidates.get(*place));
        let line = self.kept.iter().chain(chosen);
        let sum: f64 = line.map(|product| demand.total(*product)).sum();
        sum / self.simulation.selected().respondents.total_weight()
    }
}

impl ReachForm {
    fn new(simulation: &Simulation, candidates: &[ProductIndex], kept: &[ProductIndex]) -> Self {
        let line: Vec<ProductIndex> = candidates.iter().chain(kept).copied().collect();
        let weights = simulation.selected().respondents.weights.as_slice();
        let column = |product: ProductIndex| {
            let respondents = weights.len();
            let utilities = simulation.live().utilities().as_slice();
            let start = product.index() * respondents;
            utilities
                .get(start..start + respondents)
                .unwrap_or_default()
        };
        match simulation.model().rule.chance_source() {
            ChanceSource::FirstChoices => {
                let others = StaticBest::new(simulation.live(), &line);
                let set =
                    |product: &ProductIndex| pack(&others.find_wins(*product, column(*product)));
                let mut reached = vec![0; weights.len().div_ceil(WORD)];
                kept.iter()
                    .for_each(|product| unite(&mut reached, &set(product)));
                Self::Sets {
                    candidates: candidates.iter().map(set).collect(),
                    kept: reached,
                    weights: ByteWeights::new(weights),
                }
            }
            ChanceSource::Logit => {
                let none = &simulation.chooser().none;
                let mut highest = none.clone();
                let offers = simulation.scenario().offers().indices();
                offers.for_each(|product| max_in_place(&mut highest, column(product)));
                let scale = simulation.model().scale;
                let terms = |column: &[f64]| -> Vec<f64> {
                    let pairs = column.iter().zip(&highest);
                    let term = |(utility, highest): (&f64, &f64)| match highest.is_finite() {
                        true => (scale * (utility - highest)).exp(),
                        false => 0.0,
                    };
                    pairs.map(term).collect()
                };
                let sum = |columns: &mut dyn Iterator<Item = &[f64]>| {
                    let mut sums = vec![0.0; weights.len()];
                    for column in columns {
                        add(&mut sums, &terms(column));
                    }
                    sums
                };
                let offers = simulation.scenario().offers().indices();
                let others = offers.filter(|product| !line.contains(product)).map(column);
                Self::Logit {
                    candidates: candidates.iter().map(|it| terms(column(*it))).collect(),
                    kept: sum(&mut kept.iter().map(|it| column(*it))),
                    others: sum(&mut others.chain([none.as_slice()])),
                    total: weights.iter().sum(),
                    weights: weights.to_vec(),
                }
            }
            ChanceSource::Computed(_) | ChanceSource::Drawn(_) => Self::Simulated,
        }
    }

    /// The reach of the line with the candidates at these positions; 0 where it must be simulated.
    fn compute(&self, positions: &[usize]) -> f64 {
        match self {
            Self::Sets {
                candidates,
                kept,
                weights,
            } => {
                let mut reached = kept.clone();
                for set in positions.iter().filter_map(|place| candidates.get(*place)) {
                    unite(&mut reached, set);
                }
                weights.share(&reached)
            }
            Self::Logit {
                candidates,
                kept,
                others,
                weights,
                total,
            } => {
                let mut line = kept.clone();
                for terms in positions.iter().filter_map(|place| candidates.get(*place)) {
                    add(&mut line, terms);
                }
                let pairs = line.iter().zip(others).zip(weights);
                let shares = pairs.map(|((line, others), weight)| match *line > 0.0 {
                    true => weight * line / (line + others),
                    false => 0.0,
                });
                shares.sum::<f64>() / total
            }
            Self::Simulated => 0.0,
        }
    }
}

/// A set of respondents, a bit each.
fn pack(members: &[bool]) -> Vec<u64> {
    let words = members.chunks(WORD).map(|members| {
        let bits = members.iter().enumerate();
        bits.fold(0, |word, (bit, member)| word | u64::from(*member) << bit)
    });
    words.collect()
}

fn unite(set: &mut [u64], other: &[u64]) {
    for (word, other) in set.iter_mut().zip(other) {
        *word |= other;
    }
}

fn add(sums: &mut [f64], terms: &[f64]) {
    for (sum, term) in sums.iter_mut().zip(terms) {
        *sum += term;
    }
}
