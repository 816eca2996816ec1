//! `conjoint elasticity`, `demand`, `diversion` and `wtp`.

use serde_json::Value;

use crate::support::{
    assert_refused_shipped, json, json_shipped, print_shipped, run, run_shipped, stderr, stdout,
};

fn matrix(report: &Value, key: &str) -> Vec<Vec<Option<f64>>> {
    let rows = report[key].as_array().unwrap().iter();
    rows.map(|row| row.as_array().unwrap().iter().map(Value::as_f64).collect())
        .collect()
}

#[test]
fn elasticities_are_a_matrix_of_the_offers() {
    let report = json_shipped("elasticity", &["--scale", "0.5", "--withdraw", "3"]);
    let ids: Vec<i64> = (1..=13).collect();
    assert_eq!(report["products"], Value::from(ids));
    for key in ["point", "arc"] {
        let matrix = matrix(&report, key);
        assert_eq!(matrix.len(), 13);
        assert!(matrix.iter().all(|row| row.len() == 13 && row[2].is_none()));
        assert!(matrix[2].iter().all(Option::is_none), "{key}");
    }
    assert_eq!(
        (&report["interval"], &report["resamples"]),
        (&90.0.into(), &1000.into())
    );
    for key in ["point", "arc"] {
        let [low, high] = ["low", "high"].map(|end| matrix(&report, &format!("{key}_{end}")));
        for (row, cells) in matrix(&report, key).iter().enumerate() {
            for (column, value) in cells.iter().enumerate() {
                let (low, high) = (low[row][column], high[row][column]);
                assert_eq!(low.is_some(), value.is_some());
                assert!(low <= high);
                let is_own_point = key == "point" && row == column && value.is_some();
                assert!(!is_own_point || (low < *value && *value < high));
            }
        }
    }
    let narrow = ["--scale", "0.5", "--withdraw", "3", "--interval", "50"];
    let narrow = matrix(&json_shipped("elasticity", &narrow), "point_low");
    assert!(narrow[8][8] > matrix(&report, "point_low")[8][8]);
    let point = matrix(&report, "point");
    let shares = json_shipped("simulate", &["--scale", "0.5", "--withdraw", "3"]);
    let shares: Vec<f64> = shares["products"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["logit_share"].as_f64().unwrap())
        .collect();
    for moved in (0..13).filter(|moved| *moved != 2) {
        assert!(point[moved][moved].unwrap() < 0.0);
        let rows = shares.iter().zip(&point);
        let sum: f64 = rows
            .map(|(share, row)| share * row[moved].unwrap_or(0.0))
            .sum();
        assert!(sum.abs() < 1e-12, "{moved}: {sum}");
    }
    // Another cost has other elasticities, under any of its names.
    let other = json_shipped(
        "elasticity",
        &["--attribute", "upfront_cost", "--scale", "0.5"],
    );
    assert_ne!(other["point"], report["point"]);
}

#[test]
fn a_demand_curve_has_intervals_and_money() {
    let report = json_shipped(
        "demand",
        &["--rule", "share-of-preference", "--product", "7"],
    );
    assert_eq!(
        (&report["product"], &report["price"]),
        (&7.into(), &"monthly_cost".into())
    );
    assert_eq!(
        (&report["brand"], &report["interval"]),
        (&"Nissan".into(), &90.0.into())
    );
    let points = report["points"].as_array().unwrap();
    assert_eq!(points.len(), 26);
    for point in points {
        let [low, share, high] = ["low", "share", "high"].map(|key| point[key].as_f64().unwrap());
        assert!(low < share && share < high);
        assert!(point["revenue"].is_f64() && point["ebit"].is_f64());
    }
    let other = [
        "--rule",
        "share-of-preference",
        "--product",
        "7",
        "--seed",
        "2",
    ];
    assert_ne!(
        json_shipped("demand", &other)["points"][0]["low"],
        points[0]["low"]
    );
}

#[test]
fn diversion_goes_to_the_other_offers_and_to_none() {
    let report = json_shipped(
        "diversion",
        &["--rule", "share-of-preference", "--none", "1"],
    );
    let matrix = matrix(&report, "diversion");
    assert_eq!((matrix.len(), matrix[0].len()), (13, 14));
    for (product, row) in matrix.iter().enumerate() {
        assert_eq!(row[product], None);
        assert!(row[13].unwrap() > 0.0);
        assert!((row.iter().flatten().sum::<f64>() - 1.0).abs() < 1e-9);
    }
}

