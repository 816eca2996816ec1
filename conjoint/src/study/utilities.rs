//! `UtilityScoresEV.csv`: the respondents and their part-worths, under two header rows.

use nalgebra::DMatrix;

use super::attribute::{Attribute, Levels};
use super::fault::Fault;
use super::files::{RECONTRACT, StudyFiles, UTILITIES, VOLUMES};
use super::number::number;
use super::packed::Packed;
use super::problem::{Place, Problems};
use super::table::{Names, Table, write};
use super::text::quoted;
use super::{BRAND, MONTHLY_COST, Respondents, Study, TERM, UPFRONT_COST};
use crate::indexed::{BrandIndex, List, Position, SegmentIndex};
use crate::order::sorted;

pub(super) const ID: &str = "id";
pub(super) const SEGMENT: &str = "segment";
pub(super) const OWNER: &str = "current brand";

/// Two levels nearer than this would make a slope that overflows.
const NEAREST_LEVELS: f64 = 1e-9;

/// The attributes as the two header rows tell them, and the respondents' rows still as text.
pub(super) struct Utilities {
    pub(super) attributes: Vec<Attribute>,
    ids: Vec<String>,
    /// Segment and owner of every respondent, by name, with the row for messages.
    groups: Vec<(String, String, u64)>,
    part_worths: DMatrix<f64>,
    /// The line of the header row that names the levels.
    pub(super) second_header: u64,
}

/// Reads the file by itself, and tells how far it is; segments and brands are matched by
/// [`Utilities::respondents`].
pub(super) fn read(
    files: &StudyFiles,
    problems: &mut Problems,
    tell: &mut dyn FnMut(f64),
) -> Option<Utilities> {
    let columns = [ID, SEGMENT, OWNER];
    let packed = Packed::of(files, problems)?;
    let mut table = match &packed {
        None => Table::open(UTILITIES, files, &columns, problems),
        Some(packed) => Table::over(UTILITIES, packed.headers, &columns, problems),
    }?;
    let [id, segment, owner] = columns.map(|name| table.column(name, problems));
    let (id, segment, owner) = (id?, segment?, owner?);
    let (names, first_header) = (table.header.clone(), table.header_line);
    let surveyed = surveyed_columns(&table, problems);
    let row = match table.exactly_next_row(problems) {
        Some(Ok(row)) => row,
        // Which columns its cells belong to, nobody can tell.
        Some(Err(_)) => return None,
        None => {
            let place = Place::row(UTILITIES, first_header + 1);
            problems.add(place, Fault::SecondHeaderMissing);
            return None;
        }
    };
    if [(id, ID), (segment, SEGMENT), (owner, OWNER)] != columns_of(&row, [id, segment, owner]) {
        problems.add(Place::row(UTILITIES, row.line), Fault::SecondHeaderMissing);
        return None;
    }
    let surveyed: Vec<Surveyed> = surveyed
        .into_iter()
        .map(|column| Surveyed {
            column,
            attribute: names.get(column).cloned().unwrap_or_default(),
            level: row.text(column).to_owned(),
        })
        .collect();
    let second_header = row.line;
    let (attributes, order) = attributes(&surveyed, [first_header, second_header], problems);
    let (id, segment, owner) = match &packed {
        None => (id, segment, owner),
        Some(packed) => {
            table = Table::over(UTILITIES, packed.people, &columns, problems)?;
            (0, 1, 2)
        }
    };

    let mut ids = Vec::new();
    let mut groups = Vec::new();
    let mut values = Vec::new();
    let mut seen = Names::default();
    let mut told = 0.0;
    loop {
        let fraction = table.fraction();
        if fraction > told {
            told = fraction;
            tell(fraction);
        }
        let Some(row) = table.next_row(problems) else {
            break;
        };
        let name = row.required(id, "write an id that no other respondent has", problems);
        if name.is_some() {
            seen.is_new(&row, id, problems);
        }
        let wanted = "write the segment of this respondent";
        row.required(segment, wanted, problems);
        row.required(
            owner,
            "write the brand that this respondent has today",
            problems,
        );
        let worded = if packed.is_none() {
            order.as_slice()
        } else {
            &[]
        };
        for column in worded {
            let value = number(row.text(*column)).unwrap_or_else(|fault| {
                let place = surveyed
                    .iter()
                    .find(|surveyed| surveyed.column == *column)
                    .map(|surveyed| surveyed.place(row.line));
                problems.add(place.unwrap_or_else(|| row.place(*column)), fault);
                0.0
            });
            values.push(value);
        }
        ids.push(row.text(id).to_owned());
        let (segment, owner) = (row.text(segment).to_owned(), row.text(owner).to_owned());
        groups.push((segment, owner, row.line));
    }
    if ids.is_empty() {
        problems.add(Place::file(UTILITIES), Fault::NoRows { what: "respondent" });
    }
    let part_worths = match packed {
        None => DMatrix::from_row_slice(ids.len(), order.len(), &values),
        Some(packed) => packed.part_worths(ids.len(), order.len(), problems)?,
    };
    Some(Utilities {
        part_worths,
        attributes,
        ids,
        groups,
        second_header,
    })
}

