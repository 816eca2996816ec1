//! The parts of plotly.js that the page calls: drawing, clicks, pictures.
//!
//! The `plotly` crate only describes charts here. Its own binding panics on category axes and leaks
//! its closures.

use super::{describe, page};
use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

/// A mark of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The index of its trace in the drawing.
    pub trace: usize,
    /// Its index in the trace: one number, or row and column in a heatmap.
    pub index: Vec<usize>,
}

/// A chart in an element of the page; dropping it removes the chart.
pub struct Plot {
    element: HtmlElement,
    click: Option<Closure<dyn FnMut(JsValue)>>,
}

impl Plot {
    /// A chart that is not drawn yet.
    pub fn new(element: HtmlElement) -> Self {
        Self {
            element,
            click: None,
        }
    }

    /// Draws the chart, or changes the drawn chart in place. All arguments are JSON for
    /// `Plotly.react`; `template` is the layout's template. [`finish`] waits for the result.
    ///
    /// # Errors
    /// The message of plotly.js or the browser.
    pub fn draw(
        &self,
        traces: &str,
        layout: &str,
        template: &str,
        configuration: &str,
    ) -> Result<Promise, String> {
        self.react([traces, layout, template, configuration])
            .map_err(|error| describe(&error))
    }

    fn react(&self, json: [&str; 4]) -> Result<Promise, JsValue> {
        let [traces, layout, template, configuration] = json.map(JSON::parse);
        let layout = layout?;
        Reflect::set(&layout, &"template".into(), &template?)?;
        let arguments = Array::of4(&self.element, &traces?, &layout, &configuration?);
        call("react", &arguments)?.dyn_into()
    }

    /// Calls `clicked` with every mark that is clicked. Call it after the first drawing, which
    /// makes the element emit plotly.js events; further calls have no effect.
    pub fn on_click(&mut self, clicked: impl Fn(Point) + 'static) {
        if self.click.is_some() {
            return;
        }
        let closure = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            if let Some(point) = clicked_point(&event) {
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
        // Fails only without plotly.js, and then there is no chart.
        let _ = call("purge", &Array::of1(&self.element));
    }
}

/// Loads plotly.js, unless another program of the page did. If that fails, every drawing reports it.
pub async fn load() {
    if Reflect::has(&js_sys::global(), &"Plotly".into()) == Ok(true) {
        return;
    }
    if let Ok(ended) = page::address("plotly").and_then(|source| page::run_script(&source)) {
        // This promise never rejects.
        let _ = JsFuture::from(ended).await;
    }
}

/// Waits for [`Plot::draw`] or [`save_picture`].
///
/// # Errors
/// The message of plotly.js.
pub async fn finish(promise: Promise) -> Result<(), String> {
    JsFuture::from(promise)
        .await
        .map(|_| ())
        .map_err(|error| describe(&error))
}

/// Saves the chart in a figure as a picture, with its size and zoom on the page. [`finish`] waits
/// for the result.
///
/// `options` receives the chart's width and height, and by how much plotly.js shifts a title up to
/// make room for a color bar above the chart, all in CSS pixels. It returns the options of
/// `Plotly.downloadImage` as JSON; its `layout` is merged into the chart's. Where the chart sets a
/// margin itself, only the top one is replaced.
///
/// # Errors
/// The message of plotly.js or the browser.
pub fn save_picture(
    figure: &Element,
    options: impl FnOnce((i32, i32), f64) -> String,
) -> Result<Promise, String> {
    download_image(figure, options).map_err(|error| describe(&error))
}

fn download_image(
    figure: &Element,
    options: impl FnOnce((i32, i32), f64) -> String,
) -> Result<Promise, JsValue> {
    let chart = figure.query_selector(".js-plotly-plot")?;
    let chart = chart.ok_or_else(|| js_sys::Error::new("the chart is not drawn"))?;
    let copy = Object::new();
    for part in ["data", "layout"] {
        // plotly.js modifies what it draws, so the picture gets a deep copy.
        let json = JSON::stringify(&Reflect::get(&chart, &part.into())?)?;
        Reflect::set(&copy, &part.into(), &JSON::parse(&String::from(json))?)?;
    }
    let size = (chart.client_width(), chart.client_height());
    let drawn_layout = Reflect::get(&chart, &"_fullLayout".into())?;
    let title_shift = Reflect::get(&drawn_layout, &"_hColorbarMoveTitle".into())?;
    let options = JSON::parse(&options(size, title_shift.as_f64().unwrap_or_default()))?;
    let [layout, changes] = [&copy, &options].map(|part| Reflect::get(part, &"layout".into()));
    let (layout, changes) = (layout?, changes?);
    // The chart's own margins have room for its texts, but not for a title.
    let [own, margin] = [&layout, &changes].map(|part| Reflect::get(part, &"margin".into()));
    let (own, margin) = (own?, margin?);
    let top = Reflect::get(&margin, &"t".into())?;
    Object::<JsValue>::assign(margin.unchecked_ref(), own.unchecked_ref());
    Reflect::set(&margin, &"t".into(), &top)?;
    Object::<JsValue>::assign(layout.unchecked_ref(), changes.unchecked_ref());
    call("downloadImage", &Array::of2(&copy, &options))?.dyn_into()
}

/// Calls a function of plotly.js.
pub(super) fn call(function: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    let missing = || js_sys::Error::new("the chart library plotly.js was not loaded");
    let plotly = Reflect::get(&js_sys::global(), &"Plotly".into())?;
    if plotly.is_undefined() {
        return Err(missing().into());
    }
    let function: Function = Reflect::get(&plotly, &function.into())?
        .dyn_into()
        .map_err(|_| missing())?;
    Reflect::apply(&function, &plotly, arguments)
}

/// The first mark of a `plotly_click` event.
fn clicked_point(event: &JsValue) -> Option<Point> {
    let points = Reflect::get(event, &"points".into()).ok()?;
    let first = points.dyn_into::<Array>().ok()?.get(0);
    let trace = Reflect::get(&first, &"curveNumber".into()).ok()?;
    let number = Reflect::get(&first, &"pointNumber".into()).ok()?;
    let index = match number.dyn_ref::<Array>() {
        Some(pair) => pair.iter().map(|value| to_index(&value)).collect(),
        None => to_index(&number).map(|index| vec![index]),
    };
    Some(Point {
        trace: to_index(&trace)?,
        index: index?,
    })
}

fn to_index(value: &JsValue) -> Option<usize> {
    value.as_f64().map(|number| number as usize)
}
