//! What the page is shown on and to whom: paper, a language, a reader who wants no motion.

use crate::browser::Browser;
use crate::screenshot::pictures;
use crate::{Page, Result, Server};
use serde_json::{Value, json};

impl Page {
    /// Opens the dashboard at a fragment in a browser of another language, "de-DE".
    ///
    /// # Errors
    /// When the browser cannot start, or the page does not become ready.
    pub async fn open_in(server: &Server, locale: &str, fragment: &str) -> Result<Self> {
        let browser = Browser::start().await?;
        let locale = json!({ "locale": locale });
        browser
            .devtools("Emulation.setLocaleOverride", locale)
            .await?;
        browser.client().goto(&server.url(fragment)).await?;
        let page = Self::of(browser);
        page.ready().await?;
        Ok(page)
    }

    /// Shows the page on a medium ("print", "" for the screen) to a reader who prefers this, as
    /// `("prefers-color-scheme", "dark")`.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn emulate(&self, medium: &str, preferences: &[(&str, &str)]) -> Result {
        let preference = |(name, value): &(&str, &str)| json!({ "name": name, "value": value });
        let features: Vec<Value> = preferences.iter().map(preference).collect();
        let media = json!({ "media": medium, "features": features });
        self.devtools("Emulation.setEmulatedMedia", media)
            .await
            .map(drop)
    }

    /// The page as a PDF of the size that its style asks for, which is saved for people to look
    /// at as `target/screenshots/<name>.pdf`.
    ///
    /// # Errors
    /// When the browser or the disk refuses.
    pub async fn pdf(&self, name: &str) -> Result<Vec<u8>> {
        let wanted = json!({ "preferCSSPageSize": true, "printBackground": true });
        let printed = self.devtools("Page.printToPDF", wanted).await?;
        let pdf = decoded(printed["data"].as_str().unwrap_or_default());
        std::fs::write(pictures()?.join(format!("{name}.pdf")), &pdf)?;
        Ok(pdf)
    }

    /// What a script says.
    ///
    /// # Errors
    /// When it fails.
    pub async fn ask(&self, script: &str) -> Result<Value> {
        Ok(self.client().execute(script, vec![]).await?)
    }
}

/// The bytes that a text of base64 stands for.
pub(crate) fn decoded(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let sextets: Vec<u8> = text.bytes().filter_map(value).collect();
    let bytes = sextets.chunks(4).flat_map(|chunk| {
        let bits = chunk
            .iter()
            .fold(0u32, |bits, sextet| bits << 6 | u32::from(*sextet));
        let bits = bits << (6 * (4 - chunk.len()));
        let [_, bytes @ ..] = bits.to_be_bytes();
        bytes.into_iter().take(chunk.len() - 1).collect::<Vec<_>>()
    });
    bytes.collect()
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn base64_is_decoded() {
        assert_eq!(decoded("JVBERi0="), b"%PDF-");
        assert_eq!(decoded("/+8"), [255, 239]);
    }
}
