//! A request in words, checked into a plan.

use crate::index_vec::{AttributeIndex, LevelIndex, Position};
use crate::simulation::Simulation;
use crate::simulation::scenario::EntryError;
use crate::stats::quantile::sorted;
use crate::study::{Cell, Levels, Study, ValueError, parse_number, quote_names};
use crate::sweep::{Field, values};

use crate::optimizer::costs::Costs;
use crate::optimizer::error::{EntryPart, OptimizerError, RequestError, RequestField};
use crate::optimizer::plan::{Beneficiary, Objective, ObjectiveMeasure, Plan, Request, Varied};

/// Checks a request.
pub(in crate::optimizer) fn plan(
    simulation: &Simulation,
    request: &Request,
) -> Result<Plan, Vec<RequestError>> {
    let study = simulation.selected();
    let mut misfits = Vec::new();
    if request.objective != ObjectiveMeasure::Share && !study.has_money() {
        misfits.push(RequestError::at(
            RequestField::ObjectiveMeasure,
            OptimizerError::NoMoney,
        ));
    }
    if request.answer && study.schema.monthly.is_none() {
        misfits.push(RequestError::at(
            RequestField::PriceEquilibrium,
            OptimizerError::NoPrices,
        ));
    } else if request.answer && !study.has_money() {
        misfits.push(RequestError::at(
            RequestField::PriceEquilibrium,
            OptimizerError::NoMoney,
        ));
    }
    let whose = whose(study, request);
    let whose =
        whose.map_err(|fault| misfits.push(RequestError::at(RequestField::Beneficiary, fault)));
    let varied = varied(simulation, &request.vary, &mut misfits);
    let costs = costs(study, request, &mut misfits);
    match whose {
        Ok(whose) if misfits.is_empty() => Ok(Plan {
            goal: Objective {
                objective: request.objective,
                whose,
            },
            varied,
            costs,
        }),
        _ => Err(misfits),
    }
}

