//! A client that sends exactly the bytes that a test gives it.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// Much longer than any wait in a test: a hang fails the test, a slow machine does not.
const TIMEOUT: Duration = Duration::from_secs(30);

pub struct Client {
    stream: TcpStream,
    /// Bytes that were read but do not belong to a response yet
    unread: Vec<u8>,
}

#[derive(Debug)]
pub struct ReceivedResponse {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl ReceivedResponse {
    /// The value of a header that is sent at most once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} is sent twice");
        value
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The names and digests in the listing of a data folder.
    pub fn listed_files(&self) -> Vec<(String, String)> {
        let mut listing: BTreeMap<String, BTreeMap<String, String>> =
            serde_json::from_slice(&self.body).unwrap();
        assert_eq!(listing.len(), 1, "{}", self.text());
        listing.remove("files").unwrap().into_iter().collect()
    }

    /// The names in the listing of a data folder.
    pub fn listed_names(&self) -> Vec<String> {
        self.listed_files()
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    }
}

impl Client {
    pub fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect_timeout(&address, TIMEOUT).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream.set_write_timeout(Some(TIMEOUT)).unwrap();
        Self {
            stream,
            unread: Vec::new(),
        }
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).unwrap();
    }

    /// Sends bytes to a connection that may be closed; returns whether that succeeded.
    pub fn try_send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).is_ok()
    }

    pub fn close_sending_side(&self) {
        self.stream.shutdown(Shutdown::Write).unwrap();
    }

    /// Sends a GET request with additional header lines, each ending with CRLF.
    pub fn get(&mut self, path: &str, lines: &str) -> ReceivedResponse {
        self.request("GET", path, lines)
    }

    pub fn request(&mut self, method: &str, path: &str, lines: &str) -> ReceivedResponse {
        self.send(format!(
            "{method} {path} HTTP/1.1\r\nHost: a\r\n{lines}\r\n"
        ));
        self.read_response_to(method)
    }

    pub fn read_response(&mut self) -> ReceivedResponse {
        self.read_response_to("GET")
    }

    pub fn read_response_to(&mut self, method: &str) -> ReceivedResponse {
        let end = loop {
            if let Some(end) = self.unread.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            assert!(self.read_more(), "the connection closed before a response");
        };
        let head: Vec<u8> = self.unread.drain(..end).collect();
        let head = String::from_utf8(head).unwrap();
        let mut lines = head.trim_end().lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let mut response = ReceivedResponse {
            status: status.parse().unwrap(),
            headers: lines
                .map(|line| line.split_once(": ").unwrap())
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: Vec::new(),
        };
        if method != "HEAD" && response.status != 304 {
            let length = response.header("content-length").unwrap().parse().unwrap();
            while self.unread.len() < length {
                assert!(self.read_more(), "the connection closed within a body");
            }
            response.body = self.unread.drain(..length).collect();
        }
        response
    }

    /// Waits for the end of the connection; returns whether no more bytes came before it.
    pub fn closes_without_more_bytes(&mut self) -> bool {
        while self.read_more() {}
        self.unread.is_empty()
    }

    /// Reads more bytes; returns false at the end of the connection, even if it was reset.
    pub fn read_more(&mut self) -> bool {
        let mut buffer = [0; 65536];
        match self.stream.read(&mut buffer) {
            Ok(count) => {
                self.unread.extend_from_slice(&buffer[..count]);
                count > 0
            }
            Err(error) if error.kind() == ErrorKind::ConnectionReset => false,
            Err(error) => panic!("neither bytes nor the end of the connection: {error}"),
        }
    }
}
