//! Studies for tests: one place for every fixture in the workspace.
//!
//! Other crates get this module with the feature `testing`, in their dev-dependencies only. All
//! functions panic when something is wrong, with a message that says what.
//!
//! # Examples
//! ```
//! use conjoint::format::OFFERS;
//! use conjoint::simulation::scenario::Verb;
//! use conjoint::testing::{edit_scenario, generate_study, read_valid, replace_text, small_files};
//!
//! let study = generate_study(1, &[("Gen X", 3), ("Millennial", 2)]);
//! let scenario = edit_scenario(&study, &[(Verb::Set, "9.monthly_cost=449")]);
//! assert_ne!(scenario.offers(), study.offers());
//!
//! let study = read_valid(&replace_text(&small_files(), OFFERS, "Two", "Three"));
//! assert_eq!(study.offers().iter().last().unwrap().model, "Three");
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot build its study fails by panicking"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::format::{
    BASE_ARPU, BRANDS, CHURN, DRAWS, MONEY_FILES, OFFERS, RECONTRACT, SETTINGS, StudyFiles,
    UTILITIES, VOLUMES, read_study, write_npy, write_study,
};
use crate::sample_study::{Sample, generate};
use crate::simulation::Simulation;
use crate::simulation::scenario::{Scenario, Verb};
use crate::study::Study;

/// Draws a study of the shipped offers, with the given number of respondents per segment. Segments
/// are `Millennial`, `Gen X` and `Baby Boomer`.
pub fn generate_study(seed: u64, segments: &[(&str, u32)]) -> Study {
    let respondents = segments.iter();
    let respondents = respondents.map(|(name, count)| ((*name).to_owned(), *count));
    let sample = Sample {
        seed,
        respondents: respondents.collect(),
    };
    generate(&sample).unwrap_or_else(|error| panic!("{error}"))
}

/// The files of [`generate_study`].
pub fn generate_files(seed: u64, segments: &[(&str, u32)]) -> StudyFiles {
    write_study(&generate_study(seed, segments))
}

/// A simulation of [`generate_study`] at its own offers.
pub fn generate_simulation(seed: u64, segments: &[(&str, u32)]) -> Simulation {
    Simulation::new(Arc::new(generate_study(seed, segments)))
}

/// Reads a study that must be valid.
pub fn read_valid(files: &StudyFiles) -> Study {
    let reading = read_study(files);
    reading
        .unwrap_or_else(|problems| panic!("{problems}"))
        .study
}

/// A simulation of the study in files, at its own offers.
pub fn simulate_files(files: &StudyFiles) -> Simulation {
    Simulation::new(Arc::new(read_valid(files)))
}

/// A study's own offers after some edits, each written as on the command line.
pub fn edit_scenario(study: &Study, edits: &[(Verb, &str)]) -> Scenario {
    let mut scenario = Scenario::baseline(study);
    for (verb, text) in edits {
        let edited = scenario.edit(study, *verb, text);
        edited.unwrap_or_else(|error| panic!("{text}: {error}"));
    }
    scenario
}

/// Files from names and texts.
pub fn collect_files(texts: &[(&str, &str)]) -> StudyFiles {
    let mut files = StudyFiles::default();
    for (name, text) in texts {
        files.insert(name, text.as_bytes().to_vec());
    }
    files
}

/// The text of a file.
pub fn file_text<'f>(files: &'f StudyFiles, name: &str) -> &'f str {
    let bytes = files.get(name).unwrap_or_else(|| panic!("no {name}"));
    std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The files with the text of one of them changed by `change`.
pub fn change_text(
    files: &StudyFiles,
    name: &str,
    change: impl FnOnce(&str) -> String,
) -> StudyFiles {
    let mut changed = files.clone();
    changed.insert(name, change(file_text(files, name)).into_bytes());
    changed
}

/// The files with every `from` replaced by `to` in one of them, which must contain `from`.
pub fn replace_text(files: &StudyFiles, name: &str, from: &str, to: &str) -> StudyFiles {
    change_text(files, name, |text| {
        assert!(text.contains(from), "{name} does not contain {from}");
        text.replace(from, to)
    })
}

