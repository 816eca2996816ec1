//! `leaseOffers.csv`: the products, one a row.

use super::error::FormatError;
use super::files::{OFFERS, StudyFiles, UTILITIES};
use super::problem::{Place, Problems};
use super::table::{Names, Row, Table, header_of};
use crate::csv_text::write_rows;
use crate::index_vec::{AttributeIndex, IndexVec, ProductIndex};
use crate::study::names::{BRAND, ID, MODEL, MONTHLY_COST, TERM, UPFRONT_COST};
use crate::study::{Cell, CustomNames, Offer, ProductId, Schema, Study, quote_names};

const COLUMNS: [&str; 6] = [ID, BRAND, MODEL, MONTHLY_COST, UPFRONT_COST, TERM];

/// Reads the products. Without a schema (the utilities file is damaged) ids and rows are
/// checked all the same, so that every problem is told at once. Only money needs the costs.
pub(crate) fn read(
    files: &StudyFiles,
    columns: &CustomNames,
    schema: Option<&Schema>,
    money: bool,
    problems: &mut Problems,
) -> Option<IndexVec<ProductIndex, Offer>> {
    let header = header_of(files.get(OFFERS).unwrap_or_default());
    let known = COLUMNS.map(|key| match key {
        ID => columns.name_in_header(ID, &header),
        key => columns.get(key),
    });
    let mut table = Table::open(OFFERS, files, &known, problems)?;
    table.check_header(problems);
    let [id, _, model, ..] = known;
    let [id, model] = [id, model].map(|name| table.column(name, problems));
    let columns = attribute_columns(&table, schema, known, money, problems);
    let mut offers = Vec::new();
    let mut seen = Names::default();
    let mut rows = 0;
    while let Some(row) = table.next_row(problems) {
        rows += 1;
        let Some(id) = id else { continue };
        let name = row.required(id, "write an id that no other offer has", problems);
        let Some(name) = name.map(str::to_owned) else {
            continue;
        };
        seen.is_new(&row, id, problems);
        let Some((columns, schema)) = columns.as_ref().zip(schema) else {
            continue;
        };
        let cells = cells(&row, schema, columns, problems);
        offers.push(Offer {
            id: ProductId::from(name),
            model: model
                .map(|model| row.text(model).to_owned())
                .unwrap_or_default(),
            withdrawn: cells[schema.brand] == Cell::Empty,
            cells,
        });
    }
    if rows == 0 {
        problems.add(Place::file(OFFERS), FormatError::NoRows { what: "offer" });
    }
    Some(offers.into())
}

/// An offer's values; a column that is missing was noted, and its cells stay empty.
fn cells(
    row: &Row<'_>,
    schema: &Schema,
    columns: &IndexVec<AttributeIndex, Option<usize>>,
    problems: &mut Problems,
) -> IndexVec<AttributeIndex, Cell> {
    let offered = columns[schema.brand].is_none_or(|column| !row.text(column).is_empty());
    let cells = columns.enumerate().map(|(index, column)| {
        let Some(column) = *column else {
            return Cell::Empty;
        };
        match schema.parse_offered(index, offered, row.text(column)) {
            Ok(cell) => {
                if let Some(warning) = schema.attributes[index].range_warning(cell) {
                    problems.add(row.place(column), warning);
                }
                cell
            }
            Err(fault) => {
                problems.add(row.place(column), fault);
                Cell::Empty
            }
        }
    });
    cells.collect()
}

/// The column of every attribute; what is missing or unknown is noted.
fn attribute_columns(
    table: &Table<'_>,
    schema: Option<&Schema>,
    known: [&str; 6],
    money: bool,
    problems: &mut Problems,
) -> Option<IndexVec<AttributeIndex, Option<usize>>> {
    let [_, brand, _, costs @ ..] = known;
    let needed = |name: &str| name == brand || (money && costs.contains(&name));
    let Some(schema) = schema else {
        for name in known.into_iter().filter(|name| needed(name)) {
            table.column(name, problems);
        }
        return None;
    };
    let find = |name: &str| table.header.iter().position(|column| column == name);
    for attribute in &schema.attributes {
        if find(&attribute.name).is_none() {
            let place = table.header_place(&attribute.name);
            let fault = match needed(&attribute.name) {
                true => FormatError::ColumnMissing,
                false => FormatError::AttributeWithoutColumn {
                    elsewhere: UTILITIES,
                },
            };
            problems.add(place, fault);
        }
    }
    for name in &table.header {
        let known = known.contains(&name.as_str())
            || schema.attributes.iter().any(|other| other.name == *name);
        if !known && !name.is_empty() {
            let fault = FormatError::UnknownAttribute {
                elsewhere: UTILITIES,
                known: quote_names(schema.attributes.iter().map(|attribute| &attribute.name)),
            };
            problems.add(table.header_place(name), fault);
        }
    }
    let attributes = schema.attributes.iter();
    Some(attributes.map(|attribute| find(&attribute.name)).collect())
}

/// Writes the products as [`read`] reads them.
pub(crate) fn to_csv(study: &Study) -> Vec<u8> {
    let schema = &study.schema;
    let priced = || schema.price_attributes();
    let others = schema.attributes.indices().filter(|attribute| {
        *attribute != schema.brand && !priced().any(|other| other == *attribute)
    });
    let order: Vec<AttributeIndex> = priced().chain(others).collect();
    let line = |id: &str, model: &str, cell: &dyn Fn(AttributeIndex) -> String| {
        let mut line = vec![id.to_owned(), cell(schema.brand), model.to_owned()];
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
