//! Data: which study is open, and how one of the reader's own takes its place.

mod about;
mod columns;
mod open;
mod problems;
mod studies;

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::Studies;
use crate::load::Loaded;
use about::About;
use open::Open;
use studies::StudyList;

/// Properties of the page.
#[derive(Properties, PartialEq)]
pub struct DataPageProps {
    /// The study that is open.
    pub loaded: Rc<Loaded>,
    /// All of them, and what can be done with them.
    pub studies: Studies,
}

/// The page.
#[component]
pub fn DataPage(props: &DataPageProps) -> Html {
    let DataPageProps { loaded, studies } = props;
    html! {
        <div class="data-page">
            <Open studies={studies.clone()} />
            <About loaded={Rc::clone(loaded)} />
            <StudyList studies={studies.clone()} />
        </div>
    }
}
