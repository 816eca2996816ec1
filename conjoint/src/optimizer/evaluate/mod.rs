//! Computes the objective value of candidates.
//!
//! Only what varies is recomputed: the utilities of a varying product from its first changed value
//! on, and the choices of the beneficiary's products against the best of the products that do not
//! vary. Choice rules that do not allow this recompute all choices.

mod first_choice;
mod logit;
mod varying;

use crate::choice::utility::WITHDRAWN;
use crate::choice::{ChanceSource, Choices, StaticBest};
use crate::index_vec::{BrandIndex, IndexVec, ProductIndex, SegmentIndex};
use crate::market::{CustomerBase, WonCustomers};
use crate::simulation::Simulation;
use crate::study::{Offer, Study};

use super::objective::ObjectiveMeasure;
use super::plan::Plan;
use first_choice::FirstChoiceEval;
use logit::LogitEval;
use varying::VaryingProduct;

/// Computes the objective value of one candidate after another.
pub(super) struct Evaluator<'s> {
    simulation: &'s Simulation,
    plan: &'s Plan,
    /// The varying products in file order, so that the first of them wins ties.
    varying: Vec<VaryingProduct>,
    /// The products of the beneficiary's brands.
    beneficiary_products: Vec<BeneficiaryProduct>,
    /// The weighted choices of these products: products × segments.
    choice_weights: Vec<f64>,
    /// The weighted respondents of each segment who choose anything, None included.
    segment_totals: IndexVec<SegmentIndex, f64>,
    evaluation: Evaluation,
    /// The positions of varying products whose values have changed since the choices were computed.
    skipped: Vec<usize>,
}

/// A product of one of the beneficiary's brands, with the candidate's values.
struct BeneficiaryProduct {
    product: ProductIndex,
    brand: BrandIndex,
    /// Currency a month.
    price: f64,
    /// Its cost in excess of the study's own offer, currency a customer and month.
    added_cost: f64,
}

/// How choices are computed.
enum Evaluation {
    FirstChoice(FirstChoiceEval),
    Logit(LogitEval),
    /// All choices are recomputed, with the candidate's offers.
    Full(Box<Choices>, IndexVec<ProductIndex, Offer>),
}

impl<'s> Evaluator<'s> {
    /// Prepares the candidates of a plan that was checked against this simulation.
    pub(super) fn new(simulation: &'s Simulation, plan: &'s Plan) -> Self {
        let study = simulation.selected();
        let offers = simulation.scenario().offers();
        let beneficiary_products = list_beneficiary_products(simulation, plan);
        let varies = |product: &ProductIndex| plan.varying.iter().any(|v| v.product == *product);
        let varying_indices: Vec<ProductIndex> = offers.indices().filter(varies).collect();
        let varying = varying_indices.iter().map(|product| {
            let mut others = beneficiary_products.iter();
            let place = others.position(|other| other.product == *product);
            VaryingProduct::new(simulation, &plan.varying, *product, place)
        });
        let varying: Vec<VaryingProduct> = varying.collect();
        let static_best = StaticBest::new(simulation.live(), &varying_indices);
        let segment_totals = sum_choosers(simulation, &static_best, &varying);
        let products = beneficiary_products.iter().map(|other| other.product);
        let products: Vec<ProductIndex> = products.collect();
        let evaluation = match simulation.model().rule.chance_source() {
            ChanceSource::FirstChoices => Some(Evaluation::FirstChoice(FirstChoiceEval::new(
                simulation,
                static_best,
                &products,
            ))),
            ChanceSource::Logit => {
                LogitEval::new(simulation, &plan.varying, &static_best, &varying, &products)
                    .map(Evaluation::Logit)
            }
            ChanceSource::Computed(_) | ChanceSource::Drawn(_) => None,
        };
        let full = || Evaluation::Full(Box::new(simulation.live().clone()), offers.clone());
        Self {
            simulation,
            plan,
            choice_weights: vec![0.0; beneficiary_products.len() * study.segments.len()],
            varying,
            beneficiary_products,
            segment_totals,
            evaluation: evaluation.unwrap_or_else(full),
            skipped: Vec::new(),
        }
    }

    /// The objective value of the candidate with these positions, in the unit of its measure; −∞ if a
    /// product would get two values that were never shown together.
    pub(super) fn evaluate(&mut self, positions: &[usize]) -> f64 {
        let study: &Study = self.simulation.selected();
        let mut changed = Vec::new();
        for (index, varying) in self.varying.iter_mut().enumerate() {
            if !varying.set(study, &self.plan.varying, positions) {
                continue;
            }
            changed.push(index);
            let place = varying.beneficiary_place;
            let products = &mut self.beneficiary_products;
            if let Some(product) = place.and_then(|place| products.get_mut(place)) {
                let scenario = self.simulation.scenario();
                let (index, offer) = (varying.product, &varying.offer);
                product.price = study.schema.price(offer);
                product.added_cost = self.plan.costs.compute_added(study, scenario, index, offer);
            }
        }
        if self
            .varying
            .iter()
            .any(|it| it.has_prohibited_pair(study, &self.plan.varying))
        {
            // The choices were not computed for these values.
            self.skipped.extend(changed);
            return f64::NEG_INFINITY;
        }
        changed.append(&mut self.skipped);
        changed.sort_unstable();
        changed.dedup();
        self.choose(&changed);
        self.score()
    }

