//! The options of the search of product lines.

use std::rc::Rc;

use conjoint::optimizer::line::LineObjective;

use super::{after, open_with_digest, product, reopened, start, unknown_fields};
use crate::state::{Action, LineOptions, State, View};

/// The options with a change.
fn with_options(state: &Rc<State>, line: LineOptions) -> Rc<State> {
    let view = View {
        line,
        ..state.view().clone()
    };
    after(state, [Action::Show(view)])
}

#[test]
fn a_link_restores_the_options() {
    let start = start();
    let options = LineOptions {
        size: Some(2),
        objective: LineObjective::Ebit,
        brand: Some("Tesla".to_owned()),
        kept: vec!["9".to_owned().into()],
        includes_none: Some(true),
    };
    let state = with_options(&start, options.clone());
    let reopened = reopened(&state);
    assert_eq!(reopened.view().line, options);
    assert!(reopened.unknown_fields().is_empty());
    let bad = open_with_digest(
        "",
        "line-size=x&line-brand=Rivian&line-objective=fame&line-keep=77",
    );
    assert_eq!(bad.view().line, LineOptions::default());
    assert_eq!(unknown_fields(&bad).len(), 4);
}

#[test]
fn a_request_asks_only_for_what_can_be_computed() {
    let start = start();
    let request = |state: &State| {
        let options = &state.view().line;
        options.request(state.study(), state.edits().scenario())
    };
    let by_default = request(&start);
    assert_eq!(
        (by_default.size, by_default.objective),
        (3, LineObjective::Reach)
    );
    // Money is a brand's; Tesla has few offers.
    let options = LineOptions {
        size: Some(99),
        objective: LineObjective::Ebit,
        ..LineOptions::default()
    };
    assert_eq!(
        request(&with_options(&start, options.clone())).objective,
        LineObjective::Reach
    );
    let options = LineOptions {
        brand: Some("Tesla".to_owned()),
        kept: vec!["9".to_owned().into()],
        ..options
    };
    let of_tesla = with_options(&start, options);
    let found = request(&of_tesla);
    let tesla = start.study().find_brand("Tesla");
    let offers = start.study().offers().iter();
    let of_brand = offers.filter(|offer| start.study().schema().brand_of(offer) == tesla);
    assert_eq!(found.size, of_brand.count() - 1);
    assert_eq!((found.objective, found.brand), (LineObjective::Ebit, tesla));
    assert_eq!(found.kept, [product(&start, "9")]);
    // A withdrawn offer is not kept.
    let withdrawn = after(&of_tesla, [Action::Withdraw(product(&start, "9"), true)]);
    assert!(request(&withdrawn).kept.is_empty());
}
