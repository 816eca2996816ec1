//! The user's files: what each contains, before any is read as utilities.

use super::choices;
use super::error::{ImportError, SourcePlace};
use super::formats::sawtooth_hbu;
use super::labels::Labels;
use super::layout;
use super::table::WideTable;
use crate::format::is_cbchb;
use crate::format::tabular::{Grid, InputFile, TabularError, decode};

/// A file that was looked at.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) content: Content,
}

/// What a file contains.
#[derive(Debug)]
pub(crate) enum Content {
    /// Sawtooth's `.hbu`.
    Hbu(String),
    /// Choices, and their layout in words.
    Choices(&'static str),
    /// Names of attributes and levels.
    Labels(Labels),
    /// The tables of a text file or workbook.
    Grids(Vec<Grid>),
}

/// A table of respondents that a format may recognize.
pub(crate) struct Candidate<'s> {
    /// The file's name.
    pub(crate) file: &'s str,
    pub(crate) grid: &'s Grid,
    pub(crate) table: WideTable<'s>,
}

/// File names without their extension that end like this are no utilities: CBC/HB writes them.
const OTHER_FILES: [(&str, &str); 7] = [
    ("_stddev", "these are standard deviations of the draws"),
    (
        "_meanbeta",
        "these are means of the population by iteration",
    ),
    ("_alpha", "these are means of the population by iteration"),
    ("_covariances", "these are covariances of the population"),
    ("_priorcovariances", "these are prior covariances"),
    ("_csd", "these are standard deviations of the draws"),
    ("_bsd", "these are standard deviations of the draws"),
];

impl Source {
    /// Looks at a file.
    pub(crate) fn open(file: &InputFile) -> Result<Self, ImportError> {
        let name = file.name.clone();
        refuse_by_name(&name)?;
        let content = Self::content(file)?;
        Ok(Self { name, content })
    }

    fn content(file: &InputFile) -> Result<Content, ImportError> {
        let (name, bytes) = (file.name.as_str(), file.bytes());
        if file.is_workbook() {
            let grids = file.grids()?.into_owned();
            let labels = grids
                .iter()
                .find(|grid| !grid.is_hidden && Labels::fits(grid));
            return match labels.filter(|_| grids.len() == 1) {
                Some(grid) => Labels::from_grid(grid).map(Content::Labels),
                None => Ok(Content::Grids(grids)),
            };
        }
        if bytes.starts_with(b"$FL2") || bytes.starts_with(b"$FL3") {
            return Err(ImportError::OtherContent {
                file: name.to_owned(),
                content: "this is a binary file of SPSS",
                remedy: "save it as CSV or Excel in SPSS (File, Save As)",
            });
        }
        let text = decode(bytes).ok_or_else(|| {
            let file = name.to_owned();
            TabularError::NotText { file }
        })?;
        if layout::is_layout(&text) {
            return layout::read(name, &text).map(Content::Labels);
        }
        if is_cbchb(&text) {
            return Labels::from_cbchb(name, &text).map(Content::Labels);
        }
        if name.to_lowercase().ends_with(".att") {
            return Labels::from_att(name, bytes).map(Content::Labels);
        }
        if sawtooth_hbu::fits(&text) {
            return Ok(Content::Hbu(text.into_owned()));
        }
        if choices::is_sawtooth_cho(&text) {
            return Ok(Content::Choices("Sawtooth's .cho or .chs"));
        }
        let grids = file.grids()?.into_owned();
        match grids.first() {
            Some(grid) if grid.height() == 0 => Err(ImportError::invalid(
                SourcePlace::file(name),
                "the file is empty; export it again",
            )),
            Some(grid) if Labels::fits(grid) && choices::find_kind(grid).is_none() => {
                Labels::from_grid(grid).map(Content::Labels)
            }
            _ => Ok(Content::Grids(grids)),
        }
    }

