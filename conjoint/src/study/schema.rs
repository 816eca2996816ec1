//! What the products of a study have, and which of it the model knows by name.

use super::attribute::{Attribute, Cell, Levels};
use super::error::StudyError;
use super::interaction::Interaction;
use super::names::{BRAND, CustomNames, MONTHLY_COST, TERM, UPFRONT_COST};
use super::offer::Offer;
use super::unit::Unit;
use super::value::ValueError;
use crate::index_vec::{AttributeIndex, BrandIndex, IndexVec, LevelIndex, Position};

/// Bounds of a term in months: a quarter of a day, and a century. Outside them a price, which is a
/// cost divided by a term, has no meaning and could overflow.
pub(crate) const SHORTEST_TERM: f64 = 0.01;
pub(crate) const LONGEST_TERM: f64 = 1200.0;

/// What an offer costs per month: `(monthly cost · term + upfront cost) / term`.
///
/// An offer without a term is withdrawn, and has no price; this returns 0.
pub(crate) fn price(monthly: Cell, upfront: Cell, term: Cell) -> f64 {
    match term {
        Cell::Number(term) => (monthly.amount() * term + upfront.amount()) / term,
        Cell::Level(_) | Cell::Empty => 0.0,
    }
}

/// Whether one of the words of an attribute's name is price or cost.
fn is_named_as_price(name: &str) -> bool {
    let name = name.to_lowercase();
    name.split(|letter: char| !letter.is_alphanumeric())
        .any(|word| matches!(word, "price" | "prices" | "cost" | "costs"))
}

/// The attributes of a study, and which of them are brand, costs and term.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    pub(crate) attributes: IndexVec<AttributeIndex, Attribute>,
    pub(crate) brand: AttributeIndex,
    pub(crate) monthly: Option<AttributeIndex>,
    pub(crate) upfront: Option<AttributeIndex>,
    pub(crate) term: Option<AttributeIndex>,
    /// Whether money figures need prices, so that every offer on the market needs costs and a term.
    pub(crate) is_priced: bool,
    /// The brand of each level of the brand attribute.
    pub(crate) brand_of_level: IndexVec<LevelIndex, BrandIndex>,
    /// In the order of the part-worth matrix, after the attributes.
    pub(super) interactions: Vec<Interaction>,
}

impl Schema {
    /// Arranges attributes, given by name and levels, in the order of the part-worth matrix.
    /// `columns` says how the study calls the attributes that the model knows.
    ///
    /// # Errors
    /// None of the attributes is the brand.
    pub(crate) fn new(
        attributes: impl IntoIterator<Item = (String, Levels)>,
        columns: &CustomNames,
        is_priced: bool,
        brand_of_level: Vec<BrandIndex>,
    ) -> Result<Self, StudyError> {
        let mut first_column = 0;
        let attributes = attributes.into_iter().map(|(name, levels)| {
            let is_cost = [MONTHLY_COST, UPFRONT_COST]
                .iter()
                .any(|key| columns.get(key) == name);
            let attribute = Attribute {
                is_price: is_cost || is_named_as_price(&name),
                name,
                levels,
                unit: Unit::default(),
                has_part_worths: true,
                first_column,
            };
            first_column = attribute.end_column();
            attribute
        });
        let attributes: IndexVec<AttributeIndex, Attribute> = attributes.collect();
        let find = |key| attributes.position(|attribute| attribute.name == columns.get(key));
        Ok(Self {
            brand: find(BRAND).ok_or(StudyError::NoBrandAttribute)?,
            monthly: find(MONTHLY_COST),
            upfront: find(UPFRONT_COST),
            term: find(TERM),
            is_priced,
            brand_of_level: brand_of_level.into(),
            interactions: Vec::new(),
            attributes,
        })
    }

