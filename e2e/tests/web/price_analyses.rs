//! Insights and Simulator: the analyses of prices equal the command line's, follow their controls, and
//! explain why they are empty.

use e2e::{Figure, Page, Result, Simulation, open, repository_path, run_json};
use serde_json::Value;

const WTP: &str = "Willingness to pay";
const ELASTICITY: &str = "Price elasticity";
const DEMAND: &str = "Demand curve";
const DIVERSION: &str = "Diversion";
const LOGIT: [&str; 2] = ["--rule", "share-of-preference"];
const EDITS: [&str; 2] = ["--set", "9.monthly_cost=449"];

/// The relative difference that other roundings of exponentials may cause.
const TOLERANCE: f64 = 1e-6;

/// Runs a subcommand on the shipped study with edits, by share of preference.
fn run_edited(command: &str, arguments: &[&str]) -> Result<Value> {
    let all = [&LOGIT, &EDITS, arguments].concat();
    run_json(command, &repository_path("Data"), &all)
}

fn product_names() -> Result<Vec<String>> {
    Ok(Simulation::run_shipped(&[])?.products())
}

/// A cell of a Data table: a number times `factor`, or empty.
fn cell(value: &Value, factor: f64) -> String {
    let number = value.as_f64().map(|number| (number * factor).to_string());
    number.unwrap_or_default()
}

/// The expected Data table of a matrix of products.
fn expected_matrix(
    corner: &str,
    rows: &Value,
    columns: &[String],
    factor: f64,
) -> Result<Vec<Vec<String>>> {
    let header = std::iter::once(corner.to_owned()).chain(columns.iter().cloned());
    let names = product_names()?;
    let lines = rows.as_array().unwrap().iter().zip(names);
    let lines = lines.map(|(row, name)| {
        let cells = row.as_array().unwrap().iter();
        let cells = cells.map(|value| cell(value, factor));
        std::iter::once(name).chain(cells).collect()
    });
    Ok(std::iter::once(header.collect()).chain(lines).collect())
}

/// Tables of values and of the low and high ends of their intervals as one, with the three of a column
/// next to each other.
fn interleave(tables: Vec<Vec<Vec<String>>>) -> Vec<Vec<String>> {
    let ends = ["", ", low", ", high"];
    let rows = tables[0].iter().enumerate().map(|(place, first)| {
        let mut row = vec![first[0].clone()];
        for column in 1..first.len() {
            for (table, end) in tables.iter().zip(ends) {
                let cell = table[place][column].clone();
                row.push(if place == 0 { cell + end } else { cell });
            }
        }
        row
    });
    rows.collect()
}

/// A page with the same edits and the same rule as [`run_edited`].
async fn open_edited(id: &str) -> Result<Page> {
    let edited = "rule=share-of-preference&set=9.monthly_cost%3D449";
    open(&format!("page={id}&{edited}")).await
}

/// A figure, once the worker has computed all of them.
async fn computed_figure<'p>(page: &'p Page, title: &str) -> Result<Figure<'p>> {
    page.wait_for_figures().await?;
    page.figure(title).await
}

#[tokio::test]
async fn elasticities_and_diversion_equal_the_command_lines() -> Result {
    let page = open_edited("insights").await?;
    check_elasticities(&page).await?;
    check_diversion(&page).await?;
    page.finish().await
}

async fn check_elasticities(page: &Page) -> Result {
    let expected = run_edited("elasticity", &[])?;
    let names = product_names()?;
    for (choice, key) in [("Point", "point"), ("Arc", "arc")] {
        page.choose("Elasticity", choice).await?;
        let figures = [key, &format!("{key}_low"), &format!("{key}_high")];
        let figures = figures.map(|key| expected_matrix("Share of", &expected[key], &names, 1.0));
        let table = interleave(figures.into_iter().collect::<Result<_>>()?);
        let figure = computed_figure(page, ELASTICITY).await?;
        figure.wait_for_rows_within(&table, TOLERANCE).await?;
        assert!(figure.text().await?.contains("By share of preference"));
    }
    Ok(())
}

/// Diversion, with a None option.
async fn check_diversion(page: &Page) -> Result {
    page.open_settings().await?;
    page.click("checkbox", "None option").await?;
    page.fill("Utility of None", "1").await?;
    let expected = run_edited("diversion", &["--none", "1"])?;
    let mut columns = product_names()?;
    columns.push("None".to_owned());
    let table = expected_matrix("Withdrawn", &expected["diversion"], &columns, 100.0)?;
    let figure = computed_figure(page, DIVERSION).await?;
    figure.wait_for_rows_within(&table, TOLERANCE).await
}

/// The expected Data table of a demand curve.
fn expected_curve(report: &Value, product: &str) -> Vec<Vec<String>> {
    let brand = report["brand"].as_str().unwrap();
    let header = [
        format!("monthly cost of {product}, $ a month"),
        "Share, %".to_owned(),
        "Share, %, low".to_owned(),
        "Share, %, high".to_owned(),
        format!("Revenue of {brand}, $ thousand a month"),
        format!("EBIT of {brand}, $ thousand a month"),
    ];
    let points = report["points"].as_array().unwrap().iter();
    let points = points.map(|point| {
        let keys = [
            ("price", 1.0),
            ("share", 100.0),
            ("low", 100.0),
            ("high", 100.0),
            ("revenue", 1.0),
            ("ebit", 1.0),
        ];
        keys.map(|(key, factor)| cell(&point[key], factor)).to_vec()
    });
    std::iter::once(header.to_vec()).chain(points).collect()
}

