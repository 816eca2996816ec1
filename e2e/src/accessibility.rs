//! Accessibility, checked by axe-core.

use crate::{Page, Result, repository_path};

impl Page {
    /// What axe-core finds wrong with the page in its present state, one line for each rule and
    /// element.
    ///
    /// # Errors
    /// When axe-core is not installed (`npm ci`) or fails.
    pub async fn accessibility_violations(&self) -> Result<Vec<String>> {
        let axe = repository_path("node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(axe)?;
        // Colors are wrong in the middle of a transition between the light and the dark scheme.
        self.wait_for_transitions().await?;
        // Only what is wrong is described in full: a page has thousands of elements without a fault.
        let script = format!(
            "{axe};
            return axe.run({{ resultTypes: ['violations'] }}).then(({{ violations }}) => violations.flatMap(({{ id, help, nodes }}) =>
              nodes.map(({{ target }}) => `${{id}}: ${{help}} (${{target.join(' ')}})`)));"
        );
        Ok(serde_json::from_value(self.eval(&script).await?)?)
    }

    /// Waits until no CSS transition is running.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn wait_for_transitions(&self) -> Result {
        let script = "
            const frame = () => new Promise(requestAnimationFrame);
            const finished = () => Promise.allSettled(document.getAnimations()
              .filter((animation) => animation instanceof CSSTransition)
              // In closed details, time is not passing.
              .filter(({ effect }) => effect.target.checkVisibility())
              .map((animation) => animation.finished));
            return frame().then(frame).then(finished).then(() => null);";
        self.eval(script).await.map(drop)
    }
}
