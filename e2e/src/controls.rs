//! Using the page's controls by keyboard and mouse.

use std::path::PathBuf;

use crate::{Page, Result};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::key::Key;

impl Page {
    /// The only element with this role and accessible name.
    ///
    /// # Errors
    /// When there is no such element, or more than one.
    pub async fn find(&self, role: &str, name: &str) -> Result<Element> {
        self.scope().find_one(role, name).await
    }

    /// Clicks the only element with this role and accessible name.
    ///
    /// # Errors
    /// When there is no such element, or more than one.
    pub async fn click(&self, role: &str, name: &str) -> Result {
        self.scope().click(role, name).await
    }

    /// Clicks an element. One that the page's frame covers is scrolled into sight first, as a reader
    /// would.
    ///
    /// # Errors
    /// When it cannot be clicked.
    pub async fn click_element(&self, element: &Element) -> Result {
        self.browser().click(element).await
    }

    /// Presses a button.
    ///
    /// # Errors
    /// When there is no such button.
    pub async fn press(&self, name: &str) -> Result {
        self.click("button", name).await
    }

    /// Picks files to be opened on page "Data".
    ///
    /// # Errors
    /// When the page does not ask for files.
    pub async fn pick_files(&self, files: &[PathBuf]) -> Result {
        let input = self.find("button", "Open study files").await?;
        let paths = files.iter().map(|path| path.to_string_lossy().into_owned());
        let paths: Vec<String> = paths.collect();
        Ok(input.send_keys(&paths.join("\n")).await?)
    }

    /// Changes to another page of the dashboard.
    ///
    /// # Errors
    /// When there is no such tab.
    pub async fn open_page(&self, tab: &str) -> Result {
        self.click("tab", tab).await
    }

    /// Opens the details below a summary with this text, unless they are open.
    ///
    /// # Errors
    /// When there is no such summary.
    pub async fn open_details(&self, summary: &str) -> Result {
        let path = format!("//summary[normalize-space()='{summary}']");
        let summary = self.client().find(Locator::XPath(&path)).await?;
        let details = summary.find(Locator::XPath("..")).await?;
        if details.attr("open").await?.is_none() {
            self.click_element(&summary).await?;
        }
        Ok(())
    }

    /// Opens the choice model's further settings, unless they are open.
    ///
    /// # Errors
    /// When the page has none.
    pub async fn open_settings(&self) -> Result {
        self.open_details("More settings").await
    }

    /// Presses an item of a menu.
    ///
    /// # Errors
    /// When there is no such menu or item.
    pub async fn press_item(&self, menu: &str, item: &str) -> Result {
        self.scope().press_item(menu, item).await
    }

    /// Replaces the text of an input and commits it with Enter.
    ///
    /// # Errors
    /// When there is no such input.
    pub async fn fill(&self, name: &str, text: &str) -> Result {
        self.click("textbox", name).await?;
        let input = self.find("textbox", name).await?;
        // Some drivers release a modifier key only at the end of the keys that are sent together.
        input.send_keys(&(Key::Control + "a")).await?;
        let erase = Key::Delete;
        Ok(input
            .send_keys(&format!("{erase}{text}{}", Key::Enter))
            .await?)
    }

    /// Chooses an option of a select by its text.
    ///
    /// # Errors
    /// When there is no such select or option.
    pub async fn choose(&self, name: &str, option: &str) -> Result {
        let select = self.find("combobox", name).await?;
        Ok(select.select_by_label(option).await?)
    }

    /// The text of an input, or the value of a select's chosen option.
    ///
    /// # Errors
    /// When there is no such control.
    pub async fn input_value(&self, role: &str, name: &str) -> Result<String> {
        let value = self.find(role, name).await?.prop("value").await?;
        Ok(value.unwrap_or_default())
    }

    /// Whether a control is marked as invalid.
    ///
    /// # Errors
    /// When there is no such control.
    pub async fn is_invalid(&self, role: &str, name: &str) -> Result<bool> {
        let control = self.find(role, name).await?;
        Ok(control.attr("aria-invalid").await?.as_deref() == Some("true"))
    }

    /// Whether a button is disabled. It can have the focus all the same.
    ///
    /// # Errors
    /// When there is no such button.
    pub async fn is_disabled(&self, name: &str) -> Result<bool> {
        let button = self.find("button", name).await?;
        Ok(button.attr("aria-disabled").await?.as_deref() == Some("true"))
    }

    /// The accessible name of the element with the keyboard's focus; empty if it has none.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn focused_name(&self) -> Result<String> {
        let element = self.client().active_element().await?;
        Ok(element.attr("aria-label").await?.unwrap_or_default())
    }

    /// Sends keys to the element with the keyboard's focus.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn send_keys(&self, keys: &str) -> Result {
        let focused = self.client().active_element().await?;
        Ok(focused.send_keys(keys).await?)
    }

    /// Clicks at a point of the view, CSS pixels from its upper left corner.
    ///
    /// # Errors
    /// When the point is out of sight.
    pub async fn click_at(&self, [x, y]: [f64; 2]) -> Result {
        let button = MOUSE_BUTTON_LEFT;
        let click = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo {
                duration: None,
                x,
                y,
            })
            .then(PointerAction::Down { button })
            .then(PointerAction::Up { button });
        Ok(self.client().perform_actions(click).await?)
    }
}
