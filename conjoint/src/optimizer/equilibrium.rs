//! What becomes of a candidate once competitors answer: a game of prices.
//!
//! Each brand in turn, in the file's order, the goal's own among them, sets the monthly cost of
//! each of its products on offer, in the file's order, to what brings it the most EBIT while all
//! others stay: one of 41 values, from 80 % to 120 % of the cost at the start, as far as they lie
//! in the surveyed range. A cost that the plan varies stays as the candidate sets it. Rounds go on
//! until one moves nobody, which is an equilibrium of best answers (J. F. Nash, "Non-cooperative
//! games", 1951; for conjoint simulators S. C. Choi and W. S. DeSarbo, "Game theoretic derivations
//! of competitive strategies in conjoint analysis", 1993); until prices come again, which is a
//! cycle; or until there were too many of them.

use crate::index_vec::{AttributeIndex, BrandIndex, ProductIndex};
use crate::market::{Figures, consolidate};
use crate::simulation::Simulation;
use crate::stats::quantile::sorted;
use crate::study::Offer;
use crate::study::{Cell, Schema, Study};
use crate::sweep::tidy;

use crate::optimizer::costs::Costs;
use crate::optimizer::evaluate::Evaluator;
use crate::optimizer::plan::{Beneficiary, Objective, ObjectiveMeasure, Plan, Varied};
use crate::optimizer::search::best::Candidate;

/// Percent by which a price moves at most, in steps of 1.
const FARTHEST: i32 = 20;
/// Rounds after which prices have not settled.
const MOST_ROUNDS: usize = 50;
/// Of its size, how much higher an EBIT must be before a price moves for it: rounding is no reason.
const WORTH: f64 = 1e-9;

/// How the rounds ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Ending {
    /// A whole round moved nobody: no brand gains by another price of one product alone.
    Equilibrium,
    /// The prices are those of so many rounds before: they would go round for ever.
    Cycle(usize),
    /// The prices had not settled after the last round that is played.
    Unsettled,
}

/// A monthly cost that moved.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Reprice {
    /// The product.
    pub product: ProductIndex,
    /// Its monthly cost at the start.
    pub from: f64,
    /// Its monthly cost at the end.
    pub to: f64,
}

/// How the goal's brand or parent stands.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Standing {
    /// The goal's objective, costs of values taken off.
    pub objective: f64,
    /// Share of all respondents, by the rule, 0–1.
    pub share: f64,
    /// Its money after the period.
    pub figures: Figures,
}

/// What became of a candidate.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PriceEquilibrium {
    /// How many rounds were played.
    pub rounds: usize,
    /// How they ended.
    pub ending: Ending,
    /// The prices that moved, in the file's order.
    pub reprices: Vec<Reprice>,
    /// How the goal's brand or parent stands with the candidate, before anybody answers.
    pub before: Standing,
    /// The same at the end.
    pub after: Standing,
}

/// A game of prices being played. As an iterator it sets one product's price at a time;
/// [`Answering::answer`] tells how it stands by then.
pub struct PriceGame {
    simulation: Simulation,
    goal: Objective,
    costs: Costs,
    monthly: Option<AttributeIndex>,
    /// In the order of the turns.
    players: Vec<Player>,
    /// Whose turn it is.
    turn: usize,
    moved: bool,
    /// The positions of all players after every round, and at the start.
    seen: Vec<Vec<usize>>,
    ending: Option<Ending>,
    before: Standing,
}

/// A product whose price its brand sets.
struct Player {
    product: ProductIndex,
    brand: BrandIndex,
    prices: Vec<f64>,
    /// The positions of its price, at the start and now.
    from: usize,
    at: usize,
}

impl Plan {
    /// Starts the game of prices from a candidate.
    pub fn answer(&self, simulation: &Simulation, candidate: &Candidate) -> PriceGame {
        let study = simulation.selected();
        let mut simulation = simulation.clone();
        simulation.set_scenario(self.scenario(study, simulation.scenario(), candidate));
        let study = simulation.selected();
        let monthly = study.schema.monthly;
        let mut players = Vec::new();
        for brand in study.brands.indices() {
            for (product, offer) in simulation.scenario().offers().enumerate() {
                let is_own = study.schema.brand_of(offer) == Some(brand) && !offer.withdrawn;
                let varies = |monthly: &AttributeIndex| {
                    let mut varied = self.varied.iter();
                    varied.any(|own| own.product == product && own.attribute == *monthly)
                };
                let prices = monthly.filter(|monthly| is_own && !varies(monthly));
                let prices = prices.and_then(|monthly| prices_around(study, offer, monthly));
                players.extend(prices.map(|(prices, from)| Player {
                    product,
                    brand,
                    prices,
                    from,
                    at: from,
                }));
            }
        }
        PriceGame {
            before: standing(&simulation, self.goal, &self.costs),
            goal: self.goal,
            costs: self.costs.clone(),
            monthly,
            turn: 0,
            moved: false,
            seen: vec![players.iter().map(|player| player.at).collect()],
            ending: players.is_empty().then_some(Ending::Equilibrium),
            players,
            simulation,
        }
    }
}

