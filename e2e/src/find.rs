//! Finding controls as a person would: by role and accessible name.

use crate::browser::Browser;
use crate::{Result, TestError, wait_for};
use fantoccini::elements::{Element, ElementRef};
use serde_json::Value;

const FIND: &str = include_str!("find.js");
/// The key of an element in WebDriver's JSON, fixed by its specification.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The page, or an element of it.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    pub(crate) browser: &'a dyn Browser,
    pub(crate) element: Option<&'a Element>,
}

impl Scope<'_> {
    /// Waits for the only visible element with this role and name, and checks both against those
    /// that the browser computes.
    ///
    /// # Errors
    /// When there is no such element, or more than one.
    pub async fn find_one(&self, role: &str, name: &str) -> Result<Element> {
        let what = format!("{role} “{name}”");
        wait_for(&what, async || {
            let elements = self.find_all(role, name).await?;
            match elements.as_slice() {
                [] => Ok(None),
                [element] => {
                    self.check_computed(element, role, name).await?;
                    Ok(Some(element.clone()))
                }
                several => Err(TestError::new(format!(
                    "{} elements are a {what}",
                    several.len()
                ))),
            }
        })
        .await
    }

    /// Checks that the browser computes this role and name for an element.
    async fn check_computed(&self, element: &Element, role: &str, name: &str) -> Result {
        let computed = self.browser.computed(&element.element_id()).await?;
        for (found, expected) in computed.iter().zip([role, name]) {
            let without_button = found.strip_suffix(self.browser.file_button());
            if without_button.unwrap_or(found) != expected {
                return Err(TestError::new(format!(
                    "{role} “{name}”: the browser computes {found:?}"
                )));
            }
        }
        Ok(())
    }

    /// Every visible element with this role and name, without waiting; there may be none.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn find_all(&self, role: &str, name: &str) -> Result<Vec<Element>> {
        let scope = match self.element {
            Some(element) => serde_json::json!({ ELEMENT: element.element_id().as_ref() }),
            None => Value::Null,
        };
        let client = self.browser.client();
        let found = client
            .execute(FIND, vec![scope, role.into(), name.into()])
            .await?;
        let elements = found.as_array().into_iter().flatten();
        let ids = elements.filter_map(|element| element[ELEMENT].as_str());
        let element =
            |id: &str| Element::from_element_id(client.clone(), ElementRef::from(id.to_owned()));
        Ok(ids.map(element).collect())
    }

    /// Clicks the only element with this role and name. One that the page replaces before it is hit is
    /// found again.
    ///
    /// # Errors
    /// When there is no such element, or more than one.
    pub async fn click(&self, role: &str, name: &str) -> Result {
        wait_for(&format!("a click on {role} “{name}”"), async || {
            let element = self.find_one(role, name).await?;
            self.browser.click(&element).await.map(Some)
        })
        .await
    }

    /// An item of a menu, which is opened unless it is open.
    ///
    /// # Errors
    /// When there is no such menu or item.
    pub async fn open_menu(&self, menu: &str, item: &str) -> Result<Element> {
        let button = self.find_one("button", menu).await?;
        if button.attr("aria-expanded").await?.as_deref() != Some("true") {
            self.click("button", menu).await?;
        }
        self.find_one("button", item).await
    }

    /// Presses an item of a menu.
    ///
    /// # Errors
    /// When there is no such menu or item.
    pub async fn press_item(&self, menu: &str, item: &str) -> Result {
        self.open_menu(menu, item).await?;
        self.click("button", item).await
    }

    /// The texts of a table's cells, row by row, the header first.
    ///
    /// # Errors
    /// When the table is gone.
    pub async fn table_cells(&self, table: &Element) -> Result<Vec<Vec<String>>> {
        let script = "return [...arguments[0].rows].map((row) =>
            [...row.cells].map((cell) => cell.textContent.trim()))";
        let table = serde_json::json!({ ELEMENT: table.element_id().as_ref() });
        let rows = self.browser.client().execute(script, vec![table]).await?;
        Ok(serde_json::from_value(rows)?)
    }
}
