//! "Attraction in detail": the respondents behind one cell of the attraction matrix.

use conjoint::index_vec::{Position, ProductIndex, RespondentIndex};
use conjoint::simulation::Simulation;
use conjoint::simulation::detail::CellDetail;
use yew::prelude::*;

use super::{FigureProps, lazy_densities, selected_cell};
use crate::charts::{Distributions, Graphic, Sample, Scatter, ScatterPoint, Theme, UNBRANDED};
use crate::components::Figure;
use crate::components::hooks::use_theme;
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

/// How certain respondents are of their choice, and how close the competing offer comes.
#[component]
pub(super) fn DetailFigure(props: &FigureProps) -> Html {
    let live = &props.live;
    let cell = live.ask(|simulation| selected_cell(&props.state, simulation));
    let theme = use_theme();
    let graphic = use_memo((live.clone(), cell, theme), |(live, cell, theme)| {
        let (cell, theme) = (*cell, *theme);
        lazy_densities(live, move |simulation| draw(simulation, cell, theme))
    });
    let (chosen, competing) = live.ask(|simulation| {
        let offers = simulation.scenario().offers();
        let name = |product| simulation.selected().name_of(&offers[product]);
        (name(cell.0), name(cell.1))
    });
    let (detail, reading) = if cell.0 == cell.1 {
        (
            "how certain they are of it".to_owned(),
            how_to_read::DETAIL_OF_PRODUCT,
        )
    } else {
        (
            format!("how close {competing} comes to it"),
            how_to_read::DETAIL_OF_PAIR,
        )
    };
    html! {
        <Figure
            title="Attraction in detail"
            graphic={(*graphic).clone()}
            empty={format!("No respondent chooses {chosen}")}
            {reading}
            model_line={model_line(live, FigureBasis::Logit)}
            lead={format!("Respondents predicted to choose {chosen}: {detail}.")}
        />
    }
}

fn draw(
    simulation: &Simulation,
    (chosen, competing): (ProductIndex, ProductIndex),
    theme: Theme,
) -> Graphic {
    let study = simulation.selected();
    let offers = simulation.scenario().offers();
    let respondents = study.respondents();
    let id = |respondent: RespondentIndex| respondents.ids()[respondent].as_str();
    let name = study.name_of(&offers[chosen]);
    match simulation.cell_detail(chosen, competing) {
        CellDetail::Diagonal {
            respondents,
            distribution,
        } => {
            let brand = study.schema().brand_of(&offers[chosen]);
            let colour = brand.map_or(UNBRANDED, |brand| &study.brands()[brand].colour);
            let ids: Vec<&str> = respondents
                .iter()
                .map(|respondent| id(*respondent))
                .collect();
            Distributions {
                measure: "Probability of choosing the product",
                samples: vec![Sample {
                    name: &name,
                    colour: &theme.mark(colour),
                    respondents: &ids,
                    values: &distribution.sample,
                    density: distribution.density.as_ref(),
                }],
            }
            .graphic()
        }
        CellDetail::Pairs(pairs) => {
            let points = pairs.iter().map(|pair| ScatterPoint {
                respondent: id(pair.respondent),
                segment: respondents.segments()[pair.respondent].index(),
                chosen: pair.probability,
                ratio: pair.ratio,
            });
            Scatter {
                chosen: &name,
                competing: &study.name_of(&offers[competing]),
                segments: study.segments().iter().map(String::as_str).collect(),
                points: points.collect(),
            }
            .graphic()
        }
    }
}
