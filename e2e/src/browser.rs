//! Chromium, driven through chromedriver.

use crate::process::Process;
use crate::webdriver::Command;
use crate::{Result, TestError};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::OnceLock;
use std::time::Duration;

/// Records what the content policy blocks, from before the page's first byte.
const RECORD_VIOLATIONS: &str = "window.__violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
  window.__violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));";

/// No screen, no profile of an earlier run, no requests to anyone else.
const FLAGS: [&str; 11] = [
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
    // A name that is not localhost, for which plain http is not a secure context.
    "--host-resolver-rules=MAP dashboard.test 127.0.0.1",
];

/// A browser session with a fresh profile and one empty window; dropping it closes the browser.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    session: Option<String>,
    driver: &'static Driver,
}

impl Browser {
    /// Starts a browser.
    ///
    /// # Errors
    /// When chromedriver or Chromium is missing or cannot start.
    pub async fn start() -> Result<Self> {
        let driver = Driver::shared()?;
        let capabilities = json!({
            "goog:chromeOptions": { "args": FLAGS },
            "goog:loggingPrefs": { "browser": "ALL" },
            // axe-core needs its time for a large page on a busy machine.
            "timeouts": { "script": 120_000 },
        });
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().cloned().unwrap_or_default())
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await?;
        let session = client.session_id().await?;
        let browser = Self {
            client,
            session,
            driver,
        };
        browser.record_violations().await?;
        Ok(browser)
    }

    /// Records what the content policy blocks in the current tab, from the next page on.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub async fn record_violations(&self) -> Result {
        let source = json!({ "source": RECORD_VIOLATIONS });
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source)
            .await?;
        Ok(())
    }

    /// The WebDriver session.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Sends a command of the Chrome DevTools protocol.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        Ok(self
            .client
            .issue_cmd(Command::devtools(method, parameters))
            .await?)
    }

    /// Console warnings and errors since the last call, and violations of the content policy.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let console = self.client.issue_cmd(Command::console()).await?;
        let blocked = self
            .client
            .execute("return window.__violations ?? []", vec![])
            .await?;
        let console = list(&console)
            .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")));
        let console = console.map(|entry| format!("console: {}", text(&entry["message"])));
        let blocked = list(&blocked).map(|entry| format!("policy: {}", text(entry)));
        Ok(console.chain(blocked).collect())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(session) = &self.session {
            self.driver.end_session(session);
        }
    }
}

/// chromedriver, which starts a browser for each session.
#[derive(Debug)]
struct Driver {
    port: u16,
    _process: Process,
}

impl Driver {
    /// The driver of this test run. It starts when it is first needed and ends with the run.
    fn shared() -> Result<&'static Self> {
        static SHARED: OnceLock<Result<Driver>> = OnceLock::new();
        // It takes a free port for one version of the Internet Protocol and then the same port for
        // the other, where another program may have it: a second try finds another port.
        let driver = SHARED.get_or_init(|| Self::start().or_else(|_| Self::start()));
        driver.as_ref().map_err(TestError::clone)
    }

    fn start() -> Result<Self> {
        let (process, port) = Process::start("chromedriver", ["--port=0"], parse_port)?;
        Ok(Self {
            port,
            _process: process,
        })
    }

    /// Closes a browser. This blocks, because a failed test has no runtime left to wait with.
    fn end_session(&self, session: &str) {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let request = format!(
                "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
            );
            // If this fails, the browser ends with the driver.
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let _ = stream.write_all(request.as_bytes());
            let _ = stream.read_to_end(&mut Vec::new());
        }
    }
}

/// The port in the line that says where chromedriver listens.
fn parse_port(line: &str) -> Option<u16> {
    let port = line.split("started successfully on port ").nth(1)?;
    port.trim_end_matches('.').parse().ok()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
