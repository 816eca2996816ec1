//! The figures of analyses of prices and products: one component, and a file for each kind of drawing.

mod matrices;
mod willingness_to_pay;
mod worth;

use worker::protocol::WorthSelection;
use yew::prelude::*;

use crate::components::{
    AnalysisFigureProps, Figure, LazyGraphic, analysis_graphic, labelled_select, placeholder,
    priced_product_select, use_last_graphic,
};
use crate::compute::prices::{priced_product, worth_selection};
use crate::compute::{Analyses, Live};
use crate::format::capitalize;
use crate::state::State;
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
        let selection = analysis.selection(&inputs.state);
        let memo_inputs = (
            inputs.live.clone(),
            inputs.analyses.clone(),
            kind,
            selection,
        );
        use_memo(memo_inputs, move |(live, analyses, kind, selection)| {
            analysis.graphic(live, analyses, *kind, selection.as_ref())
        })
    };
    let Some((graphic, class)) = use_last_graphic((*graphic).clone()) else {
        return placeholder(analysis.title(), "wide tall");
    };
    let texts = analysis.texts(inputs, kind);
    let worths = inputs.analyses.willingness_to_pay.as_deref();
    let worths = worths.and_then(Option::as_ref);
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
                { worth::selects(inputs, worths) }
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

    /// The levels that are shown as a distribution over respondents; `None` while all levels are shown.
    fn selection(self, state: &State) -> Option<WorthSelection> {
        worth_selection(state).filter(|_| self == Self::WillingnessToPay)
    }

    /// The graphic; `None` before the analysis is computed.
    fn graphic(
        self,
        live: &Live,
        analyses: &Analyses,
        kind: ElasticityKind,
        selection: Option<&WorthSelection>,
    ) -> Option<LazyGraphic> {
        if let Some(selection) = selection {
            let attribute = selection.attribute;
            let result = analyses.level_worth.as_ref();
            return analysis_graphic(live, result, move |market, result| {
                worth::draw(market, attribute, result.as_ref())
            });
        }
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
        let selection = self.selection(&inputs.state);
        let level_worth = inputs.analyses.level_worth.as_deref();
        let level_worth = level_worth.and_then(Option::as_ref);
        let (lead, basis) = match (self, &selection) {
            (Self::WillingnessToPay, Some(selection)) => (
                worth::lead(market, selection, &name),
                FigureBasis::MeanPartWorths,
            ),
            (Self::WillingnessToPay, None) => (
                willingness_to_pay::lead(&name),
                willingness_to_pay::basis(market),
            ),
            (Self::Elasticity, _) => (kind.description().to_owned(), kind.basis()),
            (Self::Diversion, _) => (matrices::DIVERSION.to_owned(), FigureBasis::Rule),
        };
        let worths = inputs.analyses.willingness_to_pay.as_ref();
        let worths = worths.filter(|_| self == Self::WillingnessToPay);
        FigureTexts {
            lead,
            basis,
            note: match &selection {
                Some(selection) => Some(worth::note(market, selection, level_worth).into()),
                None => worths.map(|it| willingness_to_pay::note(market, (**it).as_ref()).into()),
            },
            empty: match (priced, selection) {
                (Err(error), _) => capitalize(&error.to_string()),
                (Ok(_), None) => format!("{name} has no price to vary; enter one"),
                (Ok(_), Some(_)) => format!(
                    "{name} has this level, its price cannot vary, or all respondents like paying more"
                ),
            },
        }
    }
}
