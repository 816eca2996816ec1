//! The browser's offline copy of the dashboard, and the status bar that reports on it.

use crate::{Look, Page, Result, wait_until_equal};
use serde_json::Value;

impl Page {
    /// The number of caches that hold a page, and of those that hold a study.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn count_caches(&self) -> Result<[usize; 2]> {
        let names = self.eval_async("return caches.keys()").await?;
        let count = |kind| names.iter().filter(|name| name.starts_with(kind)).count();
        Ok([count("conjoint-site-"), count("conjoint-study-")])
    }

    /// Waits until the offline copy is complete: the study's second list of files comes last.
    ///
    /// # Errors
    /// When it is not.
    pub async fn wait_for_offline_copy(&self) -> Result {
        let count = async || self.count_caches().await;
        wait_until_equal("the caches", [1, 1], count).await?;
        let last = "return [`${!!await caches.match('/Precomputed%20Data/')}`]";
        wait_until_equal("the last file", vec!["true".to_owned()], async || {
            self.eval_async(last).await
        })
        .await
    }

    /// Accepts the update on offer and waits until the page has been loaded again. It marks the old
    /// page and polls, as a script that waits in a page would never return when the page goes.
    ///
    /// # Errors
    /// When there is no update, or the page stays.
    pub async fn accept_update(&self) -> Result {
        self.eval("window.older = true").await?;
        self.press("Reload").await?;
        wait_until_equal("an older page", Value::Null, async || {
            self.eval("return window.older").await
        })
        .await
    }

    /// Waits until the status bar in the window's lower corner shows exactly this text.
    ///
    /// # Errors
    /// When it does not; with the text that it shows.
    pub async fn wait_for_status(&self, text: &str) -> Result {
        let script = "return [document.querySelector('.connection').innerText]";
        wait_until_equal("the status bar", vec![text.to_owned()], async || {
            self.eval_async(script).await
        })
        .await
    }

    /// Saves a screenshot of the page with its status bar in every [`Look`], as
    /// `target/screenshots/<name>-…`, and gives what axe-core finds wrong in them. Leaves the window
    /// wide and light.
    ///
    /// # Errors
    /// When the browser or the disk refuses.
    pub async fn check_status_looks(&self, name: &str) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for look in Look::ALL.into_iter().rev() {
            self.screenshot(name, look).await?;
            self.resize(look.width, 800).await?;
            found.extend(self.accessibility_violations().await?);
        }
        Ok(found)
    }
}
