//! The explanation of each figure, and the glossary.

use e2e::{Page, Result, open, wait_until_equal};
use fantoccini::key::Key;
use serde_json::json;

/// Pages with their numbers of figures, and the colour scheme to check each in.
const PAGES: [(&str, usize, &str); 3] = [
    ("", 5, "light"),
    ("page=sweep", 8, "dark"),
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
    for (fragment, count, scheme) in PAGES {
        let page = open(fragment).await?;
        // The summary and the text of each explanation, and the summary that its title asks for.
        let script = "return [...document.querySelectorAll('figure')].map((figure) => {
            const summary = figure.querySelector('.reading > summary');
            summary.click();
            return [summary.textContent, `How to read this: ${figure.ariaLabel}`,
                summary.parentElement.open && summary.nextElementSibling.textContent];
        })";
        let explanations = page.eval(script).await?;
        let explanations = explanations.as_array().cloned().unwrap_or_default();
        assert_eq!(explanations.len(), count, "{fragment}");
        for figure in explanations {
            assert_eq!(figure[0], figure[1]);
            let text = figure[2].as_str().unwrap_or_default();
            assert!(text.len() > 100 && text.ends_with('.'), "{figure}");
        }
        check_accessibility(&page, scheme).await?;
        page.finish().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_glossary_opens_and_gives_the_focus_back() -> Result {
    let page = open("page=sweep").await?;
    page.press("Glossary").await?;
    page.find("dialog", "Glossary").await?;
    page.wait_for_text("Share of preference").await?;
    page.wait_for_text("In this study: Volkswagen Group (Audi, VW)")
        .await?;
    for scheme in ["light", "dark"] {
        check_accessibility(&page, scheme).await?;
    }
    let focused = async || page.eval("return document.activeElement.textContent").await;
    assert_eq!(focused().await?, json!("Close"));
    page.send_keys(&Key::Escape.to_string()).await?;
    wait_until_equal("the focus", json!("Glossary"), &focused).await?;
    let open = page
        .eval("return document.querySelector('dialog').open")
        .await?;
    assert_eq!(open, json!(false));

    page.send_keys(&Key::Enter.to_string()).await?;
    wait_until_equal("the focus", json!("Close"), &focused).await?;
    page.send_keys(&Key::Enter.to_string()).await?;
    wait_until_equal("the focus", json!("Glossary"), &focused).await?;
    page.finish().await
}
