//! A study under the user's edits: the state that every figure is read from.

use std::sync::Arc;

use nalgebra::DMatrix;

use crate::attraction;
use crate::choice::{Choices, Tally};
use crate::density::Density;
use crate::finance::{Change, CustomerBase, PriceList};
use crate::indexed::{BrandIndex, List, Position, ProductIndex, RespondentIndex, SegmentIndex};
use crate::order::sorted;
use crate::scenario::{Offer, Scenario};
use crate::study::{Study, Tier};

/// Baseline and live choices of a study, kept up to date edit by edit.
#[derive(Clone, Debug)]
pub struct Simulation {
    study: Arc<Study>,
    scenario: Scenario,
    baseline: Arc<Baseline>,
    live: Choices,
    /// `None` in a study without money.
    pub(crate) base: Option<Arc<CustomerBase>>,
}

/// What the study's own offers lead to; no edit changes it.
#[derive(Debug)]
struct Baseline {
    choices: Choices,
    shares: List<ProductIndex, ProductShare>,
    /// First choices by brand.
    won: List<BrandIndex, u32>,
    /// `None` in a study without money.
    brands: Option<List<BrandIndex, Change>>,
}

/// How one product does.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductShare {
    /// Respondents whose first choice it is.
    pub respondents: u32,
    /// The same as a share of all respondents, 0–1.
    pub first_choice: f64,
    /// Mean probability of choosing it, 0–1.
    pub logit: f64,
    /// First choices of a segment as a share of all respondents, 0–1.
    pub by_segment: List<SegmentIndex, f64>,
}

impl Simulation {
    /// A simulation that starts at the study's own offers.
    pub fn new(study: Arc<Study>) -> Self {
        let scenario = Scenario::baseline(&study);
        let live = Choices::new(&study, scenario.offers());
        let market = study.market.as_ref();
        let base = market.map(|market| CustomerBase::new(&study, market, live.tally()));
        let prices = PriceList::of(&study, scenario.offers());
        let baseline = Baseline {
            brands: base.as_ref().map(|base| base.after(live.tally(), &prices)),
            shares: shares(&study, &live, scenario.offers()),
            won: won(&study, live.tally(), scenario.offers()),
            choices: live.clone(),
        };
        Self {
            study,
            scenario,
            baseline: Arc::new(baseline),
            live,
            base: base.map(Arc::new),
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
                self.live.update(&self.study, new, &changed);
            }
        } else {
            self.live = Choices::new(&self.study, new);
        }
        self.scenario = scenario;
    }

    /// The study.
    pub fn study(&self) -> &Arc<Study> {
        &self.study
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
    pub fn shares(&self) -> List<ProductIndex, ProductShare> {
        shares(&self.study, &self.live, self.scenario.offers())
    }

    /// Shares of every product of the study at its own offers.
    pub fn baseline_shares(&self) -> &List<ProductIndex, ProductShare> {
        &self.baseline.shares
    }

    /// First choices of every brand's products as the offers stand, as a share of all
    /// respondents, 0–1.
    pub fn brand_shares(&self) -> List<BrandIndex, f64> {
        let won = won(&self.study, self.live.tally(), self.scenario.offers());
        self.of_respondents(&won)
    }

    /// First choices of every brand's products at the study's own offers, as a share of all
    /// respondents, 0–1.
    pub fn baseline_brand_shares(&self) -> List<BrandIndex, f64> {
        self.of_respondents(&self.baseline.won)
    }

    fn of_respondents(&self, won: &List<BrandIndex, u32>) -> List<BrandIndex, f64> {
        let respondents = self.study.respondents.len() as f64;
        let shares = won.iter().map(|won| f64::from(*won) / respondents);
        shares.collect()
    }

    /// The brand with the most first choices at the study's own offers, the first in file order
    /// of several. `None` in a study without brands.
    pub fn leading_brand(&self) -> Option<BrandIndex> {
        let won = &self.baseline.won;
        // Backwards, because the last of several highest ones is taken.
        won.indices().rev().max_by_key(|brand| won[*brand])
    }

    /// Respondents whose first choice is another one than at the study's own offers.
    pub fn changed_choices(&self) -> usize {
        let choices = self.live.first().iter().zip(self.baseline.choices.first());
        choices.filter(|(live, baseline)| live != baseline).count()
    }

    /// Every brand's money today and after the period, as the offers stand; `None` in a study
    /// without money.
    pub fn brands(&self) -> Option<List<BrandIndex, Change>> {
        let base = self.base.as_ref()?;
        let prices = PriceList::of(&self.study, self.scenario.offers());
        Some(base.after(self.live.tally(), &prices))
    }

    /// Every brand's money today and after the period, at the study's own offers; `None` in a
    /// study without money.
    pub fn baseline_brands(&self) -> Option<&List<BrandIndex, Change>> {
        self.baseline.brands.as_ref()
    }

    /// The attraction matrix, products × products; see [`crate::attraction`].
    pub fn attraction(&self) -> DMatrix<f64> {
        attraction::matrix(&self.study, &self.scenario, &self.live)
    }

    /// Every brand's tier: the files', or major for the half with the larger predicted shares.
    pub fn tiers(&self) -> List<BrandIndex, Tier> {
        let won = &self.baseline.won;
        let ranked = sorted(won.indices().collect(), |one, other| {
            won[*other].cmp(&won[*one])
        });
        let major = &ranked[..ranked.len().div_ceil(2)];
        self.study
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
        let first = self.live.first().enumerate();
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
                let column = self.live.column(product);
                for (sum, respondent) in total.iter_mut().zip(respondents) {
                    *sum += column[respondent.get()];
                }
            }
        }
        total
    }

    fn product_brands(&self) -> List<ProductIndex, Option<BrandIndex>> {
        let offers = self.scenario.offers().iter();
        offers
            .map(|offer| self.study.schema.brand_of(offer))
            .collect()
    }

    /// Attraction to the chosen brand: over the respondents predicted to choose the brand, the
    /// distribution of its total probability.
    pub fn brand_attraction(&self, brand: BrandIndex) -> Distribution {
        let choosers = self.choosers_of_brand(brand);
        Distribution::of(self.brand_probability(brand, &choosers))
    }

    /// Brand scavengers: over the respondents predicted to choose the focal brand, the
    /// distribution of every brand's total probability.
    pub fn scavengers(&self, focal: BrandIndex) -> List<BrandIndex, Distribution> {
        let choosers = self.choosers_of_brand(focal);
        let brands = self.study.brands.indices();
        brands
            .map(|brand| Distribution::of(self.brand_probability(brand, &choosers)))
            .collect()
    }
}

