//! Properties of every study: customers are conserved, the baseline's EBIT follows from the margin,
//! the order in the files does not matter, and an undone edit leaves no trace.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use conjoint::analysis::choosers::Choosers;
use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::format::{
    BASE_ARPU, BRANDS, CHURN, OFFERS, RECONTRACT, StudyFiles, UTILITIES, VOLUMES, write_study,
};
use conjoint::index_vec::{AttributeIndex, Position, ProductIndex};
use conjoint::optimizer::line::{LineObjective, LineRequest, analyze_lines, find_lines};
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::{
    EditList, SavedScenario, SavedScenarios, Scenario, StudyName,
};
use conjoint::study::{Levels, ProductId, Study};
use conjoint::sweep::{Cost, Lockstep, LockstepRow};
use conjoint::testing::{generate_study, read_valid};
use proptest::prelude::*;

fn generate(seed: u64) -> Study {
    generate_study(
        seed,
        &[("Millennial", 30), ("Gen X", 25), ("Baby Boomer", 20)],
    )
}

fn simulation(study: Study) -> Simulation {
    Simulation::new(Arc::new(study))
}

/// A study with other names for brands, segments, attributes and levels. Costs and term keep theirs.
fn rename_items(files: &StudyFiles) -> StudyFiles {
    let names = [
        ("Tesla", "Zephyr"),
        ("Audi", "\"Foo, Bar & Co\""),
        ("VW", "Ümlaut"),
        ("Kia", "1"),
        ("Gen X", "south"),
        ("Millennial", "north"),
        ("Baby Boomer", "west"),
        ("vehicle_worth", "weight"),
        ("energy", "flavour"),
        ("Electric Vehicle", "sweet"),
        ("Plug-in Hybrid", "sour"),
        ("Sedan", "round"),
        ("SUV", "square"),
    ];
    let mut renamed = StudyFiles::default();
    for (file, bytes) in files.iter() {
        let mut text = String::from_utf8(bytes.to_vec()).unwrap();
        if file.ends_with(".csv") {
            for (from, to) in names {
                // Whole cells only.
                let cells = text.lines().map(|line| {
                    let cells = line
                        .split(',')
                        .map(|cell| if cell == from { to } else { cell });
                    cells.collect::<Vec<&str>>().join(",")
                });
                text = cells.collect::<Vec<String>>().join("\n") + "\n";
            }
        }
        renamed.insert(file, text.into_bytes());
    }
    renamed
}

type Rows = Vec<Vec<String>>;

fn read_rows(files: &StudyFiles, file: &str) -> Rows {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(files.get(file).unwrap());
    let records = reader.records();
    records
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn write_rows(rows: &Rows) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// A permutation that depends on the seed only.
fn permutation(len: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    let mut state = seed | 1;
    for end in (1..len).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        order.swap(end, (state >> 33) as usize % (end + 1));
    }
    order
}

/// The study with the rows and columns of each file in another order.
fn permute(files: &StudyFiles, seed: u64) -> StudyFiles {
    reorder(files, |number, rows, columns| {
        let columns = permutation(columns, seed.wrapping_mul(number));
        (permutation(rows, seed.wrapping_add(number)), columns)
    })
}

/// The study with the columns of each file in another order.
fn permute_columns(files: &StudyFiles, seed: u64) -> StudyFiles {
    reorder(files, |number, rows, columns| {
        let columns = permutation(columns, seed.wrapping_mul(number));
        ((0..rows).collect(), columns)
    })
}

/// The study with the rows and columns of the n-th file in the order that `orders(n, rows, columns)`
/// returns.
fn reorder(
    files: &StudyFiles,
    orders: impl Fn(u64, usize, usize) -> (Vec<usize>, Vec<usize>),
) -> StudyFiles {
    let mut permuted = files.clone();
    let tables = [
        OFFERS, UTILITIES, RECONTRACT, CHURN, BASE_ARPU, VOLUMES, BRANDS,
    ];
    for (number, file) in (1..).zip(tables) {
        let table = read_rows(files, file);
        let headers = if file == UTILITIES { 2 } else { 1 };
        let (body, columns) = orders(number, table.len() - headers, table[0].len());
        let lines = (0..headers).chain(body.into_iter().map(|row| row + headers));
        let lines = lines.map(|row| {
            let cells = columns.iter().map(|column| table[row][*column].clone());
            cells.collect::<Vec<String>>()
        });
        permuted.insert(file, write_rows(&lines.collect()));
    }
    permuted
}

