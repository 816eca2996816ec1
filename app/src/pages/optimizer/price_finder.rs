//! "Price finder": the objective and the share over the price of one offer, and its best price.

use conjoint::market::Measure;
use conjoint::optimizer::{BestPrice, Gain, ObjectiveMeasure};
use conjoint::stats::bootstrap::{Estimate, Interval};
use conjoint::study::MONTHLY_COST;
use conjoint::sweep::{Cost, RangeEdge};
use yew::prelude::*;

use crate::charts::{Curve, Curves, Graphic};
use crate::components::{
    AnalysisFigureProps, Dispatch, Figure, analysis_graphic, change_view, labelled_select,
    percent_interval, placeholder, priced_product_select, quiet_button, use_last_graphic,
};
use crate::compute::SimulatedMarket;
use crate::compute::prices::{price_goal, priced_product};
use crate::format::{
    capitalize, column_label, cost_unit, percent, points_change, price_text, short_measure,
    short_measure_change,
};
use crate::state::{Action, State};
use crate::text::how_to_read;
use crate::text::measures::measure_unit;
use crate::text::model::model_line_at_means;

const TITLE: &str = "Price finder";

/// The best price of the selected offer.
#[hook]
pub(super) fn use_price_finder(props: &AnalysisFigureProps) -> Html {
    let AnalysisFigureProps {
        state,
        dispatch,
        live,
        analyses,
        ..
    } = props;
    let goal = price_goal(state);
    let found = analyses.best_price.clone();
    let brand = brand_name(props).unwrap_or_default();
    let graphic = use_memo(
        (live.clone(), found.clone(), goal.measure, brand.clone()),
        |(live, found, measure, brand)| {
            let (measure, brand) = (*measure, brand.clone());
            analysis_graphic(live, found.as_ref(), move |market, found| {
                found.as_ref().map_or_else(
                    || Curves::default().graphic(),
                    |found| draw(market, found, measure, &brand),
                )
            })
        },
    );
    let Some((graphic, class)) = use_last_graphic((*graphic).clone()) else {
        return placeholder(TITLE, "tall");
    };
    let found = found.as_deref().and_then(Option::as_ref);
    let lead = found.and_then(|found| describe(&live.market, found, goal.measure, &brand));
    let best = found.and_then(BestPrice::best_point).map(|best| best.price);
    let set = found
        .zip(best)
        .map(|(found, best)| set_price(props, found, best));
    let is_new = best.is_some() && best != found.and_then(|found| found.current);
    let empty = match priced_product(live, state) {
        Err(error) => capitalize(&error.to_string()),
        Ok(_) => "The offer has no brand that could gain, or its price was not surveyed".to_owned(),
    };
    html! {
        <Figure
            title={TITLE}
            class={classes!("tall", class)}
            {graphic}
            reading={how_to_read::PRICE_FINDER}
            // As high as the sentence that follows.
            lead={lead.unwrap_or_else(|| "Computing …".to_owned())}
            model_line={model_line_at_means(live)}
            {empty}
        >
            { priced_product_select(props, "Offer") }
            { measure_select(state, dispatch, goal.measure) }
            { brand_select(state, dispatch, &brand) }
            { quiet_button(None, "Set this price", is_new, set.unwrap_or_default()) }
        </Figure>
    }
}

/// A click handler that sets a price of the offer, and keeps that offer: at its new price another one
/// may have the largest share.
fn set_price(props: &AnalysisFigureProps, found: &BestPrice, price: f64) -> Callback<MouseEvent> {
    let (state, dispatch) = (props.state.clone(), props.dispatch.clone());
    let offer = props.live.market.scenario.offers().get(found.product);
    let id = offer.map(|offer| offer.id.clone());
    let set = Action::Set(found.product, found.attribute, price.to_string());
    Callback::from(move |_| {
        let id = id.clone();
        dispatch.dispatch(change_view(&state, |view| view.priced_product = id));
        dispatch.dispatch(set.clone());
    })
}

/// The brand that is to gain: the selected one, or the offer's.
fn brand_name(props: &AnalysisFigureProps) -> Option<String> {
    let selected = props.state.view().price_brand.clone();
    selected.or_else(|| {
        let (product, _) = priced_product(&props.live, &props.state).ok()?;
        let offer = props.live.market.scenario.offers().get(product)?;
        let study = props.state.study();
        let brand = study.schema().brand_of(offer)?;
        Some(study.brands().get(brand)?.name.clone())
    })
}

fn measure_select(state: &State, dispatch: &Dispatch, selected: ObjectiveMeasure) -> Html {
    let possible = if state.study().has_money() { 3 } else { 1 };
    let measures = ObjectiveMeasure::ALL.into_iter().take(possible);
    let options = measures.map(|measure| AttrValue::from(measure.label()));
    let position = ObjectiveMeasure::ALL.iter().position(|it| *it == selected);
    let (state, dispatch) = (state.clone(), dispatch.clone());
    let on_select = Callback::from(move |index: usize| {
        let measure = ObjectiveMeasure::ALL.get(index).copied();
        dispatch.dispatch(change_view(&state, |view| view.price_measure = measure));
    });
    let selected = position.unwrap_or_default();
    labelled_select("Price objective", options.collect(), selected, on_select)
}

