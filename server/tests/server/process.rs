//! The program as a process: startup, log, signals and exit codes.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::fixture::Fixture;

const PROGRAM_PATH: &str = env!("CARGO_BIN_EXE_conjoint-server");

/// A running server process. It runs in the fixture's folder, where the default folder names
/// apply.
struct ServerProcess {
    child: Child,
    log: BufReader<ChildStdout>,
    address: SocketAddr,
}

impl ServerProcess {
    fn start(fixture: &Fixture, arguments: &[&str]) -> Self {
        let mut command = Command::new(PROGRAM_PATH);
        command.args(arguments).args(["--listen", "127.0.0.1:0"]);
        Self::spawn(fixture, command)
    }

    fn spawn(fixture: &Fixture, mut command: Command) -> Self {
        let mut child = command
            .current_dir(fixture.folder())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        log.read_line(&mut line).unwrap();
        let address = line
            .split(['=', ' ', '"'])
            .find_map(|word| word.trim().parse().ok())
            .unwrap_or_else(|| panic!("no address in {line:?}"));
        Self {
            child,
            log,
            address,
        }
    }

    fn connect(&self) -> Client {
        Client::connect(self.address)
    }

    fn send_signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let status = Command::new("kill").args(["-s", name, &id]).status();
        assert!(status.unwrap().success());
    }

    /// Waits for the process to exit; returns the exit code and the rest of the log.
    fn wait_for_exit(mut self) -> (Option<i32>, String) {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "does not exit");
            thread::sleep(Duration::from_millis(5));
        };
        let mut rest = String::new();
        self.log.read_to_string(&mut rest).unwrap();
        (status.code(), rest)
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn run(fixture: &Fixture, arguments: &[&str]) -> Output {
    Command::new(PROGRAM_PATH)
        .args(arguments)
        .current_dir(fixture.folder())
        .output()
        .unwrap()
}

#[test]
fn signals_stop_an_idle_server() {
    let fixture = Fixture::new();
    for signal in ["TERM", "INT"] {
        let server = ServerProcess::start(&fixture, &[]);
        let mut idle = server.connect();
        assert_eq!(idle.get("/", "").status, 200);
        server.send_signal(signal);
        let address = server.address;
        assert!(idle.closes_without_more_bytes());
        let (code, log) = server.wait_for_exit();
        assert_eq!(code, Some(0), "{signal}");
        assert!(log.contains(&format!("SIG{signal}")), "{log}");
        assert!(std::net::TcpStream::connect(address).is_err());
    }
}

#[test]
fn a_signal_waits_for_a_response_in_progress() {
    const LARGE_FILE_BYTES: usize = 16_000_000;
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"x".repeat(LARGE_FILE_BYTES));
    let server = ServerProcess::start(&fixture, &["serve"]);
    let mut client = server.connect();
    client.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(client.read_more());
    server.send_signal("TERM");
    thread::sleep(Duration::from_millis(200));
    assert_eq!(client.read_response().body.len(), LARGE_FILE_BYTES);
    assert!(client.closes_without_more_bytes());
    assert_eq!(server.wait_for_exit().0, Some(0));
}

#[test]
fn health_command_reports_by_exit_code() {
    let fixture = Fixture::new();
    let server = ServerProcess::start(&fixture, &[]);
    let port = server.address.port();
    for listen in [format!("127.0.0.1:{port}"), format!("0.0.0.0:{port}")] {
        let healthy = run(&fixture, &["health", "--listen", &listen]);
        assert!(healthy.status.success(), "{listen}: {healthy:?}");
        let from_variable = Command::new(PROGRAM_PATH)
            .arg("health")
            .env("CONJOINT_LISTEN", &listen)
            .status();
        assert!(from_variable.unwrap().success(), "{listen}");
    }
    server.send_signal("TERM");
    let (_, log) = server.wait_for_exit();
    assert!(!log.contains("healthz"), "health checks are logged: {log}");

    let stopped = run(
        &fixture,
        &["health", "--listen", &format!("127.0.0.1:{port}")],
    );
    assert_eq!(stopped.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(stopped.stderr).unwrap().lines().count(),
        1
    );
}

#[test]
fn another_program_on_the_port_is_unhealthy() {
    let fixture = Fixture::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let other_program = thread::spawn(move || {
        use std::io::Write;
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 1024];
        let _ = stream.read(&mut request).unwrap();
        stream
            .write_all(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
            .unwrap();
    });
    let unhealthy = run(&fixture, &["health", "--listen", &address]);
    other_program.join().unwrap();
    assert_eq!(unhealthy.status.code(), Some(1));
    let message = String::from_utf8(unhealthy.stderr).unwrap();
    assert!(message.contains("503"), "{message}");
}

