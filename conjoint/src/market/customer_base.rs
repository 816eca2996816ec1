//! The customer base after the period, and what it earns.
//!
//! For brand b and segment s, with `w[b,s]` the share of the brand's surveyed owners who are in segment
//! s (a brand without surveyed owners takes the shares of all respondents; see `owners`):
//!
//! - customers today `SIO_b = market size · share_b`, in thousands;
//! - renewing `R = SIO_b·w·recontract`, leaving `C = SIO_b·w·churn`, staying
//!   `I = SIO_b·w·(1 − recontract − churn)`;
//! - joining `J[b,s] = (Σ_b C[b,s])·n[b,s]/n[·,s]`, where `n` is the weighted number of respondents by
//!   the choice rule. Respondents who choose None are in `n[·,s]` but join no brand: the market loses
//!   them. If nobody in a segment chooses anything (`n[·,s] = 0`, without None), those who would leave
//!   stay, so that customers are conserved whatever is withdrawn. Purchase likelihood judges products
//!   separately; there, likelihoods divide those who leave among the brands, and nobody is lost;
//! - `ARPU_new[b,s]` is the mean price over the respondents in `n[b,s]`; without any, the mean over the
//!   brand's segments that have some; without those, today's;
//! - `SIO_new = Σ_s (R+J+I)` and `revenue_new = Σ_s [I·baseARPU + (R+J)·ARPU_new]`, in thousands of the
//!   currency a month;
//! - `EBIT_new = revenue_new − fixed − SIO_new·variable`. Fixed costs and variable costs per customer
//!   are set so that the study's own offers give the brand its margin.

use nalgebra::DMatrix;

use super::money::{Change, Figures};
use super::owners::OwnersBySegment;
use super::won_customers::{PriceList, WonCustomers};
use crate::choice::Demand;
use crate::index_vec::{BrandIndex, IndexVec, Position, SegmentIndex};
use crate::study::{Market, Study};

/// The part of the money that does not depend on the offers.
#[derive(Clone, Debug)]
pub(crate) struct CustomerBase {
    flows: CustomerFlows,
    today: IndexVec<BrandIndex, Figures>,
    costs: IndexVec<BrandIndex, CostBase>,
}

impl CustomerBase {
    /// The customer base of a study. `demand` is that for the study's own offers, which sets the costs.
    pub(crate) fn new(
        study: &Study,
        market: &Market,
        owners: &OwnersBySegment,
        demand: &Demand,
    ) -> Self {
        let weights = owners.shares();
        let sio: IndexVec<BrandIndex, f64> = study
            .brands
            .indices()
            .map(|brand| study.settings.market_size_thousands * market.volumes[brand].share)
            .collect();
        let today = |brand: BrandIndex| {
            let arpu = market.base_arpu.row(brand.index());
            let arpu = weights.row(brand.index()).dot(&arpu);
            // Less than 1 if not everyone is included.
            let included = owners.included_share(brand);
            let revenue = sio[brand] * arpu;
            Figures {
                sio: sio[brand] * included,
                arpu: if included > 0.0 { arpu / included } else { 0.0 },
                revenue,
                ebit: revenue * market.volumes[brand].margin,
            }
        };
        let flows = CustomerFlows::new(market, &weights, &sio);
        let prices = PriceList::new(study, &study.offers);
        let won = WonCustomers::from_demand(study.brands.len(), demand, &prices);
        let costs = |brand: BrandIndex| {
            let volume = market.volumes[brand];
            let (sio, revenue) = flows.customers_after(brand, &won);
            let cost = revenue * (1.0 - volume.margin);
            CostBase {
                margin: volume.margin,
                fixed: cost * volume.fixed_cost,
                variable: (sio > 0.0).then(|| cost * (1.0 - volume.fixed_cost) / sio),
            }
        };
        Self {
            today: study.brands.indices().map(today).collect(),
            costs: study.brands.indices().map(costs).collect(),
            flows,
        }
    }

    /// Every brand's figures today and after a period with that demand.
    pub(crate) fn changes(
        &self,
        demand: &Demand,
        prices: &PriceList,
    ) -> IndexVec<BrandIndex, Change> {
        let won = WonCustomers::from_demand(self.today.len(), demand, prices);
        let changes = self.today.enumerate().map(|(brand, today)| Change {
            base: *today,
            new: self.figures_after(brand, &won),
        });
        changes.collect()
    }

    /// A brand's figures after a period in which brands win these respondents.
    pub(crate) fn figures_after(&self, brand: BrandIndex, won: &WonCustomers) -> Figures {
        let (sio, revenue) = self.flows.customers_after(brand, won);
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
}

/// Where the customers of today go. Matrices are brands × segments, in thousands.
#[derive(Clone, Debug)]
struct CustomerFlows {
    renewing: DMatrix<f64>,
    staying: DMatrix<f64>,
    leaving: DMatrix<f64>,
    /// Customers who leave any brand, by segment.
    leaving_any: IndexVec<SegmentIndex, f64>,
    base_arpu: DMatrix<f64>,
}

impl CustomerFlows {
    /// `weights` are the shares `w[b,s]`, and `sio` the customers of each brand.
    fn new(market: &Market, weights: &DMatrix<f64>, sio: &IndexVec<BrandIndex, f64>) -> Self {
        let flow = |rate: &dyn Fn((usize, usize)) -> f64| {
            DMatrix::from_fn(weights.nrows(), weights.ncols(), |brand, segment| {
                let at = (brand, segment);
                sio[BrandIndex::from_index(brand)] * weights[at] * rate(at)
            })
        };
        let leaving = flow(&|at| market.churn[at]);
        Self {
            renewing: flow(&|at| market.recontract[at]),
            // The rates sum to at most 1, apart from rounding.
            staying: flow(&|at| (1.0 - market.recontract[at] - market.churn[at]).max(0.0)),
            leaving_any: leaving.column_iter().map(|column| column.sum()).collect(),
            leaving,
            base_arpu: market.base_arpu.clone(),
        }
    }

    /// A brand's customers (thousands) and revenue (thousands a month) after the period.
    fn customers_after(&self, brand: BrandIndex, won: &WonCustomers) -> (f64, f64) {
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

/// What a brand's customers cost it.
#[derive(Clone, Copy, Debug)]
struct CostBase {
    /// The margin at the study's own offers, as a fraction of revenue.
    margin: f64,
    /// Thousands of the currency a month.
    fixed: f64,
    /// Currency a month per customer; `None` for a brand that has no customers with the study's own
    /// offers.
    variable: Option<f64>,
}

impl CostBase {
    fn ebit(&self, sio: f64, revenue: f64) -> f64 {
        match self.variable {
            Some(variable) => revenue - self.fixed - sio * variable,
            // Only the margin is known of the costs.
            None => revenue * self.margin,
        }
    }
}
