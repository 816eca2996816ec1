//! `conjoint simulate`: edits, formats and messages.

use conjoint::format::{OFFERS, UTILITIES};
use conjoint::testing::{collect_files, replace_text, shipped_files};
use serde_json::Value;

use crate::support::{
    assert_refused, assert_refused_shipped, json, json_shipped, print_shipped, run, run_shipped,
    stderr, stdout, write_folder,
};

#[test]
fn invalid_edits_are_refused() {
    let refused =
        |arguments: &[&str], message: &str| assert_refused_shipped("simulate", arguments, message);
    refused(
        &["--set", "99.monthly_cost=1"],
        "--set 99.monthly_cost=1: no offer has the id `99`; ids are `1`, `2`",
    );
    refused(
        &["--set", "9.price=1"],
        "--set 9.price=1: no column has the name `price`; columns are `brand`, `monthly_cost`",
    );
    refused(
        &["--set", "9.monthly_cost=x"],
        "--set 9.monthly_cost=x: `x` is not a number",
    );
    refused(&["--set", "9.term=0"], "--set 9.term=0: a term of 0 months");
    refused(
        &["--set", "9.energy=Diesel"],
        "--set 9.energy=Diesel: `Diesel` is not a level",
    );
    refused(
        &["--withdraw", "x"],
        "--withdraw x: no offer has the id `x`",
    );
    assert_refused(&["simulate", "--data", "nowhere"], "nowhere: No such file");
}

#[test]
fn a_value_outside_the_surveyed_range_is_noted() {
    for command in ["simulate", "demand", "wtp", "elasticity", "diversion"] {
        let edit = ["--set", "9.monthly_cost=1500", "--format", "json"];
        let output = run_shipped(command, &edit);
        assert!(output.status.success(), "{output:?}");
        assert_eq!(
            stderr(&output),
            "note: monthly cost of Tesla Model 3 (1,500) is outside the surveyed range 120 to 1,250; \
             all shares and money figures depend on an extrapolated utility\n"
        );
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let line = serde_json::json!([
            {"id": 9, "column": "monthly_cost", "value": 1500.0, "low": 120.0, "high": 1250.0}
        ]);
        assert_eq!(report["outside_range"], line, "{command}");
    }
    let inside = json_shipped("simulate", &[]);
    assert_eq!(inside["outside_range"], serde_json::json!([]));
}

#[test]
fn a_value_too_far_outside_or_an_emptied_cost_is_refused() {
    let refused =
        |edit: &str, message: &str| assert_refused_shipped("simulate", &["--set", edit], message);
    refused(
        "9.monthly_cost=5000",
        "--set 9.monthly_cost=5000: 5000 is too far outside the surveyed range 120–1250; write a \
         value above 0, at most 2380",
    );
    refused(
        "9.upfront_cost=0",
        "--set 9.upfront_cost=0: 0 is too far outside the surveyed range 2000–10000",
    );
    for column in ["monthly_cost", "upfront_cost", "term"] {
        let edit = format!("9.{column}=");
        refused(&edit, &format!("--set {edit}: the cell is empty; write"));
    }
}

#[test]
fn withdrawn_products_stay_in_the_list_with_0() {
    let report = json_shipped("simulate", &["--withdraw", "9"]);
    let product = &report["products"][8];
    assert_eq!(product["id"], 9);
    assert_eq!(product["respondents"], 0);
    assert_eq!(product["logit_share"], 0.0);
    let without_brand = json_shipped("simulate", &["--set", "9.brand="]);
    assert_eq!(without_brand["brands"], report["brands"]);
}

