//! Part-worths as a study that the simulator opens, with a proposal of offers.

use super::coding::{CodingPlan, NONE};
use super::error::EstimationError;
use super::estimate::Estimation;
use super::tasks::{AttributeKind, ChoiceSurvey, SurveyAttribute};
use crate::csv_text::write_rows;
use crate::format::{
    DRAWS, ESTIMATION, OFFERS, SETTINGS, StudyFiles, UTILITIES, read_study, write_npy,
};

/// The brand of a study without a categorical attribute.
const ONLY_BRAND: (&str, &str) = ("brand", "Product");

/// The part-worths of respondents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartWorths {
    /// The respondents' ids.
    pub ids: Vec<String>,
    /// Attribute and level of each column; None last.
    pub columns: Vec<(String, String)>,
    /// Respondents × columns, in utility units.
    pub values: Vec<Vec<f64>>,
}

/// Draws of the part-worths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draws {
    /// How many respondents.
    pub respondents: usize,
    /// How many draws of each.
    pub draws: usize,
    /// How many columns, as those of [`PartWorths`].
    pub columns: usize,
    /// Respondents × draws × columns.
    pub values: Vec<f32>,
}

impl Draws {
    /// The draws as a file in NumPy's format; with a first column of zeros if the respondents' file gets
    /// one for a brand that was not surveyed.
    fn to_npy(&self, has_added_brand: bool) -> Vec<u8> {
        let shape = |columns| [self.respondents, self.draws, columns];
        if !has_added_brand {
            return write_npy(shape(self.columns), &self.values);
        }
        let rows = self.values.chunks(self.columns.max(1));
        let values: Vec<f32> = rows.flat_map(|row| [&[0.0], row].concat()).collect();
        write_npy(shape(self.columns + 1), &values)
    }
}

impl Estimation {
    /// The files of a study with these part-worths, a proposal of offers, the draws, and the complete
    /// report: one offer per brand at the middle price and the first level of the rest.
    ///
    /// This is the only place that knows the names of the files.
    ///
    /// # Errors
    /// Names that cannot be those of a study, such as an attribute called `id`.
    pub fn write_study(&self, survey: &ChoiceSurvey) -> Result<StudyFiles, EstimationError> {
        let brand = find_brand(survey);
        let mut files = StudyFiles::default();
        files.insert(UTILITIES, self.utilities_csv(brand));
        files.insert(OFFERS, offers_csv(survey, brand));
        files.insert(SETTINGS, settings_json(brand, self.report.converged));
        if let Err(problems) = read_study(&files) {
            let problems: Vec<String> = (&problems).into_iter().map(ToString::to_string).collect();
            return Err(EstimationError::Study(problems.join("; ")));
        }
        if let Some(draws) = &self.draws {
            files.insert(DRAWS, draws.to_npy(brand.is_none()));
        }
        files.insert(ESTIMATION, self.report.to_complete_json());
        Ok(files.with_neutral_names())
    }

    /// Two header rows, and a row per respondent.
    fn utilities_csv(&self, brand: Option<&SurveyAttribute>) -> Vec<u8> {
        let added = match brand {
            Some(_) => None,
            None => Some(ONLY_BRAND),
        };
        let header = |first: Option<&str>, of: fn(&(String, String)) -> &String| {
            let mut row = vec!["id".to_owned()];
            row.extend(first.map(str::to_owned));
            row.extend(
                self.part_worths
                    .columns
                    .iter()
                    .map(|column| of(column).clone()),
            );
            row
        };
        let rows = self
            .part_worths
            .ids
            .iter()
            .zip(&self.part_worths.values)
            .map(|(id, values)| {
                let mut row = vec![id.clone()];
                row.extend(added.map(|_| "0".to_owned()));
                row.extend(values.iter().map(f64::to_string));
                row
            });
        let headers = [
            header(added.map(|(attribute, _)| attribute), |column| &column.0),
            header(added.map(|(_, level)| level), |column| &column.1),
        ];
        write_rows(headers.into_iter().chain(rows))
    }
}

