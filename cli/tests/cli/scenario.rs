//! Saved scenarios: `--scenario` and `--name`.

use conjoint::testing::shipped_files;
use serde_json::Value;
use tempfile::NamedTempFile;

use crate::support::{
    assert_refused_shipped, json_shipped, print_shipped, run_shipped, shipped, stderr, stdout,
};

/// A file of saved scenarios of the study that ships.
const SCENARIOS: &str = r#"{"study": {"title": "Leases", "digest": "DIGEST"}, "scenarios": [
    {"name": "Dearer", "add": ["14:9"], "set": ["14.term=24", "9.monthly_cost=449"]},
    {"name": "Fewer", "withdraw": ["7"]},
    {"name": "Far", "set": ["9.monthly_cost=1500"]},
    {"name": "Other", "withdraw": ["33"]},
    {"name": "Model", "set": ["9.monthly_cost=449"], "model": {"rule": "share-of-preference",
     "scale": 0.8, "none": -1, "segments": ["Gen X"], "owners": ["Tesla"],
     "availability": {"9": 0.5, "2": 0.9}, "constants": {"3": 0.25}}},
    {"name": "Nobody", "model": {"segments": ["Baby Boomer"], "owners": ["Jaguar"]}}
]}"#;

/// The file, as if it were of the study with this digest.
fn scenarios(digest: &str) -> NamedTempFile {
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), SCENARIOS.replace("DIGEST", digest)).unwrap();
    file
}

fn shipped_identity() -> String {
    shipped_files().identity()
}

#[test]
fn edits_start_from_a_saved_scenario() {
    let file = scenarios(&shipped_identity());
    let path = file.path().to_str().unwrap();
    let report = |edits: &[&str]| -> Value {
        let output = run_shipped("simulate", &[edits, &["--format", "json"]].concat());
        assert!(output.status.success(), "{edits:?}: {output:?}");
        assert_eq!(stderr(&output), "");
        serde_json::from_str(&stdout(&output)).unwrap()
    };
    let fewer = report(&["--scenario", path, "--name", "Fewer"]);
    assert_eq!(fewer, report(&["--withdraw", "7"]));
    let dearer = report(&["--scenario", path, "--name", "Dearer"]);
    assert_eq!(dearer["products"][13]["id"], 14);
    assert!(dearer["products"][13]["respondents"].as_u64() > Some(0));
    // Without the copy, the arguments can express what is left.
    let without_copy = ["--scenario", path, "--name", "Dearer", "--withdraw", "14"];
    let expected = report(&["--set", "9.monthly_cost=449"]);
    assert_eq!(report(&without_copy)["brands"], expected["brands"]);

    let sweep = |edits: &[&str]| {
        let row = ["--attribute", "monthly_cost", "--row", "9:399:499:100:399"];
        print_shipped("sweep", &[edits, &row].concat(), "table")
    };
    let swept = sweep(&["--scenario", path, "--name", "Fewer"]);
    assert_eq!(swept, sweep(&["--withdraw", "7"]));
    assert_ne!(swept, sweep(&[]));
}

#[test]
fn a_scenario_that_cannot_be_used_is_refused() {
    let file = scenarios(&shipped_identity());
    let path = file.path().to_str().unwrap();
    let refused = |arguments: &[&str], message: &str| {
        assert_refused_shipped("simulate", arguments, message);
    };
    let names = "`Dearer`, `Fewer`, `Far`, `Other`, `Model`, `Nobody`";
    let sweep = ["--attribute", "monthly_cost", "--row", "9:399:499:100:399"];
    let message = format!("{path}: there are 6 scenarios; name one of {names}");
    assert_refused_shipped(
        "sweep",
        &[&sweep[..], &["--scenario", path]].concat(),
        &message,
    );
    refused(
        &["--scenario", path, "--name", "Cheaper"],
        &format!("{path}: no scenario is called `Cheaper`; names are {names}"),
    );
    refused(
        &["--scenario", path, "--name", "Other"],
        &format!("{path}: scenario `Other`: withdraw 33: no offer has the id `33`; ids are"),
    );
    refused(&["--scenario", "nowhere"], "nowhere: cannot be read (No");
    let offers = format!("{}/leaseOffers.csv", shipped());
    refused(
        &["--scenario", &offers],
        &format!("{offers}: the text is not JSON ("),
    );
    let without_file = run_shipped("simulate", &["--name", "Fewer"]);
    assert_eq!(without_file.status.code(), Some(2));
}

