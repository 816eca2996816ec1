//! `leaseOffers.csv`: the products, one per row.

use super::error::FormatError;
use super::file_names::{OFFERS, UTILITIES};
use super::files::StudyFiles;
use super::problem::{Place, Problems};
use super::table::{Row, Table, TableError, UniqueNames, read_header};
use crate::csv_text::write_rows;
use crate::index_vec::{AttributeIndex, IndexVec, LevelIndex, Position, ProductIndex};
use crate::study::interaction::Interaction;
use crate::study::names::{BRAND, ID, MODEL, MONTHLY_COST, TERM, UPFRONT_COST};
use crate::study::{Cell, CustomNames, Offer, ProductId, Schema, Study, quote_names};

/// The columns that the model knows, by key.
const COLUMNS: [&str; 6] = [ID, BRAND, MODEL, MONTHLY_COST, UPFRONT_COST, TERM];

/// Reads the products. Without a schema, because the utilities file is damaged, ids and rows are
/// still checked, so that every problem is reported at once. Only money figures need the costs.
pub(crate) fn read(
    files: &StudyFiles,
    columns: &CustomNames,
    schema: Option<&Schema>,
    has_money: bool,
    problems: &mut Problems,
) -> Option<IndexVec<ProductIndex, Offer>> {
    let header = read_header(files.get(OFFERS).unwrap_or_default());
    let known = COLUMNS.map(|key| match key {
        ID => columns.name_in_header(ID, &header),
        key => columns.get(key),
    });
    let mut table = Table::open(OFFERS, files, &known, problems)?;
    table.check_header(problems);
    let [id, _, model, ..] = known;
    let [id, model] = [id, model].map(|name| table.require_column(name, problems));
    let columns = find_attributes(&table, schema, known, has_money, problems);
    let conditional = schema.map_or(ConditionalColumns(Vec::new()), |schema| {
        ConditionalColumns::read(&table, schema)
    });
    let mut offers = Vec::new();
    let mut unique = UniqueNames::default();
    let mut rows = 0;
    while let Some(row) = table.next_row(problems) {
        rows += 1;
        let Some(id) = id else { continue };
        let name = row.require_text(id, "write an id that no other offer has", problems);
        let Some(name) = name.map(str::to_owned) else {
            continue;
        };
        unique.add(&row, id, problems);
        let Some((columns, schema)) = columns.as_ref().zip(schema) else {
            continue;
        };
        let mut cells = read_cells(&row, schema, (columns, &conditional), problems);
        if !schema.has_brand_attribute() {
            cells[schema.brand] = Cell::Level(LevelIndex::from_index(offers.len()));
        }
        offers.push(Offer {
            id: ProductId::from(name),
            model: model
                .map(|model| row.text(model).to_owned())
                .unwrap_or_default(),
            withdrawn: schema.has_brand_attribute() && cells[schema.brand] == Cell::Empty,
            cells,
        });
    }
    if rows == 0 {
        problems.add(Place::file(OFFERS), TableError::NoRows { what: "offer" });
    }
    Some(offers.into())
}

/// The products' names, in the order of their rows: model, or id where there is no model or two
/// products have the same. [`read`] reports what is wrong with the file.
pub(crate) fn read_names(files: &StudyFiles, columns: &CustomNames) -> Vec<String> {
    let header = read_header(files.get(OFFERS).unwrap_or_default());
    let known = [columns.name_in_header(ID, &header), columns.get(MODEL)];
    let mut problems = Problems::default();
    let Some(mut table) = Table::open(OFFERS, files, &known, &mut problems) else {
        return Vec::new();
    };
    let [Some(id), model] = known.map(|name| table.find_column(name)) else {
        return Vec::new();
    };
    let mut rows: Vec<[String; 2]> = Vec::new();
    while let Some(row) = table.next_row(&mut problems) {
        let model = model.map_or("", |model| row.text(model));
        if !row.text(id).is_empty() {
            rows.push([row.text(id), model].map(str::to_owned));
        }
    }
    let is_unique = |name: &str| rows.iter().filter(|[_, model]| model == name).count() == 1;
    let name = |[id, model]: &[String; 2]| match model.as_str() {
        "" => id.clone(),
        model if is_unique(model) => model.to_owned(),
        model => format!("{model} {id}"),
    };
    rows.iter().map(name).collect()
}

/// Reads an offer's values. A missing column was reported, and its cells stay empty.
fn read_cells(
    row: &Row<'_>,
    schema: &Schema,
    (columns, conditional): (
        &IndexVec<AttributeIndex, Option<usize>>,
        &ConditionalColumns,
    ),
    problems: &mut Problems,
) -> IndexVec<AttributeIndex, Cell> {
    let is_offered = columns[schema.brand].is_none_or(|column| !row.text(column).is_empty());
    let cells = columns.enumerate().map(|(attribute, column)| {
        let column = column.or_else(|| conditional.find(attribute, row));
        let Some(column) = column else {
            return Cell::Empty;
        };
        let cell = schema.parse_offered(attribute, is_offered, row.text(column));
        cell.unwrap_or_else(|error| {
            problems.add(row.place(column), error);
            Cell::Empty
        })
    });
    let mut cells: IndexVec<AttributeIndex, Cell> = cells.collect();
    for (attribute, column) in columns.enumerate() {
        let Some(column) = column.or_else(|| conditional.find(attribute, row)) else {
            continue;
        };
        let surveyed = schema.surveyed_for(attribute, &cells);
        if let Some(warning) = surveyed.range_warning(cells[attribute]) {
            problems.add(row.place(column), warning);
        }
        if let Err(error) = schema.check_together(attribute, &cells) {
            problems.add(row.place(column), error);
            cells[attribute] = Cell::Empty;
        }
    }
    for (column, level) in conditional.find_unused(schema, &cells, row) {
        problems.add(row.place(column), FormatError::OtherLevel { level });
    }
    cells
}

