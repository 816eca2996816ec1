//! Simulator: the lines of the focus brand, the results and the shares equal the command line's.

use e2e::{
    FolderCopy, Page, Result, Simulation, format_short, format_signed, open, precompute_study,
    repository_path, run_json, wait_until_equal,
};
use serde_json::Value;

const SHARE: &str = "Predicted market share by product";
const FOCUS: &str = "Focus brand";
const RESULTS: &str = "Results";
const EDIT: [&str; 2] = ["--set", "9.monthly_cost=449"];
const EDITED: &str = "set=9.monthly_cost%3D449";

/// The output of `conjoint simulate` for the shipped study, with intervals.
fn run_simulate(edits: &[&str]) -> Result<Value> {
    let arguments = [&["--interval", "90"], edits].concat();
    run_json("simulate", &repository_path("Data"), &arguments)
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap()
}

fn write_percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn write_points(difference: f64) -> String {
    format_signed(difference * 100.0, |size| format!("{size:.1}"))
}

/// An amount in thousands of dollars.
fn write_money(thousands: f64) -> String {
    let sign = if thousands < 0.0 { "−" } else { "" };
    format!("{sign}${}", format_short(thousands.abs() * 1000.0))
}

fn write_customers(thousands: f64) -> String {
    format_short(thousands * 1000.0)
}

/// A brand in the intervals of the output.
fn find_brand<'r>(report: &'r Value, name: &str) -> &'r Value {
    let mut brands = report["intervals"]["brands"].as_array().unwrap().iter();
    brands.find(|brand| brand["brand"] == name).unwrap()
}

/// The expected table of the focus brand after an edit.
fn expected_focus(report: &Value, brand: &str) -> Vec<Vec<String>> {
    let brand = find_brand(report, brand);
    let between = |figure: &Value, write: &dyn Fn(f64) -> String| {
        let [low, high] = ["change_low", "change_high"].map(|key| write(number(figure, key)));
        format!("{low} to {high}")
    };
    let share = &brand["share"];
    let share = [
        "Share".to_owned(),
        write_percent(number(share, "value")),
        format!("{} points", write_points(number(share, "change"))),
        between(share, &write_points),
    ];
    let money = [("Revenue", "revenue_new"), ("EBIT", "ebit_new")].map(|(title, key)| {
        let figure = &brand[key];
        let change = |difference: f64| format_signed(difference, write_money);
        [
            title.to_owned(),
            write_money(number(figure, "value")),
            change(number(figure, "change")),
            between(figure, &change),
        ]
    });
    let header = ["figure", "now", "change", "90 % interval of the change"].map(str::to_owned);
    let lines = [header, share].into_iter().chain(money);
    lines.map(|line| line.to_vec()).collect()
}

/// The expected table of results, with the brand in focus first. Without an edit there are no changes.
fn expected_results(report: &Value, focus: &str, is_edited: bool) -> Vec<Vec<String>> {
    let header = [
        "brand, product",
        "share",
        "change, points",
        "90 % interval",
        "Customers",
        "Revenue",
        "EBIT",
    ];
    let mut table = vec![header.map(str::to_owned).to_vec()];
    let shown = |change: String| if is_edited { change } else { String::new() };
    let shares = |name: String, share: f64, of: &Value| {
        let [low, high] = ["low", "high"].map(|key| number(of, key) * 100.0);
        let change = shown(write_points(number(of, "change")));
        let interval = format!("{low:.1}–{high:.1}");
        vec![name, write_percent(share), change, interval]
    };
    let mut brands = report["intervals"]["brands"].as_array().unwrap().clone();
    brands.sort_by_key(|brand| brand["brand"] != focus);
    for brand in brands {
        let name = brand["brand"].as_str().unwrap();
        let mut row = shares(
            name.to_owned(),
            number(&brand["share"], "value"),
            &brand["share"],
        );
        for key in ["sio_new", "revenue_new", "ebit_new"] {
            let write = match key {
                "sio_new" => write_customers,
                _ => write_money,
            };
            let change = format_signed(number(&brand[key], "change"), write);
            let value = number(&brand[key], "value");
            let cell = format!("{} {}", write(value), shown(change));
            row.push(cell.trim_end().to_owned());
        }
        table.push(row);
        let products = report["products"].as_array().unwrap().iter();
        for product in products.filter(|product| product["brand"] == name) {
            let model = product["model"].as_str().unwrap();
            let mut row = shares(format!("{name} {model}"), number(product, "share"), product);
            row.extend([const { String::new() }; 3]);
            table.push(row);
        }
    }
    table
}

/// Waits until a table of the page has these cells.
async fn wait_for_table(page: &Page, caption: &str, expected: Vec<Vec<String>>) -> Result {
    wait_until_equal(caption, expected, async || page.table(caption).await).await
}

