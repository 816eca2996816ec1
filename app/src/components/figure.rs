//! A figure: heading, its own controls, the chart, its numbers, and the way to take them along.

use super::{Chart, DataTableView, Listed, Plan, use_listed};
use crate::browser::download;
use crate::browser::plotly::{self, Point};
use crate::charts::{Graphic, Picture, file_stem};
use crate::text::messages;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

/// Properties of [`Figure`].
#[derive(Properties, PartialEq)]
pub struct FigureProps {
    /// The figure's title and accessible name.
    pub title: AttrValue,
    /// What to draw, and its numbers; where these have no row, `empty` says why.
    pub graphic: Plan,
    /// Why there is nothing to draw.
    #[prop_or_default]
    pub empty: AttrValue,
    /// How the figure is read.
    pub reading: AttrValue,
    /// What the chart shows now, in words above it.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
    /// By which method its numbers were computed.
    #[prop_or_default]
    pub by: Option<AttrValue>,
    /// A remark under the chart.
    #[prop_or_default]
    pub note: Option<AttrValue>,
    /// Further classes: "tall" for a higher chart, "wide" for the whole row.
    #[prop_or_default]
    pub class: Classes,
    /// Called with each mark that is clicked.
    #[prop_or_default]
    pub on_point: Option<Callback<Point>>,
    /// The figure's own controls, beside its heading.
    #[prop_or_default]
    pub children: Html,
}

/// What the figure shows, which is older than its properties until its turn to be drawn comes.
struct Shown {
    graphic: Graphic,
    /// Why there is nothing to see, if so.
    empty: Option<AttrValue>,
}

/// A chart that explains itself, with a table of its numbers behind the button "Data". Table and
/// files are of what is drawn.
#[component]
pub fn Figure(props: &FigureProps) -> Html {
    let element = use_node_ref();
    use_listed(&element, {
        let (title, about) = (props.title.clone(), about(props));
        let plan = props.graphic.clone();
        Callback::from(move |()| {
            let (title, about) = (title.clone(), about.clone());
            let table = Rc::clone(&plan.graphic().table);
            vec![Listed {
                title,
                about,
                table,
            }]
        })
    });
    let open = use_state(|| false);
    let failure = use_state_eq(|| None::<String>);
    let shown = use_state(|| None::<Shown>);
    let data_id = format!("data-{}", file_stem(&props.title));

    let on_made = {
        let (setter, empty) = (shown.setter(), props.empty.clone());
        Callback::from(move |graphic: Graphic| {
            let empty = graphic.table.rows.is_empty().then(|| empty.clone());
            setter.set(Some(Shown { graphic, empty }));
        })
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let save = {
        let (title, plan) = (props.title.clone(), props.graphic.clone());
        let (shown, failure) = (shown.clone(), failure.setter());
        Callback::from(move |_: MouseEvent| {
            let drawn = shown.as_ref().map(|shown| &shown.graphic);
            let graphic = drawn.unwrap_or_else(|| plan.graphic());
            let name = format!("{}.csv", file_stem(&title));
            failure.set(download::csv(&name, &graphic.table.csv()).err());
        })
    };
    let picture = |picture: Picture| {
        let (element, title, failure) = (element.clone(), props.title.clone(), failure.setter());
        Callback::from(move |_: MouseEvent| {
            let Some(figure) = element.cast::<Element>() else {
                return;
            };
            let failure = failure.clone();
            match plotly::save(&figure, &title, picture) {
                Err(reason) => failure.set(Some(reason)),
                Ok(saved) => {
                    spawn_local(async move { failure.set(plotly::drawn(saved).await.err()) });
                }
            }
        })
    };
    let empty = shown.as_ref().and_then(|shown| shown.empty.as_ref());
    let is_drawn = shown.is_some() && empty.is_none();
    let download = |kind: &'static str, onclick: Option<Callback<MouseEvent>>| {
        html! {
            <button
                type="button"
                class="quiet"
                aria-disabled={onclick.is_none().then_some("true")}
                {onclick}
            >
                <span class="verb">{ "Download " }</span>
                { kind }
            </button>
        }
    };
    let thinned = shown.as_ref().and_then(|shown| shown.graphic.note.as_ref());

    html! {
        <figure
            ref={&element}
            role="figure"
            aria-label={&props.title}
            class={props.class.clone()}
        >
            <header>
                <h2>{ &props.title }</h2>
                <div class="controls">{ props.children.clone() }</div>
            </header>
            if let Some(lead) = &props.lead {
                <p class="lead">{ lead }</p>
            }
            if let Some(by) = &props.by {
                <p class="by">{ by }</p>
            }
            <Chart
                title={&props.title}
                plan={&props.graphic}
                {on_made}
                on_point={props.on_point.clone()}
            />
            if let Some(empty) = empty {
                <p class="empty">{ empty }</p>
            }
            if let Some(note) = &props.note {
                <p class="note">{ note }</p>
            }
            if let Some(note) = thinned {
                <p class="note">{ &**note }</p>
            }
            <details class="reading">
                <summary>
                    { "How to read this" }
                    // So that a list of the page's controls tells one from another.
                    <span class="unseen">{ format!(": {}", props.title) }</span>
                </summary>
                <p>{ &props.reading }</p>
            </details>
            <footer>
                <button
                    type="button"
                    class="quiet"
                    aria-expanded={open.to_string()}
                    aria-controls={data_id.clone()}
                    onclick={toggle}
                >
                    { "Data" }
                </button>
                { download("CSV", Some(save)) }
                { download("PNG", is_drawn.then(|| picture(Picture::Png))) }
                { download("SVG", is_drawn.then(|| picture(Picture::Svg))) }
                if let Some(reason) = &*failure {
                    <span role="alert">{ messages::save_error(reason) }</span>
                }
            </footer>
            <div id={data_id}>
                if let Some(shown) = shown.as_ref().filter(|_| *open) {
                    <DataTableView title={&props.title} table={&shown.graphic.table} />
                }
            </div>
        </figure>
    }
}

/// What the figure shows now, the remark to it, and by which method.
fn about(props: &FigureProps) -> AttrValue {
    let said = [&props.lead, &props.note, &props.by].into_iter().flatten();
    let said: Vec<&str> = said.map(AttrValue::as_str).collect();
    said.join(" ").into()
}
