//! The element that plotly.js draws into.

use super::LazyGraphic;
use crate::browser::plotly::{Plot, Point, finish};
use crate::browser::{page, queue};
use crate::charts::{Drawing, Graphic, Theme, configuration};
use crate::components::hooks::use_theme;
use crate::text::messages;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Properties of [`Chart`].
#[derive(Properties, PartialEq)]
pub struct ChartProps {
    /// The figure's title: the accessible name, and the name of the PNG.
    pub title: AttrValue,
    /// What to draw; computed when the chart is about to be drawn.
    pub graphic: LazyGraphic,
    /// The number of rows that set the height; 0 for the height of the style sheet.
    #[prop_or_default]
    pub rows: usize,
    /// Called with the computed graphic just before it is drawn. If its table has no rows, there is
    /// nothing to draw and the element is hidden.
    pub on_compute: Callback<Graphic>,
    /// Called with each mark that is clicked.
    #[prop_or_default]
    pub on_point: Option<Callback<Point>>,
}

/// The plot in the element.
#[derive(Default)]
struct PlotState {
    plot: Option<Plot>,
    /// What it shows: drawing, theme and title.
    drawn: Option<(Rc<Drawing>, Theme, AttrValue)>,
}

/// What drawing needs when its turn comes, which may be after several renderings.
#[derive(Clone)]
struct Canvas {
    plot: Rc<RefCell<PlotState>>,
    /// The current callback, so that a click always reaches the newest state.
    on_point: Rc<RefCell<Option<Callback<Point>>>>,
    failure: UseStateSetter<Option<String>>,
}

/// A chart. Redraws in place after every change, in the page's theme.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let element = use_node_ref();
    let plot = use_mut_ref(PlotState::default);
    let on_point = use_mut_ref(|| None::<Callback<Point>>);
    on_point.replace(props.on_point.clone());
    let failure = use_state_eq(|| None::<String>);
    let theme = use_theme();
    let canvas = Canvas {
        plot,
        on_point,
        failure: failure.setter(),
    };
    {
        let (element, canvas) = (element.clone(), canvas.clone());
        let on_compute = props.on_compute.clone();
        let content = (props.title.clone(), props.graphic.clone(), theme);
        use_effect_with(content, move |(title, graphic, theme)| {
            let Some(element) = element.cast::<HtmlElement>() else {
                return;
            };
            let (title, graphic, theme) = (title.clone(), graphic.clone(), *theme);
            let target = element.clone();
            queue::enqueue(element, move || {
                let graphic = graphic.get();
                on_compute.emit(graphic.clone());
                canvas.show(target, graphic, theme, &title);
            });
        });
    }
    {
        let (element, plot) = (element.clone(), canvas.plot.clone());
        // When the component is destroyed, dropping the plot removes the chart.
        use_effect_with((), move |()| {
            let element = element.cast::<HtmlElement>();
            move || {
                if let Some(element) = element {
                    queue::forget(&element);
                }
                drop(plot.take());
            }
        });
    }
    let style = (props.rows > 0).then(|| format!("height:{}rem", chart_height(props.rows)));
    html! {
        <>
            <div
                ref={element}
                class="chart"
                {style}
                role="group"
                aria-label={format!("Chart: {}", props.title)}
            />
            if let Some(reason) = &*failure {
                <p class="chart-failure" role="alert">
                    { messages::chart_error(reason) }
                </p>
            }
        </>
    }
}

/// The height of a chart with this many rows, in rem: of the rows, the axis and the legend.
fn chart_height(rows: usize) -> f64 {
    rows as f64 * 1.6 + 6.5
}

impl Canvas {
    /// Draws a graphic, or hides the element if there is nothing to draw.
    fn show(&self, target: HtmlElement, graphic: &Graphic, theme: Theme, title: &AttrValue) {
        let is_empty = graphic.table.rows.is_empty();
        target.set_hidden(is_empty);
        if is_empty {
            self.plot.take();
            self.failure.set(None);
            page::mark_drawn(&target);
            return;
        }
        let promise = self.plot.borrow_mut().draw(&target, graphic, theme, title);
        match promise {
            Err(reason) => self.failure.set(Some(reason)),
            Ok(None) => {}
            Ok(Some(promise)) => {
                let canvas = self.clone();
                spawn_local(async move {
                    match finish(promise).await {
                        Err(reason) => {
                            canvas.plot.borrow_mut().drawn = None;
                            canvas.failure.set(Some(reason));
                        }
                        Ok(()) => {
                            canvas.failure.set(None);
                            canvas.listen_to_clicks();
                            page::mark_drawn(&target);
                        }
                    }
                });
            }
        }
    }

    /// Passes clicks on to the current callback.
    fn listen_to_clicks(&self) {
        let on_point = Rc::clone(&self.on_point);
        if let Some(plot) = self.plot.borrow_mut().plot.as_mut() {
            plot.on_click(move |point| {
                let callback = on_point.borrow().clone();
                if let Some(callback) = callback {
                    callback.emit(point);
                }
            });
        }
    }
}

impl PlotState {
    /// Starts to draw, unless the plot shows exactly this already.
    fn draw(
        &mut self,
        target: &HtmlElement,
        graphic: &Graphic,
        theme: Theme,
        title: &AttrValue,
    ) -> Result<Option<js_sys::Promise>, String> {
        let content = (Rc::clone(&graphic.drawing), theme, title.clone());
        if self.drawn.as_ref() == Some(&content) {
            return Ok(None);
        }
        // If drawing fails, nothing counts as drawn.
        self.drawn = None;
        let plot = self.plot.get_or_insert_with(|| Plot::new(target.clone()));
        let drawing = &graphic.drawing;
        let promise = plot.draw(
            drawing.traces(),
            drawing.layout(),
            theme.template(),
            &configuration(title),
        )?;
        self.drawn = Some(content);
        Ok(Some(promise))
    }
}
