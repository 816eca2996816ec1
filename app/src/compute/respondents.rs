//! The respondents of a figure: from the simulation on the page, or from a worker.

use std::borrow::Cow;
use std::cell::RefCell;
use std::mem;
use std::rc::Rc;

use conjoint::simulation::Simulation;
use worker::protocol::{Request, RespondentFigure, RespondentResult, Response};
use yew::prelude::*;

use super::client::WorkerEvent;
use super::live::Live;
use super::session::Kind;
use super::use_analyses::Shared;
use crate::browser::timing;

/// Where a figure gets its respondents from.
#[derive(Clone)]
pub enum Respondents {
    /// From the simulation on the page, when the figure is drawn.
    Local(Rc<RefCell<Simulation>>, RespondentFigure),
    /// From a worker.
    Remote(Shared<RespondentResult>),
}

impl PartialEq for Respondents {
    /// Whether they come from the same place; what they are follows from the market too.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Local(one, figure), Self::Local(other, other_figure)) => {
                Rc::ptr_eq(one, other) && figure == other_figure
            }
            (Self::Remote(one), Self::Remote(other)) => one == other,
            _ => false,
        }
    }
}

impl Respondents {
    /// The respondents; computes them where the page has the simulation.
    pub fn get(&self) -> Cow<'_, RespondentResult> {
        match self {
            Self::Local(simulation, figure) => {
                let compute = || RespondentResult::compute(&simulation.borrow(), figure);
                Cow::Owned(timing::measure("recompute densities", compute))
            }
            Self::Remote(result) => Cow::Borrowed(result),
        }
    }
}

/// The respondents of a figure at the newest results; `None` while a worker computes them.
#[hook]
pub fn use_respondents(live: &Live, figure: RespondentFigure) -> Option<Respondents> {
    let found = use_state(|| None::<(Live, RespondentFigure, Shared<RespondentResult>)>);
    {
        let found = found.setter();
        use_effect_with((live.clone(), figure.clone()), move |(live, figure)| {
            if live.is_local() {
                return;
            }
            let request = Request::ShowRespondents(live.input(), figure.clone());
            let kind = Kind::Respondents(mem::discriminant(figure));
            let (live, figure) = (live.clone(), figure.clone());
            let session = Rc::clone(live.session());
            session.submit(kind, request, move |event| {
                if let WorkerEvent::Response(Response::Respondents(result), _) = event {
                    let result = Shared::new(result);
                    found.set(Some((live.clone(), figure.clone(), result)));
                }
            });
        });
    }
    if live.is_local() {
        return Some(Respondents::Local(Rc::clone(&live.simulation), figure));
    }
    let found = found
        .as_ref()
        .filter(|(of, shown, _)| of == live && *shown == figure);
    found.map(|(.., result)| Respondents::Remote(result.clone()))
}
