//! Price games: what remains of a candidate's advantage once the competitors respond.
//!
//! The brands take turns in the order of the study's files, the beneficiary's own included. In its
//! turn a brand sets the monthly cost of each of its products on the market, one after another, to
//! the value with the highest EBIT for the brand while everything else stays unchanged. It chooses
//! among 41 values: between the bounds that the request sets for the product or, without bounds, from
//! 80 % to 120 % of the cost at the start, as far as they are within the surveyed range. A cost that the
//! plan varies stays at the candidate's value. A price that ends at a bound may not be the best one: its
//! brand might gain by going farther.
//!
//! Rounds continue until one changes no price, which is an equilibrium of best responses (J. F.
//! Nash, "Non-cooperative games", 1951; for conjoint simulators S. C. Choi and W. S. DeSarbo, "Game
//! theoretic derivations of competitive strategies in conjoint analysis", 1993), until earlier
//! prices recur, which is a cycle, or until the limit of rounds is reached.

mod bounds;
mod candidate_games;

pub use bounds::{FinalPrice, PriceBounds, default_price_bounds};
pub use candidate_games::CandidateGames;

use crate::index_vec::{AttributeIndex, BrandIndex, ProductIndex};
use crate::market::{Figures, consolidate};
use crate::simulation::Simulation;
use crate::stats::sort::stable_sort;
use crate::study::Cell;
use crate::sweep::RangeEdge;

use super::evaluate::Evaluator;
use super::objective::{Beneficiary, Objective, ObjectiveMeasure};
use super::plan::{Plan, ValueCosts, VaryingAttribute};
use super::search::Candidate;

/// The number of rounds after which the game is given up.
const MAX_ROUNDS: usize = 50;
/// The relative gain in EBIT below which a price stays, so that rounding errors change none.
const MIN_GAIN: f64 = 1e-9;

/// How a game ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Ending {
    /// A whole round changed no price: no brand gains by changing the price of one product.
    Equilibrium,
    /// The prices are the same as this number of rounds before, so they would cycle for ever.
    Cycle(usize),
    /// The prices had not settled when the game was stopped.
    Unsettled,
}

/// A monthly cost that changed.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PriceChange {
    /// The product.
    pub product: ProductIndex,
    /// Its monthly cost at the start.
    pub old_price: f64,
    /// Its monthly cost at the end.
    pub new_price: f64,
}

/// The figures of the objective's beneficiary at one point of a game.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct BeneficiaryOutcome {
    /// The value of the objective, with the costs of values deducted.
    pub objective_value: f64,
    /// The share of all respondents by the rule of the choice model, 0–1.
    pub share: f64,
    /// The money figures after the period.
    pub figures: Figures,
}

/// The result of a game.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PriceEquilibrium {
    /// The number of rounds played.
    pub rounds: usize,
    /// How the game ended.
    pub ending: Ending,
    /// The prices that changed, in the order of the offers.
    pub price_changes: Vec<PriceChange>,
    /// All prices that could change, with their bounds, in the order of the offers.
    pub final_prices: Vec<FinalPrice>,
    /// The beneficiary's figures with the candidate, before the first turn.
    pub outcome_before: BeneficiaryOutcome,
    /// The beneficiary's figures at the end.
    pub outcome_after: BeneficiaryOutcome,
}

impl PriceEquilibrium {
    /// Whether a price stopped at one of its bounds, so that the equilibrium is one within the bounds.
    pub fn stops_at_bounds(&self) -> bool {
        self.final_prices.iter().any(|price| price.edge.is_some())
    }
}

/// A game in progress. As an iterator, every step sets one product's price;
/// [`PriceGame::equilibrium`] gives the result so far.
pub struct PriceGame {
    simulation: Simulation,
    objective: Objective,
    costs: ValueCosts,
    monthly: Option<AttributeIndex>,
    /// In turn order.
    players: Vec<Player>,
    /// The player whose turn is next.
    turn: usize,
    /// Whether a price has changed in this round.
    has_changed: bool,
    /// The price positions of all players at the start and after every round.
    history: Vec<Vec<usize>>,
    ending: Option<Ending>,
    outcome_before: BeneficiaryOutcome,
}

/// A product whose price its brand sets.
struct Player {
    product: ProductIndex,
    brand: BrandIndex,
    prices: Vec<f64>,
    /// The position of its price at the start.
    start: usize,
    /// The position of its price now.
    current: usize,
}

impl Player {
    fn final_price(&self) -> Option<FinalPrice> {
        let (low, high) = (*self.prices.first()?, *self.prices.last()?);
        Some(FinalPrice {
            product: self.product,
            price: self.prices.get(self.current).copied()?,
            bounds: PriceBounds { low, high },
            edge: RangeEdge::find(&self.prices, self.current),
        })
    }
}

impl Plan {
    /// Starts the price game from a candidate.
    pub fn start_price_game(&self, simulation: &Simulation, candidate: &Candidate) -> PriceGame {
        let study = simulation.selected();
        let mut simulation = simulation.clone();
        simulation.set_scenario(self.apply_candidate(study, simulation.scenario(), candidate));
        let players = self.list_players(&simulation);
        PriceGame {
            outcome_before: compute_outcome(&simulation, self.objective, &self.costs),
            objective: self.objective,
            costs: self.costs.clone(),
            monthly: simulation.selected().schema.monthly,
            turn: 0,
            has_changed: false,
            history: vec![players.iter().map(|player| player.current).collect()],
            ending: players.is_empty().then_some(Ending::Equilibrium),
            players,
            simulation,
        }
    }

