//! Firefox, driven through geckodriver.

use super::bidi::Bidi;
use super::driver::{Driver, Session};
use super::{Browser, RECORD_VIOLATIONS, Step, resize_window, text};
use crate::{Result, TestError};
use fantoccini::Client;
use serde_json::json;
use std::ffi::OsString;

/// Firefox with a driver of its own, which drives only one browser.
#[derive(Debug)]
pub struct Firefox {
    session: Session<Driver>,
    bidi: Bidi,
}

impl Firefox {
    async fn launch() -> Result<Self> {
        let program = std::env::var_os("CONJOINT_GECKODRIVER");
        let program = program.unwrap_or_else(|| OsString::from("geckodriver"));
        let arguments = ["--port=0", "--websocket-port=0"];
        let driver = Driver::start(program, &arguments, parse_port)?;
        let capabilities = json!({
            "moz:firefoxOptions": {
                "args": ["-headless", "--width=1440", "--height=900"],
                "prefs": {
                    // Files are saved without a question, and nowhere that matters.
                    "browser.download.folderList": 2,
                    "browser.download.dir": std::env::temp_dir().join("conjoint-downloads"),
                    "browser.download.always_ask_before_handling_new_types": false,
                },
            },
            // The console, and scripts that run before the page's own.
            "webSocketUrl": true,
            "timeouts": { "script": 120_000 },
        });
        let session = Session::start(driver, &capabilities).await?;
        let address = session
            .client
            .capabilities()
            .and_then(|found| found.get("webSocketUrl"));
        let address = address.ok_or_else(|| TestError::new("Firefox offers no WebDriver BiDi"))?;
        let bidi = Bidi::connect(text(address)).await?;
        let browser = Self { session, bidi };
        browser.watch().await?;
        Ok(browser)
    }
}

impl Browser for Firefox {
    fn start() -> Step<'static, Box<dyn Browser>> {
        Box::pin(async { Ok(Box::new(Self::launch().await?) as Box<dyn Browser>) })
    }

    fn client(&self) -> &Client {
        &self.session.client
    }

    fn watch(&self) -> Step<'_> {
        Box::pin(async {
            let events = json!({ "events": ["log.entryAdded"] });
            self.bidi.send("session.subscribe", events).await?;
            self.preload(RECORD_VIOLATIONS).await
        })
    }

    fn preload<'a>(&'a self, script: &'a str) -> Step<'a> {
        Box::pin(async move {
            let script = json!({ "functionDeclaration": format!("() => {{ {script} }}") });
            self.bidi.send("script.addPreloadScript", script).await?;
            Ok(())
        })
    }

    fn console(&self) -> Step<'_, Vec<String>> {
        let entries = self.bidi.take_events("log.entryAdded");
        let loud = entries
            .iter()
            .filter(|entry| matches!(text(&entry["level"]), "error" | "warn"));
        let messages = loud.map(|entry| text(&entry["text"]).to_owned()).collect();
        Box::pin(async { Ok(messages) })
    }

    fn file_button(&self) -> &'static str {
        " Browse… No files selected."
    }

    fn resize(&self, width: u32, height: u32) -> Step<'_> {
        Box::pin(resize_window(&self.session.client, width, height))
    }
}

/// The port in the line that says where geckodriver listens.
fn parse_port(line: &str) -> Option<u16> {
    line.split("Listening on 127.0.0.1:")
        .nth(1)?
        .trim()
        .parse()
        .ok()
}
