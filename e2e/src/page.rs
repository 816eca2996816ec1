//! The dashboard in a browser.

use crate::browser::Browser;
use crate::{Figure, Result, Scope, Server, TestError, wait_for, wait_until_equal};
use fantoccini::elements::Element;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The dashboard in a browser session, which closes when this is dropped.
#[derive(Debug)]
pub struct Page {
    pub(crate) browser: Box<dyn Browser>,
}

impl Page {
    /// Opens an address in a new tab, to which all later calls go.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn open_tab(&self, url: &str) -> Result {
        let tab = self.client().new_window(true).await?;
        self.client().switch_to_window(tab.handle).await?;
        self.browser.watch().await?;
        Ok(self.client().goto(url).await?)
    }

    /// Runs a script in every page from the next one on, before the page's own.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn preload(&self, script: &str) -> Result {
        self.browser.preload(script).await
    }

    /// Sends a command of the Chrome DevTools protocol.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        self.browser.devtools(method, parameters).await
    }

    /// The WebDriver session, for what this type has no method for.
    pub fn client(&self) -> &fantoccini::Client {
        self.browser.client()
    }

    pub(crate) fn browser(&self) -> &dyn Browser {
        &*self.browser
    }

    /// Waits until the first page's figures are drawn.
    ///
    /// # Errors
    /// When they are not drawn within [`crate::TIMEOUT`]; with the page's text.
    pub async fn wait_until_ready(&self) -> Result {
        let script = "return document.documentElement.dataset.ready === 'true'";
        let ready = wait_for("the first figures", async || {
            Ok((self.eval(script).await? == true).then_some(()))
        });
        if let Err(error) = ready.await {
            let complaints = self.browser.complaints().await?;
            return Err(TestError::new(format!(
                "{error:?}\nthe page's text: {}\n{complaints:#?}",
                self.text().await?
            )));
        }
        Ok(())
    }

    /// Goes to an address as if it were typed, and waits for the dashboard's figures if it is the
    /// dashboard's.
    ///
    /// # Errors
    /// When the figures do not come.
    pub async fn goto(&self, url: &str) -> Result {
        self.browser.goto(url).await?;
        if url.starts_with("http") {
            self.wait_until_ready().await?;
        }
        Ok(())
    }

    /// Loads the dashboard of the shared server at another fragment.
    ///
    /// # Errors
    /// When the browser complained about the page before, or the figures do not come.
    pub async fn load(&self, fragment: &str) -> Result {
        self.check_complaints(|_| false).await?;
        // A change of the fragment does not load the page again.
        self.browser.goto("about:blank").await?;
        self.goto(&Server::shared()?.url(fragment)).await
    }

    /// Loads the page again and waits for its figures.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn reload(&self) -> Result {
        self.browser.reload().await?;
        self.wait_until_ready().await
    }

    /// Shows the dashboard of the shared server at another fragment: follows the link if it is there, which
    /// costs less than to load it, and loads it otherwise. Then waits until no figure waits for its numbers
    /// and all are drawn.
    ///
    /// # Errors
    /// When the browser complained about the page before, or the figures do not come.
    pub async fn show(&self, fragment: &str) -> Result {
        let server = Server::shared()?;
        let address = self.client().current_url().await?;
        if address.as_str().starts_with(&server.url("")) {
            self.check_complaints(|_| false).await?;
            self.set_fragment(fragment).await?;
        } else {
            self.goto(&server.url(fragment)).await?;
        }
        self.wait_for_figures().await
    }

    /// Changes the address's fragment to another one, as pasting a link into the address bar does, and
    /// waits until the page follows, without being loaded again.
    ///
    /// # Errors
    /// When the browser is gone, or the fragment is the same.
    pub async fn set_fragment(&self, fragment: &str) -> Result {
        // The page renders before this timer: its own listener was there first.
        let script = "const [fragment, done] = arguments;
            addEventListener('hashchange', () => setTimeout(done), { once: true });
            location.hash = fragment";
        self.client()
            .execute_async(script, vec![fragment.into()])
            .await?;
        Ok(())
    }

    /// Finds controls anywhere on the page.
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            browser: &*self.browser,
            element: None,
        }
    }

    /// The figure with this title.
    ///
    /// # Errors
    /// When there is no such figure, or more than one.
    pub async fn figure(&self, title: &str) -> Result<Figure<'_>> {
        Ok(Figure {
            browser: &*self.browser,
            element: self.find("figure", title).await?,
            title: title.to_owned(),
        })
    }

    /// The titles of the page's figures, in order.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn figure_titles(&self) -> Result<Vec<String>> {
        let script =
            "return [...document.querySelectorAll('figure')].map((figure) => figure.ariaLabel)";
        Ok(serde_json::from_value(self.eval(script).await?)?)
    }

    /// The texts of a table's cells, row by row, the header first.
    ///
    /// # Errors
    /// When there is no table with this caption.
    pub async fn table(&self, caption: &str) -> Result<Vec<Vec<String>>> {
        let table = self.find("table", caption).await?;
        self.scope().table_cells(&table).await
    }

    /// How many respondents choose each product now, from the figure of market shares.
    ///
    /// # Errors
    /// When the figure is not there, or does not count respondents.
    pub async fn choosers(&self) -> Result<BTreeMap<String, u64>> {
        let figure = self.figure("Predicted market share by product").await?;
        let rows = figure.rows().await?;
        let mut header = rows.first().into_iter().flatten();
        let column = header.position(|name| name == "live, respondents");
        let column = column.ok_or_else(|| TestError::new("the figure counts no respondents"))?;
        let count = |row: &Vec<String>| {
            // The table writes counts with the separators of the browser's language.
            let count = row.get(column)?.replace(',', "").parse().ok()?;
            Some((row.first()?.clone(), count))
        };
        Ok(rows.iter().skip(1).filter_map(count).collect())
    }

    /// The page's visible text.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn text(&self) -> Result<String> {
        let text = self.eval("return document.body.innerText").await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// An element's visible text.
    ///
    /// # Errors
    /// When the element is gone.
    pub async fn text_of(&self, element: &Element) -> Result<String> {
        self.browser.text(element).await
    }

    /// Waits until the page's visible text contains a text.
    ///
    /// # Errors
    /// When it does not within [`crate::TIMEOUT`]; with the page's text.
    pub async fn wait_for_text(&self, text: &str) -> Result {
        let found = wait_for(text, async || {
            Ok(self.text().await?.contains(text).then_some(()))
        });
        match found.await {
            Ok(()) => Ok(()),
            Err(error) => Err(TestError::new(format!(
                "{error:?}; the page's text:\n{}",
                self.text().await?
            ))),
        }
    }

    /// Waits until no figure waits for its numbers, some of which a worker computes, and all are drawn.
    ///
    /// # Errors
    /// When a figure waits for longer than [`crate::TIMEOUT`].
    pub async fn wait_for_figures(&self) -> Result {
        let unfinished =
            "return document.querySelectorAll('[aria-busy], .chart:not([data-drawn])').length";
        wait_until_equal("unfinished figures", json!(0), async || {
            self.eval(unfinished).await
        })
        .await
    }

    /// The value that a script returns.
    ///
    /// # Errors
    /// When it fails.
    pub async fn eval(&self, script: &str) -> Result<Value> {
        Ok(self.client().execute(script, vec![]).await?)
    }

    /// The texts that an asynchronous script returns. If it fails, its error is the only text.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn eval_async(&self, script: &str) -> Result<Vec<String>> {
        let script = format!(
            "const [done] = arguments;
             (async () => {{ {script} }})().then(done, (error) => done([`${{error}}`]))"
        );
        let texts = self.client().execute_async(&script, vec![]).await?;
        Ok(serde_json::from_value(texts)?)
    }

    /// Ends the visit.
    ///
    /// # Errors
    /// When the browser reported a console warning or error, or a violation of the content
    /// policy, at any time.
    pub async fn finish(self) -> Result {
        self.finish_ignoring(|_| false).await
    }

    /// Ends the visit, ignoring complaints that are not the page's fault.
    ///
    /// # Errors
    /// When there were others.
    pub async fn finish_ignoring(self, is_ignored: impl Fn(&str) -> bool) -> Result {
        self.check_complaints(is_ignored).await
    }

    async fn check_complaints(&self, is_ignored: impl Fn(&str) -> bool) -> Result {
        let mut complaints = self.browser.complaints().await?;
        complaints.retain(|complaint| !is_ignored(complaint));
        if complaints.is_empty() {
            Ok(())
        } else {
            Err(TestError::new(format!(
                "the browser complained:\n{}",
                complaints.join("\n")
            )))
        }
    }
}
