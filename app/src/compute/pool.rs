//! Which worker answers the next request: the pure part of the client.

use std::rc::Rc;

use worker::protocol::Program;

/// Workers without a request, at most one for each program and one more for what follows edits: starting
/// one costs more than keeping it.
#[derive(Debug)]
pub(super) struct Pool<W> {
    idle: Vec<Idle<W>>,
}

/// A worker without a request.
#[derive(Debug, PartialEq)]
pub(super) struct Idle<W> {
    pub(super) program: Program,
    /// Whether it is kept for requests that follow edits, so that no analysis occupies it.
    pub(super) follows_edits: bool,
    /// The digest of the study that the worker holds.
    pub(super) study: Option<Rc<str>>,
    pub(super) worker: W,
}

impl<W> Pool<W> {
    pub(super) const fn new() -> Self {
        Self { idle: Vec::new() }
    }

    /// Takes out the idle worker of a program.
    pub(super) fn take(&mut self, program: Program, follows_edits: bool) -> Option<Idle<W>> {
        let is_wanted =
            |idle: &Idle<W>| idle.program == program && idle.follows_edits == follows_edits;
        let place = self.idle.iter().position(is_wanted)?;
        Some(self.idle.remove(place))
    }

    /// Keeps a worker that has answered. Returns the one that it displaces, which is to be ended.
    pub(super) fn put(&mut self, idle: Idle<W>) -> Option<W> {
        let displaced = self.take(idle.program, idle.follows_edits);
        let displaced = displaced.map(|displaced| displaced.worker);
        self.idle.push(idle);
        displaced
    }
}

/// Whether the study has to travel with a request, to a worker that holds `held`.
pub(super) fn must_send(wanted: Option<&str>, held: Option<&str>) -> bool {
    wanted.is_some() && wanted != held
}

/// Whether a request is sent to a new worker after its worker died. An idle one may have been ended
/// by the browser, for its memory; where a new one dies, the request is what kills it.
pub(super) fn should_retry(was_idle: bool) -> bool {
    was_idle
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idle(program: Program, study: Option<&str>, worker: u8) -> Idle<u8> {
        Idle {
            program,
            follows_edits: false,
            study: study.map(Rc::from),
            worker,
        }
    }

    #[test]
    fn a_worker_serves_its_own_program() {
        let mut pool = Pool::new();
        assert_eq!(pool.put(idle(Program::Files, None, 1)), None);
        assert_eq!(pool.take(Program::Analyst, false), None);
        assert_eq!(
            pool.take(Program::Files, false),
            Some(idle(Program::Files, None, 1))
        );
        assert_eq!(pool.take(Program::Files, false), None);
    }

    #[test]
    fn one_worker_of_each_program_is_kept_the_last() {
        let mut pool = Pool::new();
        assert_eq!(pool.put(idle(Program::Analyst, Some("a"), 1)), None);
        assert_eq!(pool.put(idle(Program::Files, None, 2)), None);
        assert_eq!(pool.put(idle(Program::Analyst, Some("b"), 3)), Some(1));
        let kept = pool.take(Program::Analyst, false);
        assert_eq!(kept, Some(idle(Program::Analyst, Some("b"), 3)));
        assert_eq!(
            pool.take(Program::Files, false).map(|kept| kept.worker),
            Some(2)
        );
    }

    #[test]
    fn an_analysis_does_not_take_the_worker_of_edits() {
        let mut pool = Pool::new();
        let of_edits = Idle {
            follows_edits: true,
            ..idle(Program::Analyst, Some("a"), 1)
        };
        assert_eq!(pool.put(of_edits), None);
        assert_eq!(pool.take(Program::Analyst, false), None);
        assert_eq!(pool.put(idle(Program::Analyst, Some("a"), 2)), None);
        let kept = pool.take(Program::Analyst, true);
        assert_eq!(kept.map(|kept| kept.worker), Some(1));
    }

    #[test]
    fn a_study_travels_once() {
        assert!(must_send(Some("a"), None));
        assert!(must_send(Some("a"), Some("b")));
        assert!(!must_send(Some("a"), Some("a")));
        assert!(!must_send(None, Some("a")));
        assert!(!must_send(None, None));
    }
}
