//! What a candidate brings.
//!
//! Only what varies is computed anew: of the products that vary, the utilities from the first
//! value that changed; of the choices, the products of the goal's brands alone, held against what
//! all that stays offers. Rules for which that cannot be done take all choices anew.

use crate::choice::{Choices, Rest};
use crate::finance::{CustomerBase, Won};
use crate::indexed::{AttributeIndex, BrandIndex, List, Position, ProductIndex, SegmentIndex};
use crate::method::Rule;
use crate::scenario::Offer;
use crate::simulation::Simulation;
use crate::study::Study;
use crate::utility::{self, WITHDRAWN};

use super::plan::{Objective, Plan, Varied};
use super::preference::Preference;

/// Tells of one candidate after another what it brings.
pub(super) struct Evaluator<'s> {
    simulation: &'s Simulation,
    plan: &'s Plan,
    /// In file order, so that ties go to the first of them.
    moving: Vec<Moving>,
    /// The products of the goal's brands.
    own: Vec<Own>,
    /// The weighted respondents who choose each of these: own products × segments.
    taken: Vec<f64>,
    /// Weighted respondents of a segment who choose anything, None among it.
    of_segment: List<SegmentIndex, f64>,
    way: Way,
}

/// A product of the goal's brands.
struct Own {
    product: ProductIndex,
    brand: BrandIndex,
    price: f64,
    /// What it costs more a customer and month than the study's own offer.
    added: f64,
}

/// How choices are computed.
enum Way {
    First(Vec<Rest>),
    Preference(Preference),
    /// With the offers as set.
    Other(Box<Choices>, List<ProductIndex, Offer>),
}

/// A product that varies.
pub(super) struct Moving {
    pub(super) product: ProductIndex,
    /// Its place among the products of the goal's brands.
    pub(super) own: Option<usize>,
    offer: Offer,
    /// What varies of it, by its place in the plan, with the position of its value as set.
    entries: Vec<(usize, Option<usize>)>,
    /// Its utilities without what varies, then with each of it in turn; respondents long.
    sums: Vec<Vec<f64>>,
}

impl Moving {
    /// Takes a candidate's values; tells whether any is another one.
    fn set(&mut self, study: &Study, varied: &[Varied], positions: &[usize]) -> bool {
        let mut moved = false;
        for (depth, (entry, as_set)) in self.entries.iter_mut().enumerate() {
            let position = positions.get(*entry).copied();
            moved |= *as_set != position;
            let (Some(varied), true) = (varied.get(*entry), moved) else {
                continue;
            };
            *as_set = position;
            let Some(cell) = position.and_then(|position| varied.values.get(position)) else {
                continue;
            };
            self.offer.cells[varied.attribute] = *cell;
            let (done, open) = self.sums.split_at_mut(depth + 1);
            if let (Some(from), Some(to)) = (done.last(), open.first_mut()) {
                to.copy_from_slice(from);
                utility::add(study, varied.attribute, *cell, to);
            }
        }
        moved
    }

    /// Its utility to every respondent.
    pub(super) fn utility(&self) -> &[f64] {
        self.sums.last().map_or(&[], Vec::as_slice)
    }

    /// The lowest and the highest utility that it can have to every respondent.
    pub(super) fn bounds(&self, study: &Study, varied: &[Varied]) -> [Vec<f64>; 2] {
        let without = self.sums.first().map_or(&[][..], Vec::as_slice);
        let mut bounds = [without.to_vec(), without.to_vec()];
        let mut part = vec![0.0; without.len()];
        for varied in self
            .entries
            .iter()
            .filter_map(|(entry, _)| varied.get(*entry))
        {
            let mut parts = [
                vec![f64::INFINITY; without.len()],
                vec![f64::NEG_INFINITY; without.len()],
            ];
            for cell in &varied.values {
                part.fill(0.0);
                utility::add(study, varied.attribute, *cell, &mut part);
                let [low, high] = &mut parts;
                for ((low, high), part) in low.iter_mut().zip(high).zip(&part) {
                    *low = low.min(*part);
                    *high = high.max(*part);
                }
            }
            for (bounds, parts) in bounds.iter_mut().zip(&parts) {
                for (bound, part) in bounds.iter_mut().zip(parts) {
                    *bound += part;
                }
            }
        }
        bounds
    }
}

