//! The page's Wasm comes in two parts: the first figures need one of them, and what asks for the
//! other before it is there gets it.

use e2e::{Page, Result, Server, comes_to, shipped};
use serde_json::{Value, json};

/// Keeps the second part from coming by itself, and notes who asks for it on the spot.
const HELD_BACK: &str = "{
    const { fetch } = window;
    window.fetch = (what, ...more) =>
        String(what).includes('app_later') ? new Promise(() => {}) : fetch(what, ...more);
    window.asked = [];
    const { open } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (...what) {
        window.asked.push(new Error(what[1]).stack);
        return open.apply(this, what);
    };
}";

/// The first page on a screen of this width, with its figures.
async fn first_page(server: &Server, width: u32, scheme: &str) -> Result<Page> {
    let page = Page::visit("about:blank").await?;
    page.resize(width, 900).await?;
    page.emulate("", &[("prefers-color-scheme", scheme)])
        .await?;
    let script = json!({ "source": HELD_BACK });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", script)
        .await?;
    page.goto(&server.url("")).await?;
    Ok(page)
}

async fn asked(page: &Page) -> Result<Vec<Value>> {
    let asked = page.ask("return window.asked").await?;
    Ok(asked.as_array().cloned().unwrap_or_default())
}

async fn nobody_asked(page: &Page) -> Result {
    let asked = asked(page).await?;
    assert!(
        asked.is_empty(),
        "add to FIRST in scripts/split.mjs who asked; with names after `touch index.html && WASM_NAMES=1 make dist`: {asked:#?}"
    );
    Ok(())
}

#[tokio::test]
async fn the_first_figures_need_one_part_of_the_wasm() -> Result {
    let server = Server::start(&shipped("Data"), &shipped("Precomputed Data"))?;
    for (width, scheme) in [(1440, "light"), (390, "dark")] {
        let page = first_page(&server, width, scheme).await?;
        nobody_asked(&page).await?;
        // The address says by now which study and which page that is.
        page.client().refresh().await?;
        page.ready().await?;
        nobody_asked(&page).await?;
        page.finish().await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_asks_for_the_second_part_gets_it() -> Result {
    let server = Server::start(&shipped("Data"), &shipped("Precomputed Data"))?;
    let page = first_page(&server, 1440, "light").await?;
    page.find("tab", "Attribute Sweep").await?.click().await?;
    comes_to("the sweep", json!(false), async || {
        let missing = "return document.querySelector('.chart[data-drawn]') === null
            || document.querySelector('[aria-busy]') !== null";
        page.ask(missing).await
    })
    .await?;
    page.find("button", "Download sweep CSV").await?;
    assert_eq!(asked(&page).await?.len(), 1);
    page.finish().await
}
