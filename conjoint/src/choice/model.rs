//! The settings by which respondents choose, and which respondents are included.

use serde::{Deserialize, Serialize};

use super::error::ChoiceModelError;
use super::rules::Rule;
use crate::index_vec::{AttributeIndex, BrandIndex, IndexVec, RespondentIndex, SegmentIndex};
use crate::stats::bootstrap::{Bootstrap, Uncertainty};
use crate::study::{ProductId, Study, quote_names};

/// Whether respondents may choose none of the products.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum NoneOption {
    /// They choose the best product on offer.
    #[default]
    Off,
    /// They choose None if no product has at least this utility, the same for all respondents.
    Utility(f64),
    /// They choose None if no product has at least the utility that the survey measured for None.
    Surveyed,
}

/// How respondents choose, and which respondents are included.
///
/// An analyst sets it in addition to the offers: the choice rule and its scale factor, None, a selection
/// of respondents, and what is known of the market apart from the survey (availability and constants).
/// A study, its offers and a choice model determine all shares and all money; see
/// [`crate::simulation::Simulation`].
///
/// # Examples
///
/// ```
/// use conjoint::choice::{ChoiceModel, NoneOption, Rule};
/// use conjoint::testing::generate_study;
///
/// let study = generate_study(1, &[("Gen X", 20), ("Millennial", 10)]);
/// let mut model = ChoiceModel {
///     rule: Rule::ShareOfPreference,
///     scale: 0.5,
///     none: NoneOption::Utility(-1.0),
///     ..ChoiceModel::default()
/// };
/// model.include_segment(&study, "Gen X")?;
/// model.check(&study)?;
/// assert_eq!(model.weights(&study).iter().sum::<f64>(), 20.0);
/// assert_eq!(model.description(), "Share of preference, scale factor 0.5, None at -1");
///
/// assert!(model.include_segment(&study, "Gen Z").is_err());
/// # Ok::<(), conjoint::choice::ChoiceModelError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceModel {
    /// The choice rule.
    pub rule: Rule,
    /// The scale factor s by which utilities are multiplied before probabilities are computed from
    /// them. Above 0; not used by first choice.
    pub scale: f64,
    /// Draws per respondent, for rules that use draws.
    pub draws: u32,
    /// The seed of all random numbers.
    pub seed: u64,
    /// The outside option.
    pub none: NoneOption,
    /// The segments to include; empty means all.
    pub segments: Vec<SegmentIndex>,
    /// The brands whose current customers to include; empty means all.
    pub owners: Vec<BrandIndex>,
    /// The share of the market, 0–1, that can buy a product; 1 for products that are missing here.
    pub availability: Vec<(ProductId, f64)>,
    /// The utility to add to a product for every respondent; 0 for products that are missing here.
    pub constants: Vec<(ProductId, f64)>,
    /// The scale σ of the errors of randomized first choice; `None` for the one fitted to the logit at the
    /// reference offers.
    pub error_scale: Option<f64>,
    /// The attributes in which offers count as similar by randomized first choice; `None` for all except
    /// prices.
    pub similar: Option<Vec<AttributeIndex>>,
    /// What the intervals say. If it involves posterior draws, every figure is the mean over the draws
    /// instead of that at the mean part-worths; the two differ where a chance is not linear in utilities.
    pub uncertainty: Uncertainty,
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
            error_scale: None,
            similar: None,
            uncertainty: Uncertainty::default(),
        }
    }
}

impl ChoiceModel {
    /// Draws per respondent by default.
    pub const DRAWS: u32 = 1000;
    /// The largest number of draws per respondent. More would not make shares more precise than the
    /// number of respondents allows.
    pub const MOST_DRAWS: u32 = 10_000;
    /// The largest scale factor; by then the logit is first choice.
    pub const LARGEST_SCALE: f64 = 1000.0;
    /// The largest absolute utility of None, and the largest absolute constant.
    pub const LARGEST_UTILITY: f64 = 1e6;

    /// The largest number of rows, one for each draw of a respondent, over which figures are means.
    pub(crate) const MOST_ROWS: usize = 200_000;
    /// The same for rules with random errors, which compute a row many times.
    pub(crate) const MOST_DRAWN_ROWS: usize = 20_000;

    /// The largest scale of the errors of randomized first choice.
    pub const LARGEST_ERROR_SCALE: f64 = 100.0;

    /// The default: with posterior draws if the study has them.
    pub fn for_study(study: &Study) -> Self {
        Self {
            uncertainty: match study.has_draws() {
                true => Uncertainty::Both,
                false => Uncertainty::Respondents,
            },
            ..Self::default()
        }
    }

    /// The same model at the mean part-worths, for analyses that compare thousands of markets or show
    /// single respondents.
    #[must_use]
    pub fn at_means(&self) -> Self {
        Self {
            uncertainty: Uncertainty::Respondents,
            ..self.clone()
        }
    }

    /// The resamples behind the intervals.
    pub fn bootstrap(&self) -> Bootstrap {
        Bootstrap {
            uncertainty: self.uncertainty,
            ..Bootstrap::with_seed(self.seed)
        }
    }

    /// The study with a row for each draw, if figures are means over draws; `None` if they are at the mean
    /// part-worths.
    pub fn over_draws(&self, study: &Study) -> Option<Study> {
        let most = match self.rule.uses_draws() {
            true => Self::MOST_DRAWN_ROWS,
            false => Self::MOST_ROWS,
        };
        let is_wanted = self.uncertainty.uses_draws();
        is_wanted.then(|| study.over_draws(most)).flatten()
    }