impl PriceGame {
    /// How it stands; a game that is not over has not settled.
    pub fn answer(&self) -> PriceEquilibrium {
        let moved = self
            .players
            .iter()
            .filter(|player| player.at != player.from);
        let reprice = |player: &Player| {
            let [from, to] = [player.from, player.at].map(|at| player.prices.get(at).copied());
            Some(Reprice {
                product: player.product,
                from: from?,
                to: to?,
            })
        };
        let reprices = moved.filter_map(reprice).collect();
        PriceEquilibrium {
            rounds: self.seen.len() - 1,
            ending: self.ending.unwrap_or(Ending::Unsettled),
            reprices: sorted(reprices, |one: &Reprice, other| {
                one.product.cmp(&other.product)
            }),
            before: self.before,
            after: standing(&self.simulation, self.goal, &self.costs),
        }
    }

    /// Lets the player whose turn it is set its price.
    fn play(&mut self) -> Option<()> {
        let monthly = self.monthly?;
        let player = self.players.get_mut(self.turn)?;
        let plan = Plan {
            goal: Objective {
                objective: ObjectiveMeasure::Ebit,
                whose: Beneficiary::Brand(player.brand),
            },
            varied: vec![Varied {
                product: player.product,
                attribute: monthly,
                values: player
                    .prices
                    .iter()
                    .map(|price| Cell::Number(*price))
                    .collect(),
            }],
            costs: self.costs.clone(),
        };
        let mut evaluator = Evaluator::new(&self.simulation, &plan);
        let mut highest = evaluator.evaluate(&[player.at]);
        let mut best = player.at;
        for at in 0..player.prices.len() {
            let ebit = evaluator.evaluate(&[at]);
            if ebit > highest + WORTH * highest.abs() {
                (best, highest) = (at, ebit);
            }
        }
        if best != player.at {
            player.at = best;
            self.moved = true;
            let candidate = Candidate {
                positions: vec![best],
                objective: highest,
            };
            let scenario = self.simulation.scenario();
            let scenario = plan.scenario(self.simulation.selected(), scenario, &candidate);
            self.simulation.set_scenario(scenario);
        }
        Some(())
    }

    fn end_round(&mut self) {
        let state: Vec<usize> = self.players.iter().map(|player| player.at).collect();
        let before = self.seen.iter().rev().position(|seen| *seen == state);
        self.ending = match before {
            _ if !self.moved => Some(Ending::Equilibrium),
            Some(rounds) => Some(Ending::Cycle(rounds + 1)),
            None if self.seen.len() == MOST_ROUNDS => Some(Ending::Unsettled),
            None => None,
        };
        self.seen.push(state);
        self.turn = 0;
        self.moved = false;
    }
}

impl Iterator for PriceGame {
    type Item = ();

    fn next(&mut self) -> Option<()> {
        if self.ending.is_some() {
            return None;
        }
        self.play()?;
        self.turn += 1;
        if self.turn == self.players.len() {
            self.end_round();
        }
        Some(())
    }
}

/// The prices that a product may take, and the position of the present one; `None` without one.
fn prices_around(
    study: &Study,
    offer: &Offer,
    monthly: AttributeIndex,
) -> Option<(Vec<f64>, usize)> {
    let present = Schema::cell(offer, Some(monthly)).number()?;
    let attribute = &study.schema.attributes[monthly];
    let prices = (-FARTHEST..=FARTHEST).map(|percent| {
        (
            percent,
            tidy(present + present * f64::from(percent) / 100.0),
        )
    });
    let is_surveyed = |(percent, price): &(i32, f64)| {
        *percent == 0 || !attribute.is_outside(Cell::Number(*price))
    };
    let prices: Vec<(i32, f64)> = prices.filter(is_surveyed).collect();
    let at = prices.iter().position(|(percent, _)| *percent == 0)?;
    Some((prices.into_iter().map(|(_, price)| price).collect(), at))
}

/// How the goal's brand or parent stands.
fn standing(simulation: &Simulation, goal: Objective, costs: &Costs) -> Standing {
    let objective = |objective| {
        let plan = Plan {
            goal: Objective { objective, ..goal },
            varied: Vec::new(),
            costs: costs.clone(),
        };
        Evaluator::new(simulation, &plan).evaluate(&[])
    };
    let figures = simulation.brands().map(|brands| match goal.whose {
        Beneficiary::Brand(brand) => brands[brand].new,
        Beneficiary::Parent(parent) => consolidate(simulation.selected(), &brands)[parent].new,
    });
    Standing {
        objective: objective(goal.objective),
        share: objective(ObjectiveMeasure::Share),
        figures: figures.unwrap_or_default(),
    }
}
