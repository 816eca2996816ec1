//! What the search of product lines should do.

use conjoint::index_vec::ProductIndex;
use conjoint::optimizer::line::{LineObjective, LineRequest};
use conjoint::simulation::scenario::Scenario;
use conjoint::study::{ProductId, Study};

/// The best lines that are shown.
const SHOWN_LINES: usize = 10;
/// How many offers a line adds by default, if there are as many.
const DEFAULT_SIZE: usize = 3;

/// What the search of product lines should do. An option that is `None` follows from the study.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineOptions {
    /// How many offers a line adds to the kept ones.
    pub size: Option<usize>,
    /// What it maximizes.
    pub objective: LineObjective,
    /// The brand whose offers are chosen from and whose figures count, by name; `None` for all offers.
    pub brand: Option<String>,
    /// The offers that are in every line.
    pub kept: Vec<ProductId>,
    /// Whether respondents may choose None; `None` for as in the choice model.
    pub includes_none: Option<bool>,
}

impl LineOptions {
    /// The offers to choose from.
    pub fn candidates(&self, study: &Study, scenario: &Scenario) -> Vec<ProductIndex> {
        let brand = self
            .brand
            .as_deref()
            .and_then(|name| study.find_brand(name));
        let offers = scenario.offers();
        let candidates = offers.indices().filter(|product| {
            let offer = &offers[*product];
            let is_named = brand.is_none() || study.schema().brand_of(offer) == brand;
            !offer.withdrawn && is_named && !self.kept.contains(&offer.id)
        });
        candidates.collect()
    }

    /// The objectives that can be computed: without a brand only the reach, and money only where the
    /// study has some.
    pub fn objectives(&self, study: &Study) -> &'static [LineObjective] {
        let count = match (&self.brand, study.has_money()) {
            (None, _) => 1,
            (Some(_), false) => 2,
            (Some(_), true) => 4,
        };
        LineObjective::ALL.get(..count).unwrap_or_default()
    }

    /// The request, with a size that the candidates allow.
    pub fn request(&self, study: &Study, scenario: &Scenario) -> LineRequest {
        let most = self.candidates(study, scenario).len().max(1);
        let kept = self.kept.iter().filter_map(|id| {
            let product = scenario.find(id.as_str())?;
            let offer = scenario.offers().get(product)?;
            (!offer.withdrawn).then_some(product)
        });
        let is_possible = self.objectives(study).contains(&self.objective);
        LineRequest {
            size: self.size.unwrap_or(DEFAULT_SIZE).clamp(1, most),
            candidates: Vec::new(),
            kept: kept.collect(),
            objective: match is_possible {
                true => self.objective,
                false => LineObjective::default(),
            },
            brand: self
                .brand
                .as_deref()
                .and_then(|name| study.find_brand(name)),
            top: SHOWN_LINES,
        }
    }
}
