//! The explanation of each figure, and the glossary.

use e2e::{Page, Result, open, wait_until_equal};
use fantoccini::key::Key;
use serde_json::json;

const PAGES: [(&str, usize); 3] = [("", 5), ("page=sweep", 8), ("page=sweep&analysis=grid", 4)];

const SCHEMES: [&str; 2] = ["light", "dark"];

async fn check_accessibility(page: &Page) -> Result {
    for scheme in SCHEMES {
        page.emulate_media("", &[("prefers-color-scheme", scheme)])
            .await?;
        assert_eq!(page.accessibility_violations().await?, [""; 0], "{scheme}");
    }
    Ok(())
}

#[tokio::test]
async fn every_figure_explains_how_to_read_it() -> Result {
    for (fragment, count) in PAGES {
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
        check_accessibility(&page).await?;
        page.finish().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_glossary_opens_and_gives_the_focus_back() -> Result {
    for fragment in ["", "page=sweep"] {
        let page = open(fragment).await?;
        page.press("Glossary").await?;
        page.find("dialog", "Glossary").await?;
        page.wait_for_text("Share of preference").await?;
        page.wait_for_text("Here: Volkswagen Group (Audi, VW)")
            .await?;
        check_accessibility(&page).await?;
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
        page.finish().await?;
    }
    Ok(())
}
