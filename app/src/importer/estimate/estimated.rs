//! Estimates, and the study that was made of them.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use worker::protocol::EstimationResult;

use crate::browser::file_picker::PickedFiles;

/// The file with the complete report.
const REPORT: &str = "estimation.json";

/// Estimates, and the study that was made of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimated {
    /// What the report shows.
    pub result: Rc<EstimationResult>,
    /// The files of the study, as if they were picked.
    pub study: Rc<PickedFiles>,
    /// The complete report, as JSON.
    pub report: Option<JsValue>,
}

impl Estimated {
    /// The estimates, and files by name.
    pub fn new(result: EstimationResult, names: Vec<String>, files: Vec<Uint8Array>) -> Self {
        let report = names.iter().position(|name| name == REPORT);
        let report = report.and_then(|place| Some(files.get(place)?.clone().into()));
        let study = PickedFiles {
            paths: names,
            files: files.into_iter().map(JsValue::from).collect(),
        };
        Self {
            result: Rc::new(result),
            study: Rc::new(study),
            report,
        }
    }
}