/// The columns that hold part-worths; one of the others that stands twice is noted.
fn surveyed_columns(table: &Table<'_>, problems: &mut Problems) -> Vec<usize> {
    let mut surveyed = Vec::new();
    for (column, name) in table.header.iter().enumerate() {
        if ![ID, SEGMENT, OWNER].contains(&name.as_str()) {
            surveyed.push(column);
        } else if table.header.iter().take(column).any(|other| other == name) {
            problems.add(table.header_place(name), Fault::ColumnTwice);
        }
    }
    surveyed
}

fn columns_of<'t>(row: &'t super::table::Row<'_>, columns: [usize; 3]) -> [(usize, &'t str); 3] {
    columns.map(|column| (column, row.text(column)))
}

/// A column of the file that holds the part-worth of one level.
struct Surveyed {
    column: usize,
    attribute: String,
    level: String,
}

impl Surveyed {
    fn place(&self, row: u64) -> Place {
        let name = format!("{} {}", self.attribute, self.level);
        Place::cell(UTILITIES, row, name.trim())
    }
}

/// Groups the columns by attribute, and tells in which order the matrix takes them.
fn attributes(
    surveyed: &[Surveyed],
    [first_header, row]: [u64; 2],
    problems: &mut Problems,
) -> (Vec<Attribute>, Vec<usize>) {
    let mut groups: Vec<(&str, Vec<&Surveyed>)> = Vec::new();
    for column in surveyed {
        if column.attribute.is_empty() || column.level.is_empty() {
            let name = (column.column + 1).to_string();
            let line = if column.attribute.is_empty() {
                first_header
            } else {
                row
            };
            problems.add(Place::cell(UTILITIES, line, &name), Fault::ColumnUnnamed);
            continue;
        }
        match groups.iter_mut().find(|group| group.0 == column.attribute) {
            Some((_, columns)) => columns.push(column),
            None => groups.push((&column.attribute, vec![column])),
        }
    }
    if !groups.iter().any(|(name, _)| *name == BRAND) {
        let place = Place::cell(UTILITIES, first_header, BRAND);
        problems.add(place, Fault::ColumnMissing);
    }
    let mut attributes = Vec::new();
    let mut order = Vec::new();
    for (name, columns) in groups {
        let first_column = order.len();
        let levels = levels(name, columns, row, &mut order, problems);
        attributes.push(Attribute {
            name: name.to_owned(),
            levels,
            first_column,
        });
    }
    // A cost that nobody was asked about has no part-worth, and a price all the same.
    for name in [MONTHLY_COST, UPFRONT_COST, TERM] {
        if !attributes.iter().any(|attribute| attribute.name == name) {
            attributes.push(Attribute {
                name: name.to_owned(),
                levels: Levels::Numeric(Vec::new()),
                first_column: order.len(),
            });
        }
    }
    (attributes, order)
}

/// The levels of one attribute; their columns are appended to `order` in the levels' order.
fn levels(
    name: &str,
    columns: Vec<&Surveyed>,
    row: u64,
    order: &mut Vec<usize>,
    problems: &mut Problems,
) -> Levels {
    let value = |column: &Surveyed| column.level.parse::<f64>().ok();
    let values: Option<Vec<f64>> = columns.iter().map(|column| value(column)).collect();
    if let Some(values) = values.filter(|_| name != BRAND) {
        let levels = values.into_iter().zip(columns).collect();
        let levels = sorted(levels, |one: &(f64, _), other| one.0.total_cmp(&other.0));
        let (values, columns): (Vec<f64>, Vec<&Surveyed>) = levels.into_iter().unzip();
        if let ([_], Some(only)) = (values.as_slice(), columns.first()) {
            problems.add(only.place(row), Fault::SingleLevel);
        }
        for (pair, column) in values.windows(2).zip(columns.iter().skip(1)) {
            if let [low, high] = pair
                && high - low < NEAREST_LEVELS
            {
                problems.add(column.place(row), Fault::LevelTwice { value: *high });
            }
        }
        for column in &columns {
            if let Err(fault) = number(&column.level) {
                problems.add(column.place(row), fault);
            }
        }
        order.extend(columns.iter().map(|column| column.column));
        return Levels::Numeric(values);
    }
    for (index, column) in columns.iter().enumerate() {
        let twice = columns.iter().take(index).any(|o| o.level == column.level);
        if twice {
            problems.add(column.place(row), Fault::ColumnTwice);
        }
        if [MONTHLY_COST, UPFRONT_COST, TERM].contains(&name) && value(column).is_none() {
            let level = column.level.clone();
            problems.add(column.place(row), Fault::CostNotNumeric { level });
        }
    }
    order.extend(columns.iter().map(|column| column.column));
    Levels::Categorical(columns.iter().map(|column| column.level.clone()).collect())
}

