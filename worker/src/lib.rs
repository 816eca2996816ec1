//! A study's files in the browser: opened from a folder or a zip, checked, kept, and exported.
//!
//! All of it runs in a worker of its own, in a Wasm of its own, so that reading 90 MB holds up no
//! page, and a page that opens nothing loads nothing of it.
//!
//! - [`messages`]: what the page asks, and what it is told; all that the page itself links
//! - [`archive`]: a study's files among those that were picked, and zips, in and out
//! - [`stray`]: files that were picked and are no study's
//! - [`settings`]: what the page writes into `study.json`
//! - [`headers`]: what the files call their columns
//! - [`check`](mod@check): from a study's files to one that the page reads at once, or to what is wrong with them
//! - [`store`]: studies that this browser keeps
//! - [`requests`]: what is done for each request
//! - [`workbook`]: tables as an Excel workbook
//! - [`worker`]: the wire between the page and all this

pub mod messages;

#[cfg(feature = "worker")]
pub mod files;
#[cfg(feature = "worker")]
pub mod requests;
#[cfg(feature = "worker")]
pub mod worker;