impl<'s> Evaluator<'s> {
    /// For the candidates of a plan that was checked against the simulation.
    pub(super) fn new(simulation: &'s Simulation, plan: &'s Plan) -> Self {
        let study = simulation.study();
        let offers = simulation.scenario().offers();
        let mut own = Vec::new();
        for (product, offer) in offers.enumerate() {
            let brand = study.schema.brand_of(offer);
            if let Some(brand) = brand.filter(|brand| plan.goal.counts(study, *brand)) {
                own.push(Own {
                    product,
                    brand,
                    price: study.schema.price(offer),
                    added: plan
                        .costs
                        .added(study, simulation.scenario(), product, offer),
                });
            }
        }
        let products = || offers.indices();
        let moves = |product: &ProductIndex| plan.varied.iter().any(|v| v.product == *product);
        let products: Vec<ProductIndex> = products().filter(moves).collect();
        let moving = products
            .iter()
            .map(|product| moving(simulation, plan, *product, &own));
        let moving: Vec<Moving> = moving.collect();
        let rest = Rest::of(simulation.live(), &products);
        let of_segment = choosing(simulation, &rest, &moving);
        let way = match simulation.method().rule {
            Rule::FirstChoice => Some(Way::First(rest)),
            Rule::ShareOfPreference => {
                let own: Vec<ProductIndex> = own.iter().map(|own| own.product).collect();
                Preference::new(simulation, &plan.varied, &rest, &moving, &own).map(Way::Preference)
            }
            Rule::RandomizedFirstChoice | Rule::PurchaseLikelihood => None,
        };
        let other = || Way::Other(Box::new(simulation.live().clone()), offers.clone());
        Self {
            simulation,
            plan,
            taken: vec![0.0; own.len() * study.segments.len()],
            moving,
            own,
            of_segment,
            way: way.unwrap_or_else(other),
        }
    }

    /// What the candidate with these positions brings, in the objective's unit.
    pub(super) fn evaluate(&mut self, positions: &[usize]) -> f64 {
        let study: &Study = self.simulation.study();
        let mut changed = Vec::new();
        for (index, moving) in self.moving.iter_mut().enumerate() {
            if !moving.set(study, &self.plan.varied, positions) {
                continue;
            }
            changed.push(index);
            if let Some(own) = moving.own.and_then(|own| self.own.get_mut(own)) {
                let scenario = self.simulation.scenario();
                let (product, offer) = (moving.product, &moving.offer);
                own.price = study.schema.price(offer);
                own.added = self.plan.costs.added(study, scenario, product, offer);
            }
        }
        self.choose(&changed);
        self.score()
    }

    /// Lets everybody choose among the offers as set, of which those at `changed` are other ones.
    fn choose(&mut self, changed: &[usize]) {
        let study: &Study = self.simulation.study();
        let (moving, taken) = (&self.moving, &mut self.taken);
        match &mut self.way {
            Way::First(rest) => {
                choose_first(self.simulation, rest, moving, &self.own, taken);
            }
            Way::Preference(preference) => preference.choose(study, moving, changed, taken),
            Way::Other(choices, offers) => {
                let changed = changed.iter().filter_map(|changed| moving.get(*changed));
                let changed = changed.map(|moving| {
                    offers[moving.product].cells.clone_from(&moving.offer.cells);
                    moving.product
                });
                let changed: Vec<ProductIndex> = changed.collect();
                choices.update(study, offers, &changed);
                let demand = choices.demand();
                let segments = study.segments.len();
                for (own, taken) in self.own.iter().zip(taken.chunks_exact_mut(segments)) {
                    for (segment, taken) in study.segments.indices().zip(taken) {
                        *taken = demand.get(own.product, segment);
                    }
                }
                let all = |segment| demand.of_segment(segment) + demand.none(segment);
                self.of_segment = study.segments.indices().map(all).collect();
            }
        }
    }

    /// What the choices bring.
    fn score(&self) -> f64 {
        let goal = self.plan.goal;
        let base = self.simulation.base.as_deref();
        match (goal.objective, base) {
            (Objective::Revenue, Some(base)) => self
                .sum(&self.won(|own| own.price), |brand, won| {
                    base.earned(brand, won).revenue
                }),
            (Objective::Ebit, Some(base)) => {
                let won = self.won(|own| own.price);
                self.sum(&won, |brand, won| base.earned(brand, won).ebit)
                    - self.added_costs(base, &won)
            }
            _ => {
                let segments = self.of_segment.len().max(1);
                // By product first, as shares are summed elsewhere.
                let products = self.taken.chunks_exact(segments);
                let taken: f64 = products.map(|product| product.iter().sum::<f64>()).sum();
                taken / self.simulation.study().respondents.total_weight()
            }
        }
    }

