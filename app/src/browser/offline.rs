//! The copy of the dashboard that the service worker `web/sw.js` stores in this browser, so that it
//! works without its server.
//!
//! Messages are objects with a `type`, see [`message_type`]. Where the browser has no service worker
//! (plain http from another machine), all of this does nothing.

use gloo::events::EventListener;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, ServiceWorkerContainer, ServiceWorkerRegistration};

/// The types of the messages, as `web/sw.js` has them.
mod message_type {
    /// To the service worker: store the files `study`, and ask the server what is new.
    pub(super) const CHECK: &str = "check";
    /// To the service worker: take up what is new.
    pub(super) const RENEW: &str = "renew";
    /// From the service worker: what [`super::Status`] holds.
    pub(super) const STATUS: &str = "status";
    /// From the service worker: the page is to be loaded again.
    pub(super) const RELOAD: &str = "reload";
}

/// What the service worker knows about the server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Status {
    /// The server did not answer.
    pub is_offline: bool,
    /// A newer page waits.
    pub has_new_version: bool,
    /// A newer study waits.
    pub has_new_study: bool,
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    let container = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    container.dyn_into().ok()
}

/// Calls back with what the service worker knows. Pages that take up what is new are loaded again;
/// their edits are in the address.
pub fn on_status(listen: impl Fn(Status) + 'static) -> Option<EventListener> {
    let container = container()?;
    Some(EventListener::new(&container, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else {
            return;
        };
        let data = event.data();
        let field = |name: &str| Reflect::get(&data, &name.into()).unwrap_or_default();
        match field("type").as_string().as_deref() {
            Some(message_type::RELOAD) => {
                super::fragment::release();
                super::page::reload();
            }
            Some(message_type::STATUS) => listen(Status {
                is_offline: field("isOffline").is_truthy(),
                has_new_version: field("hasNewVersion").is_truthy(),
                has_new_study: field("hasNewStudy").is_truthy(),
            }),
            _ => {}
        }
    }))
}

/// Whether this page came from the stored copy.
pub fn is_in_use() -> bool {
    container().is_some_and(|container| container.controller().is_some())
}

/// Has these paths of the study stored with the page, and asks the server what is new.
pub fn check(study: &[String]) {
    let study: Array = study.iter().map(|path| JsValue::from_str(path)).collect();
    let message = message(message_type::CHECK);
    // Fails for objects that are frozen.
    let _ = Reflect::set(&message, &"study".into(), &study);
    let Some(container) = container() else { return };
    spawn_local(async move {
        // A browser that refuses, as in a private window, shows the page as it is.
        let registered = JsFuture::from(container.register("/sw.js")).await;
        if registered.is_ok()
            && let Some(worker) = ready(&container).await.and_then(|ready| ready.active())
        {
            let _ = worker.post_message(&message);
        }
    });
}

/// Takes up what is new: the pages are loaded again.
pub fn renew() {
    let Some(container) = container() else { return };
    spawn_local(async move {
        let ready = ready(&container).await;
        if let Some(worker) = ready.and_then(|ready| ready.waiting().or_else(|| ready.active())) {
            let _ = worker.post_message(&message(message_type::RENEW));
        }
    });
}

/// A message of this type, without more.
fn message(message_type: &str) -> Object {
    let message = Object::new();
    // Fails for objects that are frozen.
    let _ = Reflect::set(&message, &"type".into(), &message_type.into());
    message
}

/// Waits until a service worker is active.
async fn ready(container: &ServiceWorkerContainer) -> Option<ServiceWorkerRegistration> {
    let ready = JsFuture::from(container.ready().ok()?).await.ok()?;
    ready.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::message_type::{CHECK, RELOAD, RENEW, STATUS};

    #[test]
    fn the_service_worker_has_the_same_message_types() {
        let script = include_str!("../../../web/sw.js");
        let line = script
            .lines()
            .find(|line| line.starts_with("const TYPES = "));
        let line = line.expect("sw.js has the types in one line");
        for name in [CHECK, RENEW, STATUS, RELOAD] {
            assert!(
                line.contains(&format!("{name}: \"{name}\"")),
                "{name}: {line}"
            );
        }
        for field in ["isOffline", "hasNewVersion", "hasNewStudy", "study"] {
            assert!(script.contains(field), "{field}");
        }
        let boot = include_str!("../../../web/boot.js");
        assert!(boot.contains(&format!("postMessage({{ type: \"{RENEW}\" }})")));
    }
}
