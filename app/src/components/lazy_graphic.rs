//! A figure's drawing and numbers, computed only when they are needed.

use std::cell::LazyCell;
use std::rc::Rc;

use yew::html::ImplicitClone;

use crate::charts::Graphic;

type Compute = Box<dyn FnOnce() -> Graphic>;

/// A graphic that is computed once, on first use. An edit renders the page without waiting for
/// figures that are out of sight.
#[derive(Clone)]
pub struct LazyGraphic(Rc<LazyCell<Graphic, Compute>>);

impl LazyGraphic {
    /// A graphic that `compute` will return.
    pub fn new(compute: impl FnOnce() -> Graphic + 'static) -> Self {
        Self(Rc::new(LazyCell::new(Box::new(compute))))
    }

    /// The graphic; computes it on the first call.
    pub fn get(&self) -> &Graphic {
        &self.0
    }
}

impl PartialEq for LazyGraphic {
    /// Compares identity: comparing content would compute it.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl ImplicitClone for LazyGraphic {}
