//! A client that sends exactly the bytes it is given.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// Far above anything a test waits for: a hang becomes a failure, a slow machine does not.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Client {
    stream: TcpStream,
    ahead: Vec<u8>,
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    /// The only value of a header, or nothing.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} is there twice");
        value
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The names and digests in the list of a folder's files.
    pub fn listed(&self) -> Vec<(String, String)> {
        let mut list: BTreeMap<String, BTreeMap<String, String>> =
            serde_json::from_slice(&self.body).unwrap();
        assert_eq!(list.len(), 1, "{}", self.text());
        list.remove("files").unwrap().into_iter().collect()
    }

    /// The names alone.
    pub fn names(&self) -> Vec<String> {
        self.listed().into_iter().map(|(name, _)| name).collect()
    }
}

impl Client {
    pub fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect_timeout(&address, PATIENCE).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        Self {
            stream,
            ahead: Vec::new(),
        }
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).unwrap();
    }

    /// Sends what may find the connection closed.
    pub fn try_send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).is_ok()
    }

    pub fn end_sending(&self) {
        self.stream.shutdown(Shutdown::Write).unwrap();
    }

    /// GET with more header lines, each with its line end.
    pub fn get(&mut self, path: &str, lines: &str) -> Reply {
        self.ask("GET", path, lines)
    }

    pub fn ask(&mut self, method: &str, path: &str, lines: &str) -> Reply {
        self.send(format!(
            "{method} {path} HTTP/1.1\r\nHost: a\r\n{lines}\r\n"
        ));
        self.reply_to(method)
    }

    pub fn reply(&mut self) -> Reply {
        self.reply_to("GET")
    }

    pub fn reply_to(&mut self, method: &str) -> Reply {
        let end = loop {
            if let Some(end) = self.ahead.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            assert!(self.read_more(), "closed instead of an answer");
        };
        let head: Vec<u8> = self.ahead.drain(..end).collect();
        let head = String::from_utf8(head).unwrap();
        let mut lines = head.trim_end().lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let mut reply = Reply {
            status: status.parse().unwrap(),
            headers: lines
                .map(|line| line.split_once(": ").unwrap())
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: Vec::new(),
        };
        if method != "HEAD" && reply.status != 304 {
            let length = reply.header("content-length").unwrap().parse().unwrap();
            while self.ahead.len() < length {
                assert!(self.read_more(), "closed amid a body");
            }
            reply.body = self.ahead.drain(..length).collect();
        }
        reply
    }

    /// Waits for the end of the connection; true when nothing came before it.
    pub fn is_closed_silently(&mut self) -> bool {
        while self.read_more() {}
        self.ahead.is_empty()
    }

    /// Reads on; false at the end of the connection, also when it was reset.
    pub fn read_more(&mut self) -> bool {
        let mut buffer = [0; 65536];
        match self.stream.read(&mut buffer) {
            Ok(count) => {
                self.ahead.extend_from_slice(&buffer[..count]);
                count > 0
            }
            Err(error) if error.kind() == ErrorKind::ConnectionReset => false,
            Err(error) => panic!("no end and no answer: {error}"),
        }
    }
}
