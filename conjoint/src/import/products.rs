//! The products on the market: from a table, or a proposal.

use super::draft::{Draft, DraftAttribute};
use super::error::{ImportError, SourcePlace};
use crate::format::tabular::{Grid, GridCell};
use crate::format::usual_names;
use crate::study::{Unit, quote_names};

/// A product.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Product {
    pub(crate) id: String,
    pub(crate) model: String,
    /// A value per attribute: the name of a level, a number, or nothing.
    pub(crate) cells: Vec<String>,
    /// Where the user's table has it; `None` for a proposal.
    pub(crate) place: Option<SourcePlace>,
}

/// Names of the column of a product's name.
const MODEL_NAMES: [&str; 6] = [
    "model",
    "product",
    "name",
    "product name",
    "products",
    "title",
];

/// What a column of a table of products is.
#[derive(Clone, Copy, PartialEq)]
enum ProductColumn {
    Id,
    Model,
    Attribute(usize),
}

/// How many columns of a table's header are attributes.
pub(crate) fn count_attributes(draft: &Draft, grid: &Grid) -> usize {
    let columns = (0..grid.width()).filter_map(|column| find_column(draft, &grid.text(0, column)));
    columns
        .filter(|column| matches!(column, ProductColumn::Attribute(_)))
        .count()
}

fn find_column(draft: &Draft, name: &str) -> Option<ProductColumn> {
    let name = name.trim();
    let attribute = draft.attributes.iter().position(|found| found.name == name);
    let attribute = attribute.or_else(|| {
        let mut attributes = draft.attributes.iter();
        attributes.position(|found| found.name.eq_ignore_ascii_case(name))
    });
    match attribute {
        Some(attribute) => Some(ProductColumn::Attribute(attribute)),
        None if name.eq_ignore_ascii_case("id") => Some(ProductColumn::Id),
        None if MODEL_NAMES.contains(&name.to_lowercase().as_str()) => Some(ProductColumn::Model),
        None => None,
    }
}

/// Reads a table of products.
pub(crate) fn read(draft: &Draft, grid: &Grid) -> Result<Vec<Product>, ImportError> {
    let place = SourcePlace::table(grid);
    let mut columns: Vec<(usize, ProductColumn)> = Vec::new();
    for index in 0..grid.width() {
        let name = grid.text(0, index);
        if name.is_empty() {
            continue;
        }
        let column = find_column(draft, &name).ok_or_else(|| {
            let known = quote_names(draft.attribute_names());
            let problem =
                format!("the column is neither id, model nor an attribute; attributes are {known}");
            ImportError::invalid(place.clone().at(grid.line(0)).in_column(&name), problem)
        })?;
        columns.push((index, column));
    }
    for (position, attribute) in draft.attributes.iter().enumerate() {
        let mut found = columns.iter();
        if !found.any(|(_, column)| *column == ProductColumn::Attribute(position)) {
            let place = place.clone().in_column(&attribute.name);
            return Err(ImportError::invalid(
                place,
                "the column is missing; add it, empty where the attribute does not apply",
            ));
        }
    }
    let mut products: Vec<Product> = Vec::new();
    for row in 1..grid.height() {
        let mut product = Product {
            id: row.to_string(),
            model: String::new(),
            cells: vec![String::new(); draft.attributes.len()],
            place: Some(place.clone().at(grid.line(row))),
        };
        for (index, column) in &columns {
            match column {
                ProductColumn::Id => product.id = grid.text(row, *index).into_owned(),
                ProductColumn::Model => product.model = grid.text(row, *index).into_owned(),
                ProductColumn::Attribute(position) => {
                    let Some(attribute) = draft.attributes.get(*position) else {
                        continue;
                    };
                    let value = read_value(attribute, grid, row, *index)?;
                    if let Some(cell) = product.cells.get_mut(*position) {
                        *cell = value;
                    }
                }
            }
        }
        if product.id.is_empty() || products.iter().any(|other| other.id == product.id) {
            let problem = format!(
                "the id `{}` is empty or occurs twice; give each product its own",
                product.id
            );
            return Err(ImportError::invalid(
                place.at(grid.line(row)).in_column("id"),
                problem,
            ));
        }
        products.push(product);
    }
    match products.is_empty() {
        true => Err(ImportError::invalid(
            place,
            "there is no product below the header; add one per row",
        )),
        false => Ok(products),
    }
}

