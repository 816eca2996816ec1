//! A study with some of its respondents.

use std::collections::BTreeSet;

use nalgebra::DMatrix;

use super::{Respondents, Study};
use crate::index_vec::{Position, RespondentIndex};

impl Study {
    /// The same study with few respondents: the first of each combination of segment and brand today
    /// that has a weight. Offers, choice models and tables are valid for it if and only if they are for
    /// the study, so that they can be checked without computing all respondents. No figure of it is one
    /// of the study.
    #[must_use]
    pub fn outline(&self) -> Self {
        let respondents = &self.respondents;
        let mut groups = BTreeSet::new();
        let mut first = BTreeSet::new();
        for (index, weight) in respondents.weights.enumerate() {
            let owner = respondents.owners.get(index).copied();
            if *weight > 0.0 && groups.insert((respondents.segments[index], owner)) {
                first.insert(index);
            }
        }
        self.keep_respondents(|index| first.contains(&index))
    }

    /// The same study with only those respondents for whom `keep` returns true. Brands, segments
    /// and offers stay, so their positions keep their meaning.
    pub(crate) fn keep_respondents(&self, keep: impl Fn(RespondentIndex) -> bool) -> Self {
        let people = &self.respondents;
        let kept: Vec<RespondentIndex> =
            people.ids.indices().filter(|index| keep(*index)).collect();
        let part_worths = &people.part_worths;
        let part_worths = DMatrix::from_fn(kept.len(), part_worths.ncols(), |row, column| {
            part_worths[(kept[row].index(), column)]
        });
        let owners = kept
            .iter()
            .filter_map(|index| people.owners.get(*index).copied());
        let respondents = Respondents {
            ids: kept
                .iter()
                .map(|index| people.ids[*index].clone())
                .collect(),
            segments: kept.iter().map(|index| people.segments[*index]).collect(),
            owners: owners.collect(),
            weights: kept.iter().map(|index| people.weights[*index]).collect(),
            part_worths,
            none_column: people.none_column,
            excluded: people
                .excluded
                .iter()
                .map(|(product, marks)| {
                    let marks = kept.iter().map(|index| marks[index.index()]);
                    (product.clone(), marks.collect())
                })
                .collect(),
            draws: people.draws.as_ref().map(|draws| draws.select(&kept)),
            rows_each: people.rows_each,
        };
        self.with_respondents(respondents)
    }

    /// The same study with other respondents.
    pub(super) fn with_respondents(&self, respondents: Respondents) -> Self {
        Self {
            respondents,
            settings: self.settings.clone(),
            schema: self.schema.clone(),
            brands: self.brands.clone(),
            parents: self.parents.clone(),
            segments: self.segments.clone(),
            offers: self.offers.clone(),
            market: self.market.clone(),
            prohibited: self.prohibited.clone(),
        }
    }
}
