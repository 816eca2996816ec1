//! WebKit, as WebKitGTK's small browser on a screen of its own, driven through WebKitWebDriver.

use super::driver::{Driver, Session};
use super::{Browser, RECORD_VIOLATIONS, Step, reload_by_script, resize_window};
use crate::process::Process;
use crate::{Result, TestError};
use fantoccini::Client;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::TempDir;

/// Where the browser's files are, such as downloads; without a screen reader's bus, for which it
/// would wait, and without a graphics card.
const ENVIRONMENT: &str = "NO_AT_BRIDGE=1 GTK_A11Y=none GDK_BACKEND=x11 LIBGL_ALWAYS_SOFTWARE=1 \
    WEBKIT_DISABLE_DMABUF_RENDERER=1 WEBKIT_DISABLE_COMPOSITING_MODE=1 \
    DBUS_SESSION_BUS_ADDRESS=disabled: LANG=C.UTF-8";

/// Records warnings and errors, and exceptions that nothing catches.
const RECORD_CONSOLE: &str = "window.__console = [];
const record = (text) => window.__console.push(String(text));
for (const level of ['warn', 'error']) {
  const write = console[level];
  console[level] = (...texts) => { record(texts.join(' ')); write.apply(console, texts); };
}
addEventListener('error', ({ message }) => record(message));
addEventListener('unhandledrejection', ({ reason }) => record(reason));";

/// WebKit with a screen and a driver of its own.
#[derive(Debug)]
pub struct WebKit {
    session: Session<Driver>,
    /// What pages that were left have reported.
    kept: Mutex<Vec<String>>,
    _screen: Process,
    _home: TempDir,
}

impl WebKit {
    async fn launch() -> Result<Self> {
        let binary = find_browser()?;
        let arguments = [
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1600x1200x24",
            "-nolisten",
            "tcp",
        ];
        let (screen, display) = Process::start("Xvfb", arguments, parse_display)?;
        let home = tempfile::tempdir()?;
        let folder = home.path().display();
        let driver = Driver::start_silent(&format!(
            "exec env DISPLAY=:{display} HOME={folder} XDG_RUNTIME_DIR={folder} {ENVIRONMENT} \
             WebKitWebDriver --port=$PORT"
        ))?;
        let capabilities = json!({
            "webkitgtk:browserOptions": {
                "binary": binary,
                "args": ["--automation"],
            },
            "timeouts": { "script": 120_000 },
        });
        let session = Session::start(driver, &capabilities).await?;
        let browser = Self {
            session,
            kept: Mutex::default(),
            _screen: screen,
            _home: home,
        };
        browser.resize(1440, 900).await?;
        Ok(browser)
    }
}

impl Browser for WebKit {
    fn start() -> Step<'static, Box<dyn Browser>> {
        Box::pin(async { Ok(Box::new(Self::launch().await?) as Box<dyn Browser>) })
    }

    fn client(&self) -> &Client {
        &self.session.client
    }

    /// Its driver knows neither the console nor scripts that run before the page's own, and a browser
    /// under automation prints nothing: a script in each page records what comes after its load.
    fn watch(&self) -> Step<'_> {
        Box::pin(async {
            self.session.client.execute(RECORD_CONSOLE, vec![]).await?;
            self.session
                .client
                .execute(RECORD_VIOLATIONS, vec![])
                .await?;
            Ok(())
        })
    }

    fn preload<'a>(&'a self, _script: &'a str) -> Step<'a> {
        Box::pin(async { Err(TestError::new("WebKit's driver has no such scripts")) })
    }

    fn goto<'a>(&'a self, url: &'a str) -> Step<'a> {
        Box::pin(async {
            self.session.client.goto(url).await?;
            self.watch().await
        })
    }

    fn reload(&self) -> Step<'_> {
        Box::pin(async {
            let before = self.complaints().await?;
            lock(&self.kept).extend(before);
            reload_by_script(&self.session.client).await?;
            self.watch().await
        })
    }

    fn console(&self) -> Step<'_, Vec<String>> {
        Box::pin(async {
            let script = "return (window.__console ?? []).splice(0)";
            let found = self.session.client.execute(script, vec![]).await?;
            let mut messages = std::mem::take(&mut *lock(&self.kept));
            messages.extend(serde_json::from_value::<Vec<String>>(found)?);
            Ok(messages)
        })
    }

    fn file_button(&self) -> &'static str {
        " Choose Files"
    }

    fn resize(&self, width: u32, height: u32) -> Step<'_> {
        Box::pin(resize_window(&self.session.client, width, height))
    }
}

/// WebKitGTK's browser, in the folder of its library.
fn find_browser() -> Result<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib")?.flatten();
    let candidates = folders.flat_map(|folder| {
        ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"]
            .map(|version| folder.path().join(version).join("MiniBrowser"))
    });
    let mut found = candidates.filter(|path| Path::is_file(path));
    found
        .next()
        .ok_or_else(|| TestError::new("MiniBrowser of WebKitGTK is not installed"))
}

/// The number of the screen, which is all that Xvfb prints.
fn parse_display(line: &str) -> Option<u32> {
    line.trim().parse().ok()
}

fn lock(kept: &Mutex<Vec<String>>) -> MutexGuard<'_, Vec<String>> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
