//! What a figure will show, made when its turn to be drawn comes.

use std::cell::LazyCell;
use std::rc::Rc;

use yew::html::ImplicitClone;

use crate::charts::Graphic;

type Make = Box<dyn FnOnce() -> Graphic>;

/// A graphic that is made once, when it is first asked for: an edit renders the page without
/// waiting for the numbers of figures that nobody sees yet.
#[derive(Clone)]
pub struct Plan(Rc<LazyCell<Graphic, Make>>);

impl Plan {
    /// A graphic to be made later.
    pub fn new(make: impl FnOnce() -> Graphic + 'static) -> Self {
        Self(Rc::new(LazyCell::new(Box::new(make))))
    }

    /// The graphic, made now if it was not before.
    pub fn graphic(&self) -> &Graphic {
        &self.0
    }
}

impl PartialEq for Plan {
    /// Whether two plans are one; what they lead to is not known before it is made.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl ImplicitClone for Plan {}
