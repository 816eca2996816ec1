//! Several scenarios, each compared with the study's own offers.

use std::sync::Arc;

use crate::index_vec::{BrandIndex, IndexVec, Position, ProductIndex};
use crate::market::{Change, Measure};
use crate::simulation::scenario::Scenario;
use crate::simulation::{ProductShare, Simulation};
use crate::study::Study;

/// A figure of products or of brands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ComparedFigure {
    /// The number of respondents whose first choice a product is.
    Respondents,
    /// A product's share of all respondents by the rule, 0–1.
    Share,
    /// A figure of a brand after the period.
    Money(Measure),
}

/// One product or brand of a comparison.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its figure at the study's own offers; `None` for an added product.
    pub baseline: Option<f64>,
    /// Its figure in every scenario, with the difference to the baseline if there is one; `None` if the
    /// scenario does not have the product.
    pub scenarios: Vec<Option<(f64, Option<f64>)>>,
}

/// The results of several scenarios of one study.
#[derive(Clone, Debug)]
pub struct Comparison {
    study: Arc<Study>,
    shares: IndexVec<ProductIndex, ProductShare>,
    brands: Option<IndexVec<BrandIndex, Change>>,
    scenarios: Vec<Outcome>,
}

/// The results of one scenario.
#[derive(Clone, Debug)]
struct Outcome {
    /// The names of the added products.
    added: Vec<String>,
    shares: IndexVec<ProductIndex, ProductShare>,
    brands: Option<IndexVec<BrandIndex, Change>>,
}

impl Comparison {
    /// Computes every scenario by the model and the selection of the simulation.
    pub fn new(simulation: &Simulation, scenarios: impl IntoIterator<Item = Scenario>) -> Self {
        let mut simulation = simulation.clone();
        let study = Arc::clone(simulation.selected());
        let outcome = |scenario: Scenario| {
            simulation.set_scenario(scenario);
            let offers = simulation.scenario().offers().iter();
            let added = offers.skip(study.offers().len());
            Outcome {
                added: added.map(|offer| study.name_of(offer)).collect(),
                shares: simulation.shares(),
                brands: simulation.brands(),
            }
        };
        let scenarios = scenarios.into_iter().map(outcome).collect();
        Self {
            shares: simulation.baseline_shares().clone(),
            brands: simulation.baseline_brands().cloned(),
            study,
            scenarios,
        }
    }

    /// The figures that can be compared; only shares in a study without money.
    pub fn measures(&self) -> Vec<ComparedFigure> {
        let money = self.brands.iter().flat_map(|_| Measure::ALL);
        [ComparedFigure::Respondents, ComparedFigure::Share]
            .into_iter()
            .chain(money.map(ComparedFigure::Money))
            .collect()
    }

    /// One line per product or brand: those of the study in file order, then the added products of all
    /// scenarios, each name once.
    pub fn lines(&self, compared: ComparedFigure) -> Vec<Line> {
        match compared {
            ComparedFigure::Respondents => self.product_lines(|share| f64::from(share.respondents)),
            ComparedFigure::Share => self.product_lines(|share| share.share),
            ComparedFigure::Money(measure) => self.brand_lines(measure),
        }
    }

    fn product_lines(&self, figure: fn(&ProductShare) -> f64) -> Vec<Line> {
        let study_products = self.study.offers().enumerate().map(|(product, offer)| {
            let baseline = self.shares.get(product).map(figure);
            let scenario = |outcome: &Outcome| {
                let value = figure(outcome.shares.get(product)?);
                Some((value, baseline.map(|baseline| value - baseline)))
            };
            Line {
                name: self.study.name_of(offer),
                baseline,
                scenarios: self.scenarios.iter().map(scenario).collect(),
            }
        });
        let mut names: Vec<&String> = Vec::new();
        for name in self.scenarios.iter().flat_map(|outcome| &outcome.added) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let count = self.study.offers().len();
        let added = names.into_iter().map(|name| {
            let scenario = |outcome: &Outcome| {
                let place = outcome.added.iter().position(|added| added == name)?;
                let product = ProductIndex::from_index(count + place);
                Some((figure(outcome.shares.get(product)?), None))
            };
            Line {
                name: name.clone(),
                baseline: None,
                scenarios: self.scenarios.iter().map(scenario).collect(),
            }
        });
        study_products.chain(added).collect()
    }

    fn brand_lines(&self, measure: Measure) -> Vec<Line> {
        let Some(baseline) = &self.brands else {
            return Vec::new();
        };
        let brands = self.study.brands().iter().zip(baseline.enumerate());
        let line = brands.map(|(brand, (index, baseline))| {
            let scenario = |outcome: &Outcome| {
                let new = outcome.brands.as_ref()?.get(index)?.new;
                let change = new.minus(baseline.new).get(measure);
                Some((new.get(measure), Some(change)))
            };
            Line {
                name: brand.name.clone(),
                baseline: Some(baseline.new.get(measure)),
                scenarios: self.scenarios.iter().map(scenario).collect(),
            }
        });
        line.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::scenario::Verb;
    use crate::testing::{edit_scenario, generate_study};

    #[test]
    fn every_scenario_has_the_figures_of_a_simulation_of_it() {
        let study = Arc::new(generate_study(3, &[("Gen X", 60), ("Millennial", 40)]));
        let dearer = edit_scenario(&study, &[(Verb::Set, "9.monthly_cost=599")]);
        let more = edit_scenario(
            &study,
            &[(Verb::Add, "14:9"), (Verb::Set, "14.monthly_cost=199")],
        );
        let mut simulation = Simulation::new(Arc::clone(&study));
        simulation.set_scenario(dearer.clone());
        let comparison = Comparison::new(&simulation, [more.clone(), dearer.clone()]);
        assert_eq!(comparison.measures().len(), 6);

        let lines = comparison.lines(ComparedFigure::Respondents);
        assert_eq!(lines.len(), 14);
        let total = |column: usize| -> f64 {
            let values = lines.iter().filter_map(|line| line.scenarios[column]);
            values.map(|(value, _)| value).sum()
        };
        assert_eq!([total(0), total(1)], [100.0, 100.0]);
        let added = lines.last().unwrap();
        assert_eq!(added.name, "Tesla Model 3 (14)");
        assert_eq!((added.baseline, added.scenarios[1]), (None, None));
        let (chosen, change) = added.scenarios[0].unwrap();
        assert!(chosen > 0.0 && change.is_none());

        for (column, scenario) in [more, dearer].into_iter().enumerate() {
            simulation.set_scenario(scenario);
            let live = simulation.brands().unwrap();
            let baseline = simulation.baseline_brands().unwrap();
            for measure in Measure::ALL {
                let lines = comparison.lines(ComparedFigure::Money(measure));
                assert_eq!(lines.len(), study.brands().len());
                for (line, brand) in lines.iter().zip(study.brands().indices()) {
                    let before = baseline[brand].new;
                    let expected = live[brand].new;
                    assert_eq!(line.baseline, Some(before.get(measure)));
                    let change = expected.minus(before).get(measure);
                    let expected = (expected.get(measure), Some(change));
                    assert_eq!(line.scenarios[column], Some(expected));
                }
            }
        }
    }
}