fn brand_select(state: &State, dispatch: &Dispatch, selected: &str) -> Html {
    let brands = state.study().brands().iter();
    let names: Vec<String> = brands.map(|brand| brand.name.clone()).collect();
    let position = names.iter().position(|name| name == selected);
    let options = names.iter().cloned().map(AttrValue::from).collect();
    let (state, dispatch) = (state.clone(), dispatch.clone());
    let on_select = Callback::from(move |index: usize| {
        let brand = names.get(index).cloned();
        dispatch.dispatch(change_view(&state, |view| view.price_brand = brand));
    });
    labelled_select(
        "Brand to gain",
        options,
        position.unwrap_or_default(),
        on_select,
    )
}

/// The best price, and what it brings: "EBIT of Tesla is highest at $450 a month: …".
fn describe(
    market: &SimulatedMarket,
    found: &BestPrice,
    measure: ObjectiveMeasure,
    brand: &str,
) -> Option<String> {
    let currency = &market.study.settings().currency;
    let best = found.best_point()?;
    let gain = &best.gain;
    let mut points = found.points.iter();
    let today = points.find(|point| Some(point.price) == found.current);
    let price = price_text(best.price, found.attribute, &market.study);
    let value = objective_text(measure, gain.objective.mean, currency);
    let place = match found.edge {
        None => String::new(),
        Some(edge) => format!(
            " This is the {} surveyed price: the best one may be beyond.",
            edge.label()
        ),
    };
    // A brand may earn most with an offer that hardly anyone takes.
    let share = percent(gain.share.mean);
    let (change, share) = match today {
        None => (String::new(), share),
        Some(today) if today.price == best.price => (", today's price".to_owned(), share),
        Some(today) => (
            format!(", {} over today", gain_text(measure, gain, currency)),
            format!("then {share} ({} today)", percent(today.gain.share.mean)),
        ),
    };
    let label = measure.label();
    Some(format!(
        "{label} of {brand} is highest at {price}: {value}{change}. The offer's share is {share}.{place}"
    ))
}

/// A value of the objective: "33.2 %", "$12.4 M".
pub(super) fn objective_text(objective: ObjectiveMeasure, value: f64, currency: &str) -> String {
    match measure_of(objective) {
        None => percent(value),
        Some(measure) => short_measure(measure, value, currency),
    }
}

/// A gain with its interval: "+$1.2 K (90 % interval +$0.4 K to +$2.1 K)".
pub(super) fn gain_text(objective: ObjectiveMeasure, gain: &Gain, currency: &str) -> String {
    let text = |difference: f64| match measure_of(objective) {
        None => format!("{} points", points_change(difference)),
        Some(measure) => short_measure_change(measure, difference, currency),
    };
    let Estimate { mean, interval } = gain.gain;
    let interval = interval
        .map(|Interval { low, high }| format!(" (90 % interval {} to {})", text(low), text(high)));
    text(mean) + &interval.unwrap_or_default()
}

/// The words for an edge of the values tried.
pub(super) fn edge_text(edge: Option<RangeEdge>) -> String {
    edge.map_or(String::new(), |edge| format!(" ({} tried)", edge.label()))
}

/// The money measure of an objective; `None` for the share.
fn measure_of(objective: ObjectiveMeasure) -> Option<Measure> {
    match objective {
        ObjectiveMeasure::Share => None,
        ObjectiveMeasure::Revenue => Some(Measure::Revenue),
        ObjectiveMeasure::Ebit => Some(Measure::Ebit),
    }
}

fn draw(
    market: &SimulatedMarket,
    found: &BestPrice,
    objective: ObjectiveMeasure,
    brand: &str,
) -> Graphic {
    let study = &market.study;
    let settings = study.settings();
    let offer = market.scenario.offers().get(found.product);
    let name = offer.map_or(String::new(), |offer| study.name_of(offer));
    let curve = |name: String, measure: Option<Measure>, estimate: fn(&Gain) -> Estimate| {
        let estimates = found.points.iter().map(|point| estimate(&point.gain));
        let (values, band) = estimates
            .map(|Estimate { mean, interval }| match measure {
                Some(_) => (Some(mean), interval),
                None => (Some(mean * 100.0), percent_interval(interval)),
            })
            .unzip();
        let unit = measure.map_or("%".to_owned(), |measure| measure_unit(measure, settings));
        Curve {
            name,
            unit,
            values,
            band,
        }
    };
    let price = column_label(settings.columns.get(MONTHLY_COST));
    let today = found.current.map(|current| (current, "today"));
    let best = found.best_point().map(|best| (best.price, "best"));
    let label = format!("{} of {brand}", objective.label());
    Curves {
        along: format!("{price} of {name}"),
        unit: cost_unit(Cost::Monthly, settings),
        places: found.points.iter().map(|point| point.price).collect(),
        marks: today.into_iter().chain(best).collect(),
        curves: vec![
            curve(label, measure_of(objective), |gain| gain.objective),
            curve(format!("Share of {name}"), None, |gain| gain.share),
        ],
    }
    .graphic()
}
