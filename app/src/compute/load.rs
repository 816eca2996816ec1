//! A study that is to be shown: the server's with its precomputed data, or one that this browser
//! keeps.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::format::{self, Problems, StudyFiles, StudyReading, read_study};
use conjoint::sample_study::precompute::{self, PrecomputedError};
use conjoint::simulation::Simulation;
use futures::future::join;
use js_sys::Uint8Array;

use super::client::StudySource;
pub use crate::browser::fetch::Progress;
use crate::browser::fetch::{self, FetchError};
use crate::browser::service_worker;
use crate::compute::Problem;

const DATA: &str = "Data";
const PRECOMPUTED: &str = "Precomputed Data";

/// A study on its way.
#[derive(Clone, PartialEq)]
pub enum Load {
    /// Not all there yet.
    Loading(Progress),
    /// Being read: in words, and as a fraction where that is known.
    Reading(String, Option<f64>),
    /// Read, checked and computed at its own offers.
    Ready(Rc<Loaded>),
    /// All problems because of which there is no study to show.
    Failed(Vec<Problem>),
    /// Why a study that this browser stores cannot be read.
    Unavailable(String),
}

/// A study that can be worked on.
pub struct Loaded {
    /// Its files and its digest, for requests to workers.
    pub source: StudySource,
    /// Where it came from.
    pub origin: Origin,
    /// The study at its own offers.
    pub simulation: Simulation,
    /// What is unusual about its files.
    pub warnings: Problems,
    /// Why the server's precomputed data says nothing about this study.
    pub doubt: Option<Doubt>,
}

/// Where a study came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// From the server.
    Server,
    /// Stored in this browser.
    Stored,
    /// Opened from files, but not stored.
    Opened,
}

/// Why precomputed data cannot be held against what the page computes.
#[derive(Debug, Clone, PartialEq)]
pub enum Doubt {
    /// It did not arrive.
    Unread(FetchError),
    /// It is another study's, or another program's.
    Stale(PrecomputedError),
}

impl PartialEq for Loaded {
    /// A study is loaded once: two are equal if they are the same one.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(self.simulation.selected(), other.simulation.selected())
    }
}

/// The server's study.
pub async fn shipped(progress: impl Fn(Progress)) -> Load {
    match read(progress).await {
        Ok(loaded) => Load::Ready(Rc::new(loaded)),
        Err(problems) => {
            // The server may have a better one than what this browser keeps.
            if service_worker::is_active() {
                service_worker::check_for_updates(&paths());
            }
            Load::Failed(problems)
        }
    }
}

/// The server's study as files.
///
/// # Errors
/// Why they did not arrive, in words.
pub async fn shipped_files() -> Result<StudyFiles, String> {
    let names: Vec<&str> = format::known_names().collect();
    let fetched = fetch::folder(DATA, &names, &|_| {}).await;
    fetched.map_err(|error| unread(&error).text)
}

/// A study of the reader's own, from the files that the worker has checked and packed.
///
/// # Errors
/// That they are no study, which is the program's own fault, in words.
pub fn from_worker(
    digest: &str,
    is_stored: bool,
    names: Vec<String>,
    contents: Vec<Uint8Array>,
) -> Result<Loaded, String> {
    let mut files = StudyFiles::default();
    for (name, content) in names.iter().zip(contents) {
        files.insert(name, content.to_vec());
    }
    let StudyReading { study, warnings } =
        read_study(&files).map_err(|problems| problems.to_string())?;
    Ok(Loaded {
        source: StudySource {
            digest: Rc::from(digest),
            files: Rc::new(files),
        },
        warnings,
        simulation: Simulation::new(Arc::new(study)),
        origin: if is_stored {
            Origin::Stored
        } else {
            Origin::Opened
        },
        doubt: None,
    })
}

/// The addresses of all that a study may consist of.
pub fn paths() -> Vec<String> {
    let data = format::known_names().map(|name| fetch::path(DATA, name));
    let made = precompute::CHECKED.iter();
    data.chain(made.map(|name| fetch::path(PRECOMPUTED, name)))
        .collect()
}

async fn read(progress: impl Fn(Progress)) -> Result<Loaded, Vec<Problem>> {
    let names: Vec<&str> = format::known_names().collect();
    let (inputs, made) = join(
        fetch::folder(DATA, &names, &progress),
        fetch::folder(PRECOMPUTED, &precompute::CHECKED, &|_| {}),
    )
    .await;
    let inputs = inputs.map_err(|error| vec![unread(&error)])?;
    let StudyReading { study, warnings } = read_study(&inputs).map_err(|problems| {
        let errors = problems
            .iter()
            .filter(|problem| !problem.error.is_warning());
        errors.map(Problem::from).collect::<Vec<_>>()
    })?;
    let simulation = Simulation::new(Arc::new(study));
    // The page shows its own figures, whatever is wrong with the precomputed ones.
    let doubt = match made {
        Ok(made) => precompute::verify(&inputs, &simulation, &made)
            .err()
            .map(Doubt::Stale),
        Err(error) => Some(Doubt::Unread(error)),
    };
    Ok(Loaded {
        source: StudySource {
            digest: Rc::from(inputs.identity()),
            files: Rc::new(inputs),
        },
        warnings,
        origin: Origin::Server,
        simulation,
        doubt,
    })
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
        text: format!("{error}; {remedy}"),
    }
}
