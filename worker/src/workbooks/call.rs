//! What other programs call: natively the functions themselves, in a worker those of the program.

use conjoint::format::tabular::{InputFile, is_workbook};
use conjoint::report::Table;

#[cfg(target_family = "wasm")]
use self::in_worker::{read, write};
#[cfg(not(target_family = "wasm"))]
use self::natively::{read, write};
use crate::protocol::WorkerError;

/// Opens files, each with its name.
///
/// # Errors
/// One is a workbook, and the program does not arrive.
pub(crate) async fn open_files(
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
) -> Result<Vec<InputFile>, WorkerError> {
    let mut opened = Vec::new();
    for (name, bytes) in files {
        opened.push(match is_workbook(&bytes) {
            true => {
                let sheets = read(&name, &bytes).await?;
                InputFile::workbook(name, sheets)
            }
            false => InputFile::plain(name, bytes),
        });
    }
    Ok(opened)
}

/// A workbook with these tables.
///
/// # Errors
/// A table that Excel does not allow, or the program does not arrive.
pub(crate) async fn write_workbook(tables: &[Table]) -> Result<Vec<u8>, WorkerError> {
    write(tables).await?.map_err(WorkerError::Files)
}

#[cfg(not(target_family = "wasm"))]
mod natively {
    use conjoint::format::tabular::read_workbook;
    use conjoint::report::Table;

    use super::super::{Sheets, Written, write};
    use crate::protocol::WorkerError;

    pub(super) async fn read(name: &str, bytes: &[u8]) -> Result<Sheets, WorkerError> {
        Ok(read_workbook(name, bytes))
    }

    pub(super) async fn write(tables: &[Table]) -> Result<Written, WorkerError> {
        Ok(write::write(tables).map_err(|error| error.to_string()))
    }
}

#[cfg(target_family = "wasm")]
mod in_worker {
    use conjoint::report::Table;
    use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    use super::super::{READ, Sheets, WRITE, Written, to_array};
    use crate::protocol::{WorkerError, decode, encode};

    /// The worker's function that loads the program.
    const LOAD: &str = "loadWorkbooks";

    pub(super) async fn read(name: &str, bytes: &[u8]) -> Result<Sheets, WorkerError> {
        decode(&call(READ, &[name.into(), to_array(bytes).into()]).await?)
    }

    pub(super) async fn write(tables: &[Table]) -> Result<Written, WorkerError> {
        decode(&call(WRITE, &[to_array(&encode(&tables)).into()]).await?)
    }

    /// Calls a function of the program, which is loaded unless it is there.
    async fn call(name: &str, arguments: &[JsValue]) -> Result<Vec<u8>, WorkerError> {
        if function(name).is_err() {
            let loading = function(LOAD).and_then(|load| load.call0(&JsValue::UNDEFINED));
            let loading = loading.and_then(|loading| loading.dyn_into::<Promise>());
            let loading = loading.map_err(|_| WorkerError::NotLoaded)?;
            let loaded = JsFuture::from(loading).await;
            loaded.map_err(|_| WorkerError::NotLoaded)?;
        }
        let arguments: Array = arguments.iter().collect();
        let answer = function(name)
            .and_then(|function| function.apply(&JsValue::UNDEFINED, &arguments))
            .map_err(|error| WorkerError::Stopped(format!("{error:?}")))?;
        Ok(Uint8Array::new(&answer).to_vec())
    }

    fn function(name: &str) -> Result<Function, JsValue> {
        Reflect::get(&js_sys::global(), &name.into())?.dyn_into()
    }
}
