//! "Importance" and "Part-worths": how much attributes decide, and what their levels are worth.

use conjoint::index_vec::{AttributeIndex, Position, SegmentIndex};
use conjoint::study::Study;
use worker::protocol::AttributeGroup;
use yew::prelude::*;

use crate::charts::{
    BarSeries, Bars, Categories, Fill, Graphic, Grouping, UNBRANDED, segment_color,
};
use crate::components::{
    AnalysisFigureProps, Dispatch, Figure, analysis_graphic, change_view, labelled_select,
    placeholder, use_last_graphic,
};
use crate::format::{attribute_unit, column_label, count};
use crate::state::State;
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

/// What the figure is about.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Subject {
    /// The importance of every attribute.
    Importance,
    /// The part-worths of one attribute's levels.
    PartWorths,
}

/// Properties of [`AttributesFigure`].
#[derive(Properties, PartialEq)]
pub(super) struct AttributesFigureProps {
    /// What the figure is about.
    pub(super) subject: Subject,
    /// The inputs that all figures of the page have.
    pub(super) inputs: AnalysisFigureProps,
}

/// What the figure draws.
#[derive(Clone, Copy, PartialEq)]
struct Selection {
    /// The attribute whose part-worths are drawn; `None` for importances.
    attribute: Option<AttributeIndex>,
    /// Whether every segment has its own bars next to those of all respondents.
    compares_segments: bool,
}

/// The importances of the attributes, or the part-worths of one attribute's levels.
#[component]
pub(super) fn AttributesFigure(props: &AttributesFigureProps) -> Html {
    let AnalysisFigureProps {
        state,
        dispatch,
        live,
        analyses,
        ..
    } = &props.inputs;
    let (title, reading, attribute) = match props.subject {
        Subject::Importance => ("Importance", how_to_read::IMPORTANCE, None),
        Subject::PartWorths => (
            "Part-worths",
            how_to_read::PART_WORTHS,
            selected_attribute(state),
        ),
    };
    let selection = Selection {
        attribute,
        compares_segments: state.view().compare_segments,
    };
    let graphic = use_memo(
        (live.clone(), analyses.attributes.clone(), selection),
        |(live, groups, selection)| {
            let selection = *selection;
            analysis_graphic(live, groups.as_ref(), move |market, groups| {
                draw(&market.study, groups, selection)
            })
        },
    );
    let Some((graphic, class)) = use_last_graphic((*graphic).clone()) else {
        return placeholder(title, "");
    };
    let groups = analyses.attributes.as_ref();
    let everyone = groups.and_then(|groups| groups.first());
    let indifferent = everyone.map(|group| group.importances.indifferent);
    let note = indifferent.filter(|count| *count > 0 && attribute.is_none());
    html! {
        <Figure
            {title}
            class={classes!(class)}
            {graphic}
            empty="Every level of every attribute is worth the same to all included respondents."
            {reading}
            lead={lead(state.study(), attribute)}
            note={note.map(describe_indifferent)}
            model_line={model_line(live, FigureBasis::PartWorths)}
        >
            if attribute.is_some() {
                { attribute_select(state, dispatch, attribute) }
            }
            if !state.model().segments_to_compare(state.study()).is_empty() {
                { segment_select(state, dispatch, format!("{title} for")) }
            }
        </Figure>
    }
}

fn lead(study: &Study, attribute: Option<AttributeIndex>) -> String {
    match attribute {
        Some(attribute) => format!(
            "What each level of {} is worth, relative to the attribute's mean, with its 90 % \
             interval.",
            column_label(&study.schema().attributes()[attribute].name)
        ),
        None => "How much of the choice each attribute decides, on average over the respondents, \
                 with its 90 % interval."
            .to_owned(),
    }
}

/// The selected attribute; by default, the first.
fn selected_attribute(state: &State) -> Option<AttributeIndex> {
    let schema = state.study().schema();
    let selected = state.view().part_worth_attribute.as_deref();
    let selected = selected.and_then(|name| schema.find(name));
    selected.or_else(|| schema.surveyed_attributes().next())
}

