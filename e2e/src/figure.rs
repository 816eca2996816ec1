//! A figure of the page.

use crate::browser::Browser;
use crate::download::{Saved, saved};
use crate::table::difference;
use crate::{Failure, Result, Scope, until};
use fantoccini::elements::Element;
use serde_json::Value;

/// A figure, found by its title.
#[derive(Debug)]
pub struct Figure<'a> {
    pub(crate) browser: &'a Browser,
    pub(crate) element: Element,
}

impl Figure<'_> {
    /// To find the figure's own controls.
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            browser: self.browser,
            element: Some(&self.element),
        }
    }

    /// The texts of the figure's Data table, row by row, the header first. Opens the table when
    /// it is closed.
    ///
    /// # Errors
    /// When the figure has no such table.
    pub async fn rows(&self) -> Result<Vec<Vec<String>>> {
        let button = self.scope().one("button", "Data").await?;
        if button.attr("aria-expanded").await?.as_deref() != Some("true") {
            button.click().await?;
        }
        let table = until("the figure's Data table", async || {
            let found = self
                .element
                .find_all(fantoccini::Locator::Css("table"))
                .await?;
            Ok(found.into_iter().next())
        })
        .await?;
        self.scope().cells(&table).await
    }

    /// Waits until the Data table holds these rows, the header first; numbers are compared to the
    /// digits that the page shows.
    ///
    /// # Errors
    /// When it does not; with the first row that differs.
    pub async fn shows(&self, expected: &[Vec<String>]) -> Result {
        self.shows_within(expected, 0.0).await
    }

    /// The same for numbers that may differ by so much beside the digits shown: the difference of
    /// two figures has lost the digits that these share.
    ///
    /// # Errors
    /// When it does not; with the first row that differs.
    pub async fn shows_within(&self, expected: &[Vec<String>], slack: f64) -> Result {
        let differs = async || Ok(difference(&self.rows().await?, expected, slack));
        let same = until("the figure's numbers", async || {
            let differs: Result<_> = differs().await;
            Ok(differs?.is_none().then_some(()))
        });
        if let Err(error) = same.await {
            let differs = differs().await?.unwrap_or_default();
            return Err(Failure::new(format!("{error:?}: {differs}")));
        }
        Ok(())
    }

    /// The text of the file that "Download CSV" saves.
    ///
    /// # Errors
    /// When the figure has no such button, or nothing is saved.
    pub async fn file(&self) -> Result<String> {
        self.save("Download CSV").await?.text()
    }

    /// Presses a button of the figure that saves a file, and gives the file.
    ///
    /// # Errors
    /// When the figure has no such button, or nothing is saved.
    pub async fn save(&self, button: &str) -> Result<Saved> {
        let button = self.scope().one("button", button).await?;
        saved(self.browser, &button).await
    }

    /// What a script says about the chart, which it calls `chart`: plotly.js's own element.
    ///
    /// # Errors
    /// When the figure has no chart, or the script fails.
    pub async fn chart(&self, script: &str) -> Result<Value> {
        let chart = self
            .element
            .find(fantoccini::Locator::Css(".js-plotly-plot"))
            .await?;
        let script = format!("const [chart] = arguments; {script}");
        let client = self.browser.client();
        Ok(client
            .execute(&script, vec![serde_json::to_value(&chart)?])
            .await?)
    }

    /// What the figure says instead of a chart, or as a remark: all of its visible text.
    ///
    /// # Errors
    /// When the figure is gone.
    pub async fn text(&self) -> Result<String> {
        Ok(self.element.text().await?)
    }
}
