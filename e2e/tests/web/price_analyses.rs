//! Market Simulator: the figures of a price that moves are the command line's, follow their
//! controls, and say why they are empty.

use e2e::{Figure, Page, Result, Simulation, open, repository_path, run_json, wait_until_equal};
use serde_json::{Value, json};

const WORTH: &str = "Willingness to pay";
const ELASTICITY: &str = "Price elasticity";
const DEMAND: &str = "Demand curve";
const DIVERSION: &str = "Diversion";
const LOGIT: [&str; 2] = ["--rule", "share-of-preference"];
const EDITS: [&str; 2] = ["--set", "9.monthly_cost=449"];

/// By what other roundings of exponentials may change a figure.
const ROUNDING: f64 = 1e-6;

/// What a command says of the shipped study, edited and by the share of preference.
fn told(command: &str, arguments: &[&str]) -> Result<Value> {
    let all = [&LOGIT, &EDITS, arguments].concat();
    run_json(command, &repository_path("Data"), &all)
}

fn names() -> Result<Vec<String>> {
    Ok(Simulation::run_shipped(&[])?.products())
}

/// A number so many times as large, as a Data table has it; nothing where there is none.
fn cell(value: &Value, times: f64) -> String {
    let number = value.as_f64().map(|number| (number * times).to_string());
    number.unwrap_or_default()
}

/// A matrix of products as a Data table has it.
fn matrix(corner: &str, rows: &Value, columns: &[String], times: f64) -> Result<Vec<Vec<String>>> {
    let header = std::iter::once(corner.to_owned()).chain(columns.iter().cloned());
    let names = names()?;
    let lines = rows.as_array().unwrap().iter().zip(names);
    let lines = lines.map(|(row, name)| {
        let cells = row.as_array().unwrap().iter();
        let cells = cells.map(|value| cell(value, times));
        std::iter::once(name).chain(cells).collect()
    });
    Ok(std::iter::once(header.collect()).chain(lines).collect())
}

/// The page at the offers and the rule that [`told`] asks about.
async fn open_edited() -> Result<Page> {
    open("page=market&rule=share-of-preference&set=9.monthly_cost%3D449").await
}

/// A figure, once the worker has brought the numbers of all.
async fn drawn<'p>(page: &'p Page, title: &str) -> Result<Figure<'p>> {
    let missing = "return document.querySelectorAll('[aria-busy]').length";
    wait_until_equal("every figure", json!(0), async || page.eval(missing).await).await?;
    page.figure(title).await
}

#[tokio::test]
async fn elasticities_are_those_of_the_command_line() -> Result {
    let page = open_edited().await?;
    let expected = told("elasticity", &[])?;
    let names = names()?;
    for (choice, key) in [("Point", "point"), ("Arc", "arc")] {
        page.choose("Elasticity", choice).await?;
        let table = matrix("Share of", &expected[key], &names, 1.0)?;
        let figure = drawn(&page, ELASTICITY).await?;
        figure.wait_for_rows_within(&table, ROUNDING).await?;
        assert!(figure.text().await?.contains("By share of preference"));
    }
    page.finish().await
}

#[tokio::test]
async fn buyers_go_where_the_command_line_says() -> Result {
    let page = open_edited().await?;
    page.click("checkbox", "None option").await?;
    page.fill("Utility of None", "1").await?;
    let expected = told("diversion", &["--none", "1"])?;
    let mut columns = names()?;
    columns.push("None".to_owned());
    let table = matrix("Withdrawn", &expected["diversion"], &columns, 100.0)?;
    let figure = drawn(&page, DIVERSION).await?;
    figure.wait_for_rows_within(&table, ROUNDING).await?;
    page.finish().await
}

/// A demand curve as a Data table has it.
fn curve(told: &Value, product: &str) -> Vec<Vec<String>> {
    let brand = told["brand"].as_str().unwrap();
    let header = [
        format!("monthly cost of {product}, $ a month"),
        "Share, %".to_owned(),
        "Share, %, low".to_owned(),
        "Share, %, high".to_owned(),
        format!("Revenue of {brand}, $ thousand a month"),
        format!("EBIT of {brand}, $ thousand a month"),
    ];
    let points = told["points"].as_array().unwrap().iter();
    let points = points.map(|point| {
        let keys = [
            ("price", 1.0),
            ("share", 100.0),
            ("low", 100.0),
            ("high", 100.0),
            ("revenue", 1.0),
            ("ebit", 1.0),
        ];
        keys.map(|(key, times)| cell(&point[key], times)).to_vec()
    });
    std::iter::once(header.to_vec()).chain(points).collect()
}

#[tokio::test]
async fn a_demand_curve_is_of_the_chosen_product() -> Result {
    let page = open_edited().await?;
    let figure = drawn(&page, DEMAND).await?;
    let expected = curve(&told("demand", &[])?, "Tesla Model 3");
    figure.wait_for_rows_within(&expected, ROUNDING).await?;
    assert!(figure.text().await?.contains("$449 a month"));

    page.choose("Product of the curve", "Nissan LEAF S").await?;
    let expected = curve(&told("demand", &["--product", "7"])?, "Nissan LEAF S");
    let figure = drawn(&page, DEMAND).await?;
    figure.wait_for_rows_within(&expected, ROUNDING).await?;
    // It is in the link.
    page.reload().await?;
    let figure = drawn(&page, DEMAND).await?;
    figure.wait_for_rows_within(&expected, ROUNDING).await?;
    assert_eq!(
        page.input_value("combobox", "Priced product").await?,
        "Nissan LEAF S"
    );
    page.finish().await
}

/// What levels are worth, as a Data table has it.
fn worths(told: &Value) -> Vec<Vec<String>> {
    let kinds = [("algebraic", "median"), ("simulated", "amount")];
    let columns = kinds.map(|(kind, _)| {
        [
            kind.to_owned(),
            format!("{kind}, low"),
            format!("{kind}, high"),
        ]
    });
    let header = std::iter::once("level".to_owned()).chain(columns.into_iter().flatten());
    let lines = told["levels"].as_array().unwrap().iter();
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
async fn levels_are_worth_what_the_command_line_says() -> Result {
    let page = open_edited().await?;
    let figure = drawn(&page, WORTH).await?;
    let expected = worths(&told("wtp", &[])?);
    figure.wait_for_rows_within(&expected, ROUNDING).await?;
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
    let expected = worths(&told("wtp", &["--product", "2"])?);
    let figure = drawn(&page, WORTH).await?;
    figure.wait_for_rows_within(&expected, ROUNDING).await?;
    // What makes a cheap car worse may be made good by no price above nothing.
    let lost = expected.iter().filter(|row| row[4].is_empty()).count();
    assert!(lost > 1);
    let words = format!("{lost} levels are without a simulated amount");
    assert!(figure.text().await?.contains(&words), "{words}");
    page.finish().await
}

#[tokio::test]
async fn without_a_price_that_moves_figures_say_so() -> Result {
    let page = open("page=market&priced=9&withdraw=9").await?;
    for title in [WORTH, DEMAND] {
        let text = drawn(&page, title).await?.text().await?;
        assert!(
            text.contains("The offer `9` is withdrawn; choose one"),
            "{text}"
        );
    }
    page.finish().await?;
    let page = open("page=market&priced=9&set=9.monthly_cost%3D").await?;
    page.wait_for_text("Tesla Model 3 has no price that could move; give it one")
        .await?;
    page.finish().await
}
