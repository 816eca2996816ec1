//! How long an edit takes with many respondents, and for how long it blocks the page.
//!
//! Run with `make bench-page`; prints medians of ten edits of one product's cost on the Simulator, in
//! headless Chromium, 1440 × 900 pixels, for 20,000 and 100,000 respondents by two choice rules.
//!
//! The figures are those of [`edit::measure`].
#![allow(
    missing_docs,
    clippy::print_stdout,
    reason = "a measurement is for people to read"
)]

#[path = "support/edit.rs"]
mod edit;

use e2e::{Page, Result, Server, generate_study, repository_path};

const STUDIES: [&str; 2] = [
    "Millennial=7000,Gen X=7000,Baby Boomer=6000",
    "Millennial=35000,Gen X=35000,Baby Boomer=30000",
];
const RULES: [(&str, &str); 2] = [
    ("first choice", "page=simulator"),
    (
        "randomized first choice",
        "page=simulator&rule=rfc&draws=100",
    ),
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    for respondents in STUDIES {
        let folder = tempfile::tempdir()?;
        generate_study(folder.path(), respondents)?;
        let server = Server::start(folder.path(), &repository_path("Precomputed Data"))?;
        for (rule, fragment) in RULES {
            println!("{respondents}, {rule}");
            measure(&server, fragment).await?;
        }
    }
    Ok(())
}

/// Measures edits at an address of a server.
async fn measure(server: &Server, fragment: &str) -> Result {
    let page = Page::open_with_copy(server, fragment).await?;
    page.resize(1440, 900).await?;
    page.wait_for_figures().await?;
    edit::measure(&page, "monthly cost of Tesla Model 3", ["449", "399"]).await?;
    page.finish().await
}
