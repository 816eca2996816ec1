//! `brands.csv`, which is optional: parent companies, tiers and colors.

use super::error::FormatError;
use super::file_names::BRANDS;
use super::files::StudyFiles;
use super::problem::Problems;
use super::table::{Row, Table, UniqueNames};
use crate::csv_text::write_rows;
use crate::index_vec::{BrandIndex, IndexVec, ParentIndex, Position};
use crate::study::brands::{is_css_color, palette_color};
use crate::study::text::quote_names;
use crate::study::{BRAND, Brand, Study, Tier};

const COLUMNS: [&str; 4] = [BRAND, "parent", "tier", "colour"];

/// The word for a tier in the file.
fn tier_word(tier: Tier) -> &'static str {
    match tier {
        Tier::Major => "major",
        Tier::Minor => "minor",
    }
}

/// What the file says about one brand.
#[derive(Default)]
struct Profile {
    parent: Option<String>,
    tier: Option<Tier>,
    color: Option<String>,
}

/// The brands in `names`, with what the file says about them, and the names of the parent companies.
/// `elsewhere` is the file that lists the brands.
pub(crate) fn read(
    files: &StudyFiles,
    names: &IndexVec<BrandIndex, String>,
    elsewhere: &'static str,
    problems: &mut Problems,
) -> (IndexVec<BrandIndex, Brand>, IndexVec<ParentIndex, String>) {
    let mut profiles: Vec<Profile> = names.iter().map(|_| Profile::default()).collect();
    if files.contains(BRANDS) {
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
            color: profile
                .color
                .unwrap_or_else(|| palette_color(index).to_owned()),
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
    table.check_known(&COLUMNS, problems);
    let brand = table.require_column(BRAND, problems)?;
    let [_, parent, tier, color] = COLUMNS.map(|name| table.find_column(name));
    let mut unique = UniqueNames::default();
    while let Some(row) = table.next_row(problems) {
        let name = row.text(brand).to_owned();
        let Some(index) = names.position(|known| *known == name) else {
            let error = FormatError::UnknownBrand {
                name,
                elsewhere,
                known: quote_names(names),
            };
            problems.add(row.place(brand), error);
            continue;
        };
        if !unique.add(&row, brand, problems) {
            continue;
        }
        let filled = |column: Option<usize>| {
            column.and_then(|column| Some(row.text(column)).filter(|text| !text.is_empty()))
        };
        if let Some(profile) = profiles.get_mut(index.index()) {
            profile.parent = filled(parent).map(str::to_owned);
            profile.tier = read_tier(&row, tier, problems);
            profile.color = read_color(&row, color, problems);
        }
    }
    Some(())
}

fn read_tier(row: &Row<'_>, column: Option<usize>, problems: &mut Problems) -> Option<Tier> {
    let text = row.text(column?);
    let tier = [Tier::Major, Tier::Minor]
        .into_iter()
        .find(|tier| tier_word(*tier) == text);
    if tier.is_none() && !text.is_empty() {
        let text = text.to_owned();
        problems.add(row.place(column?), FormatError::NotATier { text });
    }
    tier
}

fn read_color(row: &Row<'_>, column: Option<usize>, problems: &mut Problems) -> Option<String> {
    let text = row.text(column?);
    if is_css_color(text) {
        return Some(text.to_owned());
    }
    if !text.is_empty() {
        let text = text.to_owned();
        problems.add(row.place(column?), FormatError::NotAColor { text });
    }
    None
}

/// Writes the file so that [`read`] reads it back.
pub(crate) fn to_csv(study: &Study) -> Vec<u8> {
    let header = COLUMNS.map(str::to_owned);
    let rows = study.brands.iter().map(|brand| {
        let parent = &study.parents[brand.parent];
        let tier = brand.tier.map_or("", tier_word);
        let words = [&brand.name, parent.as_str(), tier, &brand.color];
        words.map(str::to_owned)
    });
    write_rows(std::iter::once(header).chain(rows))
}
