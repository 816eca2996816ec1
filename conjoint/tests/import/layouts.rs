//! Random studies, written in several layouts, come back with the same attributes and shares.

use conjoint::choice::Rule;
use conjoint::import::{ImportOptions, Imported, InputFile, import};
use proptest::prelude::*;

use crate::support::{assert_near, file, shares};

/// A study with effects coding.
#[derive(Clone, Debug)]
struct RandomStudy {
    /// Levels of each attribute.
    levels: Vec<usize>,
    /// Respondents × columns, None last.
    rows: Vec<Vec<f64>>,
}

fn studies() -> impl Strategy<Value = RandomStudy> {
    let levels = prop::collection::vec(2usize..6, 2..6);
    (levels, 3usize..30).prop_flat_map(|(levels, people)| {
        let columns: usize = levels.iter().sum::<usize>() + 1;
        let cells = prop::collection::vec(-300_000i32..300_000, columns * people);
        (Just(levels), cells, Just(people)).prop_map(|(levels, cells, people)| {
            let columns = cells.len() / people;
            let rows = cells
                .chunks(columns)
                .map(|cells| center(&levels, cells))
                .collect();
            RandomStudy { levels, rows }
        })
    })
}

/// Five decimals, and a sum of 0 in each attribute.
fn center(levels: &[usize], cells: &[i32]) -> Vec<f64> {
    let mut row = Vec::new();
    let mut rest = cells;
    for count in levels {
        let (own, others) = rest.split_at(*count);
        let mut own: Vec<i32> = own.to_vec();
        let sum: i32 = own[..count - 1].iter().sum();
        own[count - 1] = -sum;
        row.extend(own.iter().map(|cell| f64::from(*cell) / 1e5));
        rest = others;
    }
    row.push(f64::from(rest[0]) / 1e5);
    row
}

impl RandomStudy {
    fn names(&self, write: impl Fn(usize, usize) -> String) -> Vec<String> {
        let attributes = self.levels.iter().enumerate();
        attributes
            .flat_map(|(a, count)| (0..*count).map(|l| write(a, l)).collect::<Vec<_>>())
            .collect()
    }

    /// A table with an id, these names and None.
    fn table(&self, name: &str, header: &[String], separator: &str, decimal: &str) -> InputFile {
        let mut text = ["Respondent".to_owned()]
            .iter()
            .chain(header)
            .cloned()
            .chain(["None".to_owned()])
            .collect::<Vec<_>>()
            .join(separator);
        text.push('\n');
        for (person, row) in self.rows.iter().enumerate() {
            let cells = row
                .iter()
                .map(|cell| format!("{cell:.5}").replace('.', decimal));
            let line: Vec<String> = std::iter::once((person + 1).to_string())
                .chain(cells)
                .collect();
            text.push_str(&line.join(separator));
            text.push('\n');
        }
        file(name, &text)
    }

    /// Labels only, which repeat.
    fn sawtooth(&self) -> InputFile {
        let names =
            self.names(|attribute, level| format!("{} {}", ["x", "y"][attribute % 2], level + 1));
        self.table("s_utilities.csv", &names, ",", ".")
    }

    fn hbu(&self) -> InputFile {
        let count = self.levels.len();
        let parameters = self.rows[0].len();
        let mut text = format!("{count} 1 {parameters} 1 1\n");
        text += &self
            .levels
            .iter()
            .map(|count| format!("{count} "))
            .collect::<String>();
        text.push('\n');
        for row in 0..count {
            let square = (0..count).map(|column| if row == column { "1 " } else { "0 " });
            text += &square.collect::<String>();
            text.push('\n');
        }
        for (attribute, count) in self.levels.iter().enumerate() {
            for level in 0..*count {
                text += &format!("{} {} L{}\n", attribute + 1, level + 1, level + 1);
            }
        }
        for (person, row) in self.rows.iter().enumerate() {
            text += &format!("{} 500 0 {parameters} 0", person + 1);
            for (place, cell) in row.iter().enumerate() {
                text += if place % 10 == 0 { "\n" } else { " " };
                text += &format!("{cell:.5}");
            }
            text.push('\n');
        }
        file("s.hbu", &text)
    }

    fn long(&self) -> InputFile {
        let names = self.names(|attribute, level| format!("A{},L{}", attribute + 1, level + 1));
        let mut text = "respondent_id,attribute,level,utility\n".to_owned();
        for (person, row) in self.rows.iter().enumerate() {
            for (name, cell) in names.iter().zip(row) {
                text += &format!("r{},{name},{cell:.5}\n", person + 1);
            }
            text += &format!("r{},None,None,{:.5}\n", person + 1, row.last().unwrap());
        }
        file("long.csv", &text)
    }

    fn layouts(&self) -> Vec<InputFile> {
        let colon = self.names(|a, l| format!("A{}: L{}", a + 1, l + 1));
        let brackets = self.names(|a, l| format!("A{}[L{}]", a + 1, l + 1));
        let codes = self.names(|a, l| format!("A{}B{}", a + 1, l + 1));
        let letters =
            self.names(|a, l| format!("{}{}: L{}", (b'A' + a as u8) as char, l + 1, l + 1));
        vec![
            self.table("colon.csv", &colon, ",", "."),
            self.table("semicolon.csv", &colon, ";", ","),
            self.table("tab.txt", &colon, "\t", ","),
            self.table("codes.csv", &codes, ",", "."),
            self.table("letters.csv", &letters, ",", "."),
            self.sawtooth(),
            self.hbu(),
            self.long(),
            // JMP leaves the last levels out; a full table must not be taken for one.
            self.table("brackets.csv", &brackets, ",", "."),
        ]
    }
}

/// The shares of the proposal with the first attribute as brand.
fn proposal(imported: &Imported) -> Vec<f64> {
    shares(imported, Rule::ShareOfPreference, 1.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_layout_gives_the_same_shares(study in studies()) {
        let mut first: Option<Vec<f64>> = None;
        for file in study.layouts().into_iter().filter(|file| file.name != "brackets.csv") {
            let name = file.name.clone();
            let named = ["colon.csv", "semicolon.csv", "tab.txt", "long.csv"].contains(&name.as_str());
            let options = ImportOptions {
                brand: if named { "A1" } else { "Attribute 1" }.into(),
                ..ImportOptions::default()
            };
            let imported = import(&[file], &options).unwrap_or_else(|error| panic!("{name}: {error}"));
            let counts: Vec<usize> = imported.attributes.iter().map(|found| found.levels.len()).collect();
            prop_assert_eq!(&counts, &study.levels, "{}", name);
            prop_assert_eq!(imported.respondents, study.rows.len());
            let found = proposal(&imported);
            match &first {
                None => first = Some(found),
                Some(first) => assert_near(&found, first, 1e-9, &name),
            }
        }
    }
}
