//! `UtilityScoresEV.csv`: the respondents and their part-worths, under two header rows.

use std::collections::HashMap;

use nalgebra::DMatrix;

use super::attribute::{Attribute, Levels};
use super::files::{RECONTRACT, UTILITIES, VOLUMES};
use super::problem::{Fault, Place, Problems};
use super::table::{Table, number, quoted, write};
use super::{BRAND, MONTHLY_COST, Respondents, Study, TERM, UPFRONT_COST};
use crate::indexed::{BrandIndex, List, Position, SegmentIndex};

const ID: &str = "id";
const SEGMENT: &str = "segment";
const OWNER: &str = "current brand";

/// Two levels nearer than this would make a slope that overflows.
const NEAREST_LEVELS: f64 = 1e-9;

/// The attributes as the two header rows tell them, and the respondents' rows still as text.
pub(super) struct Utilities {
    pub(super) attributes: Vec<Attribute>,
    ids: Vec<String>,
    /// Segment and owner of every respondent, by name, with the row for messages.
    groups: Vec<(String, String, u64)>,
    part_worths: DMatrix<f64>,
}

/// Reads the file by itself; segments and brands are matched by [`Utilities::respondents`].
pub(super) fn read(bytes: Option<&[u8]>, problems: &mut Problems) -> Option<Utilities> {
    let columns = [ID, SEGMENT, OWNER];
    let mut table = Table::open(UTILITIES, bytes, &columns, problems)?;
    let [id, segment, owner] = columns.map(|name| table.column(name, problems));
    let (id, segment, owner) = (id?, segment?, owner?);
    let names = table.header.clone();
    let Some(row) = table.next_row(problems) else {
        problems.add(Place::row(UTILITIES, 2), Fault::SecondHeaderMissing);
        return None;
    };
    if [(id, ID), (segment, SEGMENT), (owner, OWNER)] != columns_of(&row, [id, segment, owner]) {
        problems.add(Place::row(UTILITIES, row.line), Fault::SecondHeaderMissing);
        return None;
    }
    let surveyed: Vec<Surveyed> = (0..names.len())
        .filter(|column| ![id, segment, owner].contains(column))
        .map(|column| Surveyed {
            column,
            attribute: names.get(column).cloned().unwrap_or_default(),
            level: row.text(column).to_owned(),
        })
        .collect();
    let second_header = row.line;
    let (attributes, order) = attributes(&surveyed, second_header, problems);

    let mut ids = Vec::new();
    let mut groups = Vec::new();
    let mut values = Vec::new();
    let mut seen: HashMap<String, u64> = HashMap::new();
    while let Some(row) = table.next_row(problems) {
        let name = row.required(id, "write an id that no other respondent has", problems);
        if let Some(name) = name
            && let Some(first) = seen.insert(name.to_owned(), row.line)
        {
            let name = name.to_owned();
            problems.add(row.place(id), Fault::Twice { name, first });
        }
        let wanted = "write the segment of this respondent";
        row.required(segment, wanted, problems);
        row.required(
            owner,
            "write the brand that this respondent has today",
            problems,
        );
        for column in &order {
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
    Some(Utilities {
        part_worths: DMatrix::from_row_slice(ids.len(), order.len(), &values),
        attributes,
        ids,
        groups,
    })
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
    row: u64,
    problems: &mut Problems,
) -> (Vec<Attribute>, Vec<usize>) {
    let mut groups: Vec<(&str, Vec<&Surveyed>)> = Vec::new();
    for column in surveyed {
        if column.attribute.is_empty() || column.level.is_empty() {
            let name = (column.column + 1).to_string();
            let line = if column.attribute.is_empty() { 1 } else { row };
            problems.add(Place::cell(UTILITIES, line, &name), Fault::ColumnUnnamed);
            continue;
        }
        match groups.iter_mut().find(|group| group.0 == column.attribute) {
            Some((_, columns)) => columns.push(column),
            None => groups.push((&column.attribute, vec![column])),
        }
    }
    if !groups.iter().any(|(name, _)| *name == BRAND) {
        problems.add(Place::cell(UTILITIES, 1, BRAND), Fault::ColumnMissing);
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
    mut columns: Vec<&Surveyed>,
    row: u64,
    order: &mut Vec<usize>,
    problems: &mut Problems,
) -> Levels {
    let value = |column: &Surveyed| column.level.parse().ok().filter(|v: &f64| v.is_finite());
    let values: Option<Vec<f64>> = columns.iter().map(|column| value(column)).collect();
    if let Some(mut values) = values.filter(|_| name != BRAND) {
        columns.sort_by(|a, b| value(a).unwrap_or(0.0).total_cmp(&value(b).unwrap_or(0.0)));
        values.sort_by(f64::total_cmp);
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
    /// Matches segments and owners by name.
    pub(super) fn respondents(
        self,
        segments: &List<SegmentIndex, String>,
        brands: &List<BrandIndex, String>,
        problems: &mut Problems,
    ) -> Respondents {
        let mut segment_of = Vec::with_capacity(self.groups.len());
        let mut owner_of = Vec::with_capacity(self.groups.len());
        for (segment, owner, row) in &self.groups {
            let known = segments.position(|name| name == segment);
            if known.is_none() && !segment.is_empty() {
                let fault = Fault::UnknownSegment {
                    name: segment.clone(),
                    elsewhere: RECONTRACT,
                    known: quoted(segments),
                };
                problems.add(Place::cell(UTILITIES, *row, SEGMENT), fault);
            }
            segment_of.push(known.unwrap_or(SegmentIndex::at(0)));
            let known = brands.position(|name| name == owner);
            if known.is_none() && !owner.is_empty() {
                let fault = Fault::UnknownBrand {
                    name: owner.clone(),
                    elsewhere: VOLUMES,
                    known: quoted(brands),
                };
                problems.add(Place::cell(UTILITIES, *row, OWNER), fault);
            }
            owner_of.push(known.unwrap_or(BrandIndex::at(0)));
        }
        for (index, name) in segments.enumerate() {
            if !segment_of.contains(&index) {
                let fault = Fault::SegmentEmpty {
                    elsewhere: UTILITIES,
                };
                problems.add(Place::cell(RECONTRACT, 1, name), fault);
            }
        }
        Respondents {
            ids: self.ids.into(),
            segments: segment_of.into(),
            owners: owner_of.into(),
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
