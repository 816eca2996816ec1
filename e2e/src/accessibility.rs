//! Accessibility, by axe-core.

use crate::{Page, Result, shipped};

impl Page {
    /// What axe-core finds wrong with the page as it stands, one line a rule and element.
    ///
    /// # Errors
    /// When axe-core is not installed (`npm ci`) or fails.
    pub async fn accessibility(&self) -> Result<Vec<String>> {
        let axe = std::fs::read_to_string(shipped("node_modules/axe-core/axe.min.js"))?;
        // A colour on its way from one scheme to the other is neither's.
        self.settle().await?;
        let script = format!(
            "{axe};
            return axe.run().then(({{ violations }}) => violations.flatMap(({{ id, help, nodes }}) =>
              nodes.map(({{ target }}) => `${{id}}: ${{help}} (${{target.join(' ')}})`)));"
        );
        let found = self.client().execute(&script, vec![]).await?;
        Ok(serde_json::from_value(found)?)
    }

    /// Waits for what moves or changes its colour by a transition.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn settle(&self) -> Result {
        let settled = "
            const frame = () => new Promise(requestAnimationFrame);
            const settled = () => Promise.allSettled(document.getAnimations()
              .filter((animation) => animation instanceof CSSTransition)
              .map((animation) => animation.finished));
            return frame().then(frame).then(settled).then(() => null);";
        self.client().execute(settled, vec![]).await?;
        Ok(())
    }
}
