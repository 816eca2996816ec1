//! Printing. Charts are drawn for the width and colors of the screen, so they are redrawn for paper.

use gloo::events::EventListener;
use js_sys::{Array, Date, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, HtmlElement};

use super::{media, plotly};

/// The width of a chart on A4 within the margins of `print.css`, in CSS pixels.
const WIDTH: f64 = 690.0;

/// The greatest height of a chart, so that two fit on a page, in CSS pixels.
const MAX_HEIGHT: f64 = 470.0;

/// The ids of the elements that say when the page was printed, and from which link.
pub const DATE: &str = "print-date";
/// See [`DATE`].
pub const LINK: &str = "print-link";

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // A browser that refuses shows its own message.
        let _ = window.print();
    }
}

/// Redraws all charts for paper while the page is printed. `template` returns the plotly.js template
/// of a dark or light theme, as JSON. Dropping the listeners ends it.
///
/// The work happens inside the event, because the browser lays out the page right after it.
pub fn watch(template: fn(is_dark: bool) -> &'static str) -> Option<[EventListener; 2]> {
    let window = web_sys::window()?;
    let redraw = move |is_paper: bool| {
        let is_dark = !is_paper && media::prefers_dark();
        redraw_charts(is_paper, template(is_dark));
    };
    let before = EventListener::new(&window, "beforeprint", move |_| redraw(true));
    let after = EventListener::new(&window, "afterprint", move |_| redraw(false));
    Some([before, after])
}

fn redraw_charts(is_paper: bool, template: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    if let Some(root) = document.document_element() {
        // The attribute by which pico.css overrides the preferred color scheme.
        let _ = if is_paper {
            root.set_attribute("data-theme", "light")
        } else {
            root.remove_attribute("data-theme")
        };
    }
    if is_paper {
        let today = Date::new_0().to_locale_date_string("default", &JsValue::UNDEFINED);
        let link = super::fragment::page_url();
        for (id, text) in [(DATE, String::from(today)), (LINK, link)] {
            if let Some(element) = document.get_element_by_id(id) {
                element.set_text_content(Some(&text));
            }
        }
    }
    for chart in charts(&document) {
        // A chart that cannot be redrawn is printed as on the screen.
        let _ = redraw(&chart, is_paper, template);
    }
}

fn charts(document: &Document) -> impl Iterator<Item = HtmlElement> {
    let found = document.query_selector_all(".js-plotly-plot").ok();
    let count = found.as_ref().map_or(0, |found| found.length());
    (0..count).filter_map(move |index| found.as_ref()?.get(index)?.dyn_into().ok())
}

fn redraw(chart: &HtmlElement, is_paper: bool, template: &str) -> Result<(), JsValue> {
    let layout = Object::new();
    let set = |key: &str, value: JsValue| Reflect::set(&layout, &key.into(), &value);
    set("template", JSON::parse(template)?)?;
    set("autosize", (!is_paper).into())?;
    let size = |value: f64| {
        if is_paper {
            value.into()
        } else {
            JsValue::NULL
        }
    };
    set("width", size(WIDTH))?;
    let height = f64::from(chart.client_height()).min(MAX_HEIGHT);
    set("height", size(height))?;
    plotly::call("relayout", &Array::of2(chart, &layout)).map(drop)
}
