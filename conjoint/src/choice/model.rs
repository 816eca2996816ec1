//! How respondents are taken to choose, and whose choices count.
//!
//! A [`ChoiceModel`] is what an analyst sets beside the offers: the choice rule with its scale, None,
//! who is asked, and what is known of the market beside the survey (availability and constants).
//! Study and method together give every share and all money; see [`crate::simulation`].

use super::error::ChoiceModelError;
use super::rules::Rule;
use crate::index_vec::{BrandIndex, IndexVec, RespondentIndex, SegmentIndex};
use crate::study::{ProductId, Study, quote_names};

/// Whether respondents may take none of the products.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum NoneOption {
    /// They take the best of what is on offer.
    #[default]
    Off,
    /// They do where nothing has as high a utility as this, the same for all.
    Utility(f64),
    /// They do where nothing has as high a utility as their own answer to None.
    Surveyed,
}

/// How respondents choose, and whose choices count.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ChoiceModel {
    /// The choice rule.
    pub rule: Rule,
    /// The scale factor (exponent) `s` by which utilities are multiplied before probabilities are
    /// made of them; first choice knows none.
    pub scale: f64,
    /// Draws a respondent of randomized first choice.
    pub draws: u32,
    /// The seed of all that is drawn.
    pub seed: u64,
    /// The outside option.
    pub none: NoneOption,
    /// The segments that count; all of them where there is none here.
    pub segments: Vec<SegmentIndex>,
    /// The brands whose customers of today count; all of them where there is none here.
    pub owners: Vec<BrandIndex>,
    /// The share of the market, 0–1, that can buy a product; 1 for products that are not here.
    pub availability: Vec<(ProductId, f64)>,
    /// What is added to a product's utility, utility units; 0 for products that are not here.
    pub constants: Vec<(ProductId, f64)>,
}

impl Default for ChoiceModel {
    fn default() -> Self {
        Self {
            rule: Rule::default(),
            scale: 1.0,
            draws: Self::DRAWS,
            seed: 1,
            none: NoneOption::default(),
            segments: Vec::new(),
            owners: Vec::new(),
            availability: Vec::new(),
            constants: Vec::new(),
        }
    }
}

impl ChoiceModel {
    /// Draws a respondent where nobody says how many.
    pub const DRAWS: u32 = 1000;
    /// More draws than this make no share surer than its respondents do.
    pub const MOST_DRAWS: u32 = 10_000;
    /// Scale factors beyond this leave first choice, or equal shares.
    pub const LARGEST_SCALE: f64 = 1000.0;
    /// Utilities of None, and constants, beyond this are no utilities.
    pub const LARGEST_UTILITY: f64 = 1e6;

    /// Whether the respondent counts.
    pub(crate) fn includes(&self, study: &Study, respondent: RespondentIndex) -> bool {
        let people = study.respondents();
        let segment =
            self.segments.is_empty() || self.segments.contains(&people.segments()[respondent]);
        let owner = || {
            let owner = people.owners().get(respondent);
            owner.is_some_and(|owner| self.owners.contains(owner))
        };
        segment && (self.owners.is_empty() || owner())
    }

    /// The respondents' weights: 0 for those who do not count.
    pub fn weights(&self, study: &Study) -> IndexVec<RespondentIndex, f64> {
        let weights = study.respondents().weights().enumerate();
        let weights = weights.map(|(who, weight)| match self.includes(study, who) {
            true => *weight,
            false => 0.0,
        });
        weights.collect()
    }

    /// The segments that count, to be compared with each other: none where one counts alone, which
    /// is all that counts.
    pub fn segments_to_compare(&self, study: &Study) -> Vec<SegmentIndex> {
        let counted = study.segments().indices();
        let counted =
            counted.filter(|index| self.segments.is_empty() || self.segments.contains(index));
        let counted: Vec<SegmentIndex> = counted.collect();
        match counted.len() {
            1 => Vec::new(),
            _ => counted,
        }
    }

    /// The same method of one segment's respondents.
    #[must_use]
    pub fn for_segment(&self, segment: SegmentIndex) -> Self {
        Self {
            segments: vec![segment],
            ..self.clone()
        }
    }

