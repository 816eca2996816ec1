//! Linear coefficients and numbers of levels.
//!
//! A coefficient `b` with the surveyed extremes `lo` and `hi` and the center `c` is two levels with the
//! part-worths `b·(lo − c)` and `b·(hi − c)`. That is exact inside and outside the surveyed range,
//! because utilities are inter- and extrapolated linearly. The center matters for None only.

use super::draft::{Draft, DraftAttribute, DraftLevel, PartWorth};
use super::error::{ImportError, Unknown};
use super::options::{ImportOptions, RoleAnswer};
use crate::format::usual_names;
use crate::study::{Unit, quote_names};

/// Turns linear coefficients into levels, and levels into the numbers that the user gives.
pub(crate) fn resolve(draft: &mut Draft, options: &ImportOptions) -> Result<(), ImportError> {
    for (name, _) in &options.numeric {
        require(draft, "--numeric", name)?;
    }
    for (name, _) in &options.centers {
        require(draft, "--centre", name)?;
    }
    let price = price_of(draft, options)?;
    let place = draft.place.clone();
    let is_uncentered = draft.conventions.is_uncentered;
    let mut assumed = Vec::new();
    for attribute in &mut draft.attributes {
        if !attribute.is_linear {
            name_numbers(attribute, options)?;
            continue;
        }
        let is_price = price.as_ref() == Some(&attribute.name);
        let range = options.price_range.filter(|_| is_price);
        let given = options.numbers_of(&attribute.name).map(<[f64]>::to_vec);
        let given = given.or_else(|| range.map(|(low, high)| vec![low, high]));
        let known = || Some(attribute.surveyed.clone()).filter(|surveyed| !surveyed.is_empty());
        let Some(surveyed) = given.or_else(known) else {
            let numbers = format!("--numeric \"{}=V1,V2,…\"", attribute.name);
            let example = match (is_price, &options.labels) {
                (true, _) => format!("--price-range LOW:HIGH, or {numbers}"),
                (false, Some(_)) => numbers,
                (false, None) => format!("{numbers}, or --labels FILE if it is a level"),
            };
            return Err(ImportError::Question {
                place: place.in_column(&attribute.name),
                question: format!(
                    "`{}` is a linear coefficient, and the file does not say which numbers were surveyed",
                    attribute.name
                ),
                option: example,
                unknown: Box::new(Unknown::Numbers {
                    attribute: attribute.name.clone(),
                    levels: None,
                }),
            });
        };
        let mean = surveyed.iter().sum::<f64>() / surveyed.len() as f64;
        let convention = if is_uncentered { 0.0 } else { mean };
        let center = options.center_of(&attribute.name).unwrap_or(convention);
        assumed.push(format!(
            "`{}` is a linear coefficient of values from which {center} is subtracted.",
            attribute.name
        ));
        split(attribute, surveyed, center);
    }
    draft.assumed.extend(assumed);
    Ok(())
}

fn require(draft: &Draft, option: &'static str, name: &str) -> Result<(), ImportError> {
    match draft.find(name) {
        Some(_) => Ok(()),
        None => Err(ImportError::UnknownName {
            option,
            kind: "attribute",
            name: name.to_owned(),
            known: quote_names(draft.attribute_names()),
        }),
    }
}

/// The attribute that is the price: the one that the user names, or else one with such a name, the only
/// one with amounts of money, or the only linear one if the user gives the range of prices.
pub(crate) fn price_of(
    draft: &Draft,
    options: &ImportOptions,
) -> Result<Option<String>, ImportError> {
    match &options.price {
        RoleAnswer::Named(name) => {
            require(draft, "--price", name)?;
            return Ok(Some(name.clone()));
        }
        RoleAnswer::Nothing => return Ok(None),
        RoleAnswer::Proposed => {}
    }
    let mut named = draft
        .attributes
        .iter()
        .filter(|found| usual_names::is_price(&found.name));
    if let Some(found) = named.next() {
        return Ok(Some(found.name.clone()));
    }
    let is_money = |found: &&DraftAttribute| {
        let labels: Vec<&str> = found
            .levels
            .iter()
            .map(|level| level.label.as_str())
            .collect();
        Unit::read_levels(&labels).is_some_and(|(_, unit)| unit.is_money())
    };
    let mut amounts = draft.attributes.iter().filter(is_money);
    if let (Some(only), None) = (amounts.next(), amounts.next()) {
        return Ok(Some(only.name.clone()));
    }
    let mut linear = draft.attributes.iter().filter(|found| found.is_linear);
    let only = linear.next().filter(|_| linear.next().is_none());
    Ok(only
        .filter(|_| options.price_range.is_some())
        .map(|found| found.name.clone()))
}

/// Replaces the labels of levels by the numbers that the user gives, in their order.
fn name_numbers(
    attribute: &mut DraftAttribute,
    options: &ImportOptions,
) -> Result<(), ImportError> {
    let Some(numbers) = options.numbers_of(&attribute.name) else {
        return Ok(());
    };
    let (given, levels) = (numbers.len(), attribute.levels.len());
    if given != levels {
        return Err(ImportError::Option {
            option: format!("--numeric {}", attribute.name),
            problem: format!(
                "{given} numbers for {levels} levels; write one for each level, in their order"
            ),
        });
    }
    for (level, number) in attribute.levels.iter_mut().zip(numbers) {
        level.label = number.to_string();
    }
    Ok(())
}

/// Two levels instead of a coefficient.
fn split(attribute: &mut DraftAttribute, surveyed: Vec<f64>, center: f64) {
    let Some(column) = attribute
        .levels
        .first()
        .and_then(|level| level.source.column())
    else {
        return;
    };
    let low = surveyed.iter().copied().fold(f64::INFINITY, f64::min);
    let high = surveyed.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let level = |number: f64| DraftLevel {
        label: number.to_string(),
        source: PartWorth::Scaled(column, number - center),
    };
    attribute.levels = vec![level(low), level(high)];
    attribute.surveyed = surveyed;
}
