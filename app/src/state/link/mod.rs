//! The state as the fragment of an address: what a reload, the Back button and a link restore.
//!
//! The fragment is a form's fields. Keys and values are those of the command line where it has
//! them: `set=9.monthly_cost=449` (with the second `=` escaped), `rule=rfc`. Each page's fields are
//! a table in a file of this folder. `study` is the digest of the study that the link belongs to.

mod choice_model;
mod field;
mod line;
mod offers;
mod optimizer;
mod sweep;
mod view;

use conjoint::study::Study;
use form_urlencoded::{Serializer, parse};

use super::{Page, Snapshot, State};
use field::LinkField;

/// The key of the study's digest.
const STUDY: &str = "study";
/// The key of the page.
const PAGE: &str = "page";

/// The fields of every page, in the order in which links write them. Offers are added before any
/// other field names them.
const TABLES: [&[LinkField]; 6] = [
    &offers::FIELDS,
    &choice_model::FIELDS,
    &view::FIELDS,
    &sweep::FIELDS,
    &optimizer::FIELDS,
    &line::FIELDS,
];

/// The digest of the study that a fragment belongs to, if it has one.
pub fn find_digest(fragment: &str) -> Option<String> {
    let mut fields = parse(fragment.as_bytes());
    let (_, digest) = fields.find(|(key, _)| key == STUDY)?;
    Some(digest.into_owned())
}

/// The field that assigns a fragment to the study with this digest.
pub fn study_field(digest: &str) -> String {
    format!("{STUDY}={digest}")
}

/// A field of a link that this study has nothing for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownField {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}

/// A link of another study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignLink {
    /// That study's digest.
    pub digest: String,
    /// The link's fields except the page.
    fields: Vec<(String, String)>,
}

/// What a fragment contains.
pub(super) struct OpenedLink {
    pub(super) snapshot: Snapshot,
    pub(super) unknown: Vec<UnknownField>,
    pub(super) foreign: Option<ForeignLink>,
}

/// Reads a fragment. One that belongs to another study than `digest` changes only the page; an
/// empty digest accepts every link.
pub(super) fn read(study: &Study, digest: &str, fragment: &str) -> OpenedLink {
    match find_digest(fragment) {
        Some(other) if !digest.is_empty() && other != digest => {
            read_foreign(study, other, fragment)
        }
        _ => read_own(study, fragment),
    }
}

fn read_foreign(study: &Study, digest: String, fragment: &str) -> OpenedLink {
    let fields = parse(fragment.as_bytes()).into_owned();
    let (pages, fields): (Vec<_>, Vec<_>) = fields.partition(|(key, _)| key == PAGE);
    let page = pages.last().and_then(|(_, page)| Page::from_id(page));
    OpenedLink {
        snapshot: Snapshot {
            page: page.unwrap_or_default(),
            ..Snapshot::new(study)
        },
        unknown: Vec::new(),
        foreign: Some(ForeignLink { digest, fields }),
    }
}

fn read_own(study: &Study, fragment: &str) -> OpenedLink {
    let mut snapshot = Snapshot::new(study);
    let mut unknown = Vec::new();
    let mut cleared = Vec::new();
    for (key, value) in parse(fragment.as_bytes()) {
        if read_field(&mut snapshot, study, &mut cleared, &key, &value).is_none() {
            let (key, value) = (key.into_owned(), value.into_owned());
            unknown.push(UnknownField { key, value });
        }
    }
    OpenedLink {
        snapshot,
        unknown,
        foreign: None,
    }
}

/// Takes a field over; `None` if there is nothing of that name. `cleared` are the keys of the lists
/// whose defaults were replaced.
fn read_field(
    snapshot: &mut Snapshot,
    study: &Study,
    cleared: &mut Vec<&'static str>,
    key: &str,
    value: &str,
) -> Option<()> {
    match key {
        STUDY => return Some(()),
        PAGE => {
            snapshot.page = Page::from_id(value)?;
            return Some(());
        }
        _ => {}
    }
    let mut fields = TABLES.into_iter().flatten();
    let field = fields.find(|field| field.key == key)?;
    if let Some(clear) = field.clear
        && !cleared.contains(&field.key)
    {
        cleared.push(field.key);
        clear(snapshot);
    }
    (field.read)(snapshot, study, value)
}

/// Writes the fragment of a state.
pub(super) fn write(state: &State) -> String {
    let mut fields = Serializer::new(String::new());
    let page = state.snapshot.page.id();
    if let Some(foreign) = state.foreign_link() {
        // As it was, so that it still restores everything once its own study is open.
        fields.extend_pairs(&foreign.fields);
        fields.append_pair(PAGE, page);
        return fields.finish();
    }
    if !state.digest.is_empty() {
        fields.append_pair(STUDY, &state.digest);
    }
    fields.append_pair(PAGE, page);
    let defaults = Snapshot::new(&state.study);
    for field in TABLES.into_iter().flatten() {
        for value in field.values(&state.snapshot, &defaults, &state.study) {
            fields.append_pair(field.key, &value);
        }
    }
    fields.finish()
}

/// The fields of the choice model that are not at their defaults, as keys and values.
pub(super) fn choice_model_fields(
    snapshot: &Snapshot,
    study: &Study,
) -> Vec<(&'static str, String)> {
    let defaults = Snapshot::new(study);
    let fields = choice_model::FIELDS.iter().flat_map(|field| {
        let values = field.values(snapshot, &defaults, study).into_iter();
        values.map(|value| (field.key, value))
    });
    fields.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_one_field() {
        let fields = TABLES.into_iter().flatten().map(|field| field.key);
        let mut keys: Vec<&str> = fields.chain([STUDY, PAGE]).collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }
}
