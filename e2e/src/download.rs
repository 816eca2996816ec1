//! Files that the page offers to save.

use crate::emulation::decode_base64;
use crate::{Page, Result, Scope, wait_for};

/// A file that the page offered to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DownloadedFile {
    /// The suggested name.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl DownloadedFile {
    /// The content of a text file.
    ///
    /// # Errors
    /// When it is not UTF-8.
    pub fn into_text(self) -> Result<String> {
        Ok(String::from_utf8(self.bytes)?)
    }
}

impl Scope<'_> {
    /// Presses a button that saves a file, and gives the file.
    ///
    /// # Errors
    /// When there is no such button, or no file comes.
    pub async fn download(&self, button: &str) -> Result<DownloadedFile> {
        // Catches the next file that the page hands to the browser. plotly.js makes object URLs for a
        // picture before it saves it, so that each URL's content is remembered until the click.
        let catch = "window.saved = null;
            const [make, click] = [URL.createObjectURL, HTMLAnchorElement.prototype.click];
            const contents = new Map();
            URL.createObjectURL = (blob) => {
                const url = make(blob);
                contents.set(url, blob);
                return url;
            };
            HTMLAnchorElement.prototype.click = function () {
                URL.createObjectURL = make;
                HTMLAnchorElement.prototype.click = click;
                const reader = new FileReader();
                reader.onload = () => window.saved = [this.download, reader.result.split(',')[1]];
                reader.readAsDataURL(contents.get(this.href));
                click.call(this);
            }";
        let client = self.browser.client();
        client.execute(catch, vec![]).await?;
        self.click("button", button).await?;
        let saved = wait_for("a file", async || {
            let saved = client.execute("return window.saved", vec![]);
            Ok(serde_json::from_value::<Option<(String, String)>>(
                saved.await?,
            )?)
        });
        let (name, content) = saved.await?;
        let bytes = decode_base64(&content);
        Ok(DownloadedFile { name, bytes })
    }
}

impl Page {
    /// Presses a button that saves a file, and gives the file.
    ///
    /// # Errors
    /// When there is no such button, or no file comes.
    pub async fn download(&self, button: &str) -> Result<DownloadedFile> {
        self.scope().download(button).await
    }

    /// Presses an item of a menu that saves a file, and gives the file.
    ///
    /// # Errors
    /// When there is no such item, or no file comes.
    pub async fn download_item(&self, menu: &str, item: &str) -> Result<DownloadedFile> {
        self.scope().open_menu(menu, item).await?;
        self.scope().download(item).await
    }

    /// Presses a button that saves a text file, and gives the text.
    ///
    /// # Errors
    /// When there is no such button, or no text comes.
    pub async fn download_text(&self, button: &str) -> Result<String> {
        self.download(button).await?.into_text()
    }
}