/// Ids may hold what separates the parts of an argument, and begin as an option does.
#[test]
fn ids_of_any_kind_can_be_edited() {
    let mut files = shipped_files();
    for (from, to) in [("\n2,", "\n1.5,"), ("\n3,", "\na=b,"), ("\n4,", "\n-4,")] {
        files = replace_text(&files, OFFERS, from, to);
    }
    let folder = write_folder(&files);
    let folder = folder.path().to_str().unwrap();
    let simulate = ["simulate", "--data", folder];
    let report = |edits: &[&str]| json(&[&simulate[..], edits].concat());
    let before = report(&[]);
    for (index, id) in ["1", "1.5", "a=b", "-4"].into_iter().enumerate() {
        let after = report(&["--set", &format!("{id}.monthly_cost=120")]);
        let share = |report: &Value| report["products"][index]["logit_share"].as_f64();
        assert!(share(&after) > share(&before), "{id}");
        let after = report(&["--withdraw", id]);
        assert_eq!(share(&after), Some(0.0), "{id}");
        let row = format!("{id}:100:200:100:100");
        let sweep = ["sweep", "--data", folder, "--attribute", "monthly_cost"];
        let output = run(&[&sweep[..], &["--row", &row]].concat());
        assert!(output.status.success(), "{id}: {output:?}");
    }
    let refused = |edit: &str, message: &str| {
        assert_refused(&[&simulate[..], &["--set", edit]].concat(), message)
    };
    refused(
        "2.5.monthly_cost=1",
        "--set 2.5.monthly_cost=1: no offer has the id `2.5`; ids are",
    );
    refused(
        "1.5.price=a.b=c",
        "--set 1.5.price=a.b=c: no column has the name `price`; columns are",
    );
}

#[test]
fn all_formats_have_the_same_figures() {
    let report = json_shipped("simulate", &[]);
    let csv = print_shipped("simulate", &[], "csv");
    let product = &report["products"][8];
    let number = |value: &Value| value.as_f64().unwrap();
    let share = number(&product["logit_share"]);
    assert!(csv.contains(&format!("\nproducts,9,Tesla,Model 3,logit_share,{share}\n")));
    let ebit = number(&report["brands"][5]["ebit_new"]);
    assert!(csv.contains(&format!("\nbrands,,Tesla,,ebit_new,{ebit}\n")));
    let table = print_shipped("simulate", &[], "table");
    let line = table
        .lines()
        .find(|line| line.trim_start().starts_with("9 "))
        .unwrap();
    let cells: Vec<&str> = line
        .split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect();
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    let expected = [
        "9",
        "Tesla",
        "Model 3",
        &product["respondents"].to_string(),
        &percent(number(&product["first_choice_share"])),
        &percent(share),
    ];
    assert_eq!(cells[..6], expected);
}

#[test]
fn a_selection_of_nobody_is_refused_and_a_small_one_is_a_warning() {
    for command in ["simulate", "demand", "importance"] {
        assert_refused_shipped(
            command,
            &["--segment", "Baby Boomer", "--owner", "Jaguar"],
            "--segment, --owner: no respondent is in the segment Baby Boomer and a customer of Jaguar;",
        );
    }
    let output = run_shipped("simulate", &["--owner", "VW"]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(
        stderr(&output),
        "warning: only 14 respondents are included; figures of fewer than 30 say little about a \
         market\n"
    );
}

#[test]
fn respondents_with_several_first_choices_are_reported() {
    let files = collect_files(&[
        (
            UTILITIES,
            "id,brand,brand,brand\nid,A,B,C\n1,1,1,0\n2,1,1,0\n3,0,0,2\n4,0.5,0.5,-1\n",
        ),
        (OFFERS, "id,model,brand\n1,,A\n2,,B\n3,,C\n"),
    ]);
    let folder = write_folder(&files);
    let request = ["simulate", "--data", folder.path().to_str().unwrap()];
    assert_eq!(json(&request)["ties"], 3);
    let table = stdout(&run(&request));
    assert!(
        table.contains("3 of 4 respondents have more than one first choice"),
        "{table}"
    );
    for command in ["choosers", "diversion"] {
        let request = [command, "--data", folder.path().to_str().unwrap()];
        assert_eq!(json(&request)["ties"], 3, "{command}");
        let table = stdout(&run(&request));
        assert!(table.contains("more than one first choice"), "{table}");
    }
    for command in ["demand", "elasticity"] {
        assert_eq!(json_shipped(command, &[])["ties"], 0, "{command}");
    }
    assert_eq!(json_shipped("wtp", &[]).get("ties"), None);
    let other_rule = json(&[&request[..], &["--rule", "share-of-preference"]].concat());
    assert_eq!(other_rule.get("ties"), None);
    assert_eq!(json_shipped("simulate", &[])["ties"], 0);
}
