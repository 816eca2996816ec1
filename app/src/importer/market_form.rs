//! Market size and currency, which a study with money files may lack.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use worker::protocol::StoredStudy;
use yew::prelude::*;

use super::opening::Opener;
use crate::format::read_entry;

/// The setting that the worker reports as missing.
const MARKET_SIZE: &str = "market_size_thousands";

/// Whether a study has money files, and no market size with which they mean something.
pub fn lacks_market_size(study: &StoredStudy) -> bool {
    let is_it = |column: &Option<String>| column.as_deref() == Some(MARKET_SIZE);
    study.storage_error.is_none() && study.warnings.iter().any(|warning| is_it(&warning.column))
}

/// Properties of [`MarketForm`].
#[derive(Properties, PartialEq)]
pub struct MarketFormProps {
    /// What opens the study again.
    pub opener: Opener,
    /// The study.
    pub study: Rc<StoredStudy>,
}

/// Inputs of both, and a button that shows money. Without an answer, none is shown.
#[component]
pub fn MarketForm(props: &MarketFormProps) -> Html {
    let is_invalid = use_state_eq(|| false);
    let onsubmit = {
        let (opener, study) = (props.opener.clone(), Rc::clone(&props.study));
        let is_invalid = is_invalid.setter();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let form = event.target_dyn_into::<HtmlElement>();
            let value = |name: &str| {
                let input = form
                    .as_ref()?
                    .query_selector(&format!("input[name={name}]"));
                let input = input.ok()??.dyn_into::<HtmlInputElement>().ok()?;
                Some(input.value())
            };
            let size = value("size").and_then(|text| read_entry(&text, None).ok());
            let size = size.and_then(|text| text.trim().parse::<f64>().ok());
            match size.filter(|size| *size > 0.0 && *size <= LARGEST) {
                Some(size) => {
                    opener.set_market(&study, size, value("currency").unwrap_or_default());
                }
                None => is_invalid.set(true),
            }
        })
    };
    html! {
        <form class="import" {onsubmit}>
            <p>
                { "The study has files about money, but no market size: no customers and no money are \
                   shown until you enter it." }
            </p>
            <div class="questions">
                <label>
                    <span>{ "Market size, thousands of customers" }</span>
                    <input
                        name="size"
                        type="text"
                        inputmode="decimal"
                        autocomplete="off"
                        required=true
                        aria-invalid={is_invalid.then_some("true")}
                        aria-describedby="market-size-error"
                    />
                    <small id="market-size-error" role="alert">
                        if *is_invalid {
                            { "Write a number above 0, for example 250." }
                        }
                    </small>
                </label>
                <label>
                    <span>{ "Currency" }</span>
                    <input name="currency" type="text" autocomplete="off" />
                </label>
            </div>
            <button type="submit">{ "Show money" }</button>
        </form>
    }
}

/// The largest market, in thousands of customers; the model accepts no larger one.
const LARGEST: f64 = 1e9;
