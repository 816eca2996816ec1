//! Market Simulator: its choice model applies to every page, its figures equal the command line's, and
//! invalid input is reported next to its control.

use e2e::{
    Lockstep, MEASURES, MONTHLY_ROWS, Result, Simulation, open, repository_path, run_json,
    wait_until_equal,
};
use serde_json::Value;

const SHARE: &str = "Predicted market share by product";
const INTERVALS: &str = "Share with intervals";
const RULES: [(&str, &[&str]); 3] = [
    ("Share of preference", &["--rule", "share-of-preference"]),
    ("Randomized first choice", &["--rule", "rfc"]),
    ("Purchase likelihood", &["--rule", "purchase-likelihood"]),
];

/// The products in the output of `conjoint simulate` for the shipped study.
fn run_products(arguments: &[&str]) -> Result<Vec<Value>> {
    let report = run_json("simulate", &repository_path("Data"), arguments)?;
    Ok(report["products"].as_array().unwrap().clone())
}

/// Rows of a Data table: each product's name and numbers in percent.
fn percent_rows(products: &[Value], numbers: &[&str]) -> Vec<Vec<String>> {
    let row = |product: &Value| {
        let [brand, model] = ["brand", "model"].map(|key| product[key].as_str().unwrap());
        let cells = numbers.iter().map(|key| match product[*key].as_f64() {
            Some(number) => (number * 100.0).to_string(),
            None => String::new(),
        });
        std::iter::once(format!("{brand} {model}"))
            .chain(cells)
            .collect()
    };
    products.iter().map(row).collect()
}

/// Appends the other table's columns, without its first.
fn append_columns(table: Vec<Vec<String>>, other: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let pairs = table.into_iter().zip(other);
    pairs
        .map(|(mut row, other)| {
            row.extend(other.into_iter().skip(1));
            row
        })
        .collect()
}

fn with_header(header: &[&str], rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let header = header.iter().map(|name| (*name).to_owned()).collect();
    std::iter::once(header).chain(rows).collect()
}

#[tokio::test]
async fn the_choice_rule_applies_to_every_page() -> Result {
    let page = open("page=market&set=9.monthly_cost%3D449").await?;
    for (name, rule) in RULES {
        page.open_page("Market Simulator").await?;
        page.choose("Rule", name).await?;
        let edits = ["--set", "9.monthly_cost=449"];
        let live = percent_rows(&run_products(&[rule, &edits].concat())?, &["share"]);
        let baseline = percent_rows(&run_products(rule)?, &["share"]);
        let expected = with_header(
            &["product", "live", "baseline"],
            append_columns(live, baseline),
        );
        page.open_page("Product Attractiveness").await?;
        page.figure(SHARE).await?.wait_for_rows(&expected).await?;
        let by = name.to_ascii_lowercase();
        page.wait_for_text(&format!("By {by} · 560 respondents"))
            .await?;
    }
    page.finish().await
}

#[tokio::test]
async fn the_choice_model_applies_to_the_money_of_a_sweep() -> Result {
    let page = open("page=market").await?;
    page.choose("Rule", "Share of preference").await?;
    page.fill("Scale factor", "0.5").await?;
    page.click("checkbox", "None option").await?;
    page.fill("Utility of None", "-1.5").await?;
    page.open_page("Attribute Sweep").await?;
    page.wait_for_text("By share of preference, scale 0.5, with None · 560 respondents")
        .await?;
    let method = [
        "--rule",
        "share-of-preference",
        "--scale",
        "0.5",
        "--none",
        "-1.5",
    ];
    let expected = Lockstep::run_shipped("monthly_cost", &MONTHLY_ROWS, &method)?;
    for (title, measure) in MEASURES {
        let table = expected.changes(measure, None, false);
        page.figure(title)
            .await?
            .wait_for_rows_within(&table, 1e-9)
            .await?;
    }
    page.finish().await
}

