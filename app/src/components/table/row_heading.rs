//! The heading of a row.

use crate::format::shorten;
use yew::prelude::*;

/// The width of the longest name next to inputs, in letters: three lines.
pub const NEXT_TO_INPUTS: usize = 40;

/// The heading of the row of a product or a brand, with `mark` in front of it: a name of which at most
/// `columns` letters are visible, and all of it in a tooltip.
pub fn row_heading(name: &str, columns: usize, mark: Option<Html>) -> Html {
    let shown = shorten(name, columns).into_owned();
    let title = (shown != name).then(|| name.to_owned());
    html! { <th scope="row"><span class="name" {title}>{ mark }{ shown }</span></th> }
}
