//! The page loads, draws, and the browser has nothing to complain about.

use e2e::{Look, Page, Result, Server, shipped};

#[tokio::test]
async fn the_page_draws_the_study_without_a_complaint() -> Result {
    let server = Server::start(&shipped("Data"), &shipped("Precomputed Data"))?;
    let page = Page::open(&server, "").await?;
    page.find("heading", "Electric vehicle leases").await?;
    page.find("tab", "Product Attractiveness").await?;
    for look in Look::ALL {
        page.screenshot("attractiveness", look).await?;
        assert_eq!(page.accessibility().await?, [""; 0], "{look:?}");
    }
    page.finish().await
}
