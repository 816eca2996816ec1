//! From a draft to the files of a study.

use serde_json::{Map, Value, json};

use super::draft::Draft;
use super::options::{ImportOptions, RoleAnswer};
use super::products::Product;
use super::respondents::People;
use super::scale::Scale;
use crate::csv_text::{write_number, write_rows};
use crate::format::usual_names::{currency_of, study_title};
use crate::format::{DRAWS, OFFERS, SETTINGS, StudyFiles, UTILITIES, WEIGHTS, write_npy};
use crate::study::interaction::interaction_name;

/// What a draft becomes a study with.
pub(crate) struct Parts<'p> {
    pub(crate) draft: &'p Draft,
    pub(crate) people: &'p People,
    pub(crate) products: &'p [Product],
    pub(crate) brand: Option<&'p str>,
    pub(crate) price: Option<&'p str>,
    pub(crate) scale: Scale,
    /// The id of the format.
    pub(crate) format: &'p str,
    /// The names of the files.
    pub(crate) sources: &'p [String],
    pub(crate) options: &'p ImportOptions,
}

/// The columns that describe respondents and offers, by the model's keys.
struct Columns {
    id: String,
    model: String,
    segment: Option<String>,
    owner: Option<String>,
}

impl Columns {
    /// Names that no attribute has.
    fn new(parts: &Parts<'_>) -> Self {
        let mut taken: Vec<String> = parts
            .draft
            .attributes
            .iter()
            .map(|found| found.name.clone())
            .collect();
        let mut free = |name: &str| {
            let mut name = name.to_owned();
            while taken.contains(&name) {
                name.push_str(" (column)");
            }
            taken.push(name.clone());
            name
        };
        let people = parts.people;
        Self {
            id: free("id"),
            model: free("model"),
            segment: people.segment.as_ref().map(|(name, _)| free(name)),
            owner: people.owner.as_ref().map(|(name, _)| free(name)),
        }
    }
}

/// The study's files, under their neutral names.
pub(crate) fn write(parts: &Parts<'_>) -> StudyFiles {
    let columns = Columns::new(parts);
    let mut files = StudyFiles::default();
    files.insert(UTILITIES, utilities(parts, &columns));
    files.insert(OFFERS, offers(parts, &columns));
    if let Some(weights) = &parts.people.weights {
        let header = [columns.id.clone(), "weight".to_owned()];
        let rows = parts.draft.ids.iter().zip(weights);
        let rows = rows.map(|(id, weight)| [id.clone(), weight.to_string()]);
        files.insert(WEIGHTS, write_rows(std::iter::once(header).chain(rows)));
    }
    if let Some(draws) = draws(parts.draft) {
        files.insert(DRAWS, draws);
    }
    files.insert(SETTINGS, settings(parts, &columns));
    files.with_neutral_names()
}

fn utilities(parts: &Parts<'_>, columns: &Columns) -> Vec<u8> {
    let draft = parts.draft;
    let mut names = vec![columns.id.clone()];
    names.extend(columns.segment.clone());
    names.extend(columns.owner.clone());
    let mut levels = names.clone();
    for attribute in draft
        .attributes
        .iter()
        .filter(|found| !found.is_conditional)
    {
        for level in &attribute.levels {
            names.push(attribute.name.clone());
            levels.push(level.label.clone());
        }
    }
    for interaction in &draft.interactions {
        for (first, second, _) in &interaction.pairs {
            names.push(interaction_name(&interaction.first, &interaction.second));
            levels.push(interaction_name(first, second));
        }
    }
    if draft.none.is_some() {
        names.push("None".to_owned());
        levels.push("None".to_owned());
    }
    let people = draft.ids.iter().zip(&draft.rows).enumerate();
    let rows = people.map(|(position, (id, row))| {
        let group = |group: &Option<(String, Vec<String>)>| {
            let cells = group.as_ref().map(|(_, cells)| cells);
            cells.map(|cells| cells.get(position).cloned().unwrap_or_default())
        };
        let mut line = vec![id.clone()];
        line.extend(group(&parts.people.segment));
        line.extend(group(&parts.people.owner));
        line.extend(part_worths(draft, row).map(write_number));
        line
    });
    let headers = [names, levels].into_iter();
    write_rows(headers.chain(rows))
}

/// The part-worths that the utilities of a row give, in the order of the study's columns.
fn part_worths<'d>(draft: &'d Draft, row: &'d [f64]) -> impl Iterator<Item = f64> + 'd {
    let attributes = draft.attributes.iter();
    let attributes = attributes.filter(|attribute| !attribute.is_conditional);
    let levels = attributes.flat_map(|attribute| &attribute.levels);
    let levels = levels.map(|level| level.source);
    let interactions = draft.interactions.iter();
    let pairs = interactions.flat_map(|interaction| &interaction.pairs);
    let sources = levels.chain(pairs.map(|(_, _, source)| *source));
    // Without the sign of a zero, which means nothing.
    let levels = sources.map(|source| source.value(row) + 0.0);
    levels.chain(draft.none.map(|none| none_utility(draft, row, none)))
}

