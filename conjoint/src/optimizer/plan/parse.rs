//! Parses and checks a request's text.

use crate::index_vec::{AttributeIndex, LevelIndex, Position};
use crate::optimizer::error::{EntryPart, OptimizerError, RequestError, RequestField};
use crate::optimizer::objective::{Beneficiary, Objective, ObjectiveMeasure};
use crate::optimizer::request::OptimizerRequest;
use crate::simulation::Simulation;
use crate::simulation::scenario::EntryError;
use crate::study::{Cell, Levels, Offer, Study, ValueError, parse_number, quote_names};
use crate::sweep::{Field, list_values};

use super::parse_bounds::parse_bounds;
use super::parse_costs::parse_costs;
use super::{Plan, VaryingAttribute};

/// Parses and checks a request.
pub(super) fn parse_request(
    simulation: &Simulation,
    request: &OptimizerRequest,
) -> Result<Plan, Vec<RequestError>> {
    let study = simulation.selected();
    let mut errors = check_money(study, request);
    let beneficiary = find_beneficiary(study, request);
    let beneficiary = beneficiary
        .map_err(|error| errors.push(RequestError::new(RequestField::Beneficiary, error)));
    let varying = parse_vary_entries(simulation, &request.vary_entries, &mut errors);
    let costs = parse_costs(study, request, &mut errors);
    let price_bounds = parse_bounds(simulation, request, &varying, &mut errors);
    match beneficiary {
        Ok(beneficiary) if errors.is_empty() => Ok(Plan {
            objective: Objective {
                measure: request.measure,
                beneficiary,
            },
            varying,
            costs,
            price_bounds,
        }),
        _ => Err(errors),
    }
}

/// Checks that the study has the money figures and prices that the request needs.
fn check_money(study: &Study, request: &OptimizerRequest) -> Vec<RequestError> {
    let mut errors = Vec::new();
    let mut report = |field, error| errors.push(RequestError::new(field, error));
    if request.measure != ObjectiveMeasure::Share && !study.has_money() {
        report(RequestField::Measure, OptimizerError::NoMoney);
    }
    if request.includes_price_game && study.schema.monthly.is_none() {
        report(RequestField::PriceGame, OptimizerError::NoPrices);
    } else if request.includes_price_game && !study.has_money() {
        report(RequestField::PriceGame, OptimizerError::NoMoney);
    }
    errors
}

fn find_beneficiary(
    study: &Study,
    request: &OptimizerRequest,
) -> Result<Beneficiary, OptimizerError> {
    let name = request.beneficiary.as_str();
    let unknown = |kind, known| OptimizerError::UnknownBeneficiary {
        kind,
        name: name.to_owned(),
        known,
    };
    if request.is_parent {
        let parent = study.parents.position(|parent| parent == name);
        let parent = parent.map(Beneficiary::Parent);
        parent.ok_or_else(|| unknown("parent", quote_names(&study.parents)))
    } else {
        let brand = study.find_brand(name).map(Beneficiary::Brand);
        brand.ok_or_else(|| {
            let known = study.brands.iter().map(|brand| brand.name.as_str());
            unknown("brand", quote_names(known))
        })
    }
}

fn parse_vary_entries(
    simulation: &Simulation,
    entries: &[String],
    errors: &mut Vec<RequestError>,
) -> Vec<VaryingAttribute> {
    let mut report = |entry, part, error: OptimizerError| {
        errors.push(RequestError::new(RequestField::Vary(entry, part), error));
    };
    if entries.is_empty() {
        report(0, EntryPart::Product, OptimizerError::NothingVaries);
    } else if entries.len() > Plan::MAX_ENTRIES {
        let count = entries.len();
        let error = OptimizerError::TooMuchVaries { count };
        report(Plan::MAX_ENTRIES, EntryPart::Product, error);
    }
    let mut parsed: Vec<(usize, VaryingAttribute)> = Vec::new();
    for (entry, text) in entries.iter().enumerate() {
        let varying = match parse_vary_entry(simulation, text) {
            Ok(varying) => varying,
            Err((part, error)) => {
                report(entry, part, error);
                continue;
            }
        };
        let is_same = |(_, other): &&(usize, VaryingAttribute)| {
            other.product == varying.product && other.attribute == varying.attribute
        };
        match parsed.iter().find(is_same) {
            Some((first, _)) => {
                let error = OptimizerError::DuplicateAttribute { first: first + 1 };
                report(entry, EntryPart::Attribute, error);
            }
            None => parsed.push((entry, varying)),
        }
    }
    parsed.into_iter().map(|(_, varying)| varying).collect()
}

/// A part of an entry, and what is wrong with it.
type PartError = (EntryPart, OptimizerError);

