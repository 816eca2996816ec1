//! Numbers in the format of the reader's locale.

use e2e::{Page, Result, Server, wait_until_equal};
use fantoccini::key::Key;
use serde_json::json;

const MODEL_3: &str = "monthly cost of Tesla Model 3";

async fn wait_until_valid(page: &Page) -> Result {
    let script = "return document.querySelectorAll('[aria-invalid]').length";
    wait_until_equal("the invalid inputs", json!(0), async || {
        page.eval(script).await
    })
    .await
}

#[tokio::test]
async fn a_german_page_has_decimal_commas() -> Result {
    let page = Page::open_in_locale(Server::shared()?, "de-DE", "page=sweep&analysis=grid").await?;
    page.wait_for_text("$4.540").await?;
    let figure = page.figure("EBIT").await?;
    let separators = figure
        .eval_chart("return chart._fullLayout.separators")
        .await?;
    assert_eq!(separators, ",.");
    // Axes and hover texts use plotly.js's formatter. Labels in the cells use ours. The table and the
    // CSV file have plain numbers.
    let formatted = "return chart._fullLayout._d3locale.numberFormat(',.1f')(1234.5)";
    assert_eq!(figure.eval_chart(formatted).await?, "1.234,5");
    let labels = figure
        .eval_chart("return chart.data[0].text.flat().join(' ')")
        .await?;
    let labels = labels.as_str().unwrap_or_default();
    assert!(labels.contains(',') && !labels.contains('.'), "{labels}");
    let rows = figure.rows().await?;
    assert!(!rows[1..].concat().concat().contains(','), "{rows:?}");
    let file = figure.download_csv().await?;
    assert!(
        file.lines().skip(1).all(|line| !line.contains('"')),
        "{file}"
    );

    page.set_fragment("page=simulator").await?;
    wait_until_equal("the share of Tesla", "60,9 %".to_owned(), async || {
        let rows = page.table("Results").await?;
        let tesla = rows.iter().find(|row| row[0] == "Tesla");
        Ok(tesla.map_or_else(String::new, |row| row[1].clone()))
    })
    .await?;
    page.finish().await
}

#[tokio::test]
async fn a_decimal_comma_is_accepted_unless_it_is_ambiguous() -> Result {
    let page = Page::open_in_locale(Server::shared()?, "de-DE", "").await?;
    page.fill(MODEL_3, "449,5").await?;
    wait_until_equal("the input", "449.5".to_owned(), async || {
        page.input_value("textbox", MODEL_3).await
    })
    .await?;
    page.fill(MODEL_3, "1.250").await?;
    page.wait_for_text("“1.250” may be 1250 or a fraction")
        .await?;
    let input = page.find("textbox", MODEL_3).await?;
    assert_eq!(input.attr("aria-invalid").await?.as_deref(), Some("true"));
    assert_eq!(page.input_value("textbox", MODEL_3).await?, "1.250");
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    assert!(
        page.client()
            .current_url()
            .await?
            .as_str()
            .contains("449.5")
    );
    page.fill(MODEL_3, "1250").await?;
    wait_until_valid(&page).await?;

    // Escape restores the last number. With three digits after the comma, it could also be a number of
    // thousands.
    page.fill(MODEL_3, "449,125").await?;
    page.fill(MODEL_3, "x").await?;
    page.wait_for_text("is not a number").await?;
    let input = page.find("textbox", MODEL_3).await?;
    page.click_element(&input).await?;
    input.send_keys(&Key::Escape).await?;
    wait_until_equal("the input", "449.125".to_owned(), async || {
        page.input_value("textbox", MODEL_3).await
    })
    .await?;
    wait_until_valid(&page).await?;
    page.finish().await
}
