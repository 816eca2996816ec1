//! Net movement of respondents between brands when the offers change, as seen by a focal brand.
//!
//! Per segment, with b0 and b1 the brands that a respondent chooses before and after and f the focal
//! brand: for another brand b, `(#{b0=f,b1=b} − #{b0=b,b1=f}) / #{b0=f}`; for f itself,
//! `(#{b1=f} − #{b0=f}) / #{b0=f}`. Counts are weighted, and by a rule that gives chances, sums of chances. The
//! results are fractions of the focal brand's respondents before. Movement follows the rule where it says
//! who changes from one product to another; see `choice/transitions`. Otherwise it follows first choices.

use crate::choice::{Choices, Transition, visit_transitions};
use crate::index_vec::{
    BrandIndex, IndexVec, Position, ProductIndex, RespondentIndex, SegmentIndex,
};
use crate::study::Study;

/// Net movement by segment and brand; `None` if nobody in the segment chose the focal brand before.
pub type Movement = IndexVec<SegmentIndex, IndexVec<BrandIndex, Option<f64>>>;

/// The brand of every respondent's first choice.
pub(crate) type BrandChoices = IndexVec<RespondentIndex, Option<BrandIndex>>;

/// The net movement between the first choices `before` and `after`, as seen by the brand `focal`.
pub(crate) fn compute_movement(
    study: &Study,
    focal: BrandIndex,
    before: &BrandChoices,
    after: &BrandChoices,
) -> Movement {
    let mut tally = Tally::new(study, focal);
    let choices = before.iter().zip(after).enumerate();
    for (respondent, (before, after)) in choices {
        let respondent = RespondentIndex::from_index(respondent);
        if *before == Some(focal) {
            tally.count(respondent, 1.0);
        }
        tally.move_between(respondent, *before, *after, 1.0);
    }
    tally.movement()
}

/// The net movement between two lists of choices by the rule, among products of these brands.
pub(crate) fn compute_movement_by_rule(
    study: &Study,
    focal: BrandIndex,
    brands: &IndexVec<ProductIndex, Option<BrandIndex>>,
    [before, after]: [&Choices; 2],
) -> Movement {
    let mut tally = Tally::new(study, focal);
    for (product, brand) in brands.enumerate() {
        if *brand != Some(focal) {
            continue;
        }
        for (respondent, chance) in before.chances(product).into_iter().enumerate() {
            tally.count(RespondentIndex::from_index(respondent), chance);
        }
    }
    let brand = |product: Option<usize>| {
        let product = ProductIndex::from_index(product?);
        brands.get(product).copied().flatten()
    };
    visit_transitions(before, after, |transition| {
        let Transition {
            respondent,
            from,
            to,
            probability,
        } = transition;
        let respondent = RespondentIndex::from_index(respondent);
        tally.move_between(respondent, brand(from), brand(to), probability);
    });
    tally.movement()
}

/// Weighted sums by segment.
struct Tally<'s> {
    study: &'s Study,
    focal: BrandIndex,
    net: IndexVec<SegmentIndex, IndexVec<BrandIndex, f64>>,
    focal_before: IndexVec<SegmentIndex, f64>,
}

impl<'s> Tally<'s> {
    fn new(study: &'s Study, focal: BrandIndex) -> Self {
        let zeros: IndexVec<BrandIndex, f64> = vec![0.0; study.brands.len()].into();
        Self {
            study,
            focal,
            net: vec![zeros; study.segments.len()].into(),
            focal_before: vec![0.0; study.segments.len()].into(),
        }
    }

    /// Counts a chance of choosing the focal brand before.
    fn count(&mut self, respondent: RespondentIndex, chance: f64) {
        let people = &self.study.respondents;
        self.focal_before[people.segments[respondent]] += chance * people.weights[respondent];
    }

    /// Counts a respondent who leaves the focal brand for another, or the other way round.
    fn move_between(
        &mut self,
        respondent: RespondentIndex,
        before: Option<BrandIndex>,
        after: Option<BrandIndex>,
        probability: f64,
    ) {
        let was_focal = before == Some(self.focal);
        if was_focal == (after == Some(self.focal)) {
            return;
        }
        let people = &self.study.respondents;
        let weight = probability * people.weights[respondent];
        let step = if was_focal { weight } else { -weight };
        let other = if was_focal { after } else { before };
        let net = &mut self.net[people.segments[respondent]];
        net[self.focal] -= step;
        if let Some(other) = other {
            net[other] += step;
        }
    }

    fn movement(&self) -> Movement {
        let fraction = |net: &f64, before: f64| (before > 0.0).then(|| net / before);
        let rows = self.net.iter().zip(&self.focal_before);
        rows.map(|(net, before)| net.iter().map(|net| fraction(net, *before)).collect())
            .collect()
    }
}
