//! The worker's side of the wire: a request in, replies out, files beside both.
//!
//! A message is an array: the JSON text of a [`Request`] or [`Reply`], then the files that travel
//! with it. The worker first says [`READY`]; the page asks one thing at a time.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use crate::files::archive::{self, ArchiveError};
use crate::messages::{READY, Reply, Request};
use crate::requests;

/// Answers what the page asks, for as long as the page lets it. Elsewhere than in a worker it does
/// nothing.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let heard = {
        let scope = scope.clone();
        Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| {
            let scope = scope.clone();
            spawn_local(async move {
                let (reply, files) = match answer(&scope, event.data()).await {
                    Ok(answer) => answer,
                    Err(reason) => (Reply::Failed(reason), Vec::new()),
                };
                send(&scope, &reply, &files);
            });
        })
    };
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    // Fails for what cannot be copied to the page, and a text can.
    let _ = scope.post_message(&READY.into());
}

/// Answers one message.
async fn answer(
    scope: &DedicatedWorkerGlobalScope,
    message: JsValue,
) -> Result<(Reply, Vec<Vec<u8>>), String> {
    let mut parts = Array::from(&message).to_vec().into_iter();
    let request = parts.next().and_then(|text| text.as_string());
    let request: Request = serde_json::from_str(&request.unwrap_or_default())
        .map_err(|error| format!("the page asks for what is not known here: {error}"))?;
    let tell = |reply: Reply| send(scope, &reply, &[]);
    let mut attachments = Vec::with_capacity(parts.len());
    // A folder may hold much that is no study's, and is not worth the memory.
    let needed = match &request {
        Request::Open { paths, .. } => archive::needed(paths),
        _ => vec![true; parts.len()],
    };
    let mut left = archive::MOST_BYTES;
    for (part, is_needed) in parts.zip(needed) {
        let content = match is_needed {
            true => bytes(part, &mut left).await?,
            false => Vec::new(),
        };
        attachments.push(content);
    }
    Ok(requests::answer(request, attachments, &tell).await)
}

/// The content of a file that the page holds, or of one that the reader picked, which leaves less
/// for those that follow.
async fn bytes(part: JsValue, left: &mut u64) -> Result<Vec<u8>, String> {
    let Some(blob) = part.dyn_ref::<Blob>() else {
        return Ok(Uint8Array::new(&part).to_vec());
    };
    let most = archive::MOST_BYTES;
    *left = left
        .checked_sub(blob.size() as u64)
        .ok_or_else(|| ArchiveError::TooLarge { most }.to_string())?;
    match JsFuture::from(blob.array_buffer()).await {
        Ok(buffer) => Ok(Uint8Array::new(&buffer).to_vec()),
        Err(_) => Err(
            "a file can no longer be read; it was moved, changed or is not this user's to read"
                .to_owned(),
        ),
    }
}

/// Tells the page; the files' memory goes over to it.
fn send(scope: &DedicatedWorkerGlobalScope, reply: &Reply, files: &[Vec<u8>]) {
    // Texts, numbers and lists always have a JSON form.
    let text = serde_json::to_string(reply).unwrap_or_default();
    let (message, buffers) = (Array::of1(&text.into()), Array::new());
    for file in files {
        let copy = Uint8Array::from(file.as_slice());
        buffers.push(&copy.buffer());
        message.push(&copy);
    }
    // Fails for what cannot be handed over, and nothing of this is.
    let _ = scope.post_message_with_transfer(&message, &buffers);
}
