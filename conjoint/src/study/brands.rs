//! `brands.csv`, which may be left out: parents, tiers and colours.

use super::{BRAND, Study};
use crate::format::error::StudyError;
use crate::format::files::{BRANDS, StudyFiles};
use crate::format::problem::Problems;
use crate::format::table::{Names, Row, Table, write};
use crate::format::text::quoted;
use crate::index_vec::{BrandIndex, IndexVec, ParentIndex, Position};

const COLUMNS: [&str; 4] = [BRAND, "parent", "tier", "colour"];

/// Colours that stay apart for readers of normal sight and for those who see no red, no green or
/// no blue, the ones furthest apart first. They were found by a search over P. Tol's schemes
/// ("Colour Schemes", SRON/EPS/TN/09-002, 2021), Okabe and Ito's (2008) and a grid of OKLCH, for
/// the largest smallest distance.
pub const PALETTE: [&str; 12] = [
    "#d8122c", "#7550eb", "#33bbee", "#a80391", "#a7777c", "#ed6e12", "#5b1625", "#227727",
    "#81a563", "#d671a7", "#ab79f5", "#0077bb",
];

/// Whether a brand belongs to the large ones of its market.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// One of the large brands.
    Major,
    /// One of the others.
    Minor,
}

impl Tier {
    fn word(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
        }
    }
}

/// A brand of the market.
#[derive(Clone, Debug, PartialEq)]
pub struct Brand {
    /// Its name.
    pub name: String,
    /// The company that it belongs to; its own where the files do not say.
    pub parent: ParentIndex,
    /// Its tier; where the files do not say, it follows from the predicted shares.
    pub tier: Option<Tier>,
    /// Its colour in every figure, as CSS writes it.
    pub colour: String,
}

/// The colour of a brand that names none, by its place.
pub(crate) fn from_palette(place: usize) -> &'static str {
    PALETTE[place % PALETTE.len()]
}

/// What the file says of one brand.
#[derive(Default)]
struct Profile {
    parent: Option<String>,
    tier: Option<Tier>,
    colour: Option<String>,
}

/// The brands `names`, which the file `elsewhere` has, with their profiles, and the parents'
/// names.
pub(super) fn read(
    files: &StudyFiles,
    names: &IndexVec<BrandIndex, String>,
    elsewhere: &'static str,
    problems: &mut Problems,
) -> (IndexVec<BrandIndex, Brand>, IndexVec<ParentIndex, String>) {
    let mut profiles: Vec<Profile> = names.iter().map(|_| Profile::default()).collect();
    if files.is_there(BRANDS) {
        read_profiles(files, names, elsewhere, &mut profiles, problems);
    }
    let mut parents: IndexVec<ParentIndex, String> = Vec::new().into();
    let brands = names.iter().zip(profiles).enumerate();
    let brands = brands.map(|(index, (name, profile))| {
        let parent = profile.parent.unwrap_or_else(|| name.clone());
        let parent = parents
            .position(|known| *known == parent)
            .unwrap_or_else(|| parents.push(parent));
        Brand {
            name: name.clone(),
            parent,
            tier: profile.tier,
            colour: profile
                .colour
                .unwrap_or_else(|| from_palette(index).to_owned()),
        }
    });
    (brands.collect(), parents)
}

fn read_profiles(
    files: &StudyFiles,
    names: &IndexVec<BrandIndex, String>,
    elsewhere: &'static str,
    profiles: &mut [Profile],
    problems: &mut Problems,
) -> Option<()> {
    let mut table = Table::open(BRANDS, files, &COLUMNS, problems)?;
    table.check_header(problems);
    for name in &table.header {
        if !COLUMNS.contains(&name.as_str()) && !name.is_empty() {
            let known = quoted(COLUMNS);
            problems.add(
                table.header_place(name),
                StudyError::ColumnUnknown { known },
            );
        }
    }
    let brand = table.column(BRAND, problems)?;
    let [_, parent, tier, colour] =
        COLUMNS.map(|name| table.header.iter().position(|column| column == name));
    let mut seen = Names::default();
    while let Some(row) = table.next_row(problems) {
        let name = row.text(brand).to_owned();
        let Some(index) = names.position(|known| *known == name) else {
            let fault = StudyError::UnknownBrand {
                name,
                elsewhere,
                known: quoted(names),
            };
            problems.add(row.place(brand), fault);
            continue;
        };
        if !seen.is_new(&row, brand, problems) {
            continue;
        }
        let filled = |column: Option<usize>| {
            column.and_then(|column| Some(row.text(column)).filter(|text| !text.is_empty()))
        };
        if let Some(profile) = profiles.get_mut(index.index()) {
            profile.parent = filled(parent).map(str::to_owned);
            profile.tier = read_tier(&row, tier, problems);
            profile.colour = read_colour(&row, colour, problems);
        }
    }
    Some(())
}

