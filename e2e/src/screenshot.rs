//! Screenshots of the whole page, for people to look at.

use crate::{Page, Result, repository_path, wait_for};
use serde_json::json;
use std::path::PathBuf;

/// A window width and a color scheme.
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

/// Creates the folder for screenshots and printed pages.
pub(crate) fn create_folder() -> Result<PathBuf> {
    let folder = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| repository_path("target"), PathBuf::from)
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
        let features = json!({ "features": preference });
        self.devtools("Emulation.setEmulatedMedia", features)
            .await?;
        self.resize(look.width, 900).await?;
        // The page's height at this width.
        let script = "return document.documentElement.scrollHeight";
        let height = self.eval(script).await?;
        let height = height
            .as_u64()
            .and_then(|height| u32::try_from(height).ok());
        self.resize(look.width, height.unwrap_or(900).max(900))
            .await?;

        let file = create_folder()?.join(format!("{name}-{}-{scheme}.png", look.width));
        std::fs::write(&file, self.client().screenshot().await?)?;
        Ok(file)
    }

    /// Shows the page in every [`Look`], saves a screenshot of each, and gives what is wrong in them:
    /// what axe-core finds, a page that scrolls sideways, a figure without exactly one menu in sight.
    /// Colors do not depend on the width, nor sizes on the scheme, so that axe-core sees two of the four.
    ///
    /// # Errors
    /// When the browser or the disk refuses.
    pub async fn check_looks(&self, name: &str) -> Result<Vec<String>> {
        let layout = "
            const isInside = (button, figure) => {
                const [inner, outer] = [button, figure].map((it) => it.getBoundingClientRect());
                return inner.left >= outer.left && inner.right <= outer.right + 0.5;
            };
            const menus = (figure) => [...figure.querySelectorAll('[aria-haspopup]')]
                .filter((button) => button.checkVisibility() && isInside(button, figure));
            const without = [...document.querySelectorAll('figure:not([aria-busy])')]
                .filter((figure) => menus(figure).length !== 1)
                .map((figure) => `not one menu: ${figure.ariaLabel}`);
            const wide = document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways'] : [];
            return [...wide, ...without]";
        let mut problems = Vec::new();
        for look in Look::ALL {
            self.screenshot(name, look).await?;
            let mut found: Vec<String> = serde_json::from_value(self.eval(layout).await?)?;
            if look.dark == (look.width == 390) {
                found.extend(self.accessibility_violations().await?);
            }
            problems.extend(found.iter().map(|problem| format!("{look:?}: {problem}")));
        }
        Ok(problems)
    }

    /// Sets the size of the view and waits until every chart has followed.
    ///
    /// # Errors
    /// When a chart does not follow.
    pub async fn resize(&self, width: u32, height: u32) -> Result {
        self.browser().resize(width, height).await?;
        // plotly.js follows a resize after a pause.
        let script = "return [...document.querySelectorAll('.chart')].every((chart) =>
            Math.abs((chart.querySelector('.main-svg')?.clientWidth ?? 0) - chart.clientWidth) <= 1)";
        wait_for("the charts to follow the window", async || {
            Ok((self.eval(script).await? == true).then_some(()))
        })
        .await
    }
}
