//! Browsers, each driven through its own driver.

mod bidi;
mod chromium;
mod driver;
mod firefox;
mod webkit;

use crate::webdriver::Command;
use crate::{Result, TestError, wait_for};
use fantoccini::Client;
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use serde_json::Value;
use std::pin::Pin;

pub use chromium::Chromium;
pub use firefox::Firefox;
pub use webkit::WebKit;

/// Records what the content policy blocks, from before the page's first byte.
const RECORD_VIOLATIONS: &str = "window.__violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
  window.__violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));";

/// A step that a browser takes.
pub type Step<'a, T = ()> = Pin<Box<dyn Future<Output = Result<T>> + 'a>>;

/// A browser session with a fresh profile and one empty window; dropping it closes the browser.
pub trait Browser: std::fmt::Debug {
    /// Starts a browser, whose console is watched from the first page on.
    ///
    /// # Errors
    /// When the driver or the browser is missing or cannot start.
    fn start() -> Step<'static, Box<dyn Browser>>
    where
        Self: Sized;

    /// The WebDriver session.
    fn client(&self) -> &Client;

    /// Watches the console and what the content policy blocks in the current tab, from the next page
    /// on.
    ///
    /// # Errors
    /// When the browser refuses it.
    fn watch(&self) -> Step<'_>;

    /// Runs a script in every page from the next one on, before the page's own.
    ///
    /// # Errors
    /// When the browser cannot.
    fn preload<'a>(&'a self, script: &'a str) -> Step<'a>;

    /// Goes to an address.
    ///
    /// # Errors
    /// When the browser cannot.
    fn goto<'a>(&'a self, url: &'a str) -> Step<'a> {
        Box::pin(async { Ok(self.client().goto(url).await?) })
    }

    /// Console warnings and errors since the last call.
    ///
    /// # Errors
    /// When the browser is gone.
    fn console(&self) -> Step<'_, Vec<String>>;

    /// Sets the size of the view.
    ///
    /// # Errors
    /// When the browser refuses it.
    fn resize(&self, width: u32, height: u32) -> Step<'_>;

    /// Clicks an element. One that the page's frame covers is scrolled into sight first, as a reader
    /// would.
    ///
    /// # Errors
    /// When it cannot be clicked.
    fn click<'a>(&'a self, element: &'a Element) -> Step<'a> {
        Box::pin(click_by_webdriver(self.client(), element))
    }

    /// An element's visible text. WebDriver's own command takes seconds for a figure with thousands of
    /// elements, because drivers compose the text by a script.
    ///
    /// # Errors
    /// When the element is gone.
    fn text<'a>(&'a self, element: &'a Element) -> Step<'a, String> {
        Box::pin(async move {
            let script = "return arguments[0].innerText.trim()";
            let element = serde_json::to_value(element)?;
            let found = self.client().execute(script, vec![element]).await?;
            Ok(text(&found).to_owned())
        })
    }

    /// The role and the name that the browser computes for an element, for assistive technology.
    ///
    /// # Errors
    /// When the element is gone.
    fn computed<'a>(&'a self, element: &'a str) -> Step<'a, [String; 2]> {
        Box::pin(computed_by_webdriver(self.client(), element))
    }

    /// What it appends to the accessible name of an input for files: its own button's text.
    fn file_button(&self) -> &'static str {
        ""
    }

    /// Loads the page again as its own script would: the reload of some drivers goes past the
    /// service worker.
    ///
    /// # Errors
    /// When the page stays.
    fn reload(&self) -> Step<'_> {
        Box::pin(reload_by_script(self.client()))
    }

    /// Sends a command of the Chrome DevTools protocol.
    ///
    /// # Errors
    /// When the browser refuses it, or is another one.
    fn devtools<'a>(&'a self, method: &'a str, _parameters: Value) -> Step<'a, Value> {
        let error = TestError::new(format!("only Chromium has {method}"));
        Box::pin(async { Err(error) })
    }

    /// Console warnings and errors since the last call, and violations of the content policy.
    ///
    /// # Errors
    /// When the browser is gone.
    fn complaints(&self) -> Step<'_, Vec<String>> {
        Box::pin(async {
            let console = self.console().await?;
            let script = "return window.__violations ?? []";
            let blocked = self.client().execute(script, vec![]).await?;
            let console = console
                .into_iter()
                .map(|message| format!("console: {message}"));
            let blocked = list(&blocked).map(|entry| format!("policy: {}", text(entry)));
            Ok(console.chain(blocked).collect())
        })
    }
}

/// Clicks an element, which is scrolled into sight if it is covered.
async fn click_by_webdriver(client: &Client, element: &Element) -> Result {
    match element.click().await {
        Err(CmdError::Standard(error)) if error.error == ErrorStatus::ElementClickIntercepted => {
            let center = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
            let arguments = vec![serde_json::to_value(element)?];
            client.execute(center, arguments).await?;
            Ok(element.click().await?)
        }
        clicked => Ok(clicked?),
    }
}

/// The role and the name that the browser computes for an element.
async fn computed_by_webdriver(client: &Client, element: &str) -> Result<[String; 2]> {
    let role = client.issue_cmd(Command::computed_role(element)).await?;
    let name = client.issue_cmd(Command::computed_name(element)).await?;
    Ok([role, name].map(|value| text(&value).to_owned()))
}

/// Loads the page again by a script in it.
async fn reload_by_script(client: &Client) -> Result {
    let script = "window.__isOlder = true; setTimeout(() => location.reload())";
    client.execute(script, vec![]).await?;
    wait_for("the page to be loaded again", async || {
        // Between two pages there is nothing to run a script in.
        let older = client.execute("return window.__isOlder ?? false", vec![]);
        Ok((older.await.unwrap_or(Value::Null) == false).then_some(()))
    })
    .await
}

/// Sets the size of the view by that of the window around it.
async fn resize_window(client: &Client, width: u32, height: u32) -> Result {
    let script = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
    let frame: [u32; 2] = serde_json::from_value(client.execute(script, vec![]).await?)?;
    let [wide, high] = frame;
    Ok(client.set_window_size(width + wide, height + high).await?)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
