//! Edits of the offers, and drafts.

use conjoint::index_vec::{Position, ProductIndex};
use conjoint::simulation::scenario::EditError;
use conjoint::study::ProductId;

use super::{after, product, reopened, set, start};
use crate::state::{Action, Tiers, View};

#[test]
fn a_text_that_cannot_be_used_becomes_a_draft() {
    let start = start();
    let monthly = start.study().schema().monthly().unwrap();
    let edited = after(&start, [set(&start, "9", "monthly_cost", "449")]);
    let broken = after(&edited, [set(&start, "9", "monthly_cost", "44g")]);
    assert_eq!(broken.edits().scenario(), edited.edits().scenario());
    let model_3 = product(&start, "9");
    let draft = broken.edits().draft(model_3, monthly).unwrap();
    assert_eq!(draft.text, "44g");
    assert!(matches!(&draft.error, EditError::Value(_)));
    assert!(draft.error.to_string().starts_with("`44g` is not a number"));
    assert_eq!(reopened(&broken), *broken);

    let mended = after(&broken, [set(&start, "9", "monthly_cost", "459")]);
    assert_eq!(mended.edits().draft(model_3, monthly), None);
    assert_eq!(after(&mended, [Action::Reset(model_3)]), start);
}

#[test]
fn a_link_restores_every_edit_and_option() {
    let start = start();
    let edited = after(
        &start,
        [
            set(&start, "9", "monthly_cost", "449"),
            set(&start, "12", "energy", "Electric Vehicle"),
            set(&start, "4", "upfront_cost", ""),
            set(&start, "5", "brand", ""),
            Action::Withdraw(product(&start, "3"), true),
            Action::Add(product(&start, "9")),
        ],
    );
    let edited = after(
        &edited,
        [
            set(&edited, "14", "monthly_cost", "a&b=c #%"),
            set(&edited, "14", "term", "24"),
            Action::Show(View {
                hides_offers: true,
                focus_brand: Some("Kia".to_owned()),
                show_all_attributes: true,
                selected_product: Some(ProductId::from("14".to_owned())),
                competing_product: Some(ProductId::from("2".to_owned())),
                tiers: Tiers::All,
                focal_brand: Some("VW".to_owned()),
                priced_product: Some(ProductId::from("7".to_owned())),
                price_measure: Some(conjoint::optimizer::ObjectiveMeasure::Share),
                price_brand: Some("Kia".to_owned()),
                part_worth_attribute: Some("range".to_owned()),
                worth_level: Some(("range".to_owned(), "300".to_owned())),
                compared_level: Some("180".to_owned()),
                line: crate::state::LineOptions {
                    size: Some(2),
                    ..crate::state::LineOptions::default()
                },
                compare_segments: true,
                compared: vec![edited.save_as("Dearer & “more”")],
            }),
        ],
    );
    assert_eq!(reopened(&edited), *edited);
    assert_eq!(start.fragment(), "page=simulator");
    assert_eq!(
        after(&start, [Action::Open(edited.fragment())]),
        edited,
        "opening the link again"
    );
}

#[test]
fn an_added_offer_gets_a_new_id_and_can_be_removed() {
    let start = start();
    let added = after(&start, [Action::Add(ProductIndex::from_index(0))]);
    let twice = after(&added, [Action::Add(product(&added, "14"))]);
    assert!(twice.edits().has_any(start.study()));
    let left = after(&twice, [Action::Remove(product(&twice, "14"))]);
    assert_eq!(product(&left, "15"), product(&added, "14"));
    let none = after(&left, [Action::ResetAll]);
    assert_eq!(none, start);
    assert!(!none.edits().has_any(start.study()));
}

#[test]
fn an_offer_that_is_gone_is_deselected() {
    let start = start();
    let id = Some(ProductId::from("14".to_owned()));
    let view = View {
        selected_product: id.clone(),
        competing_product: id.clone(),
        priced_product: id,
        ..View::default()
    };
    let looking = after(
        &start,
        [Action::Add(ProductIndex::from_index(0)), Action::Show(view)],
    );
    let removed = after(&looking, [Action::Remove(product(&looking, "14"))]);
    assert_eq!(removed, start);
    assert_eq!(after(&looking, [Action::ResetAll]), start);
}

#[test]
fn a_copy_keeps_its_values_when_its_model_changes() {
    let start = start();
    let copied = after(&start, [Action::Add(product(&start, "9"))]);
    let edited = after(
        &copied,
        [
            set(&copied, "9", "monthly_cost", "449"),
            Action::Withdraw(product(&copied, "9"), true),
        ],
    );
    assert_eq!(reopened(&edited), *edited);
}
