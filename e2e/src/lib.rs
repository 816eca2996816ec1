//! The real page in real browsers against the real server.
//!
//! A test opens the dashboard with [`open`], finds controls by role and accessible name as a
//! person with a screen reader does, and ends with [`Page::finish`], which fails if the browser
//! reported an error or a violation of the content policy.
//!
//! ```no_run
//! # async fn test() -> e2e::Result {
//! let page = e2e::open("").await?;
//! page.fill("monthly cost of Tesla Model 3", "449").await?;
//! let rows = page.figure("Predicted market share by product").await?.rows().await?;
//! page.finish().await
//! # }
//! ```

mod accessibility;
mod browser;
mod command_line;
mod controls;
mod download;
mod emulation;
mod figure;
mod find;
mod folder_copy;
mod number_text;
mod offline_copy;
mod opening;
mod page;
mod phone_study;
mod process;
mod relay;
mod screenshot;
mod server;
mod sweep;
mod table;
mod tls_proxy;
mod webdriver;

pub use browser::{Browser, Chromium, Firefox, Step, WebKit};
pub use command_line::{
    Simulation, estimate_study, generate_study, import_study, precompute_study, run_csv, run_json,
};
pub use download::DownloadedFile;
pub use figure::Figure;
pub use find::Scope;
pub use folder_copy::FolderCopy;
pub use number_text::{format_amount, format_short, format_signed};
pub use page::Page;
pub use phone_study::{MARKER, PhoneStudy};
pub use relay::Relay;
pub use screenshot::Look;
pub use server::Server;
pub use sweep::{GRID_PRODUCT, GRID_ROWS, Grid, Lockstep, MEASURES, MONTHLY_ROWS, UPFRONT_ROWS};
pub use table::{cells_match, first_difference};
pub use tls_proxy::TlsProxy;

use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why a step of a test failed, for the person who reads the test's output.
#[derive(Clone)]
pub struct TestError(String);

/// The result of a test's step.
pub type Result<T = ()> = std::result::Result<T, TestError>;

impl TestError {
    /// An error with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// Whether an element was replaced on the page after it was found, as a new figure replaces the
    /// one before.
    fn is_stale(&self) -> bool {
        self.0.contains("stale element reference")
    }
}

/// The plain message: a test that returns an error prints it with `Debug`, which would quote the
/// message and escape its line ends.
impl std::fmt::Debug for TestError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for TestError {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// How long a test waits for anything on the page before it fails.
pub const TIMEOUT: Duration = Duration::from_secs(30);
/// The first pause between two looks at the page while waiting. Each look takes processor time from the
/// page, so that pauses become longer, up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(160);

/// A folder or file of the repository.
pub fn repository_path(name: &str) -> PathBuf {
    // Without `..`, which drivers refuse in the paths of files to pick.
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).join(name)
}

/// Polls until `poll` gives a value. An element that the page replaces meanwhile is no error.
///
/// # Errors
/// Any other error of `poll`, or one that names `what` after [`TIMEOUT`].
pub async fn wait_for<T>(what: &str, poll: impl AsyncFn() -> Result<Option<T>>) -> Result<T> {
    let begin = tokio::time::Instant::now();
    let mut pause = FIRST_PAUSE;
    loop {
        match poll().await {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => {}
            Err(error) if error.is_stale() => {}
            Err(error) => return Err(error),
        }
        if begin.elapsed() > TIMEOUT {
            return Err(TestError::new(format!(
                "waited {TIMEOUT:?} in vain: {what}"
            )));
        }
        tokio::time::sleep(pause).await;
        pause = LONGEST_PAUSE.min(pause * 2);
    }
}

/// Polls until `poll` gives the expected value.
///
/// # Errors
/// The error of `poll`, or one that says what it gives instead.
pub async fn wait_until_equal<T: PartialEq + std::fmt::Debug>(
    what: &str,
    expected: T,
    poll: impl AsyncFn() -> Result<T>,
) -> Result {
    let equal = wait_for(what, async || Ok((poll().await? == expected).then_some(())));
    if let Err(error) = equal.await {
        let found = poll().await?;
        return Err(TestError::new(format!(
            "{error:?}: {found:?} instead of {expected:?}"
        )));
    }
    Ok(())
}

/// Opens the shipped study at a fragment that may be empty, on the server that all tests share.
///
/// # Errors
/// When server or browser cannot start, or the page does not become ready.
pub async fn open(fragment: &str) -> Result<Page> {
    Page::open(Server::shared()?, fragment).await
}
