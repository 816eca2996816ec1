//! A study without money files, or with other names, gives the same choices as the full study.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;

use conjoint::format::{BRANDS, OFFERS, SETTINGS, StudyFiles, UTILITIES, write_study};
use conjoint::sample_study::precompute;
use conjoint::simulation::Simulation;
use conjoint::sweep::{
    Cost, Grid, GridRow, Lockstep, LockstepResult, LockstepRow, Range, SweepError,
};
use conjoint::testing::{
    change_text, file_text, generate_files, read_valid, remove_money, replace_text, simulate_files,
};

fn full() -> StudyFiles {
    generate_files(7, &[("Millennial", 40), ("Gen X", 30)])
}

/// The full study without its money files.
fn without_money() -> StudyFiles {
    remove_money(&full())
}

/// A study with other names for all columns that the model knows.
fn rename_columns(files: &StudyFiles) -> StudyFiles {
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
    let rename = |cell: &str| {
        let name = names.iter().find(|(from, _)| *from == cell);
        name.map_or(cell.to_owned(), |(_, to)| (*to).to_owned())
    };
    let mut renamed = files.clone();
    for file in [OFFERS, UTILITIES] {
        renamed = change_text(&renamed, file, |text| {
            let lines = text.lines();
            let lines = lines.map(|line| line.split(',').map(rename).collect::<Vec<_>>().join(","));
            lines.collect::<Vec<_>>().join("\n")
        });
    }
    let columns: BTreeMap<&str, &str> = names.into();
    let settings = serde_json::json!({ "columns": columns });
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
fn money_files_do_not_affect_choices() {
    let (with, without) = (simulate_files(&full()), simulate_files(&without_money()));
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
fn column_names_do_not_affect_figures() {
    let own = simulate_files(&full());
    let other = simulate_files(&rename_columns(&full()));
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
    assert!(file_text(&files, OFFERS).starts_with("number,maker,name,price,deposit,months,"));
    assert_eq!(read_valid(&files), **study);
}

#[test]
fn a_sweep_without_its_cost_and_a_grid_without_money_are_refused() {
    let mut files = without_money();
    let errors = |files: &StudyFiles| {
        let range = Range::from([1.0, 2.0, 1.0, 1.0]);
        let product = "9".to_owned();
        let row = GridRow {
            product,
            x: range,
            y: range,
        };
        let errors = Grid::plan(&simulate_files(files), Cost::Monthly, &[row]).unwrap_err();
        let errors = errors.into_iter().map(|error| error.error);
        errors.collect::<Vec<SweepError>>()
    };
    assert_eq!(errors(&files), [SweepError::NoMoney]);
    for file in [OFFERS, UTILITIES] {
        files = replace_text(&files, file, "upfront_cost", "deposit");
    }
    let settings = br#"{"columns": {"monthly_cost": "vehicle_worth"}}"#;
    files.insert(SETTINGS, settings.to_vec());
    let expected = "the offers have no column `upfront_cost`; sweep `vehicle_worth`";
    assert_eq!(errors(&files)[0].to_string(), expected);
}

#[test]
fn precomputed_data_has_no_money_figures_without_money_files() {
    let inputs = without_money();
    let simulation = simulate_files(&inputs);
    let mut files = precompute::compute_files(&inputs, &simulation);
    assert_eq!(files.get(precompute::SIMULATE_NEW), None);
    assert_eq!(precompute::verify(&inputs, &simulation, &files), Ok(()));
    files.insert(precompute::SIMULATE_NEW, b"1,1,1\n".to_vec());
    assert!(precompute::verify(&inputs, &simulation, &files).is_err());
}

#[test]
fn brands_keep_their_file_without_money_files() {
    let mut files = without_money();
    let study = read_valid(&files);
    assert_eq!(study.brands(), read_valid(&full()).brands());
    files.remove(BRANDS);
    let study = read_valid(&files);
    assert!(study.brands().iter().all(|brand| brand.tier.is_none()));
}
