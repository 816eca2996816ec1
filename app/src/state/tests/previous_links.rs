//! Links that earlier versions wrote, letter by letter: they must keep opening, with every key
//! meaning what it meant.

use std::sync::Arc;

use conjoint::choice::{NoneOption, Rule};
use conjoint::optimizer::{ObjectiveMeasure, OptimizerRequest};
use conjoint::study::ProductId;
use conjoint::sweep::{Baseline, ChangeUnit, Cost};

use super::{open_with_digest, product, reopened, start};
use crate::state::{Analysis, Kind, Page, Setting, State, Tiers, View};

const DIGEST: &str = "0123456789abcdef";

/// The link of a state with edits, drafts, a choice model and options.
const MARKET: &str = "study=0123456789abcdef&page=market&add=14%3A9&set=4.upfront_cost%3D\
    &set=5.brand%3D&set=9.monthly_cost%3D449&set=12.energy%3DElectric+Vehicle\
    &set=14.monthly_cost%3D449&set=14.term%3D24&withdraw=3\
    &draft=14.monthly_cost%3Da%26b%3Dc+%23%25&rule=rfc&scale=0.5&draws=200&seed=7&none=-1.5\
    &segment=Gen+X&owner=Tesla&available=9%3A0.6&constant=9%3A0.25&target=2%3A0.4&target=9%3Aa%3Ab\
    &more=true&apart=true&chosen=14&competing=2&priced=7&tiers=All&focal=VW&worths=range";

/// The link of a state with sweeps, and a request to the optimizer.
const SWEEP: &str = "study=0123456789abcdef&page=sweep&analysis=grid&attribute=upfront_cost\
    &view=Consolidated%2C+initial+baseline&change=Percentage&point=3\
    &monthly=9%3A399%3A439%3A20%3A399&monthly=10%3A900%3A1000%3A20%3A900\
    &monthly=11%3A999%3A1199%3A40%3A999&monthly=a%253Ab%3A1%253A2%3A%3A%252B5%2B%2525%3A%253D%2526\
    &grid=&objective=ebit&parent=Volkswagen+Group&vary=9.monthly_cost%3D399%3Ax+y%3A20\
    &vary=9.energy%3D&cost=range%3D300%3A25&answer=true";

fn id(id: &str) -> ProductId {
    ProductId::from(id.to_owned())
}

#[test]
fn a_link_of_the_offers_and_the_choice_model_still_opens() {
    let state = open_with_digest(DIGEST, MARKET);
    assert!(state.unknown_fields().is_empty() && state.foreign_link().is_none());
    assert_eq!(state.page(), Page::Simulator);

    let (edits, study) = (state.edits(), state.study());
    let cell = |product_id: &str, column: &str| {
        let attribute = study.schema().find(column).unwrap();
        let offer = &edits.scenario().offers()[product(&state, product_id)];
        study.schema().attributes()[attribute].write(offer.cells[attribute])
    };
    assert_eq!(cell("9", "monthly_cost"), "449");
    assert_eq!(cell("12", "energy"), "Electric Vehicle");
    assert_eq!(cell("5", "brand"), "");
    // Once, a cost could be emptied; the text stays in its cell, with the error.
    assert_eq!(cell("4", "upfront_cost"), "4264");
    let upfront = study.schema().upfront().unwrap();
    let draft = edits.draft(product(&state, "4"), upfront).unwrap();
    assert_eq!(draft.text, "");
    assert_eq!(cell("14", "term"), "24");
    assert_eq!(cell("14", "brand"), "Tesla");
    assert!(edits.scenario().offers()[product(&state, "3")].withdrawn);
    let monthly = study.schema().monthly().unwrap();
    let draft = edits.draft(product(&state, "14"), monthly).unwrap();
    assert_eq!(draft.text, "a&b=c #%");

    let model = state.model();
    assert_eq!(model.rule, Rule::RandomizedFirstChoice);
    assert_eq!((model.scale, model.draws, model.seed), (0.5, 200, 7));
    assert_eq!(model.none, NoneOption::Utility(-1.5));
    let [segment] = *model.segments else { panic!() };
    assert_eq!(study.segments()[segment], "Gen X");
    let [owner] = *model.owners else { panic!() };
    assert_eq!(study.brands()[owner].name, "Tesla");
    assert_eq!(model.availability, [(id("9"), 0.6)]);
    assert_eq!(model.constants, [(id("9"), 0.25)]);
    assert_eq!(state.setup().targets(), [(id("2"), 0.4)]);
    let draft = state.setup().draft(&Setting::Target(id("9"))).unwrap();
    assert_eq!(draft.text, "a:b");

    let view = View {
        show_all_attributes: true,
        selected_product: Some(id("14")),
        competing_product: Some(id("2")),
        tiers: Tiers::All,
        focal_brand: Some("VW".to_owned()),
        priced_product: Some(id("7")),
        part_worth_attribute: Some("range".to_owned()),
        compare_segments: true,
        ..View::default()
    };
    assert_eq!(*state.view(), view);
    // Except that the page has a new id, and that the empty cost is a draft.
    let cost = "4.upfront_cost%3D";
    let draft = "&draft=14.monthly_cost%3Da%26b%3Dc+%23%25";
    let link = MARKET.replace(&format!("&set={cost}"), "");
    let link = link.replace(draft, &format!("{draft}&draft={cost}"));
    let link = link.replace("page=market", "page=simulator");
    assert_eq!(state.fragment(), link, "the link is written as before");
}

