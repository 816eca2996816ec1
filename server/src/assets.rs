//! All that can be asked for, read once at start and ready to be sent.
//!
//! Each file is kept in every coding that makes it smaller, each with its finished headers
//! and those of its 304 answer: a request computes nothing, it chooses. The parts:
//! [`folder`] reads files, [`media`] knows types by name, [`compress`] makes the codings,
//! [`prepared`] gives them their headers, [`refusal`] holds the answers that are not files.

pub mod compress;
pub mod folder;
pub mod media;
pub mod prepared;
pub mod refusal;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use serde_json::json;
use thiserror::Error;

use crate::config::ServeOptions;
use crate::respond::HEALTH;
use compress::Effort;
use folder::{Depth, FolderError, Found};
use prepared::{Asset, Keep, Prepared};
use refusal::{Refusal, Refusals};

/// Below these the page finds the study and what was computed before from it.
const DATA: &str = "Data";
const PRECOMPUTED: &str = "Precomputed Data";

/// Why there is nothing to serve. Each message says what to do.
#[derive(Debug, Error)]
pub enum AssetError {
    /// The page is not there.
    #[error("cannot read the site folder {0}; run `make dist` first, or name another with --site")]
    Site(FolderError),
    /// The folder of the page holds no page.
    #[error(
        "the site folder `{}` has no index.html; run `make dist` first, or name another with --site",
        .0.display()
    )]
    NoPage(PathBuf),
    /// The study is not there.
    #[error("cannot read the data folder {0}; name the study's folder with --data")]
    Data(FolderError),
    /// What was computed before is not there.
    #[error(
        "cannot read the precomputed folder {0}; run `conjoint precompute`, or name a folder with --precomputed (it may be empty)"
    )]
    Precomputed(FolderError),
}

/// The prepared set: what is not in it does not exist.
#[derive(Debug)]
pub struct Assets {
    files: HashMap<String, Asset>,
    refusals: Refusals,
}

impl Assets {
    /// Reads and prepares the three folders.
    ///
    /// # Errors
    ///
    /// When a folder, or a file in one, cannot be read, or there is no page.
    pub fn load(options: &ServeOptions) -> Result<Self, AssetError> {
        let mut files = HashMap::new();
        let site = folder::read(&options.site, Depth::All).map_err(AssetError::Site)?;
        for found in site {
            let keep = if media::has_content_hash(&found.name) {
                Keep::Forever
            } else {
                Keep::Revalidate
            };
            let path = format!("/{}", found.name);
            files.insert(path, Asset::prepare(found, keep, Effort::Site));
        }
        let page = files
            .get("/index.html")
            .cloned()
            .ok_or_else(|| AssetError::NoPage(options.site.clone()))?;
        files.insert("/".to_owned(), page);

        let data = folder::read(&options.data, Depth::Top).map_err(AssetError::Data)?;
        mount(&mut files, DATA, data);
        let precomputed =
            folder::read(&options.precomputed, Depth::Top).map_err(AssetError::Precomputed)?;
        mount(&mut files, PRECOMPUTED, precomputed);

        files.insert(HEALTH.to_owned(), health());
        Ok(Self {
            files,
            refusals: Refusals::prepare(),
        })
    }

    /// The file that is served at `path`, which is decoded.
    pub fn find(&self, path: &str) -> Option<&Asset> {
        self.files.get(path)
    }

    /// The answer to a request that gets no file.
    pub fn refusal(&self, refusal: Refusal) -> &Prepared {
        self.refusals.get(refusal)
    }

    /// How many paths there are.
    pub fn paths(&self) -> usize {
        self.files.len()
    }
}

/// Puts the files of a data folder below `/name/`, and at `/name/` the list of them: some of
/// a study's files are optional, and asking for one that is not there is an error in the
/// browser's console. Each has its digest beside it, so that whoever keeps a copy sees from the
/// list alone what has changed, and never mixes files of two states of a study.
fn mount(files: &mut HashMap<String, Asset>, name: &str, folder: Vec<Found>) {
    let digests: BTreeMap<&str, String> = folder
        .iter()
        .map(|found| (found.name.as_str(), prepared::digest(&found.body)))
        .collect();
    let listing = format!("{}\n", json!({ "files": digests }));
    for path in [format!("/{name}"), format!("/{name}/")] {
        let list = Found::from_memory("listing.json", listing.clone());
        files.insert(path, Asset::prepare(list, Keep::Revalidate, Effort::Data));
    }
    for found in folder {
        let path = format!("/{name}/{}", found.name);
        files.insert(path, Asset::prepare(found, Keep::Revalidate, Effort::Data));
    }
}

/// What a load balancer hears while the server runs.
fn health() -> Asset {
    let well = Found::from_memory("healthz.txt", "ok\n".to_owned());
    Asset::prepare(well, Keep::Never, Effort::Data)
}
