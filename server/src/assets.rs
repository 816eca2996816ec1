//! Every file the server can send, read once at startup and ready to go out.
//!
//! Each file is kept in every content coding that makes it smaller, with the complete headers
//! of its 200 and its 304 response. A request computes nothing; it only selects. The parts:
//! [`folder`] reads files, [`media_type`] derives types from names, [`compress`] produces the
//! encoded forms, [`prepared`] adds the headers, [`error_response`] holds the responses that
//! are not files.

pub mod compress;
pub mod error_response;
pub mod folder;
pub mod media_type;
pub mod prepared;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use serde_json::json;
use thiserror::Error;

use crate::config::ServeOptions;
use crate::respond::HEALTH_PATH;
use compress::CompressionEffort;
use error_response::{ErrorResponses, RequestError};
use folder::{FolderError, ReadDepth, SourceFile};
use prepared::{Asset, CachePolicy, PreparedResponse};

/// The URL folder from which the page loads the study.
const DATA_FOLDER: &str = "Data";
/// The URL folder from which the page loads the results precomputed from the study.
const PRECOMPUTED_FOLDER: &str = "Precomputed Data";

/// The folders cannot be served. Each message includes the remedy.
#[derive(Debug, Error)]
pub enum AssetError {
    /// The site folder, or a file in it, cannot be read.
    #[error("cannot read the site folder {0}; run `make dist` first, or name another with --site")]
    Site(FolderError),
    /// The site folder contains no page.
    #[error(
        "the site folder `{}` has no index.html; run `make dist` first, or name another with --site",
        .0.display()
    )]
    MissingPage(PathBuf),
    /// The data folder, or a file in it, cannot be read.
    #[error("cannot read the data folder {0}; name the study's folder with --data")]
    Data(FolderError),
    /// The precomputed folder, or a file in it, cannot be read.
    #[error(
        "cannot read the precomputed folder {0}; run `conjoint precompute`, or name a folder with --precomputed (it may be empty)"
    )]
    Precomputed(FolderError),
}

/// All prepared files by path. A path that is not in here does not exist.
#[derive(Debug)]
pub struct Assets {
    files: HashMap<String, Asset>,
    errors: ErrorResponses,
}

impl Assets {
    /// Reads and prepares the three folders.
    ///
    /// # Errors
    ///
    /// When a folder or one of its files cannot be read, or the site has no page.
    pub fn load(options: &ServeOptions) -> Result<Self, AssetError> {
        let mut files = HashMap::new();
        let site = folder::read(&options.site, ReadDepth::Recursive).map_err(AssetError::Site)?;
        for file in site {
            let cache = if media_type::has_content_hash(&file.name) {
                CachePolicy::Immutable
            } else {
                CachePolicy::Revalidate
            };
            let path = format!("/{}", file.name);
            files.insert(path, Asset::prepare(file, cache, CompressionEffort::Site));
        }
        let page = files
            .get("/index.html")
            .cloned()
            .ok_or_else(|| AssetError::MissingPage(options.site.clone()))?;
        files.insert("/".to_owned(), page);

        let data = folder::read(&options.data, ReadDepth::TopLevel).map_err(AssetError::Data)?;
        add_data_folder(&mut files, DATA_FOLDER, data);
        let precomputed = folder::read(&options.precomputed, ReadDepth::TopLevel)
            .map_err(AssetError::Precomputed)?;
        add_data_folder(&mut files, PRECOMPUTED_FOLDER, precomputed);

        files.insert(HEALTH_PATH.to_owned(), health_asset());
        Ok(Self {
            files,
            errors: ErrorResponses::prepare(),
        })
    }

    /// The file served at `path`, which must already be percent-decoded.
    pub fn find(&self, path: &str) -> Option<&Asset> {
        self.files.get(path)
    }

    /// The response to a request that fails with `error`.
    pub fn error_response(&self, error: RequestError) -> &PreparedResponse {
        self.errors.get(error)
    }

    /// The number of paths that can be requested.
    pub fn path_count(&self) -> usize {
        self.files.len()
    }
}

/// Adds the files of a data folder below `/name/`, and a listing of them at `/name/`. Some files
/// of a study are optional, and the browser logs an error on its console for each request that
/// gets a 404; the listing lets the page request only files that exist. It maps each name to a
/// digest, so that a client with a cached copy can see which files have changed and never mixes
/// two versions of a study.
fn add_data_folder(files: &mut HashMap<String, Asset>, name: &str, folder: Vec<SourceFile>) {
    let digests: BTreeMap<&str, String> = folder
        .iter()
        .map(|file| (file.name.as_str(), prepared::digest(&file.body)))
        .collect();
    let json = format!("{}\n", json!({ "files": digests }));
    let mut add = |path, file| {
        let asset = Asset::prepare(file, CachePolicy::Revalidate, CompressionEffort::Data);
        files.insert(path, asset);
    };
    for path in [format!("/{name}"), format!("/{name}/")] {
        let listing = SourceFile::from_memory("listing.json", json.clone());
        add(path, listing);
    }
    for file in folder {
        add(format!("/{name}/{}", file.name), file);
    }
}

/// The response to a load balancer's health check.
fn health_asset() -> Asset {
    let file = SourceFile::from_memory("healthz.txt", "ok\n".to_owned());
    Asset::prepare(file, CachePolicy::NoStore, CompressionEffort::Data)
}
