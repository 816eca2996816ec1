//! The settings of the choice model as the user entered them, and texts that could not be used.

mod setting;

use conjoint::choice::{ChoiceModel, ChoiceModelError, NoneOption, Rule};
use conjoint::index_vec::{AttributeIndex, BrandIndex, Position, SegmentIndex};
use conjoint::stats::bootstrap::Uncertainty;
use conjoint::stats::sort::stable_sort;
use conjoint::study::{ProductId, Study, parse_number as parse_value};

use super::Draft;
pub use setting::{OFF, SURVEYED, Setting, SettingError};

/// A text that is not a value of a setting.
pub type SettingDraft = Draft<SettingError>;

/// The settings of the choice model, and drafts.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// Every setting as entered. Each is valid, except that the selection may include nobody.
    entered: ChoiceModel,
    /// What intervals say; `None` for what they usually say in the study.
    uncertainty: Option<Uncertainty>,
    targets: Vec<(ProductId, f64)>,
    drafts: Vec<(Setting, SettingDraft)>,
}

impl Setup {
    /// The settings with which a study opens: first choice, except that part-worths which everybody has in common,
    /// as those of a multinomial logit, are compared by share of preference. By first choice, one product would have
    /// all respondents.
    pub(super) fn new(study: &Study) -> Self {
        let rule = match study.respondents().len() {
            1 => Rule::ShareOfPreference,
            _ => Rule::default(),
        };
        Self {
            entered: ChoiceModel {
                rule,
                ..ChoiceModel::default()
            },
            uncertainty: None,
            targets: Vec::new(),
            drafts: Vec::new(),
        }
    }

    /// The choice model that follows from the settings. If the selected segments and owners include
    /// nobody, the owners are ignored; if the segments include nobody either, so are they.
    pub(super) fn choice_model(&self, study: &Study) -> ChoiceModel {
        let mut model = self.entered_for(study);
        if model.check(study) == Err(ChoiceModelError::NoRespondents) {
            model.owners.clear();
        }
        if model.check(study) == Err(ChoiceModelError::NoRespondents) {
            model.segments.clear();
        }
        model
    }

    /// The settings as entered; the selection may include nobody.
    pub fn entered_for(&self, study: &Study) -> ChoiceModel {
        let usual = || ChoiceModel::for_study(study).uncertainty;
        ChoiceModel {
            uncertainty: self.uncertainty.unwrap_or_else(usual),
            ..self.entered.clone()
        }
    }

    /// Takes over all settings of a saved scenario; the shares of the market are kept.
    pub(super) fn load(&mut self, study: &Study, model: ChoiceModel) {
        self.set_uncertainty(study, model.uncertainty);
        self.entered = model.at_means();
        self.drafts.clear();
    }

    /// Whether anything differs from what the study opens with, including drafts.
    pub fn is_changed(&self, study: &Study) -> bool {
        *self != Self::new(study)
    }

    /// The selected segments, in the study's order; empty means all.
    pub fn segments(&self) -> &[SegmentIndex] {
        &self.entered.segments
    }

    /// The brands whose present customers are selected, in the study's order; empty means all.
    pub fn owners(&self) -> &[BrandIndex] {
        &self.entered.owners
    }

    /// Whether a segment is selected.
    pub fn includes_segment(&self, segment: SegmentIndex) -> bool {
        self.segments().contains(&segment)
    }

    /// Whether the present customers of a brand are selected.
    pub fn includes_owners(&self, brand: BrandIndex) -> bool {
        self.owners().contains(&brand)
    }

    /// The known shares in the market, 0–1, by product.
    pub fn targets(&self) -> &[(ProductId, f64)] {
        &self.targets
    }

    /// The draft of a setting, if it has one.
    pub fn draft(&self, setting: &Setting) -> Option<&SettingDraft> {
        let mut drafts = self.drafts.iter();
        let found = drafts.find(|(other, _)| other == setting);
        found.map(|(_, draft)| draft)
    }