/// How every product does.
fn shares(
    study: &Study,
    choices: &Choices,
    offers: &List<ProductIndex, Offer>,
) -> List<ProductIndex, ProductShare> {
    let respondents = study.respondents.len() as f64;
    let share = |count: u32| f64::from(count) / respondents;
    let tally = choices.tally();
    let product_share = |product| ProductShare {
        respondents: tally.total(product),
        first_choice: share(tally.total(product)),
        logit: choices.logit_share(product),
        by_segment: study
            .segments
            .indices()
            .map(|segment| share(tally.get(product, segment)))
            .collect(),
    };
    offers.indices().map(product_share).collect()
}

/// First choices by brand.
fn won(study: &Study, tally: &Tally, offers: &List<ProductIndex, Offer>) -> List<BrandIndex, u32> {
    let mut won: List<BrandIndex, u32> = vec![0; study.brands.len()].into();
    for (product, offer) in offers.enumerate() {
        if let Some(brand) = study.schema.brand_of(offer) {
            won[brand] += tally.total(product);
        }
    }
    won
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
    pub(crate) fn of(sample: Vec<f64>) -> Self {
        Self {
            density: Density::of(&sample),
            sample,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{Sample, generate};
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
        offers: &List<ProductIndex, Offer>,
        shares: &List<ProductIndex, ProductShare>,
    ) -> List<BrandIndex, f64> {
        let sum = |brand| {
            let own = offers.iter().zip(shares);
            let own = own.filter(|(offer, _)| study.schema.brand_of(offer) == Some(brand));
            own.map(|(_, share)| share.first_choice).sum()
        };
        study.brands.indices().map(sum).collect()
    }

    fn assert_near(found: &List<BrandIndex, f64>, expected: &List<BrandIndex, f64>) {
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
        let first = study.schema.brand_of(&study.offers[ProductIndex::at(12)]);
        study.offers[ProductIndex::at(0)].cells[brand] =
            study.offers[ProductIndex::at(12)].cells[brand];
        assert_eq!(leading(&study), first);
        for product in study.offers.indices().collect::<Vec<_>>() {
            study.offers[product].cells[brand] = Cell::Empty;
            study.offers[product].withdrawn = true;
        }
        assert_eq!(leading(&study), Some(BrandIndex::at(0)));
    }
}
