//! `conjoint-server health`: sends a request to `/healthz` of a running server.
//!
//! This is the health check of the container, whose image has neither a shell nor curl. It uses
//! plain blocking sockets, because a single request needs no async runtime.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use thiserror::Error;

use crate::respond::HEALTH_PATH;

/// Generous: a healthy server responds in less than a millisecond.
const TIMEOUT: Duration = Duration::from_secs(3);

/// The server is not healthy.
#[derive(Debug, Error)]
pub enum HealthError {
    /// The server cannot be reached.
    #[error("no response from {address}: {source}; is the server running there?")]
    Unreachable {
        /// The address of the server.
        address: SocketAddr,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The response is not a 200.
    #[error("{address} responded to /healthz with {status_line:?} instead of 200")]
    Unhealthy {
        /// The address of the server.
        address: SocketAddr,
        /// The first line of the response.
        status_line: String,
    },
}

/// Checks the health of the server that listens on `listen`.
///
/// # Errors
///
/// When the server cannot be reached within a few seconds, or responds with anything but 200.
pub fn check(listen: SocketAddr) -> Result<(), HealthError> {
    let address = connectable_address(listen);
    let status_line = request_status_line(address)
        .map_err(|source| HealthError::Unreachable { address, source })?;
    if status_line.split(' ').nth(1) == Some("200") {
        Ok(())
    } else {
        Err(HealthError::Unhealthy {
            address,
            status_line,
        })
    }
}

/// Replaces an unspecified address such as `0.0.0.0`, which a server can listen on but a client
/// cannot portably connect to, with the loopback address.
fn connectable_address(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// Requests `/healthz` and returns the first line of the response.
fn request_status_line(address: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    // In one write, because another program on this port might respond after the first part.
    let request =
        format!("GET {HEALTH_PATH} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut line = Vec::new();
    // Bounded, because another program on this port might never end its first line.
    BufReader::new(stream.take(4096)).read_until(b'\n', &mut line)?;
    Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unspecified_address_becomes_loopback() {
        for (listen, expected) in [
            ("0.0.0.0:8050", "127.0.0.1:8050"),
            ("[::]:8050", "[::1]:8050"),
            ("192.0.2.7:80", "192.0.2.7:80"),
        ] {
            let listen: SocketAddr = listen.parse().unwrap();
            assert_eq!(connectable_address(listen).to_string(), expected);
        }
    }
}