/// The study with part-worths rounded to `decimals` decimals and offers only at surveyed levels, so
/// that many utilities tie.
fn round_part_worths(files: &StudyFiles, decimals: usize) -> StudyFiles {
    let study = read_valid(files);
    let mut coarse = files.clone();
    let mut utilities = read_rows(files, UTILITIES);
    for cell in utilities.iter_mut().skip(2).flat_map(|row| &mut row[3..]) {
        *cell = format!("{:.decimals$}", cell.parse::<f64>().unwrap());
    }
    coarse.insert(UTILITIES, write_rows(&utilities));
    let mut offers = read_rows(files, OFFERS);
    let header = offers[0].clone();
    for (column, name) in header.iter().enumerate() {
        let attribute = study
            .schema()
            .find(name)
            .map(|index| &study.schema().attributes()[index]);
        let Some(Levels::Numeric(levels)) = attribute.map(|attribute| &attribute.levels) else {
            continue;
        };
        for row in offers.iter_mut().skip(1) {
            let value: f64 = row[column].parse().unwrap();
            let away = |level: &&f64| (*level - value).abs();
            let level = levels.iter().min_by(|a, b| away(a).total_cmp(&away(b)));
            row[column] = level.unwrap().to_string();
        }
    }
    coarse.insert(OFFERS, write_rows(&offers));
    coarse
}

/// The number of respondents whose highest utility belongs to two products, except for rounding.
fn count_ties(simulation: &Simulation) -> usize {
    let rows = simulation.live().utilities().row_iter();
    let tied = rows.filter(|row| row.iter().filter(|u| row.max() - **u < 1e-6).count() > 1);
    tied.count()
}

/// All figures of a simulation by name, independent of the order in the files.
fn figures(simulation: &Simulation) -> BTreeMap<String, f64> {
    let study = simulation.selected();
    let offers = simulation.scenario().offers();
    let mut figures = BTreeMap::new();
    let shares = simulation.shares();
    let attraction = simulation.attraction();
    for (product, offer) in offers.enumerate() {
        let share = &shares[product];
        let mut add = |name: String, value| figures.insert(format!("{} {name}", offer.id), value);
        add("first choice".to_owned(), share.first_choice);
        add("logit".to_owned(), share.logit);
        add("share".to_owned(), share.share);
        for (segment, share) in study.segments().iter().zip(&share.first_choice_by_segment) {
            add(segment.clone(), *share);
        }
        for (competing, other) in offers.enumerate() {
            let value = attraction[(product.index(), competing.index())];
            add(format!("to {}", other.id), value);
        }
    }
    for (index, change) in simulation.brands().unwrap().enumerate() {
        let brand = &study.brands()[index];
        let mut add = |name: &str, value| figures.insert(format!("{} {name}", brand.name), value);
        for (name, figures) in [("base", change.base), ("new", change.new)] {
            add(&format!("{name} sio"), figures.sio);
            add(&format!("{name} arpu"), figures.arpu);
            add(&format!("{name} revenue"), figures.revenue);
            add(&format!("{name} ebit"), figures.ebit);
        }
        // A different number for each color.
        let color = brand
            .color
            .bytes()
            .fold(0, |sum, byte| sum * 131 + u64::from(byte));
        add("colour", (color % (1 << 52)) as f64);
        for (other, distribution) in simulation.scavengers(index).enumerate() {
            let other = &study.brands()[other].name;
            let density = distribution.density.as_ref();
            add(
                &format!("lost to {other}"),
                density.map_or(0.0, |density| density.curve[250]),
            );
        }
    }
    figures
}