/// Parses `ID.COLUMN=VALUES`.
fn parse_vary_entry(simulation: &Simulation, text: &str) -> Result<VaryingAttribute, PartError> {
    let (study, scenario) = (simulation.selected(), simulation.scenario());
    let (product, attribute, text) = scenario.find_cell(study, text).ok_or_else(|| {
        let error = scenario.unknown_cell(study, text);
        let part = match error {
            EntryError::NoColumn { .. } => EntryPart::Attribute,
            _ => EntryPart::Product,
        };
        (part, error.into())
    })?;
    let offer = &scenario.offers()[product];
    if attribute == study.schema.brand {
        return Err((EntryPart::Attribute, OptimizerError::BrandVaries));
    }
    if study.schema.brand_of(offer).is_none() {
        let id = offer.id.to_string();
        return Err((EntryPart::Product, OptimizerError::NoBrand { id }));
    }
    if offer.withdrawn {
        let id = offer.id.to_string();
        return Err((EntryPart::Product, OptimizerError::Withdrawn { id }));
    }
    let values = match &study.schema.attributes[attribute].levels {
        Levels::Numeric(_) => parse_range(study, (attribute, offer), text)?,
        Levels::Categorical(names) => {
            parse_levels(names, text).map_err(|error| (EntryPart::Levels, error))?
        }
    };
    Ok(VaryingAttribute {
        product,
        attribute,
        values,
        range: study.schema.surveyed_for(attribute, &offer.cells).range(),
    })
}

/// Parses `BEGIN:END:STEP`.
fn parse_range(
    study: &Study,
    (attribute, offer): (AttributeIndex, &Offer),
    text: &str,
) -> Result<Vec<Cell>, PartError> {
    let parts: Vec<&str> = text.split(':').collect();
    let &[begin, end, step] = parts.as_slice() else {
        return Err((EntryPart::Begin, OptimizerError::NoRange));
    };
    let parse = |part, text: &str| parse_number(text.trim()).map_err(|error| (part, error.into()));
    let begin = parse(EntryPart::Begin, begin)?;
    let end = parse(EntryPart::End, end)?;
    let step = parse(EntryPart::Step, step)?;
    for (part, value) in [(EntryPart::Begin, begin), (EntryPart::End, end)] {
        // Some attributes have narrower bounds than numbers have, such as a term.
        let checked = study
            .schema
            .parse_offered(attribute, true, &value.to_string());
        let checked = checked.and_then(|cell| {
            let mut cells = offer.cells.clone();
            cells[attribute] = cell;
            study.schema.check_together(attribute, &cells)
        });
        checked.map_err(|error| (part, error.into()))?;
    }
    let values = list_values(begin, end, step).map_err(|(field, error)| {
        let part = match field {
            Field::End => EntryPart::End,
            Field::Step => EntryPart::Step,
            Field::Product | Field::Begin | Field::Baseline => EntryPart::Begin,
        };
        (part, OptimizerError::Range(error))
    })?;
    Ok(values.into_iter().map(Cell::Number).collect())
}

/// Parses the level names `A,B,C`; the names may contain commas.
fn parse_levels(names: &[String], text: &str) -> Result<Vec<Cell>, OptimizerError> {
    let mut cells = Vec::new();
    let mut remaining = Some(text.trim());
    while let Some(text) = remaining {
        let (level, rest) = split_level(names, text).ok_or_else(|| {
            let value = text.split(',').next().unwrap_or(text).trim().to_owned();
            let known = quote_names(names);
            ValueError::UnknownLevel { value, known }
        })?;
        let cell = Cell::Level(LevelIndex::from_index(level));
        if cells.contains(&cell) {
            let name = names.get(level).cloned().unwrap_or_default();
            return Err(OptimizerError::DuplicateLevel(name));
        }
        cells.push(cell);
        remaining = rest;
    }
    Ok(cells)
}

/// The longest level name that `text` starts with, by its position, and the text after its comma;
/// `None` instead of the text at the end of the list.
fn split_level<'t>(names: &[String], text: &'t str) -> Option<(usize, Option<&'t str>)> {
    let split = |name: &String| {
        let behind = text.strip_prefix(name.as_str())?.trim_start();
        match behind.strip_prefix(',') {
            Some(rest) => Some(Some(rest.trim_start())),
            None => behind.is_empty().then_some(None),
        }
    };
    let matching = names.iter().enumerate();
    let matching = matching.filter_map(|(place, name)| Some((place, name.len(), split(name)?)));
    let longest = matching.max_by_key(|(_, length, _)| *length);
    longest.map(|(place, _, rest)| (place, rest))
}
