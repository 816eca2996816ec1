//! `Precomputed Data`: the figures of the study's own offers, computed once so that the page can
//! check its own figures against them.
//!
//! The files have the layouts of the application published in 2020: matrices of respondents ×
//! products without a header, and tables with one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::choice::utility;
use crate::csv_text::write_rows;
use crate::format::StudyFiles;
use crate::index_vec::{ProductIndex, RespondentIndex};
use crate::simulation::Simulation;
use crate::study::{Cell, Study};

/// Utility of the numeric attributes only, respondents × products.
pub const UTILITY_NUMERIC: &str = "utilityNumeric.csv";
/// Utility, respondents × products.
pub const PERSON_PRODUCT: &str = "personProdMatch.csv";
/// Utility, with each respondent's id, segment and predicted choice.
pub const OFFER_MATCHING: &str = "offerMatching.csv";
/// Each respondent's predicted choice.
pub const BASELINE: &str = "baselinePrediction.csv";
/// Customers (thousands), revenue and EBIT (thousands per month) after the period, one row per
/// brand. Missing for a study without money figures.
pub const SIMULATE_NEW: &str = "simulate_new.csv";
/// The digests of all files.
pub const MANIFEST: &str = "manifest.json";

/// The files that [`verify`] reads. The others are only for people.
pub const CHECKED: [&str; 3] = [MANIFEST, BASELINE, SIMULATE_NEW];

/// Which files were made from which: SHA-256 by file name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The study's files.
    pub inputs: BTreeMap<String, String>,
    /// The files made from them.
    pub outputs: BTreeMap<String, String>,
}

/// Why precomputed data does not belong to a study.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrecomputedError {
    /// A precomputed file is missing.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// The manifest is invalid.
    #[error("{MANIFEST} cannot be read ({0})")]
    Manifest(String),
    /// A file of the study has changed.
    #[error("{0} has changed since")]
    Input(String),
    /// A precomputed file has changed.
    #[error("{0} was changed after it was written")]
    Output(String),
    /// A precomputed file contains other figures than the study's.
    #[error("{0} does not contain the study's figures")]
    Figures(&'static str),
}

/// The precomputed files of a study, and the manifest with their digests and those of `inputs`. There
/// are five files, or four without money figures.
pub fn compute_files(inputs: &StudyFiles, simulation: &Simulation) -> StudyFiles {
    let mut files = StudyFiles::default();
    files.insert(UTILITY_NUMERIC, utility_numeric(simulation.selected()));
    files.insert(PERSON_PRODUCT, person_product(simulation));
    files.insert(OFFER_MATCHING, offer_matching(simulation));
    files.insert(BASELINE, baseline(simulation));
    if let Some(money) = simulate_new(simulation) {
        files.insert(SIMULATE_NEW, money);
    }
    let manifest = Manifest {
        inputs: inputs.digests(),
        outputs: files.digests(),
    };
    // A map of texts always has a JSON form.
    let mut bytes = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    bytes.push(b'\n');
    files.insert(MANIFEST, bytes);
    files
}

/// Checks that precomputed files belong to a study: the digests in the manifest, the predicted
/// choices and the money figures.
///
/// # Errors
/// The first difference that shows that they belong to another study, or to an earlier version.
pub fn verify(
    inputs: &StudyFiles,
    simulation: &Simulation,
    precomputed: &StudyFiles,
) -> Result<(), PrecomputedError> {
    let bytes = |file| precomputed.get(file).ok_or(PrecomputedError::Missing(file));
    let manifest: Manifest = serde_json::from_slice(bytes(MANIFEST)?)
        .map_err(|error| PrecomputedError::Manifest(error.to_string()))?;
    let now = inputs.digests();
    let names = manifest.inputs.keys().chain(now.keys());
    for name in names {
        if manifest.inputs.get(name) != now.get(name) {
            return Err(PrecomputedError::Input(name.clone()));
        }
    }
    for (name, digest) in precomputed.digests() {
        if name != MANIFEST && manifest.outputs.get(&name) != Some(&digest) {
            return Err(PrecomputedError::Output(name));
        }
    }
    let made = [
        (BASELINE, Some(baseline(simulation))),
        (SIMULATE_NEW, simulate_new(simulation)),
    ];
    for (file, made) in made {
        // They consist of sums, products and counts, which are the same on every machine.
        if let Some(made) = made
            && bytes(file)? != made
        {
            return Err(PrecomputedError::Figures(file));
        }
    }
    Ok(())
}

