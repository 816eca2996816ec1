//! Files that the page offers to save.

use crate::browser::Browser;
use crate::emulation::decoded;
use crate::{Page, Result, until};
use fantoccini::elements::Element;

/// A file that the page offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The name that it offered it under.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl Saved {
    /// The content of a text.
    ///
    /// # Errors
    /// When it is none.
    pub fn text(self) -> Result<String> {
        Ok(String::from_utf8(self.bytes)?)
    }
}

/// Presses a button that saves a file, and gives the file.
///
/// # Errors
/// When no file comes.
pub async fn saved(browser: &Browser, button: &Element) -> Result<Saved> {
    // What the browser would save, for this one file alone. A picture has addresses of its own
    // before it is saved.
    let watch = "window.saved = null;
        const [make, click] = [URL.createObjectURL, HTMLAnchorElement.prototype.click];
        const made = new Map();
        URL.createObjectURL = (blob) => {
            const address = make(blob);
            made.set(address, blob);
            return address;
        };
        HTMLAnchorElement.prototype.click = function () {
            URL.createObjectURL = make;
            HTMLAnchorElement.prototype.click = click;
            const reader = new FileReader();
            reader.onload = () => window.saved = [this.download, reader.result.split(',')[1]];
            reader.readAsDataURL(made.get(this.href));
            click.call(this);
        }";
    browser.client().execute(watch, vec![]).await?;
    button.click().await?;
    let saved = until("a file", async || {
        let saved = browser.client().execute("return window.saved", vec![]);
        Ok(serde_json::from_value::<Option<(String, String)>>(
            saved.await?,
        )?)
    });
    let (name, content) = saved.await?;
    let bytes = decoded(&content);
    Ok(Saved { name, bytes })
}

impl Page {
    /// Presses a button of this name that saves a file, and gives the file.
    ///
    /// # Errors
    /// When there is no such button, or no file comes.
    pub async fn save(&self, button: &str) -> Result<Saved> {
        let button = self.find("button", button).await?;
        saved(self.browser(), &button).await
    }

    /// The same of a text.
    ///
    /// # Errors
    /// When there is no such button, or no text comes.
    pub async fn download(&self, button: &str) -> Result<String> {
        self.save(button).await?.text()
    }
}
