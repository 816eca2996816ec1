//! The figures of analyses of prices and products: one component, and a file for each kind of drawing.

mod matrices;
mod willingness_to_pay;

use yew::prelude::*;

use crate::components::{
    AnalysisFigureProps, Figure, LazyGraphic, analysis_graphic, labelled_select, placeholder,
    priced_product_select, use_last_graphic,
};
use crate::compute::prices::priced_product;
use crate::compute::{Analyses, Live};
use crate::format::capitalize;
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};
use matrices::ElasticityKind;

/// An analysis that varies a price.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum PriceAnalysis {
    WillingnessToPay,
    Elasticity,
    Diversion,
}

/// Properties of [`PricesFigure`].
#[derive(Properties, PartialEq)]
pub(super) struct PricesFigureProps {
    /// The analysis.
    pub(super) analysis: PriceAnalysis,
    /// The inputs that all figures of the page have.
    pub(super) inputs: AnalysisFigureProps,
}

/// The figure of an analysis.
#[component]
pub(super) fn PricesFigure(props: &PricesFigureProps) -> Html {
    let PricesFigureProps { analysis, inputs } = props;
    let (analysis, selected) = (*analysis, use_state(|| 0_usize));
    let kinds = ElasticityKind::available(!inputs.state.model().constants.is_empty());
    // Without constants, the last kind does not exist.
    let kind_index = if *selected < kinds.len() {
        *selected
    } else {
        0
    };
    let kind = kinds.get(kind_index).copied().unwrap_or_default();
    let graphic = {
        let memo_inputs = (inputs.live.clone(), inputs.analyses.clone(), kind);
        use_memo(memo_inputs, move |(live, analyses, kind)| {
            analysis.graphic(live, analyses, *kind)
        })
    };
    let Some((graphic, class)) = use_last_graphic((*graphic).clone()) else {
        return placeholder(analysis.title(), "wide tall");
    };
    let texts = analysis.texts(inputs, kind);
    let on_kind = {
        let selected = selected.setter();
        Callback::from(move |index| selected.set(index))
    };
    let kind_options = kinds.iter().map(|kind| kind.label().into()).collect();
    html! {
        <Figure
            title={analysis.title()}
            class={classes!("wide", "tall", class)}
            {graphic}
            reading={analysis.reading()}
            lead={texts.lead}
            model_line={model_line(&inputs.live, texts.basis)}
            note={texts.note}
            empty={texts.empty}
        >
            if analysis == PriceAnalysis::WillingnessToPay {
                { priced_product_select(inputs, "Priced product") }
            }
            if analysis == PriceAnalysis::Elasticity {
                { labelled_select("Elasticity", kind_options, kind_index, on_kind) }
            }
        </Figure>
    }
}

/// The sentences around a chart.
struct FigureTexts {
    lead: String,
    basis: FigureBasis,
    note: Option<AttrValue>,
    empty: String,
}

impl PriceAnalysis {
    fn title(self) -> &'static str {
        match self {
            Self::WillingnessToPay => "Willingness to pay",
            Self::Elasticity => "Price elasticity",
            Self::Diversion => "Diversion",
        }
    }

    fn reading(self) -> &'static str {
        match self {
            Self::WillingnessToPay => how_to_read::WILLINGNESS_TO_PAY,
            Self::Elasticity => how_to_read::PRICE_ELASTICITY,
            Self::Diversion => how_to_read::DIVERSION,
        }
    }

    /// The graphic; `None` before the analysis is computed.
    fn graphic(
        self,
        live: &Live,
        analyses: &Analyses,
        kind: ElasticityKind,
    ) -> Option<LazyGraphic> {
        match self {
            Self::WillingnessToPay => {
                let result = analyses.willingness_to_pay.as_ref();
                analysis_graphic(live, result, |market, result| {
                    willingness_to_pay::draw(market, result.as_ref())
                })
            }
            Self::Elasticity => {
                let result = analyses.elasticities.as_ref();
                analysis_graphic(live, result, move |market, result| {
                    matrices::draw_elasticity(market, result.as_ref(), kind)
                })
            }
            Self::Diversion => {
                let result = analyses.diversion.as_ref();
                analysis_graphic(live, result, matrices::draw_diversion)
            }
        }
    }

    fn texts(self, inputs: &AnalysisFigureProps, kind: ElasticityKind) -> FigureTexts {
        let market = &inputs.live.market;
        let priced = priced_product(&inputs.live, &inputs.state);
        let name = priced.as_ref().map(|(product, _)| {
            let offer = &market.scenario.offers()[*product];
            market.study.name_of(offer)
        });
        let name = name.unwrap_or_default();
        let (lead, basis) = match self {
            Self::WillingnessToPay => (
                willingness_to_pay::lead(&name),
                willingness_to_pay::basis(market),
            ),
            Self::Elasticity => (kind.description().to_owned(), kind.basis()),
            Self::Diversion => (matrices::DIVERSION.to_owned(), FigureBasis::Rule),
        };
        let worths = inputs.analyses.willingness_to_pay.as_ref();
        let worths = worths.filter(|_| self == Self::WillingnessToPay);
        FigureTexts {
            lead,
            basis,
            note: worths.map(|result| willingness_to_pay::note((**result).as_ref()).into()),
            empty: match priced {
                Err(error) => capitalize(&error.to_string()),
                Ok(_) => format!("{name} has no price to vary; enter one"),
            },
        }
    }
}
