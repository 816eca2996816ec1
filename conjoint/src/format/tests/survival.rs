//! Reading survives any bytes, and every study that was read can be computed.

use super::*;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Reading gives a study or a list of problems, whatever a file contains.
    #[test]
    fn any_bytes_are_read_or_reported(
        mut files in prop::sample::select(vec![small_files(), minimal_files()]),
        file in prop::sample::select(FILE_NAMES.to_vec()),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        files.insert(file, bytes);
        survives(&files);
    }

    /// The same for valid files with a damaged part.
    #[test]
    fn any_damage_is_read_or_reported(
        mut files in prop::sample::select(vec![small_files(), minimal_files()]),
        file in prop::sample::select(FILE_NAMES.to_vec()),
        at in any::<prop::sample::Index>(),
        len in 0..12_usize,
        text in prop::sample::select(vec![
            "", ",", "\n", "\"", "\"\"", "NaN", "-1e308", "1e308", "1e-308", "1e12", "0", "é", "\u{feff}", "brand",
            ",,,,,,,,,", "\r\n\r\n", "{", "null", "price", "id",
        ]),
    ) {
        let mut bytes = files.remove(file).unwrap_or_default();
        let at = at.index(bytes.len() + 1);
        let end = (at + len).min(bytes.len());
        bytes.splice(at..end, text.bytes());
        files.insert(file, bytes);
        survives(&files);
    }
}

/// Reads the files and, if they are a study, computes every figure.
pub(super) fn survives(files: &StudyFiles) {
    let Ok(StudyReading { study, .. }) = read_study(files) else {
        return;
    };
    assert_eq!(
        read_study(&write_study(&study)).map(|reading| reading.study.offers),
        Ok(study.offers.clone())
    );
    let simulation = crate::simulation::Simulation::new(std::sync::Arc::new(study));
    for share in &simulation.shares() {
        assert!((0.0..=1.0).contains(&share.first_choice) && share.logit.is_finite());
    }
    assert_finite(&simulation);
    assert!(
        simulation
            .attraction()
            .iter()
            .all(|value| value.is_finite())
    );
    for brand in simulation.selected().brands().indices() {
        simulation.brand_attraction(brand);
        simulation.scavengers(brand);
    }
    crate::sample_study::precompute::compute_files(files, &simulation);
    edits_survive(simulation);
}

fn assert_finite(simulation: &crate::simulation::Simulation) {
    for change in simulation.brands().iter().flatten() {
        let new = change.new;
        let figures = [new.sio, new.arpu, new.revenue, new.ebit];
        assert!(figures.iter().all(|figure| figure.is_finite()), "{new:?}");
    }
}

/// Gives every number of the first offer extreme values.
fn edits_survive(mut simulation: crate::simulation::Simulation) {
    let study = std::sync::Arc::clone(simulation.selected());
    let product = ProductIndex::from_index(0);
    for attribute in study.schema.attributes.indices() {
        for text in [
            "1e-308", "0.01", "1200", "1e12", "-1e12", "1e308", "-1e308", "NaN", "inf",
        ] {
            let mut scenario = simulation.scenario().clone();
            let done = scenario.set(&study, product, attribute, text);
            if study.has_money() && Some(attribute) == study.schema.term {
                let is_allowed = |term: f64| study.schema.check_number(attribute, term).is_ok();
                assert_eq!(done.is_ok(), text.parse().is_ok_and(is_allowed), "{text}");
            }
            simulation.set_scenario(scenario);
            assert_finite(&simulation);
        }
    }
}
