//! The server as a client sees it: real listeners on ports of their own, and requests
//! written byte by byte, since what is tested is often what no proper client would send.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so; the setting for tests leaves out their helpers"
)]

mod caching;
mod client;
mod fixture;
mod hostile;
mod http;
mod process;
mod timing;
