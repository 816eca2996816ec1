use super::*;
use conjoint::index_vec::Position;
use conjoint::optimizer::{ObjectiveMeasure, OptimizerRequest};
use conjoint::sample_study::{Sample, generate};
use conjoint::study::ProductId;
use conjoint::sweep::{ChangeUnit, Cost};

fn start() -> Rc<State> {
    let study = generate(&Sample {
        seed: 1,
        respondents: vec![("Gen X".to_owned(), 5)],
    });
    Rc::new(State::open(Arc::new(study.unwrap()), "", ""))
}

fn after(state: &Rc<State>, actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    actions
        .into_iter()
        .fold(Rc::clone(state), |state, action| state.reduce(action))
}

fn product(state: &State, id: &str) -> ProductIndex {
    state.edits().scenario().find(id).unwrap()
}

fn set(state: &State, id: &str, column: &str, text: &str) -> Action {
    let attribute = state.study().schema().find(column).unwrap();
    Action::Set(product(state, id), attribute, text.to_owned())
}

fn reopened(state: &State) -> State {
    State::open(Arc::clone(state.study()), state.digest(), &state.fragment())
}

#[test]
fn a_text_that_cannot_be_used_is_kept_beside_the_last_value() {
    let start = start();
    let monthly = start.study().schema().monthly().unwrap();
    let edited = after(&start, [set(&start, "9", "monthly_cost", "449")]);
    let broken = after(&edited, [set(&start, "9", "monthly_cost", "44g")]);
    assert_eq!(broken.edits().scenario(), edited.edits().scenario());
    let model_3 = product(&start, "9");
    let draft = broken.edits().draft(model_3, monthly).unwrap();
    assert_eq!(draft.text, "44g");
    assert!(draft.message.starts_with("`44g` is not a number"));
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
                show_all_attributes: true,
                selected_product: Some(ProductId::from("14".to_owned())),
                competing_product: Some(ProductId::from("2".to_owned())),
                tiers: Tiers::All,
                focal_brand: Some("VW".to_owned()),
                priced_product: Some(ProductId::from("7".to_owned())),
                part_worth_attribute: Some("range".to_owned()),
                compare_segments: true,
            }),
        ],
    );
    assert_eq!(reopened(&edited), *edited);
    assert_eq!(start.fragment(), "page=attractiveness");
    assert_eq!(
        after(&start, [Action::Open(edited.fragment())]),
        edited,
        "going forward again"
    );
}

#[test]
fn what_a_link_asks_for_in_vain_is_told() {
    let start = start();
    let fragment = "page=x&set=99.monthly_cost%3D1&set=9.price%3D1&withdraw=x&add=9:1&add=14:99\
        &chosen=77&tiers=Tiny&focal=Rivian&worths=smell&more=true&huh&set=9.monthly_cost%3D449";
    let opened = State::open(Arc::clone(start.study()), "", fragment);
    assert_eq!(opened.unknown().len(), 11, "{:?}", opened.unknown());
    assert!(opened.view().show_all_attributes);
    assert!(
        opened
            .edits()
            .is_changed(start.study(), product(&start, "9"))
    );
}

#[test]
fn an_added_offer_has_an_id_of_its_own_and_can_go() {
    let start = start();
    let added = after(&start, [Action::Add(ProductIndex::from_index(0))]);
    let twice = after(&added, [Action::Add(product(&added, "14"))]);
    assert!(twice.edits().any(start.study()));
    let left = after(&twice, [Action::Remove(product(&twice, "14"))]);
    assert_eq!(product(&left, "15"), product(&added, "14"));
    let none = after(&left, [Action::ResetAll]);
    assert_eq!(none, start);
    assert!(!none.edits().any(start.study()));
}

