//! The dashboard in a browser.

use crate::browser::Browser;
use crate::{Failure, Figure, Result, Scope, Server, until};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::{Value, json};

/// The dashboard, open in a browser of its own.
#[derive(Debug)]
pub struct Page {
    browser: Browser,
}

impl Page {
    /// Opens the dashboard at a fragment (that may be empty) and waits until its first figures
    /// are drawn.
    ///
    /// # Errors
    /// When the browser cannot start, or the page does not become ready.
    pub async fn open(server: &Server, fragment: &str) -> Result<Self> {
        let page = Self::visit(&server.url(fragment)).await?;
        page.ready().await?;
        Ok(page)
    }

    /// Opens an address without waiting for anything on it.
    ///
    /// # Errors
    /// When the browser cannot start.
    pub async fn visit(url: &str) -> Result<Self> {
        let browser = Browser::start().await?;
        browser.client().goto(url).await?;
        Ok(Self { browser })
    }

    /// Opens an address in a further tab, which is the one that is seen from then on.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn open_tab(&self, url: &str) -> Result {
        let tab = self.client().new_window(true).await?;
        self.client().switch_to_window(tab.handle).await?;
        self.browser.watch().await?;
        Ok(self.client().goto(url).await?)
    }

    /// Sends a command of the Chrome DevTools protocol.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        self.browser.devtools(method, parameters).await
    }

    /// Opens the dashboard while requests for addresses that match one of the patterns (`*` for
    /// anything) fail, without waiting for anything on it.
    ///
    /// # Errors
    /// When the browser cannot start.
    pub async fn open_without(server: &Server, patterns: &[&str]) -> Result<Self> {
        let browser = Browser::start().await?;
        browser.devtools("Network.enable", json!({})).await?;
        let blocked = json!({ "urls": patterns });
        browser.devtools("Network.setBlockedURLs", blocked).await?;
        browser.client().goto(&server.url("")).await?;
        Ok(Self { browser })
    }

    pub(crate) fn of(browser: Browser) -> Self {
        Self { browser }
    }

    /// The browser, for what this type has no word for.
    pub fn client(&self) -> &fantoccini::Client {
        self.browser.client()
    }

    pub(crate) fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Waits until the first page's figures are drawn.
    ///
    /// # Errors
    /// When they are not within [`crate::PATIENCE`]; with what the page says instead.
    pub async fn ready(&self) -> Result {
        let script = "return document.documentElement.dataset.ready === 'true'";
        let drawn = until("the first figures", async || {
            let ready = self.client().execute(script, vec![]).await?;
            Ok(ready.as_bool().unwrap_or(false).then_some(()))
        });
        if let Err(error) = drawn.await {
            let text = self
                .client()
                .execute("return document.body.innerText", vec![]);
            let complaints = self.browser.complaints().await?;
            return Err(Failure::new(format!(
                "{error:?}\nthe page says: {}\n{complaints:#?}",
                text.await?
            )));
        }
        Ok(())
    }

    /// Goes to an address, as if it were typed, and waits for the dashboard's figures where there
    /// is one.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn goto(&self, url: &str) -> Result {
        self.client().goto(url).await?;
        if url.starts_with("http") {
            self.ready().await?;
        }
        Ok(())
    }

    /// Goes to another fragment in one step, as a link would that is typed or pasted into the
    /// address: the page takes it over without being loaded again.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn follow(&self, fragment: &str) -> Result {
        let script = "location.hash = arguments[0]";
        self.client().execute(script, vec![fragment.into()]).await?;
        Ok(())
    }

    /// To find controls anywhere on the page.
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            browser: &self.browser,
            element: None,
        }
    }

    /// The one element of this role and accessible name.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub async fn find(&self, role: &str, name: &str) -> Result<Element> {
        self.scope().one(role, name).await
    }

    /// Presses a button.
    ///
    /// # Errors
    /// When there is no such button.
    pub async fn press(&self, name: &str) -> Result {
        Ok(self.find("button", name).await?.click().await?)
    }

    /// Opens what a summary of these words hides.
    ///
    /// # Errors
    /// When there is no such summary.
    pub async fn unfold(&self, summary: &str) -> Result {
        let path = format!("//summary[normalize-space()='{summary}']");
        let summary = self.client().find(Locator::XPath(&path)).await?;
        Ok(summary.click().await?)
    }

    /// Replaces the text of an input and commits it with Enter.
    ///
    /// # Errors
    /// When there is no such input.
    pub async fn fill(&self, name: &str, text: &str) -> Result {
        let input = self.find("textbox", name).await?;
        input.click().await?;
        let all = Key::Control + "a";
        let erase = Key::Delete;
        input
            .send_keys(&format!("{all}{}{erase}{text}{}", Key::Null, Key::Enter))
            .await?;
        Ok(())
    }

    /// Chooses an option of a select by its text.
    ///
    /// # Errors
    /// When there is no such select or option.
    pub async fn choose(&self, name: &str, option: &str) -> Result {
        let select = self.find("combobox", name).await?;
        Ok(select.select_by_label(option).await?)
    }

    /// What an input holds, or which option a select has.
    ///
    /// # Errors
    /// When there is no such control.
    pub async fn value(&self, role: &str, name: &str) -> Result<String> {
        let value = self.find(role, name).await?.prop("value").await?;
        Ok(value.unwrap_or_default())
    }

    /// The accessible name of the element that has the keyboard's focus, where it has one.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn focused(&self) -> Result<String> {
        let element = self.client().active_element().await?;
        Ok(element.attr("aria-label").await?.unwrap_or_default())
    }

    /// Presses keys where the keyboard's focus is.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn keys(&self, keys: &str) -> Result {
        Ok(self
            .client()
            .active_element()
            .await?
            .send_keys(keys)
            .await?)
    }

    /// Moves the mouse to a point of the view, CSS pixels from its upper left corner, and clicks.
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

    /// The figure with this title.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub async fn figure(&self, title: &str) -> Result<Figure<'_>> {
        Ok(Figure {
            browser: &self.browser,
            element: self.find("figure", title).await?,
        })
    }

    /// The texts of a table's cells, row by row, the header first.
    ///
    /// # Errors
    /// When there is no table with this caption.
    pub async fn table(&self, caption: &str) -> Result<Vec<Vec<String>>> {
        let table = self.find("table", caption).await?;
        self.scope().cells(&table).await
    }

    /// Waits until the page's visible text holds these words.
    ///
    /// # Errors
    /// When it does not within [`crate::PATIENCE`]; with the text that is there instead.
    pub async fn says(&self, words: &str) -> Result {
        let script = "return document.body.innerText";
        let text = async || -> Result<String> {
            let text = self.client().execute(script, vec![]).await?;
            Ok(text.as_str().unwrap_or_default().to_owned())
        };
        let said = until(words, async || {
            Ok(text().await?.contains(words).then_some(()))
        });
        match said.await {
            Ok(()) => Ok(()),
            Err(error) => Err(Failure::new(format!(
                "{error:?}; the page says:\n{}",
                text().await?
            ))),
        }
    }

    /// Ends the visit.
    ///
    /// # Errors
    /// When the browser reported a console warning or error, or a violation of the content
    /// policy, at any time.
    pub async fn finish(self) -> Result {
        self.finish_but(|_| false).await
    }

    /// Ends the visit, where some complaints are not the page's fault.
    ///
    /// # Errors
    /// When there were others.
    pub async fn finish_but(self, excused: impl Fn(&str) -> bool) -> Result {
        let mut complaints = self.browser.complaints().await?;
        complaints.retain(|complaint| !excused(complaint));
        self.client().clone().close().await?;
        if complaints.is_empty() {
            Ok(())
        } else {
            Err(Failure::new(format!(
                "the browser complained:\n{}",
                complaints.join("\n")
            )))
        }
    }
}
