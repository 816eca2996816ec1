//! A program that runs beside the test and ends with it.

use crate::{Failure, PATIENCE, Result};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};

/// A running program; dropping it ends it.
#[derive(Debug)]
pub struct Process(Child);

impl Process {
    /// Starts a program and waits for the line of its output in which `find` sees what it needs.
    ///
    /// # Errors
    /// When the program cannot be started, or ends, or never says it; with all that it said.
    pub fn start<T>(mut command: Command, find: impl Fn(&str) -> Option<T>) -> Result<(Self, T)> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::new(format!("{name} cannot be started: {error}")))?;
        let (lines, received) = channel();
        drain(child.stdout.take(), lines.clone());
        drain(child.stderr.take(), lines);
        let process = Self(child);
        let mut said = String::new();
        while let Ok(line) = received.recv_timeout(PATIENCE) {
            if let Some(found) = find(&line) {
                return Ok((process, found));
            }
            said += &line;
            said.push('\n');
        }
        Err(Failure::new(format!(
            "{name} did not say that it is ready; it said:\n{said}"
        )))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Reads to the end, so that the program never waits for a full pipe.
fn drain(output: Option<impl Read + Send + 'static>, lines: Sender<String>) {
    if let Some(output) = output {
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(|line| line.ok()) {
                // Nobody listens any more once the program is ready.
                let _ = lines.send(line);
            }
        });
    }
}
