//! What a figure will show, made when its turn to be drawn comes.

use std::cell::LazyCell;
use std::rc::Rc;

use plotly::Layout;
use yew::html::{ImplicitClone, IntoPropValue};

use crate::charts::{DataTable, Drawing, Graphic};

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

impl From<Graphic> for Plan {
    fn from(graphic: Graphic) -> Self {
        Self::new(|| graphic)
    }
}

impl IntoPropValue<Plan> for Graphic {
    fn into_prop_value(self) -> Plan {
        self.into()
    }
}

impl IntoPropValue<Plan> for Option<Graphic> {
    /// Of nothing, a graphic without a row of numbers.
    fn into_prop_value(self) -> Plan {
        let nothing = || {
            let table = DataTable {
                category: "nothing to tell".to_owned(),
                series: Vec::new(),
                unit: String::new(),
                rows: Vec::new(),
            };
            Graphic::new(Drawing::new(&[], Layout::new()), table)
        };
        Plan::new(move || self.unwrap_or_else(nothing))
    }
}
