//! Simulator: the choosers of every product equal the command line's, by any rule, and a study without
//! groups says so.

use e2e::{Figure, Page, Result, open, repository_path, run_json};
use serde_json::Value;

const CHOOSERS: &str = "Choosers";
const ARGUMENTS: [&str; 6] = [
    "--rule",
    "share-of-preference",
    "--set",
    "9.monthly_cost=449",
    "--none",
    "1",
];

/// The figure, once the worker has computed it.
async fn computed_figure(page: &Page) -> Result<Figure<'_>> {
    page.wait_for_figures().await?;
    page.figure(CHOOSERS).await
}

/// The expected Data table: all respondents, the products, and None, by these groups.
fn expected_rows(report: &Value, key: &str, header: &[String]) -> Vec<Vec<String>> {
    let products = report["products"].as_array().unwrap().iter();
    let groups = [&report["all"]]
        .into_iter()
        .chain(products)
        .chain([&report["none"]]);
    let rows = groups.map(|group| {
        let shares = header[1..].iter().map(|name| {
            let share = group[key][name.as_str()].as_f64().unwrap();
            (share * 100.0).to_string()
        });
        shares.collect()
    });
    rows.collect()
}

#[tokio::test]
async fn choosers_equal_the_command_lines() -> Result {
    let page = open("rule=share-of-preference&set=9.monthly_cost%3D449&none=1").await?;
    let report = run_json("choosers", &repository_path("Data"), &ARGUMENTS)?;
    for (choice, key) in [("Segment", "by_segment"), ("Current brand", "by_owner")] {
        page.choose("Choosers by", choice).await?;
        let figure = computed_figure(&page).await?;
        let rows = figure.rows().await?;
        assert_eq!(rows[0][0], "product");
        assert_eq!(
            (rows[1][0].as_str(), rows.last().unwrap()[0].as_str()),
            ("All respondents", "None")
        );
        let names = rows.iter().map(|row| row[0].clone());
        let expected = expected_rows(&report, key, &rows[0]).into_iter();
        let expected = expected.zip(names.clone().skip(1));
        let expected = expected.map(|(shares, name)| [vec![name], shares].concat());
        let expected: Vec<_> = std::iter::once(rows[0].clone()).chain(expected).collect();
        figure.wait_for_rows_within(&expected, 1e-6).await?;
        let text = figure.text().await?;
        assert!(text.contains("By share of preference, with None"), "{text}");
    }
    assert_eq!(page.accessibility_violations().await?, [""; 0]);

    // A product that nobody chooses has none.
    page.show("withdraw=9").await?;
    let figure = computed_figure(&page).await?;
    let rows = figure.rows().await?;
    let withdrawn = rows.iter().find(|row| row[0] == "Tesla Model 3").unwrap();
    assert!(withdrawn[1..].iter().all(String::is_empty), "{withdrawn:?}");
    page.finish().await
}
