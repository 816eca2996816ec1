//! The method as its author set it up: what can be used of it, and texts that cannot.

use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::index_vec::{BrandIndex, Position, SegmentIndex};
use conjoint::simulation::scenario::Scenario;
use conjoint::stats::quantile::sorted;
use conjoint::study::{ProductId, Study, parse_number};

use super::Draft;
use crate::text::messages;

/// Something of the method that can be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// The choice rule, by its word.
    Rule,
    /// The scale factor.
    Scale,
    /// Draws a respondent.
    Draws,
    /// The seed.
    Seed,
    /// None: its utility, [`SURVEYED`] or [`OFF`].
    None,
    /// A segment that counts, by name; a second time, no longer. Who is left is a matter of this
    /// and of [`Setting::Owner`] together, so that its fault is here.
    Segment,
    /// The same of a brand whose customers of today count.
    Owner,
    /// The share of the market that can buy a product; empty for all of it.
    Available(ProductId),
    /// What is added to a product's utility; empty for nothing.
    Constant(ProductId),
    /// The share that a product has in the market, which a calibration comes to; may be empty.
    Target(ProductId),
}

/// None as the respondents answered it.
pub const SURVEYED: &str = "surveyed";
/// No None.
pub const OFF: &str = "off";

/// The settings of which there is one.
const SINGLE: [Setting; 5] = [
    Setting::Rule,
    Setting::Scale,
    Setting::Draws,
    Setting::Seed,
    Setting::None,
];

impl Setting {
    /// Its key in links, and in ids of the page.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Scale => "scale",
            Self::Draws => "draws",
            Self::Seed => "seed",
            Self::None => "none",
            Self::Segment => "segment",
            Self::Owner => "owner",
            Self::Available(_) => "available",
            Self::Constant(_) => "constant",
            Self::Target(_) => "target",
        }
    }

    /// The setting and the text that a link's field writes: `9:0.6` where it is a product's.
    /// `None` where no setting has the key, or no offer the id.
    pub(super) fn read<'t>(
        scenario: &Scenario,
        key: &str,
        text: &'t str,
    ) -> Option<(Self, &'t str)> {
        let others = [Self::Segment, Self::Owner];
        let mut single = SINGLE.into_iter().chain(others);
        if let Some(setting) = single.find(|setting| setting.key() == key) {
            return Some((setting, text));
        }
        let of_product = match key {
            "available" => Self::Available,
            "constant" => Self::Constant,
            "target" => Self::Target,
            _ => return None,
        };
        // The text behind the id may be anything that was typed, and an id may be too.
        let mut splits = text.match_indices(':').map(|(at, _)| text.split_at(at));
        let (id, rest) = splits.find(|(id, _)| scenario.find(id).is_some())?;
        Some((of_product(ProductId::from(id.to_owned())), rest.get(1..)?))
    }

    /// The field by which a link says that the setting has this text.
    fn field(&self, text: &str) -> (&'static str, String) {
        let text = match self {
            Self::Available(id) | Self::Constant(id) | Self::Target(id) => format!("{id}:{text}"),
            _ => text.to_owned(),
        };
        (self.key(), text)
    }
}

/// The method, and what its author wrote of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Setup {
    /// The last settings that can be used.
    model: ChoiceModel,
    /// The segments and the brands that are ticked, though together they may leave nobody.
    segments: Vec<SegmentIndex>,
    owners: Vec<BrandIndex>,
    targets: Vec<(ProductId, f64)>,
    drafts: Vec<(Setting, Draft)>,
}

impl Setup {
    /// The method, which can be used.
    pub fn model(&self) -> &ChoiceModel {
        &self.model
    }

    /// Whether anything is not as it is at first, be it a text without effect.
    pub fn is_changed(&self) -> bool {
        *self != Self::default()
    }

    /// Whether a segment is ticked.
    pub fn includes_segment(&self, segment: SegmentIndex) -> bool {
        self.segments.contains(&segment)
    }

    /// Whether the customers of a brand are ticked.
    pub fn includes_owners(&self, brand: BrandIndex) -> bool {
        self.owners.contains(&brand)
    }

    /// The market's shares, of the products of which they are known.
    pub fn targets(&self) -> &[(ProductId, f64)] {
        &self.targets
    }

    /// The text of a setting that could not be used.
    pub fn draft(&self, setting: &Setting) -> Option<&Draft> {
        let mut drafts = self.drafts.iter();
        let found = drafts.find(|(own, _)| own == setting);
        found.map(|(_, draft)| draft)
    }

