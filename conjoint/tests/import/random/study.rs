//! Random studies, and how text files are written.

use conjoint::import::InputFile;
use proptest::prelude::*;

/// What the base level of an attribute is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Coding {
    /// Sums of 0.
    Effects,
    /// A column of zeros at the beginning of each attribute.
    DummyFirst,
    /// A column of zeros at its end.
    DummyLast,
}

/// How a text file is written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub encoding: Encoding,
    pub separator: char,
    /// The decimal mark and what separates thousands.
    pub marks: (char, Option<char>),
    /// What precedes a negative number.
    pub minus: char,
    pub line_end: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Encoding {
    Utf8,
    Utf8WithMark,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

#[derive(Clone, Debug)]
pub struct RandomStudy {
    pub attributes: Vec<(String, Vec<String>)>,
    pub coding: Coding,
    pub has_none: bool,
    /// Hundred-thousandths: respondents × columns, None last.
    pub rows: Vec<Vec<i32>>,
    /// The level of each attribute, by product.
    pub products: Vec<Vec<usize>>,
    pub style: Style,
}

const NAMES: [&str; 8] = [
    "Größe",
    "Crème",
    "Brand & Co",
    "Screen size",
    "Año",
    "Colour (outside)",
    "Marke",
    "Wi-Fi",
];
const LEVELS: [&str; 9] = [
    "Alba",
    "Brévia",
    "Crema & Co",
    "two, or three",
    "with \"quotes\"",
    "Öl",
    "dark grey",
    "½ Liter",
    "No",
];
const PRICES: [&str; 5] = ["$299", "$499", "$799", "$1,099", "$12,500"];
const VOLUMES: [&str; 5] = ["0.5 l", "1 l", "1.5 l", "2 l", "10 l"];

fn styles() -> impl Strategy<Value = Style> {
    let encodings = prop::sample::select(vec![
        Encoding::Utf8,
        Encoding::Utf8WithMark,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Windows1252,
    ]);
    let dialects = prop::sample::select(vec![
        (',', ('.', None)),
        (';', (',', None)),
        ('\t', (',', None)),
        ('\t', ('.', None)),
        (';', ('.', None)),
        (';', (',', Some('.'))),
        ('\t', ('.', Some(','))),
        (';', (',', Some('\u{a0}'))),
        (';', ('.', Some('\''))),
    ]);
    let line_ends = prop::sample::select(vec!["\n", "\r\n"]);
    (encodings, dialects, any::<bool>(), line_ends).prop_map(
        |(encoding, dialect, is_typographic, line_end)| {
            let (separator, marks) = dialect;
            let has_minus = is_typographic && encoding != Encoding::Windows1252;
            let minus = if has_minus { '\u{2212}' } else { '-' };
            Style {
                encoding,
                separator,
                marks,
                minus,
                line_end,
            }
        },
    )
}

/// An attribute: the place of its name, its number of levels, and whether these are names, prices or volumes.
fn attributes() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    prop::collection::vec((0..NAMES.len(), 2usize..6, 0usize..4), 2..7)
}

pub fn studies() -> impl Strategy<Value = RandomStudy> {
    let coding = prop::sample::select(vec![Coding::Effects, Coding::DummyFirst, Coding::DummyLast]);
    (attributes(), coding, any::<bool>(), styles(), 3usize..12).prop_flat_map(
        |(shapes, coding, has_none, style, people)| {
            let attributes: Vec<(String, Vec<String>)> =
                shapes.iter().enumerate().map(name_attribute).collect();
            let columns: usize = attributes.iter().map(|(_, levels)| levels.len()).sum();
            let cells = prop::collection::vec(-300_000i32..300_000, (columns + 1) * people);
            let product: Vec<_> = attributes
                .iter()
                .map(|(_, levels)| 0..levels.len())
                .collect();
            let products = prop::collection::vec(product, 2..5);
            (Just(attributes), cells, products).prop_map(move |(attributes, cells, products)| {
                let rows = cells.chunks(columns + 1);
                let rows = rows
                    .map(|cells| code(&attributes, coding, has_none, cells))
                    .collect();
                RandomStudy {
                    attributes,
                    coding,
                    has_none,
                    rows,
                    products,
                    style,
                }
            })
        },
    )
}

fn name_attribute(
    (place, (name, count, kind)): (usize, &(usize, usize, usize)),
) -> (String, Vec<String>) {
    let start = (place * 3 + name) % LEVELS.len();
    let level = |level: usize| match kind {
        0 => PRICES[level].to_owned(),
        1 => VOLUMES[level].to_owned(),
        _ => LEVELS[(start + level) % LEVELS.len()].to_owned(),
    };
    (
        format!("{} {}", NAMES[*name], place + 1),
        (0..*count).map(level).collect(),
    )
}

/// Part-worths in a coding; no column but that of a base is 0.
fn code(
    attributes: &[(String, Vec<String>)],
    coding: Coding,
    has_none: bool,
    cells: &[i32],
) -> Vec<i32> {
    let mut row = Vec::new();
    let mut rest = cells;
    for (_, levels) in attributes {
        let (own, others) = rest.split_at(levels.len());
        let last = own.len() - 1;
        let mut own: Vec<i32> = own.iter().map(|cell| cell * 2 + 1).collect();
        match coding {
            Coding::Effects => own[last] = -own[..last].iter().sum::<i32>(),
            Coding::DummyFirst => own[0] = 0,
            Coding::DummyLast => own[last] = 0,
        }
        row.extend(own);
        rest = others;
    }
    row.extend(
        rest.iter()
            .take(usize::from(has_none))
            .map(|cell| cell * 2 + 1),
    );
    row
}

impl Style {
    pub fn number(self, value: i32) -> String {
        let (decimal, group) = self.marks;
        // Numbers with separated thousands are a thousand times as large.
        let decimals = if group.is_some() { 2 } else { 5 };
        let digits = format!("{:0>6}", value.unsigned_abs());
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let whole = match group {
            Some(group) => group_digits(whole.trim_start_matches('0'), group),
            None => whole.to_owned(),
        };
        let sign = if value < 0 {
            self.minus.to_string()
        } else {
            String::new()
        };
        let whole = if whole.is_empty() { "0" } else { &whole };
        format!("{sign}{whole}{decimal}{fraction}")
    }

    /// The factor by which the numbers are too large.
    pub fn scale(self) -> f64 {
        if self.marks.1.is_some() { 1000.0 } else { 1.0 }
    }

    fn quote(self, cell: &str) -> String {
        let needs_quotes = cell.contains(['"', '\n', ',']) || cell.contains(self.separator);
        match needs_quotes {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.to_owned(),
        }
    }

    pub fn line(self, cells: &[String]) -> String {
        let cells: Vec<String> = cells.iter().map(|cell| self.quote(cell)).collect();
        cells.join(&self.separator.to_string()) + self.line_end
    }

    pub fn file(self, name: &str, text: &str) -> InputFile {
        let utf16 = |to_bytes: fn(u16) -> [u8; 2]| {
            let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
            units.flat_map(to_bytes).collect()
        };
        let bytes = match self.encoding {
            Encoding::Utf8 => text.as_bytes().to_vec(),
            Encoding::Utf8WithMark => format!("\u{feff}{text}").into_bytes(),
            Encoding::Utf16Le => utf16(u16::to_le_bytes),
            Encoding::Utf16Be => utf16(u16::to_be_bytes),
            Encoding::Windows1252 => text
                .chars()
                .map(|letter| u8::try_from(letter).unwrap())
                .collect(),
        };
        InputFile::open(name, bytes)
    }
}

fn group_digits(digits: &str, mark: char) -> String {
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}
