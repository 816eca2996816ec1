//! A figure: heading, controls, a menu of options, and the chart.

use super::{Chart, DataTableView, LazyGraphic, Menu, use_figure_tables};
use crate::browser::plotly::{self, Point};
use crate::browser::{download, media};
use crate::charts::{Caption, Graphic, Picture, Theme, file_stem};
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
    /// The number of rows, for a chart whose height follows from them; 0 for all others.
    #[prop_or_default]
    pub rows: usize,
    /// Further classes: "tall" for a higher chart, "wide" for the full width, "long-legend" for one with
    /// more than eight names.
    #[prop_or_default]
    pub class: Classes,
    /// Called with each mark that is clicked.
    #[prop_or_default]
    pub on_point: Option<Callback<Point>>,
    /// The figure's own controls, next to its heading.
    #[prop_or_default]
    pub children: Html,
}

/// The name of the scenario that the page shows, in the context of the pages.
#[derive(Debug, Clone, PartialEq)]
pub struct ScenarioName(pub AttrValue);

/// What the figure shows. After an edit it lags behind the properties until it is drawn again.
struct ShownGraphic {
    graphic: Graphic,
    /// Why there is nothing to see, if the graphic is empty.
    empty: Option<AttrValue>,
}

/// A chart, with its numbers, downloads and explanation in the menu of options. The numbers and
/// downloads are those of the drawn chart.
#[component]
pub fn Figure(props: &FigureProps) -> Html {
    let element = use_node_ref();
    use_figure_tables(&element, export_table(props));
    let is_open = use_state(|| false);
    let failure = use_state_eq(|| None::<String>);
    let shown = use_state(|| None::<ShownGraphic>);
    let shows_reading = use_state(|| false);
    let scenario = use_context::<ScenarioName>();
    let stem = file_stem(&props.title);
    let [data_id, reading_id] = ["data", "reading"].map(|part| format!("{part}-{stem}"));

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
        let save = || {
            save_picture(
                &element,
                props,
                scenario.as_ref(),
                failure.setter(),
                picture,
            )
        };
        is_drawn.then(save)
    };
    let thinning_note = shown.as_ref().and_then(|shown| shown.graphic.note.as_ref());
    let options = html! {
        <Menu label={format!("Options of {}", props.title)} text="⋯">
            { toggle_button("Data", &is_open, &data_id) }
            { download_button("CSV", Some(save_csv(props, &shown, failure.setter()))) }
            { download_button("PNG", save(Picture::Png)) }
            { download_button("SVG", save(Picture::Svg)) }
            { toggle_button("How to read this", &shows_reading, &reading_id) }
        </Menu>
    };
    html! {
        <figure
            ref={&element}
            role="figure"
            aria-label={&props.title}
            class={props.class.clone()}
        >
            { heading(props, options) }
            <Chart
                title={&props.title}
                graphic={&props.graphic}
                rows={props.rows}
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
            if let Some(reason) = &*failure {
                <p role="alert">{ messages::save_error(reason) }</p>
            }
            if *shows_reading {
                <p class="reading" id={reading_id.clone()}>{ &props.reading }</p>
            }
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
fn heading(props: &FigureProps, options: Html) -> Html {
    html! {
        <>
            <header>
                <h2>{ &props.title }</h2>
                <div class="controls">{ props.children.clone() }</div>
                { options }
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

/// A button that shows or hides a part of the figure.
fn toggle_button(text: &'static str, is_open: &UseStateHandle<bool>, id: &str) -> Html {
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    html! {
        <button
            type="button"
            class="quiet"
            aria-expanded={is_open.to_string()}
            aria-controls={id.to_owned()}
            onclick={toggle}
        >
            { text }
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
            { format!("Download {kind}") }
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
    props: &FigureProps,
    scenario: Option<&ScenarioName>,
    failure: UseStateSetter<Option<String>>,
    picture: Picture,
) -> Callback<MouseEvent> {
    let (figure, title) = (figure.clone(), props.title.clone());
    let scenario = scenario.map(|ScenarioName(name)| name);
    let basis = props.model_line.iter().chain(scenario);
    let subtitle = basis.map(AttrValue::as_str).collect::<Vec<_>>().join(" · ");
    Callback::from(move |_: MouseEvent| {
        let Some(figure) = figure.cast::<Element>() else {
            return;
        };
        let failure = failure.clone();
        let theme = Theme::from_preference(media::prefers_dark());
        let saved = plotly::save_picture(&figure, |size, title_shift| {
            let caption = Caption {
                title: &title,
                subtitle: &subtitle,
            };
            picture.export_options(caption, theme, size, title_shift)
        });
        match saved {
            Err(reason) => failure.set(Some(reason)),
            Ok(saved) => {
                spawn_local(async move { failure.set(plotly::finish(saved).await.err()) });
            }
        }
    })
}
