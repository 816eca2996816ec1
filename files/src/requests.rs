//! What the worker does.

use crate::messages::{Reply, Request};
use crate::workbook;

/// Does what is asked; tells how far it has come.
pub async fn answer(
    request: Request,
    _files: Vec<Vec<u8>>,
    _tell: &dyn Fn(Reply),
) -> (Reply, Vec<Vec<u8>>) {
    match request {
        Request::Workbook(sheets) => match workbook::write(&sheets) {
            Ok(bytes) => (Reply::Made, vec![bytes]),
            Err(error) => (Reply::Failed(error.to_string()), Vec::new()),
        },
        request => (
            Reply::Failed(format!("{request:?} is not known")),
            Vec::new(),
        ),
    }
}
