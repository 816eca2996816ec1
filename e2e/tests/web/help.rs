//! The help with its glossary.

use e2e::{Result, open, wait_until_equal};
use fantoccini::key::Key;
use serde_json::json;

#[tokio::test]
async fn the_help_opens_and_gives_the_focus_back() -> Result {
    let page = open("page=sweep").await?;
    page.press("Help").await?;
    page.find("dialog", "Help").await?;
    page.find("heading", "How to start").await?;
    page.find("heading", "Glossary").await?;
    page.wait_for_text("Share of preference").await?;
    page.wait_for_text("In this study: Volkswagen Group (Audi, VW)")
        .await?;
    for scheme in ["light", "dark"] {
        page.emulate_media("", &[("prefers-color-scheme", scheme)])
            .await?;
        assert_eq!(page.accessibility_violations().await?, [""; 0], "{scheme}");
    }
    let focused = async || page.eval("return document.activeElement.textContent").await;
    assert_eq!(focused().await?, json!("Close"));
    page.send_keys(&Key::Escape.to_string()).await?;
    wait_until_equal("the focus", json!("Help"), &focused).await?;
    let open = page
        .eval("return document.querySelector('dialog').open")
        .await?;
    assert_eq!(open, json!(false));

    page.send_keys(&Key::Enter.to_string()).await?;
    wait_until_equal("the focus", json!("Close"), &focused).await?;
    page.send_keys(&Key::Enter.to_string()).await?;
    wait_until_equal("the focus", json!("Help"), &focused).await?;
    page.finish().await
}
