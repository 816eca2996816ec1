//! Chromium, driven through chromedriver.

use super::driver::{Driver, Session};
use super::{
    Browser, RECORD_VIOLATIONS, Step, click_by_webdriver, computed_by_webdriver, list, text,
};
use crate::webdriver::Command;
use crate::{Result, TestError};
use fantoccini::Client;
use fantoccini::elements::Element;
use serde_json::{Value, json};
use std::sync::OnceLock;

/// No screen, no profile of an earlier run, no requests to anyone else.
const FLAGS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1440,900",
    // The pop-ups of the address bar, each a page that every new browser would load for nobody.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxAimPopup",
    // A name that is not localhost, for which plain http is not a secure context.
    "--host-resolver-rules=MAP dashboard.test 127.0.0.1",
];

/// Further flags of a run, separated by spaces.
const MORE_FLAGS: &str = "CONJOINT_CHROMIUM_FLAGS";
/// The program of a run, such as Chromium's headless shell, which starts for a third of the price of a
/// whole browser; else the one that chromedriver finds.
const PROGRAM: &str = "CONJOINT_CHROMIUM";

/// Where to click an element: the middle of its first box, if nothing covers it there. An element out of
/// sight is scrolled as little as possible first, and one below the page's frame to the middle. Until
/// [`END_CLICK`], a click on anything else has no effect.
const FIND_POINT: &str = "
    const [element] = arguments;
    const find = () => {
        const [box] = element.getClientRects();
        if (!box) return null;
        const point = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
        return element.contains(document.elementFromPoint(...point)) ? point : null;
    };
    let point = find();
    for (const block of ['nearest', 'center']) {
        if (point) break;
        element.scrollIntoView({ block, inline: 'nearest', behavior: 'instant' });
        point = find();
    }
    if (!point) return null;
    let hasHit = false;
    const guard = (event) => {
        if (element.contains(event.target)) {
            hasHit ||= event.type === 'click';
        } else {
            event.stopImmediatePropagation();
            event.preventDefault();
        }
    };
    const types = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
    types.forEach((type) => addEventListener(type, guard, true));
    window.endClick = () => {
        types.forEach((type) => removeEventListener(type, guard, true));
        return hasHit;
    };
    return point";

/// Whether the click hit the element. It does not if the page moves meanwhile.
const END_CLICK: &str = "return window.endClick?.() ?? true";
/// How often a click is tried on a page that moves.
const MOST_CLICKS: usize = 10;

/// Chromium. All tests of a run share one driver.
#[derive(Debug)]
pub struct Chromium {
    session: Session<&'static Driver>,
}

