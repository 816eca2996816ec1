//! The element that plotly.js draws into.

use super::Plan;
use crate::browser::plotly::{Plot, Point, drawn};
use crate::browser::{page, queue};
use crate::charts::{Drawing, Graphic, Theme, configuration};
use crate::components::hooks::use_dark;
use crate::text::messages;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Properties of [`Chart`].
#[derive(Properties, PartialEq)]
pub struct ChartProps {
    /// The figure's title, for assistive technology and the PNG's name.
    pub title: AttrValue,
    /// What to draw; made when the chart's turn comes, and drawn again only when it differs.
    pub plan: Plan,
    /// Called with what the plan made, just before it is drawn. Without a row of numbers there
    /// is nothing to draw, and the chart's element is hidden.
    pub on_made: Callback<Graphic>,
    /// Called with each mark that is clicked.
    #[prop_or_default]
    pub on_point: Option<Callback<Point>>,
}

/// What is on the page.
#[derive(Default)]
struct Stand {
    plot: Option<Plot>,
    /// What the plot shows, in which colours, and as which figure's.
    drawn: Option<(Rc<Drawing>, Theme, AttrValue)>,
}

/// A chart: drawn in place on every change, in the page's colours, taken away with the element.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let element = use_node_ref();
    let stand = use_mut_ref(Stand::default);
    let failure = use_state_eq(|| None::<String>);
    let theme = Theme::from_preference(use_dark());
    // The latest callback, so that a click after a re-render reaches today's state.
    let on_point = use_mut_ref(|| None::<Callback<Point>>);
    on_point.replace(props.on_point.clone());

    {
        let (element, stand, failure) = (element.clone(), stand.clone(), failure.setter());
        let on_made = props.on_made.clone();
        let wanted = (props.title.clone(), props.plan.clone(), theme);
        use_effect_with(wanted, move |(title, plan, theme)| {
            let Some(host) = element.cast::<HtmlElement>() else {
                return;
            };
            let (title, plan, theme) = (title.clone(), plan.clone(), *theme);
            let target = host.clone();
            queue::enqueue(host, move || {
                let graphic = plan.graphic();
                on_made.emit(graphic.clone());
                let empty = graphic.table.rows.is_empty();
                target.set_hidden(empty);
                if empty {
                    stand.take();
                    failure.set(None);
                    page::mark_drawn(&target);
                    return;
                }
                let outcome = stand.borrow_mut().draw(&target, graphic, theme, &title);
                match outcome {
                    Err(reason) => failure.set(Some(reason)),
                    Ok(None) => {}
                    Ok(Some(promise)) => {
                        let stand = stand.clone();
                        spawn_local(async move {
                            match drawn(promise).await {
                                Err(reason) => {
                                    stand.borrow_mut().drawn = None;
                                    failure.set(Some(reason));
                                }
                                Ok(()) => {
                                    failure.set(None);
                                    listen(&stand, on_point);
                                    page::mark_drawn(&target);
                                }
                            }
                        });
                    }
                }
            });
        });
    }
    {
        let element = element.clone();
        // Runs when the component goes: the plot's own drop takes the chart away.
        use_effect_with((), move |()| {
            let host = element.cast::<HtmlElement>();
            move || {
                if let Some(host) = host {
                    queue::forget(&host);
                }
                drop(stand.take());
            }
        });
    }

    html! {
        <>
            <div ref={element} class="chart" role="group" aria-label={format!("Chart: {}", props.title)} />
            if let Some(reason) = &*failure {
                <p class="chart-failure" role="alert">
                    { messages::chart_error(reason) }
                </p>
            }
        </>
    }
}

impl Stand {
    /// Draws what is not drawn already.
    fn draw(
        &mut self,
        target: &HtmlElement,
        graphic: &Graphic,
        theme: Theme,
        title: &AttrValue,
    ) -> Result<Option<js_sys::Promise>, String> {
        let wanted = (Rc::clone(&graphic.drawing), theme, title.clone());
        if self.drawn.as_ref() == Some(&wanted) {
            return Ok(None);
        }
        // Until it is known to have come off.
        self.drawn = None;
        let plot = self.plot.get_or_insert_with(|| Plot::new(target.clone()));
        let promise = plot.draw(&graphic.drawing, theme, &configuration(title))?;
        self.drawn = Some(wanted);
        Ok(Some(promise))
    }
}

/// Passes clicks on to whichever callback the component has by then.
fn listen(stand: &RefCell<Stand>, on_point: Rc<RefCell<Option<Callback<Point>>>>) {
    if let Some(plot) = stand.borrow_mut().plot.as_mut() {
        plot.on_click(move |point| {
            let callback = on_point.borrow().clone();
            if let Some(callback) = callback {
                callback.emit(point);
            }
        });
    }
}
