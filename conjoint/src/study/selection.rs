//! A study with some of its respondents.

use nalgebra::DMatrix;

use super::{Respondents, Study};
use crate::index_vec::{Position, RespondentIndex};

impl Study {
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
        };
        Self {
            respondents,
            settings: self.settings.clone(),
            schema: self.schema.clone(),
            brands: self.brands.clone(),
            parents: self.parents.clone(),
            segments: self.segments.clone(),
            offers: self.offers.clone(),
            market: self.market.clone(),
        }
    }
}