    /// What the products cost more than the study's own do, thousands of the currency a month:
    /// what an amount that is added to every price brings, of which the costs are the negative.
    fn added_costs(&self, base: &CustomerBase, won: &Won) -> f64 {
        if self.own.iter().all(|own| own.added == 0.0) {
            return 0.0;
        }
        let revenue = |brand, won: &Won| base.earned(brand, won).revenue;
        let net = self.won(|own| own.price - own.added);
        self.sum(won, revenue) - self.sum(&net, revenue)
    }

    /// The respondents whom the goal's brands win, each product at an amount a month.
    fn won(&self, amount: impl Fn(&Own) -> f64) -> Won {
        let brands = self.simulation.study().brands.len();
        let mut won = Won::new(brands, self.of_segment.clone());
        let segments = self.of_segment.len().max(1);
        for (own, taken) in self.own.iter().zip(self.taken.chunks_exact(segments)) {
            let amount = amount(own);
            for (segment, taken) in self.of_segment.indices().zip(taken) {
                won.add(own.brand, segment, *taken, amount);
            }
        }
        won
    }

    /// A figure summed over the goal's brands.
    fn sum(&self, won: &Won, figure: impl Fn(BrandIndex, &Won) -> f64) -> f64 {
        let study = self.simulation.study();
        let brands = study.brands.indices();
        let brands = brands.filter(|brand| self.plan.goal.counts(study, *brand));
        brands.map(|brand| figure(brand, won)).sum()
    }
}

/// A product that varies, not set to any candidate yet.
fn moving(simulation: &Simulation, plan: &Plan, product: ProductIndex, own: &[Own]) -> Moving {
    let study = simulation.study();
    let offer = simulation.scenario().offers()[product].clone();
    let entries = plan.varied.iter().enumerate();
    let entries = entries.filter(|(_, varied)| varied.product == product);
    let (entries, attributes): (Vec<_>, Vec<AttributeIndex>) = entries
        .map(|(entry, varied)| ((entry, None), varied.attribute))
        .unzip();
    let mut without = vec![0.0; study.respondents.len()];
    if offer.withdrawn {
        without.fill(WITHDRAWN);
    } else {
        utility::without(study, &offer, &attributes, &mut without);
        simulation.chooser().adjust(&offer.id, &mut without);
    }
    Moving {
        product,
        own: own.iter().position(|own| own.product == product),
        offer,
        sums: vec![without; entries.len() + 1],
        entries,
    }
}

/// The weighted respondents of each segment who choose anything, None among it: the same for all
/// candidates.
fn choosing(simulation: &Simulation, rest: &[Rest], moving: &[Moving]) -> List<SegmentIndex, f64> {
    let study = simulation.study();
    let has_none = simulation.chooser().has_none();
    let mut sums: List<SegmentIndex, f64> = vec![0.0; study.segments.len()].into();
    let people = study
        .respondents
        .segments
        .iter()
        .zip(&study.respondents.weights);
    for (respondent, ((segment, weight), rest)) in people.zip(rest).enumerate() {
        let is_offered = |moving: &Moving| moving.utility().get(respondent) != Some(&WITHDRAWN);
        if has_none || rest.best != WITHDRAWN || moving.iter().any(is_offered) {
            sums[*segment] += weight;
        }
    }
    sums
}

/// Counts the first choices of the goal's products.
fn choose_first(
    simulation: &Simulation,
    rest: &[Rest],
    moving: &[Moving],
    own: &[Own],
    taken: &mut [f64],
) {
    let study = simulation.study();
    let segments = study.segments.len();
    let utilities: Vec<(ProductIndex, &[f64])> = moving
        .iter()
        .map(|moving| (moving.product, moving.utility()))
        .collect();
    let mut slots = vec![None; simulation.scenario().offers().len()];
    for (slot, own) in own.iter().enumerate() {
        slots[own.product.get()] = Some(slot * segments);
    }
    taken.fill(0.0);
    let people = study
        .respondents
        .segments
        .iter()
        .zip(&study.respondents.weights);
    for (respondent, ((segment, weight), rest)) in people.zip(rest).enumerate() {
        let moving = utilities
            .iter()
            .map(|(product, utility)| (*product, utility[respondent]));
        let choice = rest.first_choice(moving, |lowest| {
            let stays = |product| utilities.iter().all(|(moving, _)| *moving != product);
            simulation.live().first_of(respondent, lowest, stays)
        });
        if let Some(slot) = choice.and_then(|product| slots[product.get()]) {
            taken[slot + segment.get()] += weight;
        }
    }
}
