//! WebDriver commands that fantoccini lacks: Chromium's own, and computed roles and names.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A command below `/session/{id}/`.
#[derive(Debug)]
pub struct Command {
    path: String,
    body: Option<Value>,
}

impl Command {
    /// The role that the browser computes for an element, for assistive technology.
    pub fn computed_role(element: &str) -> Self {
        Self {
            path: format!("element/{element}/computedrole"),
            body: None,
        }
    }

    /// The name that the browser computes for an element, for assistive technology.
    pub fn computed_name(element: &str) -> Self {
        Self {
            path: format!("element/{element}/computedlabel"),
            body: None,
        }
    }

    /// The browser's console messages since the last such command.
    pub fn console() -> Self {
        Self {
            path: "se/log".to_owned(),
            body: Some(json!({ "type": "browser" })),
        }
    }

    /// A command of the Chrome DevTools protocol.
    pub fn devtools(method: &str, parameters: Value) -> Self {
        Self {
            path: "goog/cdp/execute".to_owned(),
            body: Some(json!({ "cmd": method, "params": parameters })),
        }
    }
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        match &self.body {
            Some(body) => (Method::POST, Some(body.to_string())),
            None => (Method::GET, None),
        }
    }
}