#[test]
fn a_link_of_the_sweep_and_the_optimizer_still_opens() {
    let state = open_with_digest(DIGEST, SWEEP);
    assert!(state.unknown_fields().is_empty());
    let sweep = state.sweep();
    assert_eq!(
        (state.page(), sweep.analysis),
        (Page::Sweep, Analysis::Grid)
    );
    assert_eq!((sweep.cost, sweep.point), (Cost::Upfront, Some(2)));
    assert_eq!(sweep.change_unit, ChangeUnit::Percentage);
    assert!(sweep.view.consolidated && sweep.view.baseline == Baseline::Initial);
    let monthly = sweep.table_of(Kind::Lockstep(Cost::Monthly));
    assert_eq!((monthly.len(), monthly[0].product.as_str()), (4, "9"));
    assert_eq!(monthly[0].texts, ["399", "439", "20", "399"]);
    assert_eq!(monthly[3].product, "a:b");
    assert_eq!(monthly[3].texts, ["1:2", "", "+5 %", "=&"]);
    let upfront = Kind::Lockstep(Cost::Upfront);
    assert_eq!(sweep.table_of(upfront), start().sweep().table_of(upfront));
    assert!(sweep.table_of(Kind::Grid).is_empty());

    let request = OptimizerRequest {
        measure: ObjectiveMeasure::Ebit,
        beneficiary: "Volkswagen Group".to_owned(),
        is_parent: true,
        vary_entries: ["9.monthly_cost=399:x y:20", "9.energy="]
            .map(str::to_owned)
            .to_vec(),
        cost_entries: vec!["range=300:25".to_owned()],
        bound_entries: Vec::new(),
        includes_price_game: true,
    };
    assert_eq!(**state.optimizer(), request);
    assert_eq!(state.fragment(), SWEEP, "the link is written as before");
}

#[test]
fn a_request_for_a_brand_that_varies_nothing_still_opens() {
    let link = "page=data&segment=Gen+X&brand=Kia&vary=";
    let study = Arc::clone(start().study());
    let state = State::open(study, "", link);
    let request = state.optimizer();
    assert_eq!(
        (request.beneficiary.as_str(), request.is_parent),
        ("Kia", false)
    );
    assert!(request.vary_entries.is_empty());
    assert_eq!(state.fragment(), link);
}

#[test]
fn drafts_after_all_settings_still_open() {
    let link =
        "page=market&scale=0.5&seed=7&available=9%3A0.6&scale=-2&none=surveyed&available=9%3Ax";
    let study = Arc::clone(start().study());
    let state = State::open(study, "", link);
    assert_eq!((state.model().scale, state.model().seed), (0.5, 7));
    assert_eq!(state.model().availability, [(id("9"), 0.6)]);
    let draft = |setting: Setting| {
        state
            .setup()
            .draft(&setting)
            .map(|draft| draft.text.clone())
    };
    assert_eq!(draft(Setting::Scale).as_deref(), Some("-2"));
    assert_eq!(draft(Setting::None).as_deref(), Some("surveyed"));
    assert_eq!(draft(Setting::Available(id("9"))).as_deref(), Some("x"));
    assert_eq!(reopened(&state), state);
}
