//! A study: its products, the market today, and respondents with their part-worths.
//!
//! Nothing about brands, segments, attributes, levels or products is fixed in code. [`Study::new`]
//! checks that every name is resolved, every number is finite and every table is complete, so no
//! computation can fail on a study's content. This module knows nothing of files.

pub(crate) mod attribute;
pub(crate) mod brands;
mod draws;
mod error;
pub(crate) mod interaction;
pub(crate) mod market;
pub(crate) mod names;
mod number_style;
mod numeral;
mod offer;
pub(crate) mod prohibited;
mod respondents;
pub(crate) mod schema;
mod selection;
pub(crate) mod settings;
pub(crate) mod text;
pub(crate) mod unit;
pub(crate) mod value;

use nalgebra::DMatrixView;

pub use attribute::{AllowedRange, Attribute, Cell, Levels};
pub use brands::{Brand, PALETTE, Tier};
pub use draws::Draws;
pub use error::StudyError;
pub(crate) use interaction::Cells;
pub use interaction::Effect;
pub use market::{Market, Volume};
pub use names::{BRAND, CustomNames, MONTHLY_COST, TERM, UPFRONT_COST};
pub use number_style::NumberStyle;
pub use offer::{Offer, ProductId};
pub use prohibited::{ProhibitedPair, ProhibitedValue};
pub use respondents::Respondents;
pub use schema::Schema;
pub(crate) use schema::price;
pub use settings::Settings;
pub(crate) use text::format_amount;
pub use text::quote_names;
pub use unit::Unit;
pub(crate) use value::{LARGEST_NUMBER, remove_rounding_noise};
pub use value::{ValueError, parse_number};

use crate::index_vec::{BrandIndex, IndexVec, ParentIndex, Position, ProductIndex, SegmentIndex};

/// The parts of a study, before [`Study::new`] checks that they fit together.
#[derive(Clone, Debug)]
pub(crate) struct StudyParts {
    pub(crate) settings: Settings,
    pub(crate) schema: Schema,
    pub(crate) brands: IndexVec<BrandIndex, Brand>,
    pub(crate) parents: IndexVec<ParentIndex, String>,
    pub(crate) segments: IndexVec<SegmentIndex, String>,
    pub(crate) offers: IndexVec<ProductIndex, Offer>,
    pub(crate) respondents: Respondents,
    pub(crate) market: Option<Market>,
    pub(crate) prohibited: Vec<ProhibitedPair>,
}

/// A study that can be computed on.
///
/// # Examples
/// ```
/// use conjoint::sample_study::{Sample, generate};
///
/// let study = generate(&Sample::default())?;
/// let first = study.offers().iter().next().expect("a study has offers");
/// assert_eq!(study.respondents().len(), 560);
/// assert_eq!(study.name_of(first), "Audi e-tron");
/// assert!(study.has_money());
/// # Ok::<(), conjoint::sample_study::SampleError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    pub(crate) settings: Settings,
    pub(crate) schema: Schema,
    pub(crate) brands: IndexVec<BrandIndex, Brand>,
    pub(crate) parents: IndexVec<ParentIndex, String>,
    pub(crate) segments: IndexVec<SegmentIndex, String>,
    pub(crate) offers: IndexVec<ProductIndex, Offer>,
    pub(crate) respondents: Respondents,
    /// `None` if the study has no money figures.
    pub(crate) market: Option<Market>,
    /// The pairs of levels that were never shown together.
    pub(crate) prohibited: Vec<ProhibitedPair>,
}

impl Study {
    /// Puts the parts of a study together.
    ///
    /// # Errors
    /// The first part that is incomplete, out of range, or does not fit the others.
    pub(crate) fn new(parts: StudyParts) -> Result<Self, StudyError> {
        parts.check()?;
        let StudyParts {
            settings,
            schema,
            brands,
            parents,
            segments,
            offers,
            respondents,
            market,
            prohibited,
        } = parts;
        Ok(Self {
            settings,
            schema,
            brands,
            parents,
            segments,
            offers,
            respondents,
            market,
            prohibited,
        })
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

    /// The names of the parent companies.
    pub fn parents(&self) -> &IndexVec<ParentIndex, String> {
        &self.parents
    }

    /// The names of the segments.
    pub fn segments(&self) -> &IndexVec<SegmentIndex, String> {
        &self.segments
    }

    /// The study's own offers, before any edit.
    pub fn offers(&self) -> &IndexVec<ProductIndex, Offer> {
        &self.offers
    }

    /// The people who were surveyed.
    pub fn respondents(&self) -> &Respondents {
        &self.respondents
    }

    /// The part-worths of an effect's levels or pairs, respondents × levels, in utility units.
    pub(crate) fn part_worths_of(&self, effect: Effect) -> DMatrixView<'_, f64> {
        let columns = self.schema.effect_columns(effect);
        self.respondents
            .part_worths
            .columns(columns.start, columns.len())
    }

    /// Whether the study has the data for customers, revenue, ARPU and EBIT.
    pub fn has_money(&self) -> bool {
        self.market.is_some()
    }

    /// Finds a brand by name.
    pub fn find_brand(&self, name: &str) -> Option<BrandIndex> {
        self.brands.position(|brand| brand.name == name)
    }

    /// What people call a product: brand and model; without a brand attribute, its own name.
    pub fn name_of(&self, offer: &Offer) -> String {
        match self.schema.brand_of(offer) {
            // Without a brand attribute, the brand is the product's own name.
            Some(brand) if !self.schema.has_brand_attribute() || offer.model.is_empty() => {
                self.brands[brand].name.clone()
            }
            Some(brand) => format!("{} {}", self.brands[brand].name, offer.model),
            None => offer.model.clone(),
        }
    }
}

impl StudyParts {
    fn check(&self) -> Result<(), StudyError> {
        let (brands, segments) = (self.brands.len(), self.segments.len());
        for (part, count) in [("brands", brands), ("segments", segments)] {
            if count == 0 {
                return Err(StudyError::Empty { part });
            }
        }
        let size = self.settings.market_size_thousands;
        StudyError::check_values("market size", &[size], |size| {
            (0.0..=LARGEST_NUMBER).contains(size)
        })?;
        StudyError::check_values("brands", &self.brands, |brand| {
            brand.parent.index() < self.parents.len() && brands::is_css_color(&brand.color)
        })?;
        self.schema.check(brands)?;
        self.check_offers()?;
        let columns = self.schema.column_count();
        self.respondents.check(brands, segments, columns)?;
        match &self.market {
            Some(market) => self.check_market(market),
            None => Ok(()),
        }
    }

    fn check_offers(&self) -> Result<(), StudyError> {
        let part = "offers";
        if self.offers.is_empty() {
            return Err(StudyError::Empty { part });
        }
        let schema = &self.schema;
        StudyError::check_values(part, &self.offers, |offer| {
            offer.cells.len() == schema.attributes.len()
                && offer.withdrawn == schema.brand_of(offer).is_none()
                && (offer.withdrawn || schema.missing_attributes(&offer.cells).is_empty())
                && (schema.attributes.iter().zip(&offer.cells))
                    .all(|(attribute, cell)| attribute.allows(*cell))
        })
    }

    fn check_market(&self, market: &Market) -> Result<(), StudyError> {
        let needs = |part| Err(StudyError::MoneyNeeds { part });
        if !self.schema.is_priced {
            return needs("prices");
        }
        if self.respondents.owners.is_empty() {
            return needs("current brand of each respondent");
        }
        market.check(self.brands.len(), self.segments.len())
    }
}

#[cfg(test)]
mod tests;
