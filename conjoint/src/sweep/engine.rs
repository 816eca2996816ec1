//! What lockstep and grid share: a point moves the costs of a few products, so only their
//! utilities are recomputed and held against the best of all others, which stay.

use crate::choice::Tally;
use crate::finance::{Change, PriceList};
use crate::indexed::{BrandIndex, List, Position, ProductIndex, RespondentIndex};
use crate::movement::BrandChoices;
use crate::simulation::Simulation;
use crate::study::{Cell, Study};
use crate::utility::{self, PartWorths, between};

use super::plan::Cost;

/// A product whose costs move.
struct Moving {
    product: ProductIndex,
    /// Its utility at the point being computed, respondents long.
    utility: Vec<f64>,
    /// Its utility without the two costs, and with the upfront cost.
    without_costs: Vec<f64>,
    with_upfront: Vec<f64>,
    monthly: Cell,
    upfront: Cell,
    term: f64,
    withdrawn: bool,
}

/// The state from which every point is computed.
pub(super) struct Engine<'s> {
    simulation: &'s Simulation,
    moving: Vec<Moving>,
    /// The best product and its utility among those that stay.
    rest: Vec<(f64, Option<ProductIndex>)>,
    first: List<RespondentIndex, Option<ProductIndex>>,
    tally: Tally,
    prices: PriceList,
}

impl<'s> Engine<'s> {
    pub(super) fn new(simulation: &'s Simulation, products: &[ProductIndex]) -> Self {
        let study = simulation.study();
        let offers = simulation.scenario().offers();
        let respondents = study.respondents.len();
        let mut rest = vec![(f64::NEG_INFINITY, None); respondents];
        let utilities = simulation.live().utilities().as_slice();
        let columns = utilities.chunks_exact(respondents);
        for (product, column) in offers.indices().zip(columns) {
            if products.contains(&product) {
                continue;
            }
            for (best, utility) in rest.iter_mut().zip(column) {
                if *utility > best.0 {
                    *best = (*utility, Some(product));
                }
            }
        }
        // In file order, so that ties go to the first of them.
        let mut products = products.to_vec();
        products.sort_unstable();
        let moving = products.iter().map(|product| {
            let offer = &offers[*product];
            let mut without_costs = vec![0.0; respondents];
            utility::without_costs(study, offer, &mut without_costs);
            let number = |attribute| match offer.cells[attribute] {
                Cell::Number(value) => value,
                _ => 0.0,
            };
            Moving {
                product: *product,
                utility: vec![0.0; respondents],
                with_upfront: without_costs.clone(),
                without_costs,
                monthly: offer.cells[study.schema.monthly],
                upfront: offer.cells[study.schema.upfront],
                term: number(study.schema.term),
                withdrawn: offer.withdrawn,
            }
        });
        let mut engine = Self {
            simulation,
            moving: moving.collect(),
            rest,
            first: vec![None; respondents].into(),
            tally: Tally::new(offers.len(), study.segments.len()),
            prices: PriceList::of(study, offers),
        };
        for index in 0..engine.moving.len() {
            engine.refresh_upfront(index);
        }
        engine
    }

    /// Gives one product a new cost; [`Engine::choose`] makes it count.
    pub(super) fn set(&mut self, product: ProductIndex, cost: Cost, value: f64) {
        let Some(index) = self.moving.iter().position(|m| m.product == product) else {
            return;
        };
        let moving = &mut self.moving[index];
        let cell = Cell::Number(value);
        match cost {
            Cost::Monthly => moving.monthly = cell,
            Cost::Upfront if moving.upfront == cell => {}
            Cost::Upfront => {
                moving.upfront = cell;
                self.refresh_upfront(index);
            }
        }
    }

    fn refresh_upfront(&mut self, index: usize) {
        let study: &Study = self.simulation.study();
        let moving = &mut self.moving[index];
        moving.with_upfront.copy_from_slice(&moving.without_costs);
        let upfront = study.schema.upfront;
        utility::add(study, upfront, moving.upfront, &mut moving.with_upfront);
    }

    /// Lets everybody choose among the offers as set.
    pub(super) fn choose(&mut self) {
        let study: &Study = self.simulation.study();
        let attribute = &study.schema.attributes[study.schema.monthly];
        for moving in &mut self.moving {
            let amount = |cell| match cell {
                Cell::Number(value) => value,
                _ => 0.0,
            };
            self.prices.prices[moving.product] =
                (amount(moving.monthly) * moving.term + amount(moving.upfront)) / moving.term;
            let sums = moving.utility.iter_mut().zip(&moving.with_upfront);
            match PartWorths::of(study, attribute, moving.monthly) {
                _ if moving.withdrawn => moving.utility.fill(utility::WITHDRAWN),
                PartWorths::Between { low, high, weight } => {
                    for (((utility, sum), low), high) in sums.zip(low).zip(high) {
                        *utility = sum + between(*low, *high, weight);
                    }
                }
                PartWorths::Level(_) | PartWorths::None => {
                    moving.utility.copy_from_slice(&moving.with_upfront);
                }
            }
        }
        self.tally.clear();
        let people = self
            .rest
            .iter()
            .zip(&study.respondents.segments)
            .enumerate();
        for (respondent, (rest, segment)) in people {
            let (mut best, mut choice) = *rest;
            for moving in &self.moving {
                let utility = moving.utility[respondent];
                let ties_first = utility == best && Some(moving.product) < choice;
                if utility > best || (ties_first && utility > utility::WITHDRAWN) {
                    (best, choice) = (utility, Some(moving.product));
                }
            }
            self.first[RespondentIndex::at(respondent)] = choice;
            if let Some(product) = choice {
                self.tally.add(product, *segment);
            }
        }
    }

    /// Every brand's money after the last [`Engine::choose`].
    pub(super) fn brands(&self) -> List<BrandIndex, Change> {
        self.simulation.base.after(&self.tally, &self.prices)
    }

    /// The brand of every respondent's first choice after the last [`Engine::choose`].
    pub(super) fn brand_choices(&self) -> BrandChoices {
        let brand = |product: &Option<ProductIndex>| product.and_then(|p| self.prices.brands[p]);
        self.first.iter().map(brand).collect()
    }
}
