//! From a folder and a list of edits to a simulation.

use std::path::Path;
use std::sync::Arc;

use conjoint::choice::{ChoiceModel, ChoiceModelError};
use conjoint::format::{StudyFiles, StudyReading, WEIGHTS, open_study};
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::{SavedError, SavedScenarios, Scenario, StudyName, Verb};
use conjoint::stats::bootstrap::Uncertainty;
use conjoint::study::Study;
use conjoint::sweep::ExtrapolatedRow;

use crate::error::{CliError, print_problems, print_warning};
use crate::offer_sets::read_sets;
use crate::options::{RespondentOptions, ScenarioOptions, UncertaintyOption, option_error};
use crate::outside;

/// Reads the files of a study's folder.
pub(crate) fn read_files(folder: &Path) -> Result<StudyFiles, CliError> {
    let metadata = std::fs::metadata(folder);
    let reason = match metadata {
        Ok(metadata) if metadata.is_dir() => return Ok(StudyFiles::read_dir(folder)),
        Ok(_) if folder.extension().is_some_and(|ending| ending == "xlsx") => {
            return Ok(read_workbook(folder));
        }
        Ok(_) => "not a folder".to_owned(),
        Err(error) => error.to_string(),
    };
    Err(CliError::Folder {
        folder: folder.to_owned(),
        reason,
    })
}

/// A study in one workbook.
fn read_workbook(path: &Path) -> StudyFiles {
    let mut files = StudyFiles::default();
    let name = path.file_name().unwrap_or(path.as_os_str());
    files.read_file(&name.to_string_lossy(), path);
    files
}

/// Refuses a study without probabilities, for commands whose result consists of them.
pub(crate) fn require_probabilities(simulation: &Simulation) -> Result<(), CliError> {
    match simulation.model().has_probabilities(simulation.selected()) {
        true => Ok(()),
        false => Err(ChoiceModelError::Rescaled.into()),
    }
}

/// Parses a study and prints its warnings.
pub(crate) fn parse_study(files: &StudyFiles) -> Result<Arc<Study>, CliError> {
    let StudyReading { study, warnings } = open_study(files)?;
    print_problems(&warnings);
    Ok(Arc::new(study))
}

/// Reads a study with the weights of the option, if it is there, instead of the study's own.
pub(crate) fn read_weighted_study(
    folder: &Path,
    respondents: &RespondentOptions,
) -> Result<(StudyFiles, Arc<Study>), CliError> {
    let mut files = read_files(folder)?;
    let Some(path) = &respondents.weights else {
        let study = parse_study(&files)?;
        return Ok((files, study));
    };
    let bytes = std::fs::read(path).map_err(|error| CliError::WeightsFile {
        path: path.clone(),
        reason: error.to_string(),
    })?;
    files.insert(WEIGHTS, bytes);
    match parse_study(&files) {
        Err(CliError::Study(problems)) => {
            let name = path.display().to_string();
            Err(CliError::Study(problems.rename_file(WEIGHTS, &name)))
        }
        study => study.map(|study| (files, study)),
    }
}

/// Reads a study and applies the edits: first those of a saved scenario, then the others. The options of
/// the choice model override the settings of the scenario's. Figures are at the mean part-worths.
pub(crate) fn simulate(options: &ScenarioOptions) -> Result<Simulation, CliError> {
    simulate_uncertain(options, None)
}

/// The same; with `uncertainty`, figures are means over posterior draws where these are wanted.
pub(crate) fn simulate_uncertain(
    options: &ScenarioOptions,
    uncertainty: Option<&UncertaintyOption>,
) -> Result<Simulation, CliError> {
    let (files, study) = read_weighted_study(&options.data, &options.model.respondents)?;
    let (scenario, base) = match &options.scenario {
        Some(path) => {
            let saved = read_saved(path, &files)?;
            let found = saved.find(options.name.as_deref());
            let applied = found.and_then(|saved| saved.apply(&study));
            let applied = applied.map_err(|error| scenario_error(path, error))?;
            (applied.scenario, applied.model)
        }
        None => (Scenario::baseline(&study), None),
    };
    simulate_market(options, uncertainty, study, scenario, base)
}

/// Several markets by name: all scenarios of a file, or all sets of a table of offers.
pub(crate) type NamedSimulations = Vec<(String, Simulation)>;