#[tokio::test]
async fn the_demand_curve_follows_the_chosen_product() -> Result {
    let page = open_edited("simulator").await?;
    let figure = computed_figure(&page, DEMAND).await?;
    let expected = expected_curve(&run_edited("demand", &[])?, "Tesla Model 3");
    figure.wait_for_rows_within(&expected, TOLERANCE).await?;
    assert!(figure.text().await?.contains("$449 a month"));

    page.choose("Product of the curve", "Nissan LEAF S").await?;
    let expected = expected_curve(&run_edited("demand", &["--product", "7"])?, "Nissan LEAF S");
    let figure = computed_figure(&page, DEMAND).await?;
    figure.wait_for_rows_within(&expected, TOLERANCE).await?;
    // A link restores it.
    page.reload().await?;
    let figure = computed_figure(&page, DEMAND).await?;
    figure.wait_for_rows_within(&expected, TOLERANCE).await?;
    // The analyses of prices have the same product.
    page.open_page("Insights").await?;
    assert_eq!(
        page.input_value("combobox", "Priced product").await?,
        "Nissan LEAF S"
    );
    page.finish().await
}

/// The expected Data table of the willingness to pay.
fn expected_wtp(report: &Value) -> Vec<Vec<String>> {
    let kinds = [("algebraic", "median"), ("simulated", "amount")];
    let columns = kinds.map(|(kind, _)| {
        [
            kind.to_owned(),
            format!("{kind}, low"),
            format!("{kind}, high"),
        ]
    });
    let header = std::iter::once("level".to_owned()).chain(columns.into_iter().flatten());
    let lines = report["levels"].as_array().unwrap().iter();
    let lines = lines.map(|line| {
        let [attribute, level] = ["attribute", "level"].map(|key| line[key].as_str().unwrap());
        let cells = kinds
            .map(|(kind, amount)| [amount, "low", "high"].map(|key| cell(&line[kind][key], 1.0)));
        let name = format!("{} {level}", attribute.replace('_', " "));
        std::iter::once(name)
            .chain(cells.into_iter().flatten())
            .collect()
    });
    std::iter::once(header.collect()).chain(lines).collect()
}

#[tokio::test]
async fn willingness_to_pay_equals_the_command_lines() -> Result {
    let page = open_edited("insights").await?;
    check_worth_of_a_level(&page).await?;
    check_willingness_to_pay(&page).await?;
    page.finish().await
}

/// Willingness to pay, of the price of two products.
async fn check_willingness_to_pay(page: &Page) -> Result {
    let figure = computed_figure(page, WTP).await?;
    let expected = expected_wtp(&run_edited("wtp", &[])?);
    figure.wait_for_rows_within(&expected, TOLERANCE).await?;
    let text = figure.text().await?;
    for words in [
        "The algebraic willingness to pay overstates",
        "0 of 560 respondents like paying more",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let csv = figure.download_csv().await?;
    assert!(csv.starts_with("level,algebraic ($ a month),"), "{csv}");

    page.choose("Priced product", "Chevrolet Bolt EV").await?;
    let expected = expected_wtp(&run_edited("wtp", &["--product", "2"])?);
    let figure = computed_figure(page, WTP).await?;
    figure.wait_for_rows_within(&expected, TOLERANCE).await?;
    // Some levels make a cheap car so much worse that no positive price compensates.
    let lost = expected.iter().filter(|row| row[4].is_empty()).count();
    assert!(lost > 1);
    let words = format!("{lost} levels have no simulated amount");
    assert!(figure.text().await?.contains(&words), "{words}");
    Ok(())
}

/// The worth of a level over respondents, and against another level.
async fn check_worth_of_a_level(page: &Page) -> Result {
    computed_figure(page, WTP).await?;
    page.choose("Distribution", "range 180").await?;
    page.wait_for_text("range 180: quantiles 5 %").await?;
    page.wait_for_text("Reference level: range 300").await?;
    let figure = computed_figure(page, WTP).await?;
    let rows = figure.rows().await?;
    assert_eq!(rows.len(), 102);
    let shares = rows[1..].iter().map(|row| row[1].parse::<f64>());
    let shares = shares.collect::<std::result::Result<Vec<_>, _>>()?;
    assert!(shares.is_sorted_by(|one, next| one >= next), "{shares:?}");

    page.choose("Compare", "range 80").await?;
    page.wait_for_text("range 180 less range 80: algebraic")
        .await?;
    let compare = ["--attribute", "range", "--compare", "180", "--with", "80"];
    let report = run_edited("wtp", &compare)?;
    let difference = report["comparison"]["algebraic"]["amount"].as_f64();
    assert!(
        difference.is_some_and(|difference| difference > 0.0),
        "{report}"
    );
    page.reload().await?;
    page.wait_for_text("range 180 less range 80: algebraic")
        .await?;
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.choose("Distribution", "All levels").await?;
    page.wait_for_text("Reference levels:").await
}

#[tokio::test]
async fn figures_explain_why_they_are_empty() -> Result {
    let page = Page::blank().await?;
    for (id, title) in [("insights", WTP), ("simulator", DEMAND)] {
        page.show(&format!("page={id}&priced=9&withdraw=9")).await?;
        let text = computed_figure(&page, title).await?.text().await?;
        assert!(
            text.contains("The offer `9` is withdrawn; choose one"),
            "{text}"
        );
    }
    page.show("page=insights&priced=9&set=9.monthly_cost%3D")
        .await?;
    page.wait_for_text("the cell is empty; write an amount")
        .await?;
    let price = "monthly cost of Tesla Model 3";
    assert!(page.is_invalid("textbox", price).await?);
    // The figures stay at the last price.
    let rows = computed_figure(&page, WTP).await?.rows().await?;
    assert!(rows.len() > 2, "{rows:?}");
    page.finish().await
}