    /// The tables that are not hidden.
    pub(crate) fn grids(&self) -> impl Iterator<Item = &Grid> {
        let grids = match &self.content {
            Content::Grids(grids) => grids.as_slice(),
            _ => &[],
        };
        grids.iter().filter(|grid| !grid.is_hidden)
    }

    /// The layout of choices, if the file contains some.
    pub(crate) fn choice_kind(&self) -> Option<&'static str> {
        match &self.content {
            Content::Choices(kind) => Some(kind),
            _ => self.grids().find_map(choices::find_kind),
        }
    }

    /// The table that most probably has utilities, and how many numbers speak for it.
    pub(crate) fn candidate(&self) -> Option<(Candidate<'_>, f64)> {
        let candidates = self.grids().filter_map(|grid| {
            let table = WideTable::find(grid)?;
            if choices::find_kind(grid).is_some() {
                return None;
            }
            let columns = table
                .columns
                .iter()
                .filter(|column| column.is_numeric)
                .count();
            let numbers = (columns * table.rows().len()) as f64;
            let weight = grid.sheet.as_deref().map_or(1.0, weigh_sheet);
            let file = self.name.as_str();
            Some((Candidate { file, grid, table }, numbers * weight))
        });
        candidates.max_by(|(_, one), (_, other)| one.total_cmp(other))
    }
}

/// How much the name of a sheet says that it has raw utilities of individuals.
fn weigh_sheet(sheet: &str) -> f64 {
    let name = sheet.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let is_raw = name.contains("individual util") && name.contains("raw");
    let is_named = [
        "individual preferences",
        "utilities",
        "part-worths",
        "partworths",
    ];
    match () {
        () if is_raw || is_named.contains(&name.trim()) => 1e6,
        () if has(&["zc diffs", "importance", "summary", "average"]) => 1e-6,
        () if name.contains("utilit") || name.contains("part-worth") => 1e3,
        () => 1.0,
    }
}

fn refuse_by_name(name: &str) -> Result<(), ImportError> {
    let lower = name.to_lowercase();
    let (stem, extension) = lower.rsplit_once('.').unwrap_or((&lower, ""));
    let refused = |content: &'static str, remedy: &'static str| {
        Err(ImportError::OtherContent {
            file: name.to_owned(),
            content,
            remedy,
        })
    };
    let remedy = "open the utilities of the same run, *_utilities.csv or .hbu";
    if let Some((_, content)) = OTHER_FILES
        .iter()
        .find(|(ending, _)| stem.ends_with(ending))
    {
        return refused(content, remedy);
    }
    match extension {
        "dra" => refused("these are draws in a binary layout of CBC/HB", remedy),
        "std" => refused("these are standard deviations of the draws", remedy),
        "smt" | "lcu" | "pxx" | "utl" => refused("this format of Sawtooth is not readable", remedy),
        "xls" => refused(
            "this is a workbook of the format before 2007",
            "save it as .xlsx, or as CSV",
        ),
        _ => Ok(()),
    }
}

/// Refuses tables of an estimation that have no utilities of respondents.
pub(crate) fn refuse_by_content(candidate: &Candidate<'_>) -> Result<(), ImportError> {
    let first = candidate
        .table
        .columns
        .first()
        .map_or("", |column| column.name.as_str());
    let stem = candidate
        .file
        .rsplit_once('.')
        .map_or(candidate.file, |(stem, _)| stem);
    let file = candidate.file.to_owned();
    if first.eq_ignore_ascii_case("iteration") {
        return Err(ImportError::OtherContent {
            file,
            content: "this has a row per iteration, not per respondent",
            remedy: "open the utilities of the respondents, in RSGHB the file *_C.csv",
        });
    }
    if first.eq_ignore_ascii_case("respondent") && stem.ends_with("_B") {
        return Err(ImportError::OtherContent {
            file,
            content: "these are the underlying normals of RSGHB, not utilities",
            remedy: "open the file *_C.csv of the same model",
        });
    }
    Ok(())
}
