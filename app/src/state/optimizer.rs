//! What the optimizer is asked for, in links: the command line's words, as its author wrote them.

use conjoint::optimizer::{ObjectiveMeasure, Request, first_request};
use conjoint::study::Study;

const OBJECTIVE: &str = "objective";
const BRAND: &str = "brand";
const PARENT: &str = "parent";
const VARY: &str = "vary";
const COST: &str = "cost";
const ANSWER: &str = "answer";

/// The fields of a link from which it is entered again; none of what is as at first.
pub(super) fn fields<'r>(study: &Study, request: &'r Request) -> Vec<(&'static str, &'r str)> {
    let first = first_request(study);
    let mut fields = Vec::new();
    if request.objective != first.objective {
        fields.push((OBJECTIVE, request.objective.word()));
    }
    if (&request.whose, request.parent) != (&first.whose, first.parent) {
        let key = if request.parent { PARENT } else { BRAND };
        fields.push((key, request.whose.as_str()));
    }
    if request.vary != first.vary {
        // An empty one says that nothing varies.
        let none = request.vary.is_empty().then_some("");
        let entries = request.vary.iter().map(String::as_str);
        fields.extend(entries.chain(none).map(|entry| (VARY, entry)));
    }
    fields.extend(request.costs.iter().map(|cost| (COST, cost.as_str())));
    if request.answer {
        fields.push((ANSWER, "true"));
    }
    fields
}

/// Takes a link's field over; `written` says whether one told before what varies, which is there
/// instead of what varies at first. `None` where the field is no such.
pub(super) fn enter(
    request: &mut Request,
    written: &mut bool,
    key: &str,
    text: &str,
) -> Option<()> {
    match key {
        OBJECTIVE => request.objective = ObjectiveMeasure::of_word(text)?,
        BRAND | PARENT => {
            text.clone_into(&mut request.whose);
            request.parent = key == PARENT;
        }
        VARY => {
            if !std::mem::replace(written, true) {
                request.vary.clear();
            }
            request
                .vary
                .extend((!text.is_empty()).then(|| text.to_owned()));
        }
        COST => request.costs.push(text.to_owned()),
        ANSWER => request.answer = text == "true",
        _ => return None,
    }
    Some(())
}
