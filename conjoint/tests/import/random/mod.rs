//! Random studies with names, units, codings, encodings and styles of numbers as people have them, written in
//! every layout, come back with the same attributes and shares.

mod study;

use conjoint::choice::Rule;
use conjoint::import::{ImportOptions, InputFile, import};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use self::study::{Coding, Encoding, RandomStudy, Style, studies};
use crate::support::{assert_near, shares};

/// A study in a layout.
struct Written {
    layout: &'static str,
    files: Vec<InputFile>,
    /// The format to name, where a layout looks like another one.
    format: Option<&'static str>,
    has_names: bool,
}

impl RandomStudy {
    fn columns(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let attributes = self.attributes.iter().enumerate();
        attributes
            .flat_map(|(place, (_, levels))| (0..levels.len()).map(move |level| (place, level)))
    }

    fn names(&self, write: impl Fn(usize, usize, &str, &str) -> String) -> Vec<String> {
        let columns = self.columns();
        let name =
            |(a, l): (usize, usize)| write(a, l, &self.attributes[a].0, &self.attributes[a].1[l]);
        columns.map(name).collect()
    }

    /// The rows of a table below its header, without the columns that are not kept.
    fn body(&self, is_kept: impl Fn(usize) -> bool) -> String {
        let mut text = String::new();
        for (person, row) in self.rows.iter().enumerate() {
            let cells = row
                .iter()
                .enumerate()
                .filter(|(column, _)| is_kept(*column));
            let cells = cells.map(|(_, value)| self.style.number(*value));
            let line: Vec<String> = [format!("r{}", person + 1)]
                .into_iter()
                .chain(cells)
                .collect();
            text += &self.style.line(&line);
        }
        text
    }

    fn header(&self, id: &str, names: Vec<String>) -> Vec<String> {
        let none = self.has_none.then(|| "None".to_owned());
        [id.to_owned()]
            .into_iter()
            .chain(names)
            .chain(none)
            .collect()
    }

    fn table(&self, file: &str, id: &str, names: Vec<String>) -> InputFile {
        let text = self.style.line(&self.header(id, names)) + &self.body(|_| true);
        self.style.file(file, &text)
    }

    fn labels(&self) -> InputFile {
        let most = self
            .attributes
            .iter()
            .map(|(_, levels)| levels.len())
            .max()
            .unwrap();
        let names: Vec<String> = self
            .attributes
            .iter()
            .map(|(name, _)| name.clone())
            .collect();
        let mut text = self.style.line(&names);
        for row in 0..most {
            let cells = self
                .attributes
                .iter()
                .map(|(_, levels)| levels.get(row).cloned().unwrap_or_default());
            text += &self.style.line(&cells.collect::<Vec<String>>());
        }
        self.style.file("labels.csv", &text)
    }

    /// `.att`
    fn blocks(&self) -> InputFile {
        let blocks = self
            .attributes
            .iter()
            .map(|(name, levels)| format!("{name}\n{}\n\n", levels.join("\n")));
        self.style.file("labels.att", &blocks.collect::<String>())
    }

    fn two_header_rows(&self) -> InputFile {
        // Merged cells have their text in the first one.
        let uppers = self.names(|_, level, name, _| if level == 0 { name } else { "" }.to_owned());
        let uppers = self.style.line(&self.header("ID", uppers));
        let levels = self
            .style
            .line(&self.header("ID", self.names(|_, _, _, level| level.to_owned())));
        self.style
            .file("two.csv", &(uppers + &levels + &self.body(|_| true)))
    }

    fn workbook(&self) -> InputFile {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let uppers = self.header(
            "ID",
            self.names(|_, level, name, _| if level == 0 { name } else { "" }.to_owned()),
        );
        let levels = self.header("ID", self.names(|_, _, _, level| level.to_owned()));
        sheet.write(0, 0, "A title").unwrap();
        for (row, names) in [(2, uppers), (3, levels)] {
            for (column, name) in (0..).zip(names) {
                sheet.write(row, column, name).unwrap();
            }
        }
        for (row, values) in (4..).zip(&self.rows) {
            sheet.write(row, 0, format!("r{row}")).unwrap();
            for (column, value) in (1..).zip(values) {
                sheet
                    .write(row, column, f64::from(*value) / 1e5 * self.style.scale())
                    .unwrap();
            }
        }
        InputFile::open("book.xlsx", workbook.save_to_buffer().unwrap())
    }

