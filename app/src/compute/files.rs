//! What opens, keeps and exports files: crate `files`, whose Wasm is loaded into a worker when the
//! reader first asks for something of it.
//!
//! A worker answers one request at a time; one that is done waits for the next.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Worker;
use worker::messages::{READY, Reply, Request};

use super::thread::{self, Asked, Running};
use crate::browser::{describe, page};

thread_local! {
    /// A worker without a request.
    static SPARE: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Has a request answered. `attachments` are files that the reader picked, or arrays of bytes;
/// the last reply is one that is no progress, with the files that come of it. Where no worker can
/// be had, that is the reply, and nothing runs.
pub fn ask(
    request: &Request,
    attachments: &[JsValue],
    heard: impl Fn(Reply, Vec<Uint8Array>) + 'static,
) -> Option<Running> {
    // Texts and lists of them always have a JSON form.
    let text = serde_json::to_string(request).unwrap_or_default();
    let message = Array::of1(&text.into());
    for attachment in attachments {
        message.push(attachment);
    }
    let answered: Rc<dyn Fn(Reply, Vec<Uint8Array>)> = Rc::new(heard);
    match begin(message.into(), Rc::clone(&answered)) {
        Ok(running) => Some(running),
        Err(error) => {
            answered(Reply::Failed(describe(&error)), Vec::new());
            None
        }
    }
}

fn begin(
    request: JsValue,
    answered: Rc<dyn Fn(Reply, Vec<Uint8Array>)>,
) -> Result<Running, JsValue> {
    let spare = SPARE.take();
    let is_new = spare.is_none();
    let worker = match spare {
        Some(worker) => worker,
        None => thread::start(
            &page::address("files")?,
            &page::address("filesWasm")?.into(),
            &JsValue::UNDEFINED,
        )?,
    };
    let heard = {
        let (request, answered) = (request.clone(), Rc::clone(&answered));
        move |asked: &Asked, said: JsValue| {
            if said.as_string().as_deref() == Some(READY) {
                if let Err(error) = asked.send(&request) {
                    answered(Reply::Failed(describe(&error)), Vec::new());
                }
                return;
            }
            let (reply, files) = read(&said);
            if !matches!(reply, Reply::Progress(..)) {
                SPARE.set(Some(asked.free()));
            }
            answered(reply, files);
        }
    };
    let running = thread::hear(worker, heard, move |reason| {
        answered(Reply::Failed(reason), Vec::new());
    });
    if !is_new {
        running.asked().send(&request)?;
    }
    Ok(running)
}

/// A reply and the files beside it.
fn read(said: &JsValue) -> (Reply, Vec<Uint8Array>) {
    let mut parts = said.dyn_ref::<Array>().into_iter().flat_map(Array::iter);
    let text = parts.next().and_then(|text| text.as_string());
    let reply = text.and_then(|text| Reply::read(&text));
    let files = parts.filter_map(|part| part.dyn_into().ok()).collect();
    (
        reply.unwrap_or_else(|| Reply::Failed(describe(said))),
        files,
    )
}
