//! A figure: heading, its own controls, the chart, its numbers, and the way to take them along.

use super::{Chart, DataTableView};
use crate::charts::{Graphic, file_stem};
use crate::js::download;
use crate::js::plotly::Point;
use yew::prelude::*;

/// Properties of [`Figure`].
#[derive(Properties, PartialEq)]
pub struct FigureProps {
    /// The figure's title and accessible name.
    pub title: AttrValue,
    /// What to draw, and its numbers; without it `empty` says why.
    pub graphic: Option<Graphic>,
    /// Why there is nothing to draw.
    #[prop_or_default]
    pub empty: AttrValue,
    /// What the chart says, in words above it.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
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

/// A chart that explains itself, with a table of its numbers behind the button "Data".
#[component]
pub fn Figure(props: &FigureProps) -> Html {
    let open = use_state(|| false);
    let failure = use_state_eq(|| None::<String>);
    let data_id = format!("data-{}", file_stem(&props.title));

    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let save = {
        let (title, graphic, failure) =
            (props.title.clone(), props.graphic.clone(), failure.setter());
        Callback::from(move |_: MouseEvent| {
            if let Some(graphic) = &graphic {
                let name = format!("{}.csv", file_stem(&title));
                failure.set(download::csv(&name, &graphic.table.csv()).err());
            }
        })
    };

    html! {
        <figure role="figure" aria-label={&props.title} class={props.class.clone()}>
            <header>
                <h2>{ &props.title }</h2>
                <div class="controls">{ props.children.clone() }</div>
            </header>
            if let Some(lead) = &props.lead {
                <p class="lead">{ lead }</p>
            }
            if let Some(graphic) = &props.graphic {
                <Chart
                    title={&props.title}
                    drawing={&graphic.drawing}
                    on_point={props.on_point.clone()}
                />
            } else {
                <p class="empty">{ &props.empty }</p>
            }
            if let Some(note) = &props.note {
                <p class="note">{ note }</p>
            }
            if let Some(note) = props.graphic.as_ref().and_then(|graphic| graphic.note.as_ref()) {
                <p class="note">{ &**note }</p>
            }
            if let Some(graphic) = &props.graphic {
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
                    <button type="button" class="quiet" onclick={save}>{ "Download CSV" }</button>
                    if let Some(reason) = &*failure {
                        <span role="alert">{ format!("The file cannot be saved: {reason}") }</span>
                    }
                </footer>
                <div id={data_id}>
                    if *open {
                        <DataTableView title={&props.title} table={&graphic.table} />
                    }
                </div>
            }
        </figure>
    }
}
