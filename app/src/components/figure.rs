//! A figure: heading, controls, chart, numbers and downloads.

use super::{Chart, DataTableView, LazyGraphic, use_figure_tables};
use crate::browser::plotly::{self, Point};
use crate::browser::{download, media};
use crate::charts::{Graphic, Picture, Theme, file_stem};
use crate::text::messages;
use conjoint::report::{CsvStyle, Table};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

/// Properties of [`Figure`].
#[derive(Properties, PartialEq)]
pub struct FigureProps {
    /// The title and accessible name.
    pub title: AttrValue,
    /// The drawing and its numbers. If there are no numbers, the figure shows `empty`.
    pub graphic: LazyGraphic,
    /// Why there is nothing to draw.
    #[prop_or_default]
    pub empty: AttrValue,
    /// How to read the figure.
    pub reading: AttrValue,
    /// A sentence above the chart on what it shows.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
    /// The choice model behind the numbers, in one line.
    #[prop_or_default]
    pub model_line: Option<AttrValue>,
    /// A remark under the chart.
    #[prop_or_default]
    pub note: Option<AttrValue>,
    /// Further classes: "tall" for a higher chart, "wide" for the full width.
    #[prop_or_default]
    pub class: Classes,
    /// Called with each mark that is clicked.
    #[prop_or_default]
    pub on_point: Option<Callback<Point>>,
    /// The figure's own controls, next to its heading.
    #[prop_or_default]
    pub children: Html,
}

/// What the figure shows. After an edit it lags behind the properties until it is drawn again.
struct ShownGraphic {
    graphic: Graphic,
    /// Why there is nothing to see, if the graphic is empty.
    empty: Option<AttrValue>,
}

/// A chart with its explanation, its numbers behind the button "Data", and downloads. The numbers
/// and downloads are those of the drawn chart.
#[component]
pub fn Figure(props: &FigureProps) -> Html {
    let element = use_node_ref();
    use_figure_tables(&element, export_table(props));
    let is_open = use_state(|| false);
    let failure = use_state_eq(|| None::<String>);
    let shown = use_state(|| None::<ShownGraphic>);
    let data_id = format!("data-{}", file_stem(&props.title));

    let on_compute = {
        let (setter, empty) = (shown.setter(), props.empty.clone());
        Callback::from(move |graphic: Graphic| {
            let empty = graphic.table.rows.is_empty().then(|| empty.clone());
            setter.set(Some(ShownGraphic { graphic, empty }));
        })
    };
    let empty = shown.as_ref().and_then(|shown| shown.empty.as_ref());
    let is_drawn = shown.is_some() && empty.is_none();
    let save = |picture: Picture| {
        is_drawn.then(|| save_picture(&element, &props.title, failure.setter(), picture))
    };
    let thinning_note = shown.as_ref().and_then(|shown| shown.graphic.note.as_ref());

    html! {
        <figure
            ref={&element}
            role="figure"
            aria-label={&props.title}
            class={props.class.clone()}
        >
            { heading(props) }
            <Chart
                title={&props.title}
                graphic={&props.graphic}
                {on_compute}
                on_point={props.on_point.clone()}
            />
            if let Some(empty) = empty {
                <p class="empty">{ empty }</p>
            }
            if let Some(note) = &props.note {
                <p class="note">{ note }</p>
            }
            if let Some(note) = thinning_note {
                <p class="note">{ &**note }</p>
            }
            { reading(props) }
            <footer>
                { data_button(&is_open, &data_id) }
                { download_button("CSV", Some(save_csv(props, &shown, failure.setter()))) }
                { download_button("PNG", save(Picture::Png)) }
                { download_button("SVG", save(Picture::Svg)) }
                if let Some(reason) = &*failure {
                    <span role="alert">{ messages::save_error(reason) }</span>
                }
            </footer>
            <div id={data_id}>
                if let Some(shown) = shown.as_ref().filter(|_| *is_open) {
                    <DataTableView title={&props.title} table={&shown.graphic.table} />
                }
            </div>
        </figure>
    }
}

/// The figure's entry in the Excel workbook.
fn export_table(props: &FigureProps) -> Callback<(), Vec<Table>> {
    let (title, graphic) = (props.title.clone(), props.graphic.clone());
    let sentences = [&props.lead, &props.note, &props.model_line];
    let sentences: Vec<&str> = sentences
        .into_iter()
        .flatten()
        .map(AttrValue::as_str)
        .collect();
    let note = sentences.join(" ");
    Callback::from(move |()| {
        let table = (*graphic.get().table).clone();
        vec![table.with_title(&*title).with_note(&note)]
    })
}

/// What is above the chart.
fn heading(props: &FigureProps) -> Html {
    html! {
        <>
            <header>
                <h2>{ &props.title }</h2>
                <div class="controls">{ props.children.clone() }</div>
            </header>
            if let Some(lead) = &props.lead {
                <p class="lead">{ lead }</p>
            }
            if let Some(model_line) = &props.model_line {
                <p class="model-line">{ model_line }</p>
            }
        </>
    }
}

fn reading(props: &FigureProps) -> Html {
    html! {
        <details class="reading">
            <summary>
                { "How to read this" }
                // Makes the name unique in a list of the page's controls.
                <span class="visually-hidden">{ format!(": {}", props.title) }</span>
            </summary>
            <p>{ &props.reading }</p>
        </details>
    }
}

/// A button that shows or hides the numbers.
fn data_button(is_open: &UseStateHandle<bool>, data_id: &str) -> Html {
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    html! {
        <button
            type="button"
            class="quiet"
            aria-expanded={is_open.to_string()}
            aria-controls={data_id.to_owned()}
            onclick={toggle}
        >
            { "Data" }
        </button>
    }
}

fn download_button(kind: &'static str, on_click: Option<Callback<MouseEvent>>) -> Html {
    html! {
        <button
            type="button"
            class="quiet"
            aria-disabled={on_click.is_none().then_some("true")}
            onclick={on_click}
        >
            <span class="verb">{ "Download " }</span>
            { kind }
        </button>
    }
}

fn save_csv(
    props: &FigureProps,
    shown: &UseStateHandle<Option<ShownGraphic>>,
    failure: UseStateSetter<Option<String>>,
) -> Callback<MouseEvent> {
    let (title, graphic) = (props.title.clone(), props.graphic.clone());
    let shown = shown.clone();
    Callback::from(move |_: MouseEvent| {
        let drawn = shown.as_ref().map(|shown| &shown.graphic);
        let graphic = drawn.unwrap_or_else(|| graphic.get());
        let name = format!("{}.csv", file_stem(&title));
        failure.set(download::csv(&name, &graphic.table.to_csv(CsvStyle::Spreadsheet)).err());
    })
}

fn save_picture(
    figure: &NodeRef,
    title: &AttrValue,
    failure: UseStateSetter<Option<String>>,
    picture: Picture,
) -> Callback<MouseEvent> {
    let (figure, title) = (figure.clone(), title.clone());
    Callback::from(move |_: MouseEvent| {
        let Some(figure) = figure.cast::<Element>() else {
            return;
        };
        let failure = failure.clone();
        let theme = Theme::from_preference(media::prefers_dark());
        let saved = plotly::save_picture(&figure, |size, title_shift| {
            picture.export_options(&title, theme, size, title_shift)
        });
        match saved {
            Err(reason) => failure.set(Some(reason)),
            Ok(saved) => {
                spawn_local(async move { failure.set(plotly::finish(saved).await.err()) });
            }
        }
    })
}
