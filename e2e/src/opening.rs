//! Opening the dashboard in a new browser.

use crate::browser::{Browser, Chromium};
use crate::{Page, Result, Server};
use serde_json::json;

/// A browser without service workers. Storing the page takes a fifth of the time of a short test.
const WITHOUT_SERVICE_WORKER: &str =
    "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })";

impl Page {
    /// Opens the dashboard at a fragment that may be empty, without an offline copy, and waits until
    /// its first figures are drawn.
    ///
    /// # Errors
    /// When the browser cannot start, or the page does not become ready.
    pub async fn open(server: &Server, fragment: &str) -> Result<Self> {
        let page = Self::blank().await?;
        page.goto(&server.url(fragment)).await?;
        Ok(page)
    }

    /// The same, with the offline copy that the browser then stores.
    ///
    /// # Errors
    /// When the browser cannot start, or the page does not become ready.
    pub async fn open_with_copy(server: &Server, fragment: &str) -> Result<Self> {
        let page = Self::visit(&server.url(fragment)).await?;
        page.wait_until_ready().await?;
        Ok(page)
    }

    /// An empty page, in a browser that stores no offline copy.
    ///
    /// # Errors
    /// When the browser cannot start.
    pub async fn blank() -> Result<Self> {
        let page = Self::visit("about:blank").await?;
        page.preload(WITHOUT_SERVICE_WORKER).await?;
        Ok(page)
    }

    /// Opens an address without waiting for anything on it.
    ///
    /// # Errors
    /// When the browser cannot start.
    pub async fn visit(url: &str) -> Result<Self> {
        Self::visit_in::<Chromium>(url).await
    }

    /// Opens an address in a browser of this kind without waiting for anything on it.
    ///
    /// # Errors
    /// When the browser cannot start.
    pub async fn visit_in<B: Browser>(url: &str) -> Result<Self> {
        let browser = B::start().await?;
        browser.goto(url).await?;
        Ok(Self { browser })
    }

    /// Opens an address in Chromium with further flags, without waiting for anything on it.
    ///
    /// # Errors
    /// When the browser cannot start.
    pub async fn visit_with(flags: &[String], url: &str) -> Result<Self> {
        let browser = Box::new(Chromium::start_with(flags).await?);
        browser.client().goto(url).await?;
        Ok(Self { browser })
    }

    /// Opens the dashboard while requests for addresses that match one of the patterns (`*` for
    /// any text) fail, without waiting for anything on it.
    ///
    /// # Errors
    /// When the browser cannot start.
    pub async fn open_blocking(server: &Server, patterns: &[&str]) -> Result<Self> {
        let page = Self::blank().await?;
        page.devtools("Network.enable", json!({})).await?;
        let blocked = json!({ "urls": patterns });
        page.devtools("Network.setBlockedURLs", blocked).await?;
        page.client().goto(&server.url("")).await?;
        Ok(page)
    }

    /// Opens the dashboard at a fragment in a browser with this locale, such as "de-DE".
    ///
    /// # Errors
    /// When the browser cannot start, or the page does not become ready.
    pub async fn open_in_locale(server: &Server, locale: &str, fragment: &str) -> Result<Self> {
        let page = Self::blank().await?;
        let locale = json!({ "locale": locale });
        page.devtools("Emulation.setLocaleOverride", locale).await?;
        page.goto(&server.url(fragment)).await?;
        Ok(page)
    }
}