/// Choosers, lines and movement by name, independent of the order in the files.
fn analysis_figures(simulation: &Simulation) -> BTreeMap<String, f64> {
    let study = simulation.selected();
    let mut figures = BTreeMap::new();
    let choosers = Choosers::compute(simulation);
    for (offer, profile) in study.offers().iter().zip(&choosers.products) {
        figures.insert(format!("{} choosers", offer.id), profile.count);
        for (name, share) in study.segments().iter().zip(&profile.by_segment) {
            figures.insert(format!("{} {name}", offer.id), *share);
        }
        for (brand, share) in study.brands().iter().zip(&profile.by_owner) {
            figures.insert(format!("{} owners of {}", offer.id, brand.name), *share);
        }
    }
    let request = LineRequest {
        size: 2,
        candidates: Vec::new(),
        kept: Vec::new(),
        objective: LineObjective::Reach,
        brand: study
            .schema()
            .brand_of(&study.offers()[simulation.scenario().find("9").unwrap()]),
        top: 1,
    };
    let lines = find_lines(simulation, &request).unwrap();
    figures.insert("reach".to_owned(), lines.best[0].reach);
    let row = LockstepRow {
        product: "9".to_owned(),
        range: [399.0, 499.0, 100.0, 399.0].into(),
    };
    let sweep = Lockstep::plan(simulation, Cost::Monthly, &[row]).unwrap();
    let last = sweep.run(simulation).points.pop().unwrap();
    for (segment, movement) in study.segments().iter().zip(&last.movement) {
        for (brand, net) in study.brands().iter().zip(movement) {
            figures.insert(format!("{segment} to {}", brand.name), net.unwrap_or(-9.0));
        }
    }
    figures
}