/// Waits until the lines of the focus brand and the results equal the command line's after edits.
async fn wait_for_results(page: &Page, edits: &[&str], focus: &str) -> Result {
    let report = run_simulate(edits)?;
    wait_for_table(page, FOCUS, expected_focus(&report, focus)).await?;
    wait_for_table(page, RESULTS, expected_results(&report, focus, true)).await
}

/// Checks that the selected tab is the Simulator's.
async fn check_simulator_is_open(page: &Page) -> Result {
    let tab = page.find("tab", "Simulator").await?;
    assert_eq!(tab.attr("aria-selected").await?.as_deref(), Some("true"));
    page.find("table", RESULTS).await.map(drop)
}

/// A link of the page that was once named "Market Simulator" opens the Simulator.
async fn check_previous_link(page: &Page) -> Result {
    page.load("page=market&rule=share-of-preference&priced=7")
        .await?;
    check_simulator_is_open(page).await?;
    assert_eq!(
        page.input_value("combobox", "Rule").await?,
        "Share of preference"
    );
    assert_eq!(
        page.input_value("combobox", "Product of the curve").await?,
        "Nissan LEAF S"
    );
    let text = page.text().await?;
    assert!(!text.contains("The link contains what"), "{text}");
    Ok(())
}

#[tokio::test]
async fn the_focus_brand_and_the_results_equal_the_command_lines_after_an_edit() -> Result {
    let page = open("").await?;
    check_simulator_is_open(&page).await?;
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    wait_for_results(&page, &EDIT, "Tesla").await?;
    // A brand without an offer has no share.
    page.click("checkbox", "Withdraw VW e-Golf SE").await?;
    let edits = [&EDIT[..], &["--withdraw", "13"]].concat();
    wait_for_results(&page, &edits, "Tesla").await?;
    let results = page.table(RESULTS).await?;
    let row = results.iter().find(|row| row[0] == "VW");
    assert_eq!(row.map(|row| &*row[1]), Some("0.0 %"));
    check_previous_link(&page).await?;
    page.finish().await
}

#[tokio::test]
async fn another_focus_brand_comes_first_everywhere() -> Result {
    let page = open(EDITED).await?;
    let focus = async || page.input_value("combobox", FOCUS).await;
    assert_eq!(focus().await?, "Tesla");
    page.choose(FOCUS, "Kia").await?;
    wait_for_results(&page, &EDIT, "Kia").await?;
    page.reload().await?;
    assert_eq!(focus().await?, "Kia");
    wait_for_results(&page, &EDIT, "Kia").await?;
    assert_eq!(page.table("Lease offers").await?[1][0], "Kia Niro EV");
    let rows = page.figure(SHARE).await?.rows().await?;
    assert_eq!(rows[1][0], "Kia Niro EV");
    page.client().back().await?;
    wait_for_results(&page, &EDIT, "Tesla").await?;
    page.finish().await
}

#[tokio::test]
async fn nothing_shows_a_change_when_nothing_is_edited() -> Result {
    let page = open("").await?;
    page.wait_for_figures().await?;
    let expected = expected_results(&run_simulate(&[])?, "Tesla", false);
    wait_for_table(&page, RESULTS, expected).await?;
    let focus = page.table(FOCUS).await?;
    assert_eq!(focus[0], ["figure", "now"]);
    assert!(focus[1..].iter().all(|line| line.len() == 2), "{focus:?}");
    let text = page.text().await?;
    assert!(!text.contains('±'), "{text}");
    let money = page.figure("Money by brand").await?.text().await?;
    let measure = page.input_value("combobox", "Measure").await?;
    assert!(!measure.contains("change"), "{measure}: {money}");

    // The same once an edit is reset.
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    wait_for_results(&page, &EDIT, "Tesla").await?;
    page.press("Reset all").await?;
    wait_for_table(&page, FOCUS, focus).await?;
    let results = page.table(RESULTS).await?;
    assert!(
        results[1..].iter().all(|row| row[2].is_empty()),
        "{results:?}"
    );
    check_changed_choices(&page).await?;
    page.finish().await
}

/// The number of respondents whose choice an edit of the offers' file changes.
fn count_changed_choices(from: &str, to: &str) -> Result<usize> {
    let copy = FolderCopy::edited_data("leaseOffers.csv", from, to)?;
    let folder = tempfile::tempdir()?;
    precompute_study(copy.path(), folder.path())?;
    let read =
        |folder| std::fs::read_to_string(std::path::Path::join(folder, "baselinePrediction.csv"));
    let (live, baseline) = (
        read(folder.path())?,
        read(&repository_path("Precomputed Data"))?,
    );
    let pairs = live.lines().zip(baseline.lines());
    Ok(pairs.filter(|(live, baseline)| live != baseline).count())
}

