//! The server under test.

use crate::process::Process;
use crate::{Result, TestError, repository_path};
use std::ffi::OsStr;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// `conjoint-server` on a free port of this machine.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    process: Process,
}

impl Server {
    /// The server of the shipped study that all tests share which leave it as it is. It starts when
    /// it is first needed and ends with the test run.
    ///
    /// # Errors
    /// When the program is missing.
    pub fn shared() -> Result<&'static Self> {
        static SHARED: OnceLock<Result<Server>> = OnceLock::new();
        let server = SHARED.get_or_init(Self::start_shipped).as_ref();
        server.map_err(TestError::clone)
    }

    /// Starts a server of the shipped study for a test that stops it, replaces it or counts its
    /// requests.
    ///
    /// # Errors
    /// When the program is missing.
    pub fn start_shipped() -> Result<Self> {
        Self::start(
            &repository_path("Data"),
            &repository_path("Precomputed Data"),
        )
    }

    /// Serves the built page with a study. The program is the one that `CONJOINT_SERVER` names,
    /// else the release build.
    ///
    /// # Errors
    /// When the program is missing or refuses the folders.
    pub fn start(data: &Path, precomputed: &Path) -> Result<Self> {
        Self::serve("127.0.0.1:0", &repository_path("dist"), data, precomputed)
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
        let arguments = [
            OsStr::new("--listen"),
            OsStr::new(listen),
            OsStr::new("--site"),
            site.as_os_str(),
            OsStr::new("--data"),
            data.as_os_str(),
            OsStr::new("--precomputed"),
            precomputed.as_os_str(),
        ];
        let (process, address) = Process::start(program(), arguments, parse_address)?;
        Ok(Self { address, process })
    }

    /// The paths requested so far, in order, each with the status of its response.
    pub fn requests(&self) -> Vec<(String, u16)> {
        self.process
            .output()
            .iter()
            .filter_map(|line| parse_request(line))
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

    /// The page's address under another host name of this machine.
    pub fn url_on(&self, host: &str, fragment: &str) -> String {
        let hash = if fragment.is_empty() { "" } else { "#" };
        format!("http://{host}:{}/{hash}{fragment}", self.address.port())
    }
}

/// The server's program.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("CONJOINT_SERVER").map_or_else(
        || repository_path("target/release/conjoint-server"),
        PathBuf::from,
    )
}

/// The address in the log line that says where the server listens.
fn parse_address(line: &str) -> Option<SocketAddr> {
    let address = line.split("127.0.0.1:").nth(1)?;
    let port = address.split(|c: char| !c.is_ascii_digit()).next()?;
    port.parse()
        .ok()
        .map(|port: u16| SocketAddr::from(([127, 0, 0, 1], port)))
}

/// Path and status in the log line of a request.
fn parse_request(line: &str) -> Option<(String, u16)> {
    let field = |name: &str| line.split(name).nth(1)?.split(' ').next();
    let path = field(" path=")?.trim_matches('"').to_owned();
    Some((path, field(" status=")?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{parse_address, parse_request};

    #[test]
    fn requests_are_parsed_from_the_log() {
        let line = r#"INFO request method="GET" path="/Data/" status=304 bytes=0 us=9"#;
        assert_eq!(parse_request(line), Some(("/Data/".to_owned(), 304)));
        assert_eq!(
            parse_request("INFO listening address=127.0.0.1:45231"),
            None
        );
    }

    #[test]
    fn the_address_is_parsed_from_text_and_json() {
        let port = |line| parse_address(line).map(|address| address.port());
        assert_eq!(
            port("INFO listening address=127.0.0.1:45231 paths=9"),
            Some(45231)
        );
        assert_eq!(port(r#"{"address":"127.0.0.1:8050"}"#), Some(8050));
        assert_eq!(port("starting"), None);
    }
}
