//! `UtilityScoresEV.csv`: the respondents and their part-worths, under two header rows.

use nalgebra::DMatrix;

use super::error::FormatError;
use super::files::{RECONTRACT, StudyFiles, UTILITIES, VOLUMES};
use super::packed::{PACKED, PEOPLE, Packed};
use super::problem::{Place, Problems};
use super::surveyed::{Surveyed, attributes};
use super::table::{Names, Table, header_of};
use crate::csv_text::write_rows;
use crate::index_vec::{BrandIndex, IndexVec, Position, RespondentIndex, SegmentIndex};
use crate::study::names::{BRAND, ID, MONTHLY_COST, NONE, OWNER, SEGMENT, TERM, UPFRONT_COST};
use crate::study::{CustomNames, Levels, Respondents, Study, parse_number, quote_names};

/// The segment of everybody, where the files tell none.
pub(crate) const EVERYBODY: &str = "All respondents";

/// More segments or brands than this are no groups: somebody took the column of something else.
pub(crate) const MOST_GROUPS: usize = 1000;

/// The attributes as the two header rows tell them, and the respondents' rows still as text.
pub(crate) struct Utilities<'c> {
    /// What the file calls the columns that the model knows.
    columns: &'c CustomNames,
    pub(crate) attributes: Vec<(String, Levels)>,
    pub(crate) ids: Vec<String>,
    /// Segment and owner of every respondent, by name, with the row for messages; empty where the
    /// file has no such column.
    groups: Vec<(String, String, u64)>,
    part_worths: DMatrix<f64>,
    /// The column of the part-worths that is of the choice of nothing.
    none_column: Option<usize>,
    /// The line of the header row that names the levels.
    pub(crate) second_header: u64,
}

/// The names in the first header row, whatever else is wrong with the file.
pub(crate) fn header(files: &StudyFiles) -> Vec<String> {
    let packed = || files.get(PACKED).and_then(Packed::new);
    let text = files.get(UTILITIES);
    let text = text.or_else(|| packed().map(|packed| packed.headers));
    header_of(text.unwrap_or_default())
}

