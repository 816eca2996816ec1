//! Estimates, and the study that was made of them.

use std::rc::Rc;

use conjoint::format::known_names;
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
    /// The files of the study that the page reads, as if they were picked.
    pub study: Rc<PickedFiles>,
    /// The complete report, as JSON.
    pub report: Option<JsValue>,
}

impl Estimated {
    /// The estimates, and files by name.
    pub fn new(result: EstimationResult, names: Vec<String>, files: Vec<Uint8Array>) -> Self {
        let report = names.iter().position(|name| name == REPORT);
        let report = report.and_then(|place| Some(files.get(place)?.clone().into()));
        // The page has no use for others, and would warn about them.
        let known = names.into_iter().zip(files).filter(|(name, _)| {
            let mut known = known_names();
            known.any(|known| known == name)
        });
        let (paths, files) = known.map(|(name, file)| (name, file.into())).unzip();
        let study = PickedFiles { paths, files };
        Self {
            result: Rc::new(result),
            study: Rc::new(study),
            report,
        }
    }
}