    /// Sets the units of the attributes, in their order.
    pub(crate) fn set_units(&mut self, units: impl IntoIterator<Item = Unit>) {
        let attributes: Vec<AttributeIndex> = self.attributes.indices().collect();
        for (attribute, unit) in attributes.into_iter().zip(units) {
            self.attributes[attribute].unit = unit;
        }
    }

    /// Marks the brand attribute, which must be the last one, as one that was not surveyed: the study
    /// has no brand, and each product is its own.
    pub(crate) fn mark_brand_as_implied(&mut self) {
        let brand = self.brand;
        self.attributes[brand].has_part_worths = false;
    }

    /// Whether the study has a brand attribute. Otherwise each product is its own brand.
    pub fn has_brand_attribute(&self) -> bool {
        self.attributes[self.brand].has_part_worths
    }

    /// Checks attributes and brands. The number of brands is that of the market.
    ///
    /// # Errors
    /// The first part that is wrong.
    pub(super) fn check(&self, brands: usize) -> Result<(), StudyError> {
        for (position, attribute) in self.attributes.iter().enumerate() {
            attribute.check(position)?;
        }
        let brand = &self.attributes[self.brand];
        let is_categorical = !brand.is_numeric();
        let levels = if is_categorical {
            brand.levels.len()
        } else {
            0
        };
        let found = self.brand_of_level.len();
        StudyError::check_length("levels of the brand", found, levels)?;
        StudyError::check_values("levels of the brand", &self.brand_of_level, |brand| {
            brand.index() < brands
        })?;
        if self.is_priced {
            let part = "monthly cost, the upfront cost and the term";
            let costs = [self.monthly, self.upfront, self.term].into_iter();
            let are_numeric = costs.map(|cost| cost.map(|cost| self.attributes[cost].is_numeric()));
            if !are_numeric.into_iter().all(|it| it == Some(true)) {
                return Err(StudyError::MoneyNeeds { part });
            }
        }
        Ok(())
    }

    /// How many columns of the part-worth matrix belong to attributes and interactions.
    pub(crate) fn column_count(&self) -> usize {
        let last = self.attributes.as_slice().last();
        let interactions = self.interactions.iter().map(Interaction::len);
        last.map_or(0, Attribute::end_column) + interactions.sum::<usize>()
    }

    /// The attributes, in the order of the part-worth matrix.
    pub fn attributes(&self) -> &IndexVec<AttributeIndex, Attribute> {
        &self.attributes
    }

    /// Finds an attribute by name, or by the name that the files give it for a level of another one.
    pub fn find(&self, name: &str) -> Option<AttributeIndex> {
        let found = self.attributes.position(|attribute| attribute.name == name);
        let conditional = || Some(self.find_conditional(name)?.0.dependent);
        found.or_else(conditional)
    }

    /// The attributes that respondents were asked about, in the order of the part-worth matrix.
    pub fn surveyed_attributes(&self) -> impl Iterator<Item = AttributeIndex> {
        let surveyed = self.attributes.enumerate();
        let surveyed = surveyed.filter(|(_, attribute)| attribute.is_surveyed());
        surveyed.map(|(index, _)| index)
    }

    /// The attribute that says who sells a product.
    pub fn brand(&self) -> AttributeIndex {
        self.brand
    }

    /// The cost per month. A study without money figures does not need one.
    pub fn monthly(&self) -> Option<AttributeIndex> {
        self.monthly
    }

    /// The cost at signing. A study without money figures does not need one.
    pub fn upfront(&self) -> Option<AttributeIndex> {
        self.upfront
    }

    /// The length of the contract in months. A study without money figures does not need one.
    pub fn term(&self) -> Option<AttributeIndex> {
        self.term
    }

    /// The attributes that make up the price, as far as the study has them.
    pub fn price_attributes(&self) -> impl Iterator<Item = AttributeIndex> {
        [self.monthly, self.upfront, self.term]
            .into_iter()
            .flatten()
    }

