//! A worker's side of the protocol: receives messages and sends events.
//!
//! A message is an array: the bytes of a [`Message`] or an [`Event`], then the files that travel with
//! it. The worker first sends [`Event::Ready`]; the page sends one message at a time.

use std::cell::Cell;
use std::rc::Rc;

use conjoint::format::tabular::MOST_BYTES_TEXT;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use crate::protocol::{Event, Message, Progress, Response, WorkerError, decode, encode};

/// How many milliseconds at least are between two messages of how far something has come: each costs the
/// worker and the page about a millisecond.
const PROGRESS_INTERVAL: f64 = 50.0;

/// The end of a request, and the files that go with it.
pub type Answer = (Result<Response, WorkerError>, Vec<Vec<u8>>);

/// A program that answers requests.
pub trait Respond: 'static {
    /// Answers a message. `files` are arrays of bytes, or files that the user picked; `report` sends
    /// how far the request has come.
    fn respond(
        &self,
        message: Message,
        files: Vec<JsValue>,
        report: &dyn Fn(Progress),
    ) -> impl Future<Output = Answer>;
}

/// Answers what the page sends until the page ends the worker. Does nothing outside a worker.
pub fn serve(program: impl Respond) {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let program = Rc::new(program);
    let receive = {
        let scope = scope.clone();
        Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| {
            let (scope, program) = (scope.clone(), Rc::clone(&program));
            spawn_local(async move {
                let (end, files) = answer(&scope, &*program, &event.data()).await;
                send(&scope, &Event::End(end), &files);
            });
        })
    };
    scope.set_onmessage(Some(receive.as_ref().unchecked_ref()));
    receive.forget();
    send(&scope, &Event::Ready, &[]);
}

async fn answer(
    scope: &DedicatedWorkerGlobalScope,
    program: &impl Respond,
    data: &JsValue,
) -> Answer {
    let mut parts = Array::from(data).to_vec().into_iter();
    let bytes = parts.next().map_or(Vec::new(), |bytes| to_bytes(&bytes));
    match decode(&bytes) {
        Ok(message) => {
            let last = Cell::new(js_sys::Date::now());
            let report = |progress: Progress| {
                let now = js_sys::Date::now();
                if !progress.is_fraction() || now - last.get() >= PROGRESS_INTERVAL {
                    last.set(now);
                    send(scope, &Event::Progress(progress), &[]);
                }
            };
            program.respond(message, parts.collect(), &report).await
        }
        Err(error) => (Err(error), Vec::new()),
    }
}

/// The content of an array of bytes, or of a file that the user picked, whose size, in bytes, `admit`
/// may refuse before it is read.
pub(crate) async fn read_file(
    file: &JsValue,
    admit: impl FnOnce(f64) -> Result<(), WorkerError>,
) -> Result<Vec<u8>, WorkerError> {
    let Some(blob) = file.dyn_ref::<Blob>() else {
        return Ok(to_bytes(file));
    };
    admit(blob.size())?;
    match JsFuture::from(blob.array_buffer()).await {
        Ok(buffer) => Ok(to_bytes(&buffer)),
        Err(_) => Err(WorkerError::Files(
            "a file can no longer be read; it was moved or changed, or you may not read it"
                .to_owned(),
        )),
    }
}

/// Uses up some of the bytes `left` for a file.
pub(crate) fn use_up(left: &mut u64, size: f64) -> Result<(), WorkerError> {
    let too_large = || {
        let text = format!(
            "the files are larger than {MOST_BYTES_TEXT}; leave out columns that are not needed"
        );
        WorkerError::Files(text)
    };
    *left = left.checked_sub(size as u64).ok_or_else(too_large)?;
    Ok(())
}

/// The content of an array of bytes.
pub(crate) fn to_bytes(array: &JsValue) -> Vec<u8> {
    Uint8Array::new(array).to_vec()
}

/// Sends an event; the files' memory is handed over to the page.
fn send(scope: &DedicatedWorkerGlobalScope, event: &Event, files: &[Vec<u8>]) {
    let bytes = encode(event);
    let (message, buffers) = (Array::new(), Array::new());
    for content in std::iter::once(&bytes).chain(files) {
        let copy = Uint8Array::from(content.as_slice());
        buffers.push(&copy.buffer());
        message.push(&copy);
    }
    // Fails for what cannot be handed over, and buffers can.
    let _ = scope.post_message_with_transfer(&message, &buffers);
}
