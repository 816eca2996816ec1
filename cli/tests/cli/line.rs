//! `conjoint choosers` and `conjoint line`.

use crate::support::{assert_refused_shipped, json_shipped, numbers, print_shipped};

#[test]
fn choosers_weight_back_to_all_respondents() {
    let arguments = ["--rule", "share-of-preference", "--none", "1"];
    let report = json_shipped("choosers", &arguments);
    let products = report["products"].as_array().unwrap();
    let groups = products.iter().chain([&report["none"]]);
    let groups: Vec<(f64, f64)> = groups
        .map(|group| {
            let share = group["by_segment"]["Gen X"].as_f64().unwrap();
            (group["choosers"].as_f64().unwrap(), share)
        })
        .collect();
    let all: f64 = groups.iter().map(|(count, _)| count).sum();
    assert!((all - 560.0).abs() < 1e-9);
    let gen_x: f64 = groups.iter().map(|(count, share)| count * share).sum();
    assert!((gen_x - 200.0).abs() < 1e-9);
    for product in products {
        let owners = product["by_owner"].as_object().unwrap().values();
        let sum: f64 = owners.map(|share| share.as_f64().unwrap()).sum();
        assert!((sum - 1.0).abs() < 1e-9 || sum == 0.0);
    }
    let only = json_shipped("choosers", &["--product", "9"]);
    assert_eq!(only["products"].as_array().unwrap().len(), 1);
    assert!(print_shipped("choosers", &[], "csv").starts_with("id,choosers,group,name,share"));
    let message = "--product: no offer has the id `99`; ids are";
    assert_refused_shipped("choosers", &["--product", "99"], message);
}

#[test]
fn lines_are_ranked_by_reach() {
    let report = json_shipped("line", &["--size", "3", "--none", "1", "--top", "4"]);
    assert_eq!(report["method"], "exhaustive");
    assert_eq!(report["evaluated"], 286);
    let reach = numbers(&report, "best", "reach");
    assert_eq!(reach.len(), 4);
    assert!(reach.is_sorted_by(|one, other| one >= other));
    let curve = report["reach_by_size"].as_array().unwrap();
    assert_eq!(curve.len(), 4);
    assert_eq!(curve[3].as_f64(), Some(reach[0]));

    let arguments = ["--size", "1", "--brand", "Tesla", "--objective", "revenue"];
    let report = json_shipped("line", &arguments);
    assert!(numbers(&report, "best", "objective")[0] > 0.0);
}

#[test]
fn a_reach_of_everybody_is_explained() {
    let print = |arguments: &[&str]| print_shipped("line", arguments, "table");
    let hint = "without None everybody takes an offer: see --none";
    let all = print(&["--size", "2"]);
    assert!(all.starts_with("Product lines (78 lines computed, exhaustive; "));
    assert!(all.contains(hint), "{all}");
    assert!(!all.contains("reach    reach"), "{all}");
    assert!(!print(&["--size", "2", "--none", "1"]).contains(hint));
    let money = print(&["--size", "2", "--objective", "revenue", "--brand", "Tesla"]);
    assert!(money.contains("offers  revenue   reach"), "{money}");
}

#[test]
fn lines_that_cannot_be_searched_are_refused() {
    for (arguments, message) in [
        (
            &["--size", "99"][..],
            "--size: a line of 99 cannot be chosen",
        ),
        (
            &["--size", "1", "--from", "99"],
            "--from: no offer has the id `99`",
        ),
        (
            &["--size", "1", "--keep", "9", "--from", "9"],
            "--keep: the offer `9` is kept already",
        ),
        (
            &["--size", "1", "--brand", "Lada"],
            "--brand: there is no brand `Lada`",
        ),
        (
            &["--size", "1", "--objective", "ebit"],
            "--brand: name the brand whose ebit counts",
        ),
        (
            &["--size", "1", "--from", "9", "--withdraw", "9"],
            "--from, --keep: the offer `9` is withdrawn",
        ),
    ] {
        assert_refused_shipped("line", arguments, message);
    }
}
