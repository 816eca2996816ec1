//! The study and its precomputed data, from the server.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use conjoint::precompute::{self, Stale};
use conjoint::simulation::Simulation;
use conjoint::study::{self, Study, StudyFiles};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::components::Problem;
use crate::js::fetch::{self, FetchError, Progress};
use crate::js::offline;

const DATA: &str = "Data";
const PRECOMPUTED: &str = "Precomputed Data";

/// A study on its way.
#[derive(Clone, PartialEq)]
pub enum Load {
    /// Not all there yet.
    Loading(Progress),
    /// Read, checked and computed at its own offers.
    Ready(Rc<Loaded>),
    /// Every reason why there is no study to show.
    Failed(Vec<Problem>),
}

/// A study that can be worked on.
pub struct Loaded {
    /// The study's files, as they were read.
    pub files: Rc<StudyFiles>,
    /// The study at its own offers.
    pub simulation: Simulation,
    /// Why the server's precomputed data says nothing about this study.
    pub doubt: Option<Doubt>,
}

/// Why precomputed data cannot be held against what the page computes.
#[derive(Debug, Clone, PartialEq)]
pub enum Doubt {
    /// It did not arrive.
    Unread(FetchError),
    /// It is another study's, or another program's.
    Stale(Stale),
}

impl PartialEq for Loaded {
    /// A study is loaded once: two are equal if they are the same one.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(self.simulation.study(), other.simulation.study())
    }
}

/// Reads the study once, when the component first appears.
#[hook]
pub fn use_study() -> Load {
    let state = use_state(|| Load::Loading(Progress::default()));
    let setter = state.setter();
    use_effect_with((), move |()| {
        spawn_local(async move {
            let progress = |progress| setter.set(Load::Loading(progress));
            setter.set(match load(progress).await {
                Ok(loaded) => Load::Ready(Rc::new(loaded)),
                Err(problems) => {
                    // The server may have a better one than what this browser keeps.
                    if offline::is_in_use() {
                        offline::check(&paths());
                    }
                    Load::Failed(problems)
                }
            });
        });
    });
    (*state).clone()
}

/// The addresses of all that a study may consist of.
pub fn paths() -> Vec<String> {
    let data = study::NAMES.iter().map(|name| fetch::path(DATA, name));
    let made = precompute::CHECKED.iter();
    data.chain(made.map(|name| fetch::path(PRECOMPUTED, name)))
        .collect()
}

async fn load(progress: impl Fn(Progress)) -> Result<Loaded, Vec<Problem>> {
    let wanted = |name: &str| study::NAMES.contains(&name);
    let inputs = fetch::folder(DATA, wanted, progress)
        .await
        .map_err(|error| vec![unread(&error)])?;
    let inputs = files(inputs);
    let study = Study::read(&inputs).map_err(|problems| {
        let errors = problems
            .iter()
            .filter(|problem| !problem.fault.is_warning());
        errors.map(Problem::from).collect::<Vec<_>>()
    })?;
    let simulation = Simulation::new(Arc::new(study));
    // The page shows its own figures, whatever is wrong with the precomputed ones.
    let wanted = |name: &str| precompute::CHECKED.contains(&name);
    let doubt = match fetch::folder(PRECOMPUTED, wanted, |_| {}).await {
        Ok(made) => precompute::verify(&inputs, &simulation, &files(made))
            .err()
            .map(Doubt::Stale),
        Err(error) => Some(Doubt::Unread(error)),
    };
    Ok(Loaded {
        files: Rc::new(inputs),
        simulation,
        doubt,
    })
}

fn files(fetched: BTreeMap<String, Vec<u8>>) -> StudyFiles {
    let mut files = StudyFiles::default();
    for (name, bytes) in fetched {
        files.insert(&name, bytes);
    }
    files
}

fn unread(error: &FetchError) -> Problem {
    let remedy = match error {
        FetchError::Unreachable { .. } => "check that the server runs, then reload the page",
        FetchError::Status { .. } | FetchError::Listing { .. } => {
            "check the folder that the server's --data names, restart it, then reload the page"
        }
    };
    Problem {
        place: error.file().to_owned(),
        what: format!("{error}; {remedy}"),
    }
}
