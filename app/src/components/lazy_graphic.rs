//! A figure's drawing and numbers, computed only when they are needed.

use std::cell::LazyCell;
use std::rc::Rc;

use yew::html::ImplicitClone;
use yew::prelude::*;

use crate::charts::Graphic;

type Compute = Box<dyn FnOnce() -> Graphic>;

/// A graphic that is computed once, on first use. An edit renders the page without waiting for
/// figures that are out of sight.
#[derive(Clone)]
pub struct LazyGraphic(Rc<LazyCell<Graphic, Compute>>);

impl LazyGraphic {
    /// A graphic that `compute` will return.
    pub fn new(compute: impl FnOnce() -> Graphic + 'static) -> Self {
        Self(Rc::new(LazyCell::new(Box::new(compute))))
    }

    /// The graphic; computes it on the first call.
    pub fn get(&self) -> &Graphic {
        &self.0
    }
}

impl PartialEq for LazyGraphic {
    /// Compares identity: comparing content would compute it.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl ImplicitClone for LazyGraphic {}

/// The graphic, or else the previous one with the class of an outdated figure.
#[hook]
pub fn use_last_graphic(
    graphic: Option<LazyGraphic>,
) -> Option<(LazyGraphic, Option<&'static str>)> {
    let last = use_mut_ref(|| None::<LazyGraphic>);
    let is_stale = graphic.is_none();
    let mut last = last.borrow_mut();
    if let Some(graphic) = graphic {
        *last = Some(graphic);
    }
    let last = last.clone()?;
    Some((last, is_stale.then_some("stale")))
}

/// Reserves the space of a figure before its first graphic is computed.
pub fn placeholder(title: &str, class: &'static str) -> Html {
    html! {
        <figure
            role="figure"
            aria-label={title.to_owned()}
            aria-busy="true"
            class={classes!("waiting", class)}
        >
            <header><h2>{ title }</h2></header>
            <p class="lead">{ "Computing …" }</p>
        </figure>
    }
}
