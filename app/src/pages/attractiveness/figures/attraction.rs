//! "Attraction to chosen product": how close every other offer comes to the chosen one.

use conjoint::index_vec::Position;
use conjoint::study::ProductId;
use yew::prelude::*;

use super::{lazy, product_names, selected_cell};
use crate::browser::plotly::Point;
use crate::charts::{Dimension, FirstRow, Graphic, Heatmap, Label, Mark, MarkKind, Scale};
use crate::components::{Figure, PageProps, change_view, labelled_select};
use crate::compute::SimulatedMarket;
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

/// The attraction matrix. A click on a cell or the two selects choose the cell that "Attraction in
/// detail" shows.
#[component]
pub(super) fn AttractionFigure(props: &PageProps) -> Html {
    let (state, live) = (&props.state, &props.live);
    let (chosen, competing) = selected_cell(state, &live.market);
    let graphic = use_memo(
        (live.clone(), chosen, competing),
        |(live, chosen, competing)| {
            let cell = (chosen.index(), competing.index());
            lazy(live, move |market| draw(market, cell))
        },
    );

    let ids: Vec<ProductId> = {
        let offers = live.market.scenario.offers();
        offers.iter().map(|offer| offer.id.clone()).collect()
    };
    let select_cell = {
        let (state, dispatch) = (state.clone(), props.dispatch.clone());
        move |chosen: usize, competing: usize| {
            let (chosen, competing) = (ids.get(chosen).cloned(), ids.get(competing).cloned());
            dispatch.dispatch(change_view(&state, |view| {
                (view.selected_product, view.competing_product) = (chosen, competing);
            }));
        }
    };
    let on_chosen = {
        let select_cell = select_cell.clone();
        Callback::from(move |index| select_cell(index, competing.index()))
    };
    let on_competing = {
        let select_cell = select_cell.clone();
        Callback::from(move |index| select_cell(chosen.index(), index))
    };
    let on_point = Callback::from(move |point: Point| {
        if let [row, column] = point.index[..] {
            select_cell(row, column);
        }
    });
    let names = product_names(&live.market).into_iter();
    let options: Vec<AttrValue> = names.map(|(name, _)| name.into()).collect();
    html! {
        <Figure
            title="Attraction to chosen product"
            class="wide tall"
            graphic={(*graphic).clone()}
            {on_point}
            reading={how_to_read::ATTRACTION}
            model_line={model_line(live, FigureBasis::Logit)}
            lead="Rows: respondents by predicted choice. Columns: competing offers. Each cell is the \
                probability of choosing the competing offer that 80 % of these respondents do not \
                exceed; within a brand, half of them. Small values are left blank."
        >
            { labelled_select("Chosen product", options.clone(), chosen.index(), on_chosen) }
            { labelled_select("Competing product", options, competing.index(), on_competing) }
        </Figure>
    }
}

fn draw(market: &SimulatedMarket, (row, column): (usize, usize)) -> Graphic {
    let brands = market.study.brands();
    let label = |(name, brand): (String, Option<_>)| Label {
        name,
        block: brand.map_or(String::new(), |brand| brands[brand].name.clone()),
    };
    let labels: Vec<Label> = product_names(market).into_iter().map(label).collect();
    let percentages = |row: &Vec<f64>| row.iter().map(|value| Some(value * 100.0)).collect();
    let attraction = market.results.attraction.iter();
    let products = |name: &str| Dimension {
        name: name.to_owned(),
        unit: String::new(),
        labels: labels.clone(),
    };
    Heatmap {
        rows: products("Predicted choice"),
        columns: products("Competing offer"),
        unit: "%".to_owned(),
        values: attraction.map(percentages).collect(),
        intervals: Vec::new(),
        scale: Scale::Sequential { highest: 100.0 },
        first_row: FirstRow::Top,
        marks: vec![Mark {
            row,
            column,
            kind: MarkKind::Chosen,
        }],
    }
    .graphic()
}