/// The draws of all respondents, if there are any.
fn draws(draft: &Draft) -> Option<Vec<u8>> {
    let count = draft.draws.first()?.len();
    let columns = part_worths(draft, &[]).count();
    let rows = draft.draws.iter().flatten();
    let values = rows.flat_map(|row| part_worths(draft, row).map(|value| value as f32));
    let values: Vec<f32> = values.collect();
    Some(write_npy([draft.draws.len(), count, columns], &values))
}

/// The utility of None, against the mean of the constants of the alternatives.
fn none_utility(draft: &Draft, row: &[f64], none: usize) -> f64 {
    let none = row.get(none).copied().unwrap_or(f64::NAN);
    let constants = draft.constants.iter().filter_map(|column| row.get(*column));
    let sum: f64 = constants.sum();
    match draft.constants.len() {
        0 => none,
        count => none - sum / count as f64,
    }
}

fn offers(parts: &Parts<'_>, columns: &Columns) -> Vec<u8> {
    let attributes = parts
        .draft
        .attributes
        .iter()
        .map(|attribute| attribute.name.clone());
    let header: Vec<String> = [columns.id.clone(), columns.model.clone()]
        .into_iter()
        .chain(attributes)
        .collect();
    let rows = parts.products.iter().map(|product| {
        let names = [product.id.clone(), product.model.clone()].into_iter();
        names
            .chain(product.cells.iter().cloned())
            .collect::<Vec<String>>()
    });
    write_rows(std::iter::once(header).chain(rows))
}

fn settings(parts: &Parts<'_>, columns: &Columns) -> Vec<u8> {
    let mut named = Map::new();
    let mut name = |key: &str, name: Option<&str>| {
        if let Some(name) = name.filter(|name| *name != key) {
            named.insert(key.to_owned(), name.into());
        }
    };
    name("id", Some(&columns.id));
    name("model", Some(&columns.model));
    name("segment", columns.segment.as_deref());
    name("current brand", columns.owner.as_deref());
    name("brand", parts.brand);
    name("monthly_cost", parts.price);
    let mut settings = Map::new();
    let file = parts.sources.first().map_or("", String::as_str);
    settings.insert("title".to_owned(), study_title(file).into());
    let price = parts
        .draft
        .attributes
        .iter()
        .find(|found| Some(found.name.as_str()) == parts.price);
    let currency = price.and_then(|price| {
        let labels = price.levels.iter().map(|level| level.label.as_str());
        currency_of(&labels.collect::<Vec<_>>())
    });
    if let Some(currency) = currency {
        settings.insert("currency".to_owned(), currency.into());
    }
    if !named.is_empty() {
        settings.insert("columns".to_owned(), named.into());
    }
    if parts.scale != Scale::Raw || parts.options.accepts_rescaled {
        settings.insert("rescaled".to_owned(), true.into());
    }
    settings.insert("import".to_owned(), provenance(parts));
    // A map of texts and numbers always has a JSON form.
    let mut bytes = serde_json::to_vec_pretty(&settings).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Where the study comes from, and how the questions were answered.
fn provenance(parts: &Parts<'_>) -> Value {
    let options = parts.options;
    let numeric: Map<String, Value> = options
        .numeric
        .iter()
        .map(|(name, numbers)| (name.clone(), numbers.clone().into()))
        .collect();
    let mut answers = Map::new();
    let mut add = |key: &str, value: Value| {
        if !value.is_null() && value != json!({}) && value != json!([]) {
            answers.insert(key.to_owned(), value);
        }
    };
    let answer = |answer: &RoleAnswer| match answer {
        RoleAnswer::Proposed => Value::Null,
        RoleAnswer::Nothing => "no".into(),
        RoleAnswer::Named(name) => name.clone().into(),
    };
    let or = |found: Option<&str>, given: &RoleAnswer| match found {
        Some(found) => found.into(),
        None => answer(given),
    };
    add("brand", or(parts.brand, &options.brand));
    add("price", or(parts.price, &options.price));
    add(
        "segment",
        match options.segments.as_deref() {
            Some([]) => "no".into(),
            names => names.unwrap_or_default().into(),
        },
    );
    add("owner", answer(&options.owner));
    add("weight", answer(&options.weight));
    add("none", answer(&options.none));
    add("numeric", numeric.into());
    if let Some((low, high)) = options.price_range {
        add("price_range", json!([low, high]));
    }
    let centers: Map<String, Value> = options
        .centers
        .iter()
        .map(|(name, center)| (name.clone(), (*center).into()))
        .collect();
    add("centre", centers.into());
    json!({
        "format": parts.format,
        "files": parts.sources,
        "scale": parts.scale,
        "answers": answers,
        "assumed": parts.draft.assumed,
    })
}
