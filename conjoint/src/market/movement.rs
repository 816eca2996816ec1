//! Net movement of respondents between brands when the offers change, as seen by a focal brand.
//!
//! Per segment, with b0 and b1 the brands of a respondent's first choice before and after and f the
//! focal brand: for another brand b, `(#{b0=f,b1=b} − #{b0=b,b1=f}) / #{b0=f}`; for f itself,
//! `(#{b1=f} − #{b0=f}) / #{b0=f}`. Counts are weighted. The results are fractions of the focal brand's
//! respondents before. Movement follows first choices, whatever the rule of the money figures.

use crate::index_vec::{BrandIndex, IndexVec, RespondentIndex, SegmentIndex};
use crate::study::Study;

/// Net movement by segment and brand; `None` if nobody in the segment chose the focal brand before.
pub type Movement = IndexVec<SegmentIndex, IndexVec<BrandIndex, Option<f64>>>;

/// The brand of every respondent's first choice.
pub(crate) type BrandChoices = IndexVec<RespondentIndex, Option<BrandIndex>>;

/// The net movement between `before` and `after`, as seen by the brand `focal`.
pub(crate) fn compute_movement(
    study: &Study,
    focal: BrandIndex,
    before: &BrandChoices,
    after: &BrandChoices,
) -> Movement {
    let zeros: IndexVec<BrandIndex, f64> = vec![0.0; study.brands.len()].into();
    let mut net: IndexVec<SegmentIndex, IndexVec<BrandIndex, f64>> =
        vec![zeros; study.segments.len()].into();
    let mut focal_before: IndexVec<SegmentIndex, f64> = vec![0.0; study.segments.len()].into();
    let respondents = &study.respondents;
    let choices = before
        .iter()
        .zip(after)
        .zip(&respondents.segments)
        .zip(&respondents.weights);
    for (((before, after), segment), weight) in choices {
        let (was_focal, is_focal) = (*before == Some(focal), *after == Some(focal));
        if was_focal {
            focal_before[*segment] += weight;
        }
        if was_focal == is_focal {
            continue;
        }
        // The respondent either leaves the focal brand for another, or the other way round.
        let step = if was_focal { *weight } else { -*weight };
        let other = if was_focal { after } else { before };
        let net = &mut net[*segment];
        net[focal] -= step;
        if let Some(other) = other {
            net[*other] += step;
        }
    }
    let fraction = |net: &f64, before: f64| (before > 0.0).then(|| net / before);
    let rows = net.iter().zip(&focal_before);
    rows.map(|(net, before)| net.iter().map(|net| fraction(net, *before)).collect())
        .collect()
}
