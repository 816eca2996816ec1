//! Small studies after questions of people who do this work, with the figures that are right.
//!
//! They are outside the repository, in the folder `field` next to the one that `CONJOINT_REFERENCE` names.

use std::path::PathBuf;

use serde_json::Value;

use super::support::{json, run, stderr, stdout};

/// The folder of a case; `None`, with a message, without `CONJOINT_REFERENCE`.
fn case(name: &str) -> Option<String> {
    let folder = std::env::var_os("CONJOINT_REFERENCE").map(PathBuf::from);
    let folder = folder.and_then(|folder| Some(folder.parent()?.join("field").join(name)));
    let Some(folder) = folder.filter(|folder| folder.exists()) else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CONJOINT_REFERENCE must point to the reference figures where CI is set"
        );
        println!("skipped: CONJOINT_REFERENCE does not point to the reference figures");
        return None;
    };
    folder.to_str().map(str::to_owned)
}

fn shares(data: &str, arguments: &[&str]) -> Vec<f64> {
    let rule = ["simulate", "--data", data, "--rule", "share-of-preference"];
    let report = json(&[&rule, arguments].concat());
    let products = report["products"].as_array().unwrap().iter();
    products
        .map(|line| line["share"].as_f64().unwrap())
        .collect()
}

fn assert_near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            (found - expected).abs() <= tolerance,
            "{found} instead of {expected}"
        );
    }
}

#[test]
fn shares_are_right() {
    for (name, expected) in [
        ("decimal-comma", &[0.35835, 0.64165][..]),
        ("decimal-comma/tabs", &[1.0]),
        ("decimal-comma/quoted", &[0.43782, 0.56218]),
        ("percent-levels", &[0.59869, 0.40131]),
        ("bus-or-car/seat", &[0.62265, 0.37735]),
        ("no-brand/as-is", &[0.57574, 0.42426]),
        ("no-brand/named", &[0.57574, 0.42426]),
        ("brand-by-price", &[0.64694, 0.16771, 0.18535]),
        ("brand-by-price/as-exported", &[0.86518, 0.10595, 0.02887]),
        ("conditional-pricing", &[0.56021, 0.43979]),
        ("zero-centred/raw", &[0.5498, 0.4502]),
    ] {
        let Some(data) = case(name) else { return };
        let tolerance = if name.starts_with("zero") { 5e-5 } else { 5e-6 };
        assert_near(&shares(&data, &[]), expected, tolerance);
    }
}

