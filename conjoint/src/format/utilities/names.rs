//! The names in the respondents' file, matched with those in other files.

use super::super::error::FormatError;
use super::super::file_names::{RECONTRACT, UTILITIES, VOLUMES};
use super::super::problem::{Place, Problems};
use super::Utilities;
use crate::index_vec::{BrandIndex, IndexVec, Position, RespondentIndex, SegmentIndex};
use crate::study::names::{BRAND, OWNER, SEGMENT};
use crate::study::{Levels, Respondents, quote_names};

/// The only segment of a study whose files name none.
pub(crate) const EVERYBODY: &str = "All respondents";

/// The maximum number of segments or brands. A column with more names describes something else.
pub(crate) const MAX_GROUPS: usize = 1000;

impl Utilities<'_> {
    /// The brands if no other file lists them: the levels of the brand attribute, and then the
    /// respondents' other current brands, in the order of their first respondents.
    pub(crate) fn brands(&self, problems: &mut Problems) -> IndexVec<BrandIndex, String> {
        let mut brands = self.brand_levels().to_vec();
        let owners = self.groups.iter().map(|groups| &groups.owner);
        add_new(&mut brands, owners, self.columns.get(OWNER), problems);
        brands.into()
    }

    /// The segments if no other file lists them: those of the respondents, in the order of their
    /// first respondents, or one for everybody.
    pub(crate) fn segments(&self, problems: &mut Problems) -> IndexVec<SegmentIndex, String> {
        let mut segments = Vec::new();
        let names = self.groups.iter().map(|groups| &groups.segment);
        add_new(&mut segments, names, self.columns.get(SEGMENT), problems);
        if segments.is_empty() {
            segments.push(EVERYBODY.to_owned());
        }
        segments.into()
    }

    /// Reports respondents' segments that are not in the tables of rates, and segments without
    /// respondents. `segments_line` is the line that names them in the recontract rates.
    pub(crate) fn match_segments(
        &self,
        segments: &IndexVec<SegmentIndex, String>,
        segments_line: u64,
        problems: &mut Problems,
    ) {
        for groups in &self.groups {
            let name = &groups.segment;
            if !name.is_empty() && !segments.iter().any(|segment| segment == name) {
                let error = FormatError::UnknownSegment {
                    name: name.clone(),
                    elsewhere: RECONTRACT,
                    known: quote_names(segments),
                };
                let column = self.columns.get(SEGMENT);
                problems.add(Place::cell(UTILITIES, groups.line, column), error);
            }
        }
        for name in segments {
            if !self.groups.iter().any(|groups| groups.segment == *name) {
                let error = FormatError::SegmentEmpty {
                    elsewhere: UTILITIES,
                };
                problems.add(Place::cell(RECONTRACT, segments_line, name), error);
            }
        }
    }

    /// Reports current brands, and levels of the brand attribute, that are not in the market.
    pub(crate) fn match_brands(
        &self,
        brands: &IndexVec<BrandIndex, String>,
        problems: &mut Problems,
    ) {
        let mut check = |name: &String, place: Place| {
            if !name.is_empty() && !brands.iter().any(|brand| brand == name) {
                let error = FormatError::UnknownBrand {
                    name: name.clone(),
                    elsewhere: VOLUMES,
                    known: quote_names(brands),
                };
                problems.add(place, error);
            }
        };
        for level in self.brand_levels() {
            let column = format!("{} {level}", self.columns.get(BRAND));
            check(level, Place::cell(UTILITIES, self.levels_line, &column));
        }
        let column = self.columns.get(OWNER);
        for groups in &self.groups {
            check(&groups.owner, Place::cell(UTILITIES, groups.line, column));
        }
    }

    /// The levels of the brand attribute.
    pub(crate) fn brand_levels(&self) -> &[String] {
        let mut attributes = self.attributes.iter();
        let name = self.columns.get(BRAND);
        match attributes.find(|(attribute, _)| attribute == name) {
            Some((_, Levels::Categorical(levels))) => levels,
            _ => &[],
        }
    }

    /// The respondents, with segments and current brands found by name. An unknown name was reported;
    /// it becomes the first segment or brand.
    pub(crate) fn respondents(
        self,
        segments: &IndexVec<SegmentIndex, String>,
        brands: &IndexVec<BrandIndex, String>,
        weights: IndexVec<RespondentIndex, f64>,
    ) -> Respondents {
        let segment = |name: &String| {
            let found = segments.position(|segment| segment == name);
            found.unwrap_or(SegmentIndex::from_index(0))
        };
        let owner = |name: &String| {
            let found = brands.position(|brand| brand == name);
            found.unwrap_or(BrandIndex::from_index(0))
        };
        let groups = self.groups.iter();
        let has_owners = groups.clone().any(|groups| !groups.owner.is_empty());
        let owners = groups.clone().filter(|_| has_owners);
        Respondents {
            segments: groups.map(|groups| segment(&groups.segment)).collect(),
            owners: owners.map(|groups| owner(&groups.owner)).collect(),
            ids: self.ids.into(),
            weights,
            part_worths: self.part_worths,
            none_column: self.none_column,
            excluded: Vec::new(),
            draws: None,
            rows_each: 1,
        }
    }
}

/// Appends the names that are not in the list yet. Reports too many of them.
fn add_new<'n>(
    list: &mut Vec<String>,
    names: impl Iterator<Item = &'n String>,
    column: &str,
    problems: &mut Problems,
) {
    for name in names.filter(|name| !name.is_empty()) {
        if list.contains(name) {
            continue;
        }
        if list.len() >= MAX_GROUPS {
            let place = Place::column(UTILITIES, column);
            problems.add(place, FormatError::TooManyGroups);
            return;
        }
        list.push(name.clone());
    }
}
