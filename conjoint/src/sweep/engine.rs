//! The computation that lockstep and grid share.
//!
//! A point changes the costs of a few products. Only their utilities are recomputed and compared
//! with the best of the static products, those that the sweep does not change. Choice rules other
//! than first choice recompute all products' probabilities.

use crate::choice::utility;
use crate::choice::{ChanceSource, Choices, Demand, StaticBest, follow_rule};
use crate::index_vec::{AttributeIndex, BrandIndex, IndexVec, ProductIndex};
use crate::market::movement::{BrandChoices, Movement, compute_movement, compute_movement_by_rule};
use crate::market::{Change, PriceList};
use crate::simulation::Simulation;
use crate::stats::sort::stable_sort;
use crate::study::{Cell, Offer, Schema, Study, price};

use super::Cost;

/// The work for the money of a brand in a segment, in respondents' choices.
const MONEY_WORK: u64 = 8;

/// The work for a number of points, in respondents' choices: by first choice each respondent's
/// choice among the swept products and the best of the others, by another rule the probabilities of
/// all products; and the money figures of all brands.
pub(super) fn estimate_work(simulation: &Simulation, points: usize, swept: usize) -> u64 {
    let (study, model) = (simulation.selected(), simulation.model());
    let products = simulation.scenario().offers().len() as u64;
    let per_respondent = match model.rule.chance_source() {
        ChanceSource::FirstChoices => swept as u64 + 1,
        ChanceSource::Logit | ChanceSource::Computed(_) | ChanceSource::Drawn(_) => {
            products.saturating_mul(model.rule.cost(model.draws))
        }
    };
    let choices = (study.respondents.len() as u64).saturating_mul(per_respondent);
    let per_cell = if study.has_money() { MONEY_WORK } else { 0 };
    let money = (study.brands.len() * study.segments.len()) as u64 * per_cell;
    (points as u64).saturating_mul(choices.saturating_add(money))
}

/// A product whose costs change. Vectors have one element a respondent.
struct SweptProduct {
    product: ProductIndex,
    /// Its utility at the current point.
    utility: Vec<f64>,
    /// Its utility without the two costs.
    without_costs: Vec<f64>,
    /// Its utility with the upfront cost, without the monthly cost.
    with_upfront: Vec<f64>,
    /// The offer's values at the current point.
    cells: IndexVec<AttributeIndex, Cell>,
    term: Cell,
    is_withdrawn: bool,
}

impl SweptProduct {
    fn new(simulation: &Simulation, product: ProductIndex) -> Self {
        let study = simulation.selected();
        let offer = &simulation.scenario().offers()[product];
        let costs = [study.schema.upfront, study.schema.monthly];
        let costs: Vec<AttributeIndex> = costs.into_iter().flatten().collect();
        let respondents = study.respondents.len();
        let mut without_costs = vec![0.0; respondents];
        utility::fill_without(study, offer, &costs, &mut without_costs);
        let mut swept = Self {
            product,
            utility: vec![0.0; respondents],
            with_upfront: vec![0.0; respondents],
            without_costs,
            cells: offer.cells.clone(),
            term: Schema::cell(offer, study.schema.term),
            is_withdrawn: offer.withdrawn,
        };
        swept.update_with_upfront(study);
        swept
    }

    fn update_with_upfront(&mut self, study: &Study) {
        self.with_upfront.copy_from_slice(&self.without_costs);
        if let Some(attribute) = study.schema.upfront {
            let pending = |other| study.schema.monthly == Some(other);
            let (cells, sums) = (&self.cells, &mut self.with_upfront);
            utility::add_part_worths(study, attribute, cells, &pending, sums);
        }
    }

    /// Its value of a cost; empty in a study without that cost.
    fn cost(&self, attribute: Option<AttributeIndex>) -> Cell {
        attribute.map_or(Cell::Empty, |attribute| self.cells[attribute])
    }

    /// Computes its utility at the current costs.
    fn update_utility(&mut self, simulation: &Simulation) {
        let study: &Study = simulation.selected();
        let monthly = study.schema.monthly;
        if self.is_withdrawn {
            self.utility.fill(utility::WITHDRAWN);
        } else {
            self.utility.copy_from_slice(&self.with_upfront);
            if let Some(attribute) = monthly {
                utility::add_all_part_worths(study, attribute, &self.cells, &mut self.utility);
            }
        }
        let id = &simulation.scenario().offers()[self.product].id;
        simulation.chooser().adjust(id, &mut self.utility);
    }
}

/// The choices that movement is measured from.
pub(super) enum KeptChoices {
    /// The brand of every respondent's first choice.
    First(BrandChoices),
    /// By a rule that says who changes.
    ByRule(Box<Choices>),
}

/// Computes one point after another.
pub(super) struct Engine<'s> {
    simulation: &'s Simulation,
    /// In file order, so that the first of them wins ties.
    swept: Vec<SweptProduct>,
    static_best: StaticBest,
    /// The lowest utility that ties with the highest, by respondent.
    tie_thresholds: Vec<f64>,
    /// The first choice, by respondent.
    first_choices: Vec<Option<ProductIndex>>,
    demand: Demand,
    prices: PriceList,
    /// By a rule other than first choice: the choices, and the offers at the current point.
    full: Option<(Choices, IndexVec<ProductIndex, Offer>)>,
}

