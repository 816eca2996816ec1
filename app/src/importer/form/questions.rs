//! The questions, each with the likeliest answer.

use web_sys::HtmlInputElement;
use worker::protocol::{ImportAnswers, ImportQuestion};
use yew::prelude::*;

use super::Form;
use super::numbers::{read_numbers, write_numbers};
use crate::components::labelled_select;

/// The labels of the selects of attributes.
const BRAND: &str = "Brand";
const PRICE: &str = "Price";
/// The option of a select for nothing.
const NOTHING: &str = "–";

/// An answer that is a name.
type Answer = fn(&mut ImportAnswers) -> &mut Option<String>;

/// The questions.
pub fn questions(form: &Form<'_>) -> Html {
    let preview = &form.import.preview;
    let answers = form.answers();
    let attributes: Vec<String> = preview
        .attributes
        .iter()
        .map(|attribute| attribute.name.clone())
        .collect();
    let select = |label, names: &[String], answer: Answer| name_select(form, label, names, answer);
    html! {
        <>
            <div class="questions">
                { text_input(form, "Title", &answers.title, |answers| &mut answers.title) }
                { select(BRAND, &attributes, |answers| &mut answers.brand) }
                { select(PRICE, &attributes, |answers| &mut answers.price) }
                if answers.price.as_ref().is_some_and(|price| !price.is_empty()) {
                    { text_input(form, "Currency", &answers.currency, |answers| &mut answers.currency) }
                }
                if !preview.groups.is_empty() {
                    { select("Segments", &preview.groups, |answers| &mut answers.segment) }
                    { select("Current brand", &preview.groups, |answers| &mut answers.owner) }
                    { select("Weights", &preview.groups, |answers| &mut answers.weight) }
                }
                { for preview.questions.iter().map(|question| match question {
                    ImportQuestion::None(columns) => {
                        select("None", columns, |answers| &mut answers.none)
                    }
                    _ => html! {},
                }) }
            </div>
            { for preview.questions.iter().map(|question| match question {
                ImportQuestion::Numbers { attribute, levels } => html! {
                    <NumbersInput
                        key={attribute.clone()}
                        attribute={attribute.clone()}
                        levels={levels.map_or(Vec::new(), |_| levels_of(form, attribute))}
                        numbers={numbers_of(answers, attribute)}
                        on_commit={on_numbers(form, attribute)}
                    />
                },
                ImportQuestion::Rescaled { is_rating } => rescaled(form, *is_rating),
                ImportQuestion::None(_) => html! {},
            }) }
        </>
    }
}

/// An input of a text.
fn text_input(
    form: &Form<'_>,
    label: &'static str,
    value: &Option<String>,
    answer: Answer,
) -> Html {
    let onchange = form.change(move |answers, event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        *answer(answers) = input.map(|input| input.value());
    });
    html! {
        <label>
            <span>{ label }</span>
            <input
                type="text"
                autocomplete="off"
                value={value.clone().unwrap_or_default()}
                {onchange}
            />
        </label>
    }
}

/// A select of a name, or of nothing.
fn name_select(form: &Form<'_>, label: &'static str, names: &[String], answer: Answer) -> Html {
    let mut answers = form.answers().clone();
    let chosen = answer(&mut answers).clone();
    let options: Vec<AttrValue> = std::iter::once(AttrValue::from(NOTHING))
        .chain(names.iter().map(|name| AttrValue::from(name.clone())))
        .collect();
    let selected = chosen.and_then(|chosen| names.iter().position(|name| *name == chosen));
    let names = names.to_vec();
    let is_attribute = [BRAND, PRICE].contains(&label);
    let on_select = form.change(move |answers: &mut ImportAnswers, index: usize| {
        let name = index.checked_sub(1).and_then(|index| names.get(index));
        *answer(answers) = Some(name.cloned().unwrap_or_default());
        if is_attribute {
            // Another brand or price has another proposal of products.
            answers.products = None;
        }
    });
    labelled_select(
        label,
        options,
        selected.map_or(0, |place| place + 1),
        on_select,
    )
}