    /// Computes the choices. The varying products at the positions `changed` have other values than
    /// at the last call.
    fn choose(&mut self, changed: &[usize]) {
        let study: &Study = self.simulation.selected();
        let (varying, choice_weights) = (&self.varying, &mut self.choice_weights);
        match &mut self.evaluation {
            Evaluation::FirstChoice(eval) => eval.choose(self.simulation, varying, choice_weights),
            Evaluation::Logit(eval) => {
                eval.choose(study, &self.plan.varying, varying, changed, choice_weights);
            }
            Evaluation::Full(choices, offers) => {
                let changed = changed.iter().filter_map(|changed| varying.get(*changed));
                let changed = changed.map(|varying| {
                    offers[varying.product]
                        .cells
                        .clone_from(&varying.offer.cells);
                    varying.product
                });
                let changed: Vec<ProductIndex> = changed.collect();
                choices.update(study, offers, &changed);
                let demand = choices.demand();
                let rows = choice_weights.chunks_exact_mut(study.segments.len());
                for (product, row) in self.beneficiary_products.iter().zip(rows) {
                    for (segment, weight) in study.segments.indices().zip(row) {
                        *weight = demand.get(product.product, segment);
                    }
                }
                let total = |segment| demand.segment_total(segment) + demand.none(segment);
                self.segment_totals = study.segments.indices().map(total).collect();
            }
        }
    }

    /// The objective value that follows from the choices.
    fn score(&self) -> f64 {
        let base = self.simulation.customer_base.as_deref();
        match (self.plan.objective.measure, base) {
            (ObjectiveMeasure::Revenue, Some(base)) => {
                let won = self.sum_won_customers(|product| product.price);
                self.sum_over_brands(|brand| base.figures_after(brand, &won).revenue)
            }
            (ObjectiveMeasure::Ebit, Some(base)) => {
                let won = self.sum_won_customers(|product| product.price);
                self.sum_over_brands(|brand| base.figures_after(brand, &won).ebit)
                    - self.compute_added_costs(base, &won)
            }
            _ => {
                let segments = self.segment_totals.len().max(1);
                // Product by product first, in the order in which a simulation sums shares.
                let products = self.choice_weights.chunks_exact(segments);
                let chosen: f64 = products.map(|product| product.iter().sum::<f64>()).sum();
                chosen / self.simulation.selected().respondents.total_weight()
            }
        }
    }

    /// The products' costs in excess of the study's own offers, thousands of the currency a month:
    /// the revenue if each customer paid that much more, see [`super::plan::ValueCosts`].
    fn compute_added_costs(&self, base: &CustomerBase, won: &WonCustomers) -> f64 {
        let mut products = self.beneficiary_products.iter();
        if products.all(|product| product.added_cost == 0.0) {
            return 0.0;
        }
        let net = self.sum_won_customers(|product| product.price - product.added_cost);
        self.sum_over_brands(|brand| base.figures_after(brand, won).revenue)
            - self.sum_over_brands(|brand| base.figures_after(brand, &net).revenue)
    }

    /// The respondents that the beneficiary's brands win, if each product has this amount a month.
    fn sum_won_customers(&self, amount: impl Fn(&BeneficiaryProduct) -> f64) -> WonCustomers {
        let brands = self.simulation.selected().brands.len();
        let mut won = WonCustomers::new(brands, self.segment_totals.clone());
        let segments = self.segment_totals.len().max(1);
        let rows = self.choice_weights.chunks_exact(segments);
        for (product, row) in self.beneficiary_products.iter().zip(rows) {
            let amount = amount(product);
            for (segment, weight) in self.segment_totals.indices().zip(row) {
                won.add(product.brand, segment, *weight, amount);
            }
        }
        won
    }

    /// The sum of a figure over the beneficiary's brands.
    fn sum_over_brands(&self, figure: impl Fn(BrandIndex) -> f64) -> f64 {
        let study = self.simulation.selected();
        let beneficiary = self.plan.objective.beneficiary;
        let brands = study.brands.indices();
        let brands = brands.filter(|brand| beneficiary.includes_brand(study, *brand));
        brands.map(figure).sum()
    }
}

/// The products of the beneficiary's brands, with the values of the scenario.
fn list_beneficiary_products(simulation: &Simulation, plan: &Plan) -> Vec<BeneficiaryProduct> {
    let (study, scenario) = (simulation.selected(), simulation.scenario());
    let beneficiary = plan.objective.beneficiary;
    let products = scenario
        .offers()
        .enumerate()
        .filter_map(|(product, offer)| {
            let brand = study.schema.brand_of(offer);
            let brand = brand.filter(|brand| beneficiary.includes_brand(study, *brand))?;
            Some(BeneficiaryProduct {
                product,
                brand,
                price: study.schema.price(offer),
                added_cost: plan.costs.compute_added(study, scenario, product, offer),
            })
        });
    products.collect()
}

/// The weighted respondents of each segment who choose anything, None included; the same for all
/// candidates.
fn sum_choosers(
    simulation: &Simulation,
    static_best: &StaticBest,
    varying: &[VaryingProduct],
) -> IndexVec<SegmentIndex, f64> {
    let study = simulation.selected();
    let has_none = simulation.chooser().has_none();
    let mut sums: IndexVec<SegmentIndex, f64> = vec![0.0; study.segments.len()].into();
    let people = &study.respondents;
    let people = people.segments.iter().zip(&people.weights);
    for (respondent, ((segment, weight), best)) in people.zip(&static_best.best).enumerate() {
        let is_offered =
            |varying: &VaryingProduct| varying.utility().get(respondent) != Some(&WITHDRAWN);
        if has_none || *best != WITHDRAWN || varying.iter().any(is_offered) {
            sums[*segment] += weight;
        }
    }
    sums
}
