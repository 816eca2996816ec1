//! The life cycle of the server: start, accept connections, shut down.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::assets::{AssetError, Assets};
use crate::config::{ConnectionLimits, ServeOptions};
use crate::shutdown::ShutdownSignals;
use crate::slots::ConnectionSlots;
use crate::{connection, log};

/// The server cannot start.
#[derive(Debug, Error)]
pub enum ServerError {
    /// The event loop or the signal handlers cannot be set up.
    #[error("cannot set up the process: {0}")]
    Process(#[from] io::Error),
    /// The address cannot be used.
    #[error(
        "cannot listen on {address}: {source}; stop the program that uses it, or choose another address with --listen"
    )]
    Listen {
        /// The requested address.
        address: SocketAddr,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The folders cannot be served.
    #[error(transparent)]
    Assets(#[from] AssetError),
}

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
///
/// When the server cannot start. After that, it always ends successfully.
pub fn run(options: &ServeOptions) -> Result<(), ServerError> {
    log::init(options.log);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let signals = ShutdownSignals::install()?;
        let limits = ConnectionLimits {
            max_connections: options.max_connections,
            ..ConnectionLimits::DEFAULT
        };
        let server = Server::start(options, limits).await?;
        server
            .serve(async {
                let signal = signals.wait().await;
                tracing::info!(signal, "stopping");
            })
            .await;
        Ok(())
    })
}

/// A server that is bound to its address and has all its files in memory.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    assets: Arc<Assets>,
    limits: ConnectionLimits,
}

impl Server {
    /// Binds the address and prepares the files. Connections made in the meantime wait in the
    /// listener's queue.
    ///
    /// # Errors
    ///
    /// When the address is in use or a folder cannot be read.
    pub async fn start(
        options: &ServeOptions,
        limits: ConnectionLimits,
    ) -> Result<Self, ServerError> {
        let start = Instant::now();
        let listen_error = |source| ServerError::Listen {
            address: options.listen,
            source,
        };
        let listener = TcpListener::bind(options.listen)
            .await
            .map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;
        let assets = Arc::new(Assets::load(options)?);
        let ms = log::saturate_to_u64(start.elapsed().as_millis());
        tracing::info!(%address, paths = assets.path_count(), ms, "listening");
        Ok(Self {
            listener,
            address,
            assets,
            limits,
        })
    }

    /// The address the server listens on, with the actual port if port 0 was requested.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` completes, then waits for the responses in progress, within the drain
    /// timeout.
    pub async fn serve(self, stop: impl Future<Output = ()>) {
        let slots = ConnectionSlots::new(self.limits.max_connections);
        let (shutdown_sender, shutdown) = watch::channel(());
        tokio::select! {
            biased;
            () = stop => {}
            () = self.accept_connections(&slots, &shutdown) => {}
        }
        // Close the listener first, so that no new connection arrives while the others drain.
        let limits = self.limits;
        drop(self);
        shutdown_sender.send_replace(());
        if tokio::time::timeout(limits.drain_timeout, slots.wait_until_all_free())
            .await
            .is_err()
        {
            tracing::warn!("stopped before all responses were sent");
        }
    }

    /// Accepts connections forever; each one gets a slot before it is served.
    async fn accept_connections(&self, slots: &ConnectionSlots, shutdown: &watch::Receiver<()>) {
        let mut backoff = AcceptBackoff::default();
        loop {
            let stream = self.accept_next(&mut backoff).await;
            let slot = slots.acquire().await;
            tokio::spawn(connection::serve(
                stream,
                slot,
                Arc::clone(&self.assets),
                self.limits,
                shutdown.clone(),
            ));
        }
    }

    /// Accepts the next connection; retries after every error.
    async fn accept_next(&self, backoff: &mut AcceptBackoff) -> TcpStream {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    backoff.reset();
                    return stream;
                }
                Err(error) if is_client_disconnect(&error) => {}
                Err(error) => {
                    let pause = backoff.next_pause();
                    let pause_ms = log::saturate_to_u64(pause.as_millis());
                    tracing::warn!(%error, pause_ms, "cannot accept a connection");
                    tokio::time::sleep(pause).await;
                }
            }
        }
    }
}

/// Whether the error affects only one connection, which was closed before it was accepted.
fn is_client_disconnect(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::Interrupted
    )
}

/// Pauses between failed attempts to accept, doubling from 50 ms to 1 s. Without file descriptors
/// or memory, each attempt fails immediately; without a pause the loop would use up the processor
/// time that is needed to finish the connections that hold them.
#[derive(Debug, Default)]
struct AcceptBackoff {
    doublings: u32,
}

impl AcceptBackoff {
    const INITIAL_PAUSE: Duration = Duration::from_millis(50);
    const MAX_PAUSE: Duration = Duration::from_secs(1);

    fn next_pause(&mut self) -> Duration {
        let pause = Self::INITIAL_PAUSE * 2_u32.saturating_pow(self.doublings);
        if pause < Self::MAX_PAUSE {
            self.doublings += 1;
        }
        pause.min(Self::MAX_PAUSE)
    }

    fn reset(&mut self) {
        self.doublings = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_second_and_can_be_reset() {
        let mut backoff = AcceptBackoff::default();
        let pauses: Vec<_> = (0..8).map(|_| backoff.next_pause().as_millis()).collect();
        assert_eq!(pauses, [50, 100, 200, 400, 800, 1000, 1000, 1000]);
        backoff.reset();
        assert_eq!(backoff.next_pause().as_millis(), 50);
    }
}