impl Chromium {
    /// Starts a browser with further flags.
    ///
    /// # Errors
    /// When chromedriver or Chromium is missing or cannot start.
    pub async fn start_with(flags: &[String]) -> Result<Self> {
        let driver = shared_driver()?;
        let more = std::env::var(MORE_FLAGS).unwrap_or_default();
        let flags = FLAGS
            .iter()
            .copied()
            .chain(more.split_whitespace())
            .chain(flags.iter().map(String::as_str));
        let mut options = json!({ "args": flags.collect::<Vec<_>>() });
        let program = std::env::var(PROGRAM).unwrap_or_default();
        if !program.is_empty() {
            options["binary"] = program.into();
        }
        let capabilities = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
            // axe-core needs its time for a large page on a busy machine.
            "timeouts": { "script": 120_000 },
        });
        let session = Session::start(driver, &capabilities).await?;
        let browser = Self { session };
        browser.watch().await?;
        Ok(browser)
    }

    /// Moves the mouse to a point of the page, and clicks.
    async fn click_at(&self, [x, y]: [f64; 2]) -> Result {
        for (kind, buttons, clicks) in [
            ("mouseMoved", 0, 0),
            ("mousePressed", 1, 1),
            ("mouseReleased", 0, 1),
        ] {
            let button = if clicks == 0 { "none" } else { "left" };
            let event = json!({
                "type": kind, "x": x, "y": y,
                "button": button, "buttons": buttons, "clickCount": clicks,
            });
            self.devtools("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }
}

impl Browser for Chromium {
    fn start() -> Step<'static, Box<dyn Browser>> {
        Box::pin(async { Ok(Box::new(Self::start_with(&[]).await?) as Box<dyn Browser>) })
    }

    fn client(&self) -> &Client {
        &self.session.client
    }

    fn watch(&self) -> Step<'_> {
        self.preload(RECORD_VIOLATIONS)
    }

    fn preload<'a>(&'a self, script: &'a str) -> Step<'a> {
        Box::pin(async move {
            let source = json!({ "source": script });
            self.devtools("Page.addScriptToEvaluateOnNewDocument", source)
                .await
                .map(drop)
        })
    }

    fn console(&self) -> Step<'_, Vec<String>> {
        Box::pin(async {
            let console = self.session.client.issue_cmd(Command::console()).await?;
            let loud = list(&console)
                .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")));
            Ok(loud
                .map(|entry| text(&entry["message"]).to_owned())
                .filter(|message| !is_about_speed(message))
                .collect())
        })
    }

    /// WebDriver's own click runs a dozen scripts in the page first, each of which is sent anew.
    fn click<'a>(&'a self, element: &'a Element) -> Step<'a> {
        Box::pin(async move {
            for _ in 0..MOST_CLICKS {
                let arguments = vec![serde_json::to_value(element)?];
                let point = self.client().execute(FIND_POINT, arguments).await?;
                let Ok(point) = serde_json::from_value::<[f64; 2]>(point) else {
                    break;
                };
                self.click_at(point).await?;
                // A click that loads another page has hit, whatever becomes of this script.
                let has_hit = self.client().execute(END_CLICK, Vec::new()).await;
                if has_hit.map_or(true, |has_hit| has_hit == true) {
                    return Ok(());
                }
            }
            // WebDriver says what keeps the element from being clicked.
            click_by_webdriver(self.client(), element).await
        })
    }

    /// One command gives both, for a fraction of the price of WebDriver's two.
    fn computed<'a>(&'a self, element: &'a str) -> Step<'a, [String; 2]> {
        Box::pin(async move {
            let tree = match parse_node(element) {
                Some(node) => {
                    let node = json!({ "backendNodeId": node, "fetchRelatives": false });
                    self.devtools("Accessibility.getPartialAXTree", node).await
                }
                None => Ok(Value::Null),
            };
            match tree.as_ref().map(|tree| &tree["nodes"][0]) {
                Ok(node) if node["ignored"] == false => {
                    Ok(["role", "name"].map(|key| text(&node[key]["value"]).to_owned()))
                }
                // WebDriver says what is wrong: the page may have replaced the element.
                _ => computed_by_webdriver(self.client(), element).await,
            }
        })
    }

    fn resize(&self, width: u32, height: u32) -> Step<'_> {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        Box::pin(async {
            self.devtools("Emulation.setDeviceMetricsOverride", size)
                .await
                .map(drop)
        })
    }

    fn reload(&self) -> Step<'_> {
        Box::pin(async { Ok(self.session.client.refresh().await?) })
    }

    fn devtools<'a>(&'a self, method: &'a str, parameters: Value) -> Step<'a, Value> {
        let command = Command::devtools(method, parameters);
        Box::pin(async { Ok(self.session.client.issue_cmd(command).await?) })
    }
}

/// Whether Chromium only says that this machine is slow: a preloaded file was used, but late. That it
/// is used at all has a test of its own.
fn is_about_speed(message: &str) -> bool {
    message.contains("was preloaded using link preload but not used within a few seconds")
}

/// The driver of this test run. It starts when it is first needed and ends with the run.
fn shared_driver() -> Result<&'static Driver> {
    static SHARED: OnceLock<Result<Driver>> = OnceLock::new();
    let start = || Driver::start("chromedriver", &["--port=0"], parse_port);
    // It takes a free port for one version of the Internet Protocol and then the same port for
    // the other, where another program may have it: a second try finds another port.
    let driver = SHARED.get_or_init(|| start().or_else(|_| start()));
    driver.as_ref().map_err(TestError::clone)
}

/// The node of DevTools in chromedriver's name for an element.
fn parse_node(element: &str) -> Option<u64> {
    let (_, node) = element.rsplit_once(".e.")?;
    node.parse().ok()
}

/// The port in the line that says where chromedriver listens.
fn parse_port(line: &str) -> Option<u16> {
    let port = line.split("started successfully on port ").nth(1)?;
    port.trim_end_matches('.').parse().ok()
}
