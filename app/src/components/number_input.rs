//! An input for a number.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::browser::{clipboard, page, pointer};
use crate::format::{AmbiguousNumber, arrow_step, plain_number, read_entry, reader_separators};
use crate::text::messages;

/// Properties of [`NumberInput`].
#[derive(Properties, PartialEq)]
pub struct NumberInputProps {
    /// The input's id.
    pub id: AttrValue,
    /// The id of the input in the row below, to which Enter moves the focus.
    pub below: AttrValue,
    /// The input's accessible name.
    pub label: AttrValue,
    /// The text in the state, whether or not it is a number.
    pub text: AttrValue,
    /// The text that Escape restores.
    pub restore: AttrValue,
    /// Whether the text was rejected.
    pub invalid: bool,
    /// The id of the element that describes the value or its error.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// The range that arrow keys and a slider follow, if the input has one.
    #[prop_or_default]
    pub range: Option<(f64, f64)>,
    /// A number that Enter takes over while the text is still the rejected one.
    #[prop_or_default]
    pub proposal: Option<AttrValue>,
    /// Called with the lines of a pasted column, if the input is in one.
    #[prop_or_default]
    pub on_paste_column: Option<Callback<Vec<String>>>,
    /// Called with the new text, in the state's notation, when the user commits it.
    pub on_commit: Callback<String>,
}

/// A text that can be read as two different numbers, and the numbers.
type Ambiguity = Option<(String, AmbiguousNumber)>;

/// A number. Enter commits it and moves down, leaving the input commits it, Escape restores it.
///
/// Text that is being typed is kept in the element only, until it is committed.
#[component]
pub fn NumberInput(props: &NumberInputProps) -> Html {
    let ambiguous = use_state_eq(|| Ambiguity::None);
    {
        let ambiguous = ambiguous.setter();
        use_effect_with(props.text.clone(), move |_| ambiguous.set(None));
    }
    let commit = {
        let (text, on_commit) = (props.text.clone(), props.on_commit.clone());
        let current = committed_number(&props.restore);
        let ambiguous = ambiguous.setter();
        move |input: &HtmlInputElement| {
            let typed = input.value();
            let is_same = typed == text.as_str();
            match read_entry(&typed, current) {
                Err(number) if !is_same => ambiguous.set(Some((typed, number))),
                Ok(number) if !is_same => {
                    ambiguous.set(None);
                    on_commit.emit(number);
                }
                _ => ambiguous.set(None),
            }
        }
    };
    let onblur = {
        let commit = commit.clone();
        Callback::from(move |event: FocusEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let commit = commit.clone();
                pointer::after_press(move || commit(&input));
            }
        })
    };
    let onkeydown = handle_keys(props, commit, ambiguous.setter());
    let onpaste = props.on_paste_column.clone().map(paste_column);
    let question_id = format!("{}-question", props.id);
    let (text, described_by) = match &*ambiguous {
        Some((typed, _)) => (typed.clone().into(), Some(question_id.clone().into())),
        None => (props.text.clone(), props.described_by.clone()),
    };
    html! {
        <>
        <input
            type="text"
            inputmode="decimal"
            autocomplete="off"
            id={props.id.clone()}
            class={props.class.clone()}
            aria-label={props.label.clone()}
            aria-invalid={(props.invalid || ambiguous.is_some()).then_some("true")}
            aria-describedby={described_by}
            value={text}
            {onblur}
            {onkeydown}
            {onpaste}
        />
        { slider(props) }
        if let Some((_, number)) = &*ambiguous {
            <small id={question_id} class="message" role="status">
                <span class="error">{ messages::ambiguous_number(number) }</span>
            </small>
        }
        </>
    }
}

/// Passes on a column that is pasted. A single value is left to the input.
fn paste_column(on_paste_column: Callback<Vec<String>>) -> Callback<Event> {
    Callback::from(move |event: Event| {
        let lines = clipboard::pasted_lines(&event);
        if lines.len() > 1 {
            event.prevent_default();
            on_paste_column.emit(lines);
        }
    })
}

/// The number that the input committed last.
fn committed_number(restore: &str) -> Option<f64> {
    let number = reader_separators().normalize_typed(restore).ok()?;
    number.trim().parse().ok()
}

/// A slider over the input's range; the style sheet shows it while the cell has the focus.
fn slider(props: &NumberInputProps) -> Html {
    let Some((low, high)) = props.range.filter(|(low, high)| low < high) else {
        return html! {};
    };
    let onchange = props.on_commit.reform(|event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        input.map_or(String::new(), |input| input.value())
    });
    let value = committed_number(&props.restore).unwrap_or(low);
    html! {
        <input
            type="range"
            class="slider"
            // With the keyboard, the arrow keys of the input do the same.
            tabindex="-1"
            aria-label={format!("Slider of {}", props.label)}
            min={low.to_string()}
            max={high.to_string()}
            step={arrow_step(low, high).to_string()}
            value={value.to_string()}
            {onchange}
        />
    }
}

/// The number in an input after an arrow key: one step up or down, ten with Shift.
fn stepped(event: &KeyboardEvent, input: &HtmlInputElement, step: f64) -> Option<f64> {
    let direction = match event.key().as_str() {
        "ArrowUp" => 1.0,
        "ArrowDown" => -1.0,
        _ => return None,
    };
    let steps = if event.shift_key() { 10.0 } else { 1.0 };
    let next = committed_number(&input.value())? + direction * steps * step;
    // Without the digits that only binary numbers have.
    Some((next * 1e6).round() / 1e6)
}

/// Commits on Enter, restores on Escape, and steps with the arrow keys.
fn handle_keys(
    props: &NumberInputProps,
    commit: impl Fn(&HtmlInputElement) + 'static,
    ambiguous: UseStateSetter<Ambiguity>,
) -> Callback<KeyboardEvent> {
    let (restore, below) = (props.restore.clone(), props.below.clone());
    let (text, on_commit) = (props.text.clone(), props.on_commit.clone());
    let proposal = props.proposal.clone();
    let step = props.range.map(|(low, high)| arrow_step(low, high));
    Callback::from(move |event: KeyboardEvent| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
            return;
        };
        match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                match &proposal {
                    Some(proposal) if input.value() == text.as_str() => {
                        on_commit.emit(proposal.to_string());
                    }
                    _ => {
                        commit(&input);
                        page::focus(&below);
                    }
                }
            }
            "Escape" => {
                // The page wrote this text itself, so it cannot be ambiguous.
                input.set_value(&restore);
                ambiguous.set(None);
                if restore != text {
                    on_commit.emit(restore.to_string());
                }
            }
            _ => {
                if let Some(number) = step.and_then(|step| stepped(&event, &input, step)) {
                    event.prevent_default();
                    input.set_value(&plain_number(number));
                    commit(&input);
                }
            }
        }
    })
}