/// The columns of attributes that the file names for each level of another attribute, such as
/// `price_Alba`.
struct ConditionalColumns(Vec<ConditionalColumn>);

struct ConditionalColumn {
    attribute: AttributeIndex,
    base: AttributeIndex,
    level: LevelIndex,
    column: usize,
}

impl ConditionalColumns {
    fn read(table: &Table<'_>, schema: &Schema) -> Self {
        let columns = table.header.iter().enumerate();
        let columns = columns.filter_map(|(column, name)| {
            let (interaction, level) = schema.find_conditional(name)?;
            Some(ConditionalColumn {
                attribute: interaction.dependent,
                base: interaction.base,
                level,
                column,
            })
        });
        Self(columns.collect())
    }

    /// The column with the offer's value of an attribute: the only one with a value, otherwise that of
    /// the first level.
    fn find(&self, attribute: AttributeIndex, row: &Row<'_>) -> Option<usize> {
        let own = || self.0.iter().filter(|own| own.attribute == attribute);
        let filled = own().find(|own| !row.text(own.column).is_empty());
        filled.or(own().next()).map(|own| own.column)
    }

    /// Columns with a value, for a level that the offer does not have; each with the offer's level.
    fn find_unused(
        &self,
        schema: &Schema,
        cells: &IndexVec<AttributeIndex, Cell>,
        row: &Row<'_>,
    ) -> Vec<(usize, String)> {
        let unused = self.0.iter().filter(|own| {
            let is_offered = cells[own.base] != Cell::Empty;
            is_offered && cells[own.base] != Cell::Level(own.level)
        });
        let unused = unused.filter(|own| !row.text(own.column).is_empty());
        let level = |own: &ConditionalColumn| {
            let base = &schema.attributes[own.base];
            (own.column, base.write(cells[own.base]))
        };
        unused.map(level).collect()
    }
}

/// The column of each attribute. Reports missing and unknown columns.
fn find_attributes(
    table: &Table<'_>,
    schema: Option<&Schema>,
    known: [&str; 6],
    has_money: bool,
    problems: &mut Problems,
) -> Option<IndexVec<AttributeIndex, Option<usize>>> {
    let [_, brand, _, costs @ ..] = known;
    let is_needed = |name: &str| name == brand || (has_money && costs.contains(&name));
    let Some(schema) = schema else {
        for name in known.into_iter().filter(|name| is_needed(name)) {
            table.require_column(name, problems);
        }
        return None;
    };
    let elsewhere = UTILITIES;
    let names = || schema.attributes.iter().map(|attribute| &attribute.name);
    let is_implied = |name: &str| name == brand && !schema.has_brand_attribute();
    let has_own_columns = |name: &str| {
        let mut header = table.header.iter();
        let dependent = |(interaction, _): (&Interaction, LevelIndex)| {
            schema.attributes[interaction.dependent].name == name
        };
        header.any(|column| schema.find_conditional(column).is_some_and(dependent))
    };
    let missing = names().filter(|name| table.find_column(name).is_none());
    let missing = missing.filter(|name| !has_own_columns(name));
    for name in missing.filter(|name| !is_implied(name)) {
        let place = table.header_place(name);
        match is_needed(name) {
            true => problems.add(place, TableError::ColumnMissing),
            false => problems.add(place, FormatError::AttributeWithoutColumn { elsewhere }),
        }
    }
    for name in table.header.iter().filter(|name| !name.is_empty()) {
        let is_known = known.contains(&name.as_str()) || schema.find(name).is_some();
        if !is_known {
            let known = quote_names(names());
            let error = FormatError::UnknownAttribute { elsewhere, known };
            problems.add(table.header_place(name), error);
        }
    }
    Some(names().map(|name| table.find_column(name)).collect())
}

/// Writes the products so that [`read`] reads them back.
pub(crate) fn to_csv(study: &Study) -> Vec<u8> {
    let schema = &study.schema;
    let priced = || schema.price_attributes();
    let others = schema.attributes.indices().filter(|attribute| {
        *attribute != schema.brand && !priced().any(|other| other == *attribute)
    });
    let order: Vec<AttributeIndex> = priced().chain(others).collect();
    let brand = schema.has_brand_attribute().then_some(schema.brand);
    let line = |id: &str, model: &str, cell: &dyn Fn(AttributeIndex) -> String| {
        let mut line = vec![id.to_owned()];
        line.extend(brand.map(cell));
        line.push(model.to_owned());
        line.extend(order.iter().map(|attribute| cell(*attribute)));
        line
    };
    let columns = &study.settings.columns;
    let header = line(columns.get(ID), columns.get(MODEL), &|attribute| {
        schema.attributes[attribute].name.clone()
    });
    let rows = study.offers.iter().map(|offer| {
        line(offer.id.as_str(), &offer.model, &|attribute| {
            schema.attributes[attribute].write(offer.cells[attribute])
        })
    });
    write_rows(std::iter::once(header).chain(rows))
}
