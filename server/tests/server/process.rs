//! The program itself: how it starts, what it logs, how it ends.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::fixture::Fixture;

const PROGRAM: &str = env!("CARGO_BIN_EXE_conjoint-server");

/// The program, run in the fixture's folder, so that the defaults find all but the port.
struct Program {
    child: Child,
    log: BufReader<ChildStdout>,
    address: SocketAddr,
}

impl Program {
    fn start(fixture: &Fixture, arguments: &[&str]) -> Self {
        let mut command = Command::new(PROGRAM);
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

    fn signal(&self, name: &str) {
        let process = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &process]).status();
        assert!(sent.unwrap().success());
    }

    /// The exit code and the rest of the log, once the program has ended.
    fn ended(mut self) -> (Option<i32>, String) {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "does not end");
            thread::sleep(Duration::from_millis(5));
        };
        let mut rest = String::new();
        self.log.read_to_string(&mut rest).unwrap();
        (status.code(), rest)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn run(fixture: &Fixture, arguments: &[&str]) -> Output {
    Command::new(PROGRAM)
        .args(arguments)
        .current_dir(fixture.folder())
        .output()
        .unwrap()
}

#[test]
fn signals_end_it_when_idle() {
    let fixture = Fixture::new();
    for signal in ["TERM", "INT"] {
        let program = Program::start(&fixture, &[]);
        let mut resting = program.connect();
        assert_eq!(resting.get("/", "").status, 200);
        program.signal(signal);
        let address = program.address;
        assert!(resting.is_closed_silently());
        let (code, log) = program.ended();
        assert_eq!(code, Some(0), "{signal}");
        assert!(log.contains(&format!("SIG{signal}")), "{log}");
        assert!(std::net::TcpStream::connect(address).is_err());
    }
}

#[test]
fn a_signal_lets_a_running_answer_end() {
    const LARGE: usize = 16_000_000;
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"x".repeat(LARGE));
    let program = Program::start(&fixture, &["serve"]);
    let mut client = program.connect();
    client.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(client.read_more());
    program.signal("TERM");
    thread::sleep(Duration::from_millis(200));
    assert_eq!(client.reply().body.len(), LARGE);
    assert!(client.is_closed_silently());
    assert_eq!(program.ended().0, Some(0));
}

#[test]
fn health_is_told_by_the_exit_code() {
    let fixture = Fixture::new();
    let program = Program::start(&fixture, &[]);
    let port = program.address.port();
    for listen in [format!("127.0.0.1:{port}"), format!("0.0.0.0:{port}")] {
        let well = run(&fixture, &["health", "--listen", &listen]);
        assert!(well.status.success(), "{listen}: {well:?}");
        let by_variable = Command::new(PROGRAM)
            .arg("health")
            .env("CONJOINT_LISTEN", &listen)
            .status();
        assert!(by_variable.unwrap().success(), "{listen}");
    }
    program.signal("TERM");
    let (_, log) = program.ended();
    assert!(!log.contains("healthz"), "health checks are logged: {log}");

    let gone = run(
        &fixture,
        &["health", "--listen", &format!("127.0.0.1:{port}")],
    );
    assert_eq!(gone.status.code(), Some(1));
    assert_eq!(String::from_utf8(gone.stderr).unwrap().lines().count(), 1);
}

#[test]
fn something_else_on_the_port_is_not_health() {
    let fixture = Fixture::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let other = thread::spawn(move || {
        use std::io::Write;
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 1024];
        let _ = stream.read(&mut request).unwrap();
        stream
            .write_all(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
            .unwrap();
    });
    let unwell = run(&fixture, &["health", "--listen", &address]);
    other.join().unwrap();
    assert_eq!(unwell.status.code(), Some(1));
    let told = String::from_utf8(unwell.stderr).unwrap();
    assert!(told.contains("503"), "{told}");
}

