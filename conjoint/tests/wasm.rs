//! The same bytes in Wasm as natively: runs in node, by `wasm-bindgen-test-runner`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(target_family = "wasm")]

#[path = "estimation/same_draws.rs"]
mod same_draws;

use std::sync::Arc;

use conjoint::format::write_study;
use conjoint::sample_study::precompute;
use conjoint::sample_study::{Sample, generate};
use conjoint::simulation::Simulation;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_shipped_study_is_drawn_to_the_byte() {
    let study = generate(&Sample::default()).unwrap();
    let files = write_study(&study);
    let shipped: [(&str, &[u8]); 8] = [
        (
            "UtilityScoresEV.csv",
            include_bytes!("../../Data/UtilityScoresEV.csv"),
        ),
        (
            "baseARPU_EV.csv",
            include_bytes!("../../Data/baseARPU_EV.csv"),
        ),
        (
            "baseVolumeEBIT_EV.csv",
            include_bytes!("../../Data/baseVolumeEBIT_EV.csv"),
        ),
        ("brands.csv", include_bytes!("../../Data/brands.csv")),
        (
            "churnRateEV.csv",
            include_bytes!("../../Data/churnRateEV.csv"),
        ),
        (
            "leaseOffers.csv",
            include_bytes!("../../Data/leaseOffers.csv"),
        ),
        (
            "recontractRateEV.csv",
            include_bytes!("../../Data/recontractRateEV.csv"),
        ),
        ("study.json", include_bytes!("../../Data/study.json")),
    ];
    assert!(files.iter().eq(shipped));

    let manifest: &[u8] = include_bytes!("../../Precomputed Data/manifest.json");
    let simulation = Simulation::new(Arc::new(study));
    let made = precompute::compute_files(&files, &simulation);
    assert_eq!(made.get("manifest.json"), Some(manifest));
}

#[wasm_bindgen_test]
fn estimates_have_the_same_draws() {
    assert_eq!(same_draws::digest(), same_draws::DIGEST);
}