/// The files without those behind the money figures.
pub fn remove_money(files: &StudyFiles) -> StudyFiles {
    let mut files = files.clone();
    for name in MONEY_FILES {
        files.remove(name);
    }
    files
}

/// The respondents' file of [`small_files`].
pub const SMALL_UTILITIES: &str = "\
id,segment,current brand,brand,brand,colour,colour,monthly_cost,monthly_cost,upfront_cost,upfront_cost,term,term
id,segment,current brand,Ant,Bee,red,blue,300,100,0,1000,12,24
p1,young,Ant,1,-1,0.5,-0.5,-1,1,0.5,-0.5,0.1,-0.1
p2,old,Bee,-1,1,0.25,-0.25,-2,2,0.5,-0.5,0.1,-0.1
p3,old,Bee,0.5,-0.5,0.25,-0.25,-2,2,0.5,-0.5,0.1,-0.1
";

/// A small study with money: two brands, two segments, three respondents, and one attribute besides
/// brand and costs.
pub fn small_files() -> StudyFiles {
    collect_files(&[
        (UTILITIES, SMALL_UTILITIES),
        (
            OFFERS,
            "id,brand,model,monthly_cost,upfront_cost,term,colour\n\
             a,Ant,One,200,500,12,red\n\
             b,Bee,Two,150,0,24,blue\n",
        ),
        (RECONTRACT, "brand,young,old\nAnt,0.5,0.25\nBee,0.5,0.5\n"),
        (CHURN, "brand,young,old\nAnt,0.25,0.25\nBee,0.5,0.25\n"),
        (BASE_ARPU, "brand,young,old\nAnt,100,110\nBee,200,220\n"),
        (
            VOLUMES,
            "brand,Share of SIOs,EBIT margin per SIO,Fixed cost percentage\n\
             Ant,0.75,0.1,0.5\nBee,0.25,0.2,0.9\n",
        ),
        (
            BRANDS,
            "brand,parent,tier,colour\nAnt,Insects,major,#112233\nBee,Insects,,gold\n",
        ),
        (
            SETTINGS,
            "{\"title\": \"Small\", \"market_size_thousands\": 8}",
        ),
    ])
}

/// As little as a study can contain: no money, no segments, no current brands and one cost, with
/// its own names for three columns.
pub fn minimal_files() -> StudyFiles {
    collect_files(&[
        (
            UTILITIES,
            "who,maker,maker,colour,colour,price,price\n\
             who,Ant,Bee,red,blue,300,100\n\
             p1,1,-1,0.5,-0.5,-1,1\n\
             p2,-1,1,0.25,-0.25,-2,2\n",
        ),
        (
            OFFERS,
            "id,maker,model,price,colour\na,Ant,One,200,red\nb,Bee,Two,150,blue\n",
        ),
        (
            SETTINGS,
            "{\"columns\": {\"id\": \"who\", \"brand\": \"maker\", \"monthly_cost\": \"price\"},\n\
             \"words\": {\"customers\": \"subscribers\"}}",
        ),
    ])
}

/// A folder at the top level of the repository, for example `Data`.
pub fn repository_folder(name: &str) -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.join("..").join(name)
}

/// The files of the study that ships, from the folder `Data`.
pub fn shipped_files() -> StudyFiles {
    StudyFiles::read_dir(&repository_folder("Data"))
}

/// Adds posterior draws to the files of a valid study: draw `d` of respondent `r` has the part-worths of
/// the file, and `shift(d, r)` more for the first level.
pub fn add_draws(files: &mut StudyFiles, draws: usize, shift: impl Fn(usize, usize) -> f64) {
    let part_worths = read_valid(files).respondents.part_worths;
    let (respondents, columns) = part_worths.shape();
    let mut values = Vec::new();
    for respondent in 0..respondents {
        for draw in 0..draws {
            for column in 0..columns {
                let added = if column == 0 {
                    shift(draw, respondent)
                } else {
                    0.0
                };
                values.push((part_worths[(respondent, column)] + added) as f32);
            }
        }
    }
    files.insert(DRAWS, write_npy([respondents, draws, columns], &values));
}