fn attribute_select(state: &State, dispatch: &Dispatch, attribute: Option<AttributeIndex>) -> Html {
    let schema = state.study().schema();
    let surveyed: Vec<AttributeIndex> = schema.surveyed_attributes().collect();
    let names = surveyed
        .iter()
        .map(|index| &schema.attributes()[*index].name);
    let names: Vec<String> = names.cloned().collect();
    let options = names.iter().map(|name| column_label(name).into()).collect();
    let selected = surveyed.iter().position(|it| Some(*it) == attribute);
    let (state, dispatch) = (state.clone(), dispatch.clone());
    let on_select = Callback::from(move |index: usize| {
        dispatch.dispatch(change_view(&state, |view| {
            view.part_worth_attribute = names.get(index).cloned();
        }));
    });
    labelled_select(
        "Part-worths of",
        options,
        selected.unwrap_or_default(),
        on_select,
    )
}

fn segment_select(state: &State, dispatch: &Dispatch, label: String) -> Html {
    let options = ["All respondents", "Segments apart"].map(AttrValue::from);
    let selected = usize::from(state.view().compare_segments);
    let (state, dispatch) = (state.clone(), dispatch.clone());
    let on_select = Callback::from(move |index| {
        dispatch.dispatch(change_view(&state, |view| {
            view.compare_segments = index == 1
        }));
    });
    labelled_select(label, options.to_vec(), selected, on_select)
}

/// How many respondents have no importances, and why.
fn describe_indifferent(indifferent: usize) -> String {
    let respondents = match indifferent {
        1 => "1 respondent has no importances and is".to_owned(),
        _ => format!(
            "{} respondents have no importances and are",
            count(indifferent)
        ),
    };
    format!("{respondents} left out: all levels are worth the same to them.")
}

fn draw(study: &Study, groups: &[AttributeGroup], selection: Selection) -> Graphic {
    let series: Vec<BarSeries> = groups
        .iter()
        .filter(|group| selection.compares_segments || group.segment.is_none())
        .map(|group| group_bars(study, group, selection.attribute))
        .collect();
    match selection.attribute {
        Some(attribute) => draw_part_worths(study, attribute, series),
        None => draw_importances(study, series),
    }
}

/// The bars of a segment, or of all respondents.
fn group_bars(
    study: &Study,
    group: &AttributeGroup,
    attribute: Option<AttributeIndex>,
) -> BarSeries {
    let segment = |segment: SegmentIndex| Some((segment, study.segments().get(segment)?));
    let (name, color) = match group.segment.and_then(segment) {
        Some((segment, name)) => (name.as_str(), segment_color(segment.index())),
        None => ("all respondents", UNBRANDED),
    };
    let estimates = group.estimates(attribute);
    BarSeries {
        name: name.to_owned(),
        values: estimates.iter().map(|it| Some(it.mean)).collect(),
        fill: Fill::Color(color.to_owned()),
        intervals: estimates.iter().map(|it| it.interval).collect(),
    }
}

fn draw_importances(study: &Study, series: Vec<BarSeries>) -> Graphic {
    let schema = study.schema();
    let mut values = series.iter().flat_map(|series| &series.values).flatten();
    // Without categories, the figure shows why it is empty.
    let has_values = values.any(|value| value.is_finite());
    let effects = schema.effects().filter(|_| has_values);
    Bars {
        category: "attribute".to_owned(),
        measure: "Importance".to_owned(),
        unit: "%".to_owned(),
        categories: effects
            .map(|effect| column_label(&schema.effect_name(effect)))
            .collect(),
        series,
        grouping: Grouping::SideBySide,
    }
    .graphic()
}

fn draw_part_worths(study: &Study, index: AttributeIndex, series: Vec<BarSeries>) -> Graphic {
    let attribute = &study.schema().attributes()[index];
    let is_numeric = attribute.is_numeric();
    let title = is_numeric.then(|| {
        let unit = attribute_unit(study.schema(), index, study.settings());
        let unit = unit.map_or(String::new(), |unit| format!(", {unit}"));
        column_label(&attribute.name) + &unit
    });
    Bars {
        category: "level".to_owned(),
        measure: "Utility".to_owned(),
        unit: "relative to the attribute's mean".to_owned(),
        categories: Categories {
            names: attribute.level_names(),
            title,
            ..Categories::default()
        },
        series,
        grouping: if is_numeric {
            Grouping::AlongAxis
        } else {
            Grouping::SideBySide
        },
    }
    .graphic()
}
