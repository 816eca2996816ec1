//! A study with a part of its respondents.

use nalgebra::DMatrix;

use super::{Respondents, Study};
use crate::index_vec::{Position, RespondentIndex};

impl Study {
    /// The same study with those respondents alone of whom `keep` says so; brands, segments and
    /// offers stay, so that their positions mean the same.
    pub(crate) fn of_respondents(&self, keep: impl Fn(RespondentIndex) -> bool) -> Self {
        let people = &self.respondents;
        let kept: Vec<RespondentIndex> = people.ids.indices().filter(|who| keep(*who)).collect();
        let part_worths = &people.part_worths;
        let part_worths = DMatrix::from_fn(kept.len(), part_worths.ncols(), |row, column| {
            part_worths[(kept[row].index(), column)]
        });
        let owners = kept
            .iter()
            .filter_map(|who| people.owners.get(*who).copied());
        let respondents = Respondents {
            ids: kept.iter().map(|who| people.ids[*who].clone()).collect(),
            segments: kept.iter().map(|who| people.segments[*who]).collect(),
            owners: owners.collect(),
            weights: kept.iter().map(|who| people.weights[*who]).collect(),
            part_worths,
            ..*people
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
            warnings: self.warnings.clone(),
        }
    }
}
