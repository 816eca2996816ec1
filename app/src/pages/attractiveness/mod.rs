//! Product Attractiveness: which offers attract the choosers of which other offers.

mod figures;

use yew::prelude::*;

use crate::components::PageProps;
use figures::figures;

/// The page.
pub fn attractiveness_page(props: &PageProps) -> Html {
    figures(props)
}