    /// All drafts.
    pub(super) fn drafts(&self) -> impl Iterator<Item = (&Setting, &SettingDraft)> {
        self.drafts.iter().map(|(setting, draft)| (setting, draft))
    }

    /// The text of a setting's input; empty for the selections, which have checkboxes.
    pub fn text(&self, setting: &Setting) -> String {
        let model = &self.entered;
        match setting {
            Setting::Rule => model.rule.id().to_owned(),
            Setting::Scale => model.scale.to_string(),
            Setting::Draws => model.draws.to_string(),
            Setting::Seed => model.seed.to_string(),
            Setting::None => match model.none {
                NoneOption::Off => OFF.to_owned(),
                NoneOption::Surveyed => SURVEYED.to_owned(),
                NoneOption::Utility(utility) => utility.to_string(),
            },
            Setting::Uncertainty => self
                .uncertainty
                .map_or(String::new(), |it| it.id().to_owned()),
            Setting::ErrorScale => model.error_scale.map_or(String::new(), |it| it.to_string()),
            Setting::Segment | Setting::Owner | Setting::Similar => String::new(),
            Setting::Available(id) => value_text(&model.availability, id),
            Setting::Constant(id) => value_text(&model.constants, id),
            Setting::Target(id) => value_text(&self.targets, id),
        }
    }

    /// The shares of the market that can buy a product, 0–1, where they are not 1.
    pub(super) fn availability(&self) -> &[(ProductId, f64)] {
        &self.entered.availability
    }

    /// The numbers added to products' utilities, where they are not 0.
    pub(super) fn constants(&self) -> &[(ProductId, f64)] {
        &self.entered.constants
    }

    /// Enters a text as a setting. A text that cannot be used becomes a draft, and the setting keeps
    /// its last value. `None` if the study has no such name.
    pub(super) fn enter(&mut self, study: &Study, setting: Setting, text: &str) -> Option<()> {
        let text = text.trim();
        let mut model = self.entered.clone();
        let parsed = match &setting {
            Setting::Rule => {
                model.rule = Rule::from_id(text)?;
                Ok(())
            }
            Setting::Uncertainty => {
                let uncertainty = Uncertainty::from_id(text).filter(|_| study.has_draws())?;
                self.set_uncertainty(study, uncertainty);
                Ok(())
            }
            Setting::Segment => {
                let segment = study.segments().position(|name| name == text)?;
                toggle(&mut model.segments, segment);
                Ok(())
            }
            Setting::Owner => {
                let brand = study.find_brand(text)?;
                toggle(&mut model.owners, brand);
                Ok(())
            }
            Setting::Similar => {
                let attribute = study.schema().find(text)?;
                let mut similar = model.similar_attributes(study);
                toggle(&mut similar, attribute);
                model.similar = Some(similar);
                if model.similar_attributes(study)
                    == ChoiceModel::default().similar_attributes(study)
                {
                    model.similar = None;
                }
                Ok(())
            }
            Setting::Scale => parse_number(text).map(|scale| model.scale = scale),
            Setting::ErrorScale => {
                let scale = (!text.is_empty()).then(|| parse_number(text)).transpose();
                scale.map(|scale| model.error_scale = scale)
            }
            Setting::Draws => parse_whole_number(text).map(|draws| {
                // The model refuses a number that is too large.
                model.draws = u32::try_from(draws).unwrap_or(u32::MAX);
            }),
            Setting::Seed => parse_whole_number(text).map(|seed| model.seed = seed),
            Setting::None => parse_none(text).map(|none| model.none = none),
            Setting::Available(id) => put(&mut model.availability, id, text, Some(1.0)),
            Setting::Constant(id) => put(&mut model.constants, id, text, Some(0.0)),
            Setting::Target(id) => put(&mut self.targets, id, text, None),
        };
        let checked = parsed.and_then(|()| match model.check(study) {
            Ok(()) | Err(ChoiceModelError::NoRespondents) => Ok(()),
            Err(error) => Err(SettingError::Model(error)),
        });
        self.drafts.retain(|(other, _)| *other != setting);
        match checked {
            Ok(()) => self.entered = model,
            Err(error) => {
                let text = text.to_owned();
                self.drafts.push((setting, Draft { text, error }));
            }
        }
        Some(())
    }

