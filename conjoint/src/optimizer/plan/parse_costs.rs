//! Parses the costs of values.

use crate::index_vec::AttributeIndex;
use crate::optimizer::error::{OptimizerError, RequestError, RequestField};
use crate::optimizer::objective::ObjectiveMeasure;
use crate::optimizer::request::OptimizerRequest;
use crate::study::{Cell, Study, parse_number, quote_names};

use super::costs::ValueCosts;

/// Parses a request's costs, which are only allowed with EBIT as the measure.
pub(super) fn parse_costs(
    study: &Study,
    request: &OptimizerRequest,
    errors: &mut Vec<RequestError>,
) -> ValueCosts {
    let mut costs = ValueCosts::default();
    for (entry, text) in request.cost_entries.iter().enumerate() {
        let added = match parse_cost(study, text) {
            _ if request.measure != ObjectiveMeasure::Ebit => Err(OptimizerError::CostUnused),
            Ok((attribute, value, amount)) => costs.add(attribute, value, amount),
            Err(error) => Err(error),
        };
        if let Err(error) = added {
            errors.push(RequestError::new(RequestField::Cost(entry), error));
        }
    }
    let is_single = |(attribute, values): &(AttributeIndex, Vec<(Cell, f64)>)| {
        values.len() < 2 && study.schema.attributes[*attribute].is_numeric()
    };
    if errors.is_empty() && costs.attributes.iter().any(is_single) {
        let last = request.cost_entries.len().saturating_sub(1);
        errors.push(RequestError::new(
            RequestField::Cost(last),
            OptimizerError::SingleCost,
        ));
    }
    costs
}

/// Parses `COLUMN=VALUE:COST`; the names of columns and levels may contain the separators.
fn parse_cost(study: &Study, text: &str) -> Result<(AttributeIndex, Cell, f64), OptimizerError> {
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
        // An empty value has no part-worth, and no cost either.
        Cell::Empty => return Err(OptimizerError::NoCost),
        value => value,
    };
    Ok((attribute, value, amount))
}
