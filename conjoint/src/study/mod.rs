//! A study: everything that a folder of files says, checked once when it is read.
//!
//! Nothing about brands, segments, attributes, levels or products is fixed in code. After
//! [`Study::read`] every name is resolved, every number finite and every table complete, so
//! that no computation can fail on a study's content.

mod attribute;
pub(crate) mod brands;
pub(crate) mod market;
mod offer;
pub(crate) mod schema;
mod selection;

use nalgebra::{DMatrix, DMatrixView};

pub use attribute::{Attribute, Cell, Levels};
pub use brands::{Brand, PALETTE, Tier};
pub use market::Market;
pub use offer::{Offer, ProductId};
pub use schema::Schema;
pub(crate) use schema::price;

pub use crate::format::volumes::Volume;

use crate::format::{
    BASE_ARPU, BRANDS, CHURN, OFFERS, Problems, RECONTRACT, SETTINGS, Settings, StudyFiles,
    UTILITIES, VOLUMES, WEIGHTS, offers, rates, settings, table, utilities, volumes, weights,
};
use crate::index_vec::{
    AttributeIndex, BrandIndex, IndexVec, ParentIndex, Position, ProductIndex, RespondentIndex,
    SegmentIndex,
};
use market::MarketFiles;

/// The column of respondents' and of offers' ids.
pub(crate) const ID: &str = "id";
/// The column that sorts the respondents into segments.
pub(crate) const SEGMENT: &str = "segment";
/// The column of the brand that a respondent has today.
pub(crate) const OWNER: &str = "current brand";
/// The column of an offer's name beside its brand.
pub(crate) const MODEL: &str = "model";
/// The attribute that says who sells a product.
pub const BRAND: &str = "brand";
/// The attribute, and its only level, that is the choice of none of the offers.
pub(crate) const NONE: &str = "None";
/// Cost a month, in the study's currency.
pub const MONTHLY_COST: &str = "monthly_cost";
/// Cost at signing, in the study's currency.
pub const UPFRONT_COST: &str = "upfront_cost";
/// Length of the contract, in months.
pub const TERM: &str = "term";

/// The people who were asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Respondents {
    pub(crate) ids: IndexVec<RespondentIndex, String>,
    pub(crate) segments: IndexVec<RespondentIndex, SegmentIndex>,
    pub(crate) owners: IndexVec<RespondentIndex, BrandIndex>,
    /// How many people each stands for: finite, 0 or above, and not 0 for all.
    pub(crate) weights: IndexVec<RespondentIndex, f64>,
    /// Respondents × levels, utility units; levels stand as the attributes order them, and behind
    /// them, where the file has it, the choice of nothing.
    pub(crate) part_worths: DMatrix<f64>,
    /// The column of `part_worths` that is of the choice of nothing.
    pub(crate) none_column: Option<usize>,
}

impl Respondents {
    /// Their ids.
    pub fn ids(&self) -> &IndexVec<RespondentIndex, String> {
        &self.ids
    }

    /// The segment of each.
    pub fn segments(&self) -> &IndexVec<RespondentIndex, SegmentIndex> {
        &self.segments
    }

    /// The brand that each has today; empty where the files do not say.
    pub fn owners(&self) -> &IndexVec<RespondentIndex, BrandIndex> {
        &self.owners
    }

    /// How many people each stands for: finite, 0 or above, and not 0 for all; 1 each where the
    /// files do not say.
    pub fn weights(&self) -> &IndexVec<RespondentIndex, f64> {
        &self.weights
    }

    /// The sum of all weights.
    pub(crate) fn total_weight(&self) -> f64 {
        self.weights.iter().sum()
    }

    /// Whether one counts for more than another, or for more or less than one.
    pub fn are_weighted(&self) -> bool {
        self.weights.iter().any(|weight| *weight != 1.0)
    }

    /// What it is worth to each to take none of the offers, utility units; `None` where the files
    /// do not say.
    pub fn none(&self) -> Option<&[f64]> {
        let start = self.none_column? * self.len();
        self.part_worths.as_slice().get(start..start + self.len())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none; a study that was read has one at least.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

/// A study that can be computed on.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    pub(crate) settings: Settings,
    pub(crate) schema: Schema,
    pub(crate) brands: IndexVec<BrandIndex, Brand>,
    pub(crate) parents: IndexVec<ParentIndex, String>,
    pub(crate) segments: IndexVec<SegmentIndex, String>,
    pub(crate) offers: IndexVec<ProductIndex, Offer>,
    pub(crate) respondents: Respondents,
    /// `None` without the files behind the money figures.
    pub(crate) market: Option<Market>,
    pub(crate) warnings: Problems,
}

impl Study {
    /// Reads and checks a study.
    ///
    /// # Errors
    /// Everything that is wrong with the files, each with file, row and column.
    pub fn read(files: &StudyFiles) -> Result<Self, Problems> {
        Self::read_telling(files, &mut |_| {})
    }

    /// Reads and checks a study, and tells on the way which fraction of it was read: that of the
    /// respondents' file, which is nearly all of a large study, a hundred times at most.
    ///
    /// # Errors
    /// As [`Study::read`].
    pub fn read_telling(files: &StudyFiles, tell: &mut dyn FnMut(f64)) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let study = Self::assemble(files, &mut problems, tell);
        problems.sort();
        match study {
            Some(mut study) if !problems.any_error() => {
                study.warnings = problems;
                Ok(study)
            }
            _ => Err(problems),
        }
    }

