//! The request to the optimizer.

use std::sync::Arc;

use conjoint::optimizer::{ObjectiveMeasure, OptimizerRequest};

use super::{after, reopened, start, unknown_fields};
use crate::state::{Action, State};

#[test]
fn a_link_restores_the_request_to_the_optimizer() {
    let start = start();
    let first = start.optimizer();
    let asked = OptimizerRequest {
        measure: ObjectiveMeasure::Ebit,
        beneficiary: "Volkswagen Group".to_owned(),
        is_parent: true,
        vary_entries: vec![
            "9.monthly_cost=399:x y:20".to_owned(),
            "9.energy=".to_owned(),
        ],
        cost_entries: vec!["range=300:25".to_owned()],
        bound_entries: Vec::new(),
        includes_price_game: true,
    };
    let nothing = OptimizerRequest {
        vary_entries: Vec::new(),
        ..OptimizerRequest::clone(first)
    };
    for request in [asked, nothing] {
        let state = after(&start, [Action::Optimize(request.clone())]);
        let reopened = reopened(&state);
        assert_eq!(**reopened.optimizer(), request);
        assert!(reopened.unknown_fields().is_empty());
    }
    let bad = State::open(Arc::clone(start.study()), "", "objective=fame");
    assert_eq!(bad.optimizer(), first);
    assert_eq!(unknown_fields(&bad), ["objective fame"]);
}
