//! Where a product's buyers go when it is withdrawn.
//!
//! `D[j,k] = (S[k] without j − S[k]) / S[j]`, by the method's rule: second-choice diversion (C.
//! Conlon and J. H. Mortimer, "Empirical properties of diversion ratios", RAND Journal of
//! Economics 52(4), 2021). What no other product wins is lost to the market: to None, and where
//! there is neither None nor another product, to nobody. Products that are judged one by one, as by
//! purchase likelihood, have no buyers in common, and lose them all.

use nalgebra::DMatrix;

use crate::analysis::trial::Trial;
use crate::index_vec::Position;
use crate::market::discard_rounding;
use crate::simulation::Simulation;
use crate::study::Offer;

/// Diversion ratios, 0–1, products × products and None: the row is the product that is withdrawn,
/// the column who wins its buyers, the last one those who then buy nothing. Rows sum to 1.
///
/// There is none where nobody buys the product, and of a product to itself.
pub fn compute_ratios(simulation: &Simulation) -> DMatrix<Option<f64>> {
    let offers = simulation.scenario().offers();
    let products = offers.len();
    let before = simulation.live().demand();
    let mut trial = Trial::new(simulation);
    let mut matrix = DMatrix::from_element(products, products + 1, None);
    for withdrawn in offers.indices() {
        let lost = before.total(withdrawn);
        if lost <= 0.0 {
            continue;
        }
        let (choices, _) = trial.with(withdrawn, &|offer: &mut Offer| offer.withdrawn = true);
        let after = choices.demand();
        let mut left = 1.0;
        for other in offers.indices().filter(|other| *other != withdrawn) {
            let won = (after.total(other) - before.total(other)) / lost;
            left -= won;
            matrix[(withdrawn.index(), other.index())] = Some(discard_rounding(won, 1.0));
        }
        matrix[(withdrawn.index(), products)] = Some(discard_rounding(left, 1.0));
    }
    matrix
}
