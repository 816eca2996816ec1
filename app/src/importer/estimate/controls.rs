//! What the user says: model, columns, attributes, settings, "Start" and "Cancel".

use web_sys::HtmlInputElement;
use worker::protocol::{AttributeDescription, SurveyDescription};
use yew::prelude::*;

use super::form::{ColumnRole, DIRECTIONS, Form, KINDS, MODELS, NumberField};
use super::state::Phase;
use super::{Estimator, words};
use crate::components::{Select, labelled_select, quiet_button, scroll_area};
use crate::format::count;

/// All controls.
pub(super) fn controls(estimator: &Estimator) -> Html {
    let state = &estimator.state;
    html! {
        <form
            onsubmit={|event: SubmitEvent| event.prevent_default()}
            aria-label="How to estimate"
        >
            if let Some(survey) = &state.survey {
                { description(survey) }
            }
            <fieldset disabled={matches!(state.phase, Phase::Running(_))} class="estimate-controls">
                { model_select(estimator) }
                { none_select(estimator) }
                { labels_select(estimator) }
                { number_input(estimator, NumberField::Holdout) }
                { role_selects(estimator) }
                { attributes(estimator) }
                <details>
                    <summary>{ "More settings" }</summary>
                    { for [NumberField::Seed, NumberField::Iterations, NumberField::Draws]
                        .map(|field| number_input(estimator, field)) }
                </details>
            </fieldset>
            { buttons(estimator) }
        </form>
    }
}

/// What the files contain, in sentences.
fn description(survey: &SurveyDescription) -> Html {
    let what = match survey.has_ratings {
        true => "ratings",
        false => "choices",
    };
    let counts = format!(
        "{} {what} of {} respondents; layout: {}.",
        count(survey.tasks),
        count(survey.respondents),
        survey.layout
    );
    let left_out = survey.left_out.iter().map(|entry| {
        let text = format!("Left out: {} × {}.", count(entry.count), entry.reason);
        html! { <li>{ text }</li> }
    });
    let assumed = survey.assumptions.iter();
    let assumed = assumed.map(|text| html! { <li>{ words::with_screen_names(text) }</li> });
    html! {
        <>
            <p>{ counts }</p>
            <ul>{ for left_out }{ for assumed }</ul>
        </>
    }
}