    /// Whether the attribute is a cost or the term, which make up the price.
    pub(crate) fn is_part_of_price(&self, attribute: AttributeIndex) -> bool {
        self.price_attributes().any(|other| other == attribute)
    }

    /// Whether an offer on the market needs a number on the attribute for its price.
    fn is_required(&self, attribute: AttributeIndex) -> bool {
        self.is_priced && self.is_part_of_price(attribute)
    }

    /// An offer's value on an attribute that the study may not have.
    pub(crate) fn cell(offer: &Offer, attribute: Option<AttributeIndex>) -> Cell {
        let cell = attribute.and_then(|attribute| offer.cells.get(attribute));
        cell.copied().unwrap_or(Cell::Empty)
    }

    /// The brand of a product, whether it is on offer or withdrawn.
    pub fn brand_of(&self, offer: &Offer) -> Option<BrandIndex> {
        match offer.cells[self.brand] {
            Cell::Level(level) => self.brand_of_level.get(level).copied(),
            _ => None,
        }
    }

    /// Reads a value of an offer, like [`Attribute::parse`] with one exception: if the study needs
    /// prices, the costs and the term of an offer on the market (`is_offered`) may not be empty.
    ///
    /// # Errors
    /// As [`Attribute::parse`] and [`Attribute::check_distance`], and a term from which no price follows.
    pub(crate) fn parse_offered(
        &self,
        attribute: AttributeIndex,
        is_offered: bool,
        text: &str,
    ) -> Result<Cell, ValueError> {
        if text.trim().is_empty() && (attribute == self.brand || !is_offered) {
            return Ok(Cell::Empty);
        }
        let cell = self.attributes[attribute].parse(text)?;
        match cell {
            Cell::Empty if self.is_required(attribute) => Err(ValueError::Empty {
                wanted: self.wanted_price(attribute).into(),
            }),
            Cell::Number(value) => {
                self.check_number(attribute, value)?;
                Ok(cell)
            }
            cell => Ok(cell),
        }
    }

    /// Checks that an offer on the market may have a number on an attribute.
    ///
    /// # Errors
    /// A term from which no price follows, a price of 0 or less that was not surveyed, and a number
    /// farther than one width of the surveyed range from it.
    pub fn check_number(&self, attribute: AttributeIndex, value: f64) -> Result<(), ValueError> {
        let is_term = self.is_required(attribute) && self.term == Some(attribute);
        if is_term && !(SHORTEST_TERM..=LONGEST_TERM).contains(&value) {
            return Err(ValueError::TermOutside { value });
        }
        let own = &self.attributes[attribute];
        // The points of an attribute that was surveyed together with another one depend on the offer.
        match own.is_surveyed() || self.interactions_of(attribute).next().is_none() {
            true => own.check_distance(value),
            false => Ok(()),
        }
    }

    /// What belongs into an empty cell of a cost or a term.
    pub(crate) fn wanted_price(&self, attribute: AttributeIndex) -> &'static str {
        match self.term == Some(attribute) {
            true => "write the number of months",
            false => "write an amount, because an offer without a price has no revenue",
        }
    }

    /// The attributes, except the brand, on which an offer must still get a value before it can be
    /// chosen.
    pub(crate) fn missing_attributes(&self, cells: &IndexVec<AttributeIndex, Cell>) -> Vec<&str> {
        let attributes = self.attributes.enumerate().zip(cells);
        let missing = attributes
            .filter(|((index, _), cell)| self.is_required(*index) && **cell == Cell::Empty);
        missing
            .map(|((_, attribute), _)| attribute.name.as_str())
            .collect()
    }

    /// What a product costs per month: `(monthly cost · term + upfront cost) / term`.
    pub fn price(&self, offer: &Offer) -> f64 {
        let [monthly, upfront, term] =
            [self.monthly, self.upfront, self.term].map(|attribute| Self::cell(offer, attribute));
        price(monthly, upfront, term)
    }
}
