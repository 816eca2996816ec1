//! The service worker `web/sw.js`, which stores a copy of the dashboard in the browser so that it
//! works offline.
//!
//! Messages are objects with a `type`, see [`message_type`]. Without service workers (plain http
//! from another machine), all of these functions do nothing.

use gloo::events::EventListener;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, ServiceWorkerContainer, ServiceWorkerRegistration};

/// The types of messages; the same as in `web/sw.js`.
mod message_type {
    /// To the service worker: store the files in `study`, and check the server for updates.
    pub(super) const CHECK: &str = "check";
    /// To the service worker: apply the available update.
    pub(super) const RENEW: &str = "renew";
    /// From the service worker: see [`super::Status`].
    pub(super) const STATUS: &str = "status";
    /// From the service worker: reload the page.
    pub(super) const RELOAD: &str = "reload";
}

/// What the service worker knows about the server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Status {
    /// The server did not respond.
    pub is_offline: bool,
    /// A newer build of the page is available.
    pub has_new_version: bool,
    /// A changed study is available.
    pub has_new_study: bool,
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    let container = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    container.dyn_into().ok()
}

/// Calls `listen` with every status that the service worker sends. When an update is applied, the
/// page reloads; its edits are in the address. Dropping the listener ends it.
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
                super::fragment::forget_shown_study();
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

/// Whether this page was loaded from the stored copy.
pub fn is_active() -> bool {
    container().is_some_and(|container| container.controller().is_some())
}

/// Asks the service worker to store the study's files, given by their paths, with the page, and to
/// check the server for updates.
pub fn check_for_updates(study: &[String]) {
    let study: Array = study.iter().map(|path| JsValue::from_str(path)).collect();
    let message = message(message_type::CHECK);
    // Setting a property of a plain object cannot fail.
    let _ = Reflect::set(&message, &"study".into(), &study);
    let Some(container) = container() else { return };
    spawn_local(async move {
        // A browser may refuse, for example in a private window. The page works without a copy.
        let registered = JsFuture::from(container.register("/sw.js")).await;
        if registered.is_ok()
            && let Some(worker) = registration(&container)
                .await
                .and_then(|registration| registration.active())
        {
            let _ = worker.post_message(&message);
        }
    });
}

/// Applies the available update; all open pages reload.
pub fn apply_update() {
    let Some(container) = container() else { return };
    spawn_local(async move {
        let worker = registration(&container)
            .await
            .and_then(|registration| registration.waiting().or_else(|| registration.active()));
        if let Some(worker) = worker {
            let _ = worker.post_message(&message(message_type::RENEW));
        }
    });
}

/// A message of this type without further fields.
fn message(message_type: &str) -> Object {
    let message = Object::new();
    // Setting a property of a plain object cannot fail.
    let _ = Reflect::set(&message, &"type".into(), &message_type.into());
    message
}

/// Waits for an active service worker.
async fn registration(container: &ServiceWorkerContainer) -> Option<ServiceWorkerRegistration> {
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
