//! Files that the page offers to save.

use crate::browser::Browser;
use crate::{Page, Result, until};
use fantoccini::elements::Element;

/// Presses a button that saves a file, and gives the file's content.
///
/// # Errors
/// When no file comes.
pub async fn saved(browser: &Browser, button: &Element) -> Result<String> {
    // The content, as the browser would save it; for this one file alone.
    let watch = "window.saved = null;
        window.savedBytes = null;
        const make = URL.createObjectURL;
        URL.createObjectURL = (blob) => {
            blob.text().then((text) => window.saved = text);
            blob.bytes().then((bytes) => window.savedBytes = [...bytes]);
            URL.createObjectURL = make;
            return make(blob);
        }";
    browser.client().execute(watch, vec![]).await?;
    button.click().await?;
    until("a file", async || {
        let saved = browser.client().execute("return window.saved", vec![]);
        Ok(saved.await?.as_str().map(str::to_owned))
    })
    .await
}

impl Page {
    /// Presses a button of this name that saves a file, and gives the file's content.
    ///
    /// # Errors
    /// When there is no such button, or no file comes.
    pub async fn download(&self, button: &str) -> Result<String> {
        let button = self.find("button", button).await?;
        saved(self.browser(), &button).await
    }

    /// The same of a file that is no text.
    ///
    /// # Errors
    /// When there is no such button, or no file comes.
    pub async fn download_bytes(&self, button: &str) -> Result<Vec<u8>> {
        self.download(button).await?;
        let script = "return window.savedBytes";
        until("the file's bytes", async || {
            let bytes = self.client().execute(script, vec![]).await?;
            Ok(serde_json::from_value(bytes)?)
        })
        .await
    }
}
