//! The modules of the model form a tower: each uses only modules below it.
//!
//! The test reads the paths that begin with `crate::`, and those that reach the root of the crate
//! with `super::`, in all code except tests. Unit tests may use any module, so that they can build a
//! study from files.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
// The sources are not there when the tests run in Wasm.
#![cfg(not(target_family = "wasm"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module, and the modules directly below it. It may use those and everything below them.
///
/// To add a module, add a line. To let a module use one that is not below it, first ask whether the
/// shared part belongs further down.
const TOWER: [(&str, &[&str]); 16] = [
    ("csv_text", &[]),
    ("index_vec", &[]),
    ("report", &[]),
    ("stats", &["index_vec"]),
    ("study", &["stats"]),
    ("format", &["study", "csv_text"]),
    ("import", &["format"]),
    // It reads choices as people save them, and writes a study.
    ("estimation", &["format", "report"]),
    ("choice", &["study"]),
    ("market", &["choice"]),
    ("simulation", &["market"]),
    ("analysis", &["simulation"]),
    ("sweep", &["simulation", "report"]),
    ("optimizer", &["sweep", "analysis"]),
    // It writes the folder `Precomputed Data`, so it needs the format.
    ("sample_study", &["simulation", "format"]),
    ("testing", &["sample_study"]),
];

/// The module and all modules below it.
fn allowed(module: &str) -> BTreeSet<&'static str> {
    let mut allowed = BTreeSet::new();
    let mut open = vec![module];
    while let Some(next) = open.pop() {
        let entry = TOWER.iter().find(|(name, _)| *name == next);
        let (name, below) = entry
            .unwrap_or_else(|| panic!("`{next}` is missing in the table TOWER of {}", file!()));
        if allowed.insert(*name) {
            open.extend(*below);
        }
    }
    allowed
}

/// A use of a top-level module of the crate: its name, and the line, counted from 1.
type ModuleUse = (String, usize);

/// The top-level modules that a source uses outside tests. `depth` is 1 in a top-level module, 2 in
/// a module within it.
fn module_uses(source: &str, depth: usize) -> Vec<ModuleUse> {
    let code = without_comments_and_tests(source);
    let mut uses = Vec::new();
    let root = "super::".repeat(depth);
    for prefix in ["crate::", &root] {
        for (offset, _) in code.match_indices(prefix) {
            let is_whole = !code[..offset].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let is_longer = prefix != "crate::" && code[..offset].ends_with("super::");
            if is_whole && !is_longer {
                let line = 1 + code[..offset].matches('\n').count();
                let names = first_names(&code[offset + prefix.len()..]);
                uses.extend(names.into_iter().map(|name| (name, line)));
            }
        }
    }
    uses
}

/// The names that a path can begin with: `a` for `a::b`, `a` and `c` for `{a::b, c}`.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| {
        let text = text.trim_start();
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
        text[..end.unwrap_or(text.len())].to_owned()
    };
    let Some(list) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let mut names = vec![name(list)];
    let mut level = 1;
    for (offset, letter) in list.char_indices() {
        match letter {
            '{' => level += 1,
            '}' if level == 1 => break,
            '}' => level -= 1,
            ',' if level == 1 => names.push(name(&list[offset + 1..])),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The code with empty lines instead of comments and of items under `#[cfg(test)]`.
fn without_comments_and_tests(source: &str) -> String {
    let mut code = String::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        let text = line.trim_start();
        if text == "#[cfg(test)]" {
            code.push('\n');
            let indent = &line[..line.len() - text.len()];
            for line in lines.by_ref() {
                code.push('\n');
                let rest = line.strip_prefix(indent).unwrap_or_default();
                let is_outer = !rest.starts_with(' ');
                if is_outer && (rest.starts_with('}') || rest.ends_with(';')) {
                    break;
                }
            }
            continue;
        }
        code.push_str(line.split("//").next().unwrap_or_default());
        code.push('\n');
    }
    code
}

/// The sources under a path, without those of unit tests.
fn sources(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let product = paths.filter(|path| path.file_stem().unwrap() != "tests");
    product.flat_map(|path| sources(&path)).collect()
}

#[test]
fn each_module_uses_only_modules_below_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for source in sources(&src) {
        let path = source.strip_prefix(&src).unwrap();
        let module = path.iter().next().unwrap().to_str().unwrap();
        let module = module.trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        seen.insert(module.to_owned());
        let is_root = path.ends_with("mod.rs");
        let depth = path.iter().count() - usize::from(is_root);
        let allowed = allowed(module);
        for (used, line) in module_uses(&fs::read_to_string(&source).unwrap(), depth) {
            if !allowed.contains(used.as_str()) {
                let path = path.display();
                wrong.push(format!(
                    "src/{path}:{line}: `{module}` uses `{used}`, which is not below it"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let listed: BTreeSet<String> = TOWER.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(
        seen, listed,
        "the modules in src, and those in the table TOWER"
    );
}

#[test]
fn a_use_is_found_with_its_line() {
    let source = "\
//! A use of [`crate::optimizer`] in a comment.
use crate::study::Study;
use crate::{choice::{Rule, model}, market};

#[cfg(test)]
use crate::testing::small_files;

fn run() {
    let _ = crate::format::read_study; // crate::sweep
    super::super::sweep::run();
    super::near();
}

#[cfg(test)]
mod tests {
    use crate::analysis;
}

fn after() -> crate::stats::Draw {}
";
    let uses = module_uses(source, 2);
    let uses: Vec<(&str, usize)> = uses
        .iter()
        .map(|(name, line)| (name.as_str(), *line))
        .collect();
    assert_eq!(
        uses,
        [
            ("study", 2),
            ("choice", 3),
            ("market", 3),
            ("format", 9),
            ("stats", 19),
            ("sweep", 10),
        ]
    );
    // One level up, the same path does not reach the root.
    assert!(
        !module_uses(source, 3)
            .iter()
            .any(|(name, _)| name == "sweep")
    );
}

#[test]
fn what_is_below_is_allowed_and_what_is_above_is_not() {
    assert_eq!(allowed("study"), ["index_vec", "stats", "study"].into());
    assert!(allowed("optimizer").contains("study"));
    assert!(!allowed("choice").contains("format"));
    assert!(!allowed("format").contains("choice"));
}
