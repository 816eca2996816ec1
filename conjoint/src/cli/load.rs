//! From a folder and a list of edits to a simulation.

use std::path::Path;
use std::sync::Arc;

use conjoint::indexed::{AttributeIndex, ProductIndex};
use conjoint::scenario::Scenario;
use conjoint::simulation::Simulation;
use conjoint::study::{Study, StudyFiles};

use super::args::{Assignment, Edits};
use super::failure::{Failure, tell};

/// The files of a study's folder.
pub(super) fn files(folder: &Path) -> Result<StudyFiles, Failure> {
    let metadata = std::fs::metadata(folder);
    let reason = match metadata {
        Ok(metadata) if metadata.is_dir() => return Ok(StudyFiles::read_dir(folder)?),
        Ok(_) => "not a folder".to_owned(),
        Err(error) => error.to_string(),
    };
    Err(Failure::Folder {
        folder: folder.to_owned(),
        reason,
    })
}

/// The study of a folder; its warnings are told.
pub(super) fn study(files: &StudyFiles) -> Result<Arc<Study>, Failure> {
    let study = Study::read(files)?;
    tell(study.warnings());
    Ok(Arc::new(study))
}

/// The study of a folder under the edits.
pub(super) fn simulation(edits: &Edits) -> Result<Simulation, Failure> {
    let study = study(&files(&edits.data)?)?;
    let mut simulation = Simulation::new(Arc::clone(&study));
    let mut scenario = simulation.scenario().clone();
    for assignment in &edits.set {
        let argument = || format!("--set {}={}", assignment.target, assignment.value);
        let (product, attribute) = target(&study, &scenario, assignment)?;
        scenario
            .set(&study, product, attribute, &assignment.value)
            .map_err(|error| Failure::Edit {
                argument: argument(),
                error,
            })?;
    }
    for id in &edits.withdraw {
        let argument = || format!("--withdraw {id}");
        let product = scenario
            .find(id)
            .ok_or_else(|| unknown_offer(&scenario, argument(), id))?;
        scenario
            .set_withdrawn(&study, product, true)
            .map_err(|error| Failure::Edit {
                argument: argument(),
                error,
            })?;
    }
    simulation.set_scenario(scenario);
    Ok(simulation)
}

/// Which cell `ID.COLUMN` is; ids and columns may hold points of their own.
fn target(
    study: &Study,
    scenario: &Scenario,
    assignment: &Assignment,
) -> Result<(ProductIndex, AttributeIndex), Failure> {
    let Assignment { target, value } = assignment;
    let argument = || format!("--set {target}={value}");
    let points = target.match_indices('.');
    let mut split = points.map(|(at, _)| (&target[..at], &target[at + 1..]));
    let known = split.find_map(|(id, column)| Some((scenario.find(id)?, column)));
    let Some((product, column)) = known else {
        let id = target.split('.').next().unwrap_or_default();
        return Err(unknown_offer(scenario, argument(), id));
    };
    let schema = study.schema();
    let attribute = schema.find(column).ok_or_else(|| Failure::Column {
        argument: argument(),
        column: column.to_owned(),
        known: listed(schema.attributes().iter().map(|a| a.name.as_str())),
    })?;
    Ok((product, attribute))
}

fn unknown_offer(scenario: &Scenario, argument: String, id: &str) -> Failure {
    Failure::Offer {
        argument,
        id: id.to_owned(),
        known: listed(scenario.offers().iter().map(|offer| offer.id.as_str())),
    }
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<&str>>().join(", ")
}
