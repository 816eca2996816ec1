//! "Demand curve": the share of one product, and its brand's money, at every price.

use conjoint::analysis::demand_curve::{DemandCurve, DemandPoint};
use conjoint::market::{Figures, Measure};
use conjoint::study::{Cell, MONTHLY_COST};
use conjoint::sweep::Cost;
use yew::prelude::*;

use crate::charts::{Curve, Curves, Graphic};
use crate::components::{
    AnalysisFigureProps, Figure, analysis_graphic, percent_interval, placeholder,
    priced_product_select, use_last_graphic,
};
use crate::compute::prices::priced_product;
use crate::compute::{Live, SimulatedMarket};
use crate::format::{capitalize, column_label, cost_unit, price_text};
use crate::state::State;
use crate::text::how_to_read;
use crate::text::measures::{measure_title, measure_unit};
use crate::text::model::{FigureBasis, model_line};

const TITLE: &str = "Demand curve";

/// The curve of the selected product.
#[component]
pub fn DemandCurveFigure(props: &AnalysisFigureProps) -> Html {
    let AnalysisFigureProps {
        state,
        live,
        analyses,
        ..
    } = props;
    let memo_inputs = (live.clone(), analyses.demand_curve.clone());
    let graphic = use_memo(memo_inputs, |(live, curve)| {
        analysis_graphic(live, curve.as_ref(), |market, curve| {
            draw(market, curve.as_ref())
        })
    });
    let Some((graphic, class)) = use_last_graphic((*graphic).clone()) else {
        return placeholder(TITLE, "wide tall");
    };
    let market = &live.market;
    let priced = priced_product(live, state);
    let name = priced.as_ref().ok().and_then(|(product, _)| {
        let offer = market.scenario.offers().get(*product)?;
        Some(market.study.name_of(offer))
    });
    let name = name.unwrap_or_default();
    let empty = match priced {
        Err(error) => capitalize(&error.to_string()),
        Ok(_) => format!("{name} has no price to vary; enter one"),
    };
    html! {
        <Figure
            title={TITLE}
            class={classes!("wide", "tall", class)}
            {graphic}
            reading={how_to_read::DEMAND_CURVE}
            lead={lead(live, state, &name)}
            model_line={model_line(live, FigureBasis::Rule)}
            {empty}
        >
            { priced_product_select(props, "Product of the curve") }
        </Figure>
    }
}

/// What the chart shows, and the current price.
fn lead(live: &Live, state: &State, product: &str) -> String {
    let price = match current_price(live, state) {
        Some(price) => format!(
            "Vertical lines are its current price, {price}, and the one with the highest EBIT."
        ),
        None => "It has no price at the moment.".to_owned(),
    };
    format!(
        "Share of all respondents who choose {product} at each price, with its 90 % interval, and \
         the money of its brand. {price}"
    )
}

fn current_price(live: &Live, state: &State) -> Option<String> {
    let (product, attribute) = priced_product(live, state).ok()?;
    let offer = live.market.scenario.offers().get(product)?;
    match offer.cells.get(attribute)? {
        Cell::Number(price) => Some(price_text(*price, attribute, &live.market.study)),
        _ => None,
    }
}

/// The current price, and the one with the highest EBIT.
fn marks(curve: &DemandCurve) -> Vec<(f64, &'static str)> {
    let best = curve.highest_ebit().map(|best| (best, "highest EBIT"));
    let today = curve.current.map(|current| (current, "today"));
    today.into_iter().chain(best).collect()
}

/// The curves of share, and of revenue and EBIT if the study has money.
fn draw(market: &SimulatedMarket, result: Option<&DemandCurve>) -> Graphic {
    let study = &market.study;
    let settings = study.settings();
    let offer = result.and_then(|result| market.scenario.offers().get(result.product));
    let points = result.map_or(&[][..], |result| &result.points);
    let brand = offer.and_then(|offer| study.schema().brand_of(offer));
    let brand = brand.map_or("", |brand| &study.brands()[brand].name);
    let share = Curve {
        name: "Share".to_owned(),
        unit: "%".to_owned(),
        values: points
            .iter()
            .map(|point| Some(point.share.mean * 100.0))
            .collect(),
        band: points
            .iter()
            .map(|point| percent_interval(point.share.interval))
            .collect(),
    };
    let money = |measure, value: fn(&Figures) -> f64| Curve {
        name: format!("{} of {brand}", measure_title(measure, settings)),
        unit: measure_unit(measure, settings),
        values: points
            .iter()
            .map(|point| point.money.as_ref().map(value))
            .collect(),
        band: Vec::new(),
    };
    let mut curves = vec![share];
    if study.has_money() {
        curves.push(money(Measure::Revenue, |money| money.revenue));
        curves.push(money(Measure::Ebit, |money| money.ebit));
    }
    let price = column_label(settings.columns.get(MONTHLY_COST));
    let name = offer.map_or(String::new(), |offer| study.name_of(offer));
    Curves {
        along: format!("{price} of {name}"),
        unit: cost_unit(Cost::Monthly, settings),
        places: points
            .iter()
            .map(|point: &DemandPoint| point.price)
            .collect(),
        marks: result.map_or_else(Vec::new, marks),
        curves,
    }
    .graphic()
}
