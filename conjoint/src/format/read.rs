//! Reading a study: every file, then every pair of files against each other.

use super::error::FormatError;
use super::file_names::{OFFERS, UTILITIES, VOLUMES, neutral_name};
use super::files::StudyFiles;
use super::market_files::MarketFiles;
use super::problem::{Place, Problems};
use super::table::read_header;
use super::utilities::Utilities;
use super::{availability, brands, draws, offers, prohibited, settings, utilities, weights};
use crate::index_vec::{BrandIndex, IndexVec, Position};
use crate::study::{BRAND, CustomNames, Schema, Settings, Study, StudyParts};

/// A study that was read from files.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyReading {
    /// The study.
    pub study: Study,
    /// What is unusual about the files, but does not keep the study from being used.
    pub warnings: Problems,
}

/// Reads and checks a study.
///
/// # Errors
/// Everything that is wrong with the files, warnings included, each with file, row and column.
///
/// # Examples
/// ```
/// use conjoint::format::{OFFERS, StudyFiles, read_study};
///
/// let mut files = StudyFiles::default();
/// files.insert(OFFERS, b"id,brand,model\n1,Audi,e-tron\n".to_vec());
/// let problems = read_study(&files).expect_err("the respondents' file is missing");
/// assert!(problems.has_errors());
/// for problem in &problems {
///     println!("{problem}");
/// }
/// ```
pub fn read_study(files: &StudyFiles) -> Result<StudyReading, Problems> {
    read_study_with_progress(files, &mut |_| {})
}

/// Reads and checks a study like [`read_study`], and calls `report` at most twenty times with
/// the fraction that was read of the respondents' file, which is nearly all of a large study.
///
/// # Errors
/// As [`read_study`].
pub fn read_study_with_progress(
    files: &StudyFiles,
    report: &mut dyn FnMut(f64),
) -> Result<StudyReading, Problems> {
    let mut problems = Problems::default();
    let parts = read_parts(files, &mut problems, report);
    problems.sort();
    let mut problems = problems.with_spellings(&files.names_in_messages());
    report_duplicates(files, &mut problems);
    let Some(parts) = parts.filter(|_| !problems.has_errors()) else {
        return Err(problems);
    };
    match Study::new(parts) {
        Ok(study) => {
            let mut warnings = Problems::default();
            prohibited::check_offers(&study, &mut warnings);
            for problem in &warnings.with_spellings(&files.names_in_messages()) {
                problems.add(problem.place.clone(), problem.error.clone());
            }
            Ok(StudyReading {
                study,
                warnings: problems,
            })
        }
        Err(error) => {
            problems.add(
                Place::file(files.spelling(UTILITIES)),
                FormatError::from(error),
            );
            Err(problems)
        }
    }
}

/// Reads the parts of a study; `None` if a file is too damaged, which is among the problems.
///
/// Every file is read, and every pair of existing files is matched, before the first `?`.
fn read_parts(
    files: &StudyFiles,
    problems: &mut Problems,
    report: &mut dyn FnMut(f64),
) -> Option<StudyParts> {
    let mut settings = settings::read(files, problems);
    let columns = &settings.columns.clone();
    let money = MarketFiles::read(files, problems);
    let offer_header = read_header(files.get(OFFERS).unwrap_or_default());
    let mut utility_header = utilities::header(files);
    let needs = Needs::new(money.is_some(), columns, [&offer_header, &utility_header]);
    let mut utilities = utilities::read(files, columns, needs, problems, report);
    let conditional = utilities.iter().flat_map(|read| &read.conditional).cloned();
    utility_header.extend(conditional);
    settings::match_columns(&settings, [&offer_header, &utility_header], problems);
    if let Some(utilities) = &mut utilities {
        // Money figures need all costs. Without them, a cost is an attribute if a file has it.
        utilities
            .add_costs(|name| money.is_some() || offer_header.iter().any(|column| column == name));
        if !needs.brand {
            let names = offers::read_names(files, columns);
            utilities.add_brand(names);
        }
    }
    note_scale(&mut settings, utilities.as_ref(), problems);
    let ids = utilities.as_ref().map(|utilities| utilities.ids.as_slice());
    let weights = weights::read(files, columns, ids, problems);
    let brand_names = match &money {
        Some(money) => money.brands().cloned(),
        None => utilities.as_ref().map(|read| read.brands(problems)),
    };
    let schema = utilities.as_ref();
    let schema = schema.and_then(|read| read_schema(read, columns, needs, brand_names.as_ref()));
    let offers = offers::read(files, columns, schema.as_ref(), money.is_some(), problems);
    if let Some(money) = &money {
        money.match_names(utilities.as_ref(), problems);
    }
    let brands = brand_names.as_ref().map(|names| {
        let elsewhere = if money.is_some() { VOLUMES } else { UTILITIES };
        brands::read(files, names, elsewhere, problems)
    });
    let segments = match &money {
        Some(money) => money.segments().cloned(),
        None => utilities.as_ref().map(|read| read.segments(problems)),
    };
    let market = match money {
        Some(money) => Some(money.market(problems)?),
        None => None,
    };
    let prohibited = schema
        .as_ref()
        .map_or_else(Vec::new, |schema| prohibited::read(files, schema, problems));
    let (names, segments, mut utilities) = (brand_names?, segments?, utilities?);
    let order = std::mem::take(&mut utilities.order);
    let mut respondents = utilities.respondents(&segments, &names, weights);
    respondents.draws = draws::read(files, respondents.len(), order, problems);
    let ((brands, parents), offers) = (brands?, offers?);
    respondents.excluded = availability::read(files, respondents.ids.as_slice(), &offers, problems);
    Some(StudyParts {
        schema: schema?,
        brands,
        parents,
        segments,
        offers,
        respondents,
        market,
        prohibited,
        settings,
    })
}

