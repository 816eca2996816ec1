//! Who has which brand today: the surveyed owners by brand and segment.

use nalgebra::DMatrix;

use crate::index_vec::{BrandIndex, Position, RespondentIndex};
use crate::study::Study;

/// Weighted owners, brands × segments: those who count, and those whom a selection leaves out.
///
/// `w[b,s]`, the share of a brand's customers who are of the segment and count, is the owners who
/// count over all owners of the brand; a brand that no respondent owns takes the shares of all
/// respondents. Rows sum to 1 where everybody counts, and selections that share nobody add up.
#[derive(Clone, Debug)]
pub(crate) struct OwnersBySegment {
    counting: DMatrix<f64>,
    all: DMatrix<f64>,
}

impl OwnersBySegment {
    /// The owners among a study's respondents, of whom `counts` tells who counts.
    pub(crate) fn new(study: &Study, counts: impl Fn(RespondentIndex) -> bool) -> Self {
        let everybody = study.respondents.weights.as_slice();
        let counting: Vec<f64> = everybody
            .iter()
            .enumerate()
            .map(|(who, weight)| {
                if counts(RespondentIndex::from_index(who)) {
                    *weight
                } else {
                    0.0
                }
            })
            .collect();
        Self {
            counting: table(study, &counting),
            all: table(study, everybody),
        }
    }

    /// The same market where those who count have other weights: `study` has them alone.
    pub(crate) fn reweighted(&self, study: &Study, weights: &[f64]) -> Self {
        let counting = table(study, weights);
        Self {
            all: &self.all - &self.counting + &counting,
            counting,
        }
    }

    /// `w[b,s]`, brands × segments.
    pub(super) fn shares(&self) -> DMatrix<f64> {
        let mut shares = self.counting.clone();
        for (brand, mut row) in shares.row_iter_mut().enumerate() {
            let mut owners = self.all.row(brand).sum();
            if owners == 0.0 {
                row.copy_from(&self.counting.row_sum());
                owners = self.all.sum();
            }
            row /= owners;
        }
        shares
    }

    /// The share of the brand's customers who count, 0–1.
    pub(super) fn part(&self, brand: BrandIndex) -> f64 {
        let (counting, all) = (
            self.counting.row(brand.index()),
            self.all.row(brand.index()),
        );
        if all.sum() > 0.0 {
            counting.sum() / all.sum()
        } else {
            self.counting.sum() / self.all.sum()
        }
    }
}

fn table(study: &Study, weights: &[f64]) -> DMatrix<f64> {
    let people = &study.respondents;
    let mut owners = DMatrix::zeros(study.brands.len(), study.segments.len());
    let groups = people.owners.iter().zip(&people.segments);
    for ((brand, segment), weight) in groups.zip(weights) {
        owners[(brand.index(), segment.index())] += weight;
    }
    owners
}
