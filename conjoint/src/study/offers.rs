//! `leaseOffers.csv`: the products, one a row.

use std::collections::HashMap;

use super::attribute::{Attribute, Cell};
use super::files::{OFFERS, UTILITIES};
use super::problem::{Fault, Place, Problems};
use super::table::{Table, quoted, write};
use super::{BRAND, MONTHLY_COST, Schema, Study, TERM, UPFRONT_COST};
use crate::indexed::{AttributeIndex, List, ProductIndex};
use crate::scenario::{Offer, ProductId};

const COLUMNS: [&str; 6] = ["id", BRAND, "model", MONTHLY_COST, UPFRONT_COST, TERM];

/// Reads the products. Without a schema (the utilities file is damaged) ids and rows are
/// checked all the same, so that every problem is told at once.
pub(super) fn read(
    bytes: Option<&[u8]>,
    schema: Option<&Schema>,
    problems: &mut Problems,
) -> Option<List<ProductIndex, Offer>> {
    let mut table = Table::open(OFFERS, bytes, &COLUMNS, problems)?;
    table.check_header(problems);
    let id = table.column("id", problems);
    let model = table.column("model", problems);
    let columns = attribute_columns(&table, schema, problems);
    let mut offers = Vec::new();
    let mut seen: HashMap<String, u64> = HashMap::new();
    let mut rows = 0;
    while let Some(row) = table.next_row(problems) {
        rows += 1;
        let Some(id) = id else { continue };
        let name = row.required(id, "write an id that no other offer has", problems);
        let Some(name) = name.map(str::to_owned) else {
            continue;
        };
        if let Some(first) = seen.insert(name.clone(), row.line) {
            let fault = Fault::Twice {
                name: name.clone(),
                first,
            };
            problems.add(row.place(id), fault);
        }
        let Some((columns, schema)) = columns.as_ref().zip(schema) else {
            continue;
        };
        let cells = columns.iter().enumerate().map(|(index, column)| {
            let attribute = &schema.attributes.as_slice()[index];
            schema
                .parse_offered(attribute, row.text(*column))
                .unwrap_or_else(|fault| {
                    problems.add(row.place(*column), fault);
                    Cell::Empty
                })
        });
        let cells: List<AttributeIndex, Cell> = cells.collect();
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
        problems.add(
            Place::file(OFFERS),
            Fault::NoRows {
                what: "lease offer",
            },
        );
    }
    Some(offers.into())
}

/// The column of every attribute, in the schema's order; what is missing or unknown is noted.
fn attribute_columns(
    table: &Table<'_>,
    schema: Option<&Schema>,
    problems: &mut Problems,
) -> Option<Vec<usize>> {
    let Some(schema) = schema else {
        for name in [BRAND, MONTHLY_COST, UPFRONT_COST, TERM] {
            table.column(name, problems);
        }
        return None;
    };
    let find = |attribute: &Attribute| table.header.iter().position(|name| *name == attribute.name);
    for attribute in &schema.attributes {
        if find(attribute).is_none() {
            let place = Place::cell(OFFERS, 1, &attribute.name);
            let fault = match COLUMNS.contains(&attribute.name.as_str()) {
                true => Fault::ColumnMissing,
                false => Fault::AttributeWithoutColumn {
                    elsewhere: UTILITIES,
                },
            };
            problems.add(place, fault);
        }
    }
    for name in &table.header {
        let known = COLUMNS.contains(&name.as_str())
            || schema.attributes.iter().any(|other| other.name == *name);
        if !known && !name.is_empty() {
            let fault = Fault::UnknownAttribute {
                elsewhere: UTILITIES,
                known: quoted(schema.attributes.iter().map(|attribute| &attribute.name)),
            };
            problems.add(Place::cell(OFFERS, 1, name), fault);
        }
    }
    schema.attributes.iter().map(find).collect()
}

/// Writes the products as [`read`] reads them.
pub(super) fn to_csv(study: &Study) -> Vec<u8> {
    let schema = &study.schema;
    let order: Vec<AttributeIndex> = [schema.brand, schema.monthly, schema.upfront, schema.term]
        .into_iter()
        .chain(schema.attributes.indices().filter(|attribute| {
            ![schema.brand, schema.monthly, schema.upfront, schema.term].contains(attribute)
        }))
        .collect();
    let line = |id: &str, model: &str, cell: &dyn Fn(AttributeIndex) -> String| {
        let mut line = vec![id.to_owned(), cell(schema.brand), model.to_owned()];
        line.extend(order.iter().skip(1).map(|attribute| cell(*attribute)));
        line
    };
    let header = line("id", "model", &|attribute| {
        schema.attributes[attribute].name.clone()
    });
    let rows = study.offers.iter().map(|offer| {
        line(offer.id.as_str(), &offer.model, &|attribute| {
            schema.attributes[attribute].write(offer.cells[attribute])
        })
    });
    write(std::iter::once(header).chain(rows))
}
