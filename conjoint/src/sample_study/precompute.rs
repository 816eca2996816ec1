//! `Precomputed Data`: what the study's own offers lead to, written down once so that the page
//! can check itself against it.
//!
//! The files keep the layouts of the published application of 2020: matrices of respondents ×
//! products without a header, and tables with one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::choice::utility;
use crate::csv_text::write_rows;
use crate::format::StudyFiles;
use crate::index_vec::{ProductIndex, RespondentIndex};
use crate::simulation::Simulation;
use crate::study::{Cell, Study};

/// Utility of only the numeric attributes, respondents × products.
pub const UTILITY_NUMERIC: &str = "utilityNumeric.csv";
/// Utility, respondents × products.
pub const PERSON_PRODUCT: &str = "personProdMatch.csv";
/// Utility with every respondent's id, segment and predicted choice.
pub const OFFER_MATCHING: &str = "offerMatching.csv";
/// Every respondent's predicted choice.
pub const BASELINE: &str = "baselinePrediction.csv";
/// Customers (thousands), revenue and EBIT (thousands a month) after the period, a row a brand;
/// not there for a study without money.
pub const SIMULATE_NEW: &str = "simulate_new.csv";
/// Digests of the files that all of this was made from.
pub const MANIFEST: &str = "manifest.json";

/// The files that [`verify`] looks at; the others are there for people.
pub const CHECKED: [&str; 3] = [MANIFEST, BASELINE, SIMULATE_NEW];

/// What was made from what: SHA-256 by file name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The study's files.
    pub inputs: BTreeMap<String, String>,
    /// The files made from them.
    pub outputs: BTreeMap<String, String>,
}

/// Why precomputed data is not that of a study.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stale {
    /// A precomputed file is not there.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// The manifest is not one.
    #[error("{MANIFEST} cannot be read ({0})")]
    Manifest(String),
    /// The study's file is another one now.
    #[error("{0} has changed since")]
    Input(String),
    /// The precomputed file is not the one that was made.
    #[error("{0} is not the file that was made")]
    Output(String),
    /// The precomputed file does not hold what the study gives.
    #[error("{0} does not hold what the study gives")]
    Figures(&'static str),
}

/// The precomputed files of a study, five or without money four, and the manifest that ties them to `inputs`.
pub fn files(inputs: &StudyFiles, simulation: &Simulation) -> StudyFiles {
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

/// Checks that precomputed files are those of a study: the digests in the manifest, the
/// predicted choices and the money.
///
/// # Errors
/// The first thing that shows that they are of another study, or of an older state of it.
pub fn verify(
    inputs: &StudyFiles,
    simulation: &Simulation,
    precomputed: &StudyFiles,
) -> Result<(), Stale> {
    let bytes = |file| precomputed.get(file).ok_or(Stale::Missing(file));
    let manifest: Manifest = serde_json::from_slice(bytes(MANIFEST)?)
        .map_err(|error| Stale::Manifest(error.to_string()))?;
    let now = inputs.digests();
    let names = manifest.inputs.keys().chain(now.keys());
    for name in names {
        if manifest.inputs.get(name) != now.get(name) {
            return Err(Stale::Input(name.clone()));
        }
    }
    for (name, digest) in precomputed.digests() {
        if name != MANIFEST && manifest.outputs.get(&name) != Some(&digest) {
            return Err(Stale::Output(name));
        }
    }
    let made = [
        (BASELINE, Some(baseline(simulation))),
        (SIMULATE_NEW, simulate_new(simulation)),
    ];
    for (file, made) in made {
        // Only sums, products and counts: the same bytes on every machine, or another study.
        if let Some(made) = made
            && bytes(file)? != made
        {
            return Err(Stale::Figures(file));
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
                utility::add_part_worths(study, attribute, *cell, column);
            }
        }
    }
    write_rows((0..respondents).map(|respondent| {
        let row = columns.iter().map(move |column| column[respondent]);
        row.map(|utility| utility.to_string())
            .collect::<Vec<String>>()
    }))
}

/// A respondent's utilities of all products; those withdrawn have none.
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
        // The study's own offers are the live ones here.
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
