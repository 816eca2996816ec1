//! Drawings wait here for their turn: what is in sight first.
//!
//! A chart takes plotly.js 10–30 ms. Drawn one after the other without a pause, five of them
//! would hold up the first; so each that is in sight is painted before the next is drawn. What
//! is out of sight does not wait for the screen: the browser gets its turn between two of them,
//! for what the reader does meanwhile.

use std::cell::{Cell, LazyCell, RefCell};

use super::plotly;
use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{HtmlElement, Window};

/// A drawing that waits for its turn.
struct Task {
    element: HtmlElement,
    draw: Box<dyn FnOnce()>,
}

thread_local! {
    static WAITING: RefCell<Vec<Task>> = const { RefCell::new(Vec::new()) };
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    /// Resolved when plotly.js has run. It begins when what is on the page is painted: the tables
    /// can be used meanwhile.
    static PREPARED: LazyCell<Promise> = LazyCell::new(|| {
        future_to_promise(async {
            pause(true).await;
            plotly::load().await;
            Ok(JsValue::UNDEFINED)
        })
    });
}

/// Has `draw` run soon. An older drawing of the same element that still waits is dropped.
pub fn enqueue(element: HtmlElement, draw: impl FnOnce() + 'static) {
    WAITING.with_borrow_mut(|waiting| {
        waiting.retain(|task| task.element != element);
        waiting.push(Task {
            element,
            draw: Box::new(draw),
        });
    });
    if !RUNNING.replace(true) {
        // Begins when whoever enqueues is done, so that the first is the first of all.
        spawn_local(run());
    }
}

/// Begins to get ready for drawing.
pub fn prepare() {
    PREPARED.with(|prepared| _ = LazyCell::force(prepared));
}

/// Drops the drawing of an element that goes.
pub fn forget(element: &HtmlElement) {
    WAITING.with_borrow_mut(|waiting| waiting.retain(|task| task.element != *element));
}

async fn run() {
    let prepared = PREPARED.with(|prepared| (**prepared).clone());
    // The promise is only ever resolved.
    let _ = JsFuture::from(prepared).await;
    while let Some((task, in_sight)) = next() {
        (task.draw)();
        if WAITING.with_borrow(Vec::is_empty) {
            break;
        }
        pause(in_sight).await;
    }
    RUNNING.set(false);
}

/// Takes the drawing out whose figure is nearest to what the reader sees, the upper one first,
/// and says whether any of the figure is in sight.
fn next() -> Option<(Task, bool)> {
    let height = web_sys::window()
        .and_then(|window| window.inner_height().ok()?.as_f64())
        .unwrap_or_default();
    WAITING.with_borrow_mut(|waiting| {
        let distance = |task: &Task| {
            // Of the figure around it, because the element of an empty chart is hidden.
            let figure = task.element.parent_element();
            let place = match figure {
                Some(figure) => figure.get_bounding_client_rect(),
                None => task.element.get_bounding_client_rect(),
            };
            let beyond = (place.top() - height).max(-place.bottom()).max(0.0);
            (beyond, place.top())
        };
        let order = |a: &(f64, f64), b: &(f64, f64)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
        let places = waiting.iter().map(distance).enumerate();
        let (nearest, (beyond, _)) = places.min_by(|(_, a), (_, b)| order(a, b))?;
        Some((waiting.remove(nearest), beyond == 0.0))
    })
}

/// Lets the browser have its turn, and where something in sight was drawn, waits until it is
/// painted. A page that is hidden is not painted: there the wait is a short one.
async fn pause(in_sight: bool) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let promise = Promise::new(&mut |resolve, _| {
        let hidden = window.document().is_none_or(|document| document.hidden());
        if !in_sight || hidden || after_frame(&window, &resolve).is_err() {
            // Without a timer either, the next drawing comes at once.
            if soon(&window, &resolve).is_err() {
                let _ = resolve.call0(&JsValue::NULL);
            }
        }
    });
    // The promise is only ever resolved.
    let _ = JsFuture::from(promise).await;
}

fn after_frame(window: &Window, resolve: &js_sys::Function) -> Result<(), JsValue> {
    let (timer, resolve) = (window.clone(), resolve.clone());
    let frame = Closure::once_into_js(move || {
        // A task after the frame's callbacks runs when the frame is on the screen.
        if soon(&timer, &resolve).is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    window
        .request_animation_frame(frame.unchecked_ref())
        .map(|_| ())
}

fn soon(window: &Window, resolve: &js_sys::Function) -> Result<(), JsValue> {
    window.set_timeout_with_callback(resolve).map(|_| ())
}
