//! When a file cannot be loaded, the page says which one, and what to do.

use e2e::{Page, Result, Server};

async fn open_without(pattern: &str) -> Result<Page> {
    Page::open_blocking(Server::shared()?, &[pattern]).await
}

#[tokio::test]
async fn a_missing_file_is_named() -> Result {
    let page = open_without("*/Data/leaseOffers.csv").await?;
    let problems = page.table("Problems").await?;
    assert_eq!(problems[1][0], "/Data/leaseOffers.csv");
    page.wait_for_text("reload the page").await?;
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn without_its_wasm_the_page_explains_why_it_is_empty() -> Result {
    let page = open_without("*.wasm").await?;
    page.wait_for_text("The dashboard could not be loaded")
        .await?;
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn without_the_workers_program_the_page_says_so_and_its_own_figures_remain() -> Result {
    let page = open_without("*analyst_bg*").await?;
    page.wait_until_ready().await?;
    page.wait_for_text("its program could not be loaded; check that the server runs")
        .await?;
    let shares = page.figure("Predicted market share by product").await?;
    assert_eq!(shares.rows().await?.len(), 14);
    assert_eq!(page.table("Results").await?.len(), 22);
    Ok(())
}

#[tokio::test]
async fn without_the_chart_library_the_numbers_remain() -> Result {
    let page = open_without("*plotly*").await?;
    page.wait_for_text("the chart library plotly.js was not loaded")
        .await?;
    let title = "Predicted market share by product";
    let rows = page.figure(title).await?.rows().await?;
    assert_eq!(rows.len(), 14, "{rows:?}");
    Ok(())
}
