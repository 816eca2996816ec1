//! `conjoint import`: utilities of other programs into a study folder.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use conjoint::import::{
    FormatName, ImportOptions, Imported, InputFile, RoleAnswer, Scale, import, list_formats,
};
use conjoint::report::{Cell, Column, Table, serialize_records};

use super::Subcommand;
use crate::error::CliError;
use crate::load::read_bytes;
use crate::output::{self, Format, Report};
use crate::study_folder::write_study_folder;

/// The word that says that nothing has a role.
const NOTHING: &str = "no";

/// Import the utilities that a survey tool, a statistics package or a spreadsheet wrote
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint import espresso_utilities.csv espresso_utillayout.xml --out Espresso\n  conjoint import RBetas.csv --labels labels.csv --price-range 299:1099 --out Espresso\n  conjoint import --list-formats"
)]
pub(super) struct ImportCommand {
    /// Files that belong together: utilities, and layout, labels, demographics or products
    #[arg(value_name = "FILE", required_unless_present = "list_formats")]
    files: Vec<PathBuf>,
    /// Folder to write the study to; created if it does not exist
    #[arg(long, value_name = "DIR", required_unless_present = "list_formats")]
    out: Option<PathBuf>,
    /// Read the utilities in this format instead of recognizing it
    #[arg(long = "as", value_name = "FORMAT")]
    format_id: Option<String>,
    /// Names of attributes and levels: CSV, XLSX, .att, or a crosswalk
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// Products: id, optional model, and a column per attribute
    #[arg(long, value_name = "FILE")]
    products: Option<PathBuf>,
    /// The attribute that is the brand; `no` for none
    #[arg(long, value_name = "ATTRIBUTE", allow_hyphen_values = true)]
    brand: Option<String>,
    /// The attribute that is the price; `no` for none
    #[arg(long, value_name = "ATTRIBUTE", allow_hyphen_values = true)]
    price: Option<String>,
    /// The column of segments; repeatable, several are combined; `no` for none
    #[arg(long = "segment", value_name = "COLUMN", allow_hyphen_values = true)]
    segments: Vec<String>,
    /// The column of the brand that a respondent has today; `no` for none
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
    owner: Option<String>,
    /// The column of weights; `no` for none
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
    weight: Option<String>,
    /// The column of the utility of choosing nothing; `no` for none
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
    none: Option<String>,
    /// The surveyed numbers of an attribute; repeatable
    #[arg(long, value_name = "ATTRIBUTE=V1,V2,...", value_parser = parse_numbers, allow_hyphen_values = true)]
    numeric: Vec<(String, Vec<f64>)>,
    /// The lowest and the highest surveyed price
    #[arg(long, value_name = "LOW:HIGH", value_parser = parse_range, allow_hyphen_values = true)]
    price_range: Option<(f64, f64)>,
    /// The value at which a linear attribute is centered; repeatable
    #[arg(long = "centre", alias = "center", value_name = "ATTRIBUTE=VALUE", value_parser = parse_number, allow_hyphen_values = true)]
    centers: Vec<(String, f64)>,
    /// Accept zero-centered diffs or ratings, for first choice only
    #[arg(long)]
    rescaled: bool,
    /// List the formats, and import nothing
    #[arg(long)]
    list_formats: bool,
}

#[derive(Serialize)]
struct ImportReport {
    format: &'static str,
    respondents: usize,
    #[serde(serialize_with = "serialize_records")]
    left_out: Table,
    #[serde(serialize_with = "serialize_records")]
    attributes: Table,
    none: bool,
    scale: Scale,
    products: usize,
    assumed: Vec<String>,
    #[serde(skip)]
    format_label: &'static str,
    #[serde(skip)]
    out: String,
}

#[derive(Serialize)]
struct FormatReport {
    #[serde(serialize_with = "serialize_records")]
    formats: Table,
}

impl Subcommand for ImportCommand {
    const NAME: &'static str = "import";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let Some(out) = self.out.as_ref().filter(|_| !self.list_formats) else {
            return output::print(&FormatReport::new(&list_formats()), format);
        };
        let files: Vec<InputFile> = self
            .files
            .iter()
            .map(|path| read(path))
            .collect::<Result<_, _>>()?;
        let imported = import(&files, &self.options()?)?;
        write_study_folder(out, &imported.files)?;
        output::print(&ImportReport::new(out, &imported), format)
    }
}

impl ImportCommand {
    fn options(&self) -> Result<ImportOptions, CliError> {
        let read = |path: &Option<PathBuf>| path.as_deref().map(read).transpose();
        Ok(ImportOptions {
            format: self.format_id.clone(),
            labels: read(&self.labels)?,
            products: read(&self.products)?,
            brand: role(self.brand.as_deref()),
            price: role(self.price.as_deref()),
            segments: match self.segments.as_slice() {
                [] => None,
                [no] if no == NOTHING => Some(Vec::new()),
                names => Some(names.to_vec()),
            },
            owner: role(self.owner.as_deref()),
            weight: role(self.weight.as_deref()),
            none: role(self.none.as_deref()),
            numeric: self.numeric.clone(),
            price_range: self.price_range,
            centers: self.centers.clone(),
            accepts_rescaled: self.rescaled,
        })
    }
}

