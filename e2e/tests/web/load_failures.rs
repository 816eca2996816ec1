//! What is missing is said in words: what, where, and what to do.

use e2e::{Page, Result, Server, shipped};

async fn without(pattern: &str) -> Result<(Server, Page)> {
    let server = Server::start(&shipped("Data"), &shipped("Precomputed Data"))?;
    let page = Page::open_without(&server, &[pattern]).await?;
    Ok((server, page))
}

#[tokio::test]
async fn a_file_that_does_not_arrive_is_named() -> Result {
    let (_server, page) = without("*/Data/leaseOffers.csv").await?;
    let problems = page.table("Problems").await?;
    assert_eq!(problems[1][0], "/Data/leaseOffers.csv");
    page.says("reload the page").await?;
    assert_eq!(page.accessibility().await?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn without_the_wasm_the_page_says_so() -> Result {
    let (_server, page) = without("*.wasm").await?;
    page.says("The dashboard could not be loaded").await?;
    assert_eq!(page.accessibility().await?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn without_the_second_part_of_the_wasm_the_page_says_so() -> Result {
    let (_server, page) = without("*app_later*").await?;
    page.ready().await?;
    page.find("tab", "Market Simulator").await?.click().await?;
    page.says("The dashboard stopped").await?;
    page.says("a part of the dashboard could not be loaded")
        .await
}

#[tokio::test]
async fn without_the_chart_library_the_numbers_are_still_there() -> Result {
    let (_server, page) = without("*plotly*").await?;
    page.says("the chart library plotly.js was not loaded")
        .await?;
    let title = "Predicted market share by product";
    let rows = page.figure(title).await?.rows().await?;
    assert_eq!(rows.len(), 14, "{rows:?}");
    Ok(())
}
