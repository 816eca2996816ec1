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
    process: Process,
}

impl Server {
    /// Serves the built page with a study. The program is the one that `CONJOINT_SERVER` names,
    /// else the release build.
    ///
    /// # Errors
    /// When the program is missing or refuses the folders.
    pub fn start(data: &Path, precomputed: &Path) -> Result<Self> {
        Self::serve("127.0.0.1:0", &shipped("dist"), data, precomputed)
    }

    /// Ends this server and serves another page or study at its address.
    ///
    /// # Errors
    /// When the program refuses the folders.
    pub fn replace(self, site: &Path, data: &Path, precomputed: &Path) -> Result<Self> {
        let address = self.address.to_string();
        drop(self);
        Self::serve(&address, site, data, precomputed)
    }

    fn serve(listen: &str, site: &Path, data: &Path, precomputed: &Path) -> Result<Self> {
        let mut command = Command::new(program());
        command.args(["--listen", listen, "--site"]).arg(site);
        command.arg("--data").arg(data);
        command.arg("--precomputed").arg(precomputed);
        let (process, address) = Process::start(command, bound)?;
        Ok(Self { address, process })
    }

    /// The paths that were asked for so far, in order, each with the status of its answer.
    pub fn requests(&self) -> Vec<(String, u16)> {
        self.process
            .said()
            .iter()
            .filter_map(|line| request(line))
            .collect()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The page's address, with a fragment that may be empty.
    pub fn url(&self, fragment: &str) -> String {
        self.url_on("127.0.0.1", fragment)
    }

    /// The same by another name of this machine.
    pub fn url_on(&self, host: &str, fragment: &str) -> String {
        let hash = if fragment.is_empty() { "" } else { "#" };
        format!("http://{host}:{}/{hash}{fragment}", self.address.port())
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

/// Path and status in the line that the server's log has for a request.
fn request(line: &str) -> Option<(String, u16)> {
    let field = |name: &str| line.split(name).nth(1)?.split(' ').next();
    let path = field(" path=")?.trim_matches('"').to_owned();
    Some((path, field(" status=")?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{bound, request};

    #[test]
    fn a_request_is_found_in_the_log() {
        let line = r#"INFO request method="GET" path="/Data/" status=304 bytes=0 us=9"#;
        assert_eq!(request(line), Some(("/Data/".to_owned(), 304)));
        assert_eq!(request("INFO listening address=127.0.0.1:45231"), None);
    }

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
