//! Importance and Part-worths: what attributes decide, and what their levels are worth.

use conjoint::index_vec::{AttributeIndex, Position, SegmentIndex};
use conjoint::study::Study;
use worker::protocol::AttributeGroup;
use yew::prelude::*;

use super::{MarketProps, planned, use_last, waiting};
use crate::charts::{BarSeries, Bars, Categories, Fill, Graphic, Grouping, segment_colour};
use crate::components::{Figure, choice};
use crate::format::{column_label, count};
use crate::pages::Dispatch;
use crate::pages::attractiveness::{UNBRANDED, unit};
use crate::state::{Action, State, View};
use crate::text::how_to_read;
use crate::text::model::FigureBasis;

/// Properties of [`AttributesFigure`].
#[derive(Properties, PartialEq)]
pub(super) struct AttributesProps {
    /// Whether it is of one attribute's levels, and not of the attributes.
    pub(super) is_of_levels: bool,
    /// What it follows from.
    pub(super) of: MarketProps,
}

/// What is shown.
#[derive(Clone, Copy, PartialEq)]
struct Shown {
    /// The attribute whose levels; none where it is all attributes.
    levels_of: Option<AttributeIndex>,
    /// Whether segments stand beside all respondents.
    is_apart: bool,
}

/// The attributes' importances, or the part-worths of one attribute's levels.
#[component]
pub(super) fn AttributesFigure(props: &AttributesProps) -> Html {
    let MarketProps {
        state,
        dispatch,
        live,
        analyses,
    } = &props.of;
    let shown = Shown {
        levels_of: props.is_of_levels.then(|| looked_at(state)).flatten(),
        is_apart: state.view().compare_segments,
    };
    let plan = use_memo(
        (live.clone(), analyses.attributes.clone(), shown),
        |(live, groups, shown)| {
            let shown = *shown;
            planned(live, groups.as_ref(), move |simulation, groups| {
                draw(simulation.full_study(), groups, shown)
            })
        },
    );
    let title = match props.is_of_levels {
        true => "Part-worths",
        false => "Importance",
    };
    let Some((graphic, class)) = use_last((*plan).clone()) else {
        return waiting(title, "");
    };
    let study = state.study();
    let attribute = shown
        .levels_of
        .map(|index| column_label(&study.schema().attributes()[index].name));
    let lead = match &attribute {
        Some(attribute) => format!(
            "What each level of {attribute} is worth, about the attribute's mean, with its 90 % \
             interval."
        ),
        None => "How much of the choice each attribute decides, on average over the respondents, \
                 with its 90 % interval."
            .to_owned(),
    };
    let everyone = analyses
        .attributes
        .as_ref()
        .and_then(|groups| groups.first());
    let indifferent = everyone.map(|group| group.importances.indifferent);
    let note = indifferent.filter(|some| *some > 0 && attribute.is_none());
    html! {
        <Figure
            {title}
            class={classes!(class)}
            {graphic}
            empty="Every level of every attribute is worth the same to all who count."
            reading={if props.is_of_levels { how_to_read::PART_WORTHS } else { how_to_read::IMPORTANCE }}
            {lead}
            note={note.map(left_out)}
            by={live.by(FigureBasis::PartWorths)}
        >
            if attribute.is_some() {
                { of_attribute(state, dispatch, shown) }
            }
            if !state.model().segments_apart(study).is_empty() {
                { apart(state, dispatch, format!("{title} for")) }
            }
        </Figure>
    }
}

/// The attribute that was chosen, or the first.
fn looked_at(state: &State) -> Option<AttributeIndex> {
    let schema = state.study().schema();
    let chosen = state.view().part_worth_attribute.as_deref();
    let chosen = chosen.and_then(|name| schema.find(name));
    chosen.or_else(|| schema.surveyed().next())
}

fn of_attribute(state: &State, dispatch: &Dispatch, shown: Shown) -> Html {
    let schema = state.study().schema();
    let surveyed: Vec<AttributeIndex> = schema.surveyed().collect();
    let names = surveyed
        .iter()
        .map(|index| &schema.attributes()[*index].name);
    let options = names
        .clone()
        .map(|name| column_label(name).into())
        .collect();
    let place = surveyed.iter().position(|it| Some(*it) == shown.levels_of);
    let names: Vec<String> = names.cloned().collect();
    let (view, dispatch) = (state.view().clone(), dispatch.clone());
    let on_choose = Callback::from(move |place: usize| {
        dispatch.dispatch(Action::Show(View {
            part_worth_attribute: names.get(place).cloned(),
            ..view.clone()
        }));
    });
    choice(
        "Part-worths of",
        options,
        place.unwrap_or_default(),
        on_choose,
    )
}

fn apart(state: &State, dispatch: &Dispatch, label: String) -> Html {
    let options = ["All respondents", "Segments apart"].map(AttrValue::from);
    let (view, dispatch) = (state.view().clone(), dispatch.clone());
    let place = usize::from(view.compare_segments);
    let on_choose = Callback::from(move |place| {
        dispatch.dispatch(Action::Show(View {
            compare_segments: place == 1,
            ..view.clone()
        }));
    });
    choice(label, options.to_vec(), place, on_choose)
}

/// Of whom there are no importances.
fn left_out(indifferent: usize) -> String {
    let (people, have, are) = match indifferent {
        1 => ("1 respondent".to_owned(), "has", "is"),
        some => (format!("{} respondents", count(some)), "have", "are"),
    };
    format!(
        "{people}, to whom all levels are worth the same, {have} no importances and {are} left out."
    )
}

fn draw(study: &Study, groups: &[AttributeGroup], shown: Shown) -> Graphic {
    let attributes = study.schema().attributes();
    let series = groups
        .iter()
        .filter(|group| shown.is_apart || group.segment.is_none())
        .map(|group| {
            let own = |segment: SegmentIndex| Some((segment, study.segments().get(segment)?));
            let (name, colour) = match group.segment.and_then(own) {
                Some((segment, name)) => (name.as_str(), segment_colour(segment.index())),
                None => ("all respondents", UNBRANDED),
            };
            let estimates = group.estimates(shown.levels_of);
            BarSeries {
                name: name.to_owned(),
                values: estimates.iter().map(|it| Some(it.mean)).collect(),
                fill: Fill::Colour(colour.to_owned()),
                intervals: estimates.iter().map(|it| it.interval).collect(),
            }
        });
    let series: Vec<BarSeries> = series.collect();
    let Some(index) = shown.levels_of else {
        let values = series.iter().flat_map(|series| &series.values);
        let is_some = values.flatten().any(|value| value.is_finite());
        let surveyed = study.schema().surveyed().filter(|_| is_some);
        return Bars {
            category: "attribute".to_owned(),
            measure: "Importance".to_owned(),
            unit: "%".to_owned(),
            categories: surveyed
                .map(|it| column_label(&attributes[it].name))
                .collect(),
            series,
            grouping: Grouping::SideBySide,
        }
        .graphic();
    };
    let attribute = &attributes[index];
    let numeric = attribute.is_numeric();
    let title = numeric.then(|| {
        let unit = unit(study.schema(), index, study.settings());
        let unit = unit.map_or(String::new(), |unit| format!(", {unit}"));
        column_label(&attribute.name) + &unit
    });
    Bars {
        category: "level".to_owned(),
        measure: "Utility".to_owned(),
        unit: "about the attribute's mean".to_owned(),
        categories: Categories {
            names: attribute.levels.names(),
            title,
            ..Categories::default()
        },
        series,
        grouping: if numeric {
            Grouping::AlongAxis
        } else {
            Grouping::SideBySide
        },
    }
    .graphic()
}