#[test]
fn levels_are_worth_money() {
    let report = json_shipped("wtp", &["--attribute", "range", "--product", "9"]);
    assert_eq!(report["rule"], "share-of-preference");
    assert_eq!(report["respondents"], 560);
    assert!(report["respondents_who_like_paying_more"].is_u64());
    let levels = report["levels"].as_array().unwrap();
    assert_eq!(levels.len(), 4);
    for line in levels {
        assert_eq!(
            (&line["attribute"], &line["reference"]),
            (&"range".into(), &"300".into())
        );
        for (kind, amount) in [("algebraic", "median"), ("simulated", "amount")] {
            let [low, amount, high] =
                ["low", amount, "high"].map(|key| line[kind][key].as_f64().unwrap());
            assert!(low <= amount && amount <= high && high < 0.0, "{line}");
        }
    }
    // A Kia would have to cost less than nothing.
    let brands = json_shipped("wtp", &["--attribute", "brand", "--product", "9"]);
    let brands = brands["levels"].as_array().unwrap();
    let kia = brands.iter().find(|line| line["level"] == "Kia").unwrap();
    assert!(kia["simulated"].is_null() && kia["algebraic"].is_object());
    // All attributes but the price, and the warning for readers of the table.
    let all = run_shipped("wtp", &[]);
    let warning = stderr(&all);
    assert!(
        warning.starts_with("warning: the algebraic willingness to pay overstates"),
        "{warning}"
    );
    let table = stdout(&all);
    assert!(table.contains("0 of 560 respondents like paying more"));
    let upfront = json_shipped("wtp", &["--price", "upfront_cost", "--product", "9"]);
    let of = |name: &str| {
        let lines = upfront["levels"].as_array().unwrap().iter();
        lines.filter(|line| line["attribute"] == name).count()
    };
    assert_eq!((of("upfront_cost"), of("monthly_cost")), (0, 7));
}

#[test]
fn tables_and_csv_say_the_same() {
    let commands: [(&str, &[&str], usize, usize); 4] = [
        ("elasticity", &[], 2 * 13 * 13, 3 * (13 + 2) + 2),
        ("diversion", &[], 13 * 14, 13 + 2),
        ("demand", &["--product", "9"], 26, 26 + 2),
        ("wtp", &["--attribute", "energy"], 1, 3),
    ];
    for (command, arguments, rows, lines) in commands {
        assert_eq!(
            print_shipped(command, arguments, "csv").lines().count(),
            rows + 1,
            "{command}"
        );
        assert_eq!(
            print_shipped(command, arguments, "table").lines().count(),
            lines,
            "{command}"
        );
    }
}

#[test]
fn prices_that_cannot_move_are_refused() {
    for (command, argument) in [
        ("elasticity", "--attribute"),
        ("demand", "--attribute"),
        ("wtp", "--price"),
    ] {
        assert_refused_shipped(
            command,
            &[argument, "energy"],
            &format!(
                "{argument}: `energy` has no surveyed numbers that could be prices; name one of `monthly_cost`,"
            ),
        );
        assert_refused_shipped(
            command,
            &[argument, "cost"],
            &format!("{argument}: the study has no attribute `cost`; name one of `monthly_cost`,"),
        );
        assert_refused_shipped(
            command,
            &["--scale", "0"],
            "--scale: the scale factor 0 is out of range; use a number above 0",
        );
    }
    for command in ["demand", "wtp"] {
        assert_refused_shipped(
            command,
            &["--product", "99"],
            "--product: no offer has the id `99`; ids are `1`,",
        );
        assert_refused_shipped(
            command,
            &["--product", "9", "--withdraw", "9"],
            "--product: the offer `9` is withdrawn; choose one that is on offer",
        );
        assert_refused_shipped(
            command,
            &["--interval", "0"],
            "--interval: a confidence level of 0 % is not possible",
        );
    }
    assert_refused_shipped(
        "wtp",
        &["--product", "9", "--price", "range", "--set", "9.range="],
        "--product: the offer `9` has no range; give it one",
    );
    for name in ["monthly_cost", "colour"] {
        assert_refused_shipped(
            "wtp",
            &["--attribute", name],
            &format!(
                "--attribute: `{name}` has no levels that can be valued; name one of `brand`, `upfront_cost`"
            ),
        );
    }
}

#[test]
fn levels_to_compare_say_their_attribute() {
    let compared = ["--compare", "Audi", "--with", "VW", "--product", "9"];
    let named = json_shipped("wtp", &[&compared[..], &["--attribute", "brand"]].concat());
    let found = json_shipped("wtp", &compared);
    assert_eq!(found["comparison"]["attribute"], "brand");
    assert_eq!(found["comparison"], named["comparison"]);
    let (all, of_brand) = (&found["levels"], &named["levels"]);
    assert!(all.as_array().unwrap().len() > of_brand.as_array().unwrap().len());
    assert_refused_shipped(
        "wtp",
        &["--compare", "Audi", "--with", "Lada"],
        "--compare: no attribute but the price has the levels `Audi` and `Lada`; name two levels of one attribute",
    );
}

#[test]
fn levels_of_several_attributes_need_the_attribute() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "utilities.csv",
        "id,brand,brand,monthly_cost,monthly_cost,timer,timer,frother,frother\n\
         id,A,B,10,20,No,Yes,No,Yes\n1,0.5,-0.5,1,-1,-0.5,0.5,-0.25,0.25\n2,0.1,-0.1,2,-2,-0.5,0.5,-0.25,0.25\n",
    );
    write(
        "offers.csv",
        "id,brand,model,monthly_cost,timer,frother\n1,A,,10,No,No\n2,B,,15,Yes,No\n",
    );
    let data = folder.path().to_str().unwrap();
    let compared = ["wtp", "--data", data, "--compare", "Yes", "--with", "No"];
    let output = run(&compared);
    let expected = "error: --compare: `timer`, `frother` have the levels `Yes` and `No`; name one of them with \
                    --attribute";
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    let named = json(&[&compared[..], &["--attribute", "timer"]].concat());
    assert_eq!(named["comparison"]["attribute"], "timer");
}
