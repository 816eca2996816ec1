//! A figure of the page.

use crate::browser::Browser;
use crate::download::DownloadedFile;
use crate::table::{first_difference, sort_rows};
use crate::{Result, Scope, TestError, wait_for};
use fantoccini::Locator;
use fantoccini::elements::Element;
use serde_json::Value;

/// A figure, found by its title.
#[derive(Debug)]
pub struct Figure<'a> {
    pub(crate) browser: &'a dyn Browser,
    pub(crate) element: Element,
    pub(crate) title: String,
}

impl Figure<'_> {
    /// Finds the figure's own controls.
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            browser: self.browser,
            element: Some(&self.element),
        }
    }

    /// An option of the figure's menu, which is opened unless it is open.
    ///
    /// # Errors
    /// When the figure has no such option.
    pub async fn option(&self, name: &str) -> Result<Element> {
        self.scope().open_menu(&self.menu(), name).await
    }

    /// Presses an option of the figure's menu.
    async fn press(&self, name: &str) -> Result {
        self.scope().press_item(&self.menu(), name).await
    }

    /// The name of the figure's menu.
    fn menu(&self) -> String {
        format!("Options of {}", self.title)
    }

    /// The texts of the figure's Data table, row by row, the header first. Opens the table if it
    /// is closed.
    ///
    /// # Errors
    /// When the figure has no such table.
    pub async fn rows(&self) -> Result<Vec<Vec<String>>> {
        let table = async || -> Result<Option<Element>> {
            let found = self.element.find_all(Locator::Css("table")).await?;
            Ok(found.into_iter().next())
        };
        if table().await?.is_none() {
            self.press("Data").await?;
        }
        let table = wait_for("the figure's Data table", table).await?;
        self.scope().table_cells(&table).await
    }

    /// Opens the explanation of the figure, and gives it.
    ///
    /// # Errors
    /// When the figure has none.
    pub async fn reading(&self) -> Result<String> {
        self.press("How to read this").await?;
        let reading = wait_for("the figure's explanation", async || {
            let found = self.element.find_all(Locator::Css(".reading")).await?;
            Ok(found.into_iter().next())
        });
        let reading = reading.await?;
        self.browser.text(&reading).await
    }

    /// Waits until the Data table holds these rows, the header first; numbers are compared to the
    /// digits that the page shows.
    ///
    /// # Errors
    /// When it does not; with the first row that differs.
    pub async fn wait_for_rows(&self, expected: &[Vec<String>]) -> Result {
        self.wait_for_rows_within(expected, 0.0).await
    }

    /// Like [`Self::wait_for_rows`], with a tolerance for numbers in addition to the digits shown:
    /// a difference of two figures has lost the digits that both share.
    ///
    /// # Errors
    /// When the table does not hold these rows; with the first row that differs.
    pub async fn wait_for_rows_within(&self, expected: &[Vec<String>], tolerance: f64) -> Result {
        self.wait_until_none(async || {
            let rows = self.rows().await?;
            Ok(first_difference(&rows, expected, tolerance))
        })
        .await
    }

    /// Like [`Self::wait_for_rows`], but the rows may have any order. The header comes first.
    ///
    /// # Errors
    /// When the table does not hold these rows; with the first row that differs.
    pub async fn wait_for_rows_in_any_order(&self, expected: &[Vec<String>]) -> Result {
        let expected = sort_rows(expected.to_vec());
        self.wait_until_none(async || {
            let rows = sort_rows(self.rows().await?);
            Ok(first_difference(&rows, &expected, 0.0))
        })
        .await
    }

    /// Waits until there is no difference.
    async fn wait_until_none(
        &self,
        difference: impl AsyncFn() -> Result<Option<String>>,
    ) -> Result {
        let equal = wait_for("the figure's numbers", async || {
            Ok(difference().await?.is_none().then_some(()))
        });
        if let Err(error) = equal.await {
            let difference = difference().await?.unwrap_or_default();
            return Err(TestError::new(format!("{error:?}: {difference}")));
        }
        Ok(())
    }

    /// The text of the file that "Download CSV" saves.
    ///
    /// # Errors
    /// When the figure has no such option, or nothing is saved.
    pub async fn download_csv(&self) -> Result<String> {
        self.download("Download CSV").await?.into_text()
    }

    /// Presses an option of the figure that saves a file, and gives the file.
    ///
    /// # Errors
    /// When the figure has no such option, or nothing is saved.
    pub async fn download(&self, option: &str) -> Result<DownloadedFile> {
        self.option(option).await?;
        self.scope().download(option).await
    }

    /// The value that a script returns, in which `chart` is plotly.js's element.
    ///
    /// # Errors
    /// When the figure has no chart, or the script fails.
    pub async fn eval_chart(&self, script: &str) -> Result<Value> {
        let chart = self.element.find(Locator::Css(".js-plotly-plot")).await?;
        let script = format!("const [chart] = arguments; {script}");
        let client = self.browser.client();
        Ok(client
            .execute(&script, vec![serde_json::to_value(&chart)?])
            .await?)
    }

    /// All of the figure's visible text.
    ///
    /// # Errors
    /// When the figure is gone.
    pub async fn text(&self) -> Result<String> {
        self.browser.text(&self.element).await
    }
}
