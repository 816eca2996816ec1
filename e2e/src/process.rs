//! A program that runs beside the test and ends with it.

use crate::{Failure, PATIENCE, Result};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// A running program; dropping it ends it.
#[derive(Debug)]
pub struct Process {
    child: Child,
    said: Said,
}

/// The lines of a program's output so far.
type Said = Arc<Mutex<Vec<String>>>;

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
        let said = Said::default();
        drain(child.stdout.take(), lines.clone(), Arc::clone(&said));
        drain(child.stderr.take(), lines, Arc::clone(&said));
        let process = Self { child, said };
        while let Ok(line) = received.recv_timeout(PATIENCE) {
            if let Some(found) = find(&line) {
                return Ok((process, found));
            }
        }
        Err(Failure::new(format!(
            "{name} did not say that it is ready; it said:\n{}",
            process.said().join("\n")
        )))
    }

    /// The lines of its output so far.
    pub fn said(&self) -> Vec<String> {
        self.said
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads to the end, so that the program never waits for a full pipe.
fn drain(output: Option<impl Read + Send + 'static>, lines: Sender<String>, said: Said) {
    if let Some(output) = output {
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(|line| line.ok()) {
                said.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(line.clone());
                // Nobody listens any more once the program is ready.
                let _ = lines.send(line);
            }
        });
    }
}
