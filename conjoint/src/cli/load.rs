//! From a folder and a list of edits to a simulation.

use std::path::Path;
use std::sync::Arc;

use conjoint::indexed::{AttributeIndex, ProductIndex};
use conjoint::scenario::Scenario;
use conjoint::simulation::Simulation;
use conjoint::study::{Cell, Study, StudyFiles, quoted};
use conjoint::sweep::{Cost, Range};

use super::args::{Assignment, Edits};
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
        let (product, attribute, value) = target(&study, &scenario, assignment)?;
        scenario
            .set(&study, product, attribute, value)
            .map_err(|error| Failure::Edit {
                argument: format!("--set {}", assignment.0),
                error,
            })?;
        let cell = scenario.offers()[product].cells[attribute];
        let warning = study.schema().attributes()[attribute].outside_range(cell);
        warnings.extend(warning.map(|warning| format!("--set {}: {warning}", assignment.0)));
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

/// Warns of a row, counted from 1, whose values leave the surveyed range.
pub(super) fn warn_outside_range(study: &Study, row: usize, cost: Cost, range: &Range) {
    let schema = study.schema();
    let attribute = schema.find(cost.column());
    let outside = attribute.and_then(|attribute| {
        let mut ends = [range.begin, range.end].into_iter().map(Cell::Number);
        ends.find_map(|end| schema.attributes()[attribute].outside_range(end))
    });
    if let Some(warning) = outside {
        warn(&format!("--row {row}: {}: {warning}", cost.column()));
    }
}

/// The cell and the value that an assignment means: the reading of which the study knows both id
/// and column.
fn target<'a>(
    study: &Study,
    scenario: &Scenario,
    assignment: &'a Assignment,
) -> Result<(ProductIndex, AttributeIndex, &'a str), Failure> {
    let schema = study.schema();
    let argument = format!("--set {}", assignment.0);
    let known = assignment
        .readings()
        .find_map(|(id, column, value)| Some((scenario.find(id)?, schema.find(column)?, value)));
    if let Some(known) = known {
        return Ok(known);
    }
    // What is told is the part that is not known beside one that is.
    let of_an_offer = |(id, ..): &(&str, &str, &str)| scenario.find(id).is_some();
    let readings = assignment.readings().filter(of_an_offer);
    if let Some((_, column, _)) = readings.min_by_key(|(_, column, _)| column.len()) {
        return Err(Failure::Column {
            argument,
            column: column.to_owned(),
            known: quoted(schema.attributes().iter().map(|a| a.name.as_str())),
        });
    }
    let of_a_column = |(_, column, _): &(&str, &str, &str)| schema.find(column).is_some();
    let mut readings = assignment.readings();
    let reading = readings.find(of_a_column).or(assignment.readings().next());
    let id = reading.map_or("", |(id, ..)| id);
    Err(unknown_offer(scenario, argument, id))
}

fn unknown_offer(scenario: &Scenario, argument: String, id: &str) -> Failure {
    Failure::Offer {
        argument,
        id: id.to_owned(),
        known: quoted(scenario.offers().iter().map(|offer| offer.id.as_str())),
    }
}
