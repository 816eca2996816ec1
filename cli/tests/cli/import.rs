//! `conjoint import`, and the commands on what it writes.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{assert_refused, example, json, run, stderr, stdout};

/// A folder to import into, and a file of products in it.
struct Target {
    folder: tempfile::TempDir,
}

impl Target {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn out(&self) -> String {
        self.path("study").to_str().unwrap().to_owned()
    }

    /// Writes the products of the examples.
    fn products(&self, header: &str) -> String {
        let rows = "1,Alba Uno,Alba,$499,1 l,No,No\n2,Brévia Plus,Brévia,$799,1.5 l,Yes,No\n3,Crema Max,Crema & Co,\"$1,099\",2 l,Yes,Yes\n";
        let path = self.path("products.csv");
        std::fs::write(&path, format!("id,model,{header}\n{rows}")).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

const NAMES: &str = "Brand,Price,Capacity,Milk frother,Timer";

/// The shares of preference with None as surveyed.
fn shares(folder: &str, options: &[&str]) -> Vec<f64> {
    let arguments = [
        "simulate",
        "--data",
        folder,
        "--rule",
        "share-of-preference",
        "--none",
        "surveyed",
    ];
    let report = json(&[&arguments, options].concat());
    let products = report["products"].as_array().unwrap();
    let shares = products
        .iter()
        .map(|product| product["share"].as_f64().unwrap());
    shares.chain(report["none"]["share"].as_f64()).collect()
}

#[test]
fn an_import_is_a_study_with_the_expected_shares() {
    let target = Target::new();
    let out = target.out();
    let products = target.products(NAMES);
    let report = json(&[
        "import",
        &example("sawtooth-cbchb_utilities.csv"),
        &example("sawtooth-cbchb_utillayout.xml"),
        "--products",
        &products,
        "--out",
        &out,
    ]);
    assert_eq!(report["format"], "sawtooth-table");
    assert_eq!(
        (&report["respondents"], &report["products"]),
        (&6.into(), &3.into())
    );
    assert_eq!(
        (&report["none"], &report["scale"]),
        (&true.into(), &"raw".into())
    );
    assert_eq!(report["left_out"], Value::Array(Vec::new()));
    let price = &report["attributes"][1];
    assert_eq!(
        (&price["name"], &price["kind"]),
        (&"Price".into(), &"numeric".into())
    );
    assert_eq!(
        price["levels"],
        serde_json::json!(["$299", "$499", "$799", "$1,099"])
    );
    assert!(
        report["assumed"]
            .as_array()
            .unwrap()
            .contains(&"`Brand` is the brand.".into())
    );
    for (found, expected) in shares(&out, &[])
        .iter()
        .zip([0.626_741, 0.162_357, 0.051_070, 0.159_831])
    {
        assert!((found - expected).abs() < 5e-6, "{found} {expected}");
    }
    let check = run(&["check", &out]);
    assert!(check.status.success());
    let mut names: Vec<String> = std::fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["offers.csv", "study.json", "utilities.csv"]);
    let settings = std::fs::read_to_string(Path::new(&out).join("study.json")).unwrap();
    let settings: Value = serde_json::from_str(&settings).unwrap();
    assert_eq!(
        settings["columns"],
        serde_json::json!({"brand": "Brand", "monthly_cost": "Price"})
    );
    assert_eq!(settings["import"]["format"], "sawtooth-table");
    // The attributes keep their names.
    assert_ne!(shares(&out, &["--set", "1.Price=799"]), shares(&out, &[]));
}

#[test]
fn zero_centered_diffs_allow_first_choice_until_a_scale_is_fitted() {
    let target = Target::new();
    let out = target.out();
    let products = target.products("Attribute 1,Attribute 2,Attribute 3,Attribute 4,Attribute 5");
    let file = example("sawtooth-lighthouse-zcdiffs.csv");
    let arguments = [
        "import",
        &file,
        "--products",
        &products,
        "--brand",
        "Attribute 1",
        "--out",
        &out,
    ];
    assert_refused(
        &arguments,
        "sawtooth-lighthouse-zcdiffs.csv: these are zero-centered diffs",
    );
    assert!(!Path::new(&out).exists());
    let report = json(&[&arguments[..], &["--rescaled"]].concat());
    assert_eq!(report["scale"], "zero-centred");
    let simulated = json(&["simulate", "--data", &out, "--none", "surveyed"]);
    assert_eq!(
        simulated["products"][0]["share"]
            .as_f64()
            .map(|share| (share * 6.0).round()),
        Some(4.0)
    );
    assert_eq!(simulated["products"][0]["logit_share"], Value::Null);
    // A study without money files comes with a warning about them, by their neutral names.
    let assert_rescaled = |arguments: &[&str]| {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let printed = stderr(&output);
        assert!(
            printed.contains("error: the utilities are rescaled"),
            "{printed}"
        );
        for warning in [
            "recontract_rate.csv: ",
            "utilities.csv: the utilities are zero-centered",
        ] {
            assert!(
                printed.contains(&format!("warning: {warning}")),
                "{printed}"
            );
        }
    };
    for rule in ["share-of-preference", "rfc", "purchase-likelihood"] {
        assert_rescaled(&["simulate", "--data", &out, "--rule", rule]);
    }
    for command in ["elasticity", "demand", "wtp"] {
        assert_rescaled(&[command, "--data", &out]);
    }
    let check = run(&["check", &out]);
    assert!(
        stdout(&check).contains("first choice only"),
        "{}",
        stdout(&check)
    );
    let targets = [
        "--target", "1=0.7", "--target", "2=0.2", "--target", "3=0.1",
    ];
    let fit = [
        "calibrate",
        "--data",
        &out,
        "--rule",
        "share-of-preference",
        "--fit-scale",
    ];
    let fitted = json(&[&fit[..], &targets].concat());
    let scale = fitted["scale"].as_f64().unwrap();
    assert!(scale > 0.001 && scale < 0.1, "{scale}");
    let scale = scale.to_string();
    assert_eq!(shares(&out, &["--scale", &scale]).len(), 4);
}

#[test]
fn questions_name_their_option() {
    let target = Target::new();
    let out = target.out();
    let file = example("sawtooth-cbchb-linear_utilities.csv");
    let arguments = ["import", &file, "--out", &out];
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("--price-range LOW:HIGH"),
        "{}",
        stderr(&output)
    );
    assert!(!Path::new(&out).exists());
    let numeric = [
        "--numeric",
        "Price=299,499,799,1099",
        "--centre",
        "Price=674",
    ];
    let report = json(&[&arguments[..], &numeric].concat());
    assert_eq!(
        report["attributes"][1]["levels"],
        serde_json::json!(["299", "1099"])
    );
}

