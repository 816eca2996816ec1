//! The bar in the window's lower corner: that the server does not answer, that there is something
//! newer. Most of the time there is nothing to say, and nothing to see.

use yew::prelude::*;

use crate::browser::offline;
use crate::components::hooks::{Newer, Standing};

/// How the page stands to its server, with a button where it has something newer. The element is
/// there before it says anything: only then is it read out.
pub fn standing_bar(standing: Standing) -> Html {
    let newer = standing.newer.map(|newer| match newer {
        Newer::Version => "A new version is ready.",
        Newer::Study => "The study on the server has changed.",
    });
    html! {
        <div class="standing" role="status">
            if standing.offline {
                <span>{ "Offline: shown from this browser's copy." }</span>
            }
            if let Some(newer) = newer {
                <span>
                    { newer }{ " " }
                    <button type="button" class="quiet" onclick={|_| offline::renew()}>
                        { "Reload" }
                    </button>
                </span>
            }
        </div>
    }
}
