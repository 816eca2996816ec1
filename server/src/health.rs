//! `conjoint-server health`: asks the server's own `/healthz`.
//!
//! The image has neither shell nor curl; this is how its container is checked. Plain blocking
//! sockets, because one question needs no runtime.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use thiserror::Error;

use crate::respond::HEALTH_PATH;

/// A server that is well answers in well under a millisecond.
const PATIENCE: Duration = Duration::from_secs(3);

/// Why a server counts as not well.
#[derive(Debug, Error)]
pub enum HealthError {
    /// There is no conversation at all.
    #[error("{address} does not answer: {source}; is the server running there?")]
    Unreachable {
        /// Who was asked.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// Something answers, but not that it is well.
    #[error("{address} answers /healthz with {answer:?} instead of 200")]
    Unwell {
        /// Who was asked.
        address: SocketAddr,
        /// The first line of the answer.
        answer: String,
    },
}

/// Asks the server that was told to listen on `listen` whether it is well.
///
/// # Errors
///
/// When it cannot be reached within a few seconds, or answers anything but 200.
pub fn check(listen: SocketAddr) -> Result<(), HealthError> {
    let address = reachable(listen);
    let line = ask(address).map_err(|source| HealthError::Unreachable { address, source })?;
    if line.split(' ').nth(1) == Some("200") {
        Ok(())
    } else {
        Err(HealthError::Unwell {
            address,
            answer: line,
        })
    }
}

/// "All addresses" is something to listen on, not somewhere to call: the own machine is.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// The first line of the answer to one request for `/healthz`.
fn ask(address: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // In one piece, as whoever else listens there may not wait for a second.
    let request =
        format!("GET {HEALTH_PATH} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut line = Vec::new();
    // Whoever answers without an end is not our server: a first line fits a page.
    BufReader::new(stream.take(4096)).read_until(b'\n', &mut line)?;
    Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unspecified_means_this_machine() {
        for (listen, asked) in [
            ("0.0.0.0:8050", "127.0.0.1:8050"),
            ("[::]:8050", "[::1]:8050"),
            ("192.0.2.7:80", "192.0.2.7:80"),
        ] {
            let listen: SocketAddr = listen.parse().unwrap();
            assert_eq!(reachable(listen).to_string(), asked);
        }
    }
}