    /// A setting as its input holds it; nothing of those that are ticked.
    pub fn text(&self, setting: &Setting) -> String {
        let model = &self.model;
        let of = |list: &[(ProductId, f64)], id: &ProductId| {
            let found = list.iter().find(|(own, _)| own == id);
            found.map_or(String::new(), |(_, value)| value.to_string())
        };
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
            Setting::Segment | Setting::Owner => String::new(),
            Setting::Available(id) => of(&model.availability, id),
            Setting::Constant(id) => of(&model.constants, id),
            Setting::Target(id) => of(&self.targets, id),
        }
    }

    /// Takes a text as a setting; one that cannot be used is kept beside the last that could.
    /// `None` for a name that the study does not have.
    pub(super) fn enter(&mut self, study: &Study, setting: Setting, text: &str) -> Option<()> {
        let text = text.trim();
        let mut model = self.model.clone();
        let read = match &setting {
            Setting::Rule => {
                model.rule = Rule::from_id(text)?;
                Ok(())
            }
            Setting::Scale => value(text).map(|scale| model.scale = scale),
            Setting::Draws => whole(text).map(|draws| {
                // One that is too large is told by the model.
                model.draws = u32::try_from(draws).unwrap_or(u32::MAX);
            }),
            Setting::Seed => whole(text).map(|seed| model.seed = seed),
            Setting::None => match text {
                OFF => Ok(NoneOption::Off),
                SURVEYED => Ok(NoneOption::Surveyed),
                _ => value(text).map(NoneOption::Utility),
            }
            .map(|none| model.none = none),
            Setting::Segment => {
                let segment = study.segments().position(|name| name == text)?;
                tick(&mut self.segments, segment);
                Ok(())
            }
            Setting::Owner => {
                let brand = study.find_brand(text)?;
                tick(&mut self.owners, brand);
                Ok(())
            }
            Setting::Available(id) => put(&mut model.availability, id, text, Some(1.0)),
            Setting::Constant(id) => put(&mut model.constants, id, text, Some(0.0)),
            Setting::Target(id) => put(&mut self.targets, id, text, None),
        };
        if matches!(setting, Setting::Segment | Setting::Owner) {
            model.segments.clone_from(&self.segments);
            model.owners.clone_from(&self.owners);
        }
        let key = match setting {
            Setting::Owner => Setting::Segment,
            setting => setting,
        };
        let checked = read.and_then(|()| model.check(study).map_err(|fault| fault.to_string()));
        self.drafts.retain(|(own, _)| *own != key);
        match checked {
            Ok(()) => self.model = model,
            Err(message) => {
                let text = text.to_owned();
                self.drafts.push((key, Draft { text, message }));
            }
        }
        Some(())
    }

    /// Takes over the constants of a calibration.
    pub(super) fn calibrate(&mut self, study: &Study, constants: &[(ProductId, f64)]) {
        for (id, constant) in constants {
            // A constant is of no name that could be missing.
            let _ = self.enter(study, Setting::Constant(id.clone()), &constant.to_string());
        }
    }

    /// Forgets products that are gone, so that nothing is set of one that takes their id.
    pub(super) fn forget(&mut self, gone: &[&ProductId]) {
        let is_there = |(id, _): &(ProductId, f64)| !gone.contains(&id);
        self.model.availability.retain(is_there);
        self.model.constants.retain(is_there);
        self.targets.retain(is_there);
        self.drafts.retain(|(setting, _)| match setting {
            Setting::Available(id) | Setting::Constant(id) | Setting::Target(id) => {
                !gone.contains(&id)
            }
            _ => true,
        });
    }

    /// The fields of a link from which it is entered again; none of what is as at first.
    pub fn fields(&self, study: &Study) -> Vec<(&'static str, String)> {
        let first = Self::default();
        let single = SINGLE.iter().filter_map(|setting| {
            let text = self.text(setting);
            (text != first.text(setting)).then(|| setting.field(&text))
        });
        let segments = self.segments.iter().map(|segment| {
            let name = study.segments().get(*segment);
            Setting::Segment.field(name.map_or("", String::as_str))
        });
        let owners = self.owners.iter().map(|brand| {
            let brand = study.brands().get(*brand);
            Setting::Owner.field(brand.map_or("", |brand| &brand.name))
        });
        let of = |list: &[(ProductId, f64)], setting: fn(ProductId) -> Setting| {
            let field =
                |(id, value): &(ProductId, f64)| setting(id.clone()).field(&value.to_string());
            list.iter().map(field).collect::<Vec<_>>()
        };
        let drafts = self.drafts.iter();
        let drafts = drafts.filter(|(setting, _)| *setting != Setting::Segment);
        single
            .chain(segments)
            .chain(owners)
            .chain(of(&self.model.availability, Setting::Available))
            .chain(of(&self.model.constants, Setting::Constant))
            .chain(of(&self.targets, Setting::Target))
            .chain(drafts.map(|(setting, draft)| setting.field(&draft.text)))
            .collect()
    }
}

fn value(text: &str) -> Result<f64, String> {
    parse_number(text).map_err(|fault| fault.to_string())
}

fn whole(text: &str) -> Result<u64, String> {
    let value = value(text)?;
    if value >= 0.0 && value.fract() == 0.0 {
        Ok(value as u64)
    } else {
        Err(messages::not_a_whole_number(text))
    }
}

/// Ticks what was not, and the other way round; in the study's order, whatever came first.
fn tick<I: Position + Ord>(ticked: &mut Vec<I>, item: I) {
    let mut next = std::mem::take(ticked);
    if next.contains(&item) {
        next.retain(|other| *other != item);
    } else {
        next.push(item);
    }
    *ticked = sorted(next, Ord::cmp);
}

/// Puts a product's value in place of the one before, and in its place in the order of the ids; an
/// empty text, or the value that it has where nobody says otherwise, takes it away.
fn put(
    list: &mut Vec<(ProductId, f64)>,
    id: &ProductId,
    text: &str,
    usual: Option<f64>,
) -> Result<(), String> {
    let value = match text {
        "" => None,
        text => Some(value(text)?),
    };
    list.retain(|(own, _)| own != id);
    if let Some(value) = value.filter(|value| Some(*value) != usual) {
        let place = list.partition_point(|(own, _)| own < id);
        list.insert(place, (id.clone(), value));
    }
    Ok(())
}
