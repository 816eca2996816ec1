//! A study under the user's edits: the state that every figure is read from.

pub mod attraction;
pub mod comparison;
pub mod detail;
pub mod scenario;

use std::sync::Arc;

use nalgebra::DMatrix;

use crate::choice::{ChoiceModel, ChoiceModelError, Chooser};
use crate::choice::{Choices, Demand};
use crate::index_vec::{
    BrandIndex, IndexVec, Position, ProductIndex, RespondentIndex, SegmentIndex,
};
use crate::market::{Change, CustomerBase, OwnersBySegment, PriceList};
use crate::simulation::scenario::Scenario;
use crate::stats::bootstrap::means;
use crate::stats::kde::Density;
use crate::stats::quantile::sorted;
use crate::study::Offer;
use crate::study::{Study, Tier};

/// Baseline and live choices of a study by a method, kept up to date edit by edit.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// With everybody who was asked.
    full_study: Arc<Study>,
    /// With those who count.
    selected: Arc<Study>,
    model: Arc<ChoiceModel>,
    chooser: Arc<Chooser>,
    scenario: Scenario,
    baseline: Arc<Baseline>,
    live: Choices,
    /// `None` in a study without money.
    pub(crate) customer_base: Option<Arc<CustomerBase>>,
}

/// What the study's own offers lead to; no edit changes it.
#[derive(Debug)]
struct Baseline {
    choices: Choices,
    owners: OwnersBySegment,
    shares: IndexVec<ProductIndex, ProductShare>,
    /// `None` in a study without money.
    brands: Option<IndexVec<BrandIndex, Change>>,
}

/// How one product does.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductShare {
    /// Share of all respondents who choose it by the rule, None counted, 0–1.
    pub share: f64,
    /// Those of a segment who choose it by the rule, as a share of all respondents, 0–1.
    pub share_by_segment: IndexVec<SegmentIndex, f64>,
    /// Respondents whose first choice it is.
    pub respondents: u32,
    /// The same as a share of all respondents, each with their weight, 0–1.
    pub first_choice: f64,
    /// Mean probability of choosing it, 0–1.
    pub logit: f64,
    /// First choices of a segment as a share of all respondents, 0–1.
    pub first_choice_by_segment: IndexVec<SegmentIndex, f64>,
}

impl Simulation {
    /// A simulation that starts at the study's own offers, by first choice of all respondents.
    pub fn new(study: Arc<Study>) -> Self {
        Self::prepared(study, ChoiceModel::default(), None)
    }

    /// A simulation that starts at the study's own offers.
    ///
    /// # Errors
    /// A method that cannot be used on the study.
    pub fn with_model(study: Arc<Study>, model: ChoiceModel) -> Result<Self, ChoiceModelError> {
        Self::with_error_scale(study, model, None)
    }

    /// The same where the scale of the errors of randomized first choice is known: it does not
    /// depend on the method's constants.
    pub(crate) fn with_error_scale(
        study: Arc<Study>,
        model: ChoiceModel,
        error_scale: Option<f64>,
    ) -> Result<Self, ChoiceModelError> {
        model.check(&study)?;
        Ok(Self::prepared(study, model, error_scale))
    }

    /// Takes over another method; the scenario stays.
    ///
    /// # Errors
    /// A method that cannot be used on the study; the simulation is left as it was.
    pub fn set_model(&mut self, model: ChoiceModel) -> Result<(), ChoiceModelError> {
        if model == *self.model {
            return Ok(());
        }
        let mut other = Self::with_model(Arc::clone(&self.full_study), model)?;
        other.set_scenario(self.scenario.clone());
        *self = other;
        Ok(())
    }

    fn prepared(whole: Arc<Study>, model: ChoiceModel, error_scale: Option<f64>) -> Self {
        let study = match model.includes_everyone() {
            true => Arc::clone(&whole),
            false => Arc::new(whole.keep_respondents(|who| model.includes(&whole, who))),
        };
        let scenario = Scenario::baseline(&study);
        let offers = scenario.offers();
        let mut chooser = Chooser::new(&whole, &study, &model);
        match error_scale {
            Some(scale) => chooser.set_error_scale(scale),
            None => chooser.fit_error_scale(&study, offers),
        }
        let chooser = Arc::new(chooser);
        let live = Choices::new(&study, offers, Arc::clone(&chooser));
        let market = study.market.as_ref();
        let owners = OwnersBySegment::new(&whole, |who| model.includes(&whole, who));
        let base = market.map(|market| CustomerBase::new(&study, market, &owners, live.demand()));
        let prices = PriceList::new(&study, offers);
        let baseline = Baseline {
            brands: base
                .as_ref()
                .map(|base| base.changes(live.demand(), &prices)),
            owners,
            shares: shares(&study, &live, offers),
            choices: live.clone(),
        };
        Self {
            full_study: whole,
            selected: study,
            model: Arc::new(model),
            chooser,
            scenario,
            baseline: Arc::new(baseline),
            live,
            customer_base: base.map(Arc::new),
        }
    }

