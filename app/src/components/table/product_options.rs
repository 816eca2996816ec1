//! The products that a cell can name.

use std::rc::Rc;

use conjoint::simulation::scenario::Scenario;
use conjoint::study::Study;
use yew::AttrValue;

/// An offer as an option of a select.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductOption {
    /// The offer's id.
    pub id: AttrValue,
    /// Its name.
    pub name: AttrValue,
    /// Whether the offer is withdrawn, so that nobody can choose it.
    pub is_withdrawn: bool,
}

impl ProductOption {
    /// The option's text.
    pub fn text(&self) -> AttrValue {
        if self.is_withdrawn {
            format!("{} (withdrawn)", self.name).into()
        } else {
            self.name.clone()
        }
    }
}

/// All offers of a scenario, as options.
pub fn product_options(study: &Study, scenario: &Scenario) -> Rc<[ProductOption]> {
    let offers = scenario.offers().iter();
    let option = offers.map(|offer| ProductOption {
        id: offer.id.to_string().into(),
        name: study.name_of(offer).into(),
        is_withdrawn: offer.withdrawn,
    });
    option.collect()
}
