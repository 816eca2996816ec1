//! The programs of workers: fetched and compiled once, when the first figures are drawn or when one is
//! first needed, and handed to every worker that runs them. A worker fetches the one for workbooks itself.

use std::cell::RefCell;

use gloo::events::EventListener;
use js_sys::{Object, Promise, Reflect, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Worker, WorkerOptions, WorkerType};
use worker::protocol::Program;

use crate::browser::page;

thread_local! {
    /// The programs that were asked for, each with a promise of its compiled Wasm.
    static MODULES: RefCell<Vec<(Program, Promise)>> = const { RefCell::new(Vec::new()) };
}

/// The attributes of the page's script that hold the addresses of a program's script and Wasm.
fn attributes(program: Program) -> (&'static str, &'static str) {
    match program {
        Program::Analyst => ("analyst", "analystWasm"),
        Program::Estimator => ("estimator", "estimatorWasm"),
        Program::Files => ("files", "filesWasm"),
    }
}

/// Has the program that computes at hand once the first figures are drawn. Ends when the listener is
/// dropped.
pub(super) fn prefetch() -> Option<EventListener> {
    page::once_ready(|| prepare(Program::Analyst))
}

/// Fetches and compiles a program that will probably be needed soon.
pub fn prepare(program: Program) {
    spawn_local(async move {
        // A request finds out again, and says so.
        let _ = module(program).await;
    });
}

/// A program's compiled Wasm. One that did not arrive is asked for again by the next caller.
pub(super) async fn module(program: Program) -> Result<JsValue, JsValue> {
    let known = MODULES.with_borrow(|modules| {
        let found = modules.iter().find(|(known, _)| *known == program);
        found.map(|(_, promise)| promise.clone())
    });
    let promise = match known {
        Some(promise) => promise,
        None => {
            let (_, wasm) = attributes(program);
            let promise = compile(&page::address(wasm)?)?;
            MODULES.with_borrow_mut(|modules| modules.push((program, promise.clone())));
            promise
        }
    };
    let module = JsFuture::from(promise).await;
    if module.is_err() {
        MODULES.with_borrow_mut(|modules| modules.retain(|(known, _)| *known != program));
    }
    module
}

fn compile(address: &str) -> Result<Promise, JsValue> {
    let window = web_sys::window().ok_or_else(|| js_sys::Error::new("no window"))?;
    Ok(WebAssembly::compile_streaming(
        &window.fetch_with_str(address),
    ))
}

/// A worker that waits for its program; see [`load`].
pub(super) fn start() -> Result<Worker, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    Worker::new_with_options(&page::address("worker")?, &options)
}

/// Gives a worker its program, which sends an event when it listens.
pub(super) async fn load(worker: &Worker, program: Program) -> Result<(), JsValue> {
    let module = module(program).await?;
    let (script, _) = attributes(program);
    let workbooks = to_object([
        ("script", page::address("workbooks")?.into()),
        ("wasm", page::address("workbooksWasm")?.into()),
    ])?;
    let first = to_object([
        ("script", page::address(script)?.into()),
        ("module", module),
        ("workbooks", workbooks.into()),
    ])?;
    worker.post_message(first.unchecked_ref())
}

fn to_object<const N: usize>(properties: [(&str, JsValue); N]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &name.into(), &value)?;
    }
    Ok(object)
}
