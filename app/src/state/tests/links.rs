//! Links: of this study, of another one, and with fields that this study has nothing for.

use std::sync::Arc;

use super::{after, open_with_digest, product, reopened, set, start, unknown_fields};
use crate::state::{Action, Page, State};

#[test]
fn unknown_fields_of_the_offers_and_the_view_are_reported() {
    let start = start();
    let fragment = "page=x&set=99.monthly_cost%3D1&set=9.price%3D1&withdraw=x&add=9:1&add=14:99\
        &chosen=77&tiers=Tiny&focal=Rivian&worths=smell&more=true&huh&set=9.monthly_cost%3D449";
    let opened = State::open(Arc::clone(start.study()), "", fragment);
    assert_eq!(
        opened.unknown_fields().len(),
        11,
        "{:?}",
        opened.unknown_fields()
    );
    assert!(opened.view().show_all_attributes);
    assert!(
        opened
            .edits()
            .is_changed(start.study(), product(&start, "9"))
    );
}

#[test]
fn a_link_names_its_study() {
    let own = open_with_digest("0123456789abcdef", "");
    let dearer = after(&own, [set(&own, "9", "monthly_cost", "449")]);
    let link = "study=0123456789abcdef&page=simulator&set=9.monthly_cost%3D449";
    assert_eq!(dearer.fragment(), link);
    assert_eq!(reopened(&dearer), *dearer);
    // One that says nothing is taken as of this study.
    let (_, rest) = link.split_once('&').unwrap();
    assert_eq!(open_with_digest("0123456789abcdef", rest).fragment(), link);
}

#[test]
fn a_link_of_another_study_shows_nothing_of_this_one() {
    let own = open_with_digest("0123456789abcdef", "");
    let link = "study=fedcba9876543210&set=9.monthly_cost%3D449&withdraw=77&page=sweep";
    let before = after(&own, [Action::Withdraw(product(&own, "3"), true)]);
    let foreign = after(&before, [Action::Open(link.to_owned())]);
    let digest = foreign
        .foreign_link()
        .map(|foreign| foreign.digest.as_str());
    assert_eq!(digest, Some("fedcba9876543210"));
    assert!(!foreign.edits().has_any(own.study()) && foreign.unknown_fields().is_empty());
    assert_eq!(
        (foreign.page(), foreign.fragment()),
        (Page::Sweep, link.to_owned())
    );
    assert_eq!(reopened(&foreign), *foreign);
    // On the way to the page where its files are opened it stays as it is.
    let data = after(&foreign, [Action::Go(Page::Data)]);
    assert_eq!(data.fragment(), link.replace("page=sweep", "page=data"));
    assert_eq!(after(&foreign, [Action::Open(data.fragment())]), data);
    let there = open_with_digest("fedcba9876543210", &data.fragment());
    assert!(there.foreign_link().is_none() && there.edits().has_any(there.study()));

    let dismissed = after(&foreign, [Action::DismissForeignLink]);
    assert_eq!(dismissed, after(&own, [Action::Go(Page::Sweep)]));
    let adopted = after(&foreign, [Action::AdoptForeignLink]);
    assert!(adopted.foreign_link().is_none());
    assert_eq!(unknown_fields(&adopted), ["withdraw 77"]);
    assert!(
        adopted
            .fragment()
            .starts_with("study=0123456789abcdef&page=sweep&set=9")
    );
    let unmade = after(&adopted, [Action::Undo]);
    assert!(!unmade.edits().has_any(own.study()));
    for state in [foreign, dismissed, unmade] {
        let back = after(&state, [Action::Undo]);
        assert_eq!(back.edits(), before.edits());
        assert!(back.foreign_link().is_none());
    }
}
