//! A site and a study in a temporary folder, and a server thread that serves them.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use conjoint_server::config::{ConnectionLimits, LogFormat, ServeOptions};
use conjoint_server::server::Server;
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::client::Client;

pub const PAGE_HTML: &str = "<!doctype html><title>conjoint</title>";
pub const HASHED_SCRIPT: &str = "app-0123456789abcdef.js";
pub const HASHED_WASM: &str = "app-0123456789abcdef_bg.wasm";

/// A CSV table like those of a study, identical in every run.
pub fn utilities_csv() -> String {
    (0..2000)
        .map(|row| format!("{row},{},{}\n", row % 7, row * 31 % 1000))
        .collect()
}

/// The three folders to serve, deleted on drop.
pub struct Fixture {
    folder: TempDir,
}

impl Fixture {
    pub fn new() -> Self {
        let fixture = Self {
            folder: TempDir::new().unwrap(),
        };
        fixture.write("dist/index.html", PAGE_HTML);
        fixture.write(
            &format!("dist/{HASHED_SCRIPT}"),
            &"export default 1;\n".repeat(50),
        );
        fixture.write(&format!("dist/{HASHED_WASM}"), "\0asm\x01\0\0\0");
        fixture.write("dist/sw.js", "// offline cache");
        fixture.write("dist/sub/deep/note.txt", "deep");
        fixture.write("Data/utilities.csv", &utilities_csv());
        // A Brotli form like one of the build, for servers that are compiled without Brotli.
        let mut encoded = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams {
            quality: 2,
            ..Default::default()
        };
        brotli::BrotliCompress(&mut utilities_csv().as_bytes(), &mut encoded, &parameters).unwrap();
        fs::write(fixture.path("Data/utilities.csv.br"), encoded).unwrap();
        fixture.write("Data/brands.csv", "brand\nTesla\n");
        fixture.write("secret.txt", "out of reach");
        fs::create_dir(fixture.path("Precomputed Data")).unwrap();
        fixture
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn serve(&self) -> RunningServer {
        self.serve_with_limits(ConnectionLimits::DEFAULT)
    }

    pub fn serve_with_limits(&self, limits: ConnectionLimits) -> RunningServer {
        let options = ServeOptions {
            listen: "127.0.0.1:0".parse().unwrap(),
            site: self.path("dist"),
            data: self.path("Data"),
            precomputed: self.path("Precomputed Data"),
            log: LogFormat::Text,
            max_connections: limits.max_connections,
        };
        let (address_sender, address) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap()
                .block_on(async {
                    let server = Server::start(&options, limits).await.unwrap();
                    address_sender.send(server.address()).unwrap();
                    server
                        .serve(async {
                            let _ = stopped.await;
                        })
                        .await;
                });
        });
        RunningServer {
            address: address.recv().unwrap(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

/// A server in its own thread, stopped on drop.
pub struct RunningServer {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl RunningServer {
    pub fn connect(&self) -> Client {
        Client::connect(self.address)
    }

    pub fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Timeouts short enough for a test to wait for.
pub fn short_limits() -> ConnectionLimits {
    ConnectionLimits {
        header_timeout: Duration::from_secs(1),
        idle_timeout: Duration::from_millis(1500),
        stall_timeout: Duration::from_millis(500),
        linger_timeout: Duration::from_millis(300),
        drain_timeout: Duration::from_secs(2),
        max_connections: 64,
    }
}