#[tokio::test]
async fn intervals_of_shares_equal_the_command_lines() -> Result {
    let page = open("page=market&set=9.monthly_cost%3D449").await?;
    let method = ["--interval", "90", "--set", "9.monthly_cost=449"];
    let live = percent_rows(&run_products(&method)?, &["share", "low", "high"]);
    let baseline = percent_rows(&run_products(&[])?, &["share"]);
    let header = ["product", "live", "live, low", "live, high", "baseline"];
    let expected = with_header(&header, append_columns(live, baseline));
    page.figure(INTERVALS)
        .await?
        .wait_for_rows(&expected)
        .await?;
    page.wait_for_text("with its 90 % interval: 560 respondents")
        .await?;
    for title in [
        "Change in share",
        "Money with intervals",
        "Share by segment",
    ] {
        let rows = page.figure(title).await?.rows().await?;
        assert!(rows.len() > 7 && rows[0].len() > 3, "{title}: {rows:?}");
    }
    page.find("heading", "How it is computed").await?;
    page.wait_for_text("1,000 resamples of the respondents")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn the_segment_filter_applies_to_every_page() -> Result {
    let page = open("page=market").await?;
    page.click("checkbox", "Gen X").await?;
    page.wait_for_text("By first choice · Gen X, 200 respondents")
        .await?;
    let expected = run_products(&["--segment", "Gen X"])?;
    let counts = expected.iter().map(|it| it["respondents"].to_string());
    let names = percent_rows(&expected, &[]).into_iter().flatten();
    let table = names
        .zip(counts)
        .map(|(name, count)| vec![name, count.clone(), count]);
    page.open_page("Product Attractiveness").await?;
    let table = with_header(&["product", "live", "baseline"], table.collect());
    page.figure(SHARE).await?.wait_for_rows(&table).await?;
    page.wait_for_text("All 200 respondents choose as at the baseline")
        .await?;

    page.press("Undo").await?;
    page.wait_for_text("All 560 respondents choose as at the baseline")
        .await?;
    page.open_page("Market Simulator").await?;
    page.wait_for_text("none ticked: all segments are included")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn none_has_a_share_and_a_row_in_the_summary() -> Result {
    let page = open("page=market").await?;
    page.click("checkbox", "None option").await?;
    page.fill("Utility of None", "1").await?;
    let simulated = run_json("simulate", &repository_path("Data"), &["--none", "1"])?;
    let products = simulated["products"].as_array().unwrap();
    let chosen: f64 = products
        .iter()
        .map(|it| it["share"].as_f64().unwrap())
        .sum();
    let none = ((1.0 - chosen) * 1000.0).round() / 10.0;
    page.open_page("Product Attractiveness").await?;
    wait_until_equal("None in the summary", format!("{none:.1} %"), async || {
        let rows = page.table("Summary").await?;
        Ok(rows.last().unwrap()[1].clone())
    })
    .await?;
    page.finish().await
}

#[tokio::test]
async fn reload_and_back_restore_the_choice_model() -> Result {
    let page = open("page=market").await?;
    page.choose("Rule", "Share of preference").await?;
    page.fill("Scale factor", "0.5").await?;
    page.click("checkbox", "Baby Boomer").await?;
    page.fill("availability of Tesla Model 3", "0.6").await?;
    page.reload().await?;
    assert_eq!(
        page.input_value("combobox", "Rule").await?,
        "Share of preference"
    );
    assert_eq!(page.input_value("textbox", "Scale factor").await?, "0.5");
    let available = page
        .input_value("textbox", "availability of Tesla Model 3")
        .await?;
    assert_eq!(available, "0.6");
    page.wait_for_text("scale 0.5, limited availability · Baby Boomer, 160 respondents")
        .await?;
    page.client().back().await?;
    page.wait_for_text("By share of preference, scale 0.5 · Baby Boomer, 160 respondents")
        .await?;
    page.press("Reset method").await?;
    page.wait_for_text("By first choice · 560 respondents")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn invalid_input_is_reported_next_to_its_control_and_changes_nothing() -> Result {
    let page = open("page=market&rule=share-of-preference").await?;
    for (control, text, message) in [
        ("Scale factor", "-1", "the scale factor -1 is out of range"),
        ("Seed", "x", "`x` is not a number"),
        (
            "availability of Tesla Model 3",
            "1.5",
            "is not a share of the market",
        ),
        (
            "constant of Tesla Model 3",
            "1e7",
            "is out of range; use a number from",
        ),
    ] {
        page.fill(control, text).await?;
        page.wait_for_text(message).await?;
        let input = page.find("textbox", control).await?;
        assert_eq!(input.attr("aria-invalid").await?.as_deref(), Some("true"));
        assert_eq!(page.input_value("textbox", control).await?, text);
    }
    page.wait_for_text("By share of preference · 560 respondents")
        .await?;

    page.fill("target share of Tesla Model 3", "0.4").await?;
    page.press("Calibrate to target shares").await?;
    page.wait_for_text("The calibration failed: there is no target share for")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn a_market_is_calibrated() -> Result {
    let targets: Vec<String> = (1..=13)
        .map(|id| format!("target={id}:{}", if id == 13 { 0.28 } else { 0.06 }))
        .collect();
    let fragment = format!("page=market&rule=share-of-preference&{}", targets.join("&"));
    let page = open(&fragment).await?;
    page.wait_for_text("The target shares sum to 1.000").await?;
    page.press("Calibrate to target shares").await?;
    page.wait_for_text("constants · 560 respondents").await?;
    wait_until_equal("the calibrated shares", true, async || {
        let rows = page.table("Market conditions").await?;
        let shares: Vec<_> = rows[1..].iter().map(|row| row[4].clone()).collect();
        let last = shares.last().map(String::as_str) == Some("28.0 %");
        Ok(last && shares[..12].iter().all(|share| share == "6.0 %"))
    })
    .await?;
    let elasticities = async |kind: &str, explanation: &str| -> Result<Vec<Vec<String>>> {
        page.choose("Elasticity", kind).await?;
        page.wait_for_text(explanation).await?;
        page.figure("Price elasticity").await?.rows().await
    };
    let with = elasticities(
        "Point",
        "when the price of the column's product rises by 1 %",
    )
    .await?;
    let explanation = "the difference from Point is the effect of the constants";
    let without = elasticities("Point, without constants", explanation).await?;
    assert_ne!(with[1], without[1]);
    page.press("Reset method").await?;
    page.finish().await
}

#[tokio::test]
async fn the_page_fits_every_screen() -> Result {
    let page = open("page=market&rule=rfc&draws=200&none=-1").await?;
    page.wait_for_text("with its 90 % interval").await?;
    assert_eq!(page.check_looks("market").await?, [""; 0]);
    page.finish().await
}

#[tokio::test]
async fn other_pages_link_to_a_choice_model_that_is_not_the_default() -> Result {
    let page = open("rule=share-of-preference").await?;
    let link = "see and change it in Market Simulator";
    page.click("link", link).await?;
    page.find("heading", "Choice rule").await?;
    page.choose("Rule", "First choice").await?;
    page.open_page("Product Attractiveness").await?;
    assert!(page.scope().find_all("link", link).await?.is_empty());
    let expected = Simulation::run_shipped(&[])?.respondents();
    let rows = page.figure(SHARE).await?.rows().await?;
    let counts = rows[1..].iter().map(|row| row[1].parse().unwrap());
    assert_eq!(counts.collect::<Vec<u64>>(), expected);
    page.finish().await
}