    /// Whether the selection includes the respondent.
    pub(crate) fn includes(&self, study: &Study, respondent: RespondentIndex) -> bool {
        let respondents = study.respondents();
        let segment = &respondents.segments()[respondent];
        let owner = respondents.owners().get(respondent);
        let includes_owner = owner.is_some_and(|owner| self.owners.contains(owner));
        (self.segments.is_empty() || self.segments.contains(segment))
            && (self.owners.is_empty() || includes_owner)
    }

    /// Whether the selection includes every respondent.
    pub fn includes_everyone(&self) -> bool {
        self.segments.is_empty() && self.owners.is_empty()
    }

    /// The respondents' weights, with 0 for those who are not included.
    pub fn weights(&self, study: &Study) -> IndexVec<RespondentIndex, f64> {
        let weights = study.respondents().weights().enumerate();
        let weights = weights.map(
            |(respondent, weight)| match self.includes(study, respondent) {
                true => *weight,
                false => 0.0,
            },
        );
        weights.collect()
    }

    /// The included segments, to be compared with each other; empty if there is only one, which has
    /// nothing to be compared with.
    pub fn segments_to_compare(&self, study: &Study) -> Vec<SegmentIndex> {
        let is_included =
            |index: &SegmentIndex| self.segments.is_empty() || self.segments.contains(index);
        let included: Vec<SegmentIndex> = study.segments().indices().filter(is_included).collect();
        match included.len() {
            1 => Vec::new(),
            _ => included,
        }
    }

    /// The same model for the respondents of one segment.
    #[must_use]
    pub fn for_segment(&self, segment: SegmentIndex) -> Self {
        Self {
            segments: vec![segment],
            ..self.clone()
        }
    }

    /// Adds the segment of that name to the included ones.
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

    /// Adds the brand of that name to those whose current customers are included.
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

    /// Checks that the utilities are on a scale from which the rule can compute chances. It is not part
    /// of [`ChoiceModel::check`], because fitting a scale factor begins without one.
    ///
    /// # Errors
    /// Rescaled utilities without a scale factor, and a rule that needs one.
    pub fn check_probabilities(&self, study: &Study) -> Result<(), ChoiceModelError> {
        match self.rule.uses_scale() && !self.has_probabilities(study) {
            true => Err(ChoiceModelError::Rescaled),
            false => Ok(()),
        }
    }

    /// Whether probabilities can be computed: not from rescaled utilities, such as zero-centered diffs
    /// or ratings, until a scale factor was fitted to known shares.
    pub fn has_probabilities(&self, study: &Study) -> bool {
        study.settings().rescaled != Some(true) || self.scale != 1.0
    }

    /// The rule with the settings that it uses, in one line.
    pub fn description(&self) -> String {
        let mut description = self.rule.label().to_owned();
        if self.rule.uses_draws() {
            description += &format!(", {} draws, seed {}", self.draws, self.seed);
            if let Some(scale) = self.error_scale {
                description += &format!(", error scale {scale}");
            }
        }
        if self.rule.uses_scale() {
            description += &format!(", scale factor {}", self.scale);
        }
        match self.none {
            NoneOption::Off => {}
            NoneOption::Utility(utility) => description += &format!(", None at {utility}"),
            NoneOption::Surveyed => description += ", None as surveyed",
        }
        if self.uncertainty.uses_draws() {
            description += ", mean over draws";
        }
        description
    }

    /// Checks the settings against a study.
    ///
    /// # Errors
    /// The first invalid setting, with what would be valid.
    pub fn check(&self, study: &Study) -> Result<(), ChoiceModelError> {
        if !(self.scale > 0.0 && self.scale <= Self::LARGEST_SCALE) {
            return Err(ChoiceModelError::Scale(self.scale));
        }
        if !(1..=Self::MOST_DRAWS).contains(&self.draws) {
            return Err(ChoiceModelError::Draws(self.draws));
        }
        let is_scale = |scale: f64| scale > 0.0 && scale <= Self::LARGEST_ERROR_SCALE;
        if let Some(scale) = self.error_scale.filter(|scale| !is_scale(*scale)) {
            return Err(ChoiceModelError::ErrorScale(scale));
        }
        match self.none {
            NoneOption::Utility(utility) => check_utility(utility, ChoiceModelError::NoneUtility)?,
            NoneOption::Surveyed if study.respondents().none().is_none() => {
                return Err(ChoiceModelError::NoneNotSurveyed);
            }
            NoneOption::Surveyed | NoneOption::Off => {}
        }
        if self.uncertainty.uses_draws() && !study.has_draws() {
            return Err(ChoiceModelError::NoDraws);
        }
        self.check_products()?;
        let mut respondents = study.respondents().weights().enumerate();
        if respondents.any(|(index, weight)| *weight > 0.0 && self.includes(study, index)) {
            Ok(())
        } else {
            Err(ChoiceModelError::NoRespondents)
        }
    }

    /// Checks the settings of single products.
    fn check_products(&self) -> Result<(), ChoiceModelError> {
        for list in [&self.availability, &self.constants] {
            for (index, (id, _)) in list.iter().enumerate() {
                if list.iter().take(index).any(|(other, _)| other == id) {
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
            check_utility(*constant, |constant| ChoiceModelError::Constant {
                id: id.clone(),
                constant,
            })?;
        }
        Ok(())
    }
}

fn check_utility(
    utility: f64,
    error: impl FnOnce(f64) -> ChoiceModelError,
) -> Result<(), ChoiceModelError> {
    if utility.abs() <= ChoiceModel::LARGEST_UTILITY {
        Ok(())
    } else {
        Err(error(utility))
    }
}
