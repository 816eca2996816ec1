//! The progress of what takes long, on a terminal.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// The time between two updates. What takes less time shows no progress.
const INTERVAL: Duration = Duration::from_millis(500);

/// Runs all steps, each of which gives the fraction that is done.
pub(crate) fn run_with_progress(what: &str, steps: impl Iterator<Item = f64>) {
    let mut error = io::stderr();
    let is_terminal = error.is_terminal();
    let mut updated = Instant::now();
    let mut has_line = false;
    for fraction in steps {
        if is_terminal && updated.elapsed() > INTERVAL {
            // If the terminal cannot be written, there is nowhere to report it.
            let _ = write!(error, "\r{what}: {:.0} %", fraction * 100.0);
            updated = Instant::now();
            has_line = true;
        }
    }
    if has_line {
        let _ = writeln!(error, "\r{what}: done ");
    }
}
