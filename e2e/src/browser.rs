//! Chromium, driven through chromedriver.

use crate::Result;
use crate::process::Process;
use crate::webdriver::Command as Extra;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

/// Collects what the content policy blocked, from before the page's first byte.
const WATCH: &str = "window.__violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
  window.__violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));";

/// Without a screen, a profile of an earlier run, or a word to anyone outside.
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
    // This machine by a name that is none of its own: plain http from there is not secure.
    "--host-resolver-rules=MAP dashboard.test 127.0.0.1",
];

/// A browser with one empty window; dropping it ends browser and driver.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    port: u16,
    _driver: Process,
}

impl Browser {
    /// Starts chromedriver on a free port, and with it a browser in a fresh profile.
    ///
    /// # Errors
    /// When chromedriver or Chromium is missing or cannot start.
    pub async fn start() -> Result<Self> {
        let (driver, port) = driver().or_else(|_| driver())?;
        let capabilities = json!({
            "goog:chromeOptions": { "args": FLAGS },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().cloned().unwrap_or_default())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await?;
        let browser = Self {
            client,
            port,
            _driver: driver,
        };
        browser.watch().await?;
        Ok(browser)
    }

    /// Notes what the content policy blocks in the current tab, from the next page on.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub async fn watch(&self) -> Result {
        let source = json!({ "source": WATCH });
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
            .issue_cmd(Extra::devtools(method, parameters))
            .await?)
    }

    /// Everything that the browser has complained about since this was last asked: console
    /// warnings and errors, violations of the content policy.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let console = self.client.issue_cmd(Extra::console()).await?;
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
        // Killing the driver alone would leave its Chromium behind; this ends both. It is not
        // asynchronous, because a failed test has no runtime left to wait with.
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let request = "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let _ = stream.write_all(request.as_bytes());
            let _ = stream.read_to_end(&mut Vec::new());
        }
    }
}

/// Starts chromedriver. It takes a free port for one version of the Internet Protocol and then the
/// same one for the other, where somebody else may have it: a second try finds another.
fn driver() -> Result<(Process, u16)> {
    let mut command = Command::new("chromedriver");
    command.arg("--port=0");
    Process::start(command, port)
}

/// The port in the line that says where chromedriver listens.
fn port(line: &str) -> Option<u16> {
    let port = line.split("started successfully on port ").nth(1)?;
    port.trim_end_matches('.').parse().ok()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
