//! The bar at the bottom of the window: whether the server can be reached, and whether an update
//! is available. Usually it is empty.

use yew::prelude::*;

use crate::browser::service_worker;
use crate::components::hooks::{AvailableUpdate, ConnectionStatus};

/// Shows the connection's status, with a button that applies an update. The element is always
/// there, because screen readers announce only changes of an existing one.
pub fn connection_bar(status: ConnectionStatus) -> Html {
    let update = status.update.map(|update| match update {
        AvailableUpdate::Version => "A new version is ready.",
        AvailableUpdate::Study => "The study on the server has changed.",
    });
    html! {
        <div class="connection" role="status">
            if status.is_offline {
                <span>{ "Offline: shown from this browser's copy." }</span>
            }
            if let Some(update) = update {
                <span>
                    { update }{ " " }
                    <button
                        type="button"
                        class="quiet"
                        onclick={|_| service_worker::apply_update()}
                    >
                        { "Reload" }
                    </button>
                </span>
            }
        </div>
    }
}
