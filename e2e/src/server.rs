//! The server under test.

use crate::process::Process;
use crate::{Result, shipped};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// `conjoint-server` on a free port of this machine.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    _process: Process,
}

impl Server {
    /// Serves the built page with a study. The program is the one that `CONJOINT_SERVER` names,
    /// else the release build.
    ///
    /// # Errors
    /// When the program is missing or refuses the folders.
    pub fn start(data: &Path, precomputed: &Path) -> Result<Self> {
        let mut command = Command::new(program());
        command
            .args(["--listen", "127.0.0.1:0", "--site"])
            .arg(shipped("dist"))
            .arg("--data")
            .arg(data)
            .arg("--precomputed")
            .arg(precomputed);
        let (process, address) = Process::start(command, bound)?;
        Ok(Self {
            address,
            _process: process,
        })
    }

    /// The page's address, with a fragment that may be empty.
    pub fn url(&self, fragment: &str) -> String {
        let hash = if fragment.is_empty() { "" } else { "#" };
        format!("http://{}/{hash}{fragment}", self.address)
    }
}

/// The server's program.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("CONJOINT_SERVER")
        .map_or_else(|| shipped("target/release/conjoint-server"), PathBuf::from)
}

/// The address in the line that says where the server listens.
fn bound(line: &str) -> Option<SocketAddr> {
    let address = line.split("127.0.0.1:").nth(1)?;
    let port = address.split(|c: char| !c.is_ascii_digit()).next()?;
    port.parse()
        .ok()
        .map(|port: u16| SocketAddr::from(([127, 0, 0, 1], port)))
}

#[cfg(test)]
mod tests {
    use super::bound;

    #[test]
    fn the_address_is_found_in_text_and_in_json() {
        let port = |line| bound(line).map(|address| address.port());
        assert_eq!(
            port("INFO listening address=127.0.0.1:45231 paths=9"),
            Some(45231)
        );
        assert_eq!(port(r#"{"address":"127.0.0.1:8050"}"#), Some(8050));
        assert_eq!(port("starting"), None);
    }
}
