//! Optimizer: the best price can be set, results equal the command line's, candidates can be loaded, and
//! invalid input is reported next to its control.

use e2e::{Page, Result, open, repository_path, run_json, wait_until_equal};
use serde_json::Value;

const BEST: &str = "Best candidates";
const VARY: [&str; 2] = ["9.monthly_cost=389:439:10", "10.vehicle_type=Sedan,SUV"];

/// The page's fragment with these variations of Tesla's offers, and more parameters.
fn fragment(more: &str) -> String {
    let vary = VARY.map(|entry| format!("&vary={}", entry.replace('=', "%3D")));
    format!("page=optimizer&brand=Tesla{}{more}", vary.concat())
}

fn run_optimize(arguments: &[&str]) -> Result<Value> {
    let [first, second] = VARY;
    let variations = ["--brand", "Tesla", "--vary", first, "--vary", second];
    run_json(
        "optimize",
        &repository_path("Data"),
        &[&variations, arguments].concat(),
    )
}

async fn run_search(page: &Page) -> Result {
    page.press("Run").await?;
    page.wait_for_text("candidates were computed").await
}

#[tokio::test]
async fn the_best_candidates_equal_the_command_lines_and_can_be_loaded() -> Result {
    let page = open(&fragment("&rule=share-of-preference")).await?;
    run_search(&page).await?;
    page.wait_for_text("All 12 candidates were computed")
        .await?;
    let report = run_optimize(&["--objective", "share", "--rule", "share-of-preference"])?;
    let best = report["best"].as_array().unwrap();
    let rows = best.iter().enumerate().map(|(place, line)| {
        let values = &line["values"];
        vec![
            (place + 1).to_string(),
            match values["9.monthly_cost"].to_string().as_str() {
                "389" => "389 (lowest tried)".to_owned(),
                "439" => "439 (highest tried)".to_owned(),
                cost => cost.to_owned(),
            },
            values["10.vehicle_type"].as_str().unwrap().to_owned(),
            format!("{:.1} %", line["objective"].as_f64().unwrap() * 100.0),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let shown = page.table(BEST).await?;
    for (shown, row) in shown[1..].iter().zip(&rows) {
        assert_eq!(shown[..4], row[..]);
        // The objective is the share.
        assert_eq!(shown[4], shown[3]);
        assert!(shown[5].contains("90 % interval"), "{shown:?}");
    }
    assert_eq!(shown.len(), rows.len() + 1);

    page.press("Load candidate 2").await?;
    page.open_page("Product Attractiveness").await?;
    let cost = page
        .input_value("textbox", "monthly cost of Tesla Model 3")
        .await?;
    assert!(rows[1][1].starts_with(&cost), "{cost}");
    page.finish().await
}

#[tokio::test]
async fn price_responses_equal_the_command_lines() -> Result {
    let page = open(&fragment("")).await?;
    page.choose("Objective", "EBIT").await?;
    page.fill("Costs", "vehicle_type=SUV:12; vehicle_type=Sedan:4")
        .await?;
    page.click("checkbox", "Competitors respond").await?;
    run_search(&page).await?;
    let report = run_optimize(&[
        "--objective",
        "ebit",
        "--cost",
        "vehicle_type=SUV:12",
        "--cost",
        "vehicle_type=Sedan:4",
        "--answer",
    ])?;
    let answer = &report["answer"];
    let is_best = |line: &Value| line["values"] == answer["values"];
    let best = report["best"].as_array().unwrap().iter().position(is_best);
    let words = format!("candidate {} is best", best.unwrap() + 1);
    page.wait_for_text(&words).await?;
    page.wait_for_text(&format!("After {} round", answer["rounds"]))
        .await?;
    let share = answer["after"]["share"].as_f64().unwrap() * 100.0;
    page.wait_for_text(&format!("with a share of {share:.1} % instead of"))
        .await?;
    let prices = answer["prices"].as_object().unwrap();
    let rows = page
        .table("Monthly costs once competitors responded")
        .await?;
    // Prices that did not change are listed too.
    let changed = rows[1..].iter().filter(|row| row[1] != row[2]);
    assert_eq!(changed.clone().count(), prices.len());
    for (row, ends) in changed.zip(prices.values()) {
        let shown = row[1..3]
            .iter()
            .map(|cell| cell.replace(['$', ','], "").parse().unwrap());
        let shown: Vec<f64> = shown.collect();
        let ends: Vec<f64> = serde_json::from_value(ends.clone()).unwrap();
        assert_eq!(shown, ends, "{row:?}");
    }
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.finish().await
}

#[tokio::test]
async fn variations_are_edited_restored_and_checked() -> Result {
    let page = open("page=optimizer").await?;
    for (cell, text) in [("begin", "349"), ("end", "449"), ("step", "50")] {
        page.fill(&format!("{cell} of row 1"), text).await?;
    }
    page.press("Add row").await?;
    page.choose("attribute of row 2", "energy").await?;
    page.wait_for_text("levels: Electric Vehicle, Plug-in Hybrid")
        .await?;
    page.reload().await?;
    assert_eq!(page.input_value("textbox", "end of row 1").await?, "449");
    assert_eq!(
        page.input_value("combobox", "attribute of row 2").await?,
        "energy"
    );
    run_search(&page).await?;
    page.wait_for_text("All 6 candidates were computed").await?;

    page.fill("step of row 1", "30").await?;
    page.wait_for_text("the step 30 does not divide the range from 349 to 449")
        .await?;
    page.fill("levels of row 2", "Diesel").await?;
    page.wait_for_text("`Diesel` is not a level of this attribute")
        .await?;
    for name in ["step of row 1", "levels of row 2"] {
        let input = page.find("textbox", name).await?;
        assert_eq!(input.attr("aria-invalid").await?.as_deref(), Some("true"));
    }
    let idle = page.find("button", "Run").await?;
    assert_eq!(idle.attr("aria-disabled").await?.as_deref(), Some("true"));
    page.wait_for_text("have changed since").await?;
    page.press("Remove row 2").await?;
    page.fill("step of row 1", "100").await?;
    run_search(&page).await?;
    page.wait_for_text("All 2 candidates were computed").await?;
    page.fill("begin of row 1", "49").await?;
    page.wait_for_text("outside the surveyed range 120–1250")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn a_search_can_be_cancelled_and_restarted() -> Result {
    let more = "&rule=rfc&vary=9.range%3D200:300:1&vary=9.charge%3D10:100:10";
    let page = open(&fragment(more)).await?;
    page.press("Run").await?;
    page.find("progressbar", "Optimizing").await?;
    page.press("Cancel").await?;
    page.wait_for_text("The search was cancelled").await?;
    assert!(page.scope().find_all("table", BEST).await?.is_empty());
    for row in [4, 3] {
        page.press(&format!("Remove row {row}")).await?;
    }
    page.choose("Rule", "First choice").await?;
    run_search(&page).await?;
    wait_until_equal("the candidates", 11, async || {
        Ok(page.table(BEST).await?.len())
    })
    .await?;
    page.finish().await
}

#[tokio::test]
async fn the_best_price_is_found_and_set() -> Result {
    let page = open("page=optimizer&priced=9").await?;
    page.wait_for_text("EBIT of Tesla is highest at $").await?;
    page.wait_for_text("over today").await?;
    page.wait_for_text("The offer's share is then").await?;
    let rows = page.figure("Price finder").await?.rows().await?;
    let header = ["EBIT of Tesla, ", "Share of Tesla Model 3, %"];
    for name in header {
        let columns = rows[0].iter().filter(|column| column.starts_with(name));
        // The value and both ends of its interval.
        assert_eq!(columns.count(), 3, "{:?}", rows[0]);
    }
    // The offer with the largest share is selected, and stays selected at a price where it has less.
    page.load("page=optimizer").await?;
    page.wait_for_text("EBIT of Tesla is highest at $").await?;
    page.press("Set this price").await?;
    page.wait_for_text(", today's price").await?;
    let cost = page
        .input_value("textbox", "monthly cost of Tesla Model 3")
        .await?;
    assert!(rows.iter().any(|row| row[0] == cost), "{cost}");
    assert!(page.is_disabled("Set this price").await?);
    // The lowest price has the highest share, and that it is an edge is said.
    page.choose("Price objective", "Share").await?;
    page.wait_for_text("This is the lowest surveyed price")
        .await?;
    page.reload().await?;
    page.wait_for_text("Share of Tesla is highest at $120 a month")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn bounds_of_responses_are_shown_and_edited() -> Result {
    let page = open("page=optimizer").await?;
    page.click("checkbox", "Competitors respond").await?;
    let name = "highest monthly cost of Nissan LEAF S";
    let highest = page.input_value("textbox", name).await?;
    assert!(!highest.is_empty());
    page.fill(name, "1").await?;
    page.wait_for_text("write two amounts, the lower one first")
        .await?;
    page.fill(name, "900").await?;
    page.reload().await?;
    assert_eq!(page.input_value("textbox", name).await?, "900");
    page.finish().await
}
