//! What the optimizer is asked for, in links: the command line's words, as its author wrote them.

use conjoint::optimizer::{ObjectiveMeasure, OptimizerRequest, suggest_request};
use conjoint::study::Study;

const OBJECTIVE: &str = "objective";
const BRAND: &str = "brand";
const PARENT: &str = "parent";
const VARY: &str = "vary";
const COST: &str = "cost";
const ANSWER: &str = "answer";

/// The fields of a link from which it is entered again; none of what is as at first.
pub(super) fn fields<'r>(
    study: &Study,
    request: &'r OptimizerRequest,
) -> Vec<(&'static str, &'r str)> {
    let first = suggest_request(study);
    let mut fields = Vec::new();
    if request.measure != first.measure {
        fields.push((OBJECTIVE, request.measure.id()));
    }
    if (&request.beneficiary, request.is_parent) != (&first.beneficiary, first.is_parent) {
        let key = if request.is_parent { PARENT } else { BRAND };
        fields.push((key, request.beneficiary.as_str()));
    }
    if request.vary_entries != first.vary_entries {
        // An empty one says that nothing varies.
        let none = request.vary_entries.is_empty().then_some("");
        let entries = request.vary_entries.iter().map(String::as_str);
        fields.extend(entries.chain(none).map(|entry| (VARY, entry)));
    }
    fields.extend(
        request
            .cost_entries
            .iter()
            .map(|cost| (COST, cost.as_str())),
    );
    if request.includes_price_game {
        fields.push((ANSWER, "true"));
    }
    fields
}

/// Takes a link's field over; `written` says whether one told before what varies, which is there
/// instead of what varies at first. `None` where the field is no such.
pub(super) fn enter(
    request: &mut OptimizerRequest,
    written: &mut bool,
    key: &str,
    text: &str,
) -> Option<()> {
    match key {
        OBJECTIVE => request.measure = ObjectiveMeasure::from_id(text)?,
        BRAND | PARENT => {
            text.clone_into(&mut request.beneficiary);
            request.is_parent = key == PARENT;
        }
        VARY => {
            if !std::mem::replace(written, true) {
                request.vary_entries.clear();
            }
            request
                .vary_entries
                .extend((!text.is_empty()).then(|| text.to_owned()));
        }
        COST => request.cost_entries.push(text.to_owned()),
        ANSWER => request.includes_price_game = text == "true",
        _ => return None,
    }
    Some(())
}
