//! The attribute used as the price, and the offer whose price changes.

use crate::index_vec::{AttributeIndex, ProductIndex};
use crate::simulation::Simulation;
use crate::study::{Levels, MONTHLY_COST, Study, quote_names};

/// Why there is no price to change, and how to correct it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PriceError {
    /// The study has no attribute with this name.
    #[error("the study has no attribute `{name}`; name {known}")]
    NoAttribute {
        /// The given name.
        name: String,
        /// The possible attributes.
        known: String,
    },
    /// The attribute's levels are names, or the attribute was not surveyed.
    #[error("`{name}` has no surveyed numbers that could be prices; name {known}")]
    NotNumeric {
        /// The given name.
        name: String,
        /// The possible attributes.
        known: String,
    },
    /// No offer has this id.
    #[error("no offer has the id `{id}`; ids are {known}")]
    NoOffer {
        /// The given id.
        id: String,
        /// The offers' ids.
        known: String,
    },
    /// The offer is withdrawn, so no respondent can choose it.
    #[error("the offer `{id}` is withdrawn; choose one that is on offer")]
    Withdrawn {
        /// The offer's id.
        id: String,
    },
    /// The offer has no price.
    #[error("the offer `{id}` has no {attribute}; give it one")]
    Unpriced {
        /// The offer's id.
        id: String,
        /// The attribute used as the price.
        attribute: String,
    },
    /// All offers are withdrawn.
    #[error("all offers are withdrawn; put at least one back on the market")]
    NothingOffered,
}

/// Finds the attribute used as the price: the one with this name in the study's files or in the
/// model, or without a name the monthly cost.
///
/// # Errors
/// There is no such attribute, or it is not numeric or was not surveyed.
pub fn find_price_attribute(
    study: &Study,
    name: Option<&str>,
) -> Result<AttributeIndex, PriceError> {
    let schema = study.schema();
    let name = name.unwrap_or(MONTHLY_COST);
    let found = schema.find(name);
    let found = found.or_else(|| schema.find(study.settings().columns.get(name)));
    let is_usable =
        |levels: &Levels| matches!(levels, Levels::Numeric(levels) if !levels.is_empty());
    let known = || {
        let numeric = schema.attributes().iter();
        let numeric = numeric.filter(|attribute| is_usable(&attribute.levels));
        let names: Vec<&str> = numeric.map(|attribute| attribute.name.as_str()).collect();
        match names.is_empty() {
            true => "a numeric one, once the study has any".to_owned(),
            false => format!("one of {}", quote_names(names)),
        }
    };
    match found {
        Some(attribute) if is_usable(&schema.attributes()[attribute].levels) => Ok(attribute),
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

/// Finds the offer whose price changes: the one with this id, or without an id the one on the market
/// with the largest share, the first in file order of several.
///
/// # Errors
/// There is no such offer, it is withdrawn, or all offers are.
pub fn find_priced_offer(
    simulation: &Simulation,
    id: Option<&str>,
) -> Result<ProductIndex, PriceError> {
    let scenario = simulation.scenario();
    let Some(id) = id else {
        let shares = simulation.shares();
        // In reverse, because `max_by` returns the last of several maxima.
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
