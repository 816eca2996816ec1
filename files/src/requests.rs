//! What the worker does.

use crate::messages::{Reply, Request};

/// Does what is asked; tells how far it has come.
pub async fn answer(
    request: Request,
    _files: Vec<Vec<u8>>,
    _tell: &dyn Fn(Reply),
) -> (Reply, Vec<Vec<u8>>) {
    (
        Reply::Failed(format!("{request:?} is not known")),
        Vec::new(),
    )
}