    /// Whether everybody counts.
    pub fn includes_everyone(&self) -> bool {
        self.segments.is_empty() && self.owners.is_empty()
    }

    /// Adds the segment of that name to those that count.
    ///
    /// # Errors
    /// No segment has the name.
    pub fn include_segment(&mut self, study: &Study, name: &str) -> Result<(), ChoiceModelError> {
        let found = study.segments().position(|segment| segment == name);
        let segment = found.ok_or_else(|| ChoiceModelError::UnknownSegment {
            name: name.to_owned(),
            known: quote_names(study.segments().iter().map(String::as_str)),
        })?;
        self.segments.retain(|other| *other != segment);
        self.segments.push(segment);
        Ok(())
    }

    /// Adds the brand of that name to those whose customers of today count.
    ///
    /// # Errors
    /// No brand has the name.
    pub fn include_owner(&mut self, study: &Study, name: &str) -> Result<(), ChoiceModelError> {
        let found = study.find_brand(name);
        let brand = found.ok_or_else(|| ChoiceModelError::UnknownBrand {
            name: name.to_owned(),
            known: quote_names(study.brands().iter().map(|brand| brand.name.as_str())),
        })?;
        self.owners.retain(|other| *other != brand);
        self.owners.push(brand);
        Ok(())
    }

    /// The rule in words, with what it takes of the method.
    pub fn description(&self) -> String {
        let mut description = self.rule.label().to_owned();
        if self.rule.uses_draws() {
            description += &format!(", {} draws, seed {}", self.draws, self.seed);
        }
        if self.rule.uses_scale() {
            description += &format!(", scale factor {}", self.scale);
        }
        match self.none {
            NoneOption::Off => {}
            NoneOption::Utility(utility) => description += &format!(", None at {utility}"),
            NoneOption::Surveyed => description += ", None as surveyed",
        }
        description
    }

    /// Checks the settings against a study.
    ///
    /// # Errors
    /// The first setting that cannot be used, with what would be right.
    pub fn check(&self, study: &Study) -> Result<(), ChoiceModelError> {
        if !(self.scale > 0.0 && self.scale <= Self::LARGEST_SCALE) {
            return Err(ChoiceModelError::Scale(self.scale));
        }
        if !(1..=Self::MOST_DRAWS).contains(&self.draws) {
            return Err(ChoiceModelError::Draws(self.draws));
        }
        match self.none {
            NoneOption::Utility(utility) => in_range(utility, ChoiceModelError::NoneUtility)?,
            NoneOption::Surveyed if study.respondents().none().is_none() => {
                return Err(ChoiceModelError::NoneNotSurveyed);
            }
            NoneOption::Surveyed | NoneOption::Off => {}
        }
        for list in [&self.availability, &self.constants] {
            for (place, (id, _)) in list.iter().enumerate() {
                if list.iter().take(place).any(|(other, _)| other == id) {
                    return Err(ChoiceModelError::DuplicateProduct(id.clone()));
                }
            }
        }
        for (id, share) in &self.availability {
            if !(0.0..=1.0).contains(share) {
                let (id, share) = (id.clone(), *share);
                return Err(ChoiceModelError::Availability { id, share });
            }
        }
        for (id, constant) in &self.constants {
            in_range(*constant, |constant| ChoiceModelError::Constant {
                id: id.clone(),
                constant,
            })?;
        }
        let mut respondents = study.respondents().ids().indices();
        let weights = study.respondents().weights();
        if respondents.any(|who| weights[who] > 0.0 && self.includes(study, who)) {
            Ok(())
        } else {
            Err(ChoiceModelError::NoRespondents)
        }
    }
}

fn in_range(
    utility: f64,
    fault: impl FnOnce(f64) -> ChoiceModelError,
) -> Result<(), ChoiceModelError> {
    if utility.abs() <= ChoiceModel::LARGEST_UTILITY {
        Ok(())
    } else {
        Err(fault(utility))
    }
}

/// A number of the seed and of names; the same on every machine.
pub(crate) fn hash(seed: u64, names: &[&str]) -> u64 {
    // FNV-1a, and what MurmurHash3 ends with, so that like names lie far apart.
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for name in names {
        // The length parts a name from the next.
        let length = (name.len() as u64).to_le_bytes();
        for byte in name.bytes().chain(length) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
