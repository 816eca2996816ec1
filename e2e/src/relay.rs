//! A relay between browser and server that records every byte that the browser sends.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::{Result, Server};

/// A relay on its own port.
#[derive(Debug)]
pub struct Relay {
    port: u16,
    sent: Arc<Mutex<Vec<u8>>>,
}

impl Relay {
    /// Starts a relay to a server, for as long as the test's runtime lives.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(server: &Server) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let sent = Arc::new(Mutex::new(Vec::new()));
        let (address, log) = (server.address(), Arc::clone(&sent));
        tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                if let Ok(server) = TcpStream::connect(address).await {
                    tokio::spawn(forward(browser, server, Arc::clone(&log)));
                }
            }
        });
        Ok(Self { port, sent })
    }

    /// The page's address through the relay.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Everything that the browser has sent so far.
    pub fn sent_text(&self) -> String {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&sent).into_owned()
    }
}

/// Forwards bytes both ways until one side closes.
async fn forward(browser: TcpStream, server: TcpStream, log: Arc<Mutex<Vec<u8>>>) {
    let (mut from_browser, mut to_browser) = browser.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let back = tokio::spawn(async move {
        // Either side may close early.
        let _ = tokio::io::copy(&mut from_server, &mut to_browser).await;
    });
    let mut block = vec![0; 1 << 16];
    while let Ok(length) = from_browser.read(&mut block).await {
        let Some(bytes) = block.get(..length).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        log.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        if to_server.write_all(bytes).await.is_err() {
            break;
        }
    }
    drop(to_server);
    let _ = back.await;
}
