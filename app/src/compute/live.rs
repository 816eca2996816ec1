//! What follows from the edits and the method: computed by the model, once for all figures.

use std::cell::RefCell;
use std::rc::Rc;

use conjoint::index_vec::{BrandIndex, IndexVec, ProductIndex};
use conjoint::market::Change;
use conjoint::simulation::{ProductShare, Simulation};
use nalgebra::DMatrix;
use yew::prelude::*;

use crate::browser::timing;
use crate::compute::load::Loaded;
use crate::state::State;

/// What every figure may need of the current offers.
#[derive(Debug, PartialEq)]
pub struct Results {
    /// Shares of every product.
    pub shares: IndexVec<ProductIndex, ProductShare>,
    /// Choices of every brand's products by the rule, as a share of all respondents, 0–1.
    pub brand_shares: IndexVec<BrandIndex, f64>,
    /// Every brand's money; `None` in a study without it.
    pub brands: Option<IndexVec<BrandIndex, Change>>,
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
    /// Every edit that changes an offer, and every other method, gives new results.
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

/// The model at the edited offers, by the method; an edit recomputes what it changed.
#[hook]
pub fn use_live(loaded: &Rc<Loaded>, state: &State) -> Live {
    let simulation = use_memo(loaded.clone(), |loaded| {
        Rc::new(RefCell::new(loaded.simulation.clone()))
    });
    let results = {
        let simulation = Rc::clone(&simulation);
        let wanted = (state.model().clone(), state.edits().scenario().clone());
        use_memo(wanted, move |(model, scenario)| {
            timing::measure("recompute", || {
                let mut simulation = simulation.borrow_mut();
                // The state has checked it against the same study.
                let _ = simulation.set_model(model.clone());
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
