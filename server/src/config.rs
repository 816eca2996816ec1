//! What can be set: the command line, its environment variables, and the limits that keep
//! one client from taking what belongs to all.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Serves the conjoint dashboard.
#[derive(Debug, Parser)]
#[command(
    name = "conjoint-server",
    version,
    args_conflicts_with_subcommands = true
)]
pub struct Cli {
    /// What to do; without a word here, serve.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The options of `serve`, for when the word is left out.
    #[command(flatten)]
    pub serve: ServeOptions,
}

/// The two things the program does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the page and the study (what happens without a command, too)
    Serve(ServeOptions),
    /// Ask a running server whether it is well: ends with 0 or 1
    Health(HealthOptions),
}

/// What to serve, and where. Paths are relative to the working folder.
#[derive(Clone, Debug, Args)]
pub struct ServeOptions {
    /// Address and port to listen on; port 0 takes a free one and the log says which
    #[arg(long, env = "CONJOINT_LISTEN", default_value = "0.0.0.0:8050")]
    pub listen: SocketAddr,
    /// Folder of the page, as `make dist` builds it
    #[arg(long, env = "CONJOINT_SITE", default_value = "dist")]
    pub site: PathBuf,
    /// Folder of the study, served below /Data/
    #[arg(long, env = "CONJOINT_DATA", default_value = "Data")]
    pub data: PathBuf,
    /// Folder of what was computed before, served below /Precomputed%20Data/
    #[arg(long, env = "CONJOINT_PRECOMPUTED", default_value = "Precomputed Data")]
    pub precomputed: PathBuf,
    /// How to write the log
    #[arg(long, env = "CONJOINT_LOG", value_enum, default_value_t = LogFormat::Text)]
    pub log: LogFormat,
    /// Connections at a time; at the limit, who has rested longest gives way to who comes
    #[arg(
        long,
        env = "CONJOINT_MAX_CONNECTIONS",
        default_value_t = Limits::DEFAULT.connections,
        value_parser = clap::value_parser!(u32).range(1..=1_000_000)
    )]
    pub max_connections: u32,
}

/// Whom to ask.
#[derive(Clone, Debug, Args)]
pub struct HealthOptions {
    /// The address that the server was told to listen on
    #[arg(long, env = "CONJOINT_LISTEN", default_value = "0.0.0.0:8050")]
    pub listen: SocketAddr,
}

/// How a log line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people: time, level, message, `name=value`
    Text,
    /// For collectors: one JSON object a line
    Json,
}

/// How long and how many: the bounds within which a client is served.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the start of a connection, or the first byte of a later request, to the end of
    /// the request's header.
    pub head: Duration,
    /// Between an answer and the first byte of the next request. A load balancer reuses its
    /// connections for 60 s; were this shorter, it would now and then send a request into a
    /// connection that is just being closed.
    pub idle: Duration,
    /// Without a single byte of the answer taken by the client.
    pub stall: Duration,
    /// For the client to end its side after we have ended ours.
    pub linger: Duration,
    /// For running answers to end after a request to stop.
    pub drain: Duration,
    /// Connections at a time.
    pub connections: u32,
}

impl Limits {
    /// The limits that the program runs with; tests shorten them.
    pub const DEFAULT: Self = Self {
        // 15 s as the client counts, who starts before us and hears of the end after us.
        head: Duration::from_secs(14),
        idle: Duration::from_secs(75),
        stall: Duration::from_secs(60),
        linger: Duration::from_secs(2),
        drain: Duration::from_secs(25),
        connections: 1024,
    };

    /// Bytes of a request's line and header; more is answered with 431.
    pub const HEADER_BYTES: usize = 16 * 1024;
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn serve_may_be_left_out() {
        let bare = Cli::parse_from(["conjoint-server", "--listen", "127.0.0.1:0"]);
        assert!(bare.command.is_none());
        assert_eq!(bare.serve.listen.port(), 0);
        let named = Cli::parse_from(["conjoint-server", "serve", "--listen", "127.0.0.1:1"]);
        let Some(Command::Serve(options)) = named.command else {
            panic!("`serve` was not understood");
        };
        assert_eq!(options.listen.port(), 1);
    }

    #[test]
    fn balancer_idle_time_is_outlived() {
        assert!(Limits::DEFAULT.idle > Duration::from_secs(60));
        assert!(Limits::DEFAULT.head <= Duration::from_secs(15));
    }
}
