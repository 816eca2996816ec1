//! Importing example files and computing shares of what results.

use std::path::Path;
use std::sync::Arc;

use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::format::open_study;
use conjoint::import::{ImportError, ImportOptions, Imported, InputFile, import};
use conjoint::simulation::Simulation;
use serde_json::Value;

/// An example file.
pub fn example(name: &str) -> InputFile {
    InputFile::open(name, example_bytes(name))
}

/// The bytes of an example file.
pub fn example_bytes(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples");
    let path = folder.join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text of an example file.
pub fn example_text(name: &str) -> String {
    String::from_utf8(example_bytes(name)).unwrap()
}

/// A file in memory.
pub fn file(name: &str, text: &str) -> InputFile {
    InputFile::open(name, text.into())
}

/// What the example files must give.
pub fn expected() -> Value {
    serde_json::from_slice(&example_bytes("expected.json")).unwrap()
}

/// Numbers of `expected.json`.
pub fn expected_numbers(group: &str, key: &str) -> Vec<f64> {
    let numbers = expected()[group][key].as_array().unwrap().clone();
    numbers
        .iter()
        .map(|number| number.as_f64().unwrap())
        .collect()
}

/// The products of the examples, with attributes under these names.
pub fn products(names: [&str; 5]) -> InputFile {
    let header = format!("id,model,{}\n", names.join(","));
    let rows = "1,Alba Uno,Alba,$499,1 l,No,No\n2,Brévia Plus,Brévia,$799,1.5 l,Yes,No\n3,Crema Max,Crema & Co,\"$1,099\",2 l,Yes,Yes\n";
    file("products.csv", &(header + rows))
}

/// The names of the attributes in the examples.
pub const NAMES: [&str; 5] = ["Brand", "Price", "Capacity", "Milk frother", "Timer"];
/// Names by position.
pub const NUMBERED: [&str; 5] = [
    "Attribute 1",
    "Attribute 2",
    "Attribute 3",
    "Attribute 4",
    "Attribute 5",
];

/// Options with the products of the examples.
pub fn with_products(names: [&str; 5]) -> ImportOptions {
    ImportOptions {
        products: Some(products(names)),
        ..ImportOptions::default()
    }
}

/// Imports example files.
pub fn import_examples(names: &[&str], options: &ImportOptions) -> Result<Imported, ImportError> {
    let files: Vec<InputFile> = names.iter().map(|name| example(name)).collect();
    import(&files, options)
}

/// The shares of a rule, with None last if it was surveyed.
pub fn shares(imported: &Imported, rule: Rule, scale: f64) -> Vec<f64> {
    let reading = open_study(&imported.files).unwrap_or_else(|problems| panic!("{problems}"));
    let none = match imported.has_none {
        true => NoneOption::Surveyed,
        false => NoneOption::Off,
    };
    let model = ChoiceModel {
        rule,
        scale,
        none,
        ..ChoiceModel::default()
    };
    let simulation = Simulation::with_model(Arc::new(reading.study), model).unwrap();
    let mut shares: Vec<f64> = simulation
        .shares()
        .iter()
        .map(|share| share.share)
        .collect();
    shares.extend(imported.has_none.then(|| simulation.none_share()));
    shares
}

pub fn assert_near(found: &[f64], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}: {found:?}");
    for (one, other) in found.iter().zip(expected) {
        assert!(
            (one - other).abs() <= tolerance,
            "{what}: {found:?} instead of {expected:?}"
        );
    }
}
