//! Diversion ratios: where a product's buyers go when it is withdrawn.
//!
//! `D[j,k] = (S[k] without j − S[k]) / S[j]`, with the shares S by the rule of the choice model:
//! second-choice diversion (C. Conlon and J. H. Mortimer, "Empirical properties of diversion
//! ratios", RAND Journal of Economics 52(4), 2021). The market loses what no other product gains:
//! to None, or if there is neither None nor another product, to nobody. By purchase likelihood,
//! which judges products one by one, the market loses all buyers of the withdrawn product.

use nalgebra::DMatrix;

use super::offer_trial::OfferTrial;
use crate::index_vec::Position;
use crate::market::discard_rounding;
use crate::simulation::Simulation;
use crate::study::Offer;

/// Computes the diversion ratios, 0–1, products × (products + 1). The row is the withdrawn product,
/// the column the product that gains its buyers; the last column has those who then buy nothing.
/// Rows sum to 1.
///
/// Cells on the diagonal are `None`, and so are the rows of products that nobody buys.
pub fn compute_ratios(simulation: &Simulation) -> DMatrix<Option<f64>> {
    let offers = simulation.scenario().offers();
    let products = offers.len();
    let before = simulation.live().demand();
    let mut trial = OfferTrial::new(simulation);
    let mut ratios = DMatrix::from_element(products, products + 1, None);
    for withdrawn in offers.indices() {
        let buyers = before.total(withdrawn);
        if buyers <= 0.0 {
            continue;
        }
        let withdraw = |offer: &mut Offer| offer.withdrawn = true;
        let (choices, _) = trial.change_offer(withdrawn, &withdraw);
        let after = choices.demand();
        let mut lost = 1.0;
        for other in offers.indices().filter(|other| *other != withdrawn) {
            let gain = (after.total(other) - before.total(other)) / buyers;
            lost -= gain;
            ratios[(withdrawn.index(), other.index())] = Some(discard_rounding(gain, 1.0));
        }
        ratios[(withdrawn.index(), products)] = Some(discard_rounding(lost, 1.0));
    }
    ratios
}
