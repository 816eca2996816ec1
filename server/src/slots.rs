//! Slots for connections, and which connection is evicted when all of them are taken.
//!
//! A client that opens connections and leaves them idle could occupy every slot until the idle
//! timeout. So when a new connection arrives and no slot is free, the connection that has been
//! idle longest is evicted. A connection with a response in progress is never evicted; new
//! connections wait while every slot has one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// How often to look for an idle connection while every slot has a response in progress.
const RETRY_INTERVAL: Duration = Duration::from_millis(50);

/// A fixed number of connection slots.
#[derive(Debug)]
pub struct ConnectionSlots {
    count: u32,
    free: Arc<Semaphore>,
    open: Arc<OpenConnections>,
}

/// The connections that hold a slot, by a number that grows with each new connection.
#[derive(Debug, Default)]
struct OpenConnections(Mutex<(u64, HashMap<u64, Arc<ConnectionActivity>>)>);

impl OpenConnections {
    fn lock(&self) -> MutexGuard<'_, (u64, HashMap<u64, Arc<ConnectionActivity>>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ConnectionSlots {
    /// Creates `count` slots, all free.
    pub fn new(count: u32) -> Self {
        Self {
            count,
            free: Arc::new(Semaphore::new(count as usize)),
            open: Arc::default(),
        }
    }

    /// Takes a slot for a new connection; waits until one is available.
    pub async fn acquire(&self) -> ConnectionSlot {
        let permit = loop {
            if let Ok(permit) = Arc::clone(&self.free).try_acquire_owned() {
                break Some(permit);
            }
            self.evict_longest_idle();
            let next_free = Arc::clone(&self.free).acquire_owned();
            if let Ok(permit) = tokio::time::timeout(RETRY_INTERVAL, next_free).await {
                break permit.ok();
            }
        };
        let activity = Arc::new(ConnectionActivity::new(Instant::now()));
        let mut open = self.open.lock();
        open.0 += 1;
        let number = open.0;
        open.1.insert(number, Arc::clone(&activity));
        ConnectionSlot {
            number,
            activity,
            open: Arc::clone(&self.open),
            _permit: permit,
        }
    }

    /// Evicts the connection that has been idle longest, if any is idle.
    fn evict_longest_idle(&self) {
        let open = self.open.lock();
        let longest_idle = open
            .1
            .values()
            .filter_map(|activity| Some((activity.idle_since()?, activity)))
            .min_by_key(|(since, _)| *since);
        if let Some((_, activity)) = longest_idle {
            activity.evict();
        }
    }

    /// Waits until every slot is free.
    pub async fn wait_until_all_free(&self) {
        let _ = self.free.acquire_many(self.count).await;
    }
}

/// One slot, which becomes free when this value is dropped.
#[derive(Debug)]
pub struct ConnectionSlot {
    number: u64,
    activity: Arc<ConnectionActivity>,
    open: Arc<OpenConnections>,
    _permit: Option<OwnedSemaphorePermit>,
}

impl ConnectionSlot {
    /// What the connection in this slot is doing.
    pub fn activity(&self) -> &Arc<ConnectionActivity> {
        &self.activity
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        self.open.lock().1.remove(&self.number);
    }
}

/// What a connection is doing: it has been idle since some moment, or it is responding. The
/// request handler and the socket update this for every response, so it is a single atomic
/// number instead of a lock.
#[derive(Debug)]
pub struct ConnectionActivity {
    accepted_at: Instant,
    /// Microseconds from `accepted_at` to the end of the last response, or one of the constants
    /// `RESPONDING` and `EVICTED`
    state: AtomicU64,
    eviction: Notify,
}

const RESPONDING: u64 = u64::MAX;
const EVICTED: u64 = u64::MAX - 1;

impl ConnectionActivity {
    /// A connection that was accepted at `now` and is idle.
    pub fn new(now: Instant) -> Self {
        Self {
            accepted_at: now,
            state: AtomicU64::new(0),
            eviction: Notify::new(),
        }
    }

    /// Records that a response is in progress.
    pub fn start_response(&self) {
        self.state.store(RESPONDING, Ordering::Relaxed);
    }

    /// Records that the response has been sent.
    pub fn finish_response(&self, now: Instant) {
        let since = now.duration_since(self.accepted_at).as_micros();
        let since = u64::try_from(since).unwrap_or(EVICTED).min(EVICTED - 1);
        self.state.store(since, Ordering::Relaxed);
    }

    /// Whether a response is in progress.
    pub fn is_responding(&self) -> bool {
        self.state.load(Ordering::Relaxed) == RESPONDING
    }

    /// Returns when the connection has to give up its slot.
    pub async fn wait_for_eviction(&self) {
        self.eviction.notified().await;
    }

    fn idle_since(&self) -> Option<Instant> {
        match self.state.load(Ordering::Relaxed) {
            RESPONDING | EVICTED => None,
            since => self.accepted_at.checked_add(Duration::from_micros(since)),
        }
    }

    fn evict(&self) {
        self.state.store(EVICTED, Ordering::Relaxed);
        self.eviction.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn longest_idle_is_evicted_first_and_responding_never() {
        let slots = ConnectionSlots::new(3);
        let (first, second, third) = (
            slots.acquire().await,
            slots.acquire().await,
            slots.acquire().await,
        );
        let later = Instant::now() + Duration::from_secs(9);
        first.activity().start_response();
        second.activity().finish_response(later);
        slots.evict_longest_idle();
        third.activity().wait_for_eviction().await;
        slots.evict_longest_idle();
        second.activity().wait_for_eviction().await;
        slots.evict_longest_idle();
        let eviction = first.activity().wait_for_eviction();
        let result = tokio::time::timeout(Duration::from_millis(20), eviction).await;
        assert!(result.is_err(), "evicted during a response");
    }

    #[tokio::test]
    async fn a_dropped_slot_is_free() {
        let slots = ConnectionSlots::new(1);
        drop(slots.acquire().await);
        drop(slots.acquire().await);
        slots.wait_until_all_free().await;
        assert!(slots.open.lock().1.is_empty());
    }
}