#[test]
fn startup_errors_are_one_line_each() {
    let fixture = Fixture::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let used_address = listener.local_addr().unwrap().to_string();
    fs::create_dir(fixture.path("bare")).unwrap();
    fixture.write("broken/rates.csv.gz", "not gzip");
    fixture.write("torn/rates.csv.br", "not Brotli");
    for (arguments, message) in [
        (
            &["--site", "nowhere"][..],
            "`nowhere`: not found; run `make dist`",
        ),
        (
            &["--site", "bare"],
            "`bare` has no index.html; run `make dist`",
        ),
        (&["--site", "secret.txt"], "`secret.txt`: not a folder"),
        (&["--data", "nowhere"], "data folder `nowhere`: not found"),
        (
            &["--data", "broken"],
            "`broken/rates.csv.gz`: not a valid gzip file",
        ),
        (
            &["--data", "torn"],
            "`torn/rates.csv.br`: not a valid Brotli file",
        ),
        (
            &["--precomputed", "nowhere"],
            "precomputed folder `nowhere`: not found",
        ),
        (&["--listen", &used_address], "cannot listen on 127.0.0.1:"),
    ] {
        let mut all_arguments = vec!["--listen", "127.0.0.1:0"];
        if arguments[0] == "--listen" {
            all_arguments.clear();
        }
        all_arguments.extend(arguments);
        let output = run(&fixture, &all_arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn environment_variables_set_the_options() {
    let fixture = Fixture::new();
    fixture.write("study/rates.csv", "0.5\n");
    let mut command = Command::new(PROGRAM_PATH);
    command
        .env("CONJOINT_LISTEN", "127.0.0.1:0")
        .env("CONJOINT_SITE", fixture.path("dist"))
        .env("CONJOINT_DATA", "study")
        .env("CONJOINT_PRECOMPUTED", "study")
        .env("CONJOINT_LOG", "json");
    let server = ServerProcess::spawn(&fixture, command);
    let mut client = server.connect();
    assert_eq!(client.get("/Data/rates.csv", "").text(), "0.5\n");
    assert_eq!(
        client.get("/Precomputed%20Data/rates.csv", "").text(),
        "0.5\n"
    );
}

#[test]
fn each_request_is_one_log_line_as_text_and_as_json() {
    let fixture = Fixture::new();
    for format in ["text", "json"] {
        let server = ServerProcess::start(&fixture, &["--log", format]);
        let mut client = server.connect();
        client.get("/healthz", "");
        client.get("/Data/utilities.csv", "Accept-Encoding: gzip\r\n");
        let length = client
            .request("HEAD", "/Data/utilities.csv", "Accept-Encoding: gzip\r\n")
            .header("content-length")
            .unwrap()
            .to_owned();
        client.get("/%22nowhere%0a?x", "");
        server.send_signal("TERM");
        let (_, log) = server.wait_for_exit();
        let lines: Vec<_> = log.lines().filter(|line| line.contains("path")).collect();
        assert_eq!(lines.len(), 3, "{log}");
        if format == "text" {
            for field in [
                "INFO request method=\"GET\" path=\"/Data/utilities.csv\" status=200",
                &format!("bytes={length} coding=\"gzip\" us="),
            ] {
                assert!(lines[0].contains(field), "{}", lines[0]);
            }
            continue;
        }
        for line in log.lines() {
            let _: serde_json::Value = serde_json::from_str(line).unwrap();
        }
        let fields: Vec<serde_json::Value> = lines
            .iter()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(fields[0]["method"], "GET");
        assert_eq!(fields[0]["path"], "/Data/utilities.csv");
        assert_eq!(fields[0]["status"], 200);
        assert_eq!(fields[0]["bytes"].to_string(), length);
        assert_eq!(fields[0]["coding"], "gzip");
        assert!(fields[0]["us"].is_u64());
        assert_eq!(
            (&fields[1]["method"], &fields[1]["bytes"]),
            (&"HEAD".into(), &0.into())
        );
        assert_eq!(fields[2]["path"], "/%22nowhere%0a");
        assert_eq!(fields[2]["status"], 400);
    }
}

#[test]
fn an_unread_log_does_not_stop_the_server() {
    let fixture = Fixture::new();
    let mut server = ServerProcess::start(&fixture, &[]);
    let address = server.address;
    // Replacing the reader closes the reading end of the server's standard output.
    let spawned = Command::new("true").stdout(Stdio::piped()).spawn();
    let mut other_program = spawned.unwrap();
    server.log = BufReader::new(other_program.stdout.take().unwrap());
    other_program.wait().unwrap();
    for _ in 0..3 {
        assert_eq!(Client::connect(address).get("/", "").status, 200);
    }
}

#[test]
fn the_server_survives_a_lack_of_file_descriptors() {
    let fixture = Fixture::new();
    let mut command = Command::new("sh");
    command.args([
        "-c",
        "ulimit -n 32 && exec \"$0\" --listen 127.0.0.1:0",
        PROGRAM_PATH,
    ]);
    let server = ServerProcess::spawn(&fixture, command);
    let clients: Vec<_> = (0..60).map(|_| server.connect()).collect();
    thread::sleep(Duration::from_millis(1500));
    let ticks_before = processor_ticks(&server.child);
    thread::sleep(Duration::from_millis(1000));
    let used_ticks = processor_ticks(&server.child) - ticks_before;
    assert!(
        used_ticks < 50,
        "busy loop: {used_ticks} of 100 ticks in a second"
    );
    drop(clients);
    assert_eq!(server.connect().get("/", "").status, 200);
    server.send_signal("TERM");
    let (code, log) = server.wait_for_exit();
    assert_eq!(code, Some(0));
    let warnings = log.lines().filter(|line| line.contains("cannot accept"));
    let count = warnings.count();
    assert!((1..40).contains(&count), "{count} warnings: {log}");
}

/// The processor time that a process has used, in hundredths of a second.
fn processor_ticks(child: &Child) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    // The program's name, in parentheses, may contain spaces; the times are fields 14 and 15.
    let (_, fields) = stat.rsplit_once(')').unwrap();
    fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|field| field.parse::<u64>().unwrap())
        .sum()
}
