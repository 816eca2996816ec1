//! Small controls: buttons, selects, radio buttons, banners and scroll areas.

use yew::prelude::*;

use super::Select;

/// A button that may have nothing to do. It is not `disabled`, which would take the keyboard's
/// focus away when a press makes it idle; an idle button is only skipped by Tab.
///
/// `label` is the accessible name, for a `text` that is ambiguous on its own.
pub fn quiet_button(
    label: Option<String>,
    text: &'static str,
    is_enabled: bool,
    on_click: Callback<MouseEvent>,
) -> Html {
    let is_idle = !is_enabled;
    html! {
        <button
            type="button"
            class="quiet"
            aria-label={label}
            aria-disabled={is_idle.then_some("true")}
            tabindex={is_idle.then_some("-1")}
            onclick={is_enabled.then_some(on_click)}
        >
            { text }
        </button>
    }
}

/// A select with a visible label in front of it. `on_select` receives the index of the option.
pub fn labelled_select(
    label: impl Into<AttrValue>,
    options: Vec<AttrValue>,
    selected: usize,
    on_select: Callback<usize>,
) -> Html {
    let label: AttrValue = label.into();
    html! {
        <label class="choice">
            <span>{ label }</span>
            <Select {options} {selected} {on_select} />
        </label>
    }
}

/// Radio buttons with a legend. `on_select` receives the index of the option.
pub fn radio_group(
    legend: &'static str,
    options: &[AttrValue],
    selected: usize,
    on_select: &Callback<usize>,
) -> Html {
    let radio = |(index, name): (usize, &AttrValue)| {
        let onchange = on_select.reform(move |_: Event| index);
        html! {
            <label key={index}>
                <input type="radio" name={legend} checked={index == selected} {onchange} />
                { name }
            </label>
        }
    };
    html! {
        <fieldset role="radiogroup" class="radios">
            <legend>{ legend }</legend>
            { for options.iter().enumerate().map(radio) }
        </fieldset>
    }
}

/// A notice above a page. Assistive technology announces it when it appears.
pub fn banner(content: Html) -> Html {
    html! { <p class="banner" role="status">{ content }</p> }
}

/// A box that scrolls its content, usually a table. It takes the focus, because only then can the
/// keyboard scroll it. `class` is a further class, or "".
pub fn scroll_area(label: impl Into<AttrValue>, class: &'static str, content: Html) -> Html {
    let label: AttrValue = label.into();
    html! {
        <div class={classes!("scroll", class)} tabindex="0" role="group" aria-label={label}>
            { content }
        </div>
    }
}
