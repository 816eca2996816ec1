//! Choices summed over respondents: how many of a segment choose a product.

use crate::index_vec::{IndexVec, Position, ProductIndex, RespondentIndex, SegmentIndex};
use crate::study::Study;

/// Respondents counted by first choice and segment: products × segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    counts: Vec<u32>,
    segments: usize,
}

impl Tally {
    pub(super) fn new(products: usize, segments: usize) -> Self {
        Self {
            counts: vec![0; products * segments],
            segments,
        }
    }

    pub(super) fn count(
        &mut self,
        study: &Study,
        first: &IndexVec<RespondentIndex, Option<ProductIndex>>,
    ) {
        self.counts.fill(0);
        for (product, segment) in first.iter().zip(&study.respondents.segments) {
            if let Some(product) = product {
                self.counts[product.index() * self.segments + segment.index()] += 1;
            }
        }
    }

    /// Respondents of a segment whose first choice is the product.
    pub fn get(&self, product: ProductIndex, segment: SegmentIndex) -> u32 {
        self.counts[product.index() * self.segments + segment.index()]
    }

    /// Respondents of all segments whose first choice is the product.
    pub fn total(&self, product: ProductIndex) -> u32 {
        let start = product.index() * self.segments;
        self.counts[start..start + self.segments].iter().sum()
    }
}

/// The weighted respondents of each segment who choose each product: products × segments, and
/// those who choose None. By first choice everybody counts whole, by other rules with the
/// probability of each product.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    products: Vec<f64>,
    none: IndexVec<SegmentIndex, f64>,
}

impl Demand {
    pub(crate) fn new(products: usize, segments: usize) -> Self {
        Self {
            products: vec![0.0; products * segments],
            none: vec![0.0; segments].into(),
        }
    }

    /// What first choices come to.
    pub(crate) fn from_first_choices(
        study: &Study,
        weights: &[f64],
        first: &IndexVec<RespondentIndex, Option<ProductIndex>>,
        products: usize,
        has_none: bool,
    ) -> Self {
        let mut demand = Self::new(products, study.segments.len());
        let people = first.iter().zip(&study.respondents.segments).zip(weights);
        for ((product, segment), weight) in people {
            match product {
                Some(product) => demand.add(*product, *segment, *weight),
                None if has_none => demand.add_none(*segment, *weight),
                None => {}
            }
        }
        demand
    }

    /// What probabilities come to, respondents × products, column by column; what they leave of
    /// everybody is None's where there is None.
    pub(crate) fn from_chances(
        study: &Study,
        weights: &[f64],
        chances: &[f64],
        has_none: bool,
    ) -> Self {
        let segments = study.respondents.segments.as_slice();
        let columns = chances.chunks_exact(segments.len().max(1));
        let mut demand = Self::new(columns.len(), study.segments.len());
        for (product, column) in columns.enumerate() {
            for ((chance, segment), weight) in column.iter().zip(segments).zip(weights) {
                demand.add(ProductIndex::from_index(product), *segment, weight * chance);
            }
        }
        if has_none {
            for (segment, weight) in segments.iter().zip(weights) {
                demand.add_none(*segment, *weight);
            }
            for segment in study.segments.indices() {
                // Rounding alone may leave less than nobody.
                let left = demand.none[segment] - demand.segment_total(segment);
                demand.none[segment] = left.max(0.0);
            }
        }
        demand
    }

    pub(crate) fn clear(&mut self) {
        self.products.fill(0.0);
        self.none = vec![0.0; self.segments()].into();
    }

    #[inline]
    pub(crate) fn add(&mut self, product: ProductIndex, segment: SegmentIndex, weight: f64) {
        let segments = self.segments();
        self.products[product.index() * segments + segment.index()] += weight;
    }

    #[inline]
    pub(crate) fn add_none(&mut self, segment: SegmentIndex, weight: f64) {
        self.none[segment] += weight;
    }

    pub(crate) fn segments(&self) -> usize {
        self.none.len()
    }

    /// Weighted respondents of a segment who choose the product.
    pub fn get(&self, product: ProductIndex, segment: SegmentIndex) -> f64 {
        self.products[product.index() * self.segments() + segment.index()]
    }

    /// Weighted respondents of all segments who choose the product.
    pub fn total(&self, product: ProductIndex) -> f64 {
        let start = product.index() * self.segments();
        self.products[start..start + self.segments()].iter().sum()
    }

    /// Weighted respondents of a segment who choose None.
    pub fn none(&self, segment: SegmentIndex) -> f64 {
        self.none[segment]
    }

    /// Weighted respondents of all segments who choose None.
    pub fn none_total(&self) -> f64 {
        self.none.iter().sum()
    }

    /// Weighted respondents of a segment who choose any product.
    pub(crate) fn segment_total(&self, segment: SegmentIndex) -> f64 {
        let own = self.products.iter().skip(segment.index());
        own.step_by(self.segments()).sum()
    }
}
