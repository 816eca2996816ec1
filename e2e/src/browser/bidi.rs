//! WebDriver BiDi: commands and events over one socket.

use crate::{Result, TestError};
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

type Socket = WebSocketStream<TcpStream>;

/// A connection to a browser.
#[derive(Debug)]
pub(super) struct Bidi {
    sink: tokio::sync::Mutex<SplitSink<Socket, Message>>,
    received: Arc<Mutex<Received>>,
}

/// What has come from the browser and was not yet asked for.
#[derive(Debug, Default)]
struct Received {
    next_id: u64,
    waiting: HashMap<u64, oneshot::Sender<Value>>,
    events: Vec<Value>,
}

impl Bidi {
    /// Connects to the address that a session names, `ws://host:port/…`.
    pub(super) async fn connect(address: &str) -> Result<Self> {
        let host = address.split('/').nth(2).unwrap_or_default();
        let stream = TcpStream::connect(host).await?;
        let (socket, _) = client_async(address, stream).await?;
        let (sink, mut source) = socket.split();
        let received = Arc::new(Mutex::new(Received::default()));
        let inbox = Arc::clone(&received);
        tokio::spawn(async move {
            while let Some(Ok(message)) = source.next().await {
                let text = message.into_text().unwrap_or_default();
                let Ok(message) = serde_json::from_str::<Value>(&text) else {
                    continue;
                };
                let mut inbox = inbox.lock().unwrap_or_else(PoisonError::into_inner);
                let waiting = message["id"]
                    .as_u64()
                    .and_then(|id| inbox.waiting.remove(&id));
                match waiting {
                    // Nobody waits any more if the test has failed.
                    Some(waiting) => drop(waiting.send(message)),
                    None => inbox.events.push(message),
                }
            }
        });
        Ok(Self {
            sink: tokio::sync::Mutex::new(sink),
            received,
        })
    }

    /// Sends a command and gives its result.
    pub(super) async fn send(&self, method: &str, parameters: Value) -> Result<Value> {
        let (sender, receiver) = oneshot::channel();
        let id = {
            let mut received = self.lock();
            received.next_id += 1;
            let id = received.next_id;
            received.waiting.insert(id, sender);
            id
        };
        let command = json!({ "id": id, "method": method, "params": parameters });
        let message = Message::text(command.to_string());
        self.sink.lock().await.send(message).await?;
        let answer = receiver.await?;
        if answer["type"] == "success" {
            Ok(answer["result"].clone())
        } else {
            Err(TestError::new(format!("{method}: {answer}")))
        }
    }

    /// The parameters of the events of one kind since the last call.
    pub(super) fn take_events(&self, method: &str) -> Vec<Value> {
        let mut received = self.lock();
        let (taken, kept) = std::mem::take(&mut received.events)
            .into_iter()
            .partition(|event| event["method"] == method);
        received.events = kept;
        let taken: Vec<Value> = taken;
        taken.iter().map(|event| event["params"].clone()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
