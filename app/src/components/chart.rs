//! The element that plotly.js draws into.

use crate::charts::{Drawing, Theme, configuration};
use crate::hooks::use_dark;
use crate::js::plotly::{Plot, Point, drawn};
use crate::js::{page, queue};
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
    /// What to draw; drawn again only when it differs.
    pub drawing: Rc<Drawing>,
    /// Called with each mark that is clicked.
    #[prop_or_default]
    pub on_point: Option<Callback<Point>>,
}

/// A chart: drawn in place on every change, in the page's colours, taken away with the element.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let element = use_node_ref();
    let plot = use_mut_ref(|| None::<Plot>);
    let failure = use_state_eq(|| None::<String>);
    let theme = Theme::of(use_dark());
    // The latest callback, so that a click after a re-render reaches today's state.
    let on_point = use_mut_ref(|| None::<Callback<Point>>);
    on_point.replace(props.on_point.clone());

    {
        let (element, plot, failure) = (element.clone(), plot.clone(), failure.setter());
        let drawing = (props.title.clone(), props.drawing.clone(), theme);
        use_effect_with(drawing, move |(title, drawing, theme)| {
            let Some(host) = element.cast::<HtmlElement>() else {
                return;
            };
            let (title, drawing, theme) = (title.clone(), Rc::clone(drawing), *theme);
            let target = host.clone();
            queue::enqueue(host, move || {
                let outcome = plot
                    .borrow_mut()
                    .get_or_insert_with(|| Plot::new(target.clone()))
                    .draw(&drawing, theme, &configuration(&title));
                match outcome {
                    Err(reason) => failure.set(Some(reason)),
                    Ok(promise) => spawn_local(async move {
                        match drawn(promise).await {
                            Err(reason) => failure.set(Some(reason)),
                            Ok(()) => {
                                failure.set(None);
                                listen(&plot, on_point);
                                page::mark_drawn(&target);
                            }
                        }
                    }),
                }
            });
        });
    }
    // Runs when the component goes: the plot's own drop takes the chart away.
    use_effect_with((), move |()| move || drop(plot.take()));

    html! {
        <>
            <div ref={element} class="chart" role="group" aria-label={format!("Chart: {}", props.title)} />
            if let Some(reason) = &*failure {
                <p class="chart-failure" role="alert">
                    { format!("The chart cannot be drawn: {reason}. Its numbers are under Data.") }
                </p>
            }
        </>
    }
}

/// Passes clicks on to whichever callback the component has by then.
fn listen(plot: &RefCell<Option<Plot>>, on_point: Rc<RefCell<Option<Callback<Point>>>>) {
    if let Some(plot) = plot.borrow_mut().as_mut() {
        plot.on_click(move |point| {
            let callback = on_point.borrow().clone();
            if let Some(callback) = callback {
                callback.emit(point);
            }
        });
    }
}