#[test]
fn doubtful_scenarios_are_warnings() {
    let warning = |path: &str, name: &str| {
        let output = run_shipped("simulate", &["--scenario", path, "--name", name]);
        assert_eq!(output.status.code(), Some(0), "{name}: {output:?}");
        stderr(&output)
    };
    let identity = shipped_identity();
    let file = scenarios(&identity);
    let path = file.path().to_str().unwrap();
    assert_eq!(
        warning(path, "Far"),
        "note: monthly cost of Tesla Model 3 (1,500) is outside the surveyed range 120 to 1,250; all \
         shares and money figures depend on an extrapolated utility\n"
    );
    let file = scenarios("0123456789abcdef");
    let path = file.path().to_str().unwrap();
    assert_eq!(
        warning(path, "Fewer"),
        format!(
            "warning: {path}: the scenarios belong to the study `Leases` (0123456789abcdef), but \
             this study is {identity}; check that the ids mean the same offers\n"
        )
    );
}

#[test]
fn a_saved_scenario_brings_its_choice_model_and_options_override_it() {
    let file = scenarios(&shipped_identity());
    let path = file.path().to_str().unwrap();
    let report = |arguments: &[&str]| print_shipped("simulate", arguments, "json");
    let saved = ["--scenario", path, "--name", "Model"];
    let edit = ["--set", "9.monthly_cost=449"];
    let model = [
        "--rule",
        "share-of-preference",
        "--scale",
        "0.8",
        "--none",
        "-1",
        "--segment",
        "Gen X",
        "--owner",
        "Tesla",
        "--availability",
        "9=0.5",
        "--availability",
        "2=0.9",
        "--constant",
        "3=0.25",
    ];
    assert_eq!(report(&saved), report(&[&edit[..], &model].concat()));
    let overrides = [
        "--rule",
        "first-choice",
        "--scale",
        "1",
        "--none",
        "off",
        "--segment",
        "Millennial",
        "--owner",
        "Kia",
        "--availability",
        "9=1",
        "--availability",
        "2=1",
        "--constant",
        "3=0",
    ];
    let respondents = ["--segment", "Millennial", "--owner", "Kia"];
    assert_eq!(
        report(&[&saved[..], &overrides].concat()),
        report(&[&edit[..], &respondents].concat())
    );
    assert_refused_shipped(
        "simulate",
        &["--scenario", path, "--name", "Nobody"],
        "--segment, --owner: no respondent is in the segment Baby Boomer and a customer of Jaguar",
    );
}

#[test]
fn all_scenarios_of_a_file_are_simulated_without_a_name() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let text = format!(
        r#"{{"study": {{"digest": "{}"}}, "scenarios": [{{"name": "A", "set": ["9.monthly_cost=1500"]}},
            {{"name": "B", "withdraw": ["3"]}}]}}"#,
        shipped_identity()
    );
    std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    let path = file.path().to_str().unwrap();
    let all = json_shipped("simulate", &["--scenario", path]);
    for (index, name) in ["A", "B"].into_iter().enumerate() {
        let mut one = json_shipped("simulate", &["--scenario", path, "--name", name]);
        one["name"] = name.into();
        assert_eq!(all["scenarios"][index], one);
    }
}

#[test]
fn the_only_scenario_of_a_file_is_printed_like_several() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let text = format!(
        r#"{{"study": {{"digest": "{}"}}, "scenarios": [{{"name": "A", "set": ["9.monthly_cost=449"]}}]}}"#,
        shipped_identity()
    );
    std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    let path = file.path().to_str().unwrap();
    let all = json_shipped("simulate", &["--scenario", path]);
    let scenarios = all["scenarios"].as_array().unwrap();
    assert_eq!((scenarios.len(), &scenarios[0]["name"]), (1, &"A".into()));
    let edited = json_shipped("simulate", &["--set", "9.monthly_cost=449"]);
    assert_eq!(scenarios[0]["products"], edited["products"]);
}

#[test]
fn a_table_has_several_markets() {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    let text = "set,id,brand,monthly_cost\nnow,9,Tesla,399\nnow,10,Tesla,900\n\
                new,9,Tesla,449\nnew,20,Kia,300\n";
    std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    let path = file.path().to_str().unwrap();
    let all = json_shipped("simulate", &["--offers", path]);
    let markets = all["scenarios"].as_array().unwrap();
    assert_eq!(markets.len(), 2);
    let respondents = |market: &serde_json::Value| -> Vec<(String, u64)> {
        let products = market["products"].as_array().unwrap().iter();
        let products =
            products.map(|it| (it["id"].to_string(), it["respondents"].as_u64().unwrap()));
        products.filter(|(_, count)| *count > 0).collect()
    };
    let chosen = respondents(&markets[0]);
    assert!(
        chosen.iter().all(|(id, _)| id == "9" || id == "10"),
        "{chosen:?}"
    );
    assert_eq!(chosen.iter().map(|(_, count)| count).sum::<u64>(), 560);
    assert!(respondents(&markets[1]).iter().any(|(id, _)| id == "20"));
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    std::io::Write::write_all(&mut file, b"set,id,taste\nnow,9,good\n").unwrap();
    let path = file.path().to_str().unwrap();
    let message = format!("{path}:1: no column has the name `taste`; columns are");
    assert_refused_shipped("simulate", &["--offers", path], &message);
}
