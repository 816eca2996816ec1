//! The copy of the dashboard that `sw.js` keeps in this browser, so that it works without its
//! server.
//!
//! Where the browser has no service worker (plain http from another machine), all of this does
//! nothing.

use gloo::events::EventListener;
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, ServiceWorkerContainer, ServiceWorkerRegistration};

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    let container = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    container.dyn_into().ok()
}

/// Calls back with the words of the worker that keeps the copy: "offline" when the server did
/// not answer, "version" when a newer page waits, "study" when a newer study does. Pages that
/// take up what is new are loaded again; their edits are in the address.
pub fn on_words(heard: impl Fn(&str) + 'static) -> Option<EventListener> {
    let container = container()?;
    Some(EventListener::new(&container, "message", move |event| {
        let event = event.dyn_ref::<MessageEvent>();
        match event.and_then(|event| event.data().as_string()).as_deref() {
            Some("reload") => {
                super::fragment::release();
                super::page::reload();
            }
            Some(words) => heard(words),
            None => {}
        }
    }))
}

/// Whether this page came from the copy.
pub fn is_in_use() -> bool {
    container().is_some_and(|container| container.controller().is_some())
}

/// Has these paths of the study kept with the page, and asks the server what is new.
pub fn check(study: &[String]) {
    let wanted: Array = study.iter().map(|path| JsValue::from_str(path)).collect();
    let Some(container) = container() else { return };
    spawn_local(async move {
        // A browser that refuses, as in a private window, shows the page as it is.
        let registered = JsFuture::from(container.register("/sw.js")).await;
        if registered.is_ok()
            && let Some(worker) = ready(&container).await.and_then(|ready| ready.active())
        {
            let _ = worker.post_message(&wanted);
        }
    });
}

/// Takes up what is new: the pages are loaded again.
pub fn renew() {
    let Some(container) = container() else { return };
    spawn_local(async move {
        let ready = ready(&container).await;
        if let Some(worker) = ready.and_then(|ready| ready.waiting().or_else(|| ready.active())) {
            let _ = worker.post_message(&"renew".into());
        }
    });
}

/// Waits until a worker is at work.
async fn ready(container: &ServiceWorkerContainer) -> Option<ServiceWorkerRegistration> {
    let ready = JsFuture::from(container.ready().ok()?).await.ok()?;
    ready.dyn_into().ok()
}