    /// Offers count as similar in no attribute, until some are included.
    pub(super) fn clear_similar(&mut self) {
        self.entered.similar = Some(Vec::new());
    }

    /// The attributes in which offers count as similar.
    pub fn similar_attributes(&self, study: &Study) -> Vec<AttributeIndex> {
        self.entered.similar_attributes(study)
    }

    fn set_uncertainty(&mut self, study: &Study, uncertainty: Uncertainty) {
        let is_usual = uncertainty == ChoiceModel::for_study(study).uncertainty;
        self.uncertainty = (!is_usual).then_some(uncertainty);
    }

    /// Selects only this segment's respondents, or those of all segments.
    pub(super) fn select_segment(&mut self, segment: Option<SegmentIndex>) {
        self.entered.segments = segment.into_iter().collect();
    }

    /// Takes over the market's shares of a calibration.
    pub(super) fn set_targets(&mut self, targets: Vec<(ProductId, f64)>) {
        self.targets = stable_sort(targets, |(one, _), (other, _)| one.cmp(other));
    }

    /// Takes over the constants of a calibration.
    pub(super) fn calibrate(&mut self, study: &Study, constants: &[(ProductId, f64)]) {
        for (id, constant) in constants {
            // A constant names nothing that could be missing from the study.
            let _ = self.enter(study, Setting::Constant(id.clone()), &constant.to_string());
        }
    }

    /// Forgets products that are gone, so that another product with the same id has no settings.
    pub(super) fn forget(&mut self, gone: &[&ProductId]) {
        let exists = |(id, _): &(ProductId, f64)| !gone.contains(&id);
        self.entered.availability.retain(exists);
        self.entered.constants.retain(exists);
        self.targets.retain(exists);
        let is_of_gone = |setting: &Setting| setting.product().is_some_and(|id| gone.contains(&id));
        self.drafts.retain(|(setting, _)| !is_of_gone(setting));
    }
}

/// The text of a product's value; empty if it has none.
fn value_text(values: &[(ProductId, f64)], id: &ProductId) -> String {
    let value = values.iter().find(|(other, _)| other == id);
    value.map_or(String::new(), |(_, value)| value.to_string())
}

fn parse_number(text: &str) -> Result<f64, SettingError> {
    parse_value(text).map_err(SettingError::Number)
}

fn parse_whole_number(text: &str) -> Result<u64, SettingError> {
    let value = parse_number(text)?;
    if value >= 0.0 && value.fract() == 0.0 {
        Ok(value as u64)
    } else {
        Err(SettingError::NotWhole(text.to_owned()))
    }
}

fn parse_none(text: &str) -> Result<NoneOption, SettingError> {
    match text {
        OFF => Ok(NoneOption::Off),
        SURVEYED => Ok(NoneOption::Surveyed),
        _ => parse_number(text).map(NoneOption::Utility),
    }
}

/// Selects an item, or deselects it. Selected items are in the study's order.
fn toggle<I: Position + Ord>(selected: &mut Vec<I>, item: I) {
    let mut next = std::mem::take(selected);
    if next.contains(&item) {
        next.retain(|other| *other != item);
    } else {
        next.push(item);
    }
    *selected = stable_sort(next, Ord::cmp);
}

/// Sets a product's value in a list in the order of the ids. An empty text or the default value
/// removes it.
fn put(
    values: &mut Vec<(ProductId, f64)>,
    id: &ProductId,
    text: &str,
    default: Option<f64>,
) -> Result<(), SettingError> {
    let value = match text {
        "" => None,
        text => Some(parse_number(text)?),
    };
    values.retain(|(other, _)| other != id);
    if let Some(value) = value.filter(|value| Some(*value) != default) {
        let place = values.partition_point(|(other, _)| other < id);
        values.insert(place, (id.clone(), value));
    }
    Ok(())
}
