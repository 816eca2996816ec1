//! A second thread: the page's own Wasm in a Web Worker, for what would hold up the page.
//!
//! The page sends a study's files once, then requests; a request is a text, its answer any
//! number of blocks of numbers and an end. A worker that is busy is ended with its request; one
//! that is done waits for the next request about the same study.

use std::cell::RefCell;
use std::rc::Rc;

use conjoint::format::StudyFiles;
use js_sys::{Array, Float64Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Worker};

use super::thread::{self, Asked, Running};
use crate::browser::{describe, page};

#[wasm_bindgen]
extern "C" {
    /// The second part of the page's Wasm: compiled, or its address. Of `later.js`, which the build
    /// puts into the Wasm's script.
    #[wasm_bindgen(js_name = laterPart)]
    fn later_part() -> JsValue;
}

/// What the worker says when its Wasm listens.
const READY: &str = "ready";
/// What the worker says when a request is answered.
const DONE: &str = "done";

/// What comes of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A block of numbers; more may follow.
    Numbers(Vec<f64>),
    /// Nothing follows.
    Done,
    /// Why nothing follows, in words for the reader.
    Failed(String),
}

/// A worker without a request, and the study that it holds.
struct Spare {
    study: Rc<StudyFiles>,
    worker: Worker,
}

thread_local! {
    static SPARE: RefCell<Option<Spare>> = const { RefCell::new(None) };
}

/// Has a request about a study answered.
///
/// # Errors
/// Why no worker can be had, in words for the reader.
pub fn request(
    study: &Rc<StudyFiles>,
    request: &str,
    answered: impl Fn(Answer) + 'static,
) -> Result<Running, String> {
    begin(study, request, Rc::new(answered)).map_err(|error| describe(&error))
}

fn begin(
    study: &Rc<StudyFiles>,
    request: &str,
    answered: Rc<dyn Fn(Answer)>,
) -> Result<Running, JsValue> {
    let spare = take_spare(study);
    let is_new = spare.is_none();
    let worker = match spare {
        Some(worker) => worker,
        None => thread::start(
            &page::address("js")?,
            &wasm_bindgen::module(),
            &later_part(),
        )?,
    };
    let request = JsValue::from_str(request);
    let heard = {
        let (study, request) = (Rc::clone(study), request.clone());
        let answered = Rc::clone(&answered);
        move |asked: &Asked, said: JsValue| {
            if let Some(numbers) = said.dyn_ref::<Float64Array>() {
                answered(Answer::Numbers(numbers.to_vec()));
                return;
            }
            match said.as_string().as_deref() {
                Some(READY) => {
                    let sent = asked.send(&listed(&study));
                    if let Err(error) = sent.and_then(|()| asked.send(&request)) {
                        answered(Answer::Failed(describe(&error)));
                    }
                }
                Some(DONE) => {
                    let (study, worker) = (Rc::clone(&study), asked.free());
                    SPARE.set(Some(Spare { study, worker }));
                    answered(Answer::Done);
                }
                _ => answered(Answer::Failed(describe(&said))),
            }
        }
    };
    let running = thread::hear(worker, heard, move |reason| {
        answered(Answer::Failed(reason))
    });
    if !is_new {
        running.asked().send(&request)?;
    }
    Ok(running)
}

/// The worker that waits, if it holds this study; one that holds another is ended.
fn take_spare(study: &Rc<StudyFiles>) -> Option<Worker> {
    let spare = SPARE.take()?;
    if Rc::ptr_eq(&spare.study, study) {
        return Some(spare.worker);
    }
    spare.worker.terminate();
    None
}

/// A study's files as a message: pairs of name and content.
fn listed(study: &StudyFiles) -> Array {
    let file = |(name, bytes): (&str, &[u8])| Array::of2(&name.into(), &Uint8Array::from(bytes));
    study.iter().map(file).collect()
}

/// The study's files that a message lists.
fn unlisted(message: &Array) -> StudyFiles {
    let mut files = StudyFiles::default();
    for pair in message.iter() {
        if let Ok(pair) = pair.dyn_into::<Array>()
            && let (Some(name), Ok(bytes)) = (
                pair.get(0).as_string(),
                pair.get(1).dyn_into::<Uint8Array>(),
            )
        {
            files.insert(&name, bytes.to_vec());
        }
    }
    files
}

/// Answers requests about a study, which it is made for.
pub trait Answers: Sized + 'static {
    /// Takes a study's files.
    ///
    /// # Errors
    /// Why it cannot work with them, in words for the reader.
    fn about(study: &StudyFiles) -> Result<Self, String>;

    /// Answers a request in blocks of numbers.
    ///
    /// # Errors
    /// Why it cannot, in words for the reader.
    fn answer(&mut self, request: &str, block: impl FnMut(&[f64])) -> Result<(), String>;
}

/// In a worker: answers what the page sends, for as long as the page lets it. Elsewhere: false.
pub fn serve<A: Answers>() -> bool {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return false;
    };
    let tell = {
        let scope = scope.clone();
        // Fails for what cannot be copied to the page, and nothing of this is.
        move |what: &JsValue| drop(scope.post_message(what))
    };
    tell(&READY.into());
    let mut answers = Err("no study was sent".to_owned());
    let heard = Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| {
        let said = event.data();
        if let Some(message) = said.dyn_ref::<Array>() {
            answers = A::about(&unlisted(message));
            return;
        }
        let request = said.as_string().unwrap_or_default();
        let block = |numbers: &[f64]| tell(&Float64Array::from(numbers));
        let outcome = match &mut answers {
            Ok(answers) => A::answer(answers, &request, block),
            Err(reason) => Err(reason.clone()),
        };
        match outcome {
            Ok(()) => tell(&DONE.into()),
            Err(reason) => tell(&js_sys::Error::new(&reason)),
        }
    });
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    true
}
