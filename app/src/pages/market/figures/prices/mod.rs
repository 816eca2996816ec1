//! The figures of a price that moves: one component, and a file for each kind of drawing.

mod demand;
mod matrices;
mod worth;

use conjoint::simulation::Simulation;
use yew::prelude::*;

use super::{MarketProps, planned, use_last, waiting};
use crate::charts::capitalized;
use crate::components::{Figure, Plan, choice};
use crate::compute::prices::priced_product;
use crate::compute::{Analyses, Live};
use crate::state::{Action, State, View};
use crate::text::how_to_read;
use crate::text::model::FigureBasis;

/// Which figure.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Worth,
    Elasticity,
    Demand,
    Diversion,
}

/// Properties of [`PricesFigure`].
#[derive(Properties, PartialEq)]
pub(super) struct PricesProps {
    /// Which figure.
    pub(super) kind: Kind,
    /// What it follows from.
    pub(super) of: MarketProps,
}

impl Kind {
    fn title(self) -> &'static str {
        match self {
            Self::Worth => "Willingness to pay",
            Self::Elasticity => "Price elasticity",
            Self::Demand => "Demand curve",
            Self::Diversion => "Diversion",
        }
    }

    fn reading(self) -> &'static str {
        match self {
            Self::Worth => how_to_read::WILLINGNESS_TO_PAY,
            Self::Elasticity => how_to_read::PRICE_ELASTICITY,
            Self::Demand => how_to_read::DEMAND_CURVE,
            Self::Diversion => how_to_read::DIVERSION,
        }
    }

    /// The name of the select of the product whose price moves.
    fn select(self) -> Option<&'static str> {
        match self {
            Self::Worth => Some("Priced product"),
            Self::Demand => Some("Product of the curve"),
            Self::Elasticity | Self::Diversion => None,
        }
    }

    /// The drawing, once its analysis is there.
    fn plan(self, live: &Live, analyses: &Analyses, state: State, which: usize) -> Option<Plan> {
        match self {
            Self::Worth => {
                let found = analyses.willingness_to_pay.as_ref();
                planned(live, found, |simulation, found| {
                    worth::draw(simulation, found.as_ref())
                })
            }
            Self::Elasticity => {
                let found = analyses.elasticities.as_ref();
                planned(live, found, move |simulation, found| {
                    matrices::elasticity(simulation, found.as_ref(), which)
                })
            }
            Self::Demand => {
                let found = analyses.demand_curve.as_ref();
                planned(live, found, move |simulation, found| {
                    demand::draw(simulation, found.as_ref(), &state)
                })
            }
            Self::Diversion => planned(live, analyses.diversion.as_ref(), matrices::diversion),
        }
    }
}

/// A figure of a price that moves.
#[component]
pub(super) fn PricesFigure(props: &PricesProps) -> Html {
    let PricesProps { kind, of } = props;
    let (kind, chosen) = (*kind, use_state(|| 0_usize));
    // The last of them is there with constants alone.
    let has_constants = !of.state.model().constants.is_empty();
    let which = if has_constants || *chosen < 2 {
        *chosen
    } else {
        0
    };
    let plan = {
        let wanted = (of.live.clone(), of.analyses.clone(), which);
        let state = of.state.clone();
        use_memo(wanted, move |(live, analyses, which)| {
            kind.plan(live, analyses, state, *which)
        })
    };
    let Some((graphic, class)) = use_last((*plan).clone()) else {
        return waiting(kind.title(), "wide tall");
    };
    let told = of.live.ask(|simulation| kind.told(simulation, of, which));
    html! {
        <Figure
            title={kind.title()}
            class={classes!("wide", "tall", class)}
            {graphic}
            reading={kind.reading()}
            lead={told.lead}
            by={of.live.by(told.by)}
            note={told.note}
            empty={told.empty}
        >
            if let Some(label) = kind.select() {
                { product(of, label) }
            }
            if kind == Kind::Elasticity {
                { choice("Elasticity", elasticities(has_constants), which, {
                    let chosen = chosen.setter();
                    Callback::from(move |place| chosen.set(place))
                }) }
            }
        </Figure>
    }
}

/// The kinds of elasticity.
fn elasticities(has_constants: bool) -> Vec<AttrValue> {
    let mut kinds = vec!["Point".into(), "Arc".into()];
    if has_constants {
        kinds.push("Point, without constants".into());
    }
    kinds
}

/// What is said beside a drawing.
struct Told {
    lead: String,
    by: FigureBasis,
    note: Option<AttrValue>,
    empty: String,
}

impl Kind {
    fn told(self, simulation: &Simulation, of: &MarketProps, which: usize) -> Told {
        let asked = priced_product(simulation, &of.state);
        let named = |place: &(_, _)| {
            let offer = &simulation.scenario().offers()[place.0];
            simulation.selected().name_of(offer)
        };
        let name = asked.as_ref().map(named).unwrap_or_default();
        let worths = of.analyses.willingness_to_pay.as_ref();
        let rule = simulation.model().rule;
        let (lead, by, note) = match self {
            Self::Worth => (
                worth::lead(&name),
                if rule.closed_form() == rule {
                    FigureBasis::Rule
                } else {
                    FigureBasis::Preference
                },
                worths.map(|found| worth::note((**found).as_ref()).into()),
            ),
            Self::Elasticity => match which {
                0 => (matrices::POINT.to_owned(), FigureBasis::Preference, None),
                1 => (matrices::ARC.to_owned(), FigureBasis::Rule, None),
                _ => (matrices::WITHOUT.to_owned(), FigureBasis::Preference, None),
            },
            Self::Demand => (
                demand::lead(simulation, &of.state, &name),
                FigureBasis::Rule,
                None,
            ),
            Self::Diversion => (matrices::DIVERSION.to_owned(), FigureBasis::Rule, None),
        };
        let empty = match asked {
            Err(fault) => capitalized(&fault.to_string()),
            Ok(_) => format!("{name} has no price that could move; give it one"),
        };
        Told {
            lead,
            by,
            note,
            empty,
        }
    }
}

/// The select of the product whose price moves.
fn product(of: &MarketProps, label: &'static str) -> Html {
    let (state, dispatch) = (of.state.clone(), of.dispatch.clone());
    let offers = state.edits().scenario().offers();
    let names = offers
        .iter()
        .map(|offer| state.study().name_of(offer).into());
    let names: Vec<AttrValue> = names.collect();
    let chosen = of.live.ask(|simulation| priced_product(simulation, &state));
    let chosen = match (chosen, &state.view().priced_product) {
        (Ok((product, _)), _) => Some(product),
        (Err(_), Some(id)) => state.edits().scenario().find(id.as_str()),
        (Err(_), None) => None,
    };
    let chosen = chosen.map_or(0, conjoint::index_vec::Position::index);
    let ids: Vec<_> = offers.iter().map(|offer| offer.id.clone()).collect();
    let on_choose = Callback::from(move |place: usize| {
        let priced = ids.get(place).cloned();
        let view = View {
            priced_product: priced,
            ..state.view().clone()
        };
        dispatch.dispatch(Action::Show(view));
    });
    choice(label, names, chosen, on_choose)
}