fn names<T>(options: &[(T, &'static str)]) -> Vec<AttrValue> {
    options.iter().map(|(_, name)| (*name).into()).collect()
}

/// Reads the files again with a changed form.
fn say<I: 'static>(estimator: &Estimator, change: impl Fn(&mut Form, I) + 'static) -> Callback<I> {
    let estimator = estimator.clone();
    Callback::from(move |input| {
        let mut form = estimator.form().clone();
        change(&mut form, input);
        estimator.read(form);
    })
}

fn model_select(estimator: &Estimator) -> Html {
    let model = estimator.form().model;
    let selected = MODELS.iter().position(|(other, _)| *other == model);
    let on_select = say(estimator, |form, place: usize| {
        if let Some((model, _)) = MODELS.get(place) {
            form.model = *model;
        }
    });
    labelled_select("Model", names(&MODELS), selected.unwrap_or(0), on_select)
}

fn none_select(estimator: &Estimator) -> Html {
    let is_there = estimator
        .state
        .survey
        .as_ref()
        .is_some_and(|survey| survey.has_none);
    let found = match is_there || estimator.form().ignores_none {
        true => "a constant of its own",
        false => "not found in the files",
    };
    let on_select = say(estimator, |form, place: usize| {
        form.ignores_none = place == 1
    });
    let selected = usize::from(estimator.form().ignores_none);
    let options = vec![found.into(), "left out".into()];
    labelled_select("None", options, selected, on_select)
}

/// Which file has the labels, if there are several.
fn labels_select(estimator: &Estimator) -> Html {
    let files = &estimator.picked.paths;
    if files.len() < 2 {
        return html! {};
    }
    let first: AttrValue = "found in the files".into();
    let options = std::iter::once(first).chain(files.iter().map(|name| name.clone().into()));
    let selected = estimator.form().labels.map_or(0, |place| place + 1);
    let on_select = say(estimator, |form, place: usize| {
        form.labels = place.checked_sub(1);
    });
    labelled_select("Labels", options.collect(), selected, on_select)
}

/// Which column is which.
fn role_selects(estimator: &Estimator) -> Html {
    let survey = estimator.state.survey.as_ref();
    let Some(roles) = survey.map(|survey| &survey.roles) else {
        return html! {};
    };
    if roles.names.is_empty() {
        return html! {};
    }
    let select = |(role, label): (ColumnRole, &'static str)| {
        let found = match role {
            ColumnRole::Respondent => &roles.respondent,
            ColumnRole::Task => &roles.task,
            ColumnRole::Alternative => &roles.alternative,
            ColumnRole::Choice => &roles.choice,
        };
        let columns = roles.names.clone();
        let place = found
            .as_ref()
            .and_then(|name| columns.iter().position(|other| other == name));
        let options = std::iter::once(AttrValue::from("not in a column"));
        let options = options.chain(columns.iter().map(|name| name.clone().into()));
        let options: Vec<AttrValue> = options.collect();
        let on_select = say(estimator, move |form, place: usize| {
            match place.checked_sub(1).and_then(|place| columns.get(place)) {
                Some(name) => form.roles.insert(role, name.clone()),
                None => form.roles.remove(&role),
            };
        });
        let selected = place.map_or(0, |place| place + 1);
        labelled_select(label, options, selected, on_select)
    };
    html! {
        <fieldset>
            <legend>{ "Columns" }</legend>
            { for ColumnRole::ALL.map(select) }
        </fieldset>
    }
}

/// The attributes: levels, kind, constraint, and whether they are included.
fn attributes(estimator: &Estimator) -> Html {
    let Some(found) = estimator.state.found.as_ref() else {
        return html! {};
    };
    let rows = found
        .attributes
        .iter()
        .map(|attribute| attribute_row(estimator, attribute));
    let table = html! {
        <table>
            <caption>{ "Attributes" }</caption>
            <thead>
                <tr>
                    { for ["attribute", "levels", "kind", "constraint"].map(|name| html! {
                        <th scope="col">{ name }</th>
                    }) }
                </tr>
            </thead>
            <tbody>{ for rows }</tbody>
        </table>
    };
    scroll_area("Attributes, scrollable", "attributes", table)
}

fn attribute_row(estimator: &Estimator, attribute: &AttributeDescription) -> Html {
    let form = estimator.form();
    let name = attribute.name.clone();
    let is_included = !form.excluded.contains(&name);
    let kind = form.kinds.get(&name).copied().unwrap_or(attribute.kind);
    let selected_kind = KINDS.iter().position(|(other, _)| *other == kind);
    let on_kind = {
        let name = name.clone();
        say(estimator, move |form, place: usize| {
            if let Some((kind, _)) = KINDS.get(place) {
                form.kinds.insert(name.clone(), *kind);
            }
        })
    };
    let on_include = {
        let name = name.clone();
        say(estimator, move |form, _: Event| {
            match form.excluded.iter().position(|other| *other == name) {
                Some(place) => drop(form.excluded.remove(place)),
                None => form.excluded.push(name.clone()),
            }
        })
    };
    html! {
        <tr key={name.clone()}>
            <th scope="row">
                <label>
                    <input type="checkbox" checked={is_included} onchange={on_include} />
                    { &attribute.name }
                </label>
            </th>
            <td class="text">{ attribute.levels.join(", ") }</td>
            <td>
                <Select
                    label={format!("Kind of {name}")}
                    options={names(&KINDS)}
                    selected={selected_kind.unwrap_or(0)}
                    on_select={on_kind}
                />
            </td>
            <td>{ constraint_select(estimator, name) }</td>
        </tr>
    }
}

fn constraint_select(estimator: &Estimator, name: String) -> Html {
    let direction = estimator.form().directions.get(&name).copied();
    let selected = DIRECTIONS.iter().position(|(other, _)| *other == direction);
    let label = format!("Constraint of {name}");
    let on_select = {
        let estimator = estimator.clone();
        Callback::from(move |place: usize| {
            let mut form = estimator.form().clone();
            match DIRECTIONS.get(place).and_then(|(direction, _)| *direction) {
                Some(direction) => form.directions.insert(name.clone(), direction),
                None => form.directions.remove(&name),
            };
            estimator.set(form);
        })
    };
    html! {
        <Select {label} options={names(&DIRECTIONS)} selected={selected.unwrap_or(0)} {on_select} />
    }
}

/// A whole number, with what is wrong with it.
fn number_input(estimator: &Estimator, field: NumberField) -> Html {
    let form = estimator.form();
    let is_invalid = form.number(field).is_err();
    let hint_id = format!("{}-hint", field.label().replace(' ', "-").to_lowercase());
    let onchange = {
        let estimator = estimator.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let form = estimator.form().clone().with_text(field, input.value());
            match field {
                NumberField::Holdout if form.number(field).is_ok() => estimator.read(form),
                _ => estimator.set(form),
            }
        })
    };
    html! {
        <label class="choice">
            <span>{ field.label() }</span>
            <input
                type="text"
                inputmode="numeric"
                autocomplete="off"
                // The hint describes the input and is not part of its name.
                aria-label={field.label()}
                value={form.text(field).to_owned()}
                aria-invalid={is_invalid.then_some("true")}
                aria-describedby={hint_id.clone()}
                {onchange}
            />
            <small id={hint_id} class={is_invalid.then_some("error")}>{ field.hint() }</small>
        </label>
    }
}

fn buttons(estimator: &Estimator) -> Html {
    let state = &estimator.state;
    let can_start = !state.is_busy() && state.survey.is_some() && state.form.settings().is_ok();
    let start = {
        let estimator = estimator.clone();
        Callback::from(move |_: MouseEvent| estimator.start())
    };
    let cancel = {
        let estimator = estimator.clone();
        Callback::from(move |_: MouseEvent| estimator.cancel())
    };
    html! {
        <div class="actions">
            { quiet_button(None, "Start", can_start, start) }
            if matches!(state.phase, Phase::Running(_)) {
                { quiet_button(None, "Cancel", true, cancel) }
            }
        </div>
    }
}
