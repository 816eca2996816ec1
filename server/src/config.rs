//! Configuration: the command line with its environment variables, and the limits that keep one
//! client from using up the resources of all.

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
    /// The command to run; `serve` by default.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The options of `serve`, which also apply without a command.
    #[command(flatten)]
    pub serve: ServeOptions,
}

/// The commands of the program.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the page and the study (the default command)
    Serve(ServeOptions),
    /// Check whether a running server is healthy; exits with 0 if it is, otherwise with 1
    Health(HealthOptions),
}

/// What to serve, and where. Paths are relative to the working directory.
#[derive(Clone, Debug, Args)]
pub struct ServeOptions {
    /// Address and port to listen on; port 0 picks a free port, which the log reports
    #[arg(long, env = "CONJOINT_LISTEN", default_value = "0.0.0.0:8050")]
    pub listen: SocketAddr,
    /// Folder with the page, as built by `make dist`
    #[arg(long, env = "CONJOINT_SITE", default_value = "dist")]
    pub site: PathBuf,
    /// Folder with the study, served below /Data/
    #[arg(long, env = "CONJOINT_DATA", default_value = "Data")]
    pub data: PathBuf,
    /// Folder with the precomputed results, served below /Precomputed%20Data/
    #[arg(long, env = "CONJOINT_PRECOMPUTED", default_value = "Precomputed Data")]
    pub precomputed: PathBuf,
    /// Format of the log
    #[arg(long, env = "CONJOINT_LOG", value_enum, default_value_t = LogFormat::Text)]
    pub log: LogFormat,
    /// Maximum number of open connections; at the limit, a new connection replaces the one that
    /// has been idle longest
    #[arg(
        long,
        env = "CONJOINT_MAX_CONNECTIONS",
        default_value_t = ConnectionLimits::DEFAULT.max_connections,
        value_parser = clap::value_parser!(u32).range(1..=1_000_000)
    )]
    pub max_connections: u32,
}

/// Which server to check.
#[derive(Clone, Debug, Args)]
pub struct HealthOptions {
    /// The address that the server listens on
    #[arg(long, env = "CONJOINT_LISTEN", default_value = "0.0.0.0:8050")]
    pub listen: SocketAddr,
}

/// The format of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people: time, level, message and `name=value` fields
    Text,
    /// For log collectors: one JSON object per line
    Json,
}

/// The timeouts of a connection and the number of connections.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// From the start of a connection, or the first byte of a later request, to the end of the
    /// request header.
    pub header_timeout: Duration,
    /// From the end of a response to the first byte of the next request. A load balancer reuses
    /// its connections for 60 s; with a shorter timeout it would occasionally send a request
    /// while the server is closing the connection.
    pub idle_timeout: Duration,
    /// How long the client may accept no byte of the response.
    pub stall_timeout: Duration,
    /// How long to wait for the client to close its side after the server has closed its own.
    pub linger_timeout: Duration,
    /// How long a shutdown waits for the responses in progress.
    pub drain_timeout: Duration,
    /// The maximum number of open connections.
    pub max_connections: u32,
}

impl ConnectionLimits {
    /// The limits of the program; tests use shorter ones.
    pub const DEFAULT: Self = Self {
        // At most 15 s as measured by the client, which starts its clock before the server does
        // and notices the timeout after it.
        header_timeout: Duration::from_secs(14),
        idle_timeout: Duration::from_secs(75),
        stall_timeout: Duration::from_secs(60),
        linger_timeout: Duration::from_secs(2),
        drain_timeout: Duration::from_secs(25),
        max_connections: 1024,
    };

    /// The maximum size of a request line and its header in bytes; a larger one gets a 431.
    pub const MAX_HEADER_BYTES: usize = 16 * 1024;
}

impl Default for ConnectionLimits {
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
    fn serve_is_the_default_command() {
        let implicit = Cli::parse_from(["conjoint-server", "--listen", "127.0.0.1:0"]);
        assert!(implicit.command.is_none());
        assert_eq!(implicit.serve.listen.port(), 0);
        let explicit = Cli::parse_from(["conjoint-server", "serve", "--listen", "127.0.0.1:1"]);
        let Some(Command::Serve(options)) = explicit.command else {
            panic!("`serve` was not parsed as a command");
        };
        assert_eq!(options.listen.port(), 1);
    }

    #[test]
    fn idle_connections_outlive_those_of_a_load_balancer() {
        assert!(ConnectionLimits::DEFAULT.idle_timeout > Duration::from_secs(60));
        assert!(ConnectionLimits::DEFAULT.header_timeout <= Duration::from_secs(15));
    }
}