    /// Takes over an edited scenario; only the products that changed are recomputed.
    pub fn set_scenario(&mut self, scenario: Scenario) {
        let (old, new) = (self.scenario.offers(), scenario.offers());
        if old.len() == new.len() {
            let changed: Vec<ProductIndex> = new
                .indices()
                .filter(|product| old[*product] != new[*product])
                .collect();
            if !changed.is_empty() {
                self.live.update(&self.selected, new, &changed);
            }
        } else {
            self.live = Choices::new(&self.selected, new, Arc::clone(&self.chooser));
        }
        self.scenario = scenario;
    }

    /// The method.
    pub fn model(&self) -> &ChoiceModel {
        &self.model
    }

    pub(crate) fn chooser(&self) -> &Chooser {
        &self.chooser
    }

    pub(crate) fn owners(&self) -> &OwnersBySegment {
        &self.baseline.owners
    }

    /// The study with all of its respondents.
    pub fn full_study(&self) -> &Arc<Study> {
        &self.full_study
    }

    /// The study with the respondents who count.
    pub fn selected(&self) -> &Arc<Study> {
        &self.selected
    }

    /// The offers as they stand.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Choices among the study's own offers.
    pub fn baseline(&self) -> &Choices {
        &self.baseline.choices
    }

    /// Choices among the offers as they stand.
    pub fn live(&self) -> &Choices {
        &self.live
    }

    /// Shares of every product as the offers stand.
    pub fn shares(&self) -> IndexVec<ProductIndex, ProductShare> {
        shares(&self.selected, &self.live, self.scenario.offers())
    }

    /// Shares of every product of the study at its own offers.
    pub fn baseline_shares(&self) -> &IndexVec<ProductIndex, ProductShare> {
        &self.baseline.shares
    }

    /// The choices of every brand's products as the offers stand, by the rule, as a share of all
    /// respondents, 0–1.
    pub fn brand_shares(&self) -> IndexVec<BrandIndex, f64> {
        let all = self.selected.respondents.total_weight();
        shares_by_brand(
            &self.selected,
            self.live.demand(),
            self.scenario.offers(),
            all,
        )
    }

    /// The same at the study's own offers.
    pub fn baseline_brand_shares(&self) -> IndexVec<BrandIndex, f64> {
        let demand = self.baseline.choices.demand();
        let all = self.selected.respondents.total_weight();
        shares_by_brand(&self.selected, demand, &self.selected.offers, all)
    }

    /// The share of a segment's respondents, 0–1, who choose each product by the rule as the offers
    /// stand, None counted; `None` where nobody of the segment counts.
    pub fn segment_shares(&self, segment: SegmentIndex) -> Option<IndexVec<ProductIndex, f64>> {
        let people = &self.selected.respondents;
        let own = people.segments.iter().zip(&people.weights);
        let own = own.filter(|(other, _)| **other == segment);
        let all: f64 = own.map(|(_, weight)| weight).sum();
        let products = self.scenario.offers().indices();
        let demand = self.live.demand();
        let shares = products.map(|product| demand.get(product, segment) / all);
        (all > 0.0).then(|| shares.collect())
    }

    /// Whether respondents may take none of the products, and choose between them and None.
    pub fn has_none(&self) -> bool {
        self.chooser.loses_to_none()
    }

    /// The share of all respondents, 0–1, who choose None as the offers stand.
    pub fn none_share(&self) -> f64 {
        self.live.demand().none_total() / self.selected.respondents.total_weight()
    }

    /// The same at the study's own offers.
    pub fn baseline_none_share(&self) -> f64 {
        self.baseline.choices.demand().none_total() / self.selected.respondents.total_weight()
    }

    /// The brand with the largest share at the study's own offers, the first in file order of
    /// several. `None` in a study without brands.
    pub fn leading_brand(&self) -> Option<BrandIndex> {
        let shares = self.baseline_brand_shares();
        // Backwards, because the last of several highest ones is taken.
        let brands = shares.indices().rev();
        brands.max_by(|one, other| shares[*one].total_cmp(&shares[*other]))
    }

