//! The state as an address's fragment: what reload, Back and a sent link restore.
//!
//! Written as a form's fields, with the command line's words: `set=9.monthly_cost=449` (with the
//! second `=` escaped), `withdraw=3`, `add=14:9` (offer 14, a copy of 9), `draft=9.term=x` for a
//! text that cannot be used, `rule=rfc`, `segment=Gen X` and `available=9:0.6` for the method,
//! `monthly=9:399:499:20:399` for a sweep's row, `vary=9.monthly_cost=399:499:20` and `objective=ebit`
//! for the optimizer, and the pages' options.
//! `study=0123456789abcdef` is the digest of the study that all of it is of.

use conjoint::index_vec::ProductIndex;
use conjoint::optimizer::{OptimizerRequest, suggest_request};
use conjoint::simulation::scenario::{EditList, Verb};
use conjoint::study::ProductId;
use conjoint::study::Study;
use conjoint::sweep::Cost;
use form_urlencoded::{Serializer, byte_serialize, parse};

use super::{
    Analysis, Edits, Kind, LockstepView, Page, RELATIVES, Row, Setting, Setup, State, Sweep, Tiers,
    View, optimizer,
};

/// The digest of the study that a fragment is about, where it says.
pub fn digest_in(fragment: &str) -> Option<String> {
    let mut fields = parse(fragment.as_bytes());
    let (_, digest) = fields.find(|(key, _)| key == STUDY)?;
    Some(digest.into_owned())
}

/// The field by which a fragment says of which study it is.
pub fn study_field(digest: &str) -> String {
    format!("{STUDY}={digest}")
}

/// What a fragment holds.
pub(super) struct Opened {
    pub(super) edits: Edits,
    pub(super) setup: Setup,
    pub(super) page: Page,
    pub(super) view: View,
    pub(super) sweep: Sweep,
    pub(super) optimizer: OptimizerRequest,
    pub(super) unknown: Vec<String>,
    pub(super) foreign: Option<ForeignLink>,
}

/// A link of another study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignLink {
    /// That study's digest.
    pub digest: String,
    /// The link's fields but the page.
    fields: Vec<(String, String)>,
}

/// The key of the study's digest.
const STUDY: &str = "study";
/// The key of the page.
const PAGE: &str = "page";

impl Opened {
    fn none(study: &Study) -> Self {
        Self {
            edits: Edits::none(study),
            setup: Setup::default(),
            page: Page::default(),
            view: View::default(),
            sweep: Sweep::new(study),
            optimizer: suggest_request(study),
            unknown: Vec::new(),
            foreign: None,
        }
    }
}

/// Nothing but the page of a fragment that names another study than this one.
pub(super) fn read_foreign(study: &Study, own: &str, fragment: &str) -> Option<Opened> {
    let digest = digest_in(fragment)?;
    if own.is_empty() || digest == own {
        return None;
    }
    let fields = parse(fragment.as_bytes()).into_owned();
    let (pages, fields): (Vec<_>, Vec<_>) = fields.partition(|(key, _)| key == PAGE);
    let page = pages.last().and_then(|(_, page)| Page::named(page));
    let foreign = ForeignLink { digest, fields };
    Some(Opened {
        page: page.unwrap_or_default(),
        foreign: Some(foreign),
        ..Opened::none(study)
    })
}

/// Reads a fragment; what this study does not have is told and left out.
pub(super) fn read(study: &Study, fragment: &str) -> Opened {
    let mut opened = Opened::none(study);
    let mut written = Vec::new();
    let mut varies = false;
    for (key, value) in parse(fragment.as_bytes()) {
        let known = match Kind::ALL.into_iter().find(|kind| table_key(*kind) == key) {
            Some(kind) => {
                // A table that is written is there instead of the default one.
                if !written.contains(&kind) {
                    written.push(kind);
                    opened.sweep.table_mut(kind).clear();
                }
                apply_row(&mut opened.sweep, kind, &value)
            }
            None => optimizer::enter(&mut opened.optimizer, &mut varies, &key, &value)
                .or_else(|| apply(study, &mut opened, &key, &value)),
        };
        if known.is_none() {
            opened.unknown.push(format!("{key} {value}"));
        }
    }
    opened
}

/// Takes one field over; `None` if it asks for what is not there.
fn apply(study: &Study, opened: &mut Opened, key: &str, value: &str) -> Option<()> {
    let product = |edits: &Edits, id: &str| edits.scenario().find(id);
    let Opened {
        edits,
        setup,
        view,
        sweep,
        ..
    } = opened;
    match key {
        "set" | "draft" => {
            let (product, attribute, text) = edits.scenario().find_cell(study, value)?;
            edits.set(study, product, attribute, text);
        }
        "add" => edits.enter(study, Verb::Add, value)?,
        "withdraw" => edits.enter(study, Verb::Withdraw, value)?,
        STUDY => {}
        PAGE => opened.page = Page::named(value)?,
        "more" => view.show_all_attributes = value == "true",
        "chosen" => view.selected_product = Some(id_of(edits, product(edits, value)?)),
        "competing" => view.competing_product = Some(id_of(edits, product(edits, value)?)),
        "priced" => view.priced_product = Some(id_of(edits, product(edits, value)?)),
        "tiers" => view.tiers = Tiers::ALL.into_iter().find(|t| t.label() == value)?,
        "focal" => view.focal_brand = study.find_brand(value).map(|_| Some(value.to_owned()))?,
        "worths" => {
            let mut surveyed = study.schema().surveyed();
            surveyed.find(|own| study.schema().attributes()[*own].name == value)?;
            view.part_worth_attribute = Some(value.to_owned());
        }
        "apart" => view.compare_segments = value == "true",
        "analysis" if value == GRID => sweep.analysis = Analysis::Grid,
        "attribute" => {
            let has = |cost: &Cost| cost.attribute(study.schema()).is_some();
            sweep.cost = Cost::from_column(value).filter(has)?;
        }
        "view" => sweep.view = LockstepView::ALL.into_iter().find(|v| v.label() == value)?,
        "change" => {
            let (relative, _) = RELATIVES.into_iter().find(|(_, label)| *label == value)?;
            sweep.relative = relative;
        }
        "point" => sweep.point = Some(value.parse::<usize>().ok()?.checked_sub(1)?),
        _ => {
            let (setting, text) = Setting::read(edits.scenario(), key, value)?;
            setup.enter(study, setting, text)?;
        }
    }
    Some(())
}

