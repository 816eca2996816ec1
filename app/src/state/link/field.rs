//! One key of a link, and the values that stand for what the user chose.

use conjoint::study::Study;

use crate::state::Snapshot;

/// A key of a link: how its values are read and written.
///
/// A field is left out of a link if it would write the same values for the study's defaults, so
/// that each default is in one place, [`Snapshot::new`].
pub(super) struct LinkField {
    /// The key, which links of earlier versions contain and which therefore never changes.
    pub(super) key: &'static str,
    /// Removes the default values, which the first value in a link replaces; for lists only.
    pub(super) clear: Option<fn(&mut Snapshot)>,
    /// Takes a value over; `None` if the study has nothing of that name.
    pub(super) read: fn(&mut Snapshot, &Study, &str) -> Option<()>,
    /// The values to write, in order.
    pub(super) write: fn(&Snapshot, &Study) -> Vec<String>,
}

impl LinkField {
    /// A field whose last value counts, or whose values add to what is there.
    pub(super) const fn new(
        key: &'static str,
        read: fn(&mut Snapshot, &Study, &str) -> Option<()>,
        write: fn(&Snapshot, &Study) -> Vec<String>,
    ) -> Self {
        Self {
            key,
            clear: None,
            read,
            write,
        }
    }

    /// A list that is not empty by default. A single empty value means that it is empty.
    pub(super) const fn list(
        key: &'static str,
        clear: fn(&mut Snapshot),
        read: fn(&mut Snapshot, &Study, &str) -> Option<()>,
        write: fn(&Snapshot, &Study) -> Vec<String>,
    ) -> Self {
        Self {
            key,
            clear: Some(clear),
            read,
            write,
        }
    }

    /// The values that a link needs to restore the snapshot.
    pub(super) fn values(
        &self,
        snapshot: &Snapshot,
        defaults: &Snapshot,
        study: &Study,
    ) -> Vec<String> {
        let values = (self.write)(snapshot, study);
        if values == (self.write)(defaults, study) {
            return Vec::new();
        }
        if values.is_empty() && self.clear.is_some() {
            return vec![String::new()];
        }
        values
    }
}