fn levels_of(form: &Form<'_>, attribute: &str) -> Vec<String> {
    let mut attributes = form.import.preview.attributes.iter();
    let found = attributes.find(|found| found.name == attribute);
    found.map_or(Vec::new(), |found| found.levels.clone())
}

fn numbers_of(answers: &ImportAnswers, attribute: &str) -> Option<Vec<f64>> {
    let mut numbers = answers.numbers.iter();
    let found = numbers.find(|(name, _)| name == attribute);
    found.map(|(_, numbers)| numbers.clone())
}

fn on_numbers(form: &Form<'_>, attribute: &str) -> Callback<Vec<f64>> {
    let attribute = attribute.to_owned();
    form.change(move |answers, numbers: Vec<f64>| {
        answers.numbers.retain(|(name, _)| *name != attribute);
        answers.numbers.push((attribute.clone(), numbers));
        answers.products = None;
    })
}

/// Properties of [`NumbersInput`].
#[derive(Properties, PartialEq)]
struct NumbersInputProps {
    /// The attribute.
    attribute: String,
    /// Its levels, each of which needs a number; none for a coefficient per unit.
    levels: Vec<String>,
    /// The numbers that were given.
    numbers: Option<Vec<f64>>,
    /// Called with the numbers.
    on_commit: Callback<Vec<f64>>,
}

/// The surveyed numbers of an attribute.
#[component]
fn NumbersInput(props: &NumbersInputProps) -> Html {
    let problem = use_state_eq(|| None::<String>);
    let count = props.levels.len();
    let onchange = {
        let (problem, on_commit) = (problem.setter(), props.on_commit.clone());
        Callback::from(move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let text = input.map(|input| input.value()).unwrap_or_default();
            match read_numbers(&text) {
                Some(numbers) if numbers.len() == count || count == 0 && numbers.len() >= 2 => {
                    problem.set(None);
                    on_commit.emit(numbers);
                }
                Some(numbers) => {
                    problem.set(Some(match count {
                        0 => "Write at least two numbers, the lowest and the highest.".to_owned(),
                        _ => format!("Write {count} numbers, not {}.", numbers.len()),
                    }));
                }
                None => problem.set(Some("Write numbers, for example 299; 499; 799.".to_owned())),
            }
        })
    };
    let id = format!("numbers-of-{}", props.attribute);
    let explanation = match props.levels.as_slice() {
        [] => "The utility is a coefficient per unit: write the surveyed numbers, or the lowest and the \
               highest."
            .to_owned(),
        _ => format!("One number for each of {count} levels, in their order."),
    };
    html! {
        <label class="wide">
            <span>{ format!("Numbers of {}", props.attribute) }</span>
            <input
                type="text"
                autocomplete="off"
                required=true
                placeholder="299; 499; 799"
                value={props.numbers.as_deref().map(write_numbers).unwrap_or_default()}
                aria-invalid={problem.as_ref().map(|_| "true")}
                aria-describedby={id.clone()}
                {onchange}
            />
            <small {id}>
                if let Some(problem) = &*problem {
                    <span class="error">{ problem }</span>
                } else {
                    { explanation }
                }
            </small>
        </label>
    }
}

/// The decision to go on with utilities from which only first choice can be computed.
fn rescaled(form: &Form<'_>, is_rating: bool) -> Html {
    let explanation = match is_rating {
        true => "These are points of a rating, from which only first choice can be computed.",
        false => {
            "These are zero-centered diffs, from which only first choice can be computed. For every \
             other rule, open the raw utilities, in Lighthouse Studio the sheet \u{201c}Individual Utilities \
             (Raw)\u{201d}."
        }
    };
    let onchange = form.change(|answers, event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        answers.accepts_rescaled = input.is_some_and(|input| input.checked());
    });
    html! {
        <p class="gate">
            { explanation }
            <label>
                <input
                    type="checkbox"
                    required=true
                    checked={form.answers().accepts_rescaled}
                    {onchange}
                />
                { "Go on with first choice only" }
            </label>
        </p>
    }
}