#[test]
fn what_keeps_it_from_starting_is_told_in_one_line() {
    let fixture = Fixture::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    fs::create_dir(fixture.path("bare")).unwrap();
    fixture.write("broken/rates.csv.gz", "not gzip");
    for (arguments, told) in [
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
            &["--precomputed", "nowhere"],
            "precomputed folder `nowhere`: not found",
        ),
        (&["--listen", &taken], "cannot listen on 127.0.0.1:"),
    ] {
        let mut line = vec!["--listen", "127.0.0.1:0"];
        if arguments[0] == "--listen" {
            line.clear();
        }
        line.extend(arguments);
        let output = run(&fixture, &line);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn folders_can_be_named_by_variables() {
    let fixture = Fixture::new();
    fixture.write("study/rates.csv", "0.5\n");
    let mut command = Command::new(PROGRAM);
    command
        .env("CONJOINT_LISTEN", "127.0.0.1:0")
        .env("CONJOINT_SITE", fixture.path("dist"))
        .env("CONJOINT_DATA", "study")
        .env("CONJOINT_PRECOMPUTED", "study")
        .env("CONJOINT_LOG", "json");
    let program = Program::spawn(&fixture, command);
    let mut client = program.connect();
    assert_eq!(client.get("/Data/rates.csv", "").text(), "0.5\n");
    assert_eq!(
        client.get("/Precomputed%20Data/rates.csv", "").text(),
        "0.5\n"
    );
}

#[test]
fn one_line_a_request_as_text_and_as_json() {
    let fixture = Fixture::new();
    for format in ["text", "json"] {
        let program = Program::start(&fixture, &["--log", format]);
        let mut client = program.connect();
        client.get("/healthz", "");
        client.get("/Data/utilities.csv", "Accept-Encoding: gzip\r\n");
        let length = client
            .ask("HEAD", "/Data/utilities.csv", "Accept-Encoding: gzip\r\n")
            .header("content-length")
            .unwrap()
            .to_owned();
        client.get("/%22nowhere%0a?x", "");
        program.signal("TERM");
        let (_, log) = program.ended();
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
fn a_log_that_nobody_reads_does_not_end_it() {
    let fixture = Fixture::new();
    let program = Program::start(&fixture, &[]);
    let address = program.address;
    let mut program = program;
    // Closes the reading end of the program's standard output.
    let unread = Command::new("true").stdout(Stdio::piped()).spawn().unwrap();
    let mut unread = unread;
    program.log = BufReader::new(unread.stdout.take().unwrap());
    unread.wait().unwrap();
    for _ in 0..3 {
        assert_eq!(Client::connect(address).get("/", "").status, 200);
    }
}

#[test]
fn it_outlives_a_lack_of_file_descriptors() {
    let fixture = Fixture::new();
    let mut command = Command::new("sh");
    command.args([
        "-c",
        "ulimit -n 32 && exec \"$0\" --listen 127.0.0.1:0",
        PROGRAM,
    ]);
    let program = Program::spawn(&fixture, command);
    let crowd: Vec<_> = (0..60).map(|_| program.connect()).collect();
    thread::sleep(Duration::from_millis(1500));
    let before = processor_time(&program.child);
    thread::sleep(Duration::from_millis(1000));
    let spent = processor_time(&program.child) - before;
    assert!(spent < 50, "spins: {spent} ticks of a hundred in a second");
    drop(crowd);
    assert_eq!(program.connect().get("/", "").status, 200);
    program.signal("TERM");
    let (code, log) = program.ended();
    assert_eq!(code, Some(0));
    let complaints = log.lines().filter(|line| line.contains("cannot accept"));
    let count = complaints.count();
    assert!((1..40).contains(&count), "{count} complaints: {log}");
}

/// The hundredths of a second that a process has computed.
fn processor_time(child: &Child) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    // The program's name, in parentheses, may hold blanks; the times are fields 14 and 15.
    let (_, fields) = stat.rsplit_once(')').unwrap();
    fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|field| field.parse::<u64>().unwrap())
        .sum()
}
