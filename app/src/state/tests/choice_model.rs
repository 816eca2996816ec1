//! The settings of the choice model.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::choice::{ChoiceModelError, Rule};
use conjoint::stats::bootstrap::Uncertainty;
use conjoint::study::ProductId;
use conjoint::testing::{add_draws, generate_files, read_valid};

use super::{after, product, reopened, start, two_segments, unknown_fields};
use crate::state::{Action, Page, Setting, SettingError, State};

pub(super) fn set_model(setting: Setting, text: &str) -> Action {
    Action::SetChoiceModel(setting, text.to_owned())
}

#[test]
fn a_link_restores_the_choice_model() {
    let start = two_segments();
    let id = |id: &str| ProductId::from(id.to_owned());
    let set_up = after(
        &start,
        [
            set_model(Setting::Rule, "rfc"),
            set_model(Setting::Scale, "0.5"),
            set_model(Setting::Draws, "200"),
            set_model(Setting::Seed, "7"),
            set_model(Setting::ErrorScale, "0.8"),
            set_model(Setting::Similar, "range"),
            set_model(Setting::None, "-1.5"),
            set_model(Setting::Segment, "Baby Boomer"),
            set_model(Setting::Segment, "Gen X"),
            set_model(Setting::Owner, "Tesla"),
            set_model(Setting::Available(id("9")), "0.6"),
            set_model(Setting::Constant(id("9")), "0.25"),
            set_model(Setting::Target(id("2")), "0.4"),
            set_model(Setting::Target(id("9")), "a:b"),
            Action::Go(Page::Simulator),
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
fn a_setting_that_cannot_be_used_leaves_the_last_value() {
    let start = start();
    let set_up = after(
        &start,
        [
            set_model(Setting::Scale, "0.5"),
            set_model(Setting::Scale, "-2"),
            set_model(Setting::Draws, "1.5"),
            set_model(Setting::None, "surveyed"),
        ],
    );
    assert_eq!(set_up.model().scale, 0.5);
    let error = |setting: Setting| set_up.setup().draft(&setting).unwrap().error.clone();
    let refused = SettingError::Model;
    assert_eq!(
        error(Setting::Scale),
        refused(ChoiceModelError::Scale(-2.0))
    );
    assert_eq!(
        error(Setting::Draws),
        SettingError::NotWhole("1.5".to_owned())
    );
    assert_eq!(
        error(Setting::None),
        refused(ChoiceModelError::NoneNotSurveyed)
    );
    assert_eq!(reopened(&set_up), *set_up);
    let mended = after(&set_up, [set_model(Setting::Scale, "2")]);
    assert_eq!(mended.setup().draft(&Setting::Scale), None);
    assert_eq!(mended.model().scale, 2.0);
}

#[test]
fn a_selection_of_nobody_is_kept_but_not_used() {
    let start = two_segments();
    let people = start.study().respondents();
    let unowned = start.study().brands().enumerate();
    let mut unowned = unowned.filter(|(brand, _)| people.owners().iter().all(|own| own != brand));
    let (brand, unowned) = unowned.next().unwrap();
    let nobody = after(&start, [set_model(Setting::Owner, &unowned.name)]);
    assert!(nobody.setup().includes_owners(brand));
    assert!(nobody.model().includes_everyone());
    assert_eq!(
        nobody.selection_error(),
        Some(ChoiceModelError::NoRespondents)
    );
    assert_eq!(reopened(&nobody), *nobody);
    let again = after(&nobody, [set_model(Setting::Owner, &unowned.name)]);
    assert_eq!(again.setup(), start.setup());
    assert_eq!(again.selection_error(), None);

    // The segments still count, whatever was selected first, so that a reload changes no figure.
    let other_settings = [
        set_model(Setting::Segment, "Gen X"),
        set_model(Setting::Scale, "0.5"),
    ];
    let narrowed = after(&nobody, other_settings);
    assert_eq!(narrowed.model().segments, narrowed.setup().segments());
    assert!(narrowed.model().owners.is_empty());
    assert_eq!(narrowed.model().scale, 0.5);
    assert_eq!(narrowed.model().check(narrowed.study()), Ok(()));
    assert_eq!(reopened(&narrowed).model(), narrowed.model());
}

#[test]
fn unknown_fields_of_the_choice_model_are_reported() {
    let study = Arc::clone(start().study());
    let fragment = "rule=magic&segment=Nobody&owner=Lada&available=99:0.5&scale=2";
    let state = State::open(study, "", fragment);
    assert_eq!(
        unknown_fields(&state),
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
fn settings_of_an_offer_that_is_gone_are_forgotten() {
    let start = start();
    let added = after(&start, [Action::Add(product(&start, "9"))]);
    let id = ProductId::from("14".to_owned());
    let set_up = after(
        &added,
        [
            set_model(Setting::Available(id.clone()), "0.5"),
            set_model(Setting::Target(id.clone()), "0.1"),
            set_model(Setting::Constant(id), "x"),
        ],
    );
    assert!(set_up.setup().is_changed(set_up.study()));
    let gone = after(&set_up, [Action::Remove(product(&set_up, "14"))]);
    assert!(!gone.setup().is_changed(gone.study()));
}

#[test]
fn offers_are_similar_in_all_attributes_but_prices_until_some_are_excluded() {
    let start = start();
    let study = start.study();
    let names = |state: &State| -> Vec<String> {
        let similar = state.setup().similar_attributes(study).into_iter();
        let names = similar.map(|index| study.schema().attributes()[index].name.clone());
        names.collect()
    };
    let by_default = names(&start);
    assert!(by_default.contains(&"range".to_owned()));
    assert!(!by_default.contains(&"monthly_cost".to_owned()));
    let without = after(&start, [set_model(Setting::Similar, "range")]);
    assert!(without.fragment().contains("similar=brand"));
    assert!(!names(&without).contains(&"range".to_owned()));
    assert_eq!(reopened(&without), *without);
    let back = after(&without, [set_model(Setting::Similar, "range")]);
    assert_eq!(back.model().similar, None);
    // An empty list is not the default.
    let toggles = by_default
        .iter()
        .map(|name| set_model(Setting::Similar, name));
    let none = after(&start, toggles);
    assert!(names(&none).is_empty());
    assert_eq!(reopened(&none), *none);
    // An emptied scale is the fitted one.
    let scaled = after(&start, [set_model(Setting::ErrorScale, "0.8")]);
    assert_eq!(scaled.model().error_scale, Some(0.8));
    let fitted = after(&scaled, [set_model(Setting::ErrorScale, "")]);
    assert_eq!(fitted.model().error_scale, None);
    let refused = after(&start, [set_model(Setting::ErrorScale, "-1")]);
    assert!(refused.setup().draft(&Setting::ErrorScale).is_some());
}

#[test]
fn intervals_cover_draws_where_the_study_has_them() {
    let mut files = generate_files(1, &[("Gen X", 5)]);
    add_draws(&mut files, 3, |draw, _| draw as f64);
    let study = Arc::new(read_valid(&files));
    let start = Rc::new(State::open(study, "", ""));
    assert_eq!(start.model().uncertainty, Uncertainty::Both);
    assert!(!start.setup().is_changed(start.study()));
    assert_eq!(start.fragment(), reopened(&start).fragment());
    let at_means = after(&start, [set_model(Setting::Uncertainty, "respondents")]);
    assert_eq!(at_means.model().uncertainty, Uncertainty::Respondents);
    assert!(at_means.fragment().contains("uncertainty=respondents"));
    assert_eq!(reopened(&at_means), *at_means);
    // A saved scenario keeps it.
    let saved = at_means.save_as("means").apply(start.study()).unwrap();
    let loaded = after(&start, [Action::Load(saved.scenario, saved.model)]);
    assert_eq!(loaded.model().uncertainty, Uncertainty::Respondents);
    let back = after(&at_means, [set_model(Setting::Uncertainty, "both")]);
    assert!(!back.setup().is_changed(back.study()));
    // A study without draws knows only respondents.
    let without = super::start();
    let refused = after(&without, [set_model(Setting::Uncertainty, "both")]);
    assert_eq!(refused.model().uncertainty, Uncertainty::Respondents);
}

#[test]
fn part_worths_of_everybody_are_compared_by_share_of_preference() {
    let study = Arc::new(read_valid(&generate_files(1, &[("Gen X", 1)])));
    let start = Rc::new(State::open(study, "", ""));
    assert_eq!(start.model().rule, Rule::ShareOfPreference);
    assert!(!start.setup().is_changed(start.study()));
    assert!(!start.fragment().contains("rule="));
    let first = after(&start, [set_model(Setting::Rule, "first-choice")]);
    assert!(first.fragment().contains("rule=first-choice"));
    assert_eq!(reopened(&first).model().rule, Rule::FirstChoice);
    let reset = after(&first, [Action::ResetChoiceModel]);
    assert_eq!(reset.model().rule, Rule::ShareOfPreference);
}
