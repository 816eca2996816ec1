//! The layers of the page: which folders of `src` each folder may use. No page uses another.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer, from the ground up, with the layers below it that it may use. Files next to the
/// layers' folders, such as the root component, may use everything.
const LAYERS: [(&str, &[&str]); 9] = [
    ("state", &[]),
    ("format", &[]),
    ("browser", &[]),
    ("compute", &["state", "browser"]),
    ("text", &["state", "format", "compute"]),
    ("charts", &["state", "format", "text"]),
    (
        "components",
        &["state", "format", "browser", "compute", "text", "charts"],
    ),
    (
        "pages",
        &[
            "state",
            "format",
            "browser",
            "compute",
            "text",
            "charts",
            "components",
        ],
    ),
    (
        "importer",
        &[
            "format",
            "browser",
            "compute",
            "text",
            "charts",
            "components",
        ],
    ),
];

/// All source files below a folder.
fn find_sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| match path.is_dir() {
        true => find_sources(&path),
        false => vec![path],
    });
    files.collect()
}

/// The modules that a source names by paths such as `crate::pages::data`: `["pages", "data"]`.
fn find_paths(source: &str) -> impl Iterator<Item = Vec<&str>> {
    source.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|letter: char| !(letter.is_alphanumeric() || "_:".contains(letter)));
        rest[..end.unwrap_or(rest.len())].split("::").collect()
    })
}

#[test]
fn layers_use_only_layers_below_them() {
    for (place, (layer, allowed)) in LAYERS.iter().enumerate() {
        let below: Vec<&str> = LAYERS[..place].iter().map(|(name, _)| *name).collect();
        for other in *allowed {
            assert!(below.contains(other), "{layer} may use {other} above it");
        }
    }
}

#[test]
fn sources_use_only_what_their_layer_may_use() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut used = BTreeSet::new();
    for (layer, allowed) in LAYERS {
        for file in find_sources(&root.join(layer)) {
            let module = file.strip_prefix(&root).unwrap().with_extension("");
            let module: Vec<&str> = module.iter().map(|part| part.to_str().unwrap()).collect();
            let source = fs::read_to_string(&file).unwrap();
            for path in find_paths(&source) {
                let is_own = path[0] == layer;
                let is_allowed = is_own || allowed.contains(&path[0]);
                assert!(is_allowed, "{module:?} uses {path:?}");
                let is_other_page = layer == "pages" && is_own && path.get(1) != module.get(1);
                assert!(!is_other_page, "the page {module:?} uses {path:?}");
                used.insert((layer, path[0].to_owned()));
            }
        }
    }
    // The table allows nothing that no source needs, and the search for paths finds something.
    for (layer, allowed) in LAYERS {
        for other in allowed {
            let is_used = used.contains(&(layer, (*other).to_owned()));
            assert!(is_used, "{layer} does not use {other}");
        }
    }
}
