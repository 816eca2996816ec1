//! "Attraction in detail": the respondents behind one cell of the attraction matrix.

use conjoint::index_vec::{Position, ProductIndex};
use worker::protocol::{RespondentFigure, RespondentResult};
use yew::prelude::*;

use super::{ids, lazy_respondents, selected_cell};
use crate::charts::{Distributions, Graphic, Sample, Scatter, ScatterPoint, Theme, UNBRANDED};
use crate::components::hooks::use_theme;
use crate::components::{Figure, PageProps, placeholder, use_last_graphic};
use crate::compute::{SimulatedMarket, use_respondents};
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

const TITLE: &str = "Attraction in detail";

/// How certain respondents are of their choice, and how close the competing offer comes.
#[component]
pub(super) fn DetailFigure(props: &PageProps) -> Html {
    let live = &props.live;
    let cell = selected_cell(&props.state, &live.market);
    let theme = use_theme();
    let respondents = use_respondents(live, RespondentFigure::Cell(cell.0, cell.1));
    let graphic = use_memo(
        (live.clone(), respondents, cell, theme),
        |(live, respondents, cell, theme)| {
            let (cell, theme) = (*cell, *theme);
            lazy_respondents(live, respondents.as_ref(), move |market, result| {
                draw(market, result, cell, theme)
            })
        },
    );
    let Some((graphic, class)) = use_last_graphic((*graphic).clone()) else {
        return placeholder(TITLE, "");
    };
    let (chosen, competing) = {
        let offers = live.market.scenario.offers();
        let name = |product| live.market.study.name_of(&offers[product]);
        (name(cell.0), name(cell.1))
    };
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
            title={TITLE}
            class={classes!(class)}
            {graphic}
            empty={format!("No respondent chooses {chosen}")}
            {reading}
            model_line={model_line(live, FigureBasis::Logit)}
            lead={format!("Respondents predicted to choose {chosen}: {detail}.")}
        />
    }
}

fn draw(
    market: &SimulatedMarket,
    result: &RespondentResult,
    (chosen, competing): (ProductIndex, ProductIndex),
    theme: Theme,
) -> Graphic {
    let study = &market.study;
    let offers = market.scenario.offers();
    let name = study.name_of(&offers[chosen]);
    let brand = study.schema().brand_of(&offers[chosen]);
    let color = theme.mark(brand.map_or(UNBRANDED, |brand| &study.brands()[brand].color));
    let of_product = |samples| Distributions {
        measure: "Probability of choosing the product",
        samples,
    };
    match result {
        RespondentResult::Product(sample) => of_product(vec![Sample {
            name: &name,
            color: &color,
            respondents: &ids(sample),
            values: &sample.distribution.sample,
            density: sample.distribution.density.as_ref(),
        }])
        .graphic(),
        RespondentResult::Pairs(pairs) => {
            let points = pairs.iter().map(|pair| ScatterPoint {
                respondent: &pair.respondent,
                segment: pair.segment.index(),
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
        RespondentResult::Brands(_) => of_product(Vec::new()).graphic(),
    }
}
