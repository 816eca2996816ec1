//! Who has which brand today: the surveyed owners by brand and segment.

use nalgebra::DMatrix;

use crate::index_vec::{BrandIndex, Position, RespondentIndex};
use crate::study::Study;

/// Weighted owners, brands × segments: the included ones and all.
///
/// `w[b,s]`, the share of a brand's customers who are in the segment and included, is the included
/// owners in the segment over all owners of the brand. A brand without surveyed owners takes the shares
/// of all respondents. If everyone is included, each row sums to 1; the figures of selections without
/// common respondents add up.
#[derive(Clone, Debug)]
pub(crate) struct OwnersBySegment {
    included: DMatrix<f64>,
    all: DMatrix<f64>,
}

impl OwnersBySegment {
    /// The owners among the respondents of the full study, some of whom are included.
    pub(crate) fn new(study: &Study, is_included: impl Fn(RespondentIndex) -> bool) -> Self {
        let weights = &study.respondents.weights;
        let included: Vec<f64> = weights
            .enumerate()
            .map(|(respondent, weight)| {
                if is_included(respondent) {
                    *weight
                } else {
                    0.0
                }
            })
            .collect();
        Self {
            included: sum_by_brand_and_segment(study, &included),
            all: sum_by_brand_and_segment(study, weights.as_slice()),
        }
    }

    /// The same market with other weights of the included respondents, who are all of `selected`.
    pub(crate) fn reweighted(&self, selected: &Study, weights: &[f64]) -> Self {
        let included = sum_by_brand_and_segment(selected, weights);
        Self {
            all: &self.all - &self.included + &included,
            included,
        }
    }

    /// `w[b,s]`, brands × segments.
    pub(super) fn shares(&self) -> DMatrix<f64> {
        let mut shares = self.included.clone();
        for (brand, mut row) in shares.row_iter_mut().enumerate() {
            let mut owners = self.all.row(brand).sum();
            if owners == 0.0 {
                row.copy_from(&self.included.row_sum());
                owners = self.all.sum();
            }
            row /= owners;
        }
        shares
    }

    /// The share of the brand's customers who are included, 0–1.
    pub(super) fn included_share(&self, brand: BrandIndex) -> f64 {
        let included = self.included.row(brand.index());
        let all = self.all.row(brand.index());
        if all.sum() > 0.0 {
            included.sum() / all.sum()
        } else {
            self.included.sum() / self.all.sum()
        }
    }
}

fn sum_by_brand_and_segment(study: &Study, weights: &[f64]) -> DMatrix<f64> {
    let respondents = &study.respondents;
    let mut owners = DMatrix::zeros(study.brands.len(), study.segments.len());
    let groups = respondents.owners.iter().zip(&respondents.segments);
    for ((brand, segment), weight) in groups.zip(weights) {
        owners[(brand.index(), segment.index())] += weight;
    }
    owners
}
