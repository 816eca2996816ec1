//! Choices summed over respondents, by product and segment.

use crate::index_vec::{IndexVec, Position, ProductIndex, RespondentIndex, SegmentIndex};
use crate::stats::bootstrap::sparse_rows;
use crate::study::Study;

/// The number of respondents by first choice and segment: products × segments, not weighted.
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

    /// Counts the first choices anew.
    pub(super) fn count(
        &mut self,
        study: &Study,
        first_choices: &IndexVec<RespondentIndex, Option<ProductIndex>>,
    ) {
        self.counts.fill(0);
        for (product, segment) in first_choices.iter().zip(&study.respondents.segments) {
            if let Some(product) = product {
                self.counts[product.index() * self.segments + segment.index()] += 1;
            }
        }
    }

    /// The number of respondents in a segment whose first choice is the product.
    pub fn get(&self, product: ProductIndex, segment: SegmentIndex) -> u32 {
        self.counts[product.index() * self.segments + segment.index()]
    }

    /// The number of respondents whose first choice is the product.
    pub fn total(&self, product: ProductIndex) -> u32 {
        let start = product.index() * self.segments;
        self.counts[start..start + self.segments].iter().sum()
    }
}

/// Weighted respondents by segment and choice: products × segments, and None.
///
/// By first choice every respondent counts for one product; by other rules, for each product with its
/// probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    products: Vec<f64>,
    none: IndexVec<SegmentIndex, f64>,
}

impl Demand {
    /// No demand yet.
    pub(crate) fn new(products: usize, segments: usize) -> Self {
        Self {
            products: vec![0.0; products * segments],
            none: vec![0.0; segments].into(),
        }
    }

    /// Sums first choices, each with the respondent's weight. Respondents without a first choice go to
    /// None if there is a None.
    pub(super) fn from_first_choices(
        study: &Study,
        weights: &[f64],
        first_choices: &IndexVec<RespondentIndex, Option<ProductIndex>>,
        products: usize,
        has_none: bool,
    ) -> Self {
        let mut demand = Self::new(products, study.segments.len());
        let respondents = first_choices.iter().zip(&study.respondents.segments);
        for ((product, segment), weight) in respondents.zip(weights) {
            match product {
                Some(product) => demand.add(*product, *segment, *weight),
                None if has_none => demand.add_none(*segment, *weight),
                None => {}
            }
        }
        demand
    }

    /// Sums chances, respondents × products, by column, each with the respondent's weight. What they
    /// leave of a segment's weight goes to None if there is a None.
    pub(super) fn from_chances(
        study: &Study,
        weights: &[f64],
        chances: &[f64],
        has_none: bool,
    ) -> Self {
        let segments = study.respondents.segments.as_slice();
        let columns = chances.chunks_exact(segments.len().max(1));
        let mut demand = Self::new(columns.len(), study.segments.len());
        let used = sparse_rows(weights);
        for (product, column) in columns.enumerate() {
            let product = ProductIndex::from_index(product);
            let mut add = |((chance, segment), weight): ((&f64, &SegmentIndex), &f64)| {
                demand.add(product, *segment, weight * chance);
            };
            match &used {
                Some(rows) => rows
                    .iter()
                    .filter_map(|(row, weight)| {
                        let chance = column.get(*row).zip(segments.get(*row))?;
                        Some((chance, weight))
                    })
                    .for_each(add),
                None => column.iter().zip(segments).zip(weights).for_each(&mut add),
            }
        }
        if has_none {
            for (segment, weight) in segments.iter().zip(weights) {
                demand.add_none(*segment, *weight);
            }
            for segment in study.segments.indices() {
                // Rounding can make the rest negative.
                let rest = demand.none[segment] - demand.segment_total(segment);
                demand.none[segment] = rest.max(0.0);
            }
        }
        demand
    }

    /// Sets all demand to 0.
    pub(crate) fn clear(&mut self) {
        self.products.fill(0.0);
        self.none = vec![0.0; self.segments()].into();
    }

    /// Adds weighted respondents of a segment who choose the product.
    #[inline]
    pub(crate) fn add(&mut self, product: ProductIndex, segment: SegmentIndex, weight: f64) {
        let segments = self.segments();
        self.products[product.index() * segments + segment.index()] += weight;
    }

    /// Adds weighted respondents of a segment who choose None.
    #[inline]
    pub(crate) fn add_none(&mut self, segment: SegmentIndex, weight: f64) {
        self.none[segment] += weight;
    }

    /// The number of segments.
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
        let products = self.products.iter().skip(segment.index());
        products.step_by(self.segments()).sum()
    }
}
