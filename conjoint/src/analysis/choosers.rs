//! Who chooses each product: the composition of its demand by segment and by current brand.
//!
//! `C[j,g] = Σ_{r in g} w[r]·P[r,j] / Σ_r w[r]·P[r,j]`, 0–1, with the weights w, the chances P by the rule of
//! the choice model, and g a segment or the owners of a brand; next to it, the same of all respondents,
//! `Σ_{r in g} w[r] / Σ_r w[r]`. The shares of a product sum to 1, and weighted by demand those of all
//! products and None give those of all respondents (a profile of choosers, as in P. E. Green and A. M.
//! Krieger, "Segmenting markets with conjoint analysis", Journal of Marketing 55, 1991).

use crate::index_vec::{BrandIndex, IndexVec, ProductIndex, SegmentIndex};
use crate::simulation::Simulation;
use crate::study::Study;

/// Who chooses each product.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Choosers {
    /// By product.
    pub products: IndexVec<ProductIndex, ChooserProfile>,
    /// Those of None, if respondents may choose it.
    pub none: Option<ChooserProfile>,
    /// All included respondents.
    pub all: ChooserProfile,
}

/// A group of respondents by segment and by current brand.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ChooserProfile {
    /// The weighted number of respondents.
    pub count: f64,
    /// The share in each segment, 0–1; 0 in an empty group.
    pub by_segment: IndexVec<SegmentIndex, f64>,
    /// The share of each current brand, 0–1; empty if the study does not know it.
    pub by_owner: IndexVec<BrandIndex, f64>,
}

impl Choosers {
    /// Computes who chooses each offer of the scenario, by the rule of the choice model.
    ///
    /// # Examples
    /// ```
    /// use conjoint::analysis::choosers::Choosers;
    /// use conjoint::testing::generate_simulation;
    ///
    /// let simulation = generate_simulation(1, &[("Gen X", 20), ("Millennial", 20)]);
    /// let choosers = Choosers::compute(&simulation);
    /// let counts: f64 = choosers.products.iter().map(|product| product.count).sum();
    /// assert_eq!(counts, 40.0);
    /// let whole: f64 = choosers.all.by_segment.iter().sum();
    /// assert!((whole - 1.0).abs() < 1e-12);
    /// ```
    pub fn compute(simulation: &Simulation) -> Self {
        let study = simulation.selected();
        let weights = study.respondents.weights.as_slice();
        let mut rest = weights.to_vec();
        let products = simulation.scenario().offers().indices().map(|product| {
            let chances = simulation.live().chances(product);
            let members: Vec<f64> = chances.iter().zip(weights).map(|(p, w)| p * w).collect();
            for (rest, member) in rest.iter_mut().zip(&members) {
                *rest -= member;
            }
            ChooserProfile::new(study, &members)
        });
        let products: IndexVec<ProductIndex, ChooserProfile> = products.collect();
        // Rounding can make the rest negative.
        let none: Vec<f64> = rest.iter().map(|rest| rest.max(0.0)).collect();
        Self {
            products,
            none: simulation
                .has_none()
                .then(|| ChooserProfile::new(study, &none)),
            all: ChooserProfile::new(study, weights),
        }
    }
}

impl ChooserProfile {
    /// The profile of a group that has a part of each respondent.
    fn new(study: &Study, members: &[f64]) -> Self {
        let people = &study.respondents;
        let count: f64 = members.iter().sum();
        let part = |member: f64| if count > 0.0 { member / count } else { 0.0 };
        let mut by_segment: IndexVec<_, f64> = vec![0.0; study.segments.len()].into();
        for (segment, member) in people.segments.iter().zip(members) {
            by_segment[*segment] += part(*member);
        }
        let brands = if people.owners.is_empty() {
            0
        } else {
            study.brands.len()
        };
        let mut by_owner: IndexVec<_, f64> = vec![0.0; brands].into();
        for (owner, member) in people.owners.iter().zip(members) {
            by_owner[*owner] += part(*member);
        }
        Self {
            count,
            by_segment,
            by_owner,
        }
    }
}
