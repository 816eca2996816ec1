//! A checked request: the objective, the attributes that vary, and the costs of values.

mod costs;
mod parse;
mod parse_bounds;
mod parse_costs;

use crate::index_vec::{AttributeIndex, ProductIndex};
use crate::simulation::Simulation;
use crate::simulation::scenario::{OutsideValue, Scenario};
use crate::study::{Cell, Study, ValueError};
use crate::sweep::RangeEdge;

use super::equilibrium::PriceBounds;
use super::error::RequestError;
use super::objective::Objective;
use super::request::OptimizerRequest;
use super::search::Candidate;
pub(super) use costs::ValueCosts;

/// An attribute of a product that varies, with its values.
#[derive(Clone, Debug, PartialEq)]
pub struct VaryingAttribute {
    /// The product.
    pub product: ProductIndex,
    /// The attribute.
    pub attribute: AttributeIndex,
    /// The values to try, in order.
    pub values: Vec<Cell>,
    /// The surveyed range of a numeric attribute, for this product.
    pub range: Option<(f64, f64)>,
}

impl VaryingAttribute {
    /// The end of its values that is outside the surveyed range; the first one if both are.
    pub fn first_outside(&self) -> Option<OutsideValue> {
        let ends = [self.values.first(), self.values.last()];
        let mut ends = ends.into_iter().flatten();
        ends.find_map(|value| OutsideValue::new(self.product, self.attribute, *value, self.range))
    }
}

/// A checked request.
///
/// The candidates are the cross product of the values of all varying attributes; the first
/// attribute varies slowest.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub(super) objective: Objective,
    pub(super) varying: Vec<VaryingAttribute>,
    pub(super) costs: ValueCosts,
    pub(super) price_bounds: Vec<(ProductIndex, PriceBounds)>,
}

impl Plan {
    /// The most entries a request may have; more of them are a typing error.
    pub const MAX_ENTRIES: usize = 100;

    /// Checks a request against the simulation's offers.
    ///
    /// A cost says what a value adds to the monthly cost of a customer, in the currency, for all
    /// products alike. Costs of numbers are interpolated linearly, and beyond the outermost number
    /// its cost holds. A level without a cost costs nothing.
    ///
    /// # Errors
    /// All errors of the request, each with its field and a remedy.
    ///
    /// # Examples
    /// ```
    /// use conjoint::optimizer::{OptimizerRequest, Plan, SearchSettings};
    /// use conjoint::testing::generate_simulation;
    ///
    /// let simulation = generate_simulation(1, &[("Gen X", 20)]);
    /// let request = OptimizerRequest {
    ///     beneficiary: "Tesla".to_owned(),
    ///     vary_entries: vec!["9.monthly_cost=399:499:20".to_owned()],
    ///     ..OptimizerRequest::default()
    /// };
    /// let plan = Plan::read(&simulation, &request).unwrap();
    /// assert_eq!(plan.candidate_count(), 6);
    /// let result = plan.run(&simulation, SearchSettings::default());
    /// // A lower price never loses a respondent.
    /// assert_eq!(result.best[0].positions, [0]);
    /// ```
    pub fn read(
        simulation: &Simulation,
        request: &OptimizerRequest,
    ) -> Result<Self, Vec<RequestError>> {
        parse::parse_request(simulation, request)
    }

    /// The objective.
    pub fn objective(&self) -> Objective {
        self.objective
    }

    /// The varying attributes, in the request's order.
    pub fn varying_attributes(&self) -> &[VaryingAttribute] {
        &self.varying
    }

    /// The number of candidates.
    pub fn candidate_count(&self) -> u64 {
        let counts = self.varying.iter();
        let counts = counts.map(|varying| varying.values.len() as u64);
        counts.fold(1, u64::saturating_mul)
    }

    /// The number of values of each varying attribute.
    pub(super) fn value_counts(&self) -> Vec<usize> {
        let varying = self.varying.iter();
        varying.map(|varying| varying.values.len()).collect()
    }

    /// The entries, counted from 0, with values outside the surveyed range, where utilities are
    /// extrapolated; each with a warning.
    pub fn find_extrapolated_entries(&self) -> Vec<(usize, ValueError)> {
        let warning = |varying: &VaryingAttribute| {
            let OutsideValue {
                value, low, high, ..
            } = varying.first_outside()?;
            Some(ValueError::OutsideRange { value, low, high })
        };
        let entries = self.varying.iter().enumerate();
        let warnings = entries.filter_map(|(entry, varying)| Some((entry, warning(varying)?)));
        warnings.collect()
    }

    /// A candidate's values, in the order of the varying attributes.
    pub fn values(&self, candidate: &Candidate) -> Vec<Cell> {
        let values = self.varying.iter().zip(&candidate.positions);
        let values =
            values.filter_map(|(varying, position)| varying.values.get(*position).copied());
        values.collect()
    }

    /// Whether each of a candidate's values is at an edge of the values tried, in the order of the varying
    /// attributes; `None` for the level of a categorical attribute.
    pub fn find_edges(&self, candidate: &Candidate) -> Vec<Option<RangeEdge>> {
        let positions = self.varying.iter().zip(&candidate.positions);
        let edge = |(varying, position): (&VaryingAttribute, &usize)| {
            let numbers = varying.values.iter().map(|value| value.number());
            let numbers: Option<Vec<f64>> = numbers.collect();
            RangeEdge::find(&numbers?, *position)
        };
        positions.map(edge).collect()
    }

    /// A candidate as edits, each a name and a text such as `9.monthly_cost` and `429`.
    pub fn edits(
        &self,
        study: &Study,
        scenario: &Scenario,
        candidate: &Candidate,
    ) -> Vec<(String, String)> {
        let edit = |(varying, value): (&VaryingAttribute, Cell)| {
            let attribute = &study.schema.attributes[varying.attribute];
            let id = &scenario.offers()[varying.product].id;
            (format!("{id}.{}", attribute.name), attribute.write(value))
        };
        let values = self.varying.iter().zip(self.values(candidate));
        values.map(edit).collect()
    }

    /// The scenario with a candidate's values.
    pub fn apply_candidate(
        &self,
        study: &Study,
        scenario: &Scenario,
        candidate: &Candidate,
    ) -> Scenario {
        let mut scenario = scenario.clone();
        let values = self.varying.iter().zip(self.values(candidate));
        for (varying, value) in values {
            let text = study.schema.attributes[varying.attribute].write(value);
            // The plan has checked the values, so that none is rejected.
            let _ = scenario.set(study, varying.product, varying.attribute, &text);
        }
        scenario
    }
}
