//! Media and readers to show the page to: paper, a preference for no motion.

use crate::screenshot::create_folder;
use crate::{Page, Result};
use serde_json::{Value, json};

impl Page {
    /// Emulates a medium ("print", "" for the screen) and a reader's preferences, such as
    /// `("prefers-color-scheme", "dark")`.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn emulate_media(&self, medium: &str, preferences: &[(&str, &str)]) -> Result {
        let preference = |(name, value): &(&str, &str)| json!({ "name": name, "value": value });
        let features: Vec<Value> = preferences.iter().map(preference).collect();
        let media = json!({ "media": medium, "features": features });
        self.devtools("Emulation.setEmulatedMedia", media)
            .await
            .map(drop)
    }

    /// Prints the page to a PDF of the size that its style asks for. Also saves it as
    /// `target/screenshots/<name>.pdf`, for people to look at.
    ///
    /// # Errors
    /// When the browser or the disk refuses.
    pub async fn print_pdf(&self, name: &str) -> Result<Vec<u8>> {
        let options = json!({ "preferCSSPageSize": true, "printBackground": true });
        let printed = self.devtools("Page.printToPDF", options).await?;
        let pdf = decode_base64(printed["data"].as_str().unwrap_or_default());
        std::fs::write(create_folder()?.join(format!("{name}.pdf")), &pdf)?;
        Ok(pdf)
    }
}

/// Decodes base64.
pub(crate) fn decode_base64(text: &str) -> Vec<u8> {
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
    use super::decode_base64;

    #[test]
    fn base64_is_decoded() {
        assert_eq!(decode_base64("JVBERi0="), b"%PDF-");
        assert_eq!(decode_base64("/+8"), [255, 239]);
    }
}
