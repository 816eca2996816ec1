//! How long hierarchical Bayes takes in the page until it has converged, and then an edit by its draws.
//!
//! Run with `make bench-page`; the choices are simulated, and both chains run in workers of headless
//! Chromium. For each survey it prints the time from "Start" to the report, what the report says, and
//! the figures of [`edit::measure`] on the study that "Use this study" makes.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measurement is for people to read"
)]

#[path = "support/edit.rs"]
mod edit;
#[path = "../../conjoint/tests/estimation/simulated.rs"]
mod simulated;

use e2e::{Page, Result, Server, TestError, wait_until_equal};
use simulated::{Size, simulate};
use std::time::{Duration, Instant};

/// Parameters: one less than each attribute has levels, and the slope of the price.
const SURVEYS: [(&str, Size); 2] = [
    (
        "300 respondents × 12 tasks × 4 alternatives × 15 parameters",
        Size {
            respondents: 300,
            tasks: 12,
            alternatives: 4,
            levels: &[4, 4, 4, 4, 3],
        },
    ),
    (
        "1,000 respondents × 12 tasks × 4 alternatives × 25 parameters",
        Size {
            respondents: 1_000,
            tasks: 12,
            alternatives: 4,
            levels: &[5, 5, 5, 5, 5, 5],
        },
    ),
];
const LIMIT: Duration = Duration::from_secs(600);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let server = Server::start_shipped()?;
    for (name, size) in SURVEYS {
        println!("{name}");
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("choices.csv");
        std::fs::write(&file, simulate(&size, 0.7, 1).text)?;
        let page = Page::open_with_copy(&server, "page=data").await?;
        page.pick_files(&[file]).await?;
        page.choose("Kind of price", "one slope").await?;
        let is_idle = async || page.is_disabled("Start").await;
        wait_until_equal("whether \"Start\" is disabled", false, is_idle).await?;
        page.press("Start").await?;
        let begin = Instant::now();
        let verdict = wait_for_verdict(&page, begin).await?;
        println!("  {:.1} s: {verdict}", begin.elapsed().as_secs_f64());

        page.press("Use this study").await?;
        page.wait_for_text("Study opened").await?;
        page.open_page("Simulator").await?;
        page.resize(1440, 900).await?;
        page.wait_for_figures().await?;
        let label = "return document.querySelector('input[aria-label^=\"price of\"]').ariaLabel";
        let label = page.eval(label).await?;
        edit::measure(&page, label.as_str().unwrap_or_default(), ["1.5", "2.5"]).await?;
        page.finish().await?;
    }
    Ok(())
}

/// Waits for what the report says in words.
async fn wait_for_verdict(page: &Page, begin: Instant) -> Result<String> {
    let script = "return document.querySelector('.verdict')?.textContent.trim() ?? ''";
    while begin.elapsed() < LIMIT {
        if let Some(text) = page
            .eval(script)
            .await?
            .as_str()
            .filter(|text| !text.is_empty())
        {
            return Ok(text.to_owned());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(TestError::new(format!(
        "no report within {LIMIT:?}: {}",
        page.text().await?
    )))
}
