//! Chromium, driven through chromedriver.

use super::driver::{Driver, Session};
use super::{Browser, RECORD_VIOLATIONS, Step, list, text};
use crate::webdriver::Command;
use crate::{Result, TestError};
use fantoccini::Client;
use serde_json::{Value, json};
use std::sync::OnceLock;

/// No screen, no profile of an earlier run, no requests to anyone else.
const FLAGS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1440,900",
    // The pop-ups of the address bar, each a page that every new browser would load for nobody.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxAimPopup",
    // A name that is not localhost, for which plain http is not a secure context.
    "--host-resolver-rules=MAP dashboard.test 127.0.0.1",
];

/// Further flags of a run, separated by spaces.
const MORE_FLAGS: &str = "CONJOINT_CHROMIUM_FLAGS";

/// Chromium. All tests of a run share one driver.
#[derive(Debug)]
pub struct Chromium {
    session: Session<&'static Driver>,
}

impl Chromium {
    /// Starts a browser with further flags.
    ///
    /// # Errors
    /// When chromedriver or Chromium is missing or cannot start.
    pub async fn start_with(flags: &[String]) -> Result<Self> {
        let driver = shared_driver()?;
        let more = std::env::var(MORE_FLAGS).unwrap_or_default();
        let flags = FLAGS
            .iter()
            .copied()
            .chain(more.split_whitespace())
            .chain(flags.iter().map(String::as_str));
        let capabilities = json!({
            "goog:chromeOptions": { "args": flags.collect::<Vec<_>>() },
            "goog:loggingPrefs": { "browser": "ALL" },
            // axe-core needs its time for a large page on a busy machine.
            "timeouts": { "script": 120_000 },
        });
        let session = Session::start(driver, &capabilities).await?;
        let browser = Self { session };
        browser.watch().await?;
        Ok(browser)
    }
}

impl Browser for Chromium {
    fn start() -> Step<'static, Box<dyn Browser>> {
        Box::pin(async { Ok(Box::new(Self::start_with(&[]).await?) as Box<dyn Browser>) })
    }

    fn client(&self) -> &Client {
        &self.session.client
    }

    fn watch(&self) -> Step<'_> {
        self.preload(RECORD_VIOLATIONS)
    }

    fn preload<'a>(&'a self, script: &'a str) -> Step<'a> {
        Box::pin(async move {
            let source = json!({ "source": script });
            self.devtools("Page.addScriptToEvaluateOnNewDocument", source)
                .await
                .map(drop)
        })
    }

    fn console(&self) -> Step<'_, Vec<String>> {
        Box::pin(async {
            let console = self.session.client.issue_cmd(Command::console()).await?;
            let loud = list(&console)
                .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")));
            Ok(loud
                .map(|entry| text(&entry["message"]).to_owned())
                .filter(|message| !is_about_speed(message))
                .collect())
        })
    }

    fn resize(&self, width: u32, height: u32) -> Step<'_> {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        Box::pin(async {
            self.devtools("Emulation.setDeviceMetricsOverride", size)
                .await
                .map(drop)
        })
    }

    fn reload(&self) -> Step<'_> {
        Box::pin(async { Ok(self.session.client.refresh().await?) })
    }

    fn devtools<'a>(&'a self, method: &'a str, parameters: Value) -> Step<'a, Value> {
        let command = Command::devtools(method, parameters);
        Box::pin(async { Ok(self.session.client.issue_cmd(command).await?) })
    }
}

/// Whether Chromium only says that this machine is slow: a preloaded file was used, but late. That it
/// is used at all has a test of its own.
fn is_about_speed(message: &str) -> bool {
    message.contains("was preloaded using link preload but not used within a few seconds")
}

/// The driver of this test run. It starts when it is first needed and ends with the run.
fn shared_driver() -> Result<&'static Driver> {
    static SHARED: OnceLock<Result<Driver>> = OnceLock::new();
    let start = || Driver::start("chromedriver", &["--port=0"], parse_port);
    // It takes a free port for one version of the Internet Protocol and then the same port for
    // the other, where another program may have it: a second try finds another port.
    let driver = SHARED.get_or_init(|| start().or_else(|_| start()));
    driver.as_ref().map_err(TestError::clone)
}

/// The port in the line that says where chromedriver listens.
fn parse_port(line: &str) -> Option<u16> {
    let port = line.split("started successfully on port ").nth(1)?;
    port.trim_end_matches('.').parse().ok()
}
