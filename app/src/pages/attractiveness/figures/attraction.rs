//! Attraction to chosen product: how near every other offer comes.

use std::rc::Rc;

use conjoint::index_vec::Position;
use conjoint::simulation::Simulation;
use conjoint::study::ProductId;
use yew::prelude::*;

use super::{ViewProps, later, looked_at, names, showing};
use crate::browser::plotly::Point;
use crate::charts::{Dimension, FirstRow, Graphic, Heatmap, Label, Mark, MarkKind, Scale};
use crate::components::{Figure, choice};
use crate::compute::Results;
use crate::text::how_to_read;
use crate::text::model::FigureBasis;

/// The attraction matrix; a click or the two selects choose the cell to look into.
#[component]
pub(super) fn AttractionFigure(props: &ViewProps) -> Html {
    let (state, live) = (&props.state, &props.live);
    let (chosen, competing) = live.ask(|simulation| looked_at(state, simulation));
    let graphic = use_memo(
        (live.clone(), chosen, competing),
        |(live, chosen, competing)| {
            let (results, cell) = (
                Rc::clone(&live.results),
                (chosen.index(), competing.index()),
            );
            later(live, move |simulation| draw(simulation, &results, cell))
        },
    );

    let ids: Vec<ProductId> = {
        let offers = state.edits().scenario().offers();
        offers.iter().map(|offer| offer.id.clone()).collect()
    };
    let look = {
        let (state, dispatch) = (state.clone(), props.dispatch.clone());
        move |chosen: usize, competing: usize| {
            let (chosen, competing) = (ids.get(chosen).cloned(), ids.get(competing).cloned());
            dispatch.dispatch(showing(&state, |view| {
                (view.selected_product, view.competing_product) = (chosen, competing);
            }));
        }
    };
    let on_chosen = {
        let look = look.clone();
        Callback::from(move |place| look(place, competing.index()))
    };
    let on_competing = {
        let look = look.clone();
        Callback::from(move |place| look(chosen.index(), place))
    };
    let on_point = Callback::from(move |point: Point| {
        if let [row, column] = point.index[..] {
            look(row, column);
        }
    });
    let options: Vec<AttrValue> = live.ask(|simulation| {
        let names = names(simulation).into_iter();
        names.map(|(name, _)| name.into()).collect()
    });
    html! {
        <Figure
            title="Attraction to chosen product"
            class="wide tall"
            graphic={(*graphic).clone()}
            {on_point}
            reading={how_to_read::ATTRACTION}
            by={live.by(FigureBasis::Logit)}
            lead="Respondents by predicted choice (rows): the probability of the competing offer \
                (columns) that 80 % of them do not exceed, within a brand half of them. \
                Small values are left blank."
        >
            { choice("Chosen product", options.clone(), chosen.index(), on_chosen) }
            { choice("Competing product", options, competing.index(), on_competing) }
        </Figure>
    }
}

fn draw(simulation: &Simulation, results: &Results, (row, column): (usize, usize)) -> Graphic {
    let brands = simulation.selected().brands();
    let label = |(name, brand): (String, Option<_>)| Label {
        name,
        block: brand.map_or(String::new(), |brand| brands[brand].name.clone()),
    };
    let labels: Vec<Label> = names(simulation).into_iter().map(label).collect();
    let attraction = &results.attraction;
    let values = |row: usize| {
        attraction
            .row(row)
            .iter()
            .map(|value| Some(value * 100.0))
            .collect()
    };
    let products = |name: &str| Dimension {
        name: name.to_owned(),
        unit: String::new(),
        labels: labels.clone(),
    };
    Heatmap {
        rows: products("Predicted choice"),
        columns: products("Competing offer"),
        unit: "%".to_owned(),
        values: (0..attraction.nrows()).map(values).collect(),
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
