//! The study that ships is the one that the program makes, byte for byte.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and prints when it is skipped"
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
            "{name}/{file} is not what the program makes"
        );
    }
}

#[test]
fn data_is_generated() {
    let study = generate(&Sample::default()).unwrap();
    assert_folder_holds("Data", &write_study(&study));
}

#[test]
fn precomputed_data_is_that_of_data() {
    let inputs = shipped_files();
    let simulation = simulate_files(&inputs);
    let files = precompute::files(&inputs, &simulation);
    assert_folder_holds("Precomputed Data", &files);
    assert_eq!(precompute::verify(&inputs, &simulation, &files), Ok(()));
}

#[test]
fn stale_precomputed_data_is_told() {
    let study = generate(&Sample::default()).unwrap();
    let inputs = write_study(&study);
    let simulation = Simulation::new(Arc::new(study));
    let files = precompute::files(&inputs, &simulation);
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
    let description = "baselinePrediction.csv is not the file that was made";
    assert_eq!(verify(&inputs, &damaged), description);
    for file in ["manifest.json", "simulate_new.csv"] {
        let mut missing = files.clone();
        missing.remove(file);
        assert_eq!(verify(&inputs, &missing), format!("{file} is missing"));
    }
    let mut damaged = files.clone();
    damaged.insert("manifest.json", b"{}".to_vec());
    assert!(verify(&inputs, &damaged).starts_with("manifest.json cannot be read"));

    // A manifest that was made from other files than those next to it.
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
    let description = "simulate_new.csv does not hold what the study gives";
    assert_eq!(verify(&inputs, &forged), description);
}