/// Takes over a row of a sweep's table; an empty one says that the table has none.
fn apply_row(sweep: &mut Sweep, kind: Kind, value: &str) -> Option<()> {
    if value.is_empty() {
        return Some(());
    }
    let mut parts = value.split(':').map(unescaped);
    let product = parts.next()?.trim().to_owned();
    let texts: Vec<String> = parts.collect();
    if texts.len() != kind.columns().len() {
        return None;
    }
    sweep.table_mut(kind).push(Row { product, texts });
    Some(())
}

/// The key of a table's rows.
fn table_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Lockstep(Cost::Monthly) => "monthly",
        Kind::Lockstep(Cost::Upfront) => "upfront",
        Kind::Grid => GRID,
    }
}

/// The grid, as analysis and as table.
const GRID: &str = "grid";

/// A row as the command line writes it; what would look like a separator is escaped.
fn row_text(row: &Row) -> String {
    let parts = std::iter::once(&row.product).chain(&row.texts);
    let escaped = parts.map(|part| byte_serialize(part.as_bytes()).collect::<String>());
    escaped.collect::<Vec<_>>().join(":")
}

fn unescaped(part: &str) -> String {
    let pair = parse(part.as_bytes()).next();
    pair.map_or(String::new(), |(text, _)| text.into_owned())
}

fn id_of(edits: &Edits, product: ProductIndex) -> ProductId {
    edits.scenario().offers()[product].id.clone()
}

/// Writes a state; what is as the study has it, or as it is at first, is left out.
pub(super) fn write(state: &State) -> String {
    let mut fields = Serializer::new(String::new());
    if let Some(foreign) = state.foreign() {
        // Kept as it is: with its own study it shows all that it asks for.
        fields.extend_pairs(&foreign.fields);
        fields.append_pair(PAGE, state.page.id());
        return fields.finish();
    }
    if !state.digest.is_empty() {
        fields.append_pair(STUDY, &state.digest);
    }
    fields.append_pair(PAGE, state.page.id());
    write_edits(&mut fields, &state.study, &state.edits);
    fields.extend_pairs(state.setup.fields(&state.study));
    write_view(&mut fields, &state.view);
    write_sweep(&mut fields, &state.study, &state.sweep);
    fields.extend_pairs(optimizer::fields(&state.study, &state.optimizer));
    fields.finish()
}

fn write_edits(fields: &mut Serializer<'_, String>, study: &Study, edits: &Edits) {
    let list = EditList::from_scenario(study, edits.scenario());
    for (verb, text) in list.entries() {
        fields.append_pair(verb.word(), text);
    }
    for (id, attribute, draft) in edits.drafts() {
        let column = &study.schema().attributes()[attribute].name;
        fields.append_pair("draft", &format!("{id}.{column}={}", draft.text));
    }
}

fn write_view(fields: &mut Serializer<'_, String>, view: &View) {
    for (key, is_on) in [
        ("more", view.show_all_attributes),
        ("apart", view.compare_segments),
    ] {
        if is_on {
            fields.append_pair(key, "true");
        }
    }
    for (key, id) in [
        ("chosen", &view.selected_product),
        ("competing", &view.competing_product),
        ("priced", &view.priced_product),
    ] {
        if let Some(id) = id {
            fields.append_pair(key, id.as_str());
        }
    }
    if view.tiers != Tiers::default() {
        fields.append_pair("tiers", view.tiers.label());
    }
    for (key, name) in [
        ("focal", &view.focal_brand),
        ("worths", &view.part_worth_attribute),
    ] {
        if let Some(name) = name {
            fields.append_pair(key, name);
        }
    }
}

fn write_sweep(fields: &mut Serializer<'_, String>, study: &Study, sweep: &Sweep) {
    let first = Sweep::new(study);
    if sweep.analysis == Analysis::Grid {
        fields.append_pair("analysis", GRID);
    }
    if sweep.cost != first.cost {
        fields.append_pair("attribute", sweep.cost.column());
    }
    if sweep.view != first.view {
        fields.append_pair("view", sweep.view.label());
    }
    let chosen = RELATIVES.iter().find(|(other, _)| *other == sweep.relative);
    if let Some((_, label)) = chosen.filter(|_| sweep.relative != first.relative) {
        fields.append_pair("change", label);
    }
    if let Some(point) = sweep.point {
        fields.append_pair("point", &(point + 1).to_string());
    }
    for kind in Kind::ALL {
        let table = sweep.table_of(kind);
        if table == first.table_of(kind) {
            continue;
        }
        let rows = table.iter().map(row_text);
        let none = table.is_empty().then(String::new);
        for row in rows.chain(none) {
            fields.append_pair(table_key(kind), &row);
        }
    }
}
