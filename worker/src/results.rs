//! What the page shows after an edit: computed on the page for a small study, by the analyst for a
//! large one.

use conjoint::choice::ChoiceModel;
use conjoint::index_vec::{BrandIndex, IndexVec, ProductIndex, RespondentIndex, SegmentIndex};
use conjoint::market::Change;
use conjoint::simulation::comparison::{ComparedFigure, Comparison, Line};
use conjoint::simulation::detail::CellDetail;
use conjoint::simulation::scenario::Scenario;
use conjoint::simulation::{Distribution, ProductShare, Simulation};
use conjoint::study::{Study, Tier};
use serde::{Deserialize, Serialize};

/// The results of a simulation that figures need at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// The number of included respondents.
    pub respondents: usize,
    /// The number of respondents with equal weights that are as informative.
    pub effective_respondents: f64,
    /// Whether respondents have different weights.
    pub is_weighted: bool,
    /// The number of respondents whose first choice differs from that at the baseline.
    pub changed_choices: usize,
    /// The number of respondents with more than one first choice.
    pub ties: usize,
    /// Shares of every product.
    pub shares: IndexVec<ProductIndex, ProductShare>,
    /// Shares of the study's products at the baseline.
    pub baseline_shares: IndexVec<ProductIndex, ProductShare>,
    /// The share of a segment's respondents, 0–1, that choose each product; `None` if no respondent of
    /// the segment is included.
    pub segment_shares: IndexVec<SegmentIndex, Option<IndexVec<ProductIndex, f64>>>,
    /// Shares of every brand, 0–1.
    pub brand_shares: IndexVec<BrandIndex, f64>,
    /// The same at the baseline.
    pub baseline_brand_shares: IndexVec<BrandIndex, f64>,
    /// The share of None; `None` without a None option.
    pub none: Option<NoneShare>,
    /// Every brand's money; `None` in a study without it.
    pub brands: Option<IndexVec<BrandIndex, Change>>,
    /// The same at the baseline.
    pub baseline_brands: Option<IndexVec<BrandIndex, Change>>,
    /// Every brand's tier.
    pub tiers: IndexVec<BrandIndex, Tier>,
    /// The brand with the largest share at the baseline; `None` in a study without brands.
    pub leading_brand: Option<BrandIndex>,
    /// The attraction matrix: a row for each product that respondents choose, a column for each
    /// competing product.
    pub attraction: Vec<Vec<f64>>,
    /// The scale of the errors, for rules that draw them.
    pub error_scale: Option<f64>,
}

/// The share of None, 0–1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoneShare {
    /// At the edited offers.
    pub live: f64,
    /// At the baseline.
    pub baseline: f64,
}

impl Results {
    /// The results at the simulation's offers.
    pub fn compute(simulation: &Simulation) -> Self {
        let study = simulation.selected();
        let respondents = study.respondents();
        let attraction = simulation.attraction();
        Self {
            respondents: respondents.count(),
            effective_respondents: respondents.effective_sample_size(),
            is_weighted: respondents.are_weighted(),
            changed_choices: simulation.changed_choices(),
            ties: simulation.count_ties(),
            shares: simulation.shares(),
            baseline_shares: simulation.baseline_shares().clone(),
            segment_shares: study
                .segments()
                .indices()
                .map(|segment| simulation.segment_shares(segment))
                .collect(),
            brand_shares: simulation.brand_shares(),
            baseline_brand_shares: simulation.baseline_brand_shares(),
            none: simulation.has_none().then(|| NoneShare {
                live: simulation.none_share(),
                baseline: simulation.baseline_none_share(),
            }),
            brands: simulation.brands(),
            baseline_brands: simulation.baseline_brands().cloned(),
            tiers: simulation.tiers(),
            leading_brand: simulation.leading_brand(),
            attraction: attraction
                .row_iter()
                .map(|row| row.iter().copied().collect())
                .collect(),
            error_scale: simulation.live().error_scale(),
        }
    }
}

/// Scenarios side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ComparedScenarios {
    /// The lines of each figure.
    pub figures: Vec<(ComparedFigure, Vec<Line>)>,
}

impl ComparedScenarios {
    /// Computes every scenario by the simulation's choice model.
    pub fn compute(simulation: &Simulation, scenarios: Vec<Scenario>) -> Self {
        let comparison = Comparison::new(simulation, scenarios);
        let figures = comparison.measures().into_iter();
        Self {
            figures: figures
                .map(|figure| (figure, comparison.lines(figure)))
                .collect(),
        }
    }

