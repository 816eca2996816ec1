//! The layers of the crate: each module uses only those below it, and no page uses another.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. Modules of one layer do not use each other.
const LAYERS: [&[&str]; 7] = [
    &["state", "browser"],
    &["compute"],
    &["format"],
    &["text"],
    &["charts"],
    &["components"],
    &["pages"],
];

/// All source files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| match path.is_dir() {
        true => sources(&path),
        false => vec![path],
    });
    files.collect()
}

/// The modules that a file names by paths such as `crate::pages::data`: `["pages", "data"]`.
fn paths(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|letter: char| !(letter.is_alphanumeric() || "_:".contains(letter)));
        rest[..end.unwrap_or(rest.len())].split("::").collect()
    })
}

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

#[test]
fn modules_use_only_the_layers_below_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut checked = 0;
    for file in sources(&root) {
        let place = file.strip_prefix(&root).unwrap().with_extension("");
        let place: Vec<&str> = place.iter().map(|part| part.to_str().unwrap()).collect();
        // What is in no layer, such as the root component, may use everything.
        let Some(layer) = layer_of(place[0]) else {
            continue;
        };
        for path in paths(&fs::read_to_string(&file).unwrap()) {
            checked += 1;
            let is_own = path[0] == place[0];
            let is_below = layer_of(path[0]).is_some_and(|used| used < layer);
            assert!(is_own || is_below, "{place:?} uses {path:?}");
            let is_other_page = place[0] == "pages" && is_own && path.get(1) != place.get(1);
            assert!(!is_other_page, "the page {place:?} uses {path:?}");
        }
    }
    assert!(checked > 100, "only {checked} paths were found");
}
