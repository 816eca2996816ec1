//! The shipped files are byte for byte those that the program generates.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::sync::Arc;

use conjoint::format::{StudyFiles, write_study};
use conjoint::sample_study::precompute;
use conjoint::sample_study::{Sample, generate};
use conjoint::simulation::Simulation;
use conjoint::testing::{repository_folder, shipped_files, simulate_files};

fn assert_folder_holds(name: &str, files: &StudyFiles) {
    let listed = std::fs::read_dir(repository_folder(name)).unwrap();
    let mut listed: Vec<String> = listed
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    listed.sort();
    let made: Vec<&str> = files.iter().map(|(name, _)| name).collect();
    assert_eq!(listed, made, "the files of {name}");
    for (file, bytes) in files.iter() {
        let found = std::fs::read(repository_folder(name).join(file)).unwrap();
        assert!(
            found == bytes,
            "{name}/{file} is not what the program generates"
        );
    }
}

#[test]
fn data_is_generated() {
    let study = generate(&Sample::default()).unwrap();
    assert_folder_holds("Data", &write_study(&study));
}

#[test]
fn precomputed_data_belongs_to_data() {
    let inputs = shipped_files();
    let simulation = simulate_files(&inputs);
    let files = precompute::compute_files(&inputs, &simulation);
    assert_folder_holds("Precomputed Data", &files);
    assert_eq!(precompute::verify(&inputs, &simulation, &files), Ok(()));
}

#[test]
fn stale_precomputed_data_is_refused() {
    let study = generate(&Sample::default()).unwrap();
    let inputs = write_study(&study);
    let simulation = Simulation::new(Arc::new(study));
    let files = precompute::compute_files(&inputs, &simulation);
    let verify = |inputs: &StudyFiles, files: &StudyFiles| {
        let stale = precompute::verify(inputs, &simulation, files).unwrap_err();
        stale.to_string()
    };

    let mut other = inputs.clone();
    other.insert("leaseOffers.csv", b"id\n".to_vec());
    assert_eq!(verify(&other, &files), "leaseOffers.csv has changed since");
    let mut fewer = inputs.clone();
    fewer.remove("brands.csv");
    assert_eq!(verify(&fewer, &files), "brands.csv has changed since");

    let mut damaged = files.clone();
    damaged.insert("baselinePrediction.csv", b"id\n".to_vec());
    let expected = "baselinePrediction.csv was changed after it was written";
    assert_eq!(verify(&inputs, &damaged), expected);
    for file in ["manifest.json", "simulate_new.csv"] {
        let mut missing = files.clone();
        missing.remove(file);
        assert_eq!(verify(&inputs, &missing), format!("{file} is missing"));
    }
    let mut damaged = files.clone();
    damaged.insert("manifest.json", b"{}".to_vec());
    assert!(verify(&inputs, &damaged).starts_with("manifest.json cannot be read"));

    // The manifest matches a file with other figures.
    let (_, first) = files
        .iter()
        .find(|(name, _)| *name == "simulate_new.csv")
        .unwrap();
    let wrong = [b"1,1,1\n".as_slice(), first].concat();
    let mut forged = files.clone();
    forged.insert("simulate_new.csv", wrong);
    let digest = &forged.digests()["simulate_new.csv"];
    let mut manifest: precompute::Manifest =
        serde_json::from_slice(files.get("manifest.json").unwrap()).unwrap();
    manifest
        .outputs
        .insert("simulate_new.csv".to_owned(), digest.clone());
    forged.insert("manifest.json", serde_json::to_vec(&manifest).unwrap());
    let expected = "simulate_new.csv does not contain the study's figures";
    assert_eq!(verify(&inputs, &forged), expected);
}