#[test]
fn choices_point_to_the_command_that_estimates() {
    let target = Target::new();
    let file = example("sawtooth-cbc.cho");
    let expected = "sawtooth-cbc.cho: these are choices (Sawtooth's .cho or .chs), not utilities; open them with `conjoint estimate`";
    assert_refused(&["import", &file, "--out", &target.out()], expected);
    let missing = target.path("no.csv");
    let missing = missing.to_str().unwrap();
    assert_refused(
        &["import", missing, "--out", &target.out()],
        &format!("{missing}: cannot be read"),
    );
}

#[test]
fn formats_are_listed_and_usage_is_checked() {
    let listed = json(&["import", "--list-formats"]);
    let ids: Vec<&str> = listed["formats"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["format"].as_str().unwrap())
        .collect();
    for id in [
        "sawtooth-hbu",
        "sawtooth-table",
        "conjointly",
        "choicemodelr",
        "wide-table",
    ] {
        assert!(ids.contains(&id), "{ids:?}");
    }
    for arguments in [
        &["import"][..],
        &["import", "a.csv"],
        &["import", "a.csv", "--out", "x", "--price-range", "5"],
        &["import", "a.csv", "--out", "x", "--numeric", "Price"],
        &["import", "a.csv", "--out", "x", "--centre", "Price=x"],
    ] {
        assert_eq!(run(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn european_files_and_a_workbook_are_studies() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "utilities.csv",
        "id;brand;brand;price;price\r\nid;A;B;19,90;29,90\r\n1;0,5;-0,5;1,25;-1,25\r\n2;-0,1;0,1;0,75;-0,75\r\n",
    );
    write(
        "offers.csv",
        "id;brand;model;price\r\n1;A;;24,90\r\n2;B;;x\r\n",
    );
    let data = folder.path().to_str().unwrap();
    let output = run(&["check", data]);
    assert!(
        stderr(&output).contains("error: offers.csv:3: price: `x` is not a number"),
        "{}",
        stderr(&output)
    );
    write(
        "offers.csv",
        "id;brand;model;price\r\n1;A;;24,90\r\n2;B;;19,90\r\n",
    );
    let report = json(&["simulate", "--data", data, "--rule", "share-of-preference"]);
    let share = report["products"][0]["share"].as_f64().unwrap();
    assert!((share - 0.35835).abs() < 5e-6, "{share}");
    write("leaseOffers.csv", "id,brand,model\n");
    let printed = stderr(&run(&["simulate", "--data", data]));
    assert!(
        printed.contains("the table is also in leaseOffers.csv"),
        "{printed}"
    );
}

#[test]
fn proposed_roles_can_be_declined() {
    let target = Target::new();
    let (utilities, out) = (example("excel-one-header-row.xlsx"), target.out());
    let arguments = ["import", &utilities, "--out", &out];
    let declined = [
        "--brand",
        "no",
        "--price",
        "no",
        "--segment",
        "no",
        "--none",
        "no",
    ];
    let report = json(&[&arguments[..], &declined].concat());
    assert_eq!(report["none"], false);
    // One in all without a brand.
    assert_eq!(report["products"], 1);
    let settings = std::fs::read_to_string(target.path("study").join("study.json")).unwrap();
    assert!(!settings.contains("monthly_cost"), "{settings}");
    assert!(settings.contains("\"brand\": \"no\""), "{settings}");
}
