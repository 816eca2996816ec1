//! `brands.csv`, which may be left out: parents, tiers and colours.

use super::files::{BRANDS, VOLUMES};
use super::problem::{Fault, Place, Problems};
use super::table::{Row, Table, quoted, write};
use super::{BRAND, Study};
use crate::indexed::{BrandIndex, List, ParentIndex, Position};

const COLUMNS: [&str; 4] = [BRAND, "parent", "tier", "colour"];

/// Colours that stay apart for colour-blind readers: M. Okabe and K. Ito, "Color Universal
/// Design" (2008), without its yellow, which vanishes on white, and its black.
const PALETTE: [&str; 6] = [
    "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7",
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

/// What the file says of one brand.
#[derive(Default)]
struct Profile {
    parent: Option<String>,
    tier: Option<Tier>,
    colour: Option<String>,
}

/// The brands `names` with their profiles, and the parents' names.
pub(super) fn read(
    bytes: Option<&[u8]>,
    names: &List<BrandIndex, String>,
    problems: &mut Problems,
) -> (List<BrandIndex, Brand>, List<ParentIndex, String>) {
    let mut profiles: Vec<Profile> = names.iter().map(|_| Profile::default()).collect();
    if bytes.is_some() {
        read_profiles(bytes, names, &mut profiles, problems);
    }
    let mut parents: List<ParentIndex, String> = Vec::new().into();
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
                .unwrap_or_else(|| PALETTE[index % PALETTE.len()].to_owned()),
        }
    });
    (brands.collect(), parents)
}

fn read_profiles(
    bytes: Option<&[u8]>,
    names: &List<BrandIndex, String>,
    profiles: &mut [Profile],
    problems: &mut Problems,
) -> Option<()> {
    let mut table = Table::open(BRANDS, bytes, &COLUMNS, problems)?;
    table.check_header(problems);
    for name in &table.header {
        if !COLUMNS.contains(&name.as_str()) && !name.is_empty() {
            let known = quoted(COLUMNS);
            problems.add(Place::cell(BRANDS, 1, name), Fault::ColumnUnknown { known });
        }
    }
    let brand = table.column(BRAND, problems)?;
    let [_, parent, tier, colour] =
        COLUMNS.map(|name| table.header.iter().position(|column| column == name));
    let mut rows: Vec<(BrandIndex, u64)> = Vec::new();
    while let Some(row) = table.next_row(problems) {
        let name = row.text(brand).to_owned();
        let Some(index) = names.position(|known| *known == name) else {
            let fault = Fault::UnknownBrand {
                name,
                elsewhere: VOLUMES,
                known: quoted(names),
            };
            problems.add(row.place(brand), fault);
            continue;
        };
        if let Some((_, first)) = rows.iter().find(|(other, _)| *other == index) {
            let first = *first;
            problems.add(row.place(brand), Fault::Twice { name, first });
            continue;
        }
        rows.push((index, row.line));
        let filled = |column: Option<usize>| {
            column.and_then(|column| Some(row.text(column)).filter(|text| !text.is_empty()))
        };
        if let Some(profile) = profiles.get_mut(index.get()) {
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
        problems.add(row.place(column?), Fault::NotATier { text });
    }
    tier
}

fn read_colour(row: &Row<'_>, column: Option<usize>, problems: &mut Problems) -> Option<String> {
    let text = row.text(column?);
    let hex = |digits: &str| {
        matches!(digits.len(), 3 | 6) && digits.chars().all(|digit| digit.is_ascii_hexdigit())
    };
    let named = !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphabetic());
    if named || text.strip_prefix('#').is_some_and(hex) {
        return Some(text.to_owned());
    }
    if !text.is_empty() {
        let text = text.to_owned();
        problems.add(row.place(column?), Fault::NotAColour { text });
    }
    None
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