    /// Respondents whose first choice is another one than at the study's own offers.
    pub fn changed_choices(&self) -> usize {
        let choices = self
            .live
            .first_choices()
            .iter()
            .zip(self.baseline.choices.first_choices());
        choices.filter(|(live, baseline)| live != baseline).count()
    }

    /// Every brand's money today and after the period, as the offers stand; `None` in a study
    /// without money.
    pub fn brands(&self) -> Option<IndexVec<BrandIndex, Change>> {
        let base = self.customer_base.as_ref()?;
        let prices = PriceList::new(&self.selected, self.scenario.offers());
        Some(base.changes(self.live.demand(), &prices))
    }

    /// Every brand's money today and after the period, at the study's own offers; `None` in a
    /// study without money.
    pub fn baseline_brands(&self) -> Option<&IndexVec<BrandIndex, Change>> {
        self.baseline.brands.as_ref()
    }

    /// The attraction matrix, products × products; see [`crate::simulation::attraction`].
    pub fn attraction(&self) -> DMatrix<f64> {
        attraction::matrix(&self.selected, &self.scenario, &self.live)
    }

    /// Every brand's tier: the files', or major for the half with the larger predicted shares.
    pub fn tiers(&self) -> IndexVec<BrandIndex, Tier> {
        let shares = self.baseline_brand_shares();
        let ranked = sorted(shares.indices().collect(), |one, other| {
            shares[*other].total_cmp(&shares[*one])
        });
        let major = &ranked[..ranked.len().div_ceil(2)];
        self.selected
            .brands
            .enumerate()
            .map(|(index, brand)| {
                brand.tier.unwrap_or(if major.contains(&index) {
                    Tier::Major
                } else {
                    Tier::Minor
                })
            })
            .collect()
    }

    /// The respondents whose first choice is a product of the brand.
    pub fn choosers_of_brand(&self, brand: BrandIndex) -> Vec<RespondentIndex> {
        let brands = self.product_brands();
        let first = self.live.first_choices().enumerate();
        first
            .filter(|(_, product)| product.and_then(|product| brands[product]) == Some(brand))
            .map(|(respondent, _)| respondent)
            .collect()
    }

    /// The brand's total probability for each of the respondents, in their order.
    fn brand_probability(&self, brand: BrandIndex, respondents: &[RespondentIndex]) -> Vec<f64> {
        let mut total = vec![0.0; respondents.len()];
        for (product, owner) in self.product_brands().enumerate() {
            if *owner == Some(brand) {
                let column = self.live.probability_column(product);
                for (sum, respondent) in total.iter_mut().zip(respondents) {
                    *sum += column[respondent.index()];
                }
            }
        }
        total
    }

    fn product_brands(&self) -> IndexVec<ProductIndex, Option<BrandIndex>> {
        let offers = self.scenario.offers().iter();
        offers
            .map(|offer| self.selected.schema.brand_of(offer))
            .collect()
    }

    /// Attraction to the chosen brand: over the respondents predicted to choose the brand, the
    /// distribution of its total probability.
    pub fn brand_attraction(&self, brand: BrandIndex) -> Distribution {
        let choosers = self.choosers_of_brand(brand);
        Distribution::new(self.brand_probability(brand, &choosers))
    }

    /// Brand scavengers: over the respondents predicted to choose the focal brand, the
    /// distribution of every brand's total probability.
    pub fn scavengers(&self, focal: BrandIndex) -> IndexVec<BrandIndex, Distribution> {
        let choosers = self.choosers_of_brand(focal);
        let brands = self.selected.brands.indices();
        brands
            .map(|brand| Distribution::new(self.brand_probability(brand, &choosers)))
            .collect()
    }
}

/// How every product does.
fn shares(
    study: &Study,
    choices: &Choices,
    offers: &IndexVec<ProductIndex, Offer>,
) -> IndexVec<ProductIndex, ProductShare> {
    let weights = study.respondents.weights.as_slice();
    let all = study.respondents.total_weight();
    let (first, demand) = (choices.first_choice_demand(), choices.demand());
    let product_share = |(product, logit)| {
        let by_segment = |demand: &Demand| {
            let segments = study.segments.indices();
            segments
                .map(|segment| demand.get(product, segment) / all)
                .collect()
        };
        ProductShare {
            share: demand.total(product) / all,
            share_by_segment: by_segment(demand),
            respondents: choices.tally().total(product),
            first_choice: first.total(product) / all,
            logit,
            first_choice_by_segment: by_segment(first),
        }
    };
    let logit = means(choices.probabilities(), weights);
    offers.indices().zip(logit).map(product_share).collect()
}

