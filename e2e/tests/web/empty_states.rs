//! Pages without results say why: nobody is selected, or no offer is on the market.

use e2e::{Page, Result, open, wait_until_equal};

const RESULT_PAGES: [&str; 5] = [
    "Simulator",
    "Product Attractiveness",
    "Attribute Sweep",
    "Insights",
    "Optimizer",
];
const NOBODY: &str = "No respondent in Baby Boomer owns Jaguar. Select other segments or owners.";
const NO_OFFER: &str = "No offer is on the market. Put one back, or add one.";

/// Waits until a page shows only this sentence instead of results, but still what to change.
async fn wait_for_empty_state(page: &Page, sentence: &str) -> Result {
    page.wait_for_text(sentence).await?;
    let script = "return document.querySelectorAll('figure, .results table').length";
    assert_eq!(page.eval(script).await?, 0);
    for part in ["Choice model", "Offers"] {
        page.find("region", part).await?;
    }
    Ok(())
}

/// Checks every page that shows results, then the first again after a reload.
async fn check_every_page(page: &Page, sentence: &str) -> Result {
    for tab in RESULT_PAGES {
        page.open_page(tab).await?;
        wait_for_empty_state(page, sentence).await?;
    }
    page.open_page("Simulator").await?;
    wait_for_empty_state(page, sentence).await?;
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.reload().await?;
    wait_for_empty_state(page, sentence).await
}

#[tokio::test]
async fn a_selection_of_nobody_is_described() -> Result {
    let page = open("").await?;
    page.choose("Segment", "Baby Boomer").await?;
    page.open_settings().await?;
    page.click("checkbox", "Jaguar").await?;
    check_every_page(&page, NOBODY).await?;
    let model = page.find("region", "Choice model").await?;
    assert!(page.text_of(&model).await?.contains("0 respondents"));

    // Jaguar has owners in another segment.
    page.choose("Segment", "Gen X").await?;
    page.wait_for_text("Gen X, owners of Jaguar, 3 respondents")
        .await?;
    page.figure("Predicted market share by product").await?;
    let text = page.text().await?;
    assert!(!text.contains("No respondent in"), "{text}");
    page.finish().await
}

/// A fragment that withdraws all offers whose id is below this one.
fn withdraw_all(end: u32) -> String {
    let withdrawn = (1..end).map(|id| format!("withdraw={id}"));
    withdrawn.collect::<Vec<_>>().join("&")
}

#[tokio::test]
async fn without_an_offer_on_the_market_there_are_no_results() -> Result {
    let page = open(&withdraw_all(13)).await?;
    wait_until_equal(
        "the share of the only offer",
        "100.0 %".to_owned(),
        async || {
            let rows = page.table("Results").await?;
            let row = rows.iter().find(|row| row[0] == "VW e-Golf SE");
            Ok(row.map_or_else(String::new, |row| row[1].clone()))
        },
    )
    .await?;
    page.click("checkbox", "Withdraw VW e-Golf SE").await?;
    check_every_page(&page, NO_OFFER).await?;

    page.click("checkbox", "Withdraw Audi e-tron").await?;
    page.figure("Predicted market share by product").await?;
    page.press("Undo").await?;
    wait_for_empty_state(&page, NO_OFFER).await?;
    // The sentence says that adding an offer helps.
    page.press("Add offer").await?;
    page.figure("Predicted market share by product").await?;
    page.finish().await
}