/// What an option says about a role.
fn role(name: Option<&str>) -> RoleAnswer {
    match name {
        None => RoleAnswer::Proposed,
        Some(NOTHING) => RoleAnswer::Nothing,
        Some(name) => name.into(),
    }
}

/// Reads a file under its own name, without the folder.
fn read(path: &Path) -> Result<InputFile, CliError> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    Ok(InputFile::open(
        name.to_string_lossy().into_owned(),
        read_bytes(path)?,
    ))
}

/// `ATTRIBUTE=V1,V2,…`
fn parse_numbers(text: &str) -> Result<(String, Vec<f64>), String> {
    let parsed = text.rsplit_once('=').and_then(|(name, numbers)| {
        let numbers = numbers.split(',').map(|number| number.trim().parse().ok());
        Some((
            name.trim().to_owned(),
            numbers.collect::<Option<Vec<f64>>>()?,
        ))
    });
    parsed.ok_or_else(|| "write ATTRIBUTE=V1,V2,..., for example \"Price=299,499,799\"".to_owned())
}

/// `LOW:HIGH`
fn parse_range(text: &str) -> Result<(f64, f64), String> {
    let parsed = text
        .split_once(':')
        .and_then(|(low, high)| Some((low.trim().parse().ok()?, high.trim().parse().ok()?)));
    parsed.ok_or_else(|| "write LOW:HIGH, for example 299:1099".to_owned())
}

/// `ATTRIBUTE=VALUE`
fn parse_number(text: &str) -> Result<(String, f64), String> {
    let parsed = text
        .rsplit_once('=')
        .and_then(|(name, number)| Some((name.trim().to_owned(), number.trim().parse().ok()?)));
    parsed.ok_or_else(|| "write ATTRIBUTE=VALUE, for example Price=674".to_owned())
}

impl ImportReport {
    fn new(out: &Path, imported: &Imported) -> Self {
        let mut left_out = Table::new("Left out", ["count", "reason"].map(Column::new));
        for left in &imported.left_out {
            left_out.push([Cell::count(left.count), Cell::text(&left.reason)]);
        }
        let columns = [
            Column::new("attribute").with_key("name"),
            Column::new("kind"),
            Column::new("levels"),
        ];
        let mut attributes = Table::new("Attributes", columns);
        for attribute in &imported.attributes {
            attributes.push([
                Cell::text(&attribute.name),
                Cell::text(attribute.kind),
                Cell::List(attribute.levels.clone()),
            ]);
        }
        Self {
            format: imported.format.id,
            respondents: imported.respondents,
            left_out,
            attributes,
            none: imported.has_none,
            scale: imported.scale,
            products: imported.products,
            assumed: imported.assumed.clone(),
            format_label: imported.format.label,
            out: out.display().to_string(),
        }
    }

    /// A row per figure, without a header.
    fn summary(&self) -> Table {
        let title = format!("Written to {}", self.out);
        let mut table = Table::new(title, ["", ""].map(Column::new));
        let mut push = |name: &str, cell: Cell| table.push([Cell::text(name), cell]);
        push("format", Cell::text(self.format_label));
        push("respondents", Cell::count(self.respondents));
        push("products", Cell::count(self.products));
        push(
            "None",
            Cell::text(if self.none {
                "surveyed"
            } else {
                "not surveyed"
            }),
        );
        push("scale", Cell::text(scale_name(self.scale)));
        table
    }
}

fn scale_name(scale: Scale) -> &'static str {
    match scale {
        Scale::Raw => "raw",
        Scale::ZeroCentered => "zero-centered diffs, first choice only",
        Scale::Rating => "rating, first choice only",
    }
}

impl Report for ImportReport {
    fn text_tables(&self) -> Vec<Table> {
        let mut assumed = Table::new("Assumed", ["without asking"].map(Column::new));
        for sentence in &self.assumed {
            assumed.push([Cell::text(sentence)]);
        }
        let tables = [
            self.summary(),
            self.attributes.clone(),
            self.left_out.clone(),
            assumed,
        ];
        let filled = tables.into_iter().filter(|table| !table.rows.is_empty());
        filled.collect()
    }

    fn csv_table(&self) -> Table {
        self.attributes.clone()
    }
}

impl FormatReport {
    fn new(formats: &[FormatName]) -> Self {
        let mut table = Table::new("Formats", ["format", "files"].map(Column::new));
        for format in formats {
            table.push([Cell::text(format.id), Cell::text(format.label)]);
        }
        Self { formats: table }
    }
}

impl Report for FormatReport {
    fn text_tables(&self) -> Vec<Table> {
        vec![self.formats.clone()]
    }

    fn csv_table(&self) -> Table {
        self.formats.clone()
    }
}
