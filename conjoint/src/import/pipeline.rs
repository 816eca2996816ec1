//! The steps of an import.

use super::assemble::{self, Parts};
use super::draft::{Draft, DraftLevel, PartWorth};
use super::error::ImportError;
use super::formats::{REGISTRY, sawtooth_hbu};
use super::labels::{self, Labels};
use super::options::ImportOptions;
use super::options::SourceFile;
use super::products::{self, Product};
use super::scale::Scale;
use super::source::{Candidate, Content, Source, refuse_by_content};
use super::{FormatName, Imported, ImportedAttribute, linear, list_formats, respondents, roles};
use crate::format::read_study;
use crate::format::tabular::Grid;
use crate::study::{Study, quote_names};

/// Imports the utilities in files that belong together: utilities, layout, labels, demographics,
/// products.
///
/// # Errors
/// Files that are damaged or have no utilities, with file, row and column, and questions that only the
/// user can answer, with the option that does.
///
/// # Examples
/// ```
/// use conjoint::import::{ImportOptions, SourceFile, import};
///
/// let text = "ID,Brand: A,Brand: B,Price: $10,Price: $20\nr1,0.5,-0.5,1.25,-1.25\n";
/// let file = SourceFile { name: "utilities.csv".to_owned(), bytes: text.into() };
/// let imported = import(&[file], &ImportOptions::default())?;
/// assert_eq!(imported.attributes[1].levels, ["$10", "$20"]);
/// assert_eq!(imported.products, 2);
/// # Ok::<(), conjoint::import::ImportError>(())
/// ```
pub fn import(files: &[SourceFile], options: &ImportOptions) -> Result<Imported, ImportError> {
    options.check()?;
    let sources = open_all(files, options)?;
    let labels = find_labels(&sources, options)?;
    let (format, mut draft, used) = read_utilities(&sources, &labels, options)?;
    respondents::leave_out_incomplete(&mut draft)?;
    respondents::average_draws(&mut draft)?;
    labels.apply(&mut draft)?;
    complete_levels(&mut draft)?;
    let scale = gate(&draft, options)?;
    linear::resolve(&mut draft, options)?;
    let brand = find_brand(&mut draft, options)?;
    let price = find_price(&mut draft, options)?;
    let tables = sort_tables(&sources, used, &mut draft)?;
    let levels = brand.as_deref().and_then(|brand| draft.find(brand));
    let levels: Vec<String> = levels.map_or(Vec::new(), |found| {
        found
            .levels
            .iter()
            .map(|level| level.label.clone())
            .collect()
    });
    let people = respondents::describe(&mut draft, options, &levels)?;
    let products = find_products(
        &mut draft,
        options,
        tables,
        brand.as_deref(),
        price.as_deref(),
    )?;
    note_doubts(&mut draft, price.as_deref());
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    let study_files = assemble::write(&Parts {
        draft: &draft,
        people: &people,
        products: &products,
        brand: brand.as_deref(),
        price: price.as_deref(),
        scale,
        format: format.id,
        sources: &names,
        options,
    });
    let study = read_study(&study_files)?.study;
    Ok(Imported {
        format,
        respondents: study.respondents().len(),
        left_out: draft.left_out,
        attributes: describe_attributes(&study),
        has_none: draft.none.is_some(),
        scale,
        products: study.offers().len(),
        brand,
        price,
        assumed: draft.assumed,
        columns: draft.roles,
        files: study_files,
    })
}

fn open_all(files: &[SourceFile], options: &ImportOptions) -> Result<Vec<Source>, ImportError> {
    if files.is_empty() {
        return Err(ImportError::NoFile);
    }
    if let Some(id) = &options.format
        && !list_formats().iter().any(|format| format.id == id)
    {
        let known = quote_names(list_formats().iter().map(|format| format.id));
        let id = id.clone();
        return Err(ImportError::UnknownFormat { id, known });
    }
    files.iter().map(Source::open).collect()
}

/// The labels: those that the user names, or else those among the files, or else those of a `.hbu` next
/// to a table.
fn find_labels(sources: &[Source], options: &ImportOptions) -> Result<Labels, ImportError> {
    if let Some(file) = &options.labels {
        let source = Source::open(file)?;
        return match &source.content {
            Content::Labels(labels) => Ok(labels.clone()),
            Content::Hbu(text) => sawtooth_hbu::read_labels(&source.name, text),
            _ => match source.grids().next() {
                Some(grid) => Labels::from_grid(grid),
                None => Err(ImportError::Unrecognized {
                    file: source.name.clone(),
                }),
            },
        };
    }
    let mut found = sources.iter().filter_map(|source| match &source.content {
        Content::Labels(labels) => Some(labels.clone()),
        _ => None,
    });
    Ok(found.next().unwrap_or_default())
}

