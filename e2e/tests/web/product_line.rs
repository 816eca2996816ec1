//! Optimizer: the best product lines equal the command line's, can be applied, and follow their settings.

use e2e::{Page, Result, open, repository_path, run_json};
use serde_json::Value;

const LINES: &str = "Best lines";
const REACH: &str = "Reach by line size";

fn run_line(arguments: &[&str]) -> Result<Value> {
    run_json("line", &repository_path("Data"), arguments)
}

async fn search(page: &Page) -> Result {
    page.press("Search").await?;
    page.wait_for_text("lines were computed").await
}

/// The reach of each line, as the page writes it.
fn expected_reaches(report: &Value) -> Vec<String> {
    let lines = report["best"].as_array().unwrap().iter();
    let reaches = lines.map(|line| format!("{:.1} %", line["reach"].as_f64().unwrap() * 100.0));
    reaches.collect()
}

#[tokio::test]
async fn the_best_lines_equal_the_command_lines_and_can_be_applied() -> Result {
    let page = open("page=optimizer&rule=share-of-preference").await?;
    page.click("checkbox", "With None").await?;
    page.choose("Offers to add", "2").await?;
    page.click("checkbox", "Keep Tesla Model 3").await?;
    search(&page).await?;
    page.wait_for_text("All 66 lines were computed").await?;
    let arguments = [
        "--size",
        "2",
        "--keep",
        "9",
        "--rule",
        "share-of-preference",
        "--none",
        "0",
    ];
    let report = run_line(&arguments)?;
    let shown = page.table(LINES).await?;
    let reaches: Vec<String> = shown[1..].iter().map(|row| row[2].clone()).collect();
    assert_eq!(reaches, expected_reaches(&report));
    assert!(shown[1][1].contains("Tesla Model 3"), "{shown:?}");
    let curve = page.figure(REACH).await?.rows().await?;
    let reach_by_size = report["reach_by_size"].as_array().unwrap();
    assert_eq!(curve.len(), reach_by_size.len() + 1);
    for (row, reach) in curve[1..].iter().zip(reach_by_size) {
        let shown: f64 = row[1].parse()?;
        assert!(
            (shown - reach.as_f64().unwrap() * 100.0).abs() < 1e-6,
            "{row:?}"
        );
    }
    assert_eq!(page.accessibility_violations().await?, [""; 0]);

    page.press("Apply line 1").await?;
    page.open_page("Simulator").await?;
    let script =
        "return document.querySelectorAll('input[aria-label^=\"Withdraw\"]:checked').length";
    assert_eq!(page.eval(script).await?, 10);
    page.finish().await
}

#[tokio::test]
async fn a_link_restores_the_settings_and_money_needs_a_brand() -> Result {
    let page = open("page=optimizer").await?;
    page.choose("Offers to choose from", "Tesla").await?;
    page.choose("Line objective", "EBIT").await?;
    page.choose("Offers to add", "2").await?;
    page.reload().await?;
    for (name, value) in [
        ("Offers to choose from", "Tesla"),
        ("Line objective", "EBIT"),
        ("Offers to add", "2"),
    ] {
        assert_eq!(page.input_value("combobox", name).await?, value);
    }
    search(&page).await?;
    let report = run_line(&["--size", "2", "--brand", "Tesla", "--objective", "ebit"])?;
    let shown = page.table(LINES).await?;
    assert_eq!(shown[0][2], "EBIT");
    let reaches: Vec<String> = shown[1..].iter().map(|row| row[3].clone()).collect();
    assert_eq!(reaches, expected_reaches(&report));
    // Without a brand, only the reach can be computed.
    page.choose("Offers to choose from", "All offers").await?;
    page.wait_for_text("have changed since: search again")
        .await?;
    assert_eq!(
        page.input_value("combobox", "Line objective").await?,
        "reach"
    );
    page.finish().await
}

#[tokio::test]
async fn a_search_can_be_cancelled() -> Result {
    let page = open("page=optimizer&rule=rfc&draws=10000").await?;
    page.choose("Offers to add", "6").await?;
    page.press("Search").await?;
    page.wait_for_text("Searching").await?;
    page.press("Cancel the search of lines").await?;
    page.wait_for_text("The search was cancelled").await?;
    page.finish().await
}