/// A product's value: the name of a level, or a number of a numeric attribute.
fn read_value(
    attribute: &DraftAttribute,
    grid: &Grid,
    row: usize,
    column: usize,
) -> Result<String, ImportError> {
    let text = grid.text(row, column);
    if *grid.cell(row, column) == GridCell::Empty {
        return Ok(String::new());
    }
    let labels: Vec<&str> = attribute
        .levels
        .iter()
        .map(|level| level.label.as_str())
        .collect();
    let is_label = |label: &&&str| label.trim() == text.trim();
    let is_similar = |label: &&&str| label.trim().to_lowercase() == text.trim().to_lowercase();
    if let Some(label) = labels
        .iter()
        .find(is_label)
        .or_else(|| labels.iter().find(is_similar))
    {
        return Ok((*label).to_owned());
    }
    let is_plain = labels.iter().all(|label| label.parse::<f64>().is_ok());
    let unit = Unit::read_levels(&labels).map(|(_, unit)| unit);
    if is_plain || unit.is_some() {
        // A number of a linear attribute may still carry the unit that its labels had.
        let own = || {
            let (numbers, own) = Unit::read_levels(&[text.as_ref()])?;
            let number = numbers.first().copied();
            number.filter(|_| is_plain && own.is_known())
        };
        let number = grid.number(row, column).filter(|_| !text.contains('%'));
        let number = number
            .or_else(|| unit.unwrap_or_default().parse(&text).ok())
            .or_else(own);
        if let Some(number) = number {
            return Ok(number.to_string());
        }
    }
    let place = SourcePlace::table(grid)
        .at(grid.line(row))
        .in_column(&attribute.name);
    let problem = format!(
        "`{text}` is not a level; levels are {}",
        quote_names(&labels)
    );
    Err(ImportError::invalid(place, problem))
}

/// One offer per brand, or one in all without a brand, at the middle surveyed price and the first level
/// of everything else.
pub(crate) fn propose(draft: &Draft, brand: Option<&str>, price: Option<&str>) -> Vec<Product> {
    let value = |attribute: &DraftAttribute| match price == Some(attribute.name.as_str()) {
        true => middle(attribute),
        false => attribute
            .levels
            .first()
            .map(|level| level.label.clone())
            .unwrap_or_default(),
    };
    let usual: Vec<String> = draft.attributes.iter().map(value).collect();
    let position = draft
        .attributes
        .iter()
        .position(|found| Some(found.name.as_str()) == brand);
    let brands = position.and_then(|position| draft.attributes.get(position));
    let Some((position, brands)) = position.zip(brands) else {
        return vec![Product {
            id: "1".to_owned(),
            model: "Proposal".to_owned(),
            cells: usual,
            place: None,
        }];
    };
    let products = brands.levels.iter().enumerate().map(|(place, level)| {
        let mut cells = usual.clone();
        if let Some(cell) = cells.get_mut(position) {
            cell.clone_from(&level.label);
        }
        // An attribute that was surveyed only together with the brand has values of its own with each.
        for (cell, attribute) in cells.iter_mut().zip(&draft.attributes) {
            if attribute.is_conditional {
                *cell = value(&with_level(draft, attribute, &brands.name, &level.label));
            }
        }
        Product {
            id: (place + 1).to_string(),
            model: String::new(),
            cells,
            place: None,
        }
    });
    products.collect()
}

/// An attribute with the levels that were surveyed together with a level of another one.
fn with_level(
    draft: &Draft,
    attribute: &DraftAttribute,
    base: &str,
    level: &str,
) -> DraftAttribute {
    let mut interactions = draft.interactions.iter();
    let own = interactions.find(|own| own.first == base && own.second == attribute.name);
    let mut found = attribute.clone();
    if let Some(own) = own {
        let is_own = |label: &str| {
            let mut pairs = own.pairs.iter();
            pairs.any(|(first, second, _)| first == level && second == label)
        };
        found.levels.retain(|level| is_own(&level.label));
    }
    found
}

/// The middle surveyed value; of an even number the lower middle.
fn middle(attribute: &DraftAttribute) -> String {
    let mut surveyed = attribute.surveyed.clone();
    if !surveyed.is_empty() {
        surveyed.sort_by(f64::total_cmp);
        let middle = surveyed.get((surveyed.len() - 1) / 2);
        return middle.map(f64::to_string).unwrap_or_default();
    }
    let labels: Vec<&str> = attribute
        .levels
        .iter()
        .map(|level| level.label.as_str())
        .collect();
    let mut order: Vec<usize> = (0..labels.len()).collect();
    if let Some(numbers) = usual_names::read_numbers(&labels) {
        let number = |place: &usize| numbers.get(*place).copied().unwrap_or(f64::NAN);
        order.sort_by(|one, other| number(one).total_cmp(&number(other)));
    }
    let middle = order.get(labels.len().saturating_sub(1) / 2);
    let label = middle.and_then(|place| labels.get(*place));
    label.map(|label| (*label).to_owned()).unwrap_or_default()
}
