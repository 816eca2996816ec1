//! What a candidate brings.
//!
//! Only what varies is computed anew: of the products that vary, the utilities from the first
//! value that changed; of the choices, the products of the goal's brands alone, held against what
//! all that stays offers. Rules for which that cannot be done take all choices anew.

mod first_choice;
mod logit;
mod varying;

use crate::choice::utility::WITHDRAWN;
use crate::choice::{ChanceSource, Choices, StaticBest};
use crate::index_vec::{BrandIndex, IndexVec, ProductIndex, SegmentIndex};
use crate::market::{CustomerBase, WonCustomers};
use crate::simulation::Simulation;
use crate::study::Offer;
use crate::study::Study;

use crate::optimizer::evaluate::first_choice::FirstChoiceEval;
use crate::optimizer::evaluate::logit::LogitEval;
use crate::optimizer::evaluate::varying::VaryingProduct;
use crate::optimizer::plan::{ObjectiveMeasure, Plan};

/// Tells of one candidate after another what it brings.
pub(in crate::optimizer) struct Evaluator<'s> {
    simulation: &'s Simulation,
    plan: &'s Plan,
    /// In file order, so that ties go to the first of them.
    moving: Vec<VaryingProduct>,
    /// The products of the goal's brands.
    own: Vec<Own>,
    /// The weighted respondents who choose each of these: own products × segments.
    taken: Vec<f64>,
    /// Weighted respondents of a segment who choose anything, None among it.
    of_segment: IndexVec<SegmentIndex, f64>,
    way: Evaluation,
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
enum Evaluation {
    FirstChoiceEval(FirstChoiceEval),
    LogitEval(LogitEval),
    /// With the offers as set.
    Other(Box<Choices>, IndexVec<ProductIndex, Offer>),
}

impl<'s> Evaluator<'s> {
    /// For the candidates of a plan that was checked against the simulation.
    pub(in crate::optimizer) fn new(simulation: &'s Simulation, plan: &'s Plan) -> Self {
        let study = simulation.selected();
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
        let moves = |product: &ProductIndex| plan.varied.iter().any(|v| v.product == *product);
        let products: Vec<ProductIndex> = offers.indices().filter(moves).collect();
        let moving = products.iter().map(|product| {
            let own = own.iter().position(|own| own.product == *product);
            VaryingProduct::new(simulation, &plan.varied, *product, own)
        });
        let moving: Vec<VaryingProduct> = moving.collect();
        let rest = StaticBest::of(simulation.live(), &products);
        let of_segment = choosing(simulation, &rest, &moving);
        let products: Vec<ProductIndex> = own.iter().map(|own| own.product).collect();
        let way = match simulation.model().rule.chance_source() {
            ChanceSource::FirstChoices => Some(Evaluation::FirstChoiceEval(FirstChoiceEval::new(
                simulation, rest, &products,
            ))),
            ChanceSource::Logit => {
                let common = LogitEval::new(simulation, &plan.varied, &rest, &moving, &products);
                common.map(Evaluation::LogitEval)
            }
            ChanceSource::Computed(_) | ChanceSource::Drawn(_) => None,
        };
        let other = || Evaluation::Other(Box::new(simulation.live().clone()), offers.clone());
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
    pub(in crate::optimizer) fn evaluate(&mut self, positions: &[usize]) -> f64 {
        let study: &Study = self.simulation.selected();
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
        let study: &Study = self.simulation.selected();
        let (moving, taken) = (&self.moving, &mut self.taken);
        match &mut self.way {
            Evaluation::FirstChoiceEval(first) => first.choose(self.simulation, moving, taken),
            Evaluation::LogitEval(preference) => {
                preference.choose(study, &self.plan.varied, moving, changed, taken);
            }
            Evaluation::Other(choices, offers) => {
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
            (ObjectiveMeasure::Revenue, Some(base)) => self
                .sum(&self.won(|own| own.price), |brand, won| {
                    base.earned(brand, won).revenue
                }),
            (ObjectiveMeasure::Ebit, Some(base)) => {
                let won = self.won(|own| own.price);
                self.sum(&won, |brand, won| base.earned(brand, won).ebit)
                    - self.added_costs(base, &won)
            }
            _ => {
                let segments = self.of_segment.len().max(1);
                // By product first, as shares are summed elsewhere.
                let products = self.taken.chunks_exact(segments);
                let taken: f64 = products.map(|product| product.iter().sum::<f64>()).sum();
                taken / self.simulation.selected().respondents.total_weight()
            }
        }
    }

    /// What the products cost more than the study's own do, thousands of the currency a month: what
    /// their customers would bring if each paid that much more, see [`crate::optimizer::costs`].
    fn added_costs(&self, base: &CustomerBase, won: &WonCustomers) -> f64 {
        if self.own.iter().all(|own| own.added == 0.0) {
            return 0.0;
        }
        let revenue = |brand, won: &WonCustomers| base.earned(brand, won).revenue;
        let net = self.won(|own| own.price - own.added);
        self.sum(won, revenue) - self.sum(&net, revenue)
    }

    /// The respondents whom the goal's brands win, each product at an amount a month.
    fn won(&self, amount: impl Fn(&Own) -> f64) -> WonCustomers {
        let brands = self.simulation.selected().brands.len();
        let mut won = WonCustomers::new(brands, self.of_segment.clone());
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
    fn sum(&self, won: &WonCustomers, figure: impl Fn(BrandIndex, &WonCustomers) -> f64) -> f64 {
        let study = self.simulation.selected();
        let brands = study.brands.indices();
        let brands = brands.filter(|brand| self.plan.goal.counts(study, *brand));
        brands.map(|brand| figure(brand, won)).sum()
    }
}

/// The weighted respondents of each segment who choose anything, None among it: the same for all
/// candidates.
fn choosing(
    simulation: &Simulation,
    rest: &StaticBest,
    moving: &[VaryingProduct],
) -> IndexVec<SegmentIndex, f64> {
    let study = simulation.selected();
    let has_none = simulation.chooser().has_none();
    let mut sums: IndexVec<SegmentIndex, f64> = vec![0.0; study.segments.len()].into();
    let people = study
        .respondents
        .segments
        .iter()
        .zip(&study.respondents.weights);
    for (respondent, ((segment, weight), best)) in people.zip(&rest.best).enumerate() {
        let is_offered =
            |moving: &VaryingProduct| moving.utility().get(respondent) != Some(&WITHDRAWN);
        if has_none || *best != WITHDRAWN || moving.iter().any(is_offered) {
            sums[*segment] += weight;
        }
    }
    sums
}