fn whose(study: &Study, request: &Request) -> Result<Beneficiary, OptimizerError> {
    let name = request.whose.as_str();
    let unknown = |kind, known| OptimizerError::Unknown {
        kind,
        name: name.to_owned(),
        known,
    };
    if request.parent {
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

fn varied(
    simulation: &Simulation,
    entries: &[String],
    misfits: &mut Vec<RequestError>,
) -> Vec<Varied> {
    let at = |entry, part| RequestField::Vary(entry, part);
    if entries.is_empty() {
        let fault = OptimizerError::NothingVaries;
        misfits.push(RequestError::at(at(0, EntryPart::Product), fault));
    } else if entries.len() > Plan::MOST {
        let fault = OptimizerError::TooMuchVaries {
            count: entries.len(),
        };
        misfits.push(RequestError::at(at(Plan::MOST, EntryPart::Product), fault));
    }
    let mut found: Vec<Varied> = Vec::new();
    let mut stands: Vec<usize> = Vec::new();
    for (entry, text) in entries.iter().enumerate() {
        match one(simulation, text) {
            Ok(varied) => {
                let is_same = |other: &Varied| {
                    other.product == varied.product && other.attribute == varied.attribute
                };
                match found
                    .iter()
                    .position(is_same)
                    .and_then(|same| stands.get(same))
                {
                    Some(first) => {
                        let fault = OptimizerError::Twice { first: first + 1 };
                        misfits.push(RequestError::at(at(entry, EntryPart::Attribute), fault));
                    }
                    None => {
                        found.push(varied);
                        stands.push(entry);
                    }
                }
            }
            Err((part, fault)) => misfits.push(RequestError::at(at(entry, part), fault)),
        }
    }
    found
}

/// A part of an entry, and what is wrong there.
type PartError = (EntryPart, OptimizerError);

/// What one entry varies.
fn one(simulation: &Simulation, text: &str) -> Result<Varied, PartError> {
    let (study, scenario) = (simulation.selected(), simulation.scenario());
    let (product, attribute, text) = scenario.find_cell(study, text).ok_or_else(|| {
        let error = scenario.no_cell(study, text);
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
        Levels::Numeric(_) => range(study, attribute, text)?,
        Levels::Categorical(names) => levels(names, text)?,
    };
    Ok(Varied {
        product,
        attribute,
        values,
    })
}

/// The values of `BEGIN:END:STEP`.
fn range(study: &Study, attribute: AttributeIndex, text: &str) -> Result<Vec<Cell>, PartError> {
    let parts: Vec<&str> = text.split(':').collect();
    let &[begin, end, step] = parts.as_slice() else {
        return Err((EntryPart::Begin, OptimizerError::NoRange));
    };
    let read = |part, text: &str| parse_number(text.trim()).map_err(|fault| (part, fault.into()));
    let (begin, end) = (read(EntryPart::Begin, begin)?, read(EntryPart::End, end)?);
    let step = read(EntryPart::Step, step)?;
    for (part, value) in [(EntryPart::Begin, begin), (EntryPart::End, end)] {
        // A term has bounds of its own.
        let checked = study
            .schema
            .parse_offered(attribute, true, &value.to_string());
        checked.map_err(|fault| (part, fault.into()))?;
    }
    let values = values(begin, end, step).map_err(|(field, fault)| {
        let part = match field {
            Field::End => EntryPart::End,
            Field::Step => EntryPart::Step,
            Field::Product | Field::Begin | Field::Baseline => EntryPart::Begin,
        };
        (part, OptimizerError::Range(fault))
    })?;
    Ok(values.into_iter().map(Cell::Number).collect())
}

/// The levels of `A,B,C`; names may hold commas of their own.
fn levels(names: &[String], text: &str) -> Result<Vec<Cell>, PartError> {
    let fault = |fault: OptimizerError| (EntryPart::Levels, fault);
    let mut found = Vec::new();
    let mut left = Some(text.trim());
    while let Some(text) = left {
        let rest = |name: &String| {
            let behind = text.strip_prefix(name.as_str())?.trim_start();
            match behind.strip_prefix(',') {
                Some(more) => Some(Some(more.trim_start())),
                None => behind.is_empty().then_some(None),
            }
        };
        let places = names.iter().enumerate();
        let fitting = places.filter_map(|(place, name)| Some((place, name, rest(name)?)));
        let longest = fitting.max_by_key(|(_, name, _)| name.len());
        let Some((place, name, more)) = longest else {
            let value = text.split(',').next().unwrap_or(text).trim().to_owned();
            let known = quote_names(names);
            let unknown = ValueError::UnknownLevel { value, known };
            return Err(fault(unknown.into()));
        };
        let cell = Cell::Level(LevelIndex::from_index(place));
        if found.contains(&cell) {
            return Err(fault(OptimizerError::LevelTwice(name.clone())));
        }
        found.push(cell);
        left = more;
    }
    Ok(found)
}

fn costs(study: &Study, request: &Request, misfits: &mut Vec<RequestError>) -> Costs {
    let mut costs = Costs::default();
    for (entry, text) in request.costs.iter().enumerate() {
        let fault = match cost(study, text) {
            _ if request.objective != ObjectiveMeasure::Ebit => Err(OptimizerError::CostUnused),
            Ok((attribute, value, amount)) => costs.add(attribute, value, amount),
            Err(fault) => Err(fault),
        };
        misfits.extend(
            fault
                .err()
                .map(|fault| RequestError::at(RequestField::Cost(entry), fault)),
        );
    }
    let alone = |(attribute, values): &(AttributeIndex, Vec<(Cell, f64)>)| {
        values.len() < 2 && study.schema.attributes[*attribute].is_numeric()
    };
    if misfits.is_empty() && costs.attributes.iter().any(alone) {
        let last = request.costs.len().saturating_sub(1);
        misfits.push(RequestError::at(
            RequestField::Cost(last),
            OptimizerError::CostAlone,
        ));
    }
    costs
}

/// What `COLUMN=VALUE:COST` says; names of columns and values may hold the signs between them.
fn cost(study: &Study, text: &str) -> Result<(AttributeIndex, Cell, f64), OptimizerError> {
    let (target, amount) = text.rsplit_once(':').ok_or(OptimizerError::NoCost)?;
    let readings = target.match_indices('=');
    let readings = readings.map(|(equals, _)| (&target[..equals], &target[equals + 1..]));
    let (column, _) = readings.clone().next().ok_or(OptimizerError::NoCost)?;
    let mut known = readings.filter_map(|(name, value)| Some((study.schema.find(name)?, value)));
    let (attribute, value) = known.next().ok_or_else(|| OptimizerError::NoColumn {
        column: column.to_owned(),
        known: quote_names(study.schema.attributes.iter().map(|a| a.name.as_str())),
    })?;
    let amount = parse_number(amount.trim())?;
    let value = match study.schema.attributes[attribute].parse(value)? {
        // An empty value costs nothing, as it is worth nothing.
        Cell::Empty => return Err(OptimizerError::NoCost),
        value => value,
    };
    Ok((attribute, value, amount))
}

impl Costs {
    fn add(
        &mut self,
        attribute: AttributeIndex,
        value: Cell,
        amount: f64,
    ) -> Result<(), OptimizerError> {
        let own = self
            .attributes
            .iter()
            .position(|(own, _)| *own == attribute);
        let own = own.unwrap_or_else(|| {
            self.attributes.push((attribute, Vec::new()));
            self.attributes.len() - 1
        });
        if let Some((_, costs)) = self.attributes.get_mut(own) {
            if costs.iter().any(|(other, _)| *other == value) {
                return Err(OptimizerError::CostTwice);
            }
            costs.push((value, amount));
            *costs = sorted(std::mem::take(costs), |(one, _), (other, _)| {
                one.amount().total_cmp(&other.amount())
            });
        }
        Ok(())
    }
}
