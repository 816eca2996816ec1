//! From a folder and a list of edits to a simulation.

use std::path::Path;
use std::sync::Arc;

use conjoint::format::{StudyFiles, StudyReading, WEIGHTS, read_study};
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::{SavedScenarios, Scenario, StudyName, Verb};
use conjoint::study::Study;
use conjoint::sweep::ExtrapolatedRow;

use crate::args::Edits;
use crate::error::{Failure, tell, warn};
use crate::model_args::PeopleOptions;

/// The files of a study's folder.
pub(crate) fn files(folder: &Path) -> Result<StudyFiles, Failure> {
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
pub(crate) fn study(files: &StudyFiles) -> Result<Arc<Study>, Failure> {
    let StudyReading { study, warnings } = read_study(files)?;
    tell(&warnings);
    Ok(Arc::new(study))
}

/// The study of a folder, with the weights that are asked for in place of its own.
pub(crate) fn weighted(
    folder: &Path,
    people: &PeopleOptions,
) -> Result<(StudyFiles, Arc<Study>), Failure> {
    let mut files = files(folder)?;
    let Some(path) = &people.weights else {
        let study = study(&files)?;
        return Ok((files, study));
    };
    let bytes = std::fs::read(path).map_err(|error| Failure::Weights {
        path: path.clone(),
        reason: error.to_string(),
    })?;
    files.insert(WEIGHTS, bytes);
    match study(&files) {
        Err(Failure::Study(problems)) => {
            let name = path.display().to_string();
            Err(Failure::Study(problems.rename_file(WEIGHTS, &name)))
        }
        study => study.map(|study| (files, study)),
    }
}

/// The study of a folder under the edits: those of a saved scenario first.
pub(crate) fn simulation(edits: &Edits) -> Result<Simulation, Failure> {
    let (files, study) = weighted(&edits.data, &edits.model.people)?;
    let mut warnings = Vec::new();
    let mut scenario = match &edits.scenario {
        Some(path) => saved(path, edits.name.as_deref(), &files, &study, &mut warnings)?,
        None => Scenario::baseline(&study),
    };
    let set = edits.set.iter().map(|text| (Verb::Set, text));
    let withdraw = edits.withdraw.iter().map(|text| (Verb::Withdraw, text));
    for (verb, text) in set.chain(withdraw) {
        let argument = format!("--{} {text}", verb.word());
        match scenario.edit(&study, verb, text) {
            Ok(warning) => {
                warnings.extend(warning.map(|warning| format!("{argument}: {warning}")));
            }
            Err(error) => return Err(Failure::Edit { argument, error }),
        }
    }
    let model = edits.model.choice_model(&study, &scenario)?;
    let mut simulation = Simulation::with_model(study, model)?;
    simulation.set_scenario(scenario);
    for warning in &warnings {
        warn(warning);
    }
    Ok(simulation)
}

/// A scenario of a file; that the file is another study's is a warning.
fn saved(
    path: &Path,
    name: Option<&str>,
    files: &StudyFiles,
    study: &Study,
    warnings: &mut Vec<String>,
) -> Result<Scenario, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::Read {
        path: path.to_owned(),
        reason: error.to_string(),
    })?;
    let failure = |error| Failure::Scenario {
        path: path.to_owned(),
        error: Box::new(error),
    };
    let file = SavedScenarios::read(&text).map_err(failure)?;
    let saved = file.find(name).map_err(failure)?;
    let applied = saved.apply(study).map_err(failure)?;
    let own = files.identity();
    let StudyName { title, digest } = &file.study;
    let place = path.display();
    if *digest != own {
        warnings.push(format!(
            "{place}: the scenarios are of the study `{title}` ({digest}), and this one is {own}; \
             check that the ids mean the same offers"
        ));
    }
    for (entry, warning) in applied.outside {
        let name = &saved.name;
        warnings.push(format!("{place}: scenario `{name}`: {entry}: {warning}"));
    }
    Ok(applied.scenario)
}

/// Warns of rows whose values leave the surveyed range.
pub(crate) fn warn_outside(study: &Study, outside: &[ExtrapolatedRow]) {
    for row in outside {
        let (number, column) = (row.row, row.cost.name(study));
        warn(&format!("--row {number}: {column}: {}", row.warning()));
    }
}
