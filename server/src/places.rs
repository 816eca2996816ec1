//! The places for connections, and who gives way when all are taken.
//!
//! A client that opens connections and leaves them could hold every place for as long as a
//! connection may rest. So the one that has rested longest, with no answer under way, gives
//! its place to who comes next; only when every place has an answer under way do others wait.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// How often to look again for one that rests, while every place has an answer under way.
const AGAIN: Duration = Duration::from_millis(50);

/// All places.
#[derive(Debug)]
pub struct Places {
    count: u32,
    free: Arc<Semaphore>,
    taken: Arc<Taken>,
}

/// The connections that have a place, by the order in which they came.
#[derive(Debug, Default)]
struct Taken(Mutex<(u64, HashMap<u64, Arc<Activity>>)>);

impl Taken {
    fn lock(&self) -> MutexGuard<'_, (u64, HashMap<u64, Arc<Activity>>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Places {
    /// `count` places, all free.
    pub fn new(count: u32) -> Self {
        Self {
            count,
            free: Arc::new(Semaphore::new(count as usize)),
            taken: Arc::default(),
        }
    }

    /// A place for a new connection, as soon as there is one.
    pub async fn take(&self) -> Place {
        let permit = loop {
            if let Ok(permit) = Arc::clone(&self.free).try_acquire_owned() {
                break Some(permit);
            }
            self.free_one();
            let freed = Arc::clone(&self.free).acquire_owned();
            if let Ok(permit) = tokio::time::timeout(AGAIN, freed).await {
                break permit.ok();
            }
        };
        let activity = Arc::new(Activity::resting(Instant::now()));
        let mut taken = self.taken.lock();
        taken.0 += 1;
        let number = taken.0;
        taken.1.insert(number, Arc::clone(&activity));
        Place {
            number,
            activity,
            taken: Arc::clone(&self.taken),
            _permit: permit,
        }
    }

    /// Asks the connection that has rested longest to leave, if one rests.
    fn free_one(&self) {
        let taken = self.taken.lock();
        let longest = taken
            .1
            .values()
            .filter_map(|activity| Some((activity.resting_since()?, activity)))
            .min_by_key(|(since, _)| *since);
        if let Some((_, activity)) = longest {
            activity.ask_to_leave();
        }
    }

    /// Waits until every place is free.
    pub async fn all_free(&self) {
        let _ = self.free.acquire_many(self.count).await;
    }
}

/// A place that is taken, until this is dropped.
#[derive(Debug)]
pub struct Place {
    number: u64,
    activity: Arc<Activity>,
    taken: Arc<Taken>,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Place {
    /// What the connection at this place does.
    pub fn activity(&self) -> &Arc<Activity> {
        &self.activity
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.taken.lock().1.remove(&self.number);
    }
}

/// What a connection does: it rests since a moment, or an answer is under way. Set where
/// requests are answered and by the socket that has sent the answer; each answer comes by
/// here, so it is one number and no lock.
#[derive(Debug)]
pub struct Activity {
    accepted: Instant,
    /// Microseconds from the acceptance to the last answer's end, or one of the two below
    rests_since: AtomicU64,
    leave: Notify,
}

const ANSWERING: u64 = u64::MAX;
const LEAVING: u64 = u64::MAX - 1;

impl Activity {
    /// A connection that was accepted just now.
    pub fn resting(now: Instant) -> Self {
        Self {
            accepted: now,
            rests_since: AtomicU64::new(0),
            leave: Notify::new(),
        }
    }

    /// An answer is under way.
    pub fn answers(&self) {
        self.rests_since.store(ANSWERING, Ordering::Relaxed);
    }

    /// The answer is out.
    pub fn rests(&self, now: Instant) {
        let since = now.duration_since(self.accepted).as_micros();
        let since = u64::try_from(since).unwrap_or(LEAVING).min(LEAVING - 1);
        self.rests_since.store(since, Ordering::Relaxed);
    }

    /// Whether an answer is under way.
    pub fn is_answering(&self) -> bool {
        self.rests_since.load(Ordering::Relaxed) == ANSWERING
    }

    /// Returns when the connection is to give up its place.
    pub async fn asked_to_leave(&self) {
        self.leave.notified().await;
    }

    fn resting_since(&self) -> Option<Instant> {
        match self.rests_since.load(Ordering::Relaxed) {
            ANSWERING | LEAVING => None,
            since => self.accepted.checked_add(Duration::from_micros(since)),
        }
    }

    fn ask_to_leave(&self) {
        self.rests_since.store(LEAVING, Ordering::Relaxed);
        self.leave.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_rests_longest_is_asked_first_and_who_answers_never() {
        let places = Places::new(3);
        let (first, second, third) = (
            places.take().await,
            places.take().await,
            places.take().await,
        );
        let later = Instant::now() + Duration::from_secs(9);
        first.activity().answers();
        second.activity().rests(later);
        places.free_one();
        third.activity().asked_to_leave().await;
        places.free_one();
        second.activity().asked_to_leave().await;
        places.free_one();
        let asked = first.activity().asked_to_leave();
        let waited = tokio::time::timeout(Duration::from_millis(20), asked).await;
        assert!(waited.is_err(), "an answer was under way");
    }

    #[tokio::test]
    async fn a_place_is_free_when_it_was_left() {
        let places = Places::new(1);
        drop(places.take().await);
        drop(places.take().await);
        places.all_free().await;
        assert!(places.taken.lock().1.is_empty());
    }
}
