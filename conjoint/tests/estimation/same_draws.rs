//! The same draws natively and in Wasm: both tests compare with the same number.

use conjoint::estimation::{
    EstimationSettings, InputFile, Model, SurveyRequest, estimate, read_survey,
};

/// The digest of all part-worths of a short run.
pub const DIGEST: u64 = 5_960_821_696_711_849_649;

/// Runs two short chains on the example study, and digests the part-worths' bits (FNV-1a).
pub fn digest() -> u64 {
    let file = InputFile::open(
        "sawtooth-cbc.cho",
        include_bytes!("../examples/sawtooth-cbc.cho").to_vec(),
    );
    let survey = read_survey(&[file], &SurveyRequest::default()).unwrap();
    let settings = EstimationSettings {
        iterations: Some(120),
        ..EstimationSettings::new(Model::Hierarchical)
    };
    let estimation = estimate(&survey, &settings, &mut |_| true).unwrap();
    let bytes = estimation
        .part_worths
        .values
        .iter()
        .flatten()
        .flat_map(|value| value.to_bits().to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

#[cfg(not(target_family = "wasm"))]
#[test]
fn draws_are_the_same_natively() {
    assert_eq!(digest(), DIGEST);
}