fn read_tier(row: &Row<'_>, column: Option<usize>, problems: &mut Problems) -> Option<Tier> {
    let text = row.text(column?);
    let tier = [Tier::Major, Tier::Minor]
        .into_iter()
        .find(|tier| tier.word() == text);
    if tier.is_none() && !text.is_empty() {
        let text = text.to_owned();
        problems.add(row.place(column?), StudyError::NotATier { text });
    }
    tier
}

fn read_colour(row: &Row<'_>, column: Option<usize>, problems: &mut Problems) -> Option<String> {
    let text = row.text(column?);
    if is_colour(text) {
        return Some(text.to_owned());
    }
    if !text.is_empty() {
        let text = text.to_owned();
        problems.add(row.place(column?), StudyError::NotAColour { text });
    }
    None
}

/// Whether a text can be a colour of CSS: `#` and digits, a function of numbers, or a word. Nothing
/// that passes can be more than a colour, wherever a page puts it.
fn is_colour(text: &str) -> bool {
    let hex = |digits: &str| {
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|d| d.is_ascii_hexdigit())
    };
    let numbers = |inner: &str| {
        inner.contains(|digit: char| digit.is_ascii_digit())
            && inner
                .chars()
                .all(|letter| letter.is_ascii_digit() || " .,%/+-".contains(letter))
    };
    let function = |name: &str| {
        let inner = text
            .strip_prefix(name)
            .and_then(|rest| rest.strip_suffix(')'));
        inner.is_some_and(numbers)
    };
    let named = !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphabetic());
    named
        || text.strip_prefix('#').is_some_and(hex)
        || ["rgb(", "rgba(", "hsl(", "hsla("].into_iter().any(function)
}

/// Writes the file as [`read`] reads it.
pub(super) fn to_csv(study: &Study) -> Vec<u8> {
    let header = COLUMNS.map(str::to_owned);
    let rows = study.brands.iter().map(|brand| {
        let parent = &study.parents[brand.parent];
        let tier = brand.tier.map_or("", Tier::word);
        let words = [&brand.name, parent.as_str(), tier, &brand.colour];
        words.map(str::to_owned)
    });
    write(std::iter::once(header).chain(rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Linear light as a reader without the red or the green cones sees it, at full severity
    /// (G. M. Machado et al., "A Physiologically-based Model for Simulation of Color Vision
    /// Deficiency", 2009, table 1), beside a reader who has all.
    const SIGHTS: [[[f64; 3]; 3]; 3] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ];

    fn times(matrix: [[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
    }

    /// CIE L*a*b* of a colour as one of the readers sees it.
    fn lab(colour: &str, sight: [[f64; 3]; 3]) -> [f64; 3] {
        let linear = [1, 3, 5].map(|at| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        });
        let seen = times(sight, linear).map(|value| value.clamp(0.0, 1.0));
        let xyz = times(
            [
                [0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047],
                [0.2126, 0.7152, 0.0722],
                [0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883],
            ],
            seen,
        );
        let [x, y, z] = xyz.map(|value| {
            if value > 0.008_856 {
                value.cbrt()
            } else {
                7.787 * value + 16.0 / 116.0
            }
        });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn the_palettes_colours_stay_apart_for_every_reader() {
        for (index, colour) in PALETTE.iter().enumerate() {
            assert!(is_colour(colour));
            for other in PALETTE.iter().take(index) {
                for sight in SIGHTS {
                    let pairs = lab(colour, sight).into_iter().zip(lab(other, sight));
                    let distance = pairs.map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    // A difference of 2 can be seen, one of 10 is told at a glance.
                    assert!(distance > 12.0, "{colour} and {other}: {distance}");
                }
            }
        }
    }

    #[test]
    fn colours_are_told_from_other_texts() {
        for colour in [
            "gold",
            "#abc",
            "#abcd",
            "#A1b2C3",
            "#a1b2c3d4",
            "rgb(10, 20, 30)",
            "rgba(10 20 30 / 50%)",
            "hsl(120, 50%, 25.5%)",
        ] {
            assert!(is_colour(colour), "{colour}");
        }
        for text in [
            "",
            "#12",
            "#12345",
            "#ggg",
            "rgb()",
            "rgb(1;x)",
            "url(x)",
            "a b",
            "rgb(1,2,3",
        ] {
            assert!(!is_colour(text), "{text}");
        }
    }
}
