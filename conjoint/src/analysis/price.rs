//! The attribute that is taken for the price, and the offer whose price moves.

use crate::index_vec::{AttributeIndex, ProductIndex};
use crate::simulation::Simulation;
use crate::study::{Levels, MONTHLY_COST, Study, quote_names};

/// What cannot be priced, with what would be right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PriceError {
    /// The study has no attribute of that name.
    #[error("the study has no attribute `{name}`; name {known}")]
    NoAttribute {
        /// The name given.
        name: String,
        /// The attributes that would do.
        known: String,
    },
    /// The attribute's levels are names, or it was not surveyed.
    #[error("`{name}` has no surveyed numbers that could be prices; name {known}")]
    NotNumeric {
        /// The name given.
        name: String,
        /// The attributes that would do.
        known: String,
    },
    /// There is no offer of that id.
    #[error("no offer has the id `{id}`; ids are {known}")]
    NoOffer {
        /// The id given.
        id: String,
        /// The offers' ids.
        known: String,
    },
    /// Nobody can choose the offer.
    #[error("the offer `{id}` is withdrawn; choose one that is on offer")]
    Withdrawn {
        /// The offer's id.
        id: String,
    },
    /// The offer has no price to start from.
    #[error("the offer `{id}` has no {attribute}; give it one")]
    Unpriced {
        /// The offer's id.
        id: String,
        /// The attribute that is taken for the price.
        attribute: String,
    },
    /// No offer is on the market.
    #[error("all offers are withdrawn; offer one at least")]
    NothingOffered,
}

/// The attribute that is taken for the price: the one of that name, in the files' words or in the
/// model's; without a name the cost a month.
///
/// # Errors
/// A name that is no attribute's, and an attribute that is not numeric or was not surveyed.
pub fn find_price_attribute(
    study: &Study,
    name: Option<&str>,
) -> Result<AttributeIndex, PriceError> {
    let schema = study.schema();
    let name = name.unwrap_or(MONTHLY_COST);
    let found = schema.find(name);
    let found = found.or_else(|| schema.find(study.settings().columns.get(name)));
    let surveyed =
        |levels: &Levels| matches!(levels, Levels::Numeric(levels) if !levels.is_empty());
    let known = || {
        let numeric = schema.attributes().iter();
        let numeric = numeric.filter(|attribute| surveyed(&attribute.levels));
        let names: Vec<&str> = numeric.map(|attribute| attribute.name.as_str()).collect();
        match names.is_empty() {
            true => "one that is numeric, once there is any".to_owned(),
            false => format!("one of {}", quote_names(names)),
        }
    };
    match found {
        Some(attribute) if surveyed(&schema.attributes()[attribute].levels) => Ok(attribute),
        Some(_) => Err(PriceError::NotNumeric {
            name: name.to_owned(),
            known: known(),
        }),
        None => Err(PriceError::NoAttribute {
            name: name.to_owned(),
            known: known(),
        }),
    }
}

/// The offer whose price moves: the one of that id; without an id the one on the market with the
/// largest share, the first in file order of several.
///
/// # Errors
/// An id that is no offer's, an offer that is withdrawn, and a market without offers.
pub fn find_priced_offer(
    simulation: &Simulation,
    id: Option<&str>,
) -> Result<ProductIndex, PriceError> {
    let scenario = simulation.scenario();
    let Some(id) = id else {
        let shares = simulation.shares();
        // Backwards, because the last of several highest ones is taken.
        let offered = scenario.offers().indices().rev();
        let offered = offered.filter(|product| !scenario.offers()[*product].withdrawn);
        let largest =
            offered.max_by(|one, other| shares[*one].share.total_cmp(&shares[*other].share));
        return largest.ok_or(PriceError::NothingOffered);
    };
    let product = scenario.find(id).ok_or_else(|| PriceError::NoOffer {
        id: id.to_owned(),
        known: quote_names(scenario.offers().iter().map(|offer| offer.id.as_str())),
    })?;
    match scenario.offers()[product].withdrawn {
        true => Err(PriceError::Withdrawn { id: id.to_owned() }),
        false => Ok(product),
    }
}
