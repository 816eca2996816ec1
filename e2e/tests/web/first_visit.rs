//! The strip for first visitors.

use e2e::{Result, open};

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