impl Utilities {
    /// Notes segments of respondents that no table of rates has, and the other way round.
    pub(super) fn match_segments(
        &self,
        segments: &List<SegmentIndex, String>,
        segments_header: u64,
        problems: &mut Problems,
    ) {
        for (segment, _, row) in &self.groups {
            if !segment.is_empty() && !segments.iter().any(|name| name == segment) {
                let fault = Fault::UnknownSegment {
                    name: segment.clone(),
                    elsewhere: RECONTRACT,
                    known: quoted(segments),
                };
                problems.add(Place::cell(UTILITIES, *row, SEGMENT), fault);
            }
        }
        for name in segments {
            if !self.groups.iter().any(|(segment, ..)| segment == name) {
                let fault = Fault::SegmentEmpty {
                    elsewhere: UTILITIES,
                };
                problems.add(Place::cell(RECONTRACT, segments_header, name), fault);
            }
        }
    }

    /// Notes brands of owners and levels that the market does not have.
    pub(super) fn match_brands(&self, brands: &List<BrandIndex, String>, problems: &mut Problems) {
        let mut known = |name: &String, place: Place| {
            if !name.is_empty() && !brands.iter().any(|brand| brand == name) {
                let fault = Fault::UnknownBrand {
                    name: name.clone(),
                    elsewhere: VOLUMES,
                    known: quoted(brands),
                };
                problems.add(place, fault);
            }
        };
        for level in self.brand_levels() {
            let column = format!("{BRAND} {level}");
            known(level, Place::cell(UTILITIES, self.second_header, &column));
        }
        for (_, owner, row) in &self.groups {
            known(owner, Place::cell(UTILITIES, *row, OWNER));
        }
    }

    /// The levels of the brand attribute.
    pub(super) fn brand_levels(&self) -> &[String] {
        let mut attributes = self.attributes.iter();
        let brand = attributes.find(|attribute| attribute.name == BRAND);
        match brand.map(|brand| &brand.levels) {
            Some(Levels::Categorical(levels)) => levels,
            _ => &[],
        }
    }

    /// The respondents, their segments and brands matched by name; a name that is not known was
    /// noted, and stands for the first.
    pub(super) fn respondents(
        self,
        segments: &List<SegmentIndex, String>,
        brands: &List<BrandIndex, String>,
    ) -> Respondents {
        let groups = self.groups.iter();
        let of = groups.map(|(segment, owner, _)| {
            let segment = segments.position(|name| name == segment);
            let owner = brands.position(|name| name == owner);
            (
                segment.unwrap_or(SegmentIndex::at(0)),
                owner.unwrap_or(BrandIndex::at(0)),
            )
        });
        let (segments, owners): (Vec<_>, Vec<_>) = of.unzip();
        Respondents {
            ids: self.ids.into(),
            segments: segments.into(),
            owners: owners.into(),
            part_worths: self.part_worths,
        }
    }
}

/// Writes the respondents as [`read`] reads them.
pub(super) fn to_csv(study: &Study) -> Vec<u8> {
    let surveyed = study.schema.attributes.iter().flat_map(|attribute| {
        let levels: Vec<String> = match &attribute.levels {
            Levels::Numeric(levels) => levels.iter().map(f64::to_string).collect(),
            Levels::Categorical(levels) => levels.clone(),
        };
        levels
            .into_iter()
            .map(|level| (attribute.name.clone(), level))
    });
    let (names, levels): (Vec<String>, Vec<String>) = surveyed.unzip();
    let fixed = || [ID, SEGMENT, OWNER].into_iter().map(str::to_owned);
    let headers = [
        fixed().chain(names).collect::<Vec<String>>(),
        fixed().chain(levels).collect(),
    ];
    let people = &study.respondents;
    let rows = people.ids.enumerate().map(|(respondent, id)| {
        let segment = &study.segments[people.segments[respondent]];
        let owner = &study.brands[people.owners[respondent]].name;
        let row = people.part_worths.row(respondent.get());
        [id.clone(), segment.clone(), owner.clone()]
            .into_iter()
            .chain(row.iter().map(f64::to_string))
            .collect()
    });
    write(headers.into_iter().chain(rows))
}
