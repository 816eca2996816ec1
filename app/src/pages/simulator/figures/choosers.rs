//! "Choosers": who chooses each product, by segment or by current brand, next to all respondents.

use conjoint::analysis::choosers::{ChooserProfile, Choosers};
use conjoint::index_vec::Position;
use yew::prelude::*;

use crate::charts::{BarSeries, Bars, Fill, Graphic, Grouping, Theme, segment_color};
use crate::components::hooks::use_theme;
use crate::components::{
    AnalysisFigureProps, Figure, analysis_graphic, labelled_select, placeholder, use_last_graphic,
};
use crate::compute::SimulatedMarket;
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

const TITLE: &str = "Choosers";

/// What divides the choosers of a product.
#[derive(Clone, Copy, PartialEq)]
enum Division {
    Segment,
    CurrentBrand,
}

impl Division {
    /// Those that the study knows.
    fn available(market: &SimulatedMarket) -> Vec<Self> {
        let study = &market.study;
        let by_segment = (study.segments().len() > 1).then_some(Self::Segment);
        let knows_brands = !study.respondents().owners().is_empty();
        let by_brand = knows_brands.then_some(Self::CurrentBrand);
        by_segment.into_iter().chain(by_brand).collect()
    }

    fn label(self) -> &'static str {
        match self {
            Self::Segment => "Segment",
            Self::CurrentBrand => "Current brand",
        }
    }
}

/// The composition of every product's demand.
#[component]
pub fn ChoosersFigure(props: &AnalysisFigureProps) -> Html {
    let theme = use_theme();
    let selected = use_state(|| 0_usize);
    let divisions = Division::available(&props.live.market);
    let place = if *selected < divisions.len() {
        *selected
    } else {
        0
    };
    let division = divisions.get(place).copied();
    let graphic = {
        let inputs = (
            props.live.clone(),
            props.analyses.choosers.clone(),
            division,
            theme,
        );
        use_memo(inputs, |(live, choosers, division, theme)| {
            let (division, theme) = (*division, *theme);
            analysis_graphic(live, choosers.as_ref(), move |market, choosers| {
                draw(market, choosers, division, theme)
            })
        })
    };
    let on_select = {
        let selected = selected.setter();
        Callback::from(move |index| selected.set(index))
    };
    let Some((graphic, class)) = use_last_graphic((*graphic).clone()) else {
        return placeholder(TITLE, "");
    };
    let labels = divisions.iter().map(|division| division.label().into());
    let labels: Vec<AttrValue> = labels.collect();
    html! {
        <Figure
            title={TITLE}
            class={classes!(class)}
            {graphic}
            empty="The study has neither several segments nor current brands, so that its respondents \
                   cannot be divided."
            reading={how_to_read::CHOOSERS}
            lead="Who chooses each product, in percent of its choosers, next to all respondents."
            model_line={model_line(&props.live, FigureBasis::Rule)}
        >
            if !labels.is_empty() {
                { labelled_select("Choosers by", labels, place, on_select) }
            }
        </Figure>
    }
}

fn draw(
    market: &SimulatedMarket,
    choosers: &Choosers,
    division: Option<Division>,
    theme: Theme,
) -> Graphic {
    let study = &market.study;
    let offers = market.scenario.offers().iter();
    let offers = offers.map(|offer| study.name_of(offer));
    let products = offers.zip(&choosers.products);
    let none = choosers.none.as_ref().map(|none| ("None".to_owned(), none));
    let all = [("All respondents".to_owned(), &choosers.all)];
    let groups: Vec<(String, &ChooserProfile)> = all
        .into_iter()
        .chain(products)
        .chain(none)
        .filter(|_| division.is_some())
        .collect();
    let series = |name: &String, color: String, share: &dyn Fn(&ChooserProfile) -> Option<f64>| {
        let shares = groups.iter().map(|(_, profile)| {
            // Nobody has no parts.
            let share = share(profile).filter(|_| profile.count > 0.0);
            share.map(|share| share * 100.0)
        });
        BarSeries {
            name: name.clone(),
            values: shares.collect(),
            fill: Fill::Color(color),
            intervals: Vec::new(),
        }
    };
    let series = match division {
        Some(Division::CurrentBrand) => {
            let brands = study.brands().enumerate().filter(|(brand, _)| {
                // Brands that nobody has would only lengthen the legend.
                let share = choosers.all.by_owner.get(*brand);
                share.is_some_and(|share| *share > 0.0)
            });
            let brands = brands.map(|(index, brand)| {
                series(&brand.name, theme.mark(&brand.color), &|profile| {
                    profile.by_owner.get(index).copied()
                })
            });
            brands.collect()
        }
        _ => {
            let segments = study.segments().enumerate();
            let segments = segments.map(|(segment, name)| {
                let color = segment_color(segment.index()).to_owned();
                series(name, color, &|profile| {
                    profile.by_segment.get(segment).copied()
                })
            });
            segments.collect()
        }
    };
    Bars {
        category: "product".to_owned(),
        measure: "Share of the choosers".to_owned(),
        unit: "%".to_owned(),
        categories: groups.iter().map(|(name, _)| name.clone()).collect(),
        series,
        grouping: Grouping::Stacked,
    }
    .graphic()
}
