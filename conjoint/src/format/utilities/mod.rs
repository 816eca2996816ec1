//! `UtilityScoresEV.csv`: the respondents and their part-worths, below two header rows.
//!
//! Reading is a pipeline: the two header rows become a [`Header`] with the attributes, a
//! [`RowSource`] (CSV cells, or the packed form) gives one row per respondent, and [`Utilities`]
//! checks their names against the other files.

mod attributes;
mod header;
mod interactions;
mod names;
mod rows;
mod scale;

use nalgebra::DMatrix;

use self::header::Header;
use self::interactions::InteractionGroup;
pub(crate) use self::interactions::split_pairs;
pub(crate) use self::names::{EVERYBODY, MAX_GROUPS};
use self::rows::{RowSource, Rows};
use super::file_names::UTILITIES;
use super::files::StudyFiles;
use super::packed::{PACKED, Packed};
use super::problem::Problems;
use super::read::Needs;
use super::table::{Table, read_header};
use crate::csv_text::{write_number, write_rows};
use crate::index_vec::{AttributeIndex, Position};
use crate::study::interaction::interaction_name;
use crate::study::names::{BRAND, ID, MONTHLY_COST, NONE, OWNER, SEGMENT, TERM, UPFRONT_COST};
use crate::study::{CustomNames, Effect, Levels, Schema, Study, Unit};

/// The content of the file, with the names of segments and brands not yet resolved.
pub(crate) struct Utilities<'c> {
    /// What the study calls the columns that the model knows.
    columns: &'c CustomNames,
    /// Names and levels, in the order of the part-worths' columns.
    pub(crate) attributes: Vec<(String, Levels)>,
    /// The units of the attributes.
    pub(crate) units: Vec<Unit>,
    interactions: Vec<InteractionGroup>,
    /// The attributes that were surveyed only together with another one.
    pub(crate) conditional: Vec<String>,
    pub(crate) ids: Vec<String>,
    groups: Vec<Groups>,
    part_worths: DMatrix<f64>,
    /// At which place among the file's part-worths each column is.
    pub(crate) order: Vec<usize>,
    /// The column of the part-worths for choosing nothing.
    none_column: Option<usize>,
    /// The line of the header row that names the levels.
    levels_line: u64,
}

/// The groups that a respondent belongs to, by name. A name is empty if the file has no such
/// column.
struct Groups {
    segment: String,
    owner: String,
    /// The line of the respondent.
    line: u64,
}

/// The names in the first header row, whatever else is wrong with the file.
pub(crate) fn header(files: &StudyFiles) -> Vec<String> {
    let packed = || files.get(PACKED).and_then(Packed::parse);
    let text = files.get(UTILITIES);
    let text = text.or_else(|| packed().map(|packed| packed.headers));
    read_header(text.unwrap_or_default())
}

/// Reads the file on its own, and reports the fraction that has been read. Without money figures, the
/// columns of segments and current brands are optional.
pub(crate) fn read<'c>(
    files: &StudyFiles,
    columns: &'c CustomNames,
    needs: Needs,
    problems: &mut Problems,
    report: &mut dyn FnMut(f64),
) -> Option<Utilities<'c>> {
    let packed = Packed::find(files, problems)?;
    let names = header(files);
    let expected = [
        columns.name_in_header(ID, &names),
        columns.get(SEGMENT),
        columns.get(OWNER),
    ];
    let mut table = match &packed {
        None => Table::open(UTILITIES, files, &expected, problems),
        Some(packed) => Table::open_bytes(UTILITIES, packed.headers, &expected, problems),
    }?;
    let header = Header::read(&mut table, expected, columns, needs, problems)?;
    let source = match packed {
        None => RowSource::from_csv(table, &header),
        Some(packed) => RowSource::from_packed(packed, &header, problems)?,
    };
    let Rows {
        ids,
        groups,
        part_worths,
    } = source.read(problems, report)?;
    let order = header.file_order();
    Some(Utilities {
        columns,
        attributes: header.attributes,
        units: header.units,
        interactions: header.interactions,
        conditional: header.conditional,
        ids,
        groups,
        part_worths,
        order,
        none_column: header.none_column,
        levels_line: header.levels_line,
    })
}

impl Utilities<'_> {
    /// Adds the costs that were not surveyed and that `is_needed` selects by name: they have no
    /// part-worth, but offers have prices.
    pub(crate) fn add_costs(&mut self, is_needed: impl Fn(&str) -> bool) {
        for name in [MONTHLY_COST, UPFRONT_COST, TERM].map(|key| self.columns.get(key)) {
            let mut attributes = self.attributes.iter();
            if is_needed(name) && !attributes.any(|(other, _)| other == name) {
                let levels = Levels::Numeric(Vec::new());
                self.attributes.push((name.to_owned(), levels));
                self.units.push(Unit::default());
            }
        }
    }

    /// Adds the interactions to a schema with the attributes.
    pub(crate) fn add_interactions(&self, schema: &mut Schema) {
        let interactions = self.interactions.iter();
        let interactions = interactions
            .filter_map(|group| group.resolve(schema))
            .collect();
        let conditional = self.conditional.iter().filter_map(|name| schema.find(name));
        let conditional: Vec<AttributeIndex> = conditional.collect();
        schema.set_interactions(interactions, &conditional);
    }

    /// Adds a brand to a study without one: each product is its own, by its name.
    pub(crate) fn add_brand(&mut self, products: Vec<String>) {
        let levels = Levels::Categorical(products);
        self.attributes.push((BRAND.to_owned(), levels));
        self.units.push(Unit::default());
    }
}

/// The name of an interaction in the file.
fn interaction_of(schema: &Schema, place: usize) -> String {
    let interaction = schema.interactions().get(place);
    interaction.map_or_else(String::new, |interaction| {
        let name = |attribute: AttributeIndex| schema.attributes[attribute].name.as_str();
        interaction_name(name(interaction.base), name(interaction.dependent))
    })
}

/// Writes the respondents so that [`read`] reads them back.
pub(crate) fn to_csv(study: &Study) -> Vec<u8> {
    let schema = &study.schema;
    let surveyed = schema.effects().flat_map(|effect| {
        let name = match effect {
            Effect::Attribute(_) => schema.effect_name(effect),
            Effect::Interaction(place) => interaction_of(schema, place),
        };
        let levels = schema.effect_levels(effect).into_iter();
        levels.map(move |level| (name.clone(), level))
    });
    let people = &study.respondents;
    let none = people
        .none_column
        .map(|_| (NONE.to_owned(), NONE.to_owned()));
    let (names, levels): (Vec<String>, Vec<String>) = surveyed.chain(none).unzip();
    let columns = &study.settings.columns;
    let has_owners = !people.owners.is_empty();
    let mut groups = vec![columns.get(ID), columns.get(SEGMENT)];
    groups.extend(has_owners.then(|| columns.get(OWNER)));
    let groups = || groups.iter().map(|name| (*name).to_owned());
    let headers = [
        groups().chain(names).collect::<Vec<String>>(),
        groups().chain(levels).collect(),
    ];
    let rows = people.ids.enumerate().map(|(respondent, id)| {
        let segment = study.segments[people.segments[respondent]].clone();
        let owner = people.owners.get(respondent);
        let owner = owner.map(|owner| study.brands[*owner].name.clone());
        let row = people.part_worths.row(respondent.index());
        [id.clone(), segment]
            .into_iter()
            .chain(owner)
            .chain(row.iter().copied().map(write_number))
            .collect()
    });
    write_rows(headers.into_iter().chain(rows))
}
