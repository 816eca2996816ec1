//! The server's life: start, accept, end.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::assets::{AssetError, Assets};
use crate::config::{Limits, ServeOptions};
use crate::places::Places;
use crate::shutdown::Signals;
use crate::{connection, log};

/// Why the server does not start.
#[derive(Debug, Error)]
pub enum ServerError {
    /// The system gives no thread of events, or no signals.
    #[error("cannot set up the process: {0}")]
    Process(#[from] io::Error),
    /// The address cannot be had.
    #[error(
        "cannot listen on {address}: {source}; end what listens there, or choose another address with --listen"
    )]
    Listen {
        /// What was asked for.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// There is nothing to serve.
    #[error(transparent)]
    Assets(#[from] AssetError),
}

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
///
/// When the server cannot start; once it has, it ends without one.
pub fn run(options: &ServeOptions) -> Result<(), ServerError> {
    log::start(options.log);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let signals = Signals::catch()?;
        let limits = Limits {
            connections: options.max_connections,
            ..Limits::DEFAULT
        };
        let server = Server::start(options, limits).await?;
        server
            .serve(async {
                let signal = signals.received().await;
                tracing::info!(signal, "stopping");
            })
            .await;
        Ok(())
    })
}

/// A server that listens and has all it serves in memory.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    assets: Arc<Assets>,
    limits: Limits,
}

impl Server {
    /// Listens, and prepares what is to be served; connections made meanwhile wait.
    ///
    /// # Errors
    ///
    /// When the address is taken or a folder cannot be read.
    pub async fn start(options: &ServeOptions, limits: Limits) -> Result<Self, ServerError> {
        let start = Instant::now();
        let not_listening = |source| ServerError::Listen {
            address: options.listen,
            source,
        };
        let listener = TcpListener::bind(options.listen)
            .await
            .map_err(not_listening)?;
        let address = listener.local_addr().map_err(not_listening)?;
        let assets = Arc::new(Assets::load(options)?);
        let ms = log::whole(start.elapsed().as_millis());
        tracing::info!(%address, paths = assets.path_count(), ms, "listening");
        Ok(Self {
            listener,
            address,
            assets,
            limits,
        })
    }

    /// Where it listens: the port is a real one, also when port 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is ready, then lets running answers end within their limit.
    pub async fn serve(self, stop: impl Future<Output = ()>) {
        let places = Places::new(self.limits.connections);
        let (stopping, watched) = watch::channel(());
        tokio::select! {
            biased;
            () = stop => {}
            () = self.accept(&places, &watched) => {}
        }
        // No new connection from here on: the listener is closed before the old ones end.
        let limits = self.limits;
        drop(self);
        stopping.send_replace(());
        if tokio::time::timeout(limits.drain, places.all_free())
            .await
            .is_err()
        {
            tracing::warn!("stopped with answers under way");
        }
    }

    /// Accepts for ever; each connection gets a place before it is served.
    async fn accept(&self, places: &Places, stopping: &watch::Receiver<()>) {
        let mut backoff = Backoff::default();
        loop {
            let stream = self.next_stream(&mut backoff).await;
            let place = places.take().await;
            tokio::spawn(connection::serve(
                stream,
                place,
                Arc::clone(&self.assets),
                self.limits,
                stopping.clone(),
            ));
        }
    }

    /// The next connection, whatever goes wrong before it.
    async fn next_stream(&self, backoff: &mut Backoff) -> TcpStream {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    backoff.reset();
                    return stream;
                }
                Err(error) if is_of_the_client(&error) => {}
                Err(error) => {
                    let pause = backoff.next();
                    let pause_ms = log::whole(pause.as_millis());
                    tracing::warn!(%error, pause_ms, "cannot accept");
                    tokio::time::sleep(pause).await;
                }
            }
        }
    }
}

/// Errors of one connection that was gone before it was accepted; the next may be well.
fn is_of_the_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::Interrupted
    )
}

/// Pauses that double from 50 ms to 1 s. Out of file descriptors or memory, accepting fails
/// at once each time; without a pause the loop would eat the processor that is needed to end
/// the connections which hold them.
#[derive(Debug, Default)]
struct Backoff {
    doublings: u32,
}

impl Backoff {
    const FIRST: Duration = Duration::from_millis(50);
    const LONGEST: Duration = Duration::from_secs(1);

    fn next(&mut self) -> Duration {
        let pause = Self::FIRST * 2_u32.saturating_pow(self.doublings);
        if pause < Self::LONGEST {
            self.doublings += 1;
        }
        pause.min(Self::LONGEST)
    }

    fn reset(&mut self) {
        self.doublings = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_second_and_start_anew() {
        let mut backoff = Backoff::default();
        let pauses: Vec<_> = (0..8).map(|_| backoff.next().as_millis()).collect();
        assert_eq!(pauses, [50, 100, 200, 400, 800, 1000, 1000, 1000]);
        backoff.reset();
        assert_eq!(backoff.next().as_millis(), 50);
    }
}