/// The page says how many respondents choose otherwise.
async fn check_changed_choices(page: &Page) -> Result {
    let same = "All 560 respondents choose as at the baseline.";
    page.wait_for_text(same).await?;
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    let changed = count_changed_choices("9,Tesla,Model 3,399", "9,Tesla,Model 3,449")?;
    assert!(changed > 1);
    page.wait_for_text(&format!(
        "{changed} of 560 respondents change their choice."
    ))
    .await?;
    // A text that is not committed changes nothing.
    page.press("Reset all").await?;
    page.wait_for_text(same).await?;
    let input = page
        .find("textbox", "monthly cost of Tesla Model 3")
        .await?;
    page.click_element(&input).await?;
    page.send_keys("44g").await?;
    page.wait_for_text(same).await
}

#[tokio::test]
async fn intervals_of_shares_equal_the_command_lines() -> Result {
    let page = open(EDITED).await?;
    let baseline = Simulation::run_shipped(&[])?;
    let mut expected = Simulation::run_shipped(&EDIT)?.market_shares(&baseline);
    let products = run_simulate(&EDIT)?["products"].clone();
    let ends = ["low", "high"];
    for (place, row) in expected.iter_mut().enumerate() {
        let cells = ends.map(|end| match place.checked_sub(1) {
            None => format!("live, {end}"),
            Some(product) => (number(&products[product], end) * 100.0).to_string(),
        });
        row.splice(2..2, cells);
    }
    let figure = page.figure(SHARE).await?;
    figure.wait_for_rows_in_any_order(&expected).await?;
    page.wait_for_text("with the 90 % interval of the share now")
        .await?;
    page.wait_for_text("By first choice · 560 respondents")
        .await?;
    page.wait_for_figures().await?;
    let money = page.figure("Money by brand").await?.rows().await?;
    assert!(money.len() > 7 && money[0].len() > 3, "{money:?}");
    let segments = page.figure("Share by segment").await?.rows().await?;
    assert!(segments.len() > 7 && segments[0].len() > 3, "{segments:?}");
    for tab in ["Simulator", "Insights"] {
        page.open_page(tab).await?;
        page.find("heading", "How it is computed").await?;
        page.wait_for_text("1,000 resamples of the respondents")
            .await?;
    }
    page.finish().await
}

/// The share at the start of a cell, without its unit: "57.1 ".
fn share_of(cell: &str) -> &str {
    cell.split_once('%').map_or(cell, |(share, _)| share)
}

#[tokio::test]
async fn compared_scenarios_have_intervals_and_marks() -> Result {
    let page = open(EDITED).await?;
    page.press("Save scenario").await?;
    page.fill("Scenario name", "Dearer").await?;
    page.click("checkbox", "Compare Dearer").await?;
    page.press("Baseline").await?;
    let report = run_simulate(&EDIT)?;
    let products = report["products"].as_array().unwrap();
    let model_3 = products.iter().find(|product| product["id"] == 9);
    let model_3 = model_3.unwrap();
    let [low, high] = ["low", "high"].map(|end| number(model_3, end) * 100.0);
    let interval = format!("{low:.1}–{high:.1}");
    wait_until_equal("the interval", true, async || {
        let rows = page.table("Results").await?;
        let column = rows[0].iter().position(|name| name == "Dearer: share");
        let row = rows.iter().find(|row| row[0] == "Tesla Model 3");
        let cell = row.zip(column).map(|(row, column)| &row[column]);
        Ok(cell.is_some_and(|cell| cell.ends_with(&interval)))
    })
    .await?;
    let rows = page.table("Results").await?;
    let tesla = rows.iter().find(|row| row[0] == "Tesla").unwrap();
    for measure in ["revenue", "EBIT"] {
        let title = format!("Dearer: {measure}");
        let named = |name: &String| name.eq_ignore_ascii_case(&title);
        let column = rows[0].iter().position(named).unwrap();
        assert!(tesla[column].contains(" to "), "{tesla:?}");
    }
    // The brand in focus is compared without scrolling.
    let focus = page.table("Focus brand").await?;
    let dearer = focus[0].iter().position(|name| name == "Dearer").unwrap();
    let share = rows[0].iter().position(|name| name == "Dearer: share");
    let share = &tesla[share.unwrap()];
    assert!(share.starts_with(share_of(&focus[1][dearer])), "{focus:?}");
    for figure in [SHARE, "Money by brand"] {
        let rows = page.figure(figure).await?.rows().await?;
        for column in ["Dearer", "Dearer, low", "Dearer, high"] {
            assert!(rows[0].iter().any(|name| name == column), "{:?}", rows[0]);
        }
    }
    page.finish().await
}