    /// The figures that are compared.
    pub fn measures(&self) -> Vec<ComparedFigure> {
        self.figures.iter().map(|(figure, _)| *figure).collect()
    }

    /// The lines of a figure.
    pub fn lines(&self, compared: ComparedFigure) -> &[Line] {
        let mut figures = self.figures.iter();
        let found = figures.find(|(figure, _)| *figure == compared);
        found.map_or(&[], |(_, lines)| lines)
    }
}

/// A figure that shows single respondents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RespondentFigure {
    /// How certain the choosers of each of these brands are of it.
    BrandAttraction(Vec<BrandIndex>),
    /// How likely the choosers of a brand are to choose each brand.
    BrandScavengers(BrandIndex),
    /// The choosers of a product, and how close another product, or the same, comes.
    Cell(ProductIndex, ProductIndex),
}

/// What a [`RespondentFigure`] shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RespondentResult {
    /// A brand each.
    Brands(Vec<(BrandIndex, RespondentSample)>),
    /// The choosers of a product.
    Product(RespondentSample),
    /// The choosers of a product, and how close another comes.
    Pairs(Vec<RespondentPair>),
}

/// Probabilities of respondents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RespondentSample {
    /// The respondents' ids.
    pub respondents: Vec<String>,
    /// Their probabilities, in the same order.
    pub distribution: Distribution,
}

/// A respondent between a chosen and a competing product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RespondentPair {
    /// The respondent's id.
    pub respondent: String,
    /// The respondent's segment.
    pub segment: SegmentIndex,
    /// The probability of the chosen product, 0–1.
    pub probability: f64,
    /// The probability of the competing product divided by that of the chosen one.
    pub ratio: f64,
}

impl RespondentResult {
    /// The respondents of a figure, at the simulation's offers.
    pub fn compute(simulation: &Simulation, figure: &RespondentFigure) -> Self {
        let study = simulation.selected();
        match figure {
            RespondentFigure::BrandAttraction(brands) => {
                let sample = |brand: &BrandIndex| {
                    let choosers = simulation.choosers_of_brand(*brand);
                    let distribution = simulation.brand_attraction(*brand);
                    (*brand, sample(study, &choosers, distribution))
                };
                Self::Brands(brands.iter().map(sample).collect())
            }
            RespondentFigure::BrandScavengers(focal) => {
                let choosers = simulation.choosers_of_brand(*focal);
                let scavengers = simulation.scavengers(*focal);
                let brands = scavengers.enumerate().map(|(brand, distribution)| {
                    (brand, sample(study, &choosers, distribution.clone()))
                });
                Self::Brands(brands.collect())
            }
            RespondentFigure::Cell(chosen, competing) => {
                match simulation.cell_detail(*chosen, *competing) {
                    CellDetail::Diagonal {
                        respondents,
                        distribution,
                    } => Self::Product(sample(study, &respondents, distribution)),
                    CellDetail::Pairs(pairs) => {
                        let people = study.respondents();
                        let pairs = pairs.iter().map(|pair| RespondentPair {
                            respondent: people.ids()[pair.respondent].clone(),
                            segment: people.segments()[pair.respondent],
                            probability: pair.probability,
                            ratio: pair.ratio,
                        });
                        Self::Pairs(pairs.collect())
                    }
                }
            }
        }
    }
}

fn sample(
    study: &Study,
    respondents: &[RespondentIndex],
    distribution: Distribution,
) -> RespondentSample {
    let ids = study.respondents().ids();
    RespondentSample {
        respondents: respondents
            .iter()
            .map(|index| ids[*index].clone())
            .collect(),
        distribution,
    }
}

/// The work of one choice by a rule that draws errors, in choices without them (measured: 50 µs for
/// each respondent of the shipped study's 13 products, against 12 µs).
const DRAWN: u64 = 4;

/// The work after an edit, in choices of one respondent for one product: what [`Results::compute`] and
/// the simulation before it take grows with it.
pub fn edit_work(study: &Study, model: &ChoiceModel, products: usize) -> u64 {
    let draws = study.respondents().draws();
    let draws = draws.filter(|_| model.uncertainty.uses_draws());
    let rows = study.respondents().len() as u64 * draws.map_or(1, |draws| draws.count() as u64);
    let choices = rows * products as u64;
    match model.rule.uses_draws() {
        true => choices * DRAWN,
        false => choices,
    }
}

#[cfg(test)]
mod tests;