    /// A Sawtooth run: labels in the header, and the layout of the columns.
    fn sawtooth(&self) -> [InputFile; 2] {
        let text = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
        let mut xml = "<sawtoothSoftwareLayout><utilities>".to_owned();
        let mut column = 2;
        for (place, (name, levels)) in self.attributes.iter().enumerate() {
            xml += &format!(
                "<attribute number=\"{}\" coding=\"partworth\"><label>{}</label>",
                place + 1,
                text(name)
            );
            for (level, label) in levels.iter().enumerate() {
                column += 1;
                xml += &format!(
                    "<level number=\"{}\" column=\"{column}\"><label>{}</label></level>",
                    level + 1,
                    text(label)
                );
            }
            xml += "</attribute>";
        }
        xml += "</utilities></sawtoothSoftwareLayout>";
        let layout = InputFile::open("x_utillayout.xml", xml.into());
        [
            self.table(
                "x_utilities.csv",
                "Respondent",
                self.names(|_, _, _, level| level.to_owned()),
            ),
            layout,
        ]
    }

    fn hbu(&self) -> InputFile {
        let (count, parameters) = (self.attributes.len(), self.rows[0].len());
        let mut text = format!("{count} {} {parameters} 1 1\n", u8::from(self.has_none));
        let counts = self
            .attributes
            .iter()
            .map(|(_, levels)| format!("{} ", levels.len()));
        text += &(counts.collect::<String>() + "\n");
        for row in 0..count {
            let square = (0..count).map(|column| if row == column { "1 " } else { "0 " });
            text += &(square.collect::<String>() + "\n");
        }
        for (place, level) in self.columns() {
            text += &format!(
                "{} {} {}\n",
                place + 1,
                level + 1,
                self.attributes[place].1[level]
            );
        }
        for (person, row) in self.rows.iter().enumerate() {
            text += &format!("r{} 500 0 {parameters} 0", person + 1);
            for value in row {
                text += &format!(" {:.5}", f64::from(*value) / 1e5 * self.style.scale());
            }
            text.push('\n');
        }
        self.style.file("x.hbu", &text)
    }

    fn long(&self) -> InputFile {
        let columns: Vec<(usize, usize)> = self.columns().collect();
        let line = |cells: [&str; 4]| self.style.line(&cells.map(str::to_owned));
        let mut text = line(["respondent_id", "attribute", "level", "utility"]);
        for (person, row) in self.rows.iter().enumerate() {
            let id = format!("r{}", person + 1);
            for (column, value) in row.iter().enumerate() {
                let (attribute, level) = match columns.get(column) {
                    Some((place, level)) => (
                        &*self.attributes[*place].0,
                        &*self.attributes[*place].1[*level],
                    ),
                    None => ("None", "None"),
                };
                text += &line([&id, attribute, level, &self.style.number(*value)]);
            }
        }
        self.style.file("long.csv", &text)
    }

    /// Names of all columns but one of each attribute, and the rows below.
    fn without_levels(
        &self,
        file: &str,
        id: &str,
        is_left_out: impl Fn(usize, usize) -> bool,
        write: impl Fn(usize, usize, &str, &str) -> String,
    ) -> InputFile {
        let columns: Vec<bool> = self
            .columns()
            .map(|(place, level)| !is_left_out(place, level))
            .collect();
        let names = self
            .names(write)
            .into_iter()
            .zip(&columns)
            .filter(|(_, is_kept)| **is_kept);
        let header = self.header(id, names.map(|(name, _)| name).collect());
        let body = self.body(|column| columns.get(column).copied().unwrap_or(true));
        self.style.file(file, &(self.style.line(&header) + &body))
    }

    fn crosswalk(&self) -> InputFile {
        let line = |cells: [&str; 3]| self.style.line(&cells.map(str::to_owned));
        let mut text = line(["old_name", "user_name", "collection_name"]);
        for (place, level) in self.columns() {
            let (name, levels) = &self.attributes[place];
            text += &line([
                &format!("A{}B{}", place + 1, level + 1),
                &levels[level],
                name,
            ]);
        }
        self.style.file("crosswalk.csv", &text)
    }

