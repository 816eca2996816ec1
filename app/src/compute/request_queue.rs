//! Requests that wait for one another: the pure part of what keeps a large study's results up to date.
//!
//! One request is answered at a time, because each worker that joined would have to read the whole
//! study. Of each kind, only the newest waits.

use std::collections::VecDeque;

/// Requests with their kinds.
#[derive(Debug)]
pub(super) struct RequestQueue<K, R> {
    waiting: VecDeque<(K, R)>,
    is_busy: bool,
}

impl<K, R> Default for RequestQueue<K, R> {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            is_busy: false,
        }
    }
}

impl<K: PartialEq, R> RequestQueue<K, R> {
    /// Adds a request in place of a waiting one of its kind. Returns the request to send now, if no
    /// other is being answered.
    pub(super) fn submit(&mut self, kind: K, request: R) -> Option<R> {
        self.remove(&kind);
        self.waiting.push_back((kind, request));
        match self.is_busy {
            true => None,
            false => self.next(),
        }
    }

    /// Takes a waiting request of a kind out: it is no longer wanted.
    pub(super) fn remove(&mut self, kind: &K) {
        self.waiting.retain(|(other, _)| other != kind);
    }

    /// After an answer: the request to send next.
    pub(super) fn next(&mut self) -> Option<R> {
        let next = self.waiting.pop_front();
        self.is_busy = next.is_some();
        next.map(|(_, request)| request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_request_is_answered_at_a_time_in_order() {
        let mut queue = RequestQueue::default();
        assert_eq!(queue.submit("results", 1), Some(1));
        assert_eq!(queue.submit("cell", 2), None);
        assert_eq!(queue.submit("brands", 3), None);
        assert_eq!(queue.next(), Some(2));
        assert_eq!(queue.next(), Some(3));
        assert_eq!(queue.next(), None);
        assert_eq!(queue.submit("cell", 4), Some(4));
    }

    #[test]
    fn the_newest_request_of_a_kind_replaces_one_that_waits() {
        let mut queue = RequestQueue::default();
        assert_eq!(queue.submit("results", 1), Some(1));
        assert_eq!(queue.submit("results", 2), None);
        assert_eq!(queue.submit("results", 3), None);
        assert_eq!(queue.next(), Some(3));
        assert_eq!(queue.next(), None);
    }

    #[test]
    fn a_request_that_is_no_longer_wanted_is_not_sent() {
        let mut queue = RequestQueue::default();
        assert_eq!(queue.submit("results", 1), Some(1));
        assert_eq!(queue.submit("cell", 2), None);
        queue.remove(&"cell");
        assert_eq!(queue.next(), None);
    }
}