/// Reads a study and all scenarios of the file that the options name, if they name none of them; otherwise
/// `None`.
pub(crate) fn simulate_scenarios(
    options: &ScenarioOptions,
    uncertainty: &UncertaintyOption,
) -> Result<Option<NamedSimulations>, CliError> {
    let (Some(path), None) = (&options.scenario, &options.name) else {
        return Ok(None);
    };
    let (files, study) = read_weighted_study(&options.data, &options.model.respondents)?;
    let saved = read_saved(path, &files)?;
    if saved.scenarios.is_empty() {
        return Ok(None);
    }
    let simulations = saved.scenarios.iter().map(|saved| {
        let applied = saved.apply(&study);
        let applied = applied.map_err(|error| scenario_error(path, error))?;
        let study = Arc::clone(&study);
        let (scenario, base) = (applied.scenario, applied.model);
        let simulation = simulate_market(options, Some(uncertainty), study, scenario, base)?;
        Ok((saved.name.clone(), simulation))
    });
    simulations.collect::<Result<_, CliError>>().map(Some)
}

/// Reads a study and all sets of a table of offers.
pub(crate) fn simulate_sets(
    options: &ScenarioOptions,
    uncertainty: &UncertaintyOption,
    path: &Path,
) -> Result<NamedSimulations, CliError> {
    let (_, study) = read_weighted_study(&options.data, &options.model.respondents)?;
    let sets = read_sets(path, &study)?.into_iter();
    let simulations = sets.map(|set| {
        let study = Arc::clone(&study);
        let simulation = simulate_market(options, Some(uncertainty), study, set.scenario, None)?;
        Ok((set.name, simulation))
    });
    simulations.collect()
}

/// The simulation of a scenario with the edits and the choice model of the options.
fn simulate_market(
    options: &ScenarioOptions,
    uncertainty: Option<&UncertaintyOption>,
    study: Arc<Study>,
    mut scenario: Scenario,
    base: Option<ChoiceModel>,
) -> Result<Simulation, CliError> {
    let set = options.set.iter().map(|text| (Verb::Set, text));
    let withdraw = options.withdraw.iter().map(|text| (Verb::Withdraw, text));
    for (verb, text) in set.chain(withdraw) {
        let argument = format!("--{} {text}", verb.word());
        if let Err(error) = scenario.edit(&study, verb, text) {
            return Err(CliError::Edit { argument, error });
        }
    }
    let base = base.unwrap_or_else(|| ChoiceModel::for_study(&study));
    let mut model = options.model.choice_model(&study, &scenario, base)?;
    model.uncertainty = match uncertainty {
        Some(option) => option.uncertainty.unwrap_or(model.uncertainty),
        None => Uncertainty::Respondents,
    };
    if model.uncertainty.uses_draws() && !study.has_draws() {
        return Err(option_error("--uncertainty", ChoiceModelError::NoDraws));
    }
    let mut simulation = Simulation::with_model(study, model)?;
    simulation.set_scenario(scenario);
    outside::print_notes(&simulation);
    Ok(simulation)
}

fn scenario_error(path: &Path, error: SavedError) -> CliError {
    CliError::Scenario {
        path: path.to_owned(),
        error: Box::new(error),
    }
}

/// Reads saved scenarios from a file; it is a warning if the file belongs to another study.
fn read_saved(path: &Path, files: &StudyFiles) -> Result<SavedScenarios, CliError> {
    let text = std::fs::read_to_string(path).map_err(|error| CliError::ScenarioFile {
        path: path.to_owned(),
        reason: error.to_string(),
    })?;
    let saved = SavedScenarios::read(&text).map_err(|error| scenario_error(path, error))?;
    let identity = files.identity();
    let StudyName { title, digest } = &saved.study;
    let place = path.display();
    if *digest != identity {
        print_warning(&format!(
            "{place}: the scenarios belong to the study `{title}` ({digest}), but this study is \
             {identity}; check that the ids mean the same offers"
        ));
    }
    Ok(saved)
}

/// Warns about rows with values outside the surveyed range.
pub(crate) fn warn_about_extrapolation(study: &Study, rows: &[ExtrapolatedRow]) {
    for row in rows {
        let (number, column) = (row.row, row.cost.name(study));
        print_warning(&format!("--row {number}: {column}: {}", row.warning()));
    }
}

/// The bytes of a file that the user named.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, CliError> {
    std::fs::read(path).map_err(|error| CliError::InputFile {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}
