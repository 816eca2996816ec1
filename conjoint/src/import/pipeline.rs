//! The steps of an import.

use super::assemble::{self, Parts};
use super::draft::{Draft, DraftLevel, PartWorth};
use super::error::{ImportError, Unknown};
use super::formats::{REGISTRY, sawtooth_hbu};
use super::labels::{Labels, LabelsContent};
use super::options::{ImportOptions, RoleAnswer};
use super::products::Product;
use super::proposals::{find_brand, find_price, find_products, note_doubts, sort_tables};
use super::scale::Scale;
use super::source::{Candidate, Content, Source, refuse_by_content};
use super::{
    FormatName, Imported, ImportedAttribute, interactions, linear, list_formats, respondents,
    weights,
};
use crate::format::tabular::InputFile;
use crate::format::{OFFERS, Problems, neutral_name, read_study_with_progress};
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
/// use conjoint::import::{ImportOptions, InputFile, import};
///
/// let text = "ID,Brand: A,Brand: B,Price: $10,Price: $20\nr1,0.5,-0.5,1.25,-1.25\n";
/// let file = InputFile::open("utilities.csv", text.into());
/// let imported = import(&[file], &ImportOptions::default())?;
/// assert_eq!(imported.attributes[1].levels, ["$10", "$20"]);
/// assert_eq!(imported.products, 2);
/// # Ok::<(), conjoint::import::ImportError>(())
/// ```
pub fn import(files: &[InputFile], options: &ImportOptions) -> Result<Imported, ImportError> {
    import_with_progress(files, options, &mut |_| {})
}

/// The fractions of the time that an import takes until its files are read as tables, until the respondents
/// are read, and until the files of the study are written.
const STEPS: [f64; 3] = [0.4, 0.55, 0.65];

/// Imports files like [`import`], and calls `report` with the fraction that is done.
///
/// # Errors
/// As [`import`].
pub fn import_with_progress(
    files: &[InputFile],
    options: &ImportOptions,
    report: &mut dyn FnMut(f64),
) -> Result<Imported, ImportError> {
    let [opened, read, written] = STEPS;
    options.check()?;
    let sources = open_all(files, options, &mut |done| report(opened * done))?;
    let labels = find_labels(&sources, options)?;
    let (format, mut draft, used) = read_utilities(&sources, &labels, options)?;
    report(read);
    prepare(&mut draft, &labels, options)?;
    weights::check_name(&draft, &sources, options)?;
    let scale = gate(&draft, options)?;
    linear::resolve(&mut draft, options)?;
    let brand = find_brand(&mut draft, options)?;
    interactions::resolve(&mut draft, brand.as_deref())?;
    let price = find_price(&mut draft, options)?;
    let tables = sort_tables(&sources, used, &mut draft)?;
    let brands = brand
        .as_deref()
        .map_or(Vec::new(), |brand| draft.level_names(brand));
    let people = respondents::describe(&mut draft, options, &brands)?;
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
    report(written);
    let mut report = |done| report(written + (1.0 - written) * done);
    let study = read_study_with_progress(&study_files, &mut report);
    let study = study
        .map_err(|problems| trace_products(problems, &products))?
        .study;
    let attributes = describe_attributes(&study, &draft);
    Ok(Imported {
        format,
        respondents: study.respondents().len(),
        left_out: draft.left_out,
        attributes,
        has_none: draft.none.is_some(),
        scale,
        products: study.offers().len(),
        brand,
        price,
        assumed: draft.assumed,
        table: draft.place,
        columns: draft.roles,
        groups: draft.groups.into_iter().map(|group| group.name).collect(),
        segment: people.segment.map(|(name, _)| name),
        owner: people.owner.map(|(name, _)| name),
        files: study_files,
    })
}

/// Names the user's own table of products in the problems of the offers that were made from it.
fn trace_products(problems: Problems, products: &[Product]) -> Problems {
    let Some(table) = products.first().and_then(|product| product.place.as_ref()) else {
        return problems;
    };
    // The first offer is below the header.
    let product = |row: u64| products.get(usize::try_from(row).ok()?.checked_sub(2)?);
    let line = |row| product(row)?.place.as_ref()?.row;
    problems.trace_file(neutral_name(OFFERS), &table.file, line)
}

/// Completes what was read before its numbers are interpreted: respondents, names and levels.
fn prepare(draft: &mut Draft, labels: &Labels, options: &ImportOptions) -> Result<(), ImportError> {
    if options.none == RoleAnswer::Nothing {
        draft.none = None;
    }
    respondents::leave_out_incomplete(draft)?;
    respondents::average_draws(draft)?;
    labels.apply(draft)?;
    draft.assumed.extend(labels.doubts.iter().cloned());
    complete_levels(draft)?;
    interactions::add_conditional(draft);
    Ok(())
}

fn open_all(
    files: &[InputFile],
    options: &ImportOptions,
    report: &mut dyn FnMut(f64),
) -> Result<Vec<Source>, ImportError> {
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
    // A workbook was read when it was opened, and takes next to no time here.
    let size = |file: &InputFile| file.bytes().len().max(1);
    let all: usize = files.iter().map(size).sum();
    let mut done = 0;
    let mut sources = Vec::new();
    for file in files {
        sources.push(Source::open(file)?);
        done += size(file);
        report(done as f64 / all as f64);
    }
    Ok(sources)
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
    let found = || {
        sources.iter().filter_map(|source| match &source.content {
            Content::Labels(labels) => Some(labels),
            _ => None,
        })
    };
    // The settings of a run have the numbers of coefficients, which its layout lacks.
    let settings = found().find(|labels| labels.content != LabelsContent::Names);
    Ok(settings
        .or_else(|| found().next())
        .cloned()
        .unwrap_or_default())
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
        let parameters = sawtooth_hbu::count_parameters(file, text)?;
        let columns = |candidate: &Candidate<'_>| {
            let columns = candidate.table.columns.iter();
            columns.filter(|column| column.is_numeric).count()
        };
        // A table of the same run has more decimals than the .hbu.
        if best.as_ref().is_none_or(|best| columns(best) < parameters) {
            let draft = sawtooth_hbu::read(file, text)?;
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
            None if !labels.attributes.is_empty() => labels.describe_lack(),
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
                unknown: Box::new(Unknown::Labels),
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

/// The attributes of the file. The study may have a brand in addition.
fn describe_attributes(study: &Study, draft: &Draft) -> Vec<ImportedAttribute> {
    let attributes = study.schema().attributes().iter();
    let attributes = attributes.filter(|attribute| draft.find(&attribute.name).is_some());
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
