//! Files that the page offers to save.

use crate::{Page, Result, until};
use fantoccini::elements::Element;

impl Page {
    /// Presses a button that saves a file, and gives the file's content.
    ///
    /// # Errors
    /// When no file comes.
    pub async fn download(&self, button: &Element) -> Result<String> {
        // The content, as the browser would save it.
        let watch = "URL.realMaker ??= URL.createObjectURL;
            window.saved = null;
            URL.createObjectURL = (blob) => {
                blob.text().then((text) => window.saved = text);
                return URL.realMaker(blob);
            }";
        self.client().execute(watch, vec![]).await?;
        button.click().await?;
        until("a file", async || {
            let saved = self.client().execute("return window.saved", vec![]);
            Ok(saved.await?.as_str().map(str::to_owned))
        })
        .await
    }
}
