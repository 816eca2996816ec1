//! A study without money, and under other names, chooses as the whole one does.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use conjoint::format::{BRANDS, OFFERS, SETTINGS, StudyFiles, UTILITIES, write_study};
use conjoint::sample_study::precompute;
use conjoint::simulation::Simulation;
use conjoint::sweep::{
    Cost, Grid, GridRow, Lockstep, LockstepResult, LockstepRow, Range, SweepError,
};
use conjoint::testing::{generate_files, read_valid, remove_money, simulate_files};

fn whole() -> StudyFiles {
    generate_files(7, &[("Millennial", 40), ("Gen X", 30)])
}

/// The study without its money files.
fn moneyless() -> StudyFiles {
    remove_money(&whole())
}

/// The study with other names for all columns that the model knows.
fn renamed(files: &StudyFiles) -> StudyFiles {
    let names = [
        ("segment", "group"),
        ("current brand", "owns"),
        ("monthly_cost", "price"),
        ("upfront_cost", "deposit"),
        ("term", "months"),
        ("brand", "maker"),
        ("model", "name"),
        ("id", "number"),
    ];
    let mut renamed = files.clone();
    for file in [OFFERS, UTILITIES] {
        let text = std::str::from_utf8(files.get(file).unwrap()).unwrap();
        let other = |cell: &str| {
            let name = names.iter().find(|(from, _)| *from == cell);
            name.map_or(cell.to_owned(), |(_, to)| (*to).to_owned())
        };
        let line = |line: &str| line.split(',').map(other).collect::<Vec<_>>().join(",");
        let lines: Vec<String> = text.lines().map(line).collect();
        renamed.insert(file, lines.join("\n").into_bytes());
    }
    let settings = serde_json::json!({ "columns": names.into_iter().collect::<std::collections::BTreeMap<_, _>>() });
    renamed.insert(SETTINGS, serde_json::to_vec(&settings).unwrap());
    renamed
}

fn sweep(simulation: &Simulation) -> LockstepResult {
    let rows = [("9", 399.0), ("10", 900.0)].map(|(id, begin)| LockstepRow {
        product: id.to_owned(),
        range: Range::from([begin, begin + 100.0, 20.0, begin + 20.0]),
    });
    let plan = Lockstep::plan(simulation, Cost::Monthly, &rows).unwrap();
    plan.run(simulation)
}

#[test]
fn choices_are_those_of_the_study_with_money() {
    let (with, without) = (simulate_files(&whole()), simulate_files(&moneyless()));
    assert_eq!(with.brands().unwrap().len(), 8);
    assert_eq!((without.brands(), without.baseline_brands()), (None, None));
    assert_eq!(without.live().tally(), with.live().tally());
    assert_eq!(without.live().utilities(), with.live().utilities());
    assert_eq!(without.attraction(), with.attraction());
    assert_eq!(without.tiers(), with.tiers());
    let (with, without) = (sweep(&with), sweep(&without));
    for (with, without) in with.points.iter().zip(&without.points) {
        assert!(without.brands.is_empty());
        assert_eq!(without.movement, with.movement);
    }
}

#[test]
fn other_names_change_no_figure() {
    let (own, other) = (whole(), renamed(&whole()));
    let (own, other) = (simulate_files(&own), simulate_files(&other));
    let study = other.selected();
    assert_eq!(Cost::Monthly.name(study), "price");
    let attribute = study.schema().monthly().unwrap();
    assert_eq!(study.schema().attributes()[attribute].name, "price");
    assert_eq!(Cost::available_in(study).count(), 2);
    assert_eq!(own.brands(), other.brands());
    assert_eq!(own.shares(), other.shares());
    assert_eq!(sweep(&own), sweep(&other));
    let csv = sweep(&other).csv(study, other.scenario());
    assert!(csv.starts_with("9.price,10.price,segment,brand,measure,value\n"));
    let files = write_study(study);
    let header = std::str::from_utf8(files.get(OFFERS).unwrap()).unwrap();
    assert!(header.starts_with("number,maker,name,price,deposit,months,"));
    assert_eq!(read_valid(&files), **study);
}

#[test]
fn a_sweep_without_its_cost_and_a_grid_without_money_are_refused() {
    let mut files = moneyless();
    let faults = |files: &StudyFiles| {
        let range = Range::from([1.0, 2.0, 1.0, 1.0]);
        let product = "9".to_owned();
        let row = GridRow {
            product,
            x: range,
            y: range,
        };
        let faults = Grid::plan(&simulate_files(files), Cost::Monthly, &[row]).unwrap_err();
        let faults = faults.into_iter().map(|fault| fault.error);
        faults.collect::<Vec<SweepError>>()
    };
    assert_eq!(faults(&files), [SweepError::NoMoney]);
    for file in [OFFERS, UTILITIES] {
        let text = std::str::from_utf8(files.get(file).unwrap()).unwrap();
        files.insert(file, text.replace("upfront_cost", "deposit").into_bytes());
    }
    let settings = br#"{"columns": {"monthly_cost": "vehicle_worth"}}"#;
    files.insert(SETTINGS, settings.to_vec());
    let description: Vec<String> = faults(&files).iter().map(SweepError::to_string).collect();
    let wanted = "the offers have no column `upfront_cost`; sweep `vehicle_worth`";
    assert_eq!(description[0], wanted);
}

#[test]
fn precomputed_data_leaves_the_money_out() {
    let inputs = moneyless();
    let simulation = simulate_files(&inputs);
    let mut files = precompute::files(&inputs, &simulation);
    assert_eq!(files.get(precompute::SIMULATE_NEW), None);
    assert_eq!(precompute::verify(&inputs, &simulation, &files), Ok(()));
    files.insert(precompute::SIMULATE_NEW, b"1,1,1\n".to_vec());
    assert!(precompute::verify(&inputs, &simulation, &files).is_err());
}

#[test]
fn brands_keep_what_their_file_says() {
    let mut files = moneyless();
    let study = read_valid(&files);
    assert_eq!(study.brands(), read_valid(&whole()).brands());
    files.remove(BRANDS);
    let study = read_valid(&files);
    assert!(study.brands().iter().all(|brand| brand.tier.is_none()));
}
