//! The customer base after the period, and what it earns.
//!
//! For brand b and segment s, with `w[b,s]` the share of the brand's surveyed owners who are of
//! segment s (a brand that no respondent owns takes the shares of all respondents), see
//! `owners`:
//!
//! - customers today `SIO_b = market size · share_b`, in thousands;
//! - renewing `R = SIO_b·w·recontract`, leaving `C = SIO_b·w·churn`, staying put
//!   `I = SIO_b·w·(1 − recontract − churn)`;
//! - joining `J[b,s] = (Σ_b C[b,s])·n[b,s]/n[·,s]`, `n` respondents by the choice rule, each with
//!   their weight. Those who choose None are in `n[·,s]` and join nobody: the market loses them.
//!   Where there is no None and no product is chosen in a segment (`n[·,s] = 0`), those who would
//!   leave have nowhere to go: they stay put, so that customers are conserved whatever is withdrawn.
//!   By purchase likelihood, which judges products one by one, likelihoods divide those who leave
//!   among the brands, and nobody is lost;
//! - `ARPU_new[b,s]` the mean price over the respondents in `n[b,s]`; without any, the mean over
//!   the brand's segments that have some; without those, today's;
//! - `SIO_new = Σ_s (R+J+I)`, `revenue_new = Σ_s [I·baseARPU + (R+J)·ARPU_new]`, in thousands of
//!   the currency a month.
//!
//! Segments are matched by name when the study is read, never by position.

use nalgebra::DMatrix;

use super::money::{Change, Figures};
use super::owners::OwnersBySegment;

use crate::choice::Demand;
use crate::index_vec::{BrandIndex, IndexVec, Position, ProductIndex, SegmentIndex};
use crate::study::Offer;
use crate::study::{Market, Study};

/// What every product costs a month, and whose it is.
#[derive(Clone, Debug)]
pub(crate) struct PriceList {
    pub(crate) prices: IndexVec<ProductIndex, f64>,
    pub(crate) brands: IndexVec<ProductIndex, Option<BrandIndex>>,
}

impl PriceList {
    pub(crate) fn new(study: &Study, offers: &IndexVec<ProductIndex, Offer>) -> Self {
        let schema = &study.schema;
        Self {
            prices: offers.iter().map(|offer| schema.price(offer)).collect(),
            brands: offers.iter().map(|offer| schema.brand_of(offer)).collect(),
        }
    }
}

/// The part of the money that no offer changes. Matrices are brands × segments.
#[derive(Clone, Debug)]
pub(crate) struct CustomerBase {
    renewing: DMatrix<f64>,
    staying: DMatrix<f64>,
    leaving: DMatrix<f64>,
    /// Customers who leave any brand, by segment.
    leaving_any: IndexVec<SegmentIndex, f64>,
    base_arpu: DMatrix<f64>,
    today: IndexVec<BrandIndex, Figures>,
    costs: IndexVec<BrandIndex, CostBase>,
}

/// What a brand's customers cost it, fixed at the study's own offers.
#[derive(Clone, Copy, Debug)]
struct CostBase {
    margin: f64,
    fixed: f64,
    /// Per customer; a brand without customers has nothing to fix it by.
    variable: Option<f64>,
}

impl CostBase {
    fn ebit(&self, sio: f64, revenue: f64) -> f64 {
        match self.variable {
            Some(variable) => revenue - self.fixed - sio * variable,
            // Without a cost base the margin is all that is known of the costs.
            None => revenue * self.margin,
        }
    }
}

impl CustomerBase {
    /// The customer base of a study, its costs fixed by the choices among the study's offers.
    pub(crate) fn new(
        study: &Study,
        market: &Market,
        owners: &OwnersBySegment,
        demand: &Demand,
    ) -> Self {
        let weights = owners.shares();
        let sio =
            |brand: BrandIndex| study.settings.market_size_thousands * market.volumes[brand].share;
        let table = |rate: &dyn Fn((usize, usize)) -> f64| {
            DMatrix::from_fn(weights.nrows(), weights.ncols(), |brand, segment| {
                let at = (brand, segment);
                sio(BrandIndex::from_index(brand)) * weights[at] * rate(at)
            })
        };
        let leaving = table(&|at| market.churn[at]);
        let mut base = Self {
            renewing: table(&|at| market.recontract[at]),
            // The rates add up to 1 at most, but for rounding.
            staying: table(&|at| (1.0 - market.recontract[at] - market.churn[at]).max(0.0)),
            leaving_any: leaving.column_iter().map(|column| column.sum()).collect(),
            leaving,
            base_arpu: market.base_arpu.clone(),
            today: IndexVec::from_iter(study.brands.indices().map(|brand| {
                let weights = weights.row(brand.index());
                let sum = weights.dot(&market.base_arpu.row(brand.index()));
                // Less than all of the brand's customers where not everybody counts.
                let part = owners.part(brand);
                let revenue = sio(brand) * sum;
                Figures {
                    sio: sio(brand) * part,
                    arpu: if part > 0.0 { sum / part } else { 0.0 },
                    revenue,
                    ebit: revenue * market.volumes[brand].margin,
                }
            })),
            // Filled in below, from the customers that the study's own offers lead to.
            costs: Vec::new().into(),
        };
        let won = WonCustomers::count(
            study.brands.len(),
            demand,
            &PriceList::new(study, &study.offers),
        );
        base.costs = study
            .brands
            .indices()
            .map(|brand| {
                let volume = market.volumes[brand];
                let (sio, revenue) = base.customers(brand, &won);
                let cost = revenue * (1.0 - volume.margin);
                CostBase {
                    margin: volume.margin,
                    fixed: cost * volume.fixed_cost,
                    variable: (sio > 0.0).then(|| cost * (1.0 - volume.fixed_cost) / sio),
                }
            })
            .collect();
        base
    }