#[test]
fn prices_by_brand_are_one_price() {
    let Some(data) = case("conditional-pricing") else {
        return;
    };
    let report = json(&["importance", "--data", &data]);
    let names: Vec<&str> = report["importance"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["attribute"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["brand", "price"]);

    let elasticity = json(&["elasticity", "--data", &data, "--attribute", "price"]);
    let point = elasticity["point"].as_array().unwrap();
    assert_eq!(point.len(), 2);
    let cell = |row: usize, column: usize| point[row][column].as_f64().unwrap();
    assert!(cell(0, 0) < 0.0 && cell(1, 1) < 0.0 && cell(0, 1) > 0.0);

    // The curve has the prices of the product's own brand.
    for (id, low, high) in [("1", 1.0, 2.0), ("2", 3.0, 5.0)] {
        let demand = json(&[
            "demand",
            "--data",
            &data,
            "--attribute",
            "price",
            "--product",
            id,
        ]);
        let points = demand["points"].as_array().unwrap();
        let prices: Vec<f64> = points
            .iter()
            .map(|it| it["price"].as_f64().unwrap())
            .collect();
        assert_eq!((prices[0], prices[prices.len() - 1]), (low, high));
    }
    // A price is set by one name, and refused where the brand's own points are far away.
    let changed = shares(&data, &["--set", "2.price=5"]);
    assert!(changed[1] < 0.43979);
    assert_eq!(changed, shares(&data, &["--set", "2.price_Top=5"]));
    let refused = run(&["simulate", "--data", &data, "--set", "1.price=4.5"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        stderr(&refused).contains("too far outside the surveyed range 1–2"),
        "{refused:?}"
    );
}

#[test]
fn zero_centered_diffs_allow_first_choice_only() {
    let Some(data) = case("zero-centred/zc-diffs") else {
        return;
    };
    assert!(run(&["simulate", "--data", &data]).status.success());
    let refused = run(&["simulate", "--data", &data, "--rule", "share-of-preference"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stdout(&refused).is_empty());
}

#[test]
fn ties_are_counted() {
    let Some(data) = case("ties") else { return };
    let report = json(&["simulate", "--data", &data]);
    assert_eq!(report["ties"], Value::from(3));
}

#[test]
fn choosers_are_a_share_of_each_segment() {
    let Some(data) = case("segments-50-30-20") else {
        return;
    };
    let rule = ["--rule", "share-of-preference"];
    let report = json(&[&["choosers", "--data", &data][..], &rule].concat());
    let by_segment = &report["products"][0]["by_segment"];
    let found = ["s1", "s2", "s3"].map(|name| by_segment[name].as_f64().unwrap());
    assert_near(&found, &[0.5556, 0.1333, 0.3111], 5e-5);
    let all = ["s1", "s2", "s3"].map(|name| report["all"]["by_segment"][name].as_f64().unwrap());
    assert_near(&all, &[0.5, 0.3, 0.2], 1e-12);
}

/// The amounts of all respondents for a level.
fn amounts(report: &Value, level: &str) -> Vec<Option<f64>> {
    let levels = report["levels"].as_array().unwrap();
    let found = levels.iter().find(|line| line["level"] == level).unwrap();
    let respondents = found["respondents"].as_array().unwrap();
    respondents.iter().map(|it| it["amount"].as_f64()).collect()
}

fn assert_amounts(found: &[Option<f64>], expected: &[Option<f64>]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        let distance = found.zip(*expected).map(|(one, other)| (one - other).abs());
        let is_near = distance.is_some_and(|distance| distance < 1e-6);
        assert!(
            is_near || found.is_none() && expected.is_none(),
            "{found:?} {expected:?}"
        );
    }
}

#[test]
fn worth_has_a_distribution() {
    let Some(data) = case("reversed-prices") else {
        return;
    };
    let arguments = ["--product", "2", "--attribute", "feature", "--individual"];
    let report = json(&[&["wtp", "--data", &data][..], &arguments].concat());
    let expected = [
        Some(100.0),
        Some(25.0),
        None,
        Some(9000.0),
        None,
        Some(-80.0),
    ];
    assert_amounts(&amounts(&report, "yes"), &expected);
    let level = &report["levels"][0];
    assert_near(
        &[level["algebraic"]["median"].as_f64().unwrap()],
        &[62.5],
        1e-9,
    );
    assert_near(&[level["quantiles"]["50"].as_f64().unwrap()], &[62.5], 1e-9);
    assert_eq!(level["simulated"]["bounded"], Value::from(true));

    let Some(data) = case("upfront-vs-saving") else {
        return;
    };
    let price = ["--price", "upfront_cost", "--attribute", "yearly_saving"];
    let product = [
        "--product",
        "1",
        "--individual",
        "--compare",
        "200",
        "--with",
        "100",
    ];
    let report = json(&[&["wtp", "--data", &data][..], &price, &product].concat());
    let expected = [400.0, 200.0, 800.0, 400.0].map(Some);
    assert_amounts(&amounts(&report, "100"), &expected);
    let difference = report["comparison"]["algebraic"]["amount"]
        .as_f64()
        .unwrap();
    assert_near(&[difference], &[400.0], 1e-9);
}

#[test]
fn prohibited_pairs_are_not_proposed() {
    let Some(data) = case("prohibited-pair") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(&data).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let pairs = "attribute,level,attribute,level\n\
                 engine,electric,fuel,tank\nengine,petrol,fuel,battery\n";
    std::fs::write(folder.path().join("prohibited.csv"), pairs).unwrap();
    let data = folder.path().to_str().unwrap();
    let vary = [
        "--vary",
        "1.engine=electric,petrol",
        "--vary",
        "1.fuel=battery,tank",
    ];
    let report = json(
        &[
            &[
                "optimize",
                "--data",
                data,
                "--objective",
                "share",
                "--brand",
                "Own",
            ][..],
            &vary,
        ]
        .concat(),
    );
    let best = report["best"].as_array().unwrap();
    assert_eq!(best.len(), 2, "{report}");
    let proposed = best.iter().map(|line| line["values"].to_string());
    for values in proposed {
        assert!(
            values.contains("electric") == values.contains("battery"),
            "{values}"
        );
    }
    let checked = run(&["check", data]);
    assert!(checked.status.success());
    let set = run(&["simulate", "--data", data, "--set", "1.fuel=tank"]);
    assert!(set.status.success());
}
