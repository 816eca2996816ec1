//! The first visit: what it loads, and the strip for first visitors.

use e2e::{Page, Result, Server, open};

const STRIP: &str = "Demo data: drawn, not surveyed";

#[tokio::test]
async fn a_first_visitor_can_try_an_edit_and_dismiss_the_strip() -> Result {
    let page = open("").await?;
    page.wait_for_text(STRIP).await?;
    page.press("Try it: Tesla Model 3 −10 %").await?;
    let cost = page
        .input_value("textbox", "monthly cost of Tesla Model 3")
        .await?;
    assert_eq!(cost, "359.1");
    page.press("Undo").await?;
    page.press("Dismiss").await?;
    assert!(!page.text().await?.contains(STRIP));
    page.reload().await?;
    assert!(!page.text().await?.contains(STRIP));
    page.finish().await
}

#[tokio::test]
async fn what_the_page_preloads_is_used_and_loaded_once() -> Result {
    let server = Server::start_shipped()?;
    let page = Page::open(&server, "").await?;
    page.wait_for_figures().await?;
    let requests = server.requests();
    for name in ["/plotly-", "/app_bg-"] {
        let same = requests.iter().filter(|(path, _)| path.starts_with(name));
        assert_eq!(same.count(), 1, "{name} in {requests:?}");
    }
    page.finish().await
}
