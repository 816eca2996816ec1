//! The program between WebDriver and a browser.

use crate::process::Process;
use crate::{Result, TestError};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use std::borrow::Borrow;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

/// A driver that listens on this machine; dropping it ends it.
#[derive(Debug)]
pub(super) struct Driver {
    port: u16,
    process: Process,
}

impl Driver {
    /// Starts a driver that prints its port in a line that `find` recognizes.
    pub(super) fn start(
        program: impl AsRef<OsStr>,
        arguments: &[&str],
        find: impl Fn(&str) -> Option<u16>,
    ) -> Result<Self> {
        let (process, port) = Process::start(program, arguments, find)?;
        Ok(Self { port, process })
    }

    /// Starts a driver that prints nothing. The command is run by `sh` with the port in `PORT`.
    pub(super) fn start_silent(command: &str) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let script = format!("export PORT={port}; echo started; {command}");
        let started = |line: &str| (line == "started").then_some(port);
        let driver = Self::start("sh", &["-c", &script], started)?;
        let begin = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if begin.elapsed() > crate::TIMEOUT {
                let output = driver.output().join("\n");
                return Err(TestError::new(format!(
                    "{command} does not listen:\n{output}"
                )));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(driver)
    }

    /// Starts a browser.
    async fn connect(&self, capabilities: &Value) -> Result<Client> {
        let address = format!("http://127.0.0.1:{}", self.port);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.as_object().cloned().unwrap_or_default());
        builder.connect(&address).await.map_err(|error| {
            let output = self.output().join("\n");
            TestError::new(format!("no browser: {error}\n{output}"))
        })
    }

    /// What it and its browsers have printed so far, line by line.
    pub(super) fn output(&self) -> Vec<String> {
        self.process.output()
    }

    /// Closes a browser. This blocks, because a failed test has no runtime left to wait with.
    fn end_session(&self, session: &str) {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let request = format!(
                "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
            );
            // If this fails, the browser ends with the driver.
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let _ = stream.write_all(request.as_bytes());
            // The response comes when the browser has ended; the driver keeps the connection open.
            let _ = stream.read(&mut [0; 512]);
        }
    }
}

/// A session with a browser, by a driver of its own or one that sessions share; dropping it closes the
/// browser.
#[derive(Debug)]
pub(super) struct Session<D: Borrow<Driver>> {
    pub(super) client: Client,
    id: Option<String>,
    driver: D,
}

impl<D: Borrow<Driver>> Session<D> {
    /// Starts a browser.
    pub(super) async fn start(driver: D, capabilities: &Value) -> Result<Self> {
        let client = driver.borrow().connect(capabilities).await?;
        let id = client.session_id().await?;
        Ok(Self { client, id, driver })
    }
}

impl<D: Borrow<Driver>> Drop for Session<D> {
    fn drop(&mut self) {
        if let Some(id) = &self.id {
            self.driver.borrow().end_session(id);
        }
    }
}
