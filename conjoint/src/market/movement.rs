//! Who moves where when the offers change, seen from a focal brand.
//!
//! Per segment, with b0 the brand of a respondent's first choice before and b1 after: for
//! another brand b, `(#{b0=f,b1=b} − #{b0=b,b1=f}) / #{b0=f}`; for the focal brand f itself
//! `(#{b1=f} − #{b0=f}) / #{b0=f}`. Fractions of the focal brand's customers before; everybody
//! counts with their weight, and by first choice, whatever rule the money follows.

use crate::index_vec::{BrandIndex, IndexVec, RespondentIndex, SegmentIndex};
use crate::study::Study;

/// Net movement by segment and brand; `None` where the focal brand had nobody in the segment.
pub type Movement = IndexVec<SegmentIndex, IndexVec<BrandIndex, Option<f64>>>;

/// The brand of every respondent's first choice.
pub(crate) type BrandChoices = IndexVec<RespondentIndex, Option<BrandIndex>>;

/// The movement from `before` to `after` around the brand `focal`.
pub(crate) fn compute_movement(
    study: &Study,
    focal: BrandIndex,
    before: &BrandChoices,
    after: &BrandChoices,
) -> Movement {
    let zeros: IndexVec<BrandIndex, f64> = vec![0.0; study.brands.len()].into();
    let mut net: IndexVec<SegmentIndex, IndexVec<BrandIndex, f64>> =
        vec![zeros; study.segments.len()].into();
    let mut had: IndexVec<SegmentIndex, f64> = vec![0.0; study.segments.len()].into();
    let people = &study.respondents;
    let choices = before
        .iter()
        .zip(after)
        .zip(&people.segments)
        .zip(&people.weights);
    for (((before, after), segment), weight) in choices {
        let (left, came) = (*before == Some(focal), *after == Some(focal));
        if left {
            had[*segment] += weight;
        }
        if left == came {
            continue;
        }
        // The respondent either leaves the focal brand for another, or the other way round.
        let step = if left { *weight } else { -*weight };
        let other = if left { after } else { before };
        let net = &mut net[*segment];
        net[focal] -= step;
        if let Some(other) = other {
            net[*other] += step;
        }
    }
    let fraction = |net: &f64, had: f64| (had > 0.0).then(|| net / had);
    let rows = net.iter().zip(&had);
    rows.map(|(net, had)| net.iter().map(|net| fraction(net, *had)).collect())
        .collect()
}
