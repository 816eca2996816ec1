//! Printing. A chart is drawn for the width and the colours of the screen, and paper has others.

use gloo::events::EventListener;
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, HtmlElement};

use super::{media, plotly};
use crate::charts::Theme;

/// A chart's width on A4 within the margins that `app.css` sets, in CSS pixels.
const WIDTH: f64 = 690.0;

/// The most that a chart is high, so that a second one fits on its page.
const HEIGHT: f64 = 470.0;

/// Opens the browser's dialog for printing.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // A browser that refuses says so itself.
        let _ = window.print();
    }
}

/// For as long as the listeners live, has every chart drawn for paper while the page is printed:
/// the browser lays the page out as soon as the first of the events is over.
pub fn watch() -> Option<[EventListener; 2]> {
    let window = web_sys::window()?;
    let before = EventListener::new(&window, "beforeprint", |_| prepare(true));
    let after = EventListener::new(&window, "afterprint", |_| prepare(false));
    Some([before, after])
}

fn prepare(paper: bool) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    if let Some(root) = document.document_element() {
        // pico.css's own switch; paper is white.
        let _ = if paper {
            root.set_attribute("data-theme", "light")
        } else {
            root.remove_attribute("data-theme")
        };
    }
    for chart in charts(&document) {
        // A chart that cannot be drawn anew is printed as it is.
        let _ = fit(&chart, paper);
    }
}

fn charts(document: &Document) -> impl Iterator<Item = HtmlElement> {
    let found = document.query_selector_all(".js-plotly-plot").ok();
    let count = found.as_ref().map_or(0, |found| found.length());
    (0..count).filter_map(move |place| found.as_ref()?.get(place)?.dyn_into().ok())
}

fn fit(chart: &HtmlElement, paper: bool) -> Result<(), JsValue> {
    let layout = Object::new();
    let set = |key: &str, value: JsValue| Reflect::set(&layout, &key.into(), &value);
    let theme = Theme::from_preference(!paper && media::prefers_dark());
    set("template", JSON::parse(theme.template())?)?;
    set("autosize", (!paper).into())?;
    let size = |value: f64| if paper { value.into() } else { JsValue::NULL };
    set("width", size(WIDTH))?;
    set("height", size(f64::from(chart.client_height()).min(HEIGHT)))?;
    plotly::call("relayout", &Array::of2(chart, &layout)).map(drop)
}
