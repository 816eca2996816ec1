//! The copy of the dashboard that the browser keeps, and what the page says of it.

use crate::{Look, Page, Result, comes_to};
use serde_json::Value;

impl Page {
    /// What a script that may wait gives: texts, in order. An error is one of them.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn texts(&self, script: &str) -> Result<Vec<String>> {
        let script = format!(
            "const [done] = arguments;
             (async () => {{ {script} }})().then(done, (error) => done([`${{error}}`]))"
        );
        let found = self.client().execute_async(&script, vec![]).await?;
        Ok(serde_json::from_value(found)?)
    }

    /// How many copies the browser keeps of the page and of the study.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn copies(&self) -> Result<[usize; 2]> {
        let names = self.texts("return caches.keys()").await?;
        let count = |kind| names.iter().filter(|name| name.starts_with(kind)).count();
        Ok([count("conjoint-site-"), count("conjoint-study-")])
    }

    /// Waits until the browser keeps all: the study's second list is what comes last.
    ///
    /// # Errors
    /// When it does not.
    pub async fn is_kept(&self) -> Result {
        comes_to("the copies", [1, 1], async || self.copies().await).await?;
        let last = "return [`${!!await caches.match('/Precomputed%20Data/')}`]";
        comes_to("the last file", vec!["true".to_owned()], async || {
            self.texts(last).await
        })
        .await
    }

    /// How many respondents choose each product, as the first page's share figure says now.
    ///
    /// # Errors
    /// When the figure is not there.
    pub async fn respondents(&self) -> Result<Vec<u64>> {
        let figure = self.figure("Predicted market share by product").await?;
        let rows = figure.rows().await?;
        let count = |row: &Vec<String>| row.get(1)?.parse().ok();
        Ok(rows.iter().skip(1).filter_map(count).collect())
    }

    /// Has what is new taken up, and waits until the page is loaded again: a script that waits in a
    /// page that goes would never answer.
    ///
    /// # Errors
    /// When there is nothing new, or the page stays.
    pub async fn take_up(&self) -> Result {
        let client = self.client();
        client.execute("window.older = true", vec![]).await?;
        self.press("Reload").await?;
        comes_to("an older page", Value::Null, async || {
            Ok(client.execute("return window.older", vec![]).await?)
        })
        .await
    }

    /// Waits until the bar in the window's lower corner says just this.
    ///
    /// # Errors
    /// When it does not; with what it says.
    pub async fn bar_says(&self, words: &str) -> Result {
        let script = "return [document.querySelector('.standing').innerText]";
        comes_to("the bar", vec![words.to_owned()], async || {
            self.texts(script).await
        })
        .await
    }

    /// Saves what every screen shows of the bar, as `target/screenshots/<name>-…`, and gives what
    /// axe-core finds wrong there. Leaves the window wide and light.
    ///
    /// # Errors
    /// When the browser or the disk refuses.
    pub async fn bar_pictures(&self, name: &str) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for look in Look::ALL.into_iter().rev() {
            self.screenshot(name, look).await?;
            self.resize(look.width, 800).await?;
            found.extend(self.accessibility().await?);
        }
        Ok(found)
    }

    /// Loads the page again and waits for its figures.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn reload(&self) -> Result {
        self.client().refresh().await?;
        self.ready().await
    }
}
