//! The respondents whom each brand wins, and what they pay.

use nalgebra::DMatrix;

use crate::choice::Demand;
use crate::index_vec::{BrandIndex, IndexVec, Position, ProductIndex, SegmentIndex};
use crate::study::{Offer, Study};

/// The price and the brand of every product.
#[derive(Clone, Debug)]
pub(crate) struct PriceList {
    /// Currency a month.
    pub(crate) prices: IndexVec<ProductIndex, f64>,
    /// `None` for an offer without a brand.
    pub(crate) brands: IndexVec<ProductIndex, Option<BrandIndex>>,
}

impl PriceList {
    /// The prices and brands of a study's offers, as edited.
    pub(crate) fn new(study: &Study, offers: &IndexVec<ProductIndex, Offer>) -> Self {
        let schema = &study.schema;
        Self {
            prices: offers.iter().map(|offer| schema.price(offer)).collect(),
            brands: offers.iter().map(|offer| schema.brand_of(offer)).collect(),
        }
    }
}

/// The respondents whom each brand wins, and what they pay. Matrices are brands × segments.
pub(crate) struct WonCustomers {
    respondents: DMatrix<f64>,
    /// Sums of prices over the respondents.
    prices: DMatrix<f64>,
    /// Respondents of a segment who choose any product or None.
    choosing: IndexVec<SegmentIndex, f64>,
}

impl WonCustomers {
    /// No respondents won yet, with the number in each segment who choose any product or None.
    pub(crate) fn new(brands: usize, choosing: IndexVec<SegmentIndex, f64>) -> Self {
        let empty = || DMatrix::zeros(brands, choosing.len());
        Self {
            respondents: empty(),
            prices: empty(),
            choosing,
        }
    }

    /// Adds respondents of a segment who choose a product of the brand at that price.
    pub(crate) fn add(
        &mut self,
        brand: BrandIndex,
        segment: SegmentIndex,
        respondents: f64,
        price: f64,
    ) {
        if respondents > 0.0 {
            let at = (brand.index(), segment.index());
            self.respondents[at] += respondents;
            self.prices[at] += respondents * price;
        }
    }

    /// The respondents whom each brand wins by its products.
    pub(super) fn from_demand(brands: usize, demand: &Demand, list: &PriceList) -> Self {
        let segments = || (0..demand.segments()).map(SegmentIndex::from_index);
        let mut won = Self::new(brands, vec![0.0; demand.segments()].into());
        for (product, brand) in list.brands.enumerate() {
            let Some(brand) = brand else { continue };
            for segment in segments() {
                let respondents = demand.get(product, segment);
                won.add(*brand, segment, respondents, list.prices[product]);
            }
        }
        let columns = won.respondents.column_iter();
        won.choosing = columns
            .zip(segments())
            .map(|(column, segment)| column.sum() + demand.none(segment))
            .collect();
        won
    }

    /// The share of a segment's respondents whom the brand wins; `None` if nobody chooses anything.
    pub(super) fn share(&self, brand: BrandIndex, segment: SegmentIndex) -> Option<f64> {
        let choosing = self.choosing[segment];
        let at = (brand.index(), segment.index());
        (choosing > 0.0).then(|| self.respondents[at] / choosing)
    }

    /// The mean price over the respondents of a segment whom the brand wins.
    pub(super) fn arpu(&self, brand: BrandIndex, segment: SegmentIndex) -> Option<f64> {
        let at = (brand.index(), segment.index());
        (self.respondents[at] > 0.0).then(|| self.prices[at] / self.respondents[at])
    }

    /// The unweighted mean of [`WonCustomers::arpu`] over the segments in which the brand wins anyone.
    pub(super) fn mean_arpu(&self, brand: BrandIndex) -> Option<f64> {
        let (mut sum, mut count) = (0.0, 0.0);
        for arpu in self
            .choosing
            .indices()
            .filter_map(|segment| self.arpu(brand, segment))
        {
            sum += arpu;
            count += 1.0;
        }
        (count > 0.0).then(|| sum / count)
    }
}
