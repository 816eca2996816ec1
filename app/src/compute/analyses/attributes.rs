//! How important attributes are and what their levels are worth, as numbers.

use std::slice::Iter;

use conjoint::analysis::importance::{Importances, compute_importances};
use conjoint::analysis::part_worths::compute_part_worths;
use conjoint::choice::ChoiceModel;
use conjoint::index_vec::{AttributeIndex, Position, SegmentIndex};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::{Bootstrap, Estimate, Level};
use conjoint::study::Study;

use super::shares::{ends, interval};

/// Respondents taken together.
#[derive(Debug, PartialEq)]
pub struct Group {
    /// Their segment; without it they are all who count.
    pub segment: Option<SegmentIndex>,
    /// Of every surveyed attribute, percent.
    pub importances: Importances,
    /// Of every surveyed attribute's levels, utility about the attribute's mean.
    pub worths: Vec<(AttributeIndex, Vec<Estimate>)>,
}

impl Group {
    fn of(study: &Study, model: &ChoiceModel, segment: Option<SegmentIndex>) -> Self {
        let (weights, bootstrap) = (model.weights(study), Bootstrap::seeded(model.seed));
        let level = Level::default();
        Self {
            segment,
            importances: compute_importances(study, &weights, &bootstrap, level),
            worths: compute_part_worths(study, &weights, &bootstrap, level),
        }
    }

    /// What it is of the attributes, or of one attribute's levels.
    pub fn estimates(&self, levels_of: Option<AttributeIndex>) -> Vec<Estimate> {
        let attributes = self.importances.attributes.iter();
        match levels_of {
            None => attributes.map(|(_, estimate)| *estimate).collect(),
            Some(attribute) => {
                let found = self.worths.iter().find(|(own, _)| *own == attribute);
                found.map_or(Vec::new(), |(_, levels)| levels.clone())
            }
        }
    }

    fn write(&self, numbers: &mut Vec<f64>) {
        let place = self.segment.map_or(f64::NAN, |place| place.index() as f64);
        numbers.extend([place, self.importances.indifferent as f64]);
        let levels = self.worths.iter().flat_map(|(_, levels)| levels);
        for estimate in self.estimates(None).iter().chain(levels) {
            let [low, high] = ends(estimate.interval);
            numbers.extend([estimate.mean, low, high]);
        }
    }

    fn read(study: &Study, numbers: &mut Iter<f64>) -> Option<Self> {
        let (place, indifferent) = (*numbers.next()?, *numbers.next()? as usize);
        let mut estimate = || {
            let (&[mean, low, high], rest) = numbers.as_slice().split_first_chunk()?;
            *numbers = rest.iter();
            let interval = interval(low, high);
            Some(Estimate { mean, interval })
        };
        let mut attributes = Vec::new();
        for attribute in study.schema().surveyed() {
            attributes.push((attribute, estimate()?));
        }
        let mut worths = Vec::new();
        for attribute in study.schema().surveyed() {
            let levels = 0..study.schema().attributes()[attribute].levels.len();
            worths.push((
                attribute,
                levels.map(|_| estimate()).collect::<Option<_>>()?,
            ));
        }
        Some(Self {
            segment: place
                .is_finite()
                .then(|| SegmentIndex::from_index(place as usize)),
            importances: Importances {
                attributes,
                indifferent,
            },
            worths,
        })
    }
}

/// All who count, and where several segments do, each of them: a segment's place, or not a number,
/// how many have no importances, then three numbers for each attribute and for each level.
pub fn compute(simulation: &Simulation) -> Vec<f64> {
    let (study, model) = (simulation.full_study(), simulation.model());
    let mut numbers = Vec::new();
    Group::of(study, model, None).write(&mut numbers);
    for segment in model.segments_apart(study) {
        let own = model.of_segment(segment);
        Group::of(study, &own, Some(segment)).write(&mut numbers);
    }
    numbers
}

/// The groups again, as far as the numbers are such.
pub fn read(study: &Study, numbers: &[f64]) -> Vec<Group> {
    let mut numbers = numbers.iter();
    std::iter::from_fn(|| Group::read(study, &mut numbers)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use conjoint::sample_study::{Sample, generate};
    use std::sync::Arc;

    fn study() -> Arc<Study> {
        let respondents = ["Gen X", "Baby Boomer"].map(|name| (name.to_owned(), 20));
        let sample = Sample {
            seed: 1,
            respondents: respondents.to_vec(),
        };
        Arc::new(generate(&sample).unwrap())
    }

    #[test]
    fn what_is_read_is_what_was_computed() {
        let study = study();
        let numbers = compute(&Simulation::new(Arc::clone(&study)));
        let model = ChoiceModel::default();
        let places = study.segments().indices().map(Some);
        let expected = std::iter::once(None).chain(places).map(|place| {
            let own = place.map_or(model.clone(), |place| model.of_segment(place));
            Group::of(&study, &own, place)
        });
        let expected: Vec<Group> = expected.collect();
        assert_eq!(expected.len(), 3);
        assert_eq!(read(&study, &numbers), expected);
        assert_eq!(read(&study, &numbers[1..9]), []);

        let attribute = study.schema().brand();
        let levels = study.schema().attributes()[attribute].levels.len();
        let group = &expected[0];
        assert_eq!(group.estimates(Some(attribute)).len(), levels);
        assert_eq!(group.estimates(None)[0], group.importances.attributes[0].1);
    }

    #[test]
    fn one_segment_is_all_that_counts() {
        let study = study();
        let model = ChoiceModel::default().of_segment(SegmentIndex::from_index(1));
        let simulation = Simulation::with_model(Arc::clone(&study), model.clone()).unwrap();
        let expected = Group::of(&study, &model, None);
        assert_eq!(read(&study, &compute(&simulation)), [expected]);
    }
}
