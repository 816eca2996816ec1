//! The files of studies: opened, checked, stored and exported.
//!
//! - `requests`: what is done for each request
//! - [`archive`]: a study's files among those that were picked, and zips, in and out
//! - `choice`: which files are a study's, by their paths
//! - [`unknown`]: picked files that belong to no study
//! - [`settings`]: what the page writes into `study.json`
//! - [`headers`]: what the files call their columns
//! - [`import`]: files of other programs
//! - [`check`](mod@check): from files to a study that the page reads at once, or to its problems
//! - [`store`]: studies that this browser stores

pub mod archive;
pub mod check;
mod choice;
pub mod headers;
pub mod import;
mod import_problems;
mod requests;
pub mod settings;
pub mod store;
pub mod unknown;

use conjoint::format::tabular::MOST_BYTES;
use wasm_bindgen::JsValue;

use crate::protocol::{FilesRequest, Message, Progress, Request, WorkerError};
use crate::serve::{Answer, Respond, read_file, use_up};

/// The program that handles files.
pub struct Files;

impl Respond for Files {
    async fn respond(
        &self,
        message: Message,
        files: Vec<JsValue>,
        report: &dyn Fn(Progress),
    ) -> Answer {
        let Request::Files(request) = message.request else {
            return (Err(WorkerError::Unanswerable), Vec::new());
        };
        match read(&request, files).await {
            Ok(files) => requests::answer(request, files, report).await,
            Err(error) => (Err(error), Vec::new()),
        }
    }
}

/// The content of the files that came with a request; empty for those that are not needed, because a
/// folder may hold much that belongs to no study.
async fn read(request: &FilesRequest, files: Vec<JsValue>) -> Result<Vec<Vec<u8>>, WorkerError> {
    let needed = match request {
        FilesRequest::Open { paths, .. }
        | FilesRequest::Recognize { paths, .. }
        | FilesRequest::Import { paths, .. } => archive::needed(paths),
        _ => vec![true; files.len()],
    };
    let mut left = MOST_BYTES;
    let mut contents = Vec::with_capacity(files.len());
    for (file, is_needed) in files.into_iter().zip(needed) {
        contents.push(match is_needed {
            true => read_file(&file, |size| use_up(&mut left, size)).await?,
            false => Vec::new(),
        });
    }
    Ok(contents)
}
