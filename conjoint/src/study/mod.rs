//! A study: everything that a folder of files says, checked once when it is read.
//!
//! Nothing about brands, segments, attributes, levels or products is fixed in code. After
//! [`Study::read`] every name is resolved, every number finite and every table complete, so
//! that no computation can fail on a study's content.

mod attribute;
mod brands;
mod fault;
mod files;
mod number;
mod offers;
mod packed;
mod problem;
mod rates;
mod settings;
mod table;
mod text;
mod utilities;
mod volumes;

use nalgebra::DMatrix;

pub use attribute::{Attribute, Cell, Levels};
pub use brands::{Brand, PALETTE, Tier};
pub use fault::Fault;
pub use files::{
    BASE_ARPU, BRANDS, CHURN, NAMES, OFFERS, RECONTRACT, SETTINGS, StudyFiles, UTILITIES, VOLUMES,
};
pub(crate) use number::{LARGEST, number};
pub use packed::PACKED;
pub use problem::{Place, Problem, Problems};
pub use settings::Settings;
pub(crate) use table::write;
pub(crate) use text::amount;
pub use text::quoted;
pub use volumes::Volume;

use crate::indexed::{
    AttributeIndex, BrandIndex, LevelIndex, List, ParentIndex, Position, ProductIndex,
    RespondentIndex, SegmentIndex,
};
use crate::scenario::Offer;

/// The attribute that says who sells a product.
pub const BRAND: &str = "brand";
/// Cost a month, in the study's currency.
pub const MONTHLY_COST: &str = "monthly_cost";
/// Cost at signing, in the study's currency.
pub const UPFRONT_COST: &str = "upfront_cost";
/// Length of the lease, in months.
pub const TERM: &str = "term";

/// Bounds of a term in months: a quarter of a day, and a century. Beyond them a price, which is a
/// cost over a term, means nothing, and in the end overflows.
const SHORTEST_TERM: f64 = 0.01;
const LONGEST_TERM: f64 = 1200.0;

/// What a lease costs a month: `(monthly cost · term + upfront cost) / term`.
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
    pub(crate) attributes: List<AttributeIndex, Attribute>,
    pub(crate) brand: AttributeIndex,
    pub(crate) monthly: AttributeIndex,
    pub(crate) upfront: AttributeIndex,
    pub(crate) term: AttributeIndex,
    /// Which brand a level of the brand attribute is.
    pub(crate) brand_of_level: List<LevelIndex, BrandIndex>,
}

impl Schema {
    fn new(attributes: Vec<Attribute>, brand_of_level: Vec<BrandIndex>) -> Option<Self> {
        let attributes: List<AttributeIndex, Attribute> = attributes.into();
        let find = |name| attributes.position(|attribute: &Attribute| attribute.name == name);
        Some(Self {
            brand: find(BRAND)?,
            monthly: find(MONTHLY_COST)?,
            upfront: find(UPFRONT_COST)?,
            term: find(TERM)?,
            brand_of_level: brand_of_level.into(),
            attributes,
        })
    }

    /// The attributes, in the utilities file's order.
    pub fn attributes(&self) -> &List<AttributeIndex, Attribute> {
        &self.attributes
    }

    /// The attribute of that name.
    pub fn find(&self, name: &str) -> Option<AttributeIndex> {
        self.attributes.position(|attribute| attribute.name == name)
    }

    /// The attribute that says who sells a product.
    pub fn brand(&self) -> AttributeIndex {
        self.brand
    }

    /// The cost a month.
    pub fn monthly(&self) -> AttributeIndex {
        self.monthly
    }

    /// The cost at signing.
    pub fn upfront(&self) -> AttributeIndex {
        self.upfront
    }

    /// The length of the lease in months.
    pub fn term(&self) -> AttributeIndex {
        self.term
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
        attribute: &Attribute,
        offered: bool,
        text: &str,
    ) -> Result<Cell, Fault> {
        if text.trim().is_empty() && (attribute.name == BRAND || !offered) {
            return Ok(Cell::Empty);
        }
        let cell = attribute.parse(text)?;
        match cell {
            Cell::Empty if attribute.name == TERM => Err(Fault::CellEmpty {
                wanted: "write the number of months".into(),
            }),
            Cell::Number(value)
                if attribute.name == TERM && !(SHORTEST_TERM..=LONGEST_TERM).contains(&value) =>
            {
                Err(Fault::TermOutside { value })
            }
            cell => Ok(cell),
        }
    }

    /// The attributes, beside the brand, that an offer needs a value on before it can be chosen.
    pub(crate) fn missing(&self, cells: &List<AttributeIndex, Cell>) -> Vec<&str> {
        let attributes = self.attributes.iter().zip(cells);
        let missing = attributes.filter(|(attribute, cell)| {
            let needed = !attribute.is_numeric() || attribute.name == TERM;
            needed && attribute.name != BRAND && **cell == Cell::Empty
        });
        missing
            .map(|(attribute, _)| attribute.name.as_str())
            .collect()
    }

    /// What a product costs a month: `(monthly cost · term + upfront cost) / term`.
    pub fn price(&self, offer: &Offer) -> f64 {
        let [monthly, upfront, term] =
            [self.monthly, self.upfront, self.term].map(|attribute| offer.cells[attribute]);
        price(monthly, upfront, term)
    }
}

