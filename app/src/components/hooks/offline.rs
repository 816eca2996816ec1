//! How the page stands to its server: whether that answers, and whether it has something newer.

use std::cell::Cell;

use yew::prelude::*;

use crate::browser::offline::{self, Status};
use crate::browser::page;
use crate::compute::load;

/// What the server has that this page does not show yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newer {
    /// A newer build of the page.
    Version,
    /// Another state of the study.
    Study,
}

/// How the page stands to its server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// The server did not answer when it was last asked.
    pub offline: bool,
    /// What waits to be taken up.
    pub newer: Option<Newer>,
}

impl Standing {
    /// After a message of the service worker.
    fn after(self, status: Status) -> Self {
        // A newer build waits until it is taken up; a newer study may be taken back.
        let newer = if self.newer == Some(Newer::Version) || status.has_new_version {
            Some(Newer::Version)
        } else {
            status.has_new_study.then_some(Newer::Study)
        };
        let offline = status.is_offline;
        Self { offline, newer }
    }
}

/// Asks the server once the first figures are drawn, then whenever the reader comes back to the
/// page or the network does.
#[hook]
pub fn use_standing() -> Standing {
    let standing = use_state_eq(Standing::default);
    let setter = standing.setter();
    use_effect_with((), move |()| {
        let now = Cell::new(Standing::default());
        let heard = offline::on_status(move |status| {
            now.set(now.get().after(status));
            setter.set(now.get());
        });
        let asking = page::on_return(|| {
            // A study that cannot be shown is not worth keeping; one that is kept is followed.
            if page::is_ready() || offline::is_in_use() {
                offline::check(&load::paths());
            }
        });
        move || drop((heard, asking))
    });
    *standing
}

#[cfg(test)]
mod tests {
    use super::{Newer, Standing, Status};

    #[test]
    fn a_newer_build_stays_and_a_newer_study_may_go() {
        let begin = Standing::default();
        let nothing = Status::default();
        let study = begin.after(Status {
            is_offline: true,
            has_new_study: true,
            ..nothing
        });
        assert_eq!((study.offline, study.newer), (true, Some(Newer::Study)));
        assert_eq!(study.after(nothing), begin);
        let version = study.after(Status {
            has_new_version: true,
            ..nothing
        });
        assert_eq!(
            (version.offline, version.newer),
            (false, Some(Newer::Version))
        );
        let offline = Status {
            is_offline: true,
            ..nothing
        };
        assert_eq!(version.after(offline).newer, Some(Newer::Version));
    }
}