/// The attributes. Without a brand there are none; the missing column is already among the problems.
fn read_schema(
    utilities: &Utilities<'_>,
    columns: &CustomNames,
    needs: Needs,
    brands: Option<&IndexVec<BrandIndex, String>>,
) -> Option<Schema> {
    let levels = brands_of_levels(utilities.brand_levels(), brands);
    let attributes = utilities.attributes.clone();
    let mut schema = Schema::new(attributes, columns, needs.money, levels).ok()?;
    schema.set_units(utilities.units.iter().cloned());
    if !needs.brand {
        schema.mark_brand_as_implied();
    }
    utilities.add_interactions(&mut schema);
    Some(schema)
}

/// What a study must have.
#[derive(Clone, Copy)]
pub(crate) struct Needs {
    /// What money figures need: costs, a term, segments and current brands.
    pub(crate) money: bool,
    /// An attribute that is the brand.
    pub(crate) brand: bool,
}

impl Needs {
    /// Money figures need a brand, and so does a study that names one or has such a column.
    fn new(has_money: bool, columns: &CustomNames, headers: [&[String]; 2]) -> Self {
        let has_column = headers
            .iter()
            .any(|header| header.iter().any(|name| name == BRAND));
        Self {
            money: has_money,
            brand: has_money || columns.get(BRAND) != BRAND || has_column,
        }
    }
}

/// Recognizes zero-centered diffs, unless the settings say otherwise, and warns about rescaled
/// utilities.
fn note_scale(settings: &mut Settings, utilities: Option<&Utilities<'_>>, problems: &mut Problems) {
    if settings.rescaled.is_none() && utilities.is_some_and(Utilities::are_zero_centered) {
        settings.rescaled = Some(true);
    }
    if settings.rescaled == Some(true) {
        problems.add(Place::file(UTILITIES), FormatError::Rescaled);
    }
}

/// Reports tables that exist under both of their names.
fn report_duplicates(files: &StudyFiles, problems: &mut Problems) {
    for name in files.duplicates() {
        let spelling = files.spelling(name);
        let other = match spelling == name {
            true => neutral_name(name),
            false => name,
        };
        let other = other.to_owned();
        problems.add(Place::file(spelling), FormatError::TwoNames { other });
    }
}

/// The brand of each level of the brand attribute. A level that is not a brand becomes a problem
/// when the files are matched; until then it counts as the first brand.
fn brands_of_levels(
    levels: &[String],
    brands: Option<&IndexVec<BrandIndex, String>>,
) -> Vec<BrandIndex> {
    let find = |level: &String| brands.and_then(|brands| brands.position(|name| name == level));
    let brands = levels.iter().map(find);
    brands
        .map(|brand| brand.unwrap_or(BrandIndex::from_index(0)))
        .collect()
}
