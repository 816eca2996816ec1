//! The explanation of each figure, and the help with its glossary.

use e2e::{Page, Result, open, wait_until_equal};
use fantoccini::key::Key;
use serde_json::json;

/// Pages with their numbers of figures, and the color scheme to check each in.
const PAGES: [(&str, usize, &str); 5] = [
    ("", 5, "dark"),
    ("page=attractiveness", 5, "light"),
    ("page=insights", 5, "light"),
    ("page=sweep", 9, "dark"),
    ("page=sweep&analysis=grid", 4, "light"),
];

async fn check_accessibility(page: &Page, scheme: &str) -> Result {
    page.emulate_media("", &[("prefers-color-scheme", scheme)])
        .await?;
    assert_eq!(page.accessibility_violations().await?, [""; 0], "{scheme}");
    Ok(())
}

#[tokio::test]
async fn every_figure_explains_how_to_read_it() -> Result {
    let page = Page::visit("about:blank").await?;
    for (fragment, count, scheme) in PAGES {
        page.load(fragment).await?;
        page.wait_for_figures().await?;
        let script =
            "return [...document.querySelectorAll('figure')].map((figure) => figure.ariaLabel)";
        let titles: Vec<String> = serde_json::from_value(page.eval(script).await?)?;
        assert_eq!(titles.len(), count, "{fragment}");
        for title in titles {
            let figure = page.figure(&title).await?;
            let text = figure.reading().await?;
            assert!(text.len() > 100 && text.ends_with('.'), "{title}: {text}");
            // The option says that the explanation is shown, and hides it again.
            let option = figure.option("How to read this").await?;
            assert_eq!(option.attr("aria-expanded").await?.as_deref(), Some("true"));
            page.send_keys(&Key::Escape.to_string()).await?;
        }
        check_accessibility(&page, scheme).await?;
    }
    page.finish().await
}

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
        check_accessibility(&page, scheme).await?;
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
