//! Programs that the tests start: servers and the browser's driver.

use crate::{Result, TIMEOUT, TestError};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// Runs a program, with a folder of its own for temporary files, next to a watcher. At the end of its
/// input the watcher kills the program and everything that it started, and removes the folder. Only
/// the test run holds that input open, so that no program outlives it and no browser's profile is left
/// behind, not even by a driver in a static, which Rust never drops, or after the run was killed.
const GUARD: &str = r#"TMPDIR=$(mktemp -d) && export TMPDIR || exit
exec 3<&0 </dev/null
setsid sh -c 'read -r _; kill -KILL "-$1"; rm -rf "$2" || { sleep 1; rm -rf "$2"; }' \
    watcher $$ "$TMPDIR" <&3 >/dev/null 2>&1 &
exec "$@" 3<&-"#;

/// A running program; dropping it ends the program and everything that it started.
#[derive(Debug)]
pub struct Process {
    child: Child,
    output: Lines,
}

/// The lines of a program's output so far.
type Lines = Arc<Mutex<Vec<String>>>;

impl Process {
    /// Starts a program and waits for the line of its output in which `find` finds a value.
    ///
    /// # Errors
    /// When the program cannot be started, or ends, or never prints such a line; with its output.
    pub fn start<T>(
        program: impl AsRef<OsStr>,
        arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
        find: impl Fn(&str) -> Option<T>,
    ) -> Result<(Self, T)> {
        let program = program.as_ref();
        let mut child = Command::new("sh")
            .args(["-c", GUARD, "guard"])
            .arg(program)
            .args(arguments)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (sender, receiver) = channel();
        let output = Lines::default();
        read_lines(child.stdout.take(), sender.clone(), Arc::clone(&output));
        read_lines(child.stderr.take(), sender, Arc::clone(&output));
        let process = Self { child, output };
        while let Ok(line) = receiver.recv_timeout(TIMEOUT) {
            if let Some(value) = find(&line) {
                return Ok((process, value));
            }
        }
        Err(TestError::new(format!(
            "{} did not become ready; its output:\n{}",
            program.display(),
            process.output().join("\n")
        )))
    }

    /// The lines of its output so far.
    pub fn output(&self) -> Vec<String> {
        self.output
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // Fails only if there is nothing to wait for.
        let _ = self.child.wait();
    }
}

/// Reads an output to its end, so that the program never waits for a full pipe.
fn read_lines(output: Option<impl Read + Send + 'static>, sender: Sender<String>, lines: Lines) {
    if let Some(output) = output {
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(|line| line.ok()) {
                lines
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(line.clone());
                // Nobody receives lines any more once the program is ready.
                let _ = sender.send(line);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Process;
    use std::path::Path;
    use std::time::{Duration, Instant};

    fn is_running(process: &str) -> bool {
        // A process that has ended but was not waited for yet is a zombie: its state, after its name
        // in parentheses, is Z.
        let stat = std::fs::read_to_string(Path::new("/proc").join(process).join("stat"));
        stat.is_ok_and(|text| {
            text.rsplit_once(") ")
                .is_some_and(|(_, fields)| !fields.starts_with(['Z', 'X']))
        })
    }

    fn wait_until(condition: impl Fn() -> bool) {
        let begin = Instant::now();
        while !condition() {
            assert!(
                begin.elapsed() < Duration::from_secs(5),
                "not within five seconds"
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    #[test]
    fn dropping_a_process_ends_what_it_started() {
        let script = "sleep 60 & echo started $!; wait";
        let find = |line: &str| line.strip_prefix("started ").map(str::to_owned);
        let (process, child) = Process::start("sh", ["-c", script], find).unwrap();
        assert!(is_running(&child));
        drop(process);
        wait_until(|| !is_running(&child));
    }

    #[test]
    fn dropping_a_process_removes_its_temporary_files() {
        let script = "echo text >$TMPDIR/file; echo $TMPDIR; wait";
        let (process, folder) = Process::start("sh", ["-c", script], |line| {
            Some(line.to_owned()).filter(|folder| Path::new(folder).is_dir())
        })
        .unwrap();
        drop(process);
        wait_until(|| !Path::new(&folder).exists());
    }

    #[test]
    fn a_program_that_ends_early_fails_with_its_output() {
        let script = "echo first; echo second >&2; exit 3";
        let error = Process::start("sh", ["-c", script], |_| None::<()>).unwrap_err();
        let text = format!("{error:?}");
        assert!(text.contains("first") && text.contains("second"), "{text}");
    }
}
