//! Stored studies: the files of each, under its digest, in the browser's IndexedDB.

use conjoint::format::StudyFiles;
use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, TransactionMode};
use idb::{ObjectStore, Transaction, TransactionResult};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

const DATABASE: &str = "conjoint-dashboard";
const STUDIES: &str = "studies";

/// Why a study cannot be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The browser has no database for this page.
    #[error(
        "this browser keeps nothing here ({0}); allow the page to store data, and leave a private window"
    )]
    Unavailable(String),
    /// There is no room.
    #[error(
        "this browser has no room for the study's {} MB; remove studies that are no longer used, or free disk space",
        megabytes(*bytes)
    )]
    Full {
        /// The size of the study's files.
        bytes: u64,
    },
    /// The study is not stored.
    #[error("the study is no longer kept in this browser; open its files again")]
    Gone,
    /// The browser reports an error.
    #[error(
        "the browser's store of studies does not answer ({0}); try again, or start the browser anew"
    )]
    Failed(String),
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Stores a study's files under its digest, and replaces those that were there.
///
/// # Errors
/// The browser stores nothing for this page, or has no room.
pub async fn put(digest: &str, files: &StudyFiles) -> Result<(), StoreError> {
    let full = || StoreError::Full {
        bytes: files.iter().map(|(_, bytes)| bytes.len() as u64).sum(),
    };
    let refused = |error: Error| match error.to_string() {
        text if text.contains("QuotaExceededError") => full(),
        text => StoreError::Failed(text),
    };
    let pairs = Array::new();
    for (name, bytes) in files.iter() {
        pairs.push(&Array::of2(&name.into(), &Uint8Array::from(bytes)));
    }
    let (transaction, store) = begin(TransactionMode::ReadWrite).await?;
    store.put(&pairs, Some(&digest.into())).map_err(refused)?;
    // An accepted request may still run out of room when it is executed.
    if let TransactionResult::Aborted = transaction.await.map_err(refused)? {
        return Err(full());
    }
    // In some browsers the end of a transaction does not say how it ended.
    let (_transaction, store) = begin(TransactionMode::ReadOnly).await?;
    match store.get_key(JsValue::from(digest))?.await? {
        Some(_) => Ok(()),
        None => Err(full()),
    }
}

/// The files of the study with this digest.
///
/// # Errors
/// The study is not stored, or the browser stores nothing for this page.
pub async fn get(digest: &str) -> Result<StudyFiles, StoreError> {
    let (_transaction, store) = begin(TransactionMode::ReadOnly).await?;
    let pairs = store.get(JsValue::from(digest))?.await?;
    let pairs = pairs.ok_or(StoreError::Gone)?;
    let mut files = StudyFiles::default();
    for pair in Array::from(&pairs).iter() {
        let pair = Array::from(&pair);
        if let Some(name) = pair.get(0).as_string() {
            files.insert(&name, Uint8Array::new(&pair.get(1)).to_vec());
        }
    }
    Ok(files)
}

/// Deletes the study with this digest.
///
/// # Errors
/// The browser stores nothing for this page.
pub async fn remove(digest: &str) -> Result<(), StoreError> {
    let (transaction, store) = begin(TransactionMode::ReadWrite).await?;
    store.delete(JsValue::from(digest))?;
    transaction.await?;
    Ok(())
}

/// A transaction on the studies, in a database that is created on first use.
async fn begin(mode: TransactionMode) -> Result<(Transaction, ObjectStore), StoreError> {
    let database = open()
        .await
        .map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let transaction = database.transaction(&[STUDIES], mode)?;
    let store = transaction.object_store(STUDIES)?;
    Ok((transaction, store))
}

async fn open() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        // If this fails, so does the transaction that follows.
        if let Ok(database) = event.database() {
            let _ = database.create_object_store(STUDIES, ObjectStoreParams::new());
        }
    });
    request.await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up_to_megabytes() {
        let text = StoreError::Full { bytes: 90_000_001 }.to_string();
        assert!(text.starts_with("this browser has no room for the study's 91 MB;"));
    }
}
