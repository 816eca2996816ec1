//! What the products of a study have, and which of it the model knows by name.

use super::attribute::{Attribute, Cell};
use super::{BRAND, MONTHLY_COST, TERM, UPFRONT_COST};
use crate::format::column_names::Dictionary;
use crate::format::error::StudyError;
use crate::index_vec::{AttributeIndex, BrandIndex, IndexVec, LevelIndex};
use crate::study::Offer;

/// Bounds of a term in months: a quarter of a day, and a century. Beyond them a price, which is a
/// cost over a term, means nothing, and in the end overflows.
pub(crate) const SHORTEST_TERM: f64 = 0.01;
pub(crate) const LONGEST_TERM: f64 = 1200.0;

/// What an offer costs a month: `(monthly cost · term + upfront cost) / term`.
///
/// An offer without a term is withdrawn: nobody pays its price.
pub(crate) fn price(monthly: Cell, upfront: Cell, term: Cell) -> f64 {
    match term {
        Cell::Number(term) => (monthly.amount() * term + upfront.amount()) / term,
        Cell::Level(_) | Cell::Empty => 0.0,
    }
}

/// The attributes of a study, and the ones among them that mean money.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    pub(crate) attributes: IndexVec<AttributeIndex, Attribute>,
    pub(crate) brand: AttributeIndex,
    pub(crate) monthly: Option<AttributeIndex>,
    pub(crate) upfront: Option<AttributeIndex>,
    pub(crate) term: Option<AttributeIndex>,
    /// Whether prices are needed, so that no offer on the market is without a term.
    pub(crate) priced: bool,
    /// Which brand a level of the brand attribute is.
    pub(crate) brand_of_level: IndexVec<LevelIndex, BrandIndex>,
}

impl Schema {
    /// The attributes under the names that `columns` gives the ones known to the model; `None`
    /// where there is no brand, which was noted.
    pub(super) fn new(
        attributes: Vec<Attribute>,
        columns: &Dictionary,
        priced: bool,
        brand_of_level: Vec<BrandIndex>,
    ) -> Option<Self> {
        let attributes: IndexVec<AttributeIndex, Attribute> = attributes.into();
        let find = |key| attributes.position(|attribute| attribute.name == columns.get(key));
        Some(Self {
            brand: find(BRAND)?,
            monthly: find(MONTHLY_COST),
            upfront: find(UPFRONT_COST),
            term: find(TERM),
            priced,
            brand_of_level: brand_of_level.into(),
            attributes,
        })
    }

    /// The attributes, in the utilities file's order.
    pub fn attributes(&self) -> &IndexVec<AttributeIndex, Attribute> {
        &self.attributes
    }

    /// The attribute of that name.
    pub fn find(&self, name: &str) -> Option<AttributeIndex> {
        self.attributes.position(|attribute| attribute.name == name)
    }

    /// The attributes that respondents were asked about, in the utilities file's order.
    pub fn surveyed(&self) -> impl Iterator<Item = AttributeIndex> {
        let surveyed = self.attributes.enumerate();
        let surveyed = surveyed.filter(|(_, attribute)| !attribute.levels.is_empty());
        surveyed.map(|(index, _)| index)
    }

    /// The attribute that says who sells a product.
    pub fn brand(&self) -> AttributeIndex {
        self.brand
    }

    /// The cost a month; a study without money files may do without it.
    pub fn monthly(&self) -> Option<AttributeIndex> {
        self.monthly
    }

    /// The cost at signing; a study without money files may do without it.
    pub fn upfront(&self) -> Option<AttributeIndex> {
        self.upfront
    }

    /// The length of the contract in months; a study without money files may do without it.
    pub fn term(&self) -> Option<AttributeIndex> {
        self.term
    }

    /// The attributes that make a price, as far as the study has them.
    pub fn of_price(&self) -> impl Iterator<Item = AttributeIndex> {
        [self.monthly, self.upfront, self.term]
            .into_iter()
            .flatten()
    }

    /// Whether an offer on the market needs a number on the attribute for its price.
    fn is_needed_term(&self, attribute: AttributeIndex) -> bool {
        self.priced && self.term == Some(attribute)
    }

    /// What an offer has of an attribute that the study may do without.
    pub(crate) fn cell(offer: &Offer, attribute: Option<AttributeIndex>) -> Cell {
        let cell = attribute.and_then(|attribute| offer.cells.get(attribute));
        cell.copied().unwrap_or(Cell::Empty)
    }

    /// The brand that a product carries, whether it is on offer or withdrawn.
    pub fn brand_of(&self, offer: &Offer) -> Option<BrandIndex> {
        match offer.cells[self.brand] {
            Cell::Level(level) => self.brand_of_level.get(level).copied(),
            _ => None,
        }
    }

    /// Reads a value of an offer: as [`Attribute::parse`], but a brand may be empty (the product
    /// is withdrawn), a term may not (a price is a cost over a term), and where there is no brand
    /// (`offered` is false) everything may.
    pub(crate) fn parse_offered(
        &self,
        attribute: AttributeIndex,
        offered: bool,
        text: &str,
    ) -> Result<Cell, StudyError> {
        if text.trim().is_empty() && (attribute == self.brand || !offered) {
            return Ok(Cell::Empty);
        }
        let cell = self.attributes[attribute].parse(text)?;
        match cell {
            _ if !self.is_needed_term(attribute) => Ok(cell),
            Cell::Empty => Err(StudyError::CellEmpty {
                wanted: "write the number of months".into(),
            }),
            Cell::Number(value) if !(SHORTEST_TERM..=LONGEST_TERM).contains(&value) => {
                Err(StudyError::TermOutside { value })
            }
            cell => Ok(cell),
        }
    }

    /// The attributes, beside the brand, that an offer needs a value on before it can be chosen.
    pub(crate) fn missing(&self, cells: &IndexVec<AttributeIndex, Cell>) -> Vec<&str> {
        let attributes = self.attributes.enumerate().zip(cells);
        let missing = attributes.filter(|((index, attribute), cell)| {
            let needed = !attribute.is_numeric() || self.is_needed_term(*index);
            needed && *index != self.brand && **cell == Cell::Empty
        });
        missing
            .map(|((_, attribute), _)| attribute.name.as_str())
            .collect()
    }

    /// What a product costs a month: `(monthly cost · term + upfront cost) / term`.
    pub fn price(&self, offer: &Offer) -> f64 {
        let [monthly, upfront, term] =
            [self.monthly, self.upfront, self.term].map(|attribute| Self::cell(offer, attribute));
        price(monthly, upfront, term)
    }
}
