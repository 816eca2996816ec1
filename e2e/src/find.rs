//! Finding what a person would find: by role and accessible name.

use crate::browser::Browser;
use crate::webdriver::Command;
use crate::{Failure, Result, until};
use fantoccini::elements::{Element, ElementRef};
use serde_json::Value;

const FIND: &str = include_str!("find.js");
/// The key of an element in WebDriver's JSON, fixed by its specification.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The page, or an element of it.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    pub(crate) browser: &'a Browser,
    pub(crate) element: Option<&'a Element>,
}

impl Scope<'_> {
    /// The one visible element of this role and name, as soon as there is one. The browser's own
    /// computation of role and name has the last word.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub async fn one(&self, role: &str, name: &str) -> Result<Element> {
        let what = format!("{role} “{name}”");
        let element = until(&what, async || {
            match self.all(role, name).await?.as_slice() {
                [] => Ok(None),
                [element] => Ok(Some(element.clone())),
                several => Err(Failure::new(format!(
                    "{} elements are a {what}",
                    several.len()
                ))),
            }
        })
        .await?;
        let id = element.element_id();
        let computed = [Command::role(&id), Command::label(&id)];
        for (command, wanted) in computed.into_iter().zip([role, name]) {
            let found = self.browser.client().issue_cmd(command).await?;
            if found.as_str() != Some(wanted) {
                return Err(Failure::new(format!(
                    "{what}: the browser computes {found}"
                )));
            }
        }
        Ok(element)
    }

    /// Every visible element of this role and name, at once; there may be none.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn all(&self, role: &str, name: &str) -> Result<Vec<Element>> {
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

    /// The texts of a table's cells, row by row, the header first.
    ///
    /// # Errors
    /// When the table is gone.
    pub async fn cells(&self, table: &Element) -> Result<Vec<Vec<String>>> {
        let script = "return [...arguments[0].rows].map((row) =>
            [...row.cells].map((cell) => cell.textContent.trim()))";
        let table = serde_json::json!({ ELEMENT: table.element_id().as_ref() });
        let rows = self.browser.client().execute(script, vec![table]).await?;
        Ok(serde_json::from_value(rows)?)
    }
}