    fn layouts(&self) -> Vec<Written> {
        let joined = |joint: &str| {
            self.table(
                "wide.csv",
                "ID",
                self.names(|_, _, name, level| format!("{name}{joint}{level}")),
            )
        };
        let codes = || {
            self.table(
                "RBetas.csv",
                "ID",
                self.names(|a, l, _, _| format!("A{}B{}", a + 1, l + 1)),
            )
        };
        let last = |place: usize, level: usize| level + 1 == self.attributes[place].1.len();
        let letters = self
            .names(|a, l, _, level| format!("{}{}: {level}", char::from(b'A' + a as u8), l + 1));
        let bracket = |_: usize, _: usize, name: &str, level: &str| format!("{name}[{level}]");
        let named = |layout, files| Written {
            layout,
            files,
            format: None,
            has_names: true,
        };
        let mut written = vec![
            named("colons", vec![joined(": ")]),
            named("dashes", vec![joined(" - ")]),
            named("bars", vec![joined(" | ")]),
            Written {
                format: Some("wide-table"),
                ..named(
                    "brackets",
                    vec![self.table("b.csv", "ID", self.names(bracket))],
                )
            },
            named("two header rows", vec![self.two_header_rows()]),
            named("workbook", vec![self.workbook()]),
            named("Sawtooth with its layout", self.sawtooth().into()),
            named(".hbu with .att", vec![self.hbu(), self.blocks()]),
            named("long", vec![self.long()]),
            named("codes with labels", vec![codes(), self.labels()]),
            named("codes with a crosswalk", vec![codes(), self.crosswalk()]),
            Written {
                has_names: false,
                ..named(
                    "Conjointly",
                    vec![self.table("c.csv", "participant", letters)],
                )
            },
        ];
        // Where every attribute has one column only, each may be a coefficient.
        let has_levels = self.attributes.iter().any(|(_, levels)| levels.len() > 2);
        match self.coding {
            _ if !has_levels => {}
            Coding::Effects => written.push(named(
                "JMP without the last levels",
                vec![
                    self.without_levels("jmp.csv", "ID", last, bracket),
                    self.labels(),
                ],
            )),
            Coding::DummyFirst => written.push(named(
                "base levels only in the labels",
                vec![
                    self.without_levels(
                        "x.csv",
                        "ID",
                        |_, level| level == 0,
                        |a, l, _, _| format!("A{}B{}", a + 1, l + 1),
                    ),
                    self.labels(),
                ],
            )),
            Coding::DummyLast => {}
        }
        written
    }

    /// Shares of preference, None last.
    fn shares(&self) -> Vec<f64> {
        let starts: Vec<usize> = self
            .attributes
            .iter()
            .scan(0, |next, (_, levels)| {
                let start = *next;
                *next += levels.len();
                Some(start)
            })
            .collect();
        let mut shares = vec![0.0; self.products.len() + usize::from(self.has_none)];
        for row in &self.rows {
            let utility = |product: &Vec<usize>| {
                let levels = starts.iter().zip(product);
                f64::from(levels.map(|(start, level)| row[start + level]).sum::<i32>()) / 1e5
            };
            let none = self.has_none.then(|| f64::from(*row.last().unwrap()) / 1e5);
            let utilities: Vec<f64> = self.products.iter().map(utility).chain(none).collect();
            let sum: f64 = utilities.iter().map(|utility| utility.exp()).sum();
            for (share, utility) in shares.iter_mut().zip(utilities) {
                *share += utility.exp() / sum / self.rows.len() as f64;
            }
        }
        shares
    }

    fn products(&self, names: &[String]) -> InputFile {
        let style = Style {
            encoding: Encoding::Utf8,
            separator: ',',
            ..self.style
        };
        let mut text = style.line(&[vec!["id".to_owned()], names.to_vec()].concat());
        for (place, product) in self.products.iter().enumerate() {
            let levels = self
                .attributes
                .iter()
                .zip(product)
                .map(|((_, levels), level)| levels[*level].clone());
            text += &style.line(
                &[(place + 1).to_string()]
                    .into_iter()
                    .chain(levels)
                    .collect::<Vec<String>>(),
            );
        }
        style.file("products.csv", &text)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn every_layout_and_style_gives_the_same_attributes_and_shares(study in studies()) {
        let expected = study.shares();
        for written in study.layouts() {
            let what = written.layout;
            let position = |place: usize| format!("Attribute {}", place + 1);
            let names: Vec<String> = match written.has_names {
                true => study.attributes.iter().map(|(name, _)| name.clone()).collect(),
                false => (0..study.attributes.len()).map(position).collect(),
            };
            // A table of labels in which all attributes have as many levels is recognized only as an option.
            let (labels, files): (Vec<InputFile>, Vec<InputFile>) = written.files.into_iter().partition(|file| file.name == "labels.csv");
            let options = ImportOptions {
                labels: labels.into_iter().next(),
                format: written.format.map(str::to_owned),
                products: Some(study.products(&names)),
                ..ImportOptions::default()
            };
            let imported = import(&files, &options).unwrap_or_else(|error| panic!("{what}: {error}"));
            let found: Vec<(&String, &Vec<String>)> = imported.attributes.iter().map(|found| (&found.name, &found.levels)).collect();
            let levels = study.attributes.iter().map(|(_, levels)| levels);
            prop_assert_eq!(found, names.iter().zip(levels).collect::<Vec<_>>(), "{}", what);
            prop_assert_eq!(imported.respondents, study.rows.len(), "{}", what);
            prop_assert_eq!(imported.has_none, study.has_none, "{}", what);
            let scale = 1.0 / study.style.scale();
            assert_near(&shares(&imported, Rule::ShareOfPreference, scale), &expected, 1e-9, what);
        }
    }
}
