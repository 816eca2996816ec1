//! Pictures of the whole page, for people to look at.

use crate::{Page, Result, shipped, until};
use serde_json::json;
use std::path::PathBuf;

/// What the page is looked at with.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The window's width, CSS pixels.
    pub width: u32,
    /// Whether the reader prefers a dark page.
    pub dark: bool,
}

impl Look {
    /// A wide screen and a phone, light and dark.
    pub const ALL: [Self; 4] = [
        Self {
            width: 1440,
            dark: false,
        },
        Self {
            width: 1440,
            dark: true,
        },
        Self {
            width: 390,
            dark: false,
        },
        Self {
            width: 390,
            dark: true,
        },
    ];
}

/// Where pictures of the page are saved.
pub(crate) fn pictures() -> Result<PathBuf> {
    let folder = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| shipped("target"), PathBuf::from)
        .join("screenshots");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

impl Page {
    /// Saves the whole page as `target/screenshots/<name>-<width>-<light or dark>.png` and leaves
    /// the window in that look.
    ///
    /// # Errors
    /// When the browser or the disk refuses.
    pub async fn screenshot(&self, name: &str, look: Look) -> Result<PathBuf> {
        let scheme = if look.dark { "dark" } else { "light" };
        let preference = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        let browser = self.browser();
        browser
            .devtools(
                "Emulation.setEmulatedMedia",
                json!({ "features": preference }),
            )
            .await?;
        self.resize(look.width, 900).await?;
        // As high as the page has become at this width.
        let script = "return document.documentElement.scrollHeight";
        let height = self.client().execute(script, vec![]).await?;
        let height = height
            .as_u64()
            .and_then(|height| u32::try_from(height).ok());
        self.resize(look.width, height.unwrap_or(900).max(900))
            .await?;

        let file = pictures()?.join(format!("{name}-{}-{scheme}.png", look.width));
        std::fs::write(&file, self.client().screenshot().await?)?;
        Ok(file)
    }

    /// Sets the size of the view and waits until every chart has taken it up.
    ///
    /// # Errors
    /// When a chart does not.
    pub async fn resize(&self, width: u32, height: u32) -> Result {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.browser()
            .devtools("Emulation.setDeviceMetricsOverride", size)
            .await?;
        // plotly.js follows a resize after a pause of its own.
        let script = "return [...document.querySelectorAll('.chart')].every((chart) =>
            Math.abs((chart.querySelector('.main-svg')?.clientWidth ?? 0) - chart.clientWidth) <= 1)";
        until("the charts to follow the window", async || {
            let follows = self.client().execute(script, vec![]).await?;
            Ok(follows.as_bool().unwrap_or(false).then_some(()))
        })
        .await
    }
}
