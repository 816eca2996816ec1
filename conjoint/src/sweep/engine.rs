//! What lockstep and grid share: a point moves the costs of a few products, so only their
//! utilities are recomputed and held against the best of all others, which stay. Rules that are
//! not first choice take all products' chances anew.

use crate::choice::utility::{self, PartWorths, between};
use crate::choice::{Choices, Demand, StaticBest};
use crate::index_vec::{AttributeIndex, BrandIndex, IndexVec, ProductIndex};
use crate::market::movement::BrandChoices;
use crate::market::{Change, PriceList};
use crate::simulation::Simulation;
use crate::stats::quantile::sorted;
use crate::study::Offer;
use crate::study::{Cell, Schema, Study, price};

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
    term: Cell,
    withdrawn: bool,
}

/// The state from which every point is computed.
pub(super) struct Engine<'s> {
    simulation: &'s Simulation,
    moving: Vec<Moving>,
    /// The best of the products that stay, for every respondent.
    rest: StaticBest,
    /// The lowest utility that ties with each respondent's highest.
    lowest: Vec<f64>,
    first: Vec<Option<ProductIndex>>,
    demand: Demand,
    prices: PriceList,
    /// By a rule that is not first choice: the choices, and the offers as set.
    by_rule: Option<(Choices, IndexVec<ProductIndex, Offer>)>,
}

impl<'s> Engine<'s> {
    pub(super) fn new(simulation: &'s Simulation, products: &[ProductIndex]) -> Self {
        let study = simulation.selected();
        let offers = simulation.scenario().offers();
        let respondents = study.respondents.len();
        let rest = StaticBest::of(simulation.live(), products);
        // In file order, so that ties go to the first of them.
        let products = sorted(products.to_vec(), Ord::cmp);
        let costs = [study.schema.upfront, study.schema.monthly];
        let costs: Vec<AttributeIndex> = costs.into_iter().flatten().collect();
        let moving = products.iter().map(|product| {
            let offer = &offers[*product];
            let mut without_costs = vec![0.0; respondents];
            utility::without(study, offer, &costs, &mut without_costs);
            Moving {
                product: *product,
                utility: vec![0.0; respondents],
                with_upfront: without_costs.clone(),
                without_costs,
                monthly: Schema::cell(offer, study.schema.monthly),
                upfront: Schema::cell(offer, study.schema.upfront),
                term: Schema::cell(offer, study.schema.term),
                withdrawn: offer.withdrawn,
            }
        });
        let mut engine = Self {
            simulation,
            moving: moving.collect(),
            rest,
            lowest: vec![0.0; respondents],
            first: vec![None; respondents],
            demand: Demand::new(offers.len(), study.segments.len()),
            prices: PriceList::of(study, offers),
            by_rule: (!simulation.model().rule.is_deterministic())
                .then(|| (simulation.live().clone(), offers.clone())),
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
        let study: &Study = self.simulation.selected();
        let moving = &mut self.moving[index];
        moving.with_upfront.copy_from_slice(&moving.without_costs);
        if let Some(upfront) = study.schema.upfront {
            utility::add(study, upfront, moving.upfront, &mut moving.with_upfront);
        }
    }

    /// Lets everybody choose among the offers as set.
    pub(super) fn choose(&mut self) {
        let study: &Study = self.simulation.selected();
        let monthly = study.schema.monthly;
        let monthly = monthly.map(|attribute| &study.schema.attributes[attribute]);
        for moving in &mut self.moving {
            self.prices.prices[moving.product] = price(moving.monthly, moving.upfront, moving.term);
            let sums = moving.utility.iter_mut().zip(&moving.with_upfront);
            let part_worths = monthly.map_or(PartWorths::None, |attribute| {
                PartWorths::of(study, attribute, moving.monthly)
            });
            match part_worths {
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
            let id = &self.simulation.scenario().offers()[moving.product].id;
            self.simulation.chooser().adjust(id, &mut moving.utility);
        }
        self.choose_first();
        self.choose_by_rule();
    }

    /// Finds every respondent's first choice, and by that rule the demand.
    fn choose_first(&mut self) {
        let study: &Study = self.simulation.selected();
        let has_none = self.simulation.chooser().has_none();
        self.demand.clear();
        let moving = self.moving.iter();
        let moving: Vec<(ProductIndex, &[f64])> = moving
            .map(|moving| (moving.product, moving.utility.as_slice()))
            .collect();
        let live = self.simulation.live();
        self.rest
            .choose(live, &moving, &mut self.lowest, &mut self.first);
        let people = &study.respondents;
        let people = people.segments.iter().zip(&people.weights);
        for (choice, (segment, weight)) in self.first.iter().zip(people) {
            match choice {
                Some(product) => self.demand.add(*product, *segment, *weight),
                None if has_none => self.demand.add_none(*segment, *weight),
                None => {}
            }
        }
    }

    /// The demand by another rule.
    fn choose_by_rule(&mut self) {
        let study: &Study = self.simulation.selected();
        let Some((choices, offers)) = &mut self.by_rule else {
            return;
        };
        let costs = [study.schema.monthly, study.schema.upfront];
        for moving in &self.moving {
            for (attribute, cell) in costs.into_iter().zip([moving.monthly, moving.upfront]) {
                if let Some(attribute) = attribute {
                    offers[moving.product].cells[attribute] = cell;
                }
            }
        }
        let moving: Vec<_> = self.moving.iter().map(|moving| moving.product).collect();
        choices.update(study, offers, &moving);
        self.demand = choices.demand().clone();
    }

    /// Every brand's money after the last [`Engine::choose`]; empty in a study without money.
    pub(super) fn brands(&self) -> IndexVec<BrandIndex, Change> {
        let base = self.simulation.base.as_ref();
        let brands = base.map(|base| base.after(&self.demand, &self.prices));
        brands.unwrap_or_else(|| Vec::new().into())
    }

    /// The brand of every respondent's first choice after the last [`Engine::choose`].
    pub(super) fn brand_choices(&self) -> BrandChoices {
        let brand = |product: &Option<ProductIndex>| product.and_then(|p| self.prices.brands[p]);
        self.first.iter().map(brand).collect()
    }
}