    /// The products whose prices change in the game, in turn order.
    fn list_players(&self, simulation: &Simulation) -> Vec<Player> {
        let study = simulation.selected();
        let Some(monthly) = study.schema.monthly else {
            return Vec::new();
        };
        let varies = |product| {
            let mut varying = self.varying.iter();
            varying.any(|other| other.product == product && other.attribute == monthly)
        };
        let mut players = Vec::new();
        for brand in study.brands.indices() {
            for (product, offer) in simulation.scenario().offers().enumerate() {
                let is_sold_by_brand = study.schema.brand_of(offer) == Some(brand);
                if !is_sold_by_brand || offer.withdrawn || varies(product) {
                    continue;
                }
                let bounds = self
                    .price_bounds
                    .iter()
                    .find(|(other, _)| *other == product);
                let bounds = bounds.map(|(_, bounds)| *bounds);
                let prices = bounds::list_prices(study, offer, bounds);
                players.extend(prices.map(|(prices, start)| Player {
                    product,
                    brand,
                    prices,
                    start,
                    current: start,
                }));
            }
        }
        players
    }
}

impl PriceGame {
    /// The result so far; a game that is not over counts as unsettled.
    pub fn equilibrium(&self) -> PriceEquilibrium {
        let players = self.players.iter();
        let changed = players.filter(|player| player.current != player.start);
        let price_changes = changed.filter_map(|player| {
            Some(PriceChange {
                product: player.product,
                old_price: player.prices.get(player.start).copied()?,
                new_price: player.prices.get(player.current).copied()?,
            })
        });
        let final_prices = self.players.iter().filter_map(Player::final_price);
        PriceEquilibrium {
            final_prices: stable_sort(final_prices.collect(), |one: &FinalPrice, other| {
                one.product.cmp(&other.product)
            }),
            rounds: self.history.len() - 1,
            ending: self.ending.unwrap_or(Ending::Unsettled),
            price_changes: stable_sort(price_changes.collect(), |one: &PriceChange, other| {
                one.product.cmp(&other.product)
            }),
            outcome_before: self.outcome_before,
            outcome_after: compute_outcome(&self.simulation, self.objective, &self.costs),
        }
    }

    /// Sets the price of the product whose turn it is.
    fn play_turn(&mut self) -> Option<()> {
        let monthly = self.monthly?;
        let player = self.players.get_mut(self.turn)?;
        let values = player.prices.iter().map(|price| Cell::Number(*price));
        let plan = Plan {
            objective: Objective {
                measure: ObjectiveMeasure::Ebit,
                beneficiary: Beneficiary::Brand(player.brand),
            },
            varying: vec![VaryingAttribute {
                product: player.product,
                attribute: monthly,
                values: values.collect(),
                range: None,
            }],
            costs: self.costs.clone(),
            price_bounds: Vec::new(),
        };
        let mut evaluator = Evaluator::new(&self.simulation, &plan);
        let mut highest = evaluator.evaluate(&[player.current]);
        let mut best = player.current;
        for position in 0..player.prices.len() {
            let ebit = evaluator.evaluate(&[position]);
            if ebit > highest + MIN_GAIN * highest.abs() {
                (best, highest) = (position, ebit);
            }
        }
        if best != player.current {
            player.current = best;
            self.has_changed = true;
            let candidate = Candidate {
                positions: vec![best],
                objective_value: highest,
            };
            let scenario = self.simulation.scenario();
            let scenario = plan.apply_candidate(self.simulation.selected(), scenario, &candidate);
            self.simulation.set_scenario(scenario);
        }
        Some(())
    }

    fn end_round(&mut self) {
        let prices: Vec<usize> = self.players.iter().map(|player| player.current).collect();
        let recurrence = self.history.iter().rev().position(|past| *past == prices);
        self.ending = match recurrence {
            _ if !self.has_changed => Some(Ending::Equilibrium),
            Some(rounds) => Some(Ending::Cycle(rounds + 1)),
            None if self.history.len() == MAX_ROUNDS => Some(Ending::Unsettled),
            None => None,
        };
        self.history.push(prices);
        self.turn = 0;
        self.has_changed = false;
    }
}

impl Iterator for PriceGame {
    type Item = ();

    fn next(&mut self) -> Option<()> {
        if self.ending.is_some() {
            return None;
        }
        self.play_turn()?;
        self.turn += 1;
        if self.turn == self.players.len() {
            self.end_round();
        }
        Some(())
    }
}

/// The beneficiary's figures with the simulation's offers.
fn compute_outcome(
    simulation: &Simulation,
    objective: Objective,
    costs: &ValueCosts,
) -> BeneficiaryOutcome {
    let value_of = |measure| {
        let plan = Plan {
            objective: Objective {
                measure,
                ..objective
            },
            varying: Vec::new(),
            costs: costs.clone(),
            price_bounds: Vec::new(),
        };
        Evaluator::new(simulation, &plan).evaluate(&[])
    };
    let figures = simulation
        .brands()
        .map(|brands| match objective.beneficiary {
            Beneficiary::Brand(brand) => brands[brand].new,
            Beneficiary::Parent(parent) => consolidate(simulation.selected(), &brands)[parent].new,
        });
    BeneficiaryOutcome {
        objective_value: value_of(objective.measure),
        share: value_of(ObjectiveMeasure::Share),
        figures: figures.unwrap_or_default(),
    }
}