/// Reads the utilities, and returns the name of the file.
fn read_utilities<'s>(
    sources: &'s [Source],
    labels: &Labels,
    options: &ImportOptions,
) -> Result<(FormatName, Draft, &'s str), ImportError> {
    let hbu = sources.iter().find_map(|source| match &source.content {
        Content::Hbu(text) => Some((source.name.as_str(), text.as_str())),
        _ => None,
    });
    let candidates = sources.iter().filter_map(Source::candidate);
    let best = candidates.max_by(|(_, one), (_, other)| one.total_cmp(other));
    let best = best.map(|(candidate, _)| candidate);
    if let Some((file, text)) = hbu {
        let draft = sawtooth_hbu::read(file, text)?;
        let columns = |candidate: &Candidate<'_>| {
            let columns = candidate.table.columns.iter();
            columns.filter(|column| column.is_numeric).count()
        };
        // A table of the same run has more decimals than the .hbu.
        if best
            .as_ref()
            .is_none_or(|best| columns(best) < draft.columns.len())
        {
            let format = FormatName {
                id: sawtooth_hbu::ID,
                label: sawtooth_hbu::LABEL,
            };
            return Ok((format, draft, file));
        }
    }
    let Some(best) = best else {
        let choices = sources
            .iter()
            .find_map(|source| Some((source, source.choice_kind()?)));
        let file = sources
            .first()
            .map(|source| source.name.clone())
            .unwrap_or_default();
        return Err(match choices {
            Some((source, kind)) => ImportError::Choices {
                file: source.name.clone(),
                kind,
            },
            None => ImportError::Unrecognized { file },
        });
    };
    refuse_by_content(&best)?;
    let hbu_labels = match hbu.filter(|_| labels.attributes.is_empty()) {
        Some((file, text)) => Some(sawtooth_hbu::read_labels(file, text)?),
        None => None,
    };
    let labels = hbu_labels.as_ref().unwrap_or(labels);
    let importer = REGISTRY.iter().find(|importer| match &options.format {
        Some(id) => importer.id() == id,
        None => importer.detect(&best),
    });
    let Some(importer) = importer else {
        let file = best.file.to_owned();
        return Err(ImportError::Unrecognized { file });
    };
    let format = FormatName {
        id: importer.id(),
        label: importer.label(),
    };
    Ok((format, importer.read(&best, labels, options)?, best.file))
}

/// Adds the last level of effects coding where it was left out, and refuses attributes with one level.
fn complete_levels(draft: &mut Draft) -> Result<(), ImportError> {
    let omits_last = draft.conventions.omits_last_level;
    for attribute in draft
        .attributes
        .iter_mut()
        .filter(|attribute| !attribute.is_linear)
    {
        let columns: Option<Vec<usize>> = attribute
            .levels
            .iter()
            .map(|level| level.source.column())
            .collect();
        let ends = columns
            .as_ref()
            .and_then(|columns| columns.first().zip(columns.last()));
        if let Some((first, last)) = ends.filter(|_| omits_last) {
            let source = PartWorth::MinusSum(*first, *last);
            let label = format!("Level {}", attribute.levels.len() + 1);
            draft.assumed.push(format!(
                "The last level of `{}`, here `{label}`, is minus the sum of the others; --labels names it.",
                attribute.name
            ));
            attribute.levels.push(DraftLevel { label, source });
        }
        if attribute.levels.len() == 1 {
            return Err(ImportError::Question {
                place: draft.place.clone().in_column(&attribute.name),
                question: format!(
                    "`{}` has only one level; its base level has no column",
                    attribute.name
                ),
                option: "--labels FILE, with all levels of each attribute".to_owned(),
            });
        }
    }
    Ok(())
}

fn gate(draft: &Draft, options: &ImportOptions) -> Result<Scale, ImportError> {
    match Scale::detect(draft) {
        Scale::Raw => Ok(Scale::Raw),
        scale if options.accepts_rescaled => Ok(scale),
        scale => Err(ImportError::Rescaled {
            place: draft.place.clone(),
            scale,
        }),
    }
}

fn find_brand(draft: &mut Draft, options: &ImportOptions) -> Result<Option<String>, ImportError> {
    if let Some(name) = &options.brand {
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
    let named = draft
        .attributes
        .iter()
        .find(|found| roles::is_brand(&found.name));
    let named = named.map(|found| found.name.clone());
    draft.assumed.push(match &named {
        Some(name) => format!("`{name}` is the brand."),
        None => "No attribute is the brand, so each product is its own.".to_owned(),
    });
    Ok(named)
}

/// The price, if its levels are numbers.
fn find_price(draft: &mut Draft, options: &ImportOptions) -> Result<Option<String>, ImportError> {
    let Some(name) = linear::price_of(draft, options)? else {
        return Ok(None);
    };
    let labels = draft.find(&name).map(|found| {
        let labels = found.levels.iter().map(|level| level.label.as_str());
        labels.collect::<Vec<&str>>()
    });
    let is_numeric = labels.is_some_and(|labels| labels::read_numbers(&labels).is_some());
    match (is_numeric, &options.price) {
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
        }),
    }
}

/// Joins tables about the respondents, and returns those of products.
fn sort_tables<'s>(
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

fn find_products(
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
            _ => crate::format::tabular::read_grids(&file.name, &file.bytes)?,
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
fn note_doubts(draft: &mut Draft, price: Option<&str>) {
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
    let Some(numbers) = labels::read_numbers(&labels) else {
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

fn describe_attributes(study: &Study) -> Vec<ImportedAttribute> {
    let attributes = study.schema().attributes().iter();
    let attributes = attributes.filter(|attribute| attribute.is_surveyed());
    attributes
        .map(|attribute| ImportedAttribute {
            name: attribute.name.clone(),
            kind: match attribute.is_numeric() {
                true => "numeric",
                false => "categorical",
            },
            levels: attribute.level_names(),
        })
        .collect()
}
