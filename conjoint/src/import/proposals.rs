//! What no export says: which attribute is the brand and which the price, and which products are on
//! the market. Everything that is decided without asking is noted.

use super::draft::Draft;
use super::error::{ImportError, Unknown};
use super::options::{ImportOptions, RoleAnswer};
use super::products::{self, Product};
use super::source::{Content, Source};
use super::{linear, respondents};
use crate::format::tabular::Grid;
use crate::format::usual_names;
use crate::study::quote_names;

/// The brand: the attribute that the user names, or one with such a name.
pub(super) fn find_brand(
    draft: &mut Draft,
    options: &ImportOptions,
) -> Result<Option<String>, ImportError> {
    match &options.brand {
        RoleAnswer::Named(name) => {
            return match draft.find(name) {
                Some(found) => Ok(Some(found.name.clone())),
                None => Err(ImportError::UnknownName {
                    option: "--brand",
                    kind: "attribute",
                    name: name.clone(),
                    known: quote_names(draft.attribute_names()),
                }),
            };
        }
        RoleAnswer::Nothing => return Ok(None),
        RoleAnswer::Proposed => {}
    }
    let named = draft
        .attributes
        .iter()
        .find(|found| usual_names::is_brand(&found.name));
    let named = named.map(|found| found.name.clone());
    draft.assumed.push(match &named {
        Some(name) => format!("`{name}` is the brand."),
        None => "No attribute is the brand, so each product is its own.".to_owned(),
    });
    Ok(named)
}

/// The price, if its levels are numbers.
pub(super) fn find_price(
    draft: &mut Draft,
    options: &ImportOptions,
) -> Result<Option<String>, ImportError> {
    let Some(name) = linear::price_of(draft, options)? else {
        return Ok(None);
    };
    let labels = draft.find(&name).map(|found| {
        let labels = found.levels.iter().map(|level| level.label.as_str());
        labels.collect::<Vec<&str>>()
    });
    let is_numeric = labels.is_some_and(|labels| usual_names::read_numbers(&labels).is_some());
    match (is_numeric, options.price.name()) {
        (true, None) => {
            draft.assumed.push(format!("`{name}` is the price."));
            Ok(Some(name))
        }
        (true, Some(_)) => Ok(Some(name)),
        (false, None) => Ok(None),
        (false, Some(_)) => Err(ImportError::Question {
            place: draft.place.clone().in_column(&name),
            question: format!("the levels of the price `{name}` are no numbers"),
            option: format!("--numeric \"{name}=V1,V2,…\""),
            unknown: Box::new(Unknown::Numbers {
                levels: draft.find(&name).map(|found| found.levels.len()),
                attribute: name,
            }),
        }),
    }
}

/// Joins tables about the respondents, and returns those of products.
pub(super) fn sort_tables<'s>(
    sources: &'s [Source],
    used: &str,
    draft: &mut Draft,
) -> Result<Vec<&'s Grid>, ImportError> {
    let mut tables = Vec::new();
    for source in sources {
        let is_used = source.name == used;
        for grid in source.grids() {
            let sheet = grid.sheet.as_deref().unwrap_or_default().to_lowercase();
            let is_named = ["product", "offer", "scenario"]
                .iter()
                .any(|word| sheet.contains(word));
            let columns = products::count_attributes(draft, grid);
            let is_products = columns * 2 >= draft.attributes.len() && columns > 0;
            if is_products && (is_named || !is_used) {
                tables.push(grid);
            } else if !is_used && respondents::count_shared_ids(draft, grid) > 0 {
                respondents::join(draft, grid)?;
            } else if !is_used && grid.sheet.is_none() {
                // It explains that no id is shared.
                respondents::join(draft, grid)?;
            }
        }
    }
    Ok(tables)
}

/// The products of a table, or a proposal.
pub(super) fn find_products(
    draft: &mut Draft,
    options: &ImportOptions,
    tables: Vec<&Grid>,
    brand: Option<&str>,
    price: Option<&str>,
) -> Result<Vec<Product>, ImportError> {
    if let Some(file) = &options.products {
        let source = Source::open(file)?;
        let grids = match source.content {
            Content::Grids(grids) => grids,
            // A table of texts only looks like one of labels.
            _ => file.grids()?.into_owned(),
        };
        let best = grids.iter().filter(|grid| !grid.is_hidden);
        let best = best.max_by_key(|grid| products::count_attributes(draft, grid));
        return match best {
            Some(grid) => products::read(draft, grid),
            None => Err(ImportError::Unrecognized {
                file: file.name.clone(),
            }),
        };
    }
    if let Some(grid) = tables.first() {
        return products::read(draft, grid);
    }
    let products = products::propose(draft, brand, price);
    draft.assumed.push(match brand {
        Some(_) => "The products are a proposal: one per brand at the middle price and the first level of everything else.".to_owned(),
        None => "The product is a proposal: the middle price and the first level of everything else.".to_owned(),
    });
    Ok(products)
}

/// Says what is unusual about the numbers.
pub(super) fn note_doubts(draft: &mut Draft, price: Option<&str>) {
    if super::boundaries::count_decimals(&draft.rows) <= 2 {
        let sentence = "No utility has more than 2 decimals; a spreadsheet may have cut them.";
        draft.assumed.push(sentence.to_owned());
    }
    let Some(price) = price.and_then(|price| draft.find(price)) else {
        return;
    };
    let labels: Vec<&str> = price
        .levels
        .iter()
        .map(|level| level.label.as_str())
        .collect();
    let Some(numbers) = usual_names::read_numbers(&labels) else {
        return;
    };
    let places = 0..numbers.len();
    let number = |place: &usize| numbers.get(*place).copied().unwrap_or(0.0);
    let low = places
        .clone()
        .min_by(|one, other| number(one).total_cmp(&number(other)));
    let high = places.max_by(|one, other| number(one).total_cmp(&number(other)));
    let part_worth = |place: Option<usize>, row: &[f64]| {
        let level = place.and_then(|place| price.levels.get(place));
        level.map_or(0.0, |level| level.source.value(row))
    };
    let rising = draft
        .rows
        .iter()
        .filter(|row| part_worth(high, row) > part_worth(low, row))
        .count();
    if rising * 2 > draft.rows.len() {
        let (name, count) = (price.name.clone(), draft.rows.len());
        draft.assumed.push(format!(
            "{rising} of {count} respondents prefer the highest `{name}` to the lowest; check its sign."
        ));
    }
}
