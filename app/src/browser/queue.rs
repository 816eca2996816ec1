//! The queue of charts to draw; visible charts come first.
//!
//! plotly.js needs 10–30 ms per chart. If five were drawn without a pause, none would appear before
//! the last one is done. So after each visible chart the queue waits until it is painted. Between
//! charts out of sight it only yields, so that the page still reacts to the reader.

use std::cell::{Cell, LazyCell, RefCell};

use super::plotly;
use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{HtmlElement, Window};

/// A chart that waits to be drawn.
struct Task {
    element: HtmlElement,
    draw: Box<dyn FnOnce()>,
}

thread_local! {
    static WAITING: RefCell<Vec<Task>> = const { RefCell::new(Vec::new()) };
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    /// Resolves when plotly.js is loaded. Loading starts after the first paint, so that the tables
    /// can be used meanwhile.
    static PLOTLY_LOADED: LazyCell<Promise> = LazyCell::new(|| {
        future_to_promise(async {
            pause(true).await;
            plotly::load().await;
            Ok(JsValue::UNDEFINED)
        })
    });
}

/// Adds a drawing to the queue. It replaces a waiting drawing of the same element.
pub fn enqueue(element: HtmlElement, draw: impl FnOnce() + 'static) {
    WAITING.with_borrow_mut(|waiting| {
        waiting.retain(|task| task.element != element);
        waiting.push(Task {
            element,
            draw: Box::new(draw),
        });
    });
    if !RUNNING.replace(true) {
        // Starts after the caller has enqueued all its drawings, so that the order is right.
        spawn_local(run());
    }
}

/// Starts to load the chart library.
pub fn prepare() {
    PLOTLY_LOADED.with(|loaded| _ = LazyCell::force(loaded));
}

/// Removes the drawing of an element that is removed from the page.
pub fn forget(element: &HtmlElement) {
    WAITING.with_borrow_mut(|waiting| waiting.retain(|task| task.element != *element));
}

async fn run() {
    let loaded = PLOTLY_LOADED.with(|loaded| (**loaded).clone());
    // This promise never rejects.
    let _ = JsFuture::from(loaded).await;
    // The task that rendered the tables of a large study is long enough without the first chart.
    pause(false).await;
    while let Some((task, is_visible)) = take_next() {
        (task.draw)();
        if WAITING.with_borrow(Vec::is_empty) {
            break;
        }
        pause(is_visible).await;
    }
    RUNNING.set(false);
}

/// Removes the drawing whose figure is nearest to the visible part of the page, the upper one of
/// two. The flag is true if part of the figure is visible.
fn take_next() -> Option<(Task, bool)> {
    let height = web_sys::window()
        .and_then(|window| window.inner_height().ok()?.as_f64())
        .unwrap_or_default();
    WAITING.with_borrow_mut(|waiting| {
        let distance = |task: &Task| {
            // Measures the surrounding figure, because the element of an empty chart is hidden.
            let figure = task.element.parent_element();
            let bounds = match figure {
                Some(figure) => figure.get_bounding_client_rect(),
                None => task.element.get_bounding_client_rect(),
            };
            let distance = (bounds.top() - height).max(-bounds.bottom()).max(0.0);
            (distance, bounds.top())
        };
        let order = |a: &(f64, f64), b: &(f64, f64)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
        let distances = waiting.iter().map(distance).enumerate();
        let (nearest, (distance, _)) = distances.min_by(|(_, a), (_, b)| order(a, b))?;
        Some((waiting.remove(nearest), distance == 0.0))
    })
}

/// Yields to the browser, and with `until_painted` waits for the next paint. A hidden page is never
/// painted, so there it only yields.
async fn pause(until_painted: bool) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let promise = Promise::new(&mut |resolve, _| {
        let is_hidden = window.document().is_none_or(|document| document.hidden());
        if !until_painted || is_hidden || resolve_after_paint(&window, &resolve).is_err() {
            // Without a timer, the queue continues at once.
            if resolve_soon(&window, &resolve).is_err() {
                let _ = resolve.call0(&JsValue::NULL);
            }
        }
    });
    // This promise never rejects.
    let _ = JsFuture::from(promise).await;
}

fn resolve_after_paint(window: &Window, resolve: &js_sys::Function) -> Result<(), JsValue> {
    let (timer, resolve) = (window.clone(), resolve.clone());
    let frame = Closure::once_into_js(move || {
        // A task that is queued by an animation frame runs after the frame is painted.
        if resolve_soon(&timer, &resolve).is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    window
        .request_animation_frame(frame.unchecked_ref())
        .map(|_| ())
}

fn resolve_soon(window: &Window, resolve: &js_sys::Function) -> Result<(), JsValue> {
    window.set_timeout_with_callback(resolve).map(|_| ())
}
