//! The heading of a row.

use crate::format::shorten;
use yew::prelude::*;

/// The widths of the longest names, in letters: three lines next to inputs, and of a wider column.
const NEXT_TO_INPUTS: usize = 40;
const WIDE: usize = 100;

/// The heading of a row with inputs: a name, of which a long one is cut and whole in a tooltip.
pub fn row_heading(name: &str) -> Html {
    heading(name, NEXT_TO_INPUTS, None)
}

/// The heading of a row of results, with room for a longer name, and `mark` in front of it.
pub fn result_heading(name: &str, mark: Option<Html>) -> Html {
    heading(name, WIDE, mark)
}

fn heading(name: &str, columns: usize, mark: Option<Html>) -> Html {
    let shown = shorten(name, columns).into_owned();
    let title = (shown != name).then(|| name.to_owned());
    html! { <th scope="row"><span class="name" {title}>{ mark }{ shown }</span></th> }
}