impl<'s> Engine<'s> {
    /// Prepares a sweep of these products.
    pub(super) fn new(simulation: &'s Simulation, products: &[ProductIndex]) -> Self {
        let study = simulation.selected();
        let offers = simulation.scenario().offers();
        let respondents = study.respondents.len();
        let static_best = StaticBest::new(simulation.live(), products);
        let products = stable_sort(products.to_vec(), Ord::cmp);
        let swept = products.iter();
        Self {
            simulation,
            swept: swept
                .map(|product| SweptProduct::new(simulation, *product))
                .collect(),
            static_best,
            tie_thresholds: vec![0.0; respondents],
            first_choices: vec![None; respondents],
            demand: Demand::new(offers.len(), study.segments.len()),
            prices: PriceList::new(study, offers),
            full: (!simulation.model().rule.is_deterministic())
                .then(|| (simulation.live().clone(), offers.clone())),
        }
    }

    /// Sets a cost of a product; [`Engine::choose`] applies it.
    pub(super) fn set(&mut self, product: ProductIndex, cost: Cost, value: f64) {
        let mut swept = self.swept.iter_mut();
        let Some(swept) = swept.find(|swept| swept.product == product) else {
            return;
        };
        let study: &Study = self.simulation.selected();
        let (attribute, cell) = (cost.attribute(&study.schema), Cell::Number(value));
        let Some(attribute) = attribute.filter(|attribute| swept.cells[*attribute] != cell) else {
            return;
        };
        swept.cells[attribute] = cell;
        if cost == Cost::Upfront {
            swept.update_with_upfront(study);
        }
    }

    /// Computes all choices at the current costs.
    pub(super) fn choose(&mut self) {
        let schema = &self.simulation.selected().schema;
        for swept in &mut self.swept {
            let [monthly, upfront] = [schema.monthly, schema.upfront].map(|cost| swept.cost(cost));
            self.prices.prices[swept.product] = price(monthly, upfront, swept.term);
            swept.update_utility(self.simulation);
        }
        self.choose_first();
        self.choose_by_rule();
    }

    /// Finds every respondent's first choice, and the demand by first choice.
    fn choose_first(&mut self) {
        let study: &Study = self.simulation.selected();
        let has_none = self.simulation.chooser().has_none();
        self.demand.clear();
        let swept = self.swept.iter();
        let swept: Vec<(ProductIndex, &[f64])> = swept
            .map(|swept| (swept.product, swept.utility.as_slice()))
            .collect();
        self.static_best.choose(
            self.simulation.live(),
            &swept,
            &mut self.tie_thresholds,
            &mut self.first_choices,
        );
        let people = &study.respondents;
        let people = people.segments.iter().zip(&people.weights);
        for (choice, (segment, weight)) in self.first_choices.iter().zip(people) {
            match choice {
                Some(product) => self.demand.add(*product, *segment, *weight),
                None if has_none => self.demand.add_none(*segment, *weight),
                None => {}
            }
        }
    }

    /// Replaces the demand, by a rule other than first choice.
    fn choose_by_rule(&mut self) {
        let study: &Study = self.simulation.selected();
        let Some((choices, offers)) = &mut self.full else {
            return;
        };
        for swept in &self.swept {
            offers[swept.product].cells.clone_from(&swept.cells);
        }
        let changed: Vec<_> = self.swept.iter().map(|swept| swept.product).collect();
        choices.update(study, offers, &changed);
        self.demand = choices.demand().clone();
    }

    /// Every product's share by the rule after the last [`Engine::choose`], 0–1.
    pub(super) fn shares(&self) -> IndexVec<ProductIndex, f64> {
        let all = self.simulation.selected().respondents.total_weight();
        let products = self.simulation.scenario().offers().indices();
        products
            .map(|product| self.demand.total(product) / all)
            .collect()
    }

    /// Every brand's money after the last [`Engine::choose`]; empty in a study without money.
    pub(super) fn brands(&self) -> IndexVec<BrandIndex, Change> {
        let base = self.simulation.customer_base.as_ref();
        let brands = base.map(|base| base.changes(&self.demand, &self.prices));
        brands.unwrap_or_else(|| Vec::new().into())
    }

    /// The choices after the last [`Engine::choose`], to measure movement from.
    pub(super) fn keep_choices(&self) -> KeptChoices {
        match &self.full {
            Some((choices, _)) if follow_rule(self.simulation.model().rule) => {
                KeptChoices::ByRule(Box::new(choices.clone()))
            }
            _ => KeptChoices::First(self.brand_choices()),
        }
    }

    /// The movement from other choices to those after the last [`Engine::choose`], as seen by a brand.
    pub(super) fn movement(&self, focal: BrandIndex, before: &KeptChoices) -> Movement {
        let study = self.simulation.selected();
        match (before, &self.full) {
            (KeptChoices::ByRule(before), Some((after, _))) => {
                compute_movement_by_rule(study, focal, &self.prices.brands, [before, after])
            }
            (KeptChoices::First(before), _) => {
                compute_movement(study, focal, before, &self.brand_choices())
            }
            // Does not occur: choices by a rule are kept only where there are some.
            (KeptChoices::ByRule(_), None) => Vec::new().into(),
        }
    }

    /// The brand of every respondent's first choice after the last [`Engine::choose`].
    fn brand_choices(&self) -> BrandChoices {
        let brand = |product: &Option<ProductIndex>| product.and_then(|p| self.prices.brands[p]);
        self.first_choices.iter().map(brand).collect()
    }
}
