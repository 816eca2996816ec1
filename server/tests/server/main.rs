//! Tests the server from the outside: each test starts a server on a free port. Requests are
//! written byte by byte, because many of them are ones that no HTTP client would send.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot continue should panic; clippy's exemption for tests does not cover helpers"
)]

mod caching;
mod client;
mod fixture;
mod hostile;
mod http;
mod process;
mod timing;
