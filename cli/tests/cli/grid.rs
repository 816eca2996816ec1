//! `conjoint grid`.

use crate::support::{assert_refused_shipped, json_shipped, print_shipped, run_shipped, stderr};

#[test]
fn the_axes_need_two_costs() {
    let same = ["--x", "monthly_cost", "--y", "monthly_cost"];
    let row = ["--row", "9:1:2:1:1:1:2:1:1"];
    assert_refused_shipped(
        "grid",
        &[&same[..], &row].concat(),
        "--y: `monthly_cost` is already on the x axis",
    );
}

#[test]
fn values_outside_the_surveyed_range_are_a_warning_per_axis() {
    let axes = ["--x", "monthly_cost", "--y", "upfront_cost"];
    let row = ["--row", "9:100:200:50:100:1000:4000:1000:1000"];
    let output = run_shipped("grid", &[&axes[..], &row].concat());
    assert!(output.status.success(), "{output:?}");
    let outside = |value: &str, range: &str| {
        format!("{value} is outside the surveyed range {range}; its utility is extrapolated\n")
    };
    assert_eq!(
        stderr(&output),
        format!(
            "warning: --row 1: monthly_cost: {}warning: --row 1: upfront_cost: {}",
            outside("100", "120–1250"),
            outside("1000", "2000–10000")
        )
    );
}

#[test]
fn csv_has_the_figures_of_json() {
    let request = [
        "--x",
        "upfront_cost",
        "--y",
        "monthly_cost",
        "--row",
        "7:4540:5040:500:4540:155:205:50:155",
    ];
    let report = json_shipped("grid", &request);
    let csv = print_shipped("grid", &request, "csv");
    let header = "7.upfront_cost,7.monthly_cost,sio_new,arpu_new,revenue_new,ebit_new\n";
    assert!(csv.starts_with(header));
    assert_eq!(csv.lines().count(), 5);
    let sio = report["sio_new"][1][0].as_f64().unwrap();
    assert!(csv.contains(&format!("\n4540,205,{sio},")));
    assert!(report.get("parent").is_none());
    let parent = json_shipped("grid", &[&request[..], &["--consolidated"]].concat());
    assert_eq!(parent["parent"], "Nissan");
}