/// Reads the file by itself, and tells how far it is; segments and brands are matched by
/// [`Utilities::respondents`]. Without money, nobody needs to be of a segment or to have a brand
/// today.
pub(crate) fn read<'c>(
    files: &StudyFiles,
    columns: &'c CustomNames,
    money: bool,
    problems: &mut Problems,
    tell: &mut dyn FnMut(f64),
) -> Option<Utilities<'c>> {
    let packed = Packed::of(files, problems)?;
    let own_header = header(files);
    let id_name = columns.name_in_header(ID, &own_header);
    let expected = [id_name, columns.get(SEGMENT), columns.get(OWNER)];
    let mut table = match &packed {
        None => Table::open(UTILITIES, files, &expected, problems),
        Some(packed) => Table::over(UTILITIES, packed.headers, &expected, problems),
    }?;
    let id = table.column(id_name, problems);
    let [segment, owner] = [SEGMENT, OWNER].map(|key| {
        let name = columns.get(key);
        match money {
            true => table.column(name, problems).map(Some),
            false => Some(table.header.iter().position(|column| column == name)),
        }
    });
    let (id, segment, owner) = (id?, segment?, owner?);
    let fixed: Vec<usize> = [Some(id), segment, owner].into_iter().flatten().collect();
    let (names, first_header) = (table.header.clone(), table.header_line);
    let name_of = |column: usize| names.get(column).map_or("", String::as_str);
    let surveyed = surveyed_columns(&table, &fixed, problems);
    let headless = || FormatError::SecondHeaderMissing {
        columns: quote_names(fixed.iter().map(|column| name_of(*column))),
    };
    let row = match table.exactly_next_row(problems) {
        Some(Ok(row)) => row,
        // Which columns its cells belong to, nobody can tell.
        Some(Err(_)) => return None,
        None => {
            problems.add(Place::row(UTILITIES, first_header + 1), headless());
            return None;
        }
    };
    if fixed
        .iter()
        .any(|column| row.text(*column) != name_of(*column))
    {
        problems.add(Place::row(UTILITIES, row.line), headless());
        return None;
    }
    let surveyed = surveyed.into_iter().map(|column| Surveyed {
        column,
        attribute: name_of(column).to_owned(),
        level: row.text(column).to_owned(),
    });
    // Behind the attributes' levels comes what is none of an attribute.
    let (none, surveyed): (Vec<Surveyed>, Vec<Surveyed>) =
        surveyed.partition(|column| column.attribute == NONE && column.level == NONE);
    let second_header = row.line;
    let (attributes, mut order) = attributes(
        &surveyed,
        columns,
        money,
        [first_header, second_header],
        problems,
    );
    let none_column = none.first().map(|_| order.len());
    order.extend(none.first().map(|none| none.column));
    for twice in none.iter().skip(1) {
        problems.add(twice.place(second_header), FormatError::ColumnTwice);
    }
    let (id, segment, owner, worded) = match &packed {
        None => (id, segment, owner, order.as_slice()),
        Some(packed) => {
            table = Table::over(UTILITIES, packed.people, &PEOPLE, problems)?;
            // What the file's own header has not stays unread.
            (0, segment.map(|_| 1), owner.map(|_| 2), [].as_slice())
        }
    };

    let mut ids = Vec::new();
    let mut groups = Vec::new();
    let mut values = Vec::new();
    let mut seen = Names::default();
    let mut description = 0.0;
    loop {
        let fraction = table.fraction();
        if fraction > description {
            description = fraction;
            tell(fraction);
        }
        let Some(row) = table.next_row(problems) else {
            break;
        };
        let name = row.required(id, "write an id that no other respondent has", problems);
        if name.is_some() {
            seen.is_new(&row, id, problems);
        }
        let mut group = |column: Option<usize>, wanted: &'static str| {
            let name = row.required(column?, wanted, problems);
            name.map(str::to_owned)
        };
        let segment = group(segment, "write the segment of this respondent");
        let owner = group(owner, "write the brand that this respondent has today");
        for column in worded {
            let value = parse_number(row.text(*column)).unwrap_or_else(|fault| {
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
        groups.push((
            segment.unwrap_or_default(),
            owner.unwrap_or_default(),
            row.line,
        ));
    }
    if ids.is_empty() {
        problems.add(
            Place::file(UTILITIES),
            FormatError::NoRows { what: "respondent" },
        );
    }
    let part_worths = match packed {
        None => DMatrix::from_row_slice(ids.len(), order.len(), &values),
        Some(packed) => packed.part_worths(ids.len(), order.len(), problems)?,
    };
    Some(Utilities {
        columns,
        part_worths,
        attributes,
        ids,
        groups,
        none_column,
        second_header,
    })
}

/// The columns that hold part-worths; one of the others that stands twice is noted.
fn surveyed_columns(table: &Table<'_>, fixed: &[usize], problems: &mut Problems) -> Vec<usize> {
    let mut surveyed = Vec::new();
    for (column, name) in table.header.iter().enumerate() {
        let first = fixed
            .iter()
            .find(|fixed| table.header.get(**fixed) == Some(name));
        match first {
            None => surveyed.push(column),
            Some(first) if *first < column => {
                problems.add(table.header_place(name), FormatError::ColumnTwice);
            }
            Some(_) => {}
        }
    }
    surveyed
}

impl Utilities<'_> {
    /// Adds the costs that nobody was asked about and that are wanted all the same: they have no
    /// part-worth, and a price is made of them.
    pub(crate) fn add_costs(&mut self, is_wanted: impl Fn(&str) -> bool) {
        for name in [MONTHLY_COST, UPFRONT_COST, TERM].map(|key| self.columns.get(key)) {
            let mut attributes = self.attributes.iter();
            if is_wanted(name) && !attributes.any(|(other, _)| other == name) {
                let levels = Levels::Numeric(Vec::new());
                self.attributes.push((name.to_owned(), levels));
            }
        }
    }

    /// The brands where no other file tells them: the levels of the brand attribute, and after
    /// them what else the respondents have, in order of appearance.
    pub(crate) fn brands(&self, problems: &mut Problems) -> IndexVec<BrandIndex, String> {
        let mut brands = self.brand_levels().to_vec();
        let owners = self.groups.iter().map(|(_, owner, _)| owner);
        add_new(&mut brands, owners, self.columns.get(OWNER), problems);
        brands.into()
    }

    /// The segments where no other file tells them, in order of appearance: those of the
    /// respondents, or one of all of them.
    pub(crate) fn segments(&self, problems: &mut Problems) -> IndexVec<SegmentIndex, String> {
        let mut segments = Vec::new();
        let names = self.groups.iter().map(|(segment, ..)| segment);
        add_new(&mut segments, names, self.columns.get(SEGMENT), problems);
        if segments.is_empty() {
            segments.push(EVERYBODY.to_owned());
        }
        segments.into()
    }

    /// Notes segments of respondents that no table of rates has, and the other way round.
    pub(crate) fn match_segments(
        &self,
        segments: &IndexVec<SegmentIndex, String>,
        segments_header: u64,
        problems: &mut Problems,
    ) {
        for (segment, _, row) in &self.groups {
            if !segment.is_empty() && !segments.iter().any(|name| name == segment) {
                let fault = FormatError::UnknownSegment {
                    name: segment.clone(),
                    elsewhere: RECONTRACT,
                    known: quote_names(segments),
                };
                problems.add(
                    Place::cell(UTILITIES, *row, self.columns.get(SEGMENT)),
                    fault,
                );
            }
        }
        for name in segments {
            if !self.groups.iter().any(|(segment, ..)| segment == name) {
                let fault = FormatError::SegmentEmpty {
                    elsewhere: UTILITIES,
                };
                problems.add(Place::cell(RECONTRACT, segments_header, name), fault);
            }
        }
    }

    /// Notes brands of owners and levels that the market does not have.
    pub(crate) fn match_brands(
        &self,
        brands: &IndexVec<BrandIndex, String>,
        problems: &mut Problems,
    ) {
        let mut known = |name: &String, place: Place| {
            if !name.is_empty() && !brands.iter().any(|brand| brand == name) {
                let fault = FormatError::UnknownBrand {
                    name: name.clone(),
                    elsewhere: VOLUMES,
                    known: quote_names(brands),
                };
                problems.add(place, fault);
            }
        };
        for level in self.brand_levels() {
            let column = format!("{} {level}", self.columns.get(BRAND));
            known(level, Place::cell(UTILITIES, self.second_header, &column));
        }
        for (_, owner, row) in &self.groups {
            known(owner, Place::cell(UTILITIES, *row, self.columns.get(OWNER)));
        }
    }

    /// The levels of the brand attribute.
    pub(crate) fn brand_levels(&self) -> &[String] {
        let mut attributes = self.attributes.iter();
        let name = self.columns.get(BRAND);
        match attributes.find(|(attribute, _)| attribute == name) {
            Some((_, Levels::Categorical(levels))) => levels,
            _ => &[],
        }
    }

    /// The respondents, their segments and brands matched by name; a name that is not known was
    /// noted, and stands for the first.
    pub(crate) fn respondents(
        self,
        segments: &IndexVec<SegmentIndex, String>,
        brands: &IndexVec<BrandIndex, String>,
        weights: IndexVec<RespondentIndex, f64>,
    ) -> Respondents {
        let groups = self.groups.iter();
        let segment_of = |name| segments.position(|segment| segment == name);
        let owner_of = |name| brands.position(|brand| brand == name);
        let known = groups.clone().any(|(_, owner, _)| !owner.is_empty());
        Respondents {
            segments: groups
                .clone()
                .map(|(segment, ..)| segment_of(segment).unwrap_or(SegmentIndex::from_index(0)))
                .collect(),
            owners: groups
                .filter(|_| known)
                .map(|(_, owner, _)| owner_of(owner).unwrap_or(BrandIndex::from_index(0)))
                .collect(),
            ids: self.ids.into(),
            weights,
            part_worths: self.part_worths,
            none_column: self.none_column,
        }
    }
}

