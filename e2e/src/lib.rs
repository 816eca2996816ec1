//! The real page in real Chromium against the real server.
//!
//! A test starts a [`Server`] on a study, opens a [`Page`], finds controls by role and accessible
//! name as a person with a screen reader would, and ends with [`Page::finish`], which fails when
//! the browser reported an error or a violation of the content policy.
//!
//! ```no_run
//! # async fn test() -> e2e::Result {
//! let server = e2e::Server::start(&e2e::shipped("Data"), &e2e::shipped("Precomputed Data"))?;
//! let page = e2e::Page::open(&server, "").await?;
//! page.fill("monthly cost of Tesla Model 3", "449").await?;
//! let rows = page.figure("Predicted market share by product").await?.rows().await?;
//! page.finish().await
//! # }
//! ```

mod accessibility;
mod browser;
mod command_line;
mod download;
mod emulation;
mod figure;
mod find;
mod folder_copy;
mod number_text;
mod offline_copy;
mod page;
mod phone_study;
mod process;
mod relay;
mod screenshot;
mod server;
mod sweep;
mod table;
mod webdriver;

pub use command_line::{Simulation, conjoint, csv, generate, precompute};
pub use download::Saved;
pub use figure::Figure;
pub use find::Scope;
pub use folder_copy::Copy;
pub use number_text::{amount, signed};
pub use page::Page;
pub use phone_study::{MARK, Own};
pub use relay::Relay;
pub use screenshot::Look;
pub use server::Server;
pub use sweep::{FIRST, GRID, Grid, Lockstep, MEASURES, MONTHLY, UPFRONT};
pub use table::{difference, same};

use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why a step of a test failed, in words for the person who reads the test's output.
pub struct Failure(String);

/// What a step of a test gives.
pub type Result<T = ()> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure in these words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

/// The words themselves: a test that returns an error prints it by `Debug`, which would put
/// quotes around them and their line ends on one line.
impl std::fmt::Debug for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// How long anything on the page may take before a test gives up on it.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// How often the page is asked again.
const INTERVAL: Duration = Duration::from_millis(30);

/// A folder or file of the repository.
pub fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// Asks again and again until there is an answer.
///
/// # Errors
/// The question's own error, or one that names `what` when patience ends.
pub async fn until<T>(what: &str, question: impl AsyncFn() -> Result<Option<T>>) -> Result<T> {
    let asked = tokio::time::Instant::now();
    loop {
        if let Some(answer) = question().await? {
            return Ok(answer);
        }
        if asked.elapsed() > PATIENCE {
            return Err(Failure::new(format!("waited {PATIENCE:?} in vain: {what}")));
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Waits until what is asked for is as expected.
///
/// # Errors
/// The question's own error, or one that says what it is instead.
pub async fn comes_to<T: PartialEq + std::fmt::Debug>(
    what: &str,
    expected: T,
    question: impl AsyncFn() -> Result<T>,
) -> Result {
    let same = until(what, async || {
        Ok((question().await? == expected).then_some(()))
    });
    if let Err(error) = same.await {
        let found = question().await?;
        return Err(Failure::new(format!(
            "{error:?}: {found:?} instead of {expected:?}"
        )));
    }
    Ok(())
}

/// The shipped study, opened at a fragment; the server ends when it is dropped.
///
/// # Errors
/// When server or browser cannot start, or the page does not become ready.
pub async fn visit(fragment: &str) -> Result<(Server, Page)> {
    let server = Server::start(&shipped("Data"), &shipped("Precomputed Data"))?;
    let page = Page::open(&server, fragment).await?;
    Ok((server, page))
}
