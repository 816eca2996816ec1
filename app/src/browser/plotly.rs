//! plotly.js, which is run when the tables are painted: `Plotly.react`, `purge`, clicks and pictures.
//!
//! The `plotly` crate, whose parts describe axes, draws with a binding of its own that panics on
//! category axes and leaks its closures, hence this one.

use super::{describe, media, page};
use crate::charts::{Drawing, Picture, Theme};
use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

/// A mark that the reader clicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The trace's place in the drawing.
    pub trace: usize,
    /// The mark's place in the trace: one number, or row and column in a heatmap.
    pub index: Vec<usize>,
}

/// A chart in an element of the page; dropping it takes the chart away.
pub struct Plot {
    element: HtmlElement,
    click: Option<Closure<dyn FnMut(JsValue)>>,
}

impl Plot {
    /// A chart that will be drawn in `element`.
    pub fn new(element: HtmlElement) -> Self {
        Self {
            element,
            click: None,
        }
    }

    /// Draws, or changes what is drawn already into this; resolves when it is on the page.
    ///
    /// # Errors
    /// What plotly.js or the browser said, in words for the reader.
    pub fn draw(
        &self,
        drawing: &Drawing,
        theme: Theme,
        configuration: &str,
    ) -> Result<Promise, String> {
        self.react(drawing, theme, configuration)
            .map_err(|error| describe(&error))
    }

    fn react(
        &self,
        drawing: &Drawing,
        theme: Theme,
        configuration: &str,
    ) -> Result<Promise, JsValue> {
        let layout = JSON::parse(drawing.layout())?;
        Reflect::set(&layout, &"template".into(), &JSON::parse(theme.template())?)?;
        let arguments = Array::of4(
            &self.element,
            &JSON::parse(drawing.traces())?,
            &layout,
            &JSON::parse(configuration)?,
        );
        call("react", &arguments)?.dyn_into()
    }

    /// Calls back with every mark that is clicked. To be called after the first drawing,
    /// which gives the element its events; later calls change nothing.
    pub fn on_click(&mut self, clicked: impl Fn(Point) + 'static) {
        if self.click.is_some() {
            return;
        }
        let closure = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            if let Some(point) = point(&event) {
                clicked(point);
            }
        });
        let on = Reflect::get(&self.element, &"on".into());
        if let Ok(Ok(on)) = on.map(|on| on.dyn_into::<Function>())
            && on
                .call2(&self.element, &"plotly_click".into(), closure.as_ref())
                .is_ok()
        {
            self.click = Some(closure);
        }
    }
}

impl Drop for Plot {
    fn drop(&mut self) {
        // Without plotly.js there is nothing to take away.
        let _ = call("purge", &Array::of1(&self.element));
    }
}

/// Runs plotly.js. Where that cannot be had, every drawing tells the reader.
pub async fn load() {
    if let Ok(ended) = page::address("plotly").and_then(|source| page::run_script(&source)) {
        // The promise is only ever resolved.
        let _ = JsFuture::from(ended).await;
    }
}

/// Waits for a drawing that [`Plot::draw`] began.
///
/// # Errors
/// What plotly.js said, in words for the reader.
pub async fn drawn(promise: Promise) -> Result<(), String> {
    JsFuture::from(promise)
        .await
        .map(|_| ())
        .map_err(|error| describe(&error))
}

/// Saves the chart of a figure as a picture with the figure's title, as large as it is on the page
/// and as the reader has zoomed it; resolves when it is saved.
///
/// # Errors
/// Why there is none, in words for the reader.
pub fn save(figure: &Element, title: &str, kind: Picture) -> Result<Promise, String> {
    pictured(figure, title, kind).map_err(|error| describe(&error))
}

fn pictured(figure: &Element, title: &str, kind: Picture) -> Result<Promise, JsValue> {
    let chart = figure.query_selector(".js-plotly-plot")?;
    let chart = chart.ok_or_else(|| js_sys::Error::new("the chart is not drawn"))?;
    let copy = Object::new();
    for part in ["data", "layout"] {
        // What plotly.js draws it changes, and this it is to draw beside the page.
        let own = JSON::stringify(&Reflect::get(&chart, &part.into())?)?;
        Reflect::set(&copy, &part.into(), &JSON::parse(&String::from(own))?)?;
    }
    let theme = Theme::from_preference(media::prefers_dark());
    let size = (chart.client_width(), chart.client_height());
    // Above a colour bar that lies across it makes room twice.
    let drawn = Reflect::get(&chart, &"_fullLayout".into())?;
    let lifted = Reflect::get(&drawn, &"_hColorbarMoveTitle".into())?;
    let lifted = lifted.as_f64().unwrap_or_default();
    let wanted = JSON::parse(&kind.export_options(title, theme, size, lifted))?;
    let [layout, other] = [&copy, &wanted].map(|of| Reflect::get(of, &"layout".into()));
    Object::<JsValue>::assign(layout?.unchecked_ref(), other?.unchecked_ref());
    call("downloadImage", &Array::of2(&copy, &wanted))?.dyn_into()
}

/// Calls one of plotly.js's functions.
pub(super) fn call(method: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    let missing = || js_sys::Error::new("the chart library plotly.js was not loaded");
    let plotly = Reflect::get(&js_sys::global(), &"Plotly".into())?;
    if plotly.is_undefined() {
        return Err(missing().into());
    }
    let function: Function = Reflect::get(&plotly, &method.into())?
        .dyn_into()
        .map_err(|_| missing())?;
    Reflect::apply(&function, &plotly, arguments)
}

/// The first mark of a `plotly_click` event.
fn point(event: &JsValue) -> Option<Point> {
    let points = Reflect::get(event, &"points".into()).ok()?;
    let first = points.dyn_into::<Array>().ok()?.get(0);
    let trace = Reflect::get(&first, &"curveNumber".into()).ok()?.as_f64()?;
    let place = Reflect::get(&first, &"pointNumber".into()).ok()?;
    let index = match place.dyn_ref::<Array>() {
        Some(pair) => pair
            .iter()
            .map(|value| index(&value))
            .collect::<Option<_>>()?,
        None => vec![index(&place)?],
    };
    Some(Point {
        trace: trace as usize,
        index,
    })
}

fn index(value: &JsValue) -> Option<usize> {
    value.as_f64().map(|number| number as usize)
}