#[test]
fn an_offer_that_is_gone_is_not_looked_at() {
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

fn text(row: usize, column: usize, text: &str) -> Action {
    Action::Sweep(SweepAction::Text(row, column, text.to_owned()))
}

#[test]
fn each_sweep_has_a_table_of_its_own_that_keeps_what_was_typed() {
    let start = start();
    let sweep = |action| Action::Sweep(action);
    let edited = after(
        &start,
        [
            text(0, 1, "44g"),
            sweep(SweepAction::Attribute(Cost::Upfront)),
            text(1, 2, "100"),
            sweep(SweepAction::Analyse(Analysis::Grid)),
            sweep(SweepAction::Remove(0)),
            // Nothing happens in a row that is not there.
            text(7, 0, "1"),
            sweep(SweepAction::Remove(7)),
        ],
    );
    let texts = |kind, row: usize| edited.sweep().table_of(kind)[row].texts.clone();
    let lockstep = |cost| Kind::Lockstep(cost);
    assert_eq!(
        texts(lockstep(Cost::Monthly), 0),
        ["399", "44g", "20", "399"]
    );
    assert_eq!(
        texts(lockstep(Cost::Upfront), 1),
        ["4940", "5740", "100", "5740"]
    );
    assert_eq!(edited.sweep().table().len(), 1);
    assert_eq!(edited.sweep().table()[0].product, "8");

    let restored = after(&edited, [sweep(SweepAction::Restore)]);
    assert_eq!(restored.sweep().table(), start.sweep().table_of(Kind::Grid));
    assert_eq!(
        restored.sweep().table_of(lockstep(Cost::Monthly))[0].texts[1],
        "44g"
    );
}

#[test]
fn a_link_restores_the_sweep() {
    let start = start();
    assert_eq!(start.fragment(), "page=attractiveness");
    let sweep = |action| Action::Sweep(action);
    let row = Row {
        product: "a:b".to_owned(),
        texts: vec![
            "1:2".to_owned(),
            String::new(),
            "+5 %".to_owned(),
            "=&".to_owned(),
        ],
    };
    let edited = after(
        &start,
        [
            Action::Go(Page::Sweep),
            text(0, 1, "439"),
            sweep(SweepAction::Add(row)),
            sweep(SweepAction::Product(1, "13".to_owned())),
            sweep(SweepAction::Attribute(Cost::Upfront)),
            sweep(SweepAction::View(LockstepView::ALL[3])),
            sweep(SweepAction::Point(2)),
            sweep(SweepAction::Analyse(Analysis::Grid)),
            sweep(SweepAction::ChangeUnit(ChangeUnit::Percentage)),
            sweep(SweepAction::Remove(1)),
            sweep(SweepAction::Remove(0)),
        ],
    );
    assert!(edited.sweep().table().is_empty());
    assert!(
        edited
            .fragment()
            .contains("&monthly=9%3A399%3A439%3A20%3A399&")
    );
    assert_eq!(reopened(&edited), *edited);
}

#[test]
fn a_link_tells_what_it_asks_for_in_vain() {
    let start = start();
    let opened = |fragment| State::open(Arc::clone(start.study()), "", fragment);
    let state = opened("page=9&analysis=both&point=0&view=x&monthly=9:1:2&attribute=term");
    let asked = [
        "page 9",
        "analysis both",
        "point 0",
        "view x",
        "monthly 9:1:2",
        "attribute term",
    ];
    assert_eq!(state.unknown(), asked);
}

#[test]
fn a_row_whose_offer_is_gone_does_not_sweep_the_next_of_that_id() {
    let start = start();
    let added = after(&start, [Action::Add(product(&start, "9"))]);
    let choose = Action::Sweep(SweepAction::Product(0, "14".to_owned()));
    let swept = after(&added, [choose]);
    assert_eq!(swept.sweep().table()[0].product, "14");
    let copy = product(&swept, "14");
    let again = after(
        &swept,
        [Action::Remove(copy), Action::Add(product(&start, "3"))],
    );
    assert_eq!(again.edits().scenario().offers()[copy].id.as_str(), "14");
    assert_eq!(again.sweep().table()[0].product, "");
    assert_eq!(again.sweep().table()[1], start.sweep().table()[1]);
    assert_eq!(reopened(&again), *again);
}

/// A state of a study whose digest is known.
fn known(digest: &str, fragment: &str) -> Rc<State> {
    let study = Arc::clone(start().study());
    Rc::new(State::open(study, digest, fragment))
}

#[test]
fn edits_can_be_undone_and_done_again() {
    let start = start();
    let dearer = after(&start, [set(&start, "9", "monthly_cost", "449")]);
    let broken = after(&dearer, [set(&start, "9", "term", "x")]);
    let swept = after(&broken, [text(0, 1, "439")]);
    let reset = after(&swept, [Action::ResetAll]);
    let states = [&start, &dearer, &broken, &swept, &reset];
    let mut state = Rc::clone(&reset);
    for before in states.iter().rev().skip(1) {
        assert!(state.can_undo());
        state = after(&state, [Action::Undo]);
        assert_eq!(state, **before);
    }
    assert!(!state.can_undo());
    assert_eq!(after(&state, [Action::Undo]), start);
    for next in &states[1..] {
        assert!(state.can_redo());
        state = after(&state, [Action::Redo]);
        assert_eq!(state, **next);
    }
    assert!(!state.can_redo());

    // An edit leaves nothing to be done again; what is no edit, or changes nothing, leaves all.
    let undone = after(&reset, [Action::Undo]);
    let looked = after(
        &undone,
        [
            Action::Go(Page::Sweep),
            Action::Sweep(SweepAction::Analyse(Analysis::Grid)),
            set(&start, "9", "monthly_cost", "449"),
        ],
    );
    assert!(looked.can_redo());
    assert_eq!(looked.page(), after(&looked, [Action::Undo]).page());
    let other = after(&undone, [Action::Withdraw(product(&start, "3"), true)]);
    assert!(!other.can_redo());
    assert_eq!(after(&other, [Action::Undo]), undone);
}

#[test]
fn undo_looks_at_nothing_that_is_gone() {
    let start = start();
    let added = after(&start, [Action::Add(product(&start, "9"))]);
    let view = View {
        selected_product: Some(ProductId::from("14".to_owned())),
        ..View::default()
    };
    let choose = Action::Sweep(SweepAction::Product(0, "14".to_owned()));
    let looking = after(&added, [choose, Action::Show(view)]);
    assert_eq!(after(&looking, [Action::Undo, Action::Undo]), start);
}

#[test]
fn back_undoes_and_another_link_can_be_undone() {
    let start = start();
    let dearer = after(&start, [set(&start, "9", "monthly_cost", "449")]);
    let open = |state: &State| Action::Open(state.fragment());
    let back = after(&dearer, [open(&start)]);
    assert!(!back.can_undo() && back.can_redo());
    let forward = after(&back, [open(&dearer)]);
    assert!(forward.can_undo() && !forward.can_redo());
    assert_eq!(forward, dearer);

    let other = after(&start, [Action::Withdraw(product(&start, "3"), true)]);
    let linked = after(&dearer, [open(&other)]);
    assert_eq!(linked, other);
    assert_eq!(after(&linked, [Action::Undo]), dearer);
}

#[test]
fn no_more_edits_are_remembered_than_anybody_undoes() {
    let start = start();
    let edits = (0..150).map(|cost| set(&start, "9", "monthly_cost", &(200 + cost).to_string()));
    let edited = after(&start, edits);
    let undone = after(&edited, std::iter::repeat_n(Action::Undo, 150));
    let expected = after(&start, [set(&start, "9", "monthly_cost", "249")]);
    assert_eq!(undone, expected);
}

#[test]
fn a_saved_scenario_is_an_edit() {
    let start = start();
    let broken = after(&start, [set(&start, "9", "term", "x")]);
    let mut scenario = Scenario::baseline(start.study());
    let verb = conjoint::simulation::scenario::Verb::Withdraw;
    scenario.edit(start.study(), verb, "3").unwrap();
    let loaded = after(&broken, [Action::Load(scenario.clone())]);
    assert_eq!(*loaded.edits().scenario(), scenario);
    assert_eq!(reopened(&loaded), *loaded);
    assert_eq!(after(&loaded, [Action::Undo]), broken);
}

#[test]
fn a_link_says_which_study_it_is_of() {
    let own = known("0123456789abcdef", "");
    let dearer = after(&own, [set(&own, "9", "monthly_cost", "449")]);
    let link = "study=0123456789abcdef&page=attractiveness&set=9.monthly_cost%3D449";
    assert_eq!(dearer.fragment(), link);
    assert_eq!(reopened(&dearer), *dearer);
    // One that says nothing is taken as of this study.
    let (_, rest) = link.split_once('&').unwrap();
    assert_eq!(known("0123456789abcdef", rest).fragment(), link);
}

#[test]
fn a_link_of_another_study_shows_nothing_of_this_one() {
    let own = known("0123456789abcdef", "");
    let link = "study=fedcba9876543210&set=9.monthly_cost%3D449&withdraw=77&page=sweep";
    let before = after(&own, [Action::Withdraw(product(&own, "3"), true)]);
    let foreign = after(&before, [Action::Open(link.to_owned())]);
    let digest = foreign.foreign().map(|foreign| foreign.digest.as_str());
    assert_eq!(digest, Some("fedcba9876543210"));
    assert!(!foreign.edits().any(own.study()) && foreign.unknown().is_empty());
    assert_eq!(
        (foreign.page(), foreign.fragment()),
        (Page::Sweep, link.to_owned())
    );
    assert_eq!(reopened(&foreign), *foreign);
    // On the way to the page where its files are opened it stays as it is.
    let data = after(&foreign, [Action::Go(Page::Data)]);
    assert_eq!(data.fragment(), link.replace("page=sweep", "page=data"));
    assert_eq!(after(&foreign, [Action::Open(data.fragment())]), data);
    let there = known("fedcba9876543210", &data.fragment());
    assert!(there.foreign().is_none() && there.edits().any(there.study()));

    let dismissed = after(&foreign, [Action::Dismiss]);
    assert_eq!(dismissed, after(&own, [Action::Go(Page::Sweep)]));
    let adopted = after(&foreign, [Action::Adopt]);
    assert!(adopted.foreign().is_none());
    assert_eq!(adopted.unknown(), ["withdraw 77"]);
    assert!(
        adopted
            .fragment()
            .starts_with("study=0123456789abcdef&page=sweep&set=9")
    );
    let unmade = after(&adopted, [Action::Undo]);
    assert!(!unmade.edits().any(own.study()));
    for state in [foreign, dismissed, unmade] {
        let back = after(&state, [Action::Undo]);
        assert_eq!(back.edits(), before.edits());
        assert!(back.foreign().is_none());
    }
}

fn model(setting: Setting, text: &str) -> Action {
    Action::SetChoiceModel(setting, text.to_owned())
}

fn two_segments() -> Rc<State> {
    let segments = ["Gen X", "Baby Boomer"].map(|name| (name.to_owned(), 5));
    let study = generate(&Sample {
        seed: 1,
        respondents: segments.to_vec(),
    });
    Rc::new(State::open(Arc::new(study.unwrap()), "", ""))
}

#[test]
fn a_link_restores_the_method() {
    let start = two_segments();
    let id = |id: &str| ProductId::from(id.to_owned());
    let set_up = after(
        &start,
        [
            model(Setting::Rule, "rfc"),
            model(Setting::Scale, "0.5"),
            model(Setting::Draws, "200"),
            model(Setting::Seed, "7"),
            model(Setting::None, "-1.5"),
            model(Setting::Segment, "Baby Boomer"),
            model(Setting::Segment, "Gen X"),
            model(Setting::Owner, "Tesla"),
            model(Setting::Available(id("9")), "0.6"),
            model(Setting::Constant(id("9")), "0.25"),
            model(Setting::Target(id("2")), "0.4"),
            model(Setting::Target(id("9")), "a:b"),
            Action::Go(Page::Market),
        ],
    );
    let fragment = set_up.fragment();
    for field in ["rule=rfc", "scale=0.5", "none=-1.5", "available=9%3A0.6"] {
        assert!(fragment.contains(field), "{field} is not in {fragment}");
    }
    assert_eq!(reopened(&set_up), *set_up);
    let reset = after(&set_up, [Action::ResetChoiceModel]);
    assert_eq!(reset.setup(), start.setup());
    assert_eq!(after(&reset, [Action::Undo]).setup(), set_up.setup());
    assert_eq!(State::open(Arc::clone(start.study()), "", ""), *start);
}

#[test]
fn a_method_that_cannot_be_used_leaves_the_last_one() {
    let start = start();
    let set_up = after(
        &start,
        [
            model(Setting::Scale, "0.5"),
            model(Setting::Scale, "-2"),
            model(Setting::Draws, "1.5"),
            model(Setting::None, "surveyed"),
        ],
    );
    assert_eq!(set_up.model().scale, 0.5);
    let message = |setting: Setting| set_up.setup().draft(&setting).unwrap().message.clone();
    assert!(message(Setting::Scale).starts_with("the scale factor -2 is out of range"));
    assert!(message(Setting::Draws).starts_with("1.5 is no whole number"));
    assert!(message(Setting::None).starts_with("the study has no column `None`"));
    assert_eq!(reopened(&set_up), *set_up);
    let mended = after(&set_up, [model(Setting::Scale, "2")]);
    assert_eq!(mended.setup().draft(&Setting::Scale), None);
    assert_eq!(mended.model().scale, 2.0);
}

#[test]
fn a_selection_of_nobody_keeps_its_ticks_and_counts_for_nothing() {
    let start = two_segments();
    let people = start.study().respondents();
    let unowned = start.study().brands().enumerate();
    let mut unowned = unowned.filter(|(brand, _)| people.owners().iter().all(|own| own != brand));
    let (brand, unowned) = unowned.next().unwrap();
    let nobody = after(&start, [model(Setting::Owner, &unowned.name)]);
    assert!(nobody.setup().includes_owners(brand));
    assert!(nobody.model().includes_everyone());
    assert!(nobody.setup().draft(&Setting::Segment).is_some());
    assert_eq!(reopened(&nobody), *nobody);
    let again = after(&nobody, [model(Setting::Owner, &unowned.name)]);
    assert_eq!(again.setup(), start.setup());
}

#[test]
fn a_link_tells_what_its_method_asks_for_in_vain() {
    let study = Arc::clone(start().study());
    let fragment = "rule=magic&segment=Nobody&owner=Lada&available=99:0.5&scale=2";
    let state = State::open(study, "", fragment);
    assert_eq!(
        state.unknown(),
        [
            "rule magic",
            "segment Nobody",
            "owner Lada",
            "available 99:0.5"
        ]
    );
    assert_eq!(state.model().scale, 2.0);
}

#[test]
fn nothing_is_set_of_an_offer_that_takes_the_id_of_one_that_is_gone() {
    let start = start();
    let added = after(&start, [Action::Add(product(&start, "9"))]);
    let id = ProductId::from("14".to_owned());
    let set_up = after(
        &added,
        [
            model(Setting::Available(id.clone()), "0.5"),
            model(Setting::Target(id.clone()), "0.1"),
            model(Setting::Constant(id), "x"),
        ],
    );
    assert!(set_up.setup().is_changed());
    let gone = after(&set_up, [Action::Remove(product(&set_up, "14"))]);
    assert!(!gone.setup().is_changed());
}

#[test]
fn what_the_optimizer_is_asked_for_is_in_the_link() {
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
        assert!(reopened.unknown().is_empty());
    }
    let bad = State::open(Arc::clone(start.study()), "", "objective=fame");
    assert_eq!(bad.optimizer(), first);
    assert_eq!(bad.unknown(), ["objective fame"]);
}