/// The people who were asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Respondents {
    pub(crate) ids: List<RespondentIndex, String>,
    pub(crate) segments: List<RespondentIndex, SegmentIndex>,
    pub(crate) owners: List<RespondentIndex, BrandIndex>,
    /// Respondents × levels, utility units; levels stand as the attributes order them.
    pub(crate) part_worths: DMatrix<f64>,
}

impl Respondents {
    /// Their ids.
    pub fn ids(&self) -> &List<RespondentIndex, String> {
        &self.ids
    }

    /// The segment of each.
    pub fn segments(&self) -> &List<RespondentIndex, SegmentIndex> {
        &self.segments
    }

    /// The brand that each has today.
    pub fn owners(&self) -> &List<RespondentIndex, BrandIndex> {
        &self.owners
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

/// The market today. Matrices are brands × segments.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    pub(crate) volumes: List<BrandIndex, Volume>,
    pub(crate) recontract: DMatrix<f64>,
    pub(crate) churn: DMatrix<f64>,
    pub(crate) base_arpu: DMatrix<f64>,
}

/// A study that can be computed on.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    pub(crate) settings: Settings,
    pub(crate) schema: Schema,
    pub(crate) brands: List<BrandIndex, Brand>,
    pub(crate) parents: List<ParentIndex, String>,
    pub(crate) segments: List<SegmentIndex, String>,
    pub(crate) offers: List<ProductIndex, Offer>,
    pub(crate) respondents: Respondents,
    pub(crate) market: Market,
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
        let volumes = volumes::read(files, problems);
        let utilities = utilities::read(files, problems, tell);
        let brand_names = volumes.as_ref().map(|volumes| &volumes.names);
        let schema = utilities.as_ref().and_then(|utilities| {
            let levels = brand_of_levels(utilities.brand_levels(), brand_names);
            Schema::new(utilities.attributes.clone(), levels)
        });
        let offers = offers::read(files, schema.as_ref(), problems);
        let tables = [RECONTRACT, CHURN, BASE_ARPU].map(|file| rates::read(file, files, problems));
        let segments: Option<List<SegmentIndex, String>> = tables[0]
            .as_ref()
            .map(|table| table.segments.clone().into());
        for table in tables.iter().flatten() {
            if let Some(brands) = brand_names {
                table.match_brands(brands, problems);
            }
            if let Some(segments) = &segments {
                table.match_segments(segments, problems);
            }
        }
        if let Some(utilities) = &utilities {
            if let Some(brands) = brand_names {
                utilities.match_brands(brands, problems);
            }
            if let Some((segments, table)) = segments.as_ref().zip(tables[0].as_ref()) {
                utilities.match_segments(segments, table.header_line, problems);
            }
        }
        let brands = brand_names.map(|names| brands::read(files, names, problems));

        let (names, segments) = (brand_names?, segments?);
        let [recontract, churn, arpu] = tables;
        let churn = churn?;
        let [renewing, leaving, base_arpu] =
            [&recontract?, &churn, &arpu?].map(|table| table.matched(names, &segments));
        rates::check_sums(&renewing, &churn, &leaving, names, &segments, problems);
        let respondents = utilities?.respondents(&segments, names);
        let (brands, parents) = brands?;
        Some(Self {
            settings,
            schema: schema?,
            brands,
            parents,
            segments,
            offers: offers?,
            respondents,
            market: Market {
                volumes: volumes?.volumes,
                recontract: renewing,
                churn: leaving,
                base_arpu,
            },
            warnings: Problems::default(),
        })
    }

    /// The study as files; [`Study::read`] gives the same study again.
    pub fn to_files(&self) -> StudyFiles {
        let mut files = StudyFiles::default();
        files.insert(OFFERS, offers::to_csv(self));
        files.insert(UTILITIES, utilities::to_csv(self));
        files.insert(RECONTRACT, rates::to_csv(self, &self.market.recontract));
        files.insert(CHURN, rates::to_csv(self, &self.market.churn));
        files.insert(BASE_ARPU, rates::to_csv(self, &self.market.base_arpu));
        files.insert(VOLUMES, volumes::to_csv(self));
        files.insert(BRANDS, brands::to_csv(self));
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
    pub fn brands(&self) -> &List<BrandIndex, Brand> {
        &self.brands
    }

    /// The parents' names.
    pub fn parents(&self) -> &List<ParentIndex, String> {
        &self.parents
    }

    /// The segments' names.
    pub fn segments(&self) -> &List<SegmentIndex, String> {
        &self.segments
    }

    /// The products as the study offers them.
    pub fn offers(&self) -> &List<ProductIndex, Offer> {
        &self.offers
    }

    /// The people who were asked.
    pub fn respondents(&self) -> &Respondents {
        &self.respondents
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
    brands: Option<&List<BrandIndex, String>>,
) -> Vec<BrandIndex> {
    let brand_of = |level: &String| brands.and_then(|brands| brands.position(|name| name == level));
    let brands = levels.iter().map(brand_of);
    brands
        .map(|brand| brand.unwrap_or(BrandIndex::at(0)))
        .collect()
}

#[cfg(test)]
mod tests;
