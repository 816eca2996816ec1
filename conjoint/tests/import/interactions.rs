//! Columns of pairs of levels become interactions, and the shares use them.

use std::fmt::Write;

use conjoint::choice::Rule;
use conjoint::format::open_study;
use conjoint::import::{ImportOptions, Imported, import};

use crate::support::{assert_near, file, shares};

const BRANDS: [&str; 3] = ["Alba", "Brévia", "Crema"];
const PRICES: [&str; 2] = ["$299", "$499"];

/// Part-worths of brands, prices, pairs and None of a few respondents, with sums of 0.
fn rows() -> Vec<[f64; 12]> {
    (1..=5)
        .map(|person| {
            let person = f64::from(person);
            let (a, b, p) = (0.25 * person, -0.5 + 0.125 * person, 1.0 - 0.0625 * person);
            let (x, y) = (0.3125 - 0.1 * person, 0.0425 * person * person);
            [
                a,
                b,
                -a - b,
                p,
                -p,
                x,
                -x,
                y,
                -y,
                -x - y,
                x + y,
                0.5 - 0.2 * person,
            ]
        })
        .collect()
}

/// A table with these names above the numbers of `columns`.
fn table(headers: &[Vec<String>], columns: &[usize]) -> String {
    let mut text = String::new();
    for header in headers {
        writeln!(text, "{}", header.join(",")).unwrap();
    }
    for (person, row) in rows().iter().enumerate() {
        let cells = columns.iter().map(|column| format!("{:.6}", row[*column]));
        let cells: Vec<String> = cells.collect();
        writeln!(text, "r{},{}", person + 1, cells.join(",")).unwrap();
    }
    text
}

/// Names of all columns, from functions of an attribute's level and of a pair.
fn names(
    id: &str,
    main: impl Fn(&str, &str) -> String,
    pair: impl Fn(&str, &str) -> String,
) -> Vec<String> {
    let mut names = vec![id.to_owned()];
    names.extend(BRANDS.map(|level| main("Brand", level)));
    names.extend(PRICES.map(|level| main("Price", level)));
    for brand in BRANDS {
        names.extend(PRICES.map(|price| pair(brand, price)));
    }
    names.push("None".to_owned());
    names
}