fn utility_numeric(study: &Study) -> Vec<u8> {
    let respondents = study.respondents.len();
    let mut columns = vec![vec![0.0; respondents]; study.offers.len()];
    for (offer, column) in study.offers.iter().zip(&mut columns) {
        for (attribute, cell) in study.schema.attributes.indices().zip(&offer.cells) {
            if let Cell::Number(_) = cell {
                utility::add_all_part_worths(study, attribute, &offer.cells, column);
            }
        }
    }
    write_rows((0..respondents).map(|respondent| {
        let row = columns.iter().map(move |column| column[respondent]);
        row.map(|utility| utility.to_string())
            .collect::<Vec<String>>()
    }))
}

/// A respondent's utilities of all products; empty for withdrawn ones.
fn utilities(simulation: &Simulation, respondent: usize) -> impl Iterator<Item = String> {
    let row = simulation.baseline().utilities().row(respondent);
    let row = row.iter().map(|utility| match *utility {
        utility::WITHDRAWN => String::new(),
        utility => utility.to_string(),
    });
    row.collect::<Vec<String>>().into_iter()
}

fn person_product(simulation: &Simulation) -> Vec<u8> {
    let respondents = 0..simulation.selected().respondents.len();
    write_rows(respondents.map(|respondent| utilities(simulation, respondent)))
}

/// Brand and id of a respondent's predicted choice.
fn choice(simulation: &Simulation, respondent: RespondentIndex) -> [String; 2] {
    let study = simulation.selected();
    let chosen = simulation.baseline().first_choices()[respondent];
    let offer = chosen.map(|product: ProductIndex| &study.offers[product]);
    let brand = offer.and_then(|offer| study.schema.brand_of(offer));
    [
        brand.map_or(String::new(), |brand| study.brands[brand].name.clone()),
        offer.map_or(String::new(), |offer| offer.id.to_string()),
    ]
}

fn offer_matching(simulation: &Simulation) -> Vec<u8> {
    let study = simulation.selected();
    let words = |words: [&str; 6]| words.map(str::to_owned).into_iter();
    let brands = study.offers.iter().map(|offer| {
        let brand = study.schema.brand_of(offer);
        brand.map_or(String::new(), |brand| study.brands[brand].name.clone())
    });
    let ids = study.offers.iter().map(|offer| offer.id.to_string());
    let first = words(["id", "segment", "Brand", "Brand", "Product", "Product"]);
    let second = words(["id", "segment", "Baseline", "Live", "Baseline", "Live"]);
    let headers: [Vec<String>; 2] = [first.chain(brands).collect(), second.chain(ids).collect()];
    let people = &study.respondents;
    let rows = people.ids.enumerate().zip(0..).map(|((index, id), row)| {
        let segment = study.segments[people.segments[index]].clone();
        let [brand, product] = choice(simulation, index);
        // Without edits, the live choice is that of the baseline.
        [
            id.clone(),
            segment,
            brand.clone(),
            brand,
            product.clone(),
            product,
        ]
        .into_iter()
        .chain(utilities(simulation, row))
        .collect()
    });
    write_rows(headers.into_iter().chain(rows))
}

fn baseline(simulation: &Simulation) -> Vec<u8> {
    let header = ["id", "Baseline Brand", "Baseline Product"].map(str::to_owned);
    let ids = simulation.selected().respondents.ids.enumerate();
    let rows = ids.map(|(respondent, id)| {
        let [brand, product] = choice(simulation, respondent);
        [id.clone(), brand, product]
    });
    write_rows(std::iter::once(header).chain(rows))
}

fn simulate_new(simulation: &Simulation) -> Option<Vec<u8>> {
    let brands = simulation.baseline_brands()?.iter();
    Some(write_rows(brands.map(|change| {
        let new = change.new;
        [new.sio, new.revenue, new.ebit].map(|figure| figure.to_string())
    })))
}