/// Whether a name contains one of several words.
fn contains_any(name: &str, words: &[&str]) -> bool {
    let name = name.to_lowercase();
    words.iter().any(|word| name.contains(word))
}

/// The attribute that says who sells a product: by name, else the first categorical one.
fn find_brand(survey: &ChoiceSurvey) -> Option<&SurveyAttribute> {
    const WORDS: &[&str] = &[
        "brand",
        "marke",
        "marque",
        "marca",
        "make",
        "manufacturer",
        "company",
        "provider",
    ];
    let categorical = || {
        survey
            .attributes
            .iter()
            .filter(|attribute| attribute.kind == AttributeKind::Categorical)
    };
    let named = categorical().find(|attribute| contains_any(&attribute.name, WORDS));
    named.or_else(|| categorical().next())
}

fn is_price(attribute: &SurveyAttribute) -> bool {
    contains_any(
        &attribute.name,
        &["price", "preis", "prix", "precio", "prezzo", "cost", "fee"],
    )
}

/// One offer per brand at the middle price and the first level of the rest.
fn offers_csv(survey: &ChoiceSurvey, brand: Option<&SurveyAttribute>) -> Vec<u8> {
    let others = survey
        .attributes
        .iter()
        .filter(|attribute| brand.is_none_or(|brand| !std::ptr::eq(*attribute, brand)));
    let others: Vec<&SurveyAttribute> = others.collect();
    let brand_name = brand.map_or(ONLY_BRAND.0, |brand| &brand.name);
    let mut header = vec!["id", brand_name, "model"];
    header.extend(others.iter().map(|attribute| attribute.name.as_str()));
    let header: Vec<String> = header.into_iter().map(str::to_owned).collect();
    let brands: Vec<String> = match brand {
        Some(brand) => brand
            .levels
            .iter()
            .map(|level| level.text.clone())
            .collect(),
        None => vec![ONLY_BRAND.1.to_owned()],
    };
    let rows = brands.into_iter().enumerate().map(|(place, brand)| {
        let mut row = vec![(place + 1).to_string(), brand, String::new()];
        row.extend(others.iter().map(|attribute| {
            // Of an even number of prices the lower middle one.
            let level = if is_price(attribute) {
                attribute.levels.len().saturating_sub(1) / 2
            } else {
                0
            };
            attribute
                .levels
                .get(level)
                .map(|level| level.study_name())
                .unwrap_or_default()
        }));
        row
    });
    write_rows(std::iter::once(header).chain(rows))
}

/// The title, which says so if the chains have not converged, and which attribute is the brand.
fn settings_json(brand: Option<&SurveyAttribute>, has_converged: bool) -> Vec<u8> {
    let title = match has_converged {
        true => "Estimated study",
        false => "Estimated study (not converged)",
    };
    let mut settings = serde_json::json!({ "title": title });
    if let (Some(brand), Some(object)) = (
        brand.filter(|brand| brand.name != ONLY_BRAND.0),
        settings.as_object_mut(),
    ) {
        object.insert(
            "columns".to_owned(),
            serde_json::json!({ "brand": brand.name }),
        );
    }
    let mut bytes = serde_json::to_vec_pretty(&settings).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The part-worths that parameters give.
pub(crate) fn part_worths(
    plan: &CodingPlan,
    ids: Vec<String>,
    parameters: &[Vec<f64>],
) -> PartWorths {
    let expansion = plan.study_expansion();
    let rows = parameters.iter().map(|b| {
        expansion
            .iter()
            .map(|terms| super::coding::expand(terms, b))
            .collect()
    });
    debug_assert!(
        plan.none.is_none()
            || plan
                .study_columns()
                .last()
                .is_some_and(|(name, _)| name == NONE)
    );
    PartWorths {
        ids,
        columns: plan.study_columns(),
        values: rows.collect(),
    }
}
