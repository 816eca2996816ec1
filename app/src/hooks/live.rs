//! What follows from the edits: computed by the model, once for all figures.

use std::cell::RefCell;
use std::rc::Rc;

use conjoint::finance::Change;
use conjoint::indexed::{BrandIndex, List, ProductIndex};
use conjoint::simulation::{ProductShare, Simulation};
use nalgebra::DMatrix;
use yew::prelude::*;

use crate::js::timing;
use crate::load::Loaded;
use crate::state::Edits;

/// What every figure may need of the offers as they stand.
#[derive(Debug, PartialEq)]
pub struct Results {
    /// Shares of every product.
    pub shares: List<ProductIndex, ProductShare>,
    /// First choices of every brand's products, as a share of all respondents, 0–1.
    pub brand_shares: List<BrandIndex, f64>,
    /// Every brand's money; `None` in a study without it.
    pub brands: Option<List<BrandIndex, Change>>,
    /// The attraction matrix, products × products.
    pub attraction: DMatrix<f64>,
    /// Respondents whose first choice is another one than at the study's own offers.
    pub changed_choices: usize,
}

/// The model at the edited offers, and what it gives.
#[derive(Clone)]
pub struct Live {
    simulation: Rc<RefCell<Simulation>>,
    /// What was computed last.
    pub results: Rc<Results>,
}

impl PartialEq for Live {
    /// Every edit that changes an offer gives new results.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.results, &other.results)
    }
}

impl Live {
    /// Asks the model for more than [`Results`] holds: what a single figure needs.
    pub fn ask<T>(&self, question: impl FnOnce(&Simulation) -> T) -> T {
        question(&self.simulation.borrow())
    }
}

/// The model at the edited offers; an edit recomputes what it changed.
#[hook]
pub fn use_live(loaded: &Rc<Loaded>, edits: &Edits) -> Live {
    let simulation = use_memo(loaded.clone(), |loaded| {
        Rc::new(RefCell::new(loaded.simulation.clone()))
    });
    let results = {
        let simulation = Rc::clone(&simulation);
        use_memo(edits.scenario().clone(), move |scenario| {
            timing::measure("recompute", || {
                let mut simulation = simulation.borrow_mut();
                simulation.set_scenario(scenario.clone());
                Results {
                    shares: simulation.shares(),
                    brand_shares: simulation.brand_shares(),
                    brands: simulation.brands(),
                    attraction: simulation.attraction(),
                    changed_choices: simulation.changed_choices(),
                }
            })
        })
    };
    Live {
        simulation: Rc::clone(&simulation),
        results,
    }
}
