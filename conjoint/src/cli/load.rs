//! From a folder and a list of edits to a simulation.

use std::path::Path;
use std::sync::Arc;

use conjoint::scenario::{Scenario, readings};
use conjoint::simulation::Simulation;
use conjoint::study::{Study, StudyFiles, quoted};
use conjoint::sweep::Outside;

use super::args::Edits;
use super::failure::{Failure, tell, warn};

/// The files of a study's folder.
pub(super) fn files(folder: &Path) -> Result<StudyFiles, Failure> {
    let metadata = std::fs::metadata(folder);
    let reason = match metadata {
        Ok(metadata) if metadata.is_dir() => return Ok(StudyFiles::read_dir(folder)),
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
    let mut warnings = Vec::new();
    for assignment in &edits.set {
        let (product, attribute, value) = scenario
            .find_cell(&study, assignment)
            .ok_or_else(|| no_cell(&study, &scenario, assignment))?;
        scenario
            .set(&study, product, attribute, value)
            .map_err(|error| Failure::Edit {
                argument: format!("--set {}", assignment),
                error,
            })?;
        let cell = scenario.offers()[product].cells[attribute];
        let warning = study.schema().attributes()[attribute].outside_range(cell);
        warnings.extend(warning.map(|warning| format!("--set {}: {warning}", assignment)));
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
    for warning in &warnings {
        warn(warning);
    }
    Ok(simulation)
}

/// Warns of rows whose values leave the surveyed range.
pub(super) fn warn_outside(outside: &[Outside]) {
    for row in outside {
        let (number, column) = (row.row, row.cost.column());
        warn(&format!("--row {number}: {column}: {}", row.warning()));
    }
}

/// Why an assignment means no cell: the part is told that is not known beside one that is.
fn no_cell(study: &Study, scenario: &Scenario, assignment: &str) -> Failure {
    let schema = study.schema();
    let argument = format!("--set {assignment}");
    let of_an_offer = readings(assignment).filter(|(id, ..)| scenario.find(id).is_some());
    if let Some((_, column, _)) = of_an_offer.min_by_key(|(_, column, _)| column.len()) {
        return Failure::Column {
            argument,
            column: column.to_owned(),
            known: quoted(schema.attributes().iter().map(|a| a.name.as_str())),
        };
    }
    let of_a_column = readings(assignment).find(|(_, column, _)| schema.find(column).is_some());
    let reading = of_a_column.or(readings(assignment).next());
    unknown_offer(scenario, argument, reading.map_or("", |(id, ..)| id))
}

fn unknown_offer(scenario: &Scenario, argument: String, id: &str) -> Failure {
    Failure::Offer {
        argument,
        id: id.to_owned(),
        known: quoted(scenario.offers().iter().map(|offer| offer.id.as_str())),
    }
}
