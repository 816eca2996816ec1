//! Whether the server can be reached, and whether it has an update.

use std::cell::Cell;

use yew::prelude::*;

use crate::browser::page;
use crate::browser::service_worker::{self, Status};
use crate::compute::load;

/// Something newer on the server than what the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AvailableUpdate {
    /// A newer build of the page.
    Version,
    /// A changed study.
    Study,
}

/// The page's connection to its server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ConnectionStatus {
    /// Whether the last request got no response.
    pub is_offline: bool,
    /// The update that can be applied.
    pub update: Option<AvailableUpdate>,
}

impl ConnectionStatus {
    /// The status after the service worker has reported this one.
    fn with_report(self, report: Status) -> Self {
        // A new build stays available until it is applied; a changed study may change back.
        let update = if self.update == Some(AvailableUpdate::Version) || report.has_new_version {
            Some(AvailableUpdate::Version)
        } else {
            report.has_new_study.then_some(AvailableUpdate::Study)
        };
        Self {
            is_offline: report.is_offline,
            update,
        }
    }
}

/// The status of the connection. It is checked after the first figures are drawn, and again
/// whenever the reader returns to the page or the network changes.
#[hook]
pub fn use_connection_status() -> ConnectionStatus {
    let status = use_state_eq(ConnectionStatus::default);
    let setter = status.setter();
    use_effect_with((), move |()| {
        let current = Cell::new(ConnectionStatus::default());
        let reports = service_worker::on_status(move |report| {
            current.set(current.get().with_report(report));
            setter.set(current.get());
        });
        let returns = page::on_return(|| {
            // Keep no copy of a study that cannot be shown, but keep an existing copy up to date.
            if page::is_ready() || service_worker::is_active() {
                service_worker::check_for_updates(&load::paths());
            }
        });
        move || drop((reports, returns))
    });
    *status
}

#[cfg(test)]
mod tests {
    use super::{AvailableUpdate, ConnectionStatus, Status};

    #[test]
    fn a_new_build_stays_available_and_a_changed_study_may_change_back() {
        let initial = ConnectionStatus::default();
        let nothing = Status::default();
        let study = initial.with_report(Status {
            is_offline: true,
            has_new_study: true,
            ..nothing
        });
        let found = (study.is_offline, study.update);
        assert_eq!(found, (true, Some(AvailableUpdate::Study)));
        assert_eq!(study.with_report(nothing), initial);
        let version = study.with_report(Status {
            has_new_version: true,
            ..nothing
        });
        let found = (version.is_offline, version.update);
        assert_eq!(found, (false, Some(AvailableUpdate::Version)));
        let offline = version.with_report(Status {
            is_offline: true,
            ..nothing
        });
        assert_eq!(offline.update, Some(AvailableUpdate::Version));
    }
}