fn assert_same(found: &BTreeMap<String, f64>, expected: &BTreeMap<String, f64>) {
    assert!(found.keys().eq(expected.keys()));
    for (name, expected) in expected {
        let found = found[name];
        let error = (found - expected).abs();
        assert!(
            error <= 1e-9 * expected.abs() + 1e-12,
            "{name}: {found} is not {expected}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_in_the_files_does_not_matter(seed in any::<u64>()) {
        let files = rename_items(&write_study(&generate(seed % 50)));
        let [ordered, shuffled] = [files.clone(), permute(&files, seed)]
            .map(|files| simulation(read_valid(&files)));
        assert_same(&figures(&shuffled), &figures(&ordered));
    }

    #[test]
    fn order_in_the_files_does_not_matter_for_any_rule(
        seed in any::<u64>(),
        rule in prop::sample::select(Rule::ALL.to_vec()),
    ) {
        let model = ChoiceModel {
            rule,
            scale: 0.7,
            draws: 30,
            seed,
            none: NoneOption::Utility(0.5),
            availability: vec![(ProductId::from("9".to_owned()), 0.6)],
            constants: vec![(ProductId::from("2".to_owned()), 0.4)],
            ..ChoiceModel::default()
        };
        let files = rename_items(&write_study(&generate(seed % 50)));
        let [ordered, shuffled] = [files.clone(), permute(&files, seed)].map(|files| {
            let study = read_valid(&files);
            Simulation::with_model(Arc::new(study), model.clone()).unwrap()
        });
        assert_same(&figures(&shuffled), &figures(&ordered));
        assert_same(&analysis_figures(&shuffled), &analysis_figures(&ordered));
        if rule.compares_products() {
            let shares: f64 = ordered.shares().iter().map(|share| share.share).sum();
            prop_assert!((shares + ordered.none_share() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn choosers_are_parts_that_weight_back_to_all_respondents(
        seed in 0..1000_u64,
        rule in prop::sample::select(Rule::ALL.to_vec()),
        none in prop::option::of(-2.0..2.0_f64),
    ) {
        let model = ChoiceModel {
            rule,
            draws: 30,
            none: none.map_or(NoneOption::Off, NoneOption::Utility),
            ..ChoiceModel::default()
        };
        let simulation = Simulation::with_model(Arc::new(generate(seed)), model).unwrap();
        let choosers = Choosers::compute(&simulation);
        let groups: Vec<_> = choosers.products.iter().chain(&choosers.none).collect();
        for group in groups.iter().filter(|group| group.count > 0.0) {
            let [segments, owners]: [f64; 2] =
                [group.by_segment.iter().sum(), group.by_owner.iter().sum()];
            prop_assert!((segments - 1.0).abs() < 1e-9 && (owners - 1.0).abs() < 1e-9);
        }
        // Likelihoods of separate products do not sum to the respondents.
        if rule.compares_products() {
            for (segment, share) in choosers.all.by_segment.enumerate() {
                let parts = groups.iter().map(|it| it.count * it.by_segment[segment]);
                let sum: f64 = parts.sum();
                prop_assert!((sum - share * choosers.all.count).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn a_further_offer_never_lowers_the_best_reach(
        seed in 0..1000_u64,
        rule in prop::sample::select(vec![Rule::FirstChoice, Rule::ShareOfPreference]),
    ) {
        let model = ChoiceModel {
            rule,
            none: NoneOption::Utility(1.0),
            ..ChoiceModel::default()
        };
        let simulation = Simulation::with_model(Arc::new(generate(seed)), model).unwrap();
        let request = LineRequest {
            size: 4,
            candidates: Vec::new(),
            kept: Vec::new(),
            objective: LineObjective::Reach,
            brand: None,
            top: 1,
        };
        let found = analyze_lines(&simulation, &request, &mut |_| ()).unwrap();
        prop_assert!(found.reach_by_size.is_sorted(), "{:?}", found.reach_by_size);
    }

    /// The order of columns changes the last bits of sums that are equal on paper.
    #[test]
    fn ties_go_to_the_first_in_the_file_whatever_the_order_of_columns(
        seed in any::<u64>(),
        decimals in 0..2_usize,
    ) {
        let files = round_part_worths(&write_study(&generate(seed % 50)), decimals);
        let [ordered, shuffled] = [files.clone(), permute_columns(&files, seed)]
            .map(|files| simulation(read_valid(&files)));
        prop_assert_eq!(ordered.live().first_choices(), shuffled.live().first_choices());
        assert_same(&figures(&shuffled), &figures(&ordered));
    }

    #[test]
    fn customers_are_conserved_and_shares_are_shares(
        seed in 0..1000_u64,
        edits in prop::collection::vec((0..13_usize, 1.0..2380.0_f64), 0..6),
        // Sometimes all products are withdrawn.
        withdrawn in prop_oneof![
            4 => prop::collection::vec(0..13_usize, 0..4),
            1 => Just((0..13).collect()),
        ],
    ) {
        let mut simulation = simulation(generate(seed));
        let study = Arc::clone(simulation.selected());
        let mut scenario = simulation.scenario().clone();
        for (product, cost) in edits {
            let product = ProductIndex::from_index(product);
            scenario.set(&study, product, study.schema().monthly().unwrap(), &cost.to_string()).unwrap();
        }
        for product in withdrawn {
            scenario.set_withdrawn(&study, ProductIndex::from_index(product), true).unwrap();
        }
        simulation.set_scenario(scenario.clone());

        let brands = simulation.brands().unwrap();
        let today: f64 = brands.iter().map(|change| change.base.sio).sum();
        let after: f64 = brands.iter().map(|change| change.new.sio).sum();
        prop_assert!((today - after).abs() < 1e-9 * today);

        let shares = simulation.shares();
        let first: f64 = shares.iter().map(|share| share.first_choice).sum();
        let logit: f64 = shares.iter().map(|share| share.logit).sum();
        let all = if scenario.offers().iter().all(|offer| offer.withdrawn) { 0.0 } else { 1.0 };
        prop_assert!((first - all).abs() < 1e-12 && (logit - all).abs() < 1e-12);
        for (product, share) in shares.enumerate() {
            let in_segments: f64 = share.first_choice_by_segment.iter().sum();
            prop_assert!((in_segments - share.first_choice).abs() < 1e-12);
            prop_assert!(!scenario.offers()[product].withdrawn || share.logit == 0.0);
        }

        // Edits one by one and all at once give the same bits.
        let mut fresh = Simulation::new(Arc::clone(&study));
        fresh.set_scenario(scenario);
        prop_assert_eq!(fresh.live().probabilities(), simulation.live().probabilities());
        // Undoing all edits leaves no trace.
        let baseline = Scenario::baseline(&study);
        simulation.set_scenario(baseline);
        prop_assert_eq!(simulation.live().probabilities(), simulation.baseline().probabilities());
    }

    #[test]
    fn a_saved_list_of_edits_gives_the_same_scenario(
        steps in proptest::collection::vec((0..4_usize, 0..16_usize, 0..9_usize, 0..9_usize), 0..40),
    ) {
        let study = generate(1);
        let attributes = study.schema().attributes();
        let mut scenario = Scenario::baseline(&study);
        for (kind, product, attribute, text) in steps {
            let product = ProductIndex::from_index(product % scenario.offers().len());
            let attribute = AttributeIndex::from_index(attribute % attributes.len());
            let numbers = ["", "24", "0.5", "1e3", "-7", "36", "449.99", "0.1", "1250"];
            // Many of these edits are invalid, and change nothing.
            match (kind, &attributes[attribute].levels) {
                (0, _) => drop(scenario.set_withdrawn(&study, product, text % 2 == 0)),
                (1, _) => {
                    let id = ProductId::from(format!("{}", 14 + text));
                    drop(scenario.add_copy(&study, product, id));
                }
                (_, Levels::Numeric(_)) => {
                    drop(scenario.set(&study, product, attribute, numbers[text]));
                }
                (_, Levels::Categorical(names)) => {
                    let name = names.get(text).map_or("", String::as_str);
                    drop(scenario.set(&study, product, attribute, name));
                }
            }
        }
        let edits = EditList::from_scenario(&study, &scenario);
        let name = "edits".to_owned();
        let saved = SavedScenario { name, edits, model: None };
        let applied = saved.apply(&study);
        prop_assert_eq!(applied.map(|applied| applied.scenario), Ok(scenario));
        let file = SavedScenarios { study: StudyName::default(), scenarios: vec![saved] };
        prop_assert_eq!(SavedScenarios::read(&file.write()), Ok(file));
    }

    #[test]
    fn the_ebit_of_the_baseline_follows_from_the_margin(seed in 0..1000_u64) {
        let simulation = simulation(generate(seed));
        let margins = [0.08, 0.02, 0.08, 0.02, 0.02, 0.04, 0.02, 0.02];
        for (change, margin) in simulation.brands().unwrap().iter().zip(margins) {
            let expected = change.new.revenue * margin;
            prop_assert!((change.new.ebit - expected).abs() <= 1e-9 * expected.abs());
        }
    }
}

/// The studies with rounded part-worths do have ties: one may have none, but not ten together.
#[test]
fn rounded_part_worths_tie() {
    for decimals in 0..2 {
        let studies =
            (0..10).map(|seed| round_part_worths(&write_study(&generate(seed)), decimals));
        let ties = studies.map(|files| count_ties(&simulation(read_valid(&files))));
        assert!(ties.sum::<usize>() > 20, "{decimals} decimals");
    }
}

#[test]
fn a_market_without_offers_has_no_choices() {
    let mut simulation = simulation(generate(1));
    let study = Arc::clone(simulation.selected());
    let mut scenario = simulation.scenario().clone();
    for product in scenario.offers().indices() {
        scenario.set_withdrawn(&study, product, true).unwrap();
    }
    simulation.set_scenario(scenario);
    assert!(
        simulation
            .live()
            .first_choices()
            .iter()
            .all(Option::is_none)
    );
    assert!(simulation.live().probabilities().iter().all(|p| *p == 0.0));
    for change in &simulation.brands().unwrap() {
        assert!(change.new.ebit.is_finite());
        // Customers have nowhere to go, so each brand keeps its own.
        assert!((change.new.sio - change.base.sio).abs() < 1e-9);
    }
}