    /// Puts the files together; `None` where one is too damaged, and a problem was noted.
    ///
    /// Every file is read, and every pair of files matched that there is, before the first `?`.
    fn assemble(
        files: &StudyFiles,
        problems: &mut Problems,
        tell: &mut dyn FnMut(f64),
    ) -> Option<Self> {
        let settings = settings::read(files, problems);
        let columns = &settings.columns;
        let money = MarketFiles::read(files, problems);
        let offered = table::header_of(files.get(OFFERS).unwrap_or_default());
        let asked = utilities::header(files);
        settings::match_columns(&settings, [&offered, &asked], problems);
        let mut utilities = utilities::read(files, columns, money.is_some(), problems, tell);
        if let Some(utilities) = &mut utilities {
            // Money needs all costs; without it, what neither file has is no attribute.
            utilities.add_costs(|name| money.is_some() || offered.iter().any(|own| own == name));
        }
        let ids = utilities.as_ref().map(|utilities| utilities.ids.as_slice());
        let weights = weights::read(files, columns, ids, problems);
        let brand_names = match &money {
            Some(money) => money.brands().cloned(),
            None => utilities.as_ref().map(|read| read.brands(problems)),
        };
        let schema = utilities.as_ref().and_then(|utilities| {
            let levels = brand_of_levels(utilities.brand_levels(), brand_names.as_ref());
            let attributes = utilities.attributes.clone();
            Schema::new(attributes, columns, money.is_some(), levels)
        });
        let offers = offers::read(files, columns, schema.as_ref(), money.is_some(), problems);
        if let Some(money) = &money {
            money.match_names(utilities.as_ref(), problems);
        }
        let brands = brand_names.as_ref().map(|names| {
            let elsewhere = if money.is_some() { VOLUMES } else { UTILITIES };
            brands::read(files, names, elsewhere, problems)
        });
        let segments = match &money {
            Some(money) => money.segments().cloned(),
            None => utilities.as_ref().map(|read| read.segments(problems)),
        };
        let market = match money {
            Some(money) => Some(money.market(problems)?),
            None => None,
        };
        let (names, segments) = (brand_names?, segments?);
        let respondents = utilities?.respondents(&segments, &names, weights);
        let (brands, parents) = brands?;
        Some(Self {
            schema: schema?,
            brands,
            parents,
            segments,
            offers: offers?,
            respondents,
            market,
            settings,
            warnings: Problems::default(),
        })
    }

    /// The study as files; [`Study::read`] gives the same study again.
    pub fn to_files(&self) -> StudyFiles {
        let mut files = StudyFiles::default();
        files.insert(OFFERS, offers::to_csv(self));
        files.insert(UTILITIES, utilities::to_csv(self));
        if let Some(market) = &self.market {
            files.insert(RECONTRACT, rates::to_csv(self, &market.recontract));
            files.insert(CHURN, rates::to_csv(self, &market.churn));
            files.insert(BASE_ARPU, rates::to_csv(self, &market.base_arpu));
            files.insert(VOLUMES, volumes::to_csv(self, market));
        }
        files.insert(BRANDS, brands::to_csv(self));
        if let Some(weights) = weights::to_csv(self) {
            files.insert(WEIGHTS, weights);
        }
        files.insert(SETTINGS, settings::to_json(&self.settings));
        files
    }

    /// Title and settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The attributes.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The brands of the market.
    pub fn brands(&self) -> &IndexVec<BrandIndex, Brand> {
        &self.brands
    }

    /// The parents' names.
    pub fn parents(&self) -> &IndexVec<ParentIndex, String> {
        &self.parents
    }

    /// The segments' names.
    pub fn segments(&self) -> &IndexVec<SegmentIndex, String> {
        &self.segments
    }

    /// The products as the study offers them.
    pub fn offers(&self) -> &IndexVec<ProductIndex, Offer> {
        &self.offers
    }

    /// The people who were asked.
    pub fn respondents(&self) -> &Respondents {
        &self.respondents
    }

    /// The part-worths of an attribute's levels, respondents × levels, utility units.
    pub(crate) fn part_worths_of(&self, attribute: AttributeIndex) -> DMatrixView<'_, f64> {
        let attribute = &self.schema.attributes[attribute];
        let (first, count) = (attribute.first_column, attribute.levels.len());
        self.respondents.part_worths.columns(first, count)
    }

    /// Whether there are customers, revenue, ARPU and EBIT: not without the files behind them.
    pub fn has_money(&self) -> bool {
        self.market.is_some()
    }

    /// What is odd about the files, but keeps nobody from using them.
    pub fn warnings(&self) -> &Problems {
        &self.warnings
    }

    /// A brand by name.
    pub fn find_brand(&self, name: &str) -> Option<BrandIndex> {
        self.brands.position(|brand| brand.name == name)
    }

    /// A product as people call it: brand and model.
    pub fn name_of(&self, offer: &Offer) -> String {
        match self.schema.brand_of(offer) {
            Some(brand) => format!("{} {}", self.brands[brand].name, offer.model),
            None => offer.model.clone(),
        }
    }
}

/// The brand behind every level of the brand attribute; a level that is no brand is noted when
/// the files are matched, and stands for the first.
fn brand_of_levels(
    levels: &[String],
    brands: Option<&IndexVec<BrandIndex, String>>,
) -> Vec<BrandIndex> {
    let brand_of = |level: &String| brands.and_then(|brands| brands.position(|name| name == level));
    let brands = levels.iter().map(brand_of);
    brands
        .map(|brand| brand.unwrap_or(BrandIndex::from_index(0)))
        .collect()
}
