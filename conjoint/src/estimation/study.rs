//! Part-worths as a study that the simulator opens, with a proposal of offers.

use serde_json::{Map, Value};

use super::coding::{CodingPlan, NONE};
use super::error::EstimationError;
use super::estimate::{Estimation, EstimationSettings, Model};
use super::tasks::{AttributeKind, ChoiceSurvey, SurveyAttribute, SurveyLevel};
use crate::csv_text::write_rows;
use crate::format::usual_names::{self, currency_of, study_title};
use crate::format::{
    DRAWS, ESTIMATION, OFFERS, SETTINGS, StudyFiles, UTILITIES, neutral_name, read_study, write_npy,
};
use crate::study::{BRAND, MONTHLY_COST};

/// The brand of a study without a categorical attribute.
const ONLY_BRAND: (&str, &str) = (BRAND, "Product");

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

/// The names of the files that [`Estimation::write_study`] writes after an estimate with these settings.
pub fn study_file_names(settings: &EstimationSettings) -> Vec<&'static str> {
    let mut names = vec![UTILITIES, OFFERS, SETTINGS, ESTIMATION];
    if settings.model == Model::Hierarchical && settings.keep > 0 {
        names.push(DRAWS);
    }
    names.into_iter().map(neutral_name).collect()
}

impl Estimation {
    /// The files of a study with these part-worths, a proposal of offers, the draws, and the complete
    /// report: one offer per brand at the middle price and the first level of the rest.
    ///
    /// Only this and [`study_file_names`] know the names of the files.
    ///
    /// # Errors
    /// Names that cannot be those of a study, such as an attribute called `id`.
    pub fn write_study(&self, survey: &ChoiceSurvey) -> Result<StudyFiles, EstimationError> {
        let price = find_price(survey);
        let brand = find_brand(survey, price);
        let mut files = StudyFiles::default();
        files.insert(UTILITIES, self.utilities_csv(brand));
        files.insert(OFFERS, offers_csv(survey, brand, price));
        let title = match self.report.converged {
            true => study_title(&survey.source),
            false => format!("{} (not converged)", study_title(&survey.source)),
        };
        files.insert(SETTINGS, settings_json(title, brand, price));
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

/// The categorical attribute that says who sells a product: by name, else the first one that is not the price.
fn find_brand<'s>(
    survey: &'s ChoiceSurvey,
    price: Option<&SurveyAttribute>,
) -> Option<&'s SurveyAttribute> {
    let categorical = || {
        let attributes = survey.attributes.iter();
        attributes.filter(|attribute| {
            attribute.kind == AttributeKind::Categorical && !is_same(attribute, price)
        })
    };
    let named = categorical().find(|attribute| usual_names::is_brand(&attribute.name));
    named.or_else(|| categorical().next())
}

/// The attribute that says what a product costs: by name, if its levels are numbers.
fn find_price(survey: &ChoiceSurvey) -> Option<&SurveyAttribute> {
    survey.attributes.iter().find(|attribute| {
        usual_names::is_price(&attribute.name)
            && usual_names::read_numbers(&attribute.study_levels()).is_some()
    })
}

/// One offer per brand at the middle price and the first level of the rest.
fn offers_csv(
    survey: &ChoiceSurvey,
    brand: Option<&SurveyAttribute>,
    price: Option<&SurveyAttribute>,
) -> Vec<u8> {
    let attributes = survey.attributes.iter();
    let others = attributes.filter(|attribute| !is_same(attribute, brand));
    let others: Vec<&SurveyAttribute> = others.collect();
    let brand_name = brand.map_or(ONLY_BRAND.0, |brand| &brand.name);
    let mut header = vec!["id", brand_name, "model"];
    header.extend(others.iter().map(|attribute| attribute.name.as_str()));
    let header: Vec<String> = header.into_iter().map(str::to_owned).collect();
    let brands = match brand {
        Some(brand) => brand.study_levels(),
        None => vec![ONLY_BRAND.1.to_owned()],
    };
    let rows = brands.into_iter().enumerate().map(|(place, brand)| {
        let mut row = vec![(place + 1).to_string(), brand, String::new()];
        row.extend(others.iter().map(|attribute| {
            // Of an even number of prices the lower middle one.
            let level = match is_same(attribute, price) {
                true => attribute.levels.len().saturating_sub(1) / 2,
                false => 0,
            };
            let level = attribute.levels.get(level);
            level.map(SurveyLevel::study_name).unwrap_or_default()
        }));
        row
    });
    write_rows(std::iter::once(header).chain(rows))
}

fn is_same(one: &SurveyAttribute, other: Option<&SurveyAttribute>) -> bool {
    other.is_some_and(|other| std::ptr::eq(one, other))
}

/// The title, the currency, and which attributes are the brand and the price.
fn settings_json(
    title: String,
    brand: Option<&SurveyAttribute>,
    price: Option<&SurveyAttribute>,
) -> Vec<u8> {
    let mut settings = Map::new();
    settings.insert("title".to_owned(), title.into());
    if let Some(currency) = price.and_then(|price| currency_of(&price.study_levels())) {
        settings.insert("currency".to_owned(), currency.into());
    }
    let roles = [(BRAND, brand), (MONTHLY_COST, price)].into_iter();
    let columns: Map<String, Value> = roles
        .filter_map(|(role, attribute)| Some((role, &attribute?.name)))
        .filter(|(role, name)| role != name)
        .map(|(role, name)| (role.to_owned(), name.as_str().into()))
        .collect();
    if !columns.is_empty() {
        settings.insert("columns".to_owned(), columns.into());
    }
    // A map of texts always has a JSON form.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_written_if_any_are_kept() {
        let names = |keep| {
            study_file_names(&EstimationSettings {
                keep,
                ..EstimationSettings::new(Model::Hierarchical)
            })
        };
        assert!(names(500).contains(&DRAWS));
        assert!(!names(0).contains(&DRAWS));
    }
}
