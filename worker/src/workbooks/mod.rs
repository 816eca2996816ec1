//! Excel workbooks: a program of its own, because most visits neither open nor export one.
//!
//! The program that needs it loads it into its own worker, by the function `loadWorkbooks` of `web/worker.js`. It
//! then offers the functions `readWorkbook` and `writeWorkbook` there, which take and return bytes.
//!
//! - `call`: what other programs call
//! - [`write`](mod@write): tables as a workbook

mod call;
pub mod write;

use conjoint::format::tabular::{Grid, TabularError, read_workbook};
use conjoint::report::Table;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;

pub(crate) use call::{open_files, write_workbook};

use crate::protocol::{decode, encode};

/// Reads the sheets of a workbook with this name: bytes of `Sheets`.
const READ: &str = "readWorkbook";
/// Writes a workbook of these tables, the bytes of a list of them: bytes of `Written`.
const WRITE: &str = "writeWorkbook";

/// The sheets of a workbook.
type Sheets = Result<Vec<Grid>, TabularError>;
/// The bytes of a workbook, or what keeps it from being written.
type Written = Result<Vec<u8>, String>;

/// Offers the program's functions in the worker.
pub fn serve() {
    let read = Closure::<dyn Fn(String, Uint8Array) -> Uint8Array>::new(|name: String, bytes| {
        let sheets: Sheets = read_workbook(&name, &Uint8Array::to_vec(&bytes));
        to_array(&encode(&sheets))
    });
    let write = Closure::<dyn Fn(Uint8Array) -> Uint8Array>::new(|tables| {
        let written: Written = match decode::<Vec<Table>>(&Uint8Array::to_vec(&tables)) {
            Ok(tables) => write::write(&tables).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        to_array(&encode(&written))
    });
    let scope = js_sys::global();
    // Fails only for objects that refuse properties.
    let _ = Reflect::set(&scope, &READ.into(), read.as_ref());
    let _ = Reflect::set(&scope, &WRITE.into(), write.as_ref());
    read.forget();
    write.forget();
}

fn to_array(bytes: &[u8]) -> Uint8Array {
    Uint8Array::from(bytes)
}