/// Appends the names that are not in the list yet; too many of them are noted.
fn add_new<'n>(
    list: &mut Vec<String>,
    names: impl Iterator<Item = &'n String>,
    column: &str,
    problems: &mut Problems,
) {
    for name in names.filter(|name| !name.is_empty()) {
        if list.contains(name) {
            continue;
        }
        if list.len() >= MOST_GROUPS {
            let place = Place {
                column: Some(column.to_owned()),
                ..Place::file(UTILITIES)
            };
            problems.add(place, FormatError::TooManyGroups);
            return;
        }
        list.push(name.clone());
    }
}

/// Writes the respondents as [`read`] reads them.
pub(crate) fn to_csv(study: &Study) -> Vec<u8> {
    let surveyed = study.schema.attributes.iter().flat_map(|attribute| {
        let levels = attribute.levels.names().into_iter();
        levels.map(|level| (attribute.name.clone(), level))
    });
    let people = &study.respondents;
    let none = people
        .none_column
        .map(|_| (NONE.to_owned(), NONE.to_owned()));
    let (names, levels): (Vec<String>, Vec<String>) = surveyed.chain(none).unzip();
    let columns = &study.settings.columns;
    let owned = !people.owners.is_empty();
    let mut fixed = vec![columns.get(ID), columns.get(SEGMENT)];
    fixed.extend(owned.then(|| columns.get(OWNER)));
    let fixed = || fixed.iter().map(|name| (*name).to_owned());
    let headers = [
        fixed().chain(names).collect::<Vec<String>>(),
        fixed().chain(levels).collect(),
    ];
    let rows = people.ids.enumerate().map(|(respondent, id)| {
        let segment = study.segments[people.segments[respondent]].clone();
        let owner = people.owners.get(respondent);
        let owner = owner.map(|owner| study.brands[*owner].name.clone());
        let row = people.part_worths.row(respondent.index());
        [id.clone(), segment]
            .into_iter()
            .chain(owner)
            .chain(row.iter().map(f64::to_string))
            .collect()
    });
    write_rows(headers.into_iter().chain(rows))
}
