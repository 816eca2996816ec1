//! A figure of the page.

use crate::browser::Browser;
use crate::{Result, Scope};
use fantoccini::elements::Element;

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
        let table = crate::until("the figure's Data table", async || {
            let found = self
                .element
                .find_all(fantoccini::Locator::Css("table"))
                .await?;
            Ok(found.into_iter().next())
        })
        .await?;
        self.scope().cells(&table).await
    }

    /// What the figure says instead of a chart, or as a remark: all of its visible text.
    ///
    /// # Errors
    /// When the figure is gone.
    pub async fn text(&self) -> Result<String> {
        Ok(self.element.text().await?)
    }
}