/// The demand of every brand's products, as a share of all respondents, whose weights sum to
/// `all`.
pub(crate) fn shares_by_brand(
    study: &Study,
    demand: &Demand,
    offers: &IndexVec<ProductIndex, Offer>,
    all: f64,
) -> IndexVec<BrandIndex, f64> {
    let mut sums: IndexVec<BrandIndex, f64> = vec![0.0; study.brands.len()].into();
    for (product, offer) in offers.enumerate() {
        if let Some(brand) = study.schema.brand_of(offer) {
            sums[brand] += demand.total(product);
        }
    }
    sums.iter().map(|sum| sum / all).collect()
}

/// A sample and its density.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// The values, 0–1: the rug.
    pub sample: Vec<f64>,
    /// The curve; none with fewer than two distinct values.
    pub density: Option<Density>,
}

impl Distribution {
    pub(crate) fn new(sample: Vec<f64>) -> Self {
        Self {
            density: Density::of(&sample),
            sample,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample_study::{Sample, generate};
    use crate::study::Cell;

    fn study() -> Study {
        let respondents = vec![("Gen X".to_owned(), 80)];
        generate(&Sample {
            seed: 3,
            respondents,
        })
        .unwrap()
    }

    /// First-choice shares of products summed by brand.
    fn summed(
        study: &Study,
        offers: &IndexVec<ProductIndex, Offer>,
        shares: &IndexVec<ProductIndex, ProductShare>,
    ) -> IndexVec<BrandIndex, f64> {
        let sum = |brand| {
            let own = offers.iter().zip(shares);
            let own = own.filter(|(offer, _)| study.schema.brand_of(offer) == Some(brand));
            own.map(|(_, share)| share.first_choice).sum()
        };
        study.brands.indices().map(sum).collect()
    }

    fn assert_near(found: &IndexVec<BrandIndex, f64>, expected: &IndexVec<BrandIndex, f64>) {
        for (found, expected) in found.iter().zip(expected) {
            assert!(
                (found - expected).abs() < 1e-12,
                "{found} is not {expected}"
            );
        }
    }

    #[test]
    fn shares_of_brands_are_those_of_their_products() {
        let study = Arc::new(study());
        let mut simulation = Simulation::new(Arc::clone(&study));
        let mut scenario = simulation.scenario().clone();
        let leader = simulation.leading_brand().unwrap();
        for product in study.offers.indices() {
            if study.schema.brand_of(&study.offers[product]) == Some(leader) {
                scenario.set_withdrawn(&study, product, true).unwrap();
            }
        }
        simulation.set_scenario(scenario);
        let baseline = simulation.baseline_brand_shares();
        let shares = simulation.baseline_shares();
        assert_near(&baseline, &summed(&study, &study.offers, shares));
        assert!(baseline.iter().all(|share| *share <= baseline[leader]));
        let live = simulation.brand_shares();
        let offers = simulation.scenario().offers();
        assert_near(&live, &summed(&study, offers, &simulation.shares()));
        assert_eq!(live[leader], 0.0);
        assert!((live.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // Edits change nothing about the baseline.
        assert_eq!(simulation.leading_brand(), Some(leader));
        assert_eq!(
            *simulation.baseline_shares(),
            Simulation::new(study).shares()
        );
    }

    #[test]
    fn of_brands_that_tie_the_first_leads() {
        let mut study = study();
        let brand = study.schema.brand;
        study.respondents.part_worths.fill(0.0);
        // All offers tie, so that the first one takes all; then there is none to take.
        let leading = |study: &Study| Simulation::new(Arc::new(study.clone())).leading_brand();
        let first = study
            .schema
            .brand_of(&study.offers[ProductIndex::from_index(12)]);
        study.offers[ProductIndex::from_index(0)].cells[brand] =
            study.offers[ProductIndex::from_index(12)].cells[brand];
        assert_eq!(leading(&study), first);
        for product in study.offers.indices().collect::<Vec<_>>() {
            study.offers[product].cells[brand] = Cell::Empty;
            study.offers[product].withdrawn = true;
        }
        assert_eq!(leading(&study), Some(BrandIndex::from_index(0)));
    }
}