const ALL: [usize; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/// The three products that the shares are computed for.
fn with_products() -> ImportOptions {
    let text = "id,Brand,Price\n1,Alba,$299\n2,Brévia,$399\n3,Crema,$499\n";
    ImportOptions {
        products: Some(file("products.csv", text)),
        ..ImportOptions::default()
    }
}

/// The shares by hand: the mean over respondents of exp(U) over its sum, None included.
fn expected() -> Vec<f64> {
    let mut shares = vec![0.0; 4];
    for row in rows() {
        let price = |share: f64| row[3] * (1.0 - share) + row[4] * share;
        let pair = |brand: usize, share: f64| {
            row[5 + 2 * brand] * (1.0 - share) + row[6 + 2 * brand] * share
        };
        let products = [0.0, 0.5, 1.0].into_iter().enumerate();
        let utilities = products.map(|(brand, at)| row[brand] + price(at) + pair(brand, at));
        let utilities: Vec<f64> = utilities.chain([row[11]]).collect();
        let sum: f64 = utilities.iter().map(|utility| utility.exp()).sum();
        for (share, utility) in shares.iter_mut().zip(&utilities) {
            *share += utility.exp() / sum / rows().len() as f64;
        }
    }
    shares
}

fn check(imported: &Imported, what: &str) {
    let found: Vec<&str> = imported
        .attributes
        .iter()
        .map(|found| found.name.as_str())
        .collect();
    assert_eq!(found, ["Brand", "Price"], "{what}");
    let study = open_study(&imported.files).unwrap().study;
    let effects = study.schema().effects();
    let effects: Vec<String> = effects
        .map(|effect| study.schema().effect_name(effect))
        .collect();
    assert_eq!(effects, ["Brand", "Price", "Brand*Price"], "{what}");
    assert_near(
        &shares(imported, Rule::ShareOfPreference, 1.0),
        &expected(),
        1e-5,
        what,
    );
}

#[test]
fn pairs_of_levels_become_interactions_in_every_layout() {
    let single = |main: fn(&str, &str) -> String, pair: fn(&str, &str) -> String| {
        vec![names("ID", main, pair)]
    };
    let uppers = |pair: &str| {
        let brand = |_: &str, _: &str| pair.to_owned();
        vec![
            names("ID", |attribute, _| attribute.to_owned(), brand),
            names(
                "ID",
                |_, level| level.to_owned(),
                |one, other| format!("{one} x {other}"),
            ),
        ]
    };
    for (what, headers) in [
        ("two header rows", uppers("Brand x Price")),
        ("two header rows, asterisk", uppers("Brand*Price")),
        (
            "colons",
            single(
                |a, l| format!("{a}: {l}"),
                |a, b| format!("Brand*Price: {a}*{b}"),
            ),
        ),
        (
            "names of columns",
            single(
                |a, l| format!("{a}: {l}"),
                |a, b| format!("Brand: {a} x Price: {b}"),
            ),
        ),
        (
            "brackets",
            single(
                |a, l| format!("{a}[{l}]"),
                |a, b| format!("Brand x Price[{a} x {b}]"),
            ),
        ),
    ] {
        let mut options = with_products();
        // A table in brackets has all levels here, while JMP leaves the last ones out.
        options.format = Some("wide-table".to_owned());
        let text = table(&headers, &ALL);
        let imported = import(&[file("u.csv", &text)], &options)
            .unwrap_or_else(|error| panic!("{what}: {error}\n{text}"));
        check(&imported, what);
    }
}

#[test]
fn sawtooth_utilities_name_pairs_by_their_labels() {
    let header = names(
        "Respondent",
        |_, l| l.to_owned(),
        |a, b| format!("{a} x {b}"),
    );
    let text = table(&[header], &ALL).replace("Respondent,", "Respondent,RLH,");
    let text = text.replace(",None\n", ",NONE\n");
    let text: Vec<String> = text
        .lines()
        .map(|line| match line.split_once(',') {
            Some((id, rest)) if id.starts_with('r') => format!("{id},0.5,{rest}"),
            _ => line.to_owned(),
        })
        .collect();
    let utilities = file("x_utilities.csv", &(text.join("\n") + "\n"));
    let labels = file("x.att", "Brand\nAlba\nBrévia\nCrema\n\nPrice\n$299\n$499\n");
    let imported = import(&[utilities, labels], &with_products()).unwrap();
    assert_eq!(imported.format.id, "sawtooth-table");
    check(&imported, "Sawtooth");
}

#[test]
fn a_hbu_with_interactions_names_the_attributes_of_its_table() {
    let hbu = "2 1 12 1 1\n3 2 \n1 1 \n1 1 \n1 1 Alba\n1 2 Brévia\n1 3 Crema\n2 1 $299\n2 2 $499\n\
        r1 500 0 12 0 1 1 1 1 1 1 1 1 1 1 1 1\n";
    let hbu = file("x.hbu", hbu);
    let error = import(std::slice::from_ref(&hbu), &ImportOptions::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("x.hbu:3: interactions of attributes 1 and 2 cannot be read from a .hbu"),
        "{error}"
    );
    let header = names(
        "Respondent",
        |_, l| l.to_owned(),
        |a, b| format!("{a} x {b}"),
    );
    let utilities = file("x_utilities.csv", &table(&[header], &ALL));
    let text = "id,Attribute 1,Attribute 2\n1,Alba,$299\n2,Brévia,$399\n3,Crema,$499\n";
    let options = ImportOptions {
        products: Some(file("products.csv", text)),
        ..ImportOptions::default()
    };
    let imported = import(&[utilities, hbu], &options).unwrap();
    assert_near(
        &shares(&imported, Rule::ShareOfPreference, 1.0),
        &expected(),
        1e-5,
        ".hbu",
    );
}

#[test]
fn jmp_leaves_out_pairs_of_the_last_levels() {
    let last = |name: &str| name.contains("Crema") || name.contains("$499");
    let header = names(
        "ID",
        |attribute, level| format!("{attribute}[{level}]"),
        |brand, price| format!("Brand[{brand}]*Price[{price}]"),
    );
    let kept: Vec<usize> = (0..12)
        .filter(|column| !last(&header[column + 1]))
        .collect();
    let header: Vec<String> = header.into_iter().filter(|name| !last(name)).collect();
    let options = ImportOptions {
        labels: Some(file(
            "labels.csv",
            "Brand,Price\nAlba,$299\nBrévia,$499\nCrema,\n",
        )),
        ..with_products()
    };
    let imported = import(&[file("jmp.csv", &table(&[header], &kept))], &options).unwrap();
    assert_eq!(imported.format.id, "jmp");
    check(&imported, "JMP");
}

#[test]
fn a_coefficient_for_each_level_is_an_interaction() {
    let text = "ID,Make: A,Make: B,Fee,Make*Fee: A,Make*Fee: B\n1,0.5,-0.5,-0.03,0.01,-0.01\n2,0.25,-0.25,-0.02,0.005,-0.005\n";
    let options = ImportOptions {
        brand: "Make".into(),
        numeric: vec![("Fee".to_owned(), vec![10.0, 30.0])],
        products: Some(file("p.csv", "id,Make,Fee\n1,A,10\n2,B,30\n")),
        ..ImportOptions::default()
    };
    let imported = import(&[file("u.csv", text)], &options).unwrap();
    let utilities =
        String::from_utf8(imported.files.get("utilities.csv").unwrap().to_vec()).unwrap();
    assert_eq!(
        utilities,
        "id,Make,Make,Fee,Fee,Make*Fee,Make*Fee,Make*Fee,Make*Fee\nid,A,B,10,30,A*10,A*30,B*10,B*30\n\
         1,0.5,-0.5,0.3,-0.3,-0.1,0.1,0.1,-0.1\n2,0.25,-0.25,0.2,-0.2,-0.05,0.05,0.05,-0.05\n"
    );
    open_study(&imported.files).unwrap();
}

#[test]
fn prices_may_be_surveyed_only_together_with_the_brand() {
    let text = "ID,Brand,Brand,Brand*Price,,,\nID,A,B,A*1,A*2,B*3,B*4\n1,0.5,-0.5,0.25,-0.25,1,-1\n2,0.25,-0.25,0.5,-0.5,0.75,-0.75\n";
    let imported = import(&[file("u.csv", text)], &ImportOptions::default()).unwrap();
    assert_eq!(imported.price.as_deref(), Some("Price"));
    assert_eq!(imported.attributes[1].levels, ["1", "2", "3", "4"]);
    let offers = String::from_utf8(imported.files.get("offers.csv").unwrap().to_vec()).unwrap();
    // The lower middle of each brand's own prices.
    assert_eq!(offers, "id,model,Brand,Price\n1,,A,1\n2,,B,3\n");
    let found = shares(&imported, Rule::ShareOfPreference, 1.0);
    let share = |one: f64, other: f64| one.exp() / (one.exp() + other.exp());
    let first = (share(0.75, 0.5) + share(0.75, 0.5)) / 2.0;
    assert_near(&found, &[first, 1.0 - first], 1e-12, "conditional prices");
}

#[test]
fn pairs_that_are_unclear_are_refused_with_their_column() {
    let refuse = |text: &str, expected: &str| {
        let error = import(&[file("u.csv", text)], &ImportOptions::default()).unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with(expected), "{text}");
    };
    refuse(
        "Respondent,RLH,L1,L2,L1,L2,L1 x L2\n1,0.5,0.5,-0.5,0.25,-0.25,0.1\n2,0.5,0.25,-0.25,0.5,-0.5,0.2\n",
        "u.csv: L1 x L2: `L1` is the name of several columns",
    );
    refuse(
        "ID,Brand: A,Brand: B,Price: 1,Price: 2,Brand*Price: A*3\n1,0.5,-0.5,0.25,-0.25,0.1\n2,0.25,-0.25,0.5,-0.5,0.2\n",
        "u.csv: Brand*Price: A*3: `A*3` is not a pair of levels of `Brand`, `Price`",
    );
    refuse(
        "ID,Size: 1,Size: 2,Price: 1,Price: 2,Size*Price: 1*1\n1,0.5,-0.5,0.25,-0.25,0.1\n2,0.25,-0.25,0.5,-0.5,0.2\n",
        "u.csv: Size*Price: 1*1: this is an interaction of two numbers",
    );
}