    /// Every brand's figures after a period in which respondents choose as counted.
    pub(crate) fn changes(
        &self,
        demand: &Demand,
        prices: &PriceList,
    ) -> IndexVec<BrandIndex, Change> {
        let won = WonCustomers::count(self.today.len(), demand, prices);
        let changes = self.today.enumerate().map(|(brand, today)| Change {
            base: *today,
            new: self.figures_after(brand, &won),
        });
        changes.collect()
    }

    /// A brand's figures after a period in which brands win these respondents.
    pub(crate) fn figures_after(&self, brand: BrandIndex, won: &WonCustomers) -> Figures {
        let (sio, revenue) = self.customers(brand, won);
        Figures {
            sio,
            revenue,
            arpu: if sio > 0.0 {
                revenue / sio
            } else {
                self.today[brand].arpu
            },
            ebit: self.costs[brand].ebit(sio, revenue),
        }
    }

    /// A brand's customers (thousands) and revenue (thousands a month) after the period.
    fn customers(&self, brand: BrandIndex, won: &WonCustomers) -> (f64, f64) {
        let mean_arpu = won.mean_arpu(brand);
        let (mut sio, mut revenue) = (0.0, 0.0);
        for (segment, leaving) in self.leaving_any.enumerate() {
            let at = (brand.index(), segment.index());
            let renewing = self.renewing[at];
            let (staying, joining) = match won.share(brand, segment) {
                Some(share) => (self.staying[at], leaving * share),
                None => (self.staying[at] + self.leaving[at], 0.0),
            };
            let arpu = won
                .arpu(brand, segment)
                .or(mean_arpu)
                .unwrap_or(self.base_arpu[at]);
            sio += renewing + joining + staying;
            revenue += staying * self.base_arpu[at] + (renewing + joining) * arpu;
        }
        (sio, revenue)
    }
}

/// The respondents that every brand wins, and what they pay. Matrices are brands × segments.
pub(crate) struct WonCustomers {
    respondents: DMatrix<f64>,
    prices: DMatrix<f64>,
    /// Respondents of a segment who choose anything, None among it.
    of_segment: IndexVec<SegmentIndex, f64>,
}

impl WonCustomers {
    /// Nobody yet, of so many who choose anything in each segment.
    pub(crate) fn new(brands: usize, of_segment: IndexVec<SegmentIndex, f64>) -> Self {
        let empty = || DMatrix::zeros(brands, of_segment.len());
        Self {
            respondents: empty(),
            prices: empty(),
            of_segment,
        }
    }

    /// The respondents of a segment who choose a product of the brand at that price.
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

    fn count(brands: usize, demand: &Demand, list: &PriceList) -> Self {
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
        won.of_segment = columns
            .zip(segments())
            .map(|(column, segment)| column.sum() + demand.none(segment))
            .collect();
        won
    }

    /// Share of a segment's respondents whom the brand wins; `None` where nobody chooses anything.
    fn share(&self, brand: BrandIndex, segment: SegmentIndex) -> Option<f64> {
        let all = self.of_segment[segment];
        (all > 0.0).then(|| self.respondents[(brand.index(), segment.index())] / all)
    }

    /// Mean price that the respondents of a segment pay whom the brand wins.
    fn arpu(&self, brand: BrandIndex, segment: SegmentIndex) -> Option<f64> {
        let at = (brand.index(), segment.index());
        (self.respondents[at] > 0.0).then(|| self.prices[at] / self.respondents[at])
    }

    /// The unweighted mean over the segments in which the brand wins anybody.
    fn mean_arpu(&self, brand: BrandIndex) -> Option<f64> {
        let (mut sum, mut count) = (0.0, 0.0);
        for arpu in self
            .of_segment
            .indices()
            .filter_map(|segment| self.arpu(brand, segment))
        {
            sum += arpu;
            count += 1.0;
        }
        (count > 0.0).then(|| sum / count)
    }
}
