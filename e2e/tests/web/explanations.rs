//! Explanations: how each figure is read, and the glossary.

use e2e::{Page, Result, comes_to, visit};
use fantoccini::key::Key;
use serde_json::json;

const PAGES: [(&str, usize); 3] = [("", 5), ("page=sweep", 8), ("page=sweep&analysis=grid", 4)];

/// The dashboard on a light and on a dark page.
const SCHEMES: [&str; 2] = ["light", "dark"];

async fn finds_nothing(page: &Page) -> Result {
    for scheme in SCHEMES {
        page.emulate("", &[("prefers-color-scheme", scheme)])
            .await?;
        assert_eq!(page.accessibility().await?, [""; 0], "{scheme}");
    }
    Ok(())
}

#[tokio::test]
async fn every_figure_says_how_it_is_read() -> Result {
    for (fragment, count) in PAGES {
        let (_server, page) = visit(fragment).await?;
        // Each figure's title beside what its explanation is called and says.
        let script = "return [...document.querySelectorAll('figure')].map((figure) => {
            const summary = figure.querySelector('.reading > summary');
            summary.click();
            return [summary.textContent, `How to read this: ${figure.ariaLabel}`,
                summary.parentElement.open && summary.nextElementSibling.textContent];
        })";
        let told = page.ask(script).await?;
        let told = told.as_array().cloned().unwrap_or_default();
        assert_eq!(told.len(), count, "{fragment}");
        for figure in told {
            assert_eq!(figure[0], figure[1]);
            let text = figure[2].as_str().unwrap_or_default();
            assert!(text.len() > 100 && text.ends_with('.'), "{figure}");
        }
        finds_nothing(&page).await?;
        page.finish().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_glossary_opens_and_gives_the_focus_back() -> Result {
    for fragment in ["", "page=sweep"] {
        let (_server, page) = visit(fragment).await?;
        page.press("Glossary").await?;
        page.find("dialog", "Glossary").await?;
        page.says("Share of preference").await?;
        page.says("Here: Volkswagen Group (Audi, VW)").await?;
        finds_nothing(&page).await?;
        let focused = async || page.ask("return document.activeElement.textContent").await;
        assert_eq!(focused().await?, json!("Close"));
        page.keys(&Key::Escape.to_string()).await?;
        comes_to("the focus", json!("Glossary"), &focused).await?;
        let open = page
            .ask("return document.querySelector('dialog').open")
            .await?;
        assert_eq!(open, json!(false));

        page.keys(&Key::Enter.to_string()).await?;
        comes_to("the focus", json!("Close"), &focused).await?;
        page.keys(&Key::Enter.to_string()).await?;
        comes_to("the focus", json!("Glossary"), &focused).await?;
        page.finish().await?;
    }
    Ok(())
}
