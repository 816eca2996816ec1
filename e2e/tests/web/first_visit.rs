//! The strip for first visitors.

use e2e::{Result, open};

const STRIP: &str = "First visit";

#[tokio::test]
async fn a_first_visitor_can_try_an_edit_and_dismiss_the_strip() -> Result {
    let page = open("").await?;
    page.find("complementary", STRIP).await?;
    page.wait_for_text("Demo data: drawn, not surveyed").await?;
    page.press("Try it: Tesla Model 3 −10 %").await?;
    let cost = page
        .input_value("textbox", "monthly cost of Tesla Model 3")
        .await?;
    assert_eq!(cost, "359.1");
    page.press("Undo").await?;
    page.press("Dismiss").await?;
    let strips = async || page.scope().find_all("complementary", STRIP).await;
    assert!(strips().await?.is_empty());
    page.reload().await?;
    assert!(strips().await?.is_empty());
    page.finish().await
}
