//! From levels to parameters: effects coding, dummy coding, and slopes.
//!
//! An attribute with `L` levels has `L − 1` parameters. In effects coding the last level has −1 on all of
//! them, so that its part-worth is minus the sum of the others; in dummy coding the first level has 0.
//! A linear attribute has one parameter, the utility of one unit. None has one, and zeros elsewhere.
//!
//! The sampler sees linear values in a unit that is a power of ten near the standard deviation of the
//! surveyed values, so that the prior means the same for prices in cents and in thousands.

use super::tasks::{AttributeKind, ChoiceSurvey, NOT_SHOWN, SurveyLevel};

/// How levels become columns of the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coding {
    /// The part-worths of an attribute sum to 0.
    Effects,
    /// The first level has part-worth 0.
    Dummy,
}

/// The name of None as an attribute.
pub const NONE: &str = "None";

/// What a printed parameter is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterName {
    /// The attribute; `None` for the constant of None.
    pub attribute: String,
    /// The level's text; empty for a linear attribute and None.
    pub level: String,
}

/// The columns of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Columns {
    /// From a first column on, one fewer than there are levels.
    Levels {
        first: usize,
        names: Vec<String>,
        /// The levels as a study writes them: numbers for numeric attributes.
        study_names: Vec<String>,
    },
    /// One column, the value divided by `unit`.
    Slope {
        column: usize,
        unit: f64,
        values: Vec<f64>,
    },
}

/// How the levels of a survey become parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct CodingPlan {
    /// Effects or dummies.
    pub coding: Coding,
    /// The attributes' names and columns.
    pub(crate) attributes: Vec<(String, Columns)>,
    /// The column of None.
    pub(crate) none: Option<usize>,
    /// How many parameters there are.
    pub width: usize,
}

impl CodingPlan {
    /// The plan for a survey.
    pub fn new(survey: &ChoiceSurvey, coding: Coding) -> Self {
        let mut width = 0;
        let attributes = survey.attributes.iter().map(|attribute| {
            let first = width;
            let columns = match attribute.kind {
                AttributeKind::Linear => {
                    let values: Vec<f64> = attribute
                        .levels
                        .iter()
                        .filter_map(|level| level.value)
                        .collect();
                    Columns::Slope {
                        column: first,
                        unit: unit_of(&values),
                        values,
                    }
                }
                AttributeKind::Categorical | AttributeKind::Numeric => Columns::Levels {
                    first,
                    names: attribute
                        .levels
                        .iter()
                        .map(|level| level.text.clone())
                        .collect(),
                    study_names: attribute
                        .levels
                        .iter()
                        .map(SurveyLevel::study_name)
                        .collect(),
                },
            };
            width += columns.width();
            (attribute.name.clone(), columns)
        });
        let attributes = attributes.collect();
        let none = survey.has_none.then_some(width);
        Self {
            coding,
            attributes,
            none,
            width: width + usize::from(none.is_some()),
        }
    }

    /// Writes the design of an alternative.
    pub(crate) fn write_row(&self, levels: &[u32], is_none: bool, row: &mut [f64]) {
        row.fill(0.0);
        if is_none {
            if let Some(entry) = self.none.and_then(|column| row.get_mut(column)) {
                *entry = 1.0;
            }
            return;
        }
        for ((_, columns), level) in self.attributes.iter().zip(levels) {
            if *level != NOT_SHOWN {
                columns.write(self.coding, *level as usize, row);
            }
        }
    }

    /// The names of the printed parameters: every level, slopes, None.
    pub fn parameter_names(&self) -> Vec<ParameterName> {
        let named = |attribute: &str, level: &str| ParameterName {
            attribute: attribute.to_owned(),
            level: level.to_owned(),
        };
        let mut all = Vec::new();
        for (attribute, columns) in &self.attributes {
            match columns {
                Columns::Levels { names, .. } => {
                    all.extend(names.iter().map(|level| named(attribute, level)))
                }
                Columns::Slope { .. } => all.push(named(attribute, "")),
            }
        }
        all.extend(self.none.map(|_| named(NONE, "")));
        all
    }

    /// Each printed parameter as a sum of parameters: columns with their factors.
    pub(crate) fn expansion(&self) -> Vec<Vec<(usize, f64)>> {
        let mut all = Vec::new();
        for (_, columns) in &self.attributes {
            match columns {
                Columns::Levels { .. } => all.extend(self.level_expansion(columns)),
                Columns::Slope { column, unit, .. } => all.push(vec![(*column, 1.0 / unit)]),
            }
        }
        all.extend(self.none.map(|column| vec![(column, 1.0)]));
        all
    }

    /// The part-worth of each level of an attribute as a sum of parameters; empty for a slope.
    pub(crate) fn level_expansion(&self, columns: &Columns) -> Vec<Vec<(usize, f64)>> {
        match columns {
            Columns::Levels { first, names, .. } => {
                let count = names.len();
                (0..count)
                    .map(|level| level_terms(self.coding, *first, count, level))
                    .collect()
            }
            Columns::Slope { .. } => Vec::new(),
        }
    }

    /// The names of the columns of a study's part-worths: attribute and level, None last.
    pub(crate) fn study_columns(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for (attribute, columns) in &self.attributes {
            match columns {
                Columns::Levels { study_names, .. } => {
                    all.extend(
                        study_names
                            .iter()
                            .map(|level| (attribute.clone(), level.clone())),
                    );
                }
                Columns::Slope { values, .. } => {
                    all.extend(ends(values).map(|value| (attribute.clone(), value.to_string())))
                }
            }
        }
        all.extend(self.none.map(|_| (NONE.to_owned(), NONE.to_owned())));
        all
    }

    /// Each column of a study's part-worths as a sum of parameters. A linear attribute is centered at
    /// the mean of its surveyed values and has two end levels; None moves along, so that no share
    /// changes.
    pub(crate) fn study_expansion(&self) -> Vec<Vec<(usize, f64)>> {
        let mut all = Vec::new();
        let mut none_terms = Vec::new();
        for (_, columns) in &self.attributes {
            match columns {
                Columns::Levels { .. } => all.extend(self.level_expansion(columns)),
                Columns::Slope {
                    column,
                    unit,
                    values,
                } => {
                    let center = mean(values);
                    all.extend(ends(values).map(|value| vec![(*column, (value - center) / unit)]));
                    none_terms.push((*column, -center / unit));
                }
            }
        }
        if let Some(column) = self.none {
            none_terms.push((column, 1.0));
            all.push(none_terms);
        }
        all
    }

    /// What the columns of the design are called in messages.
    pub(crate) fn column_names(&self) -> Vec<ParameterName> {
        let named = |attribute: &str, level: &str| ParameterName {
            attribute: attribute.to_owned(),
            level: level.to_owned(),
        };
        let skipped = usize::from(self.coding == Coding::Dummy);
        let mut all = Vec::new();
        for (attribute, columns) in &self.attributes {
            match columns {
                Columns::Levels { names, .. } => {
                    let levels = names.iter().skip(skipped).take(columns.width());
                    all.extend(levels.map(|level| named(attribute, level)));
                }
                Columns::Slope { .. } => all.push(named(attribute, "")),
            }
        }
        all.extend(self.none.map(|_| named(NONE, "")));
        all
    }
}

impl Columns {
    /// How many parameters.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::Levels { names, .. } => names.len().saturating_sub(1),
            Self::Slope { .. } => 1,
        }
    }

    fn write(&self, coding: Coding, level: usize, row: &mut [f64]) {
        match self {
            Self::Levels { first, names, .. } => {
                for (column, factor) in level_terms(coding, *first, names.len(), level) {
                    if let Some(entry) = row.get_mut(column) {
                        *entry = factor;
                    }
                }
            }
            Self::Slope {
                column,
                unit,
                values,
            } => {
                if let (Some(entry), Some(value)) = (row.get_mut(*column), values.get(level)) {
                    *entry = value / unit;
                }
            }
        }
    }
}

/// The part-worth of a level as a sum of parameters.
fn level_terms(coding: Coding, first: usize, count: usize, level: usize) -> Vec<(usize, f64)> {
    let last = count.saturating_sub(1);
    match coding {
        Coding::Effects if level == last => {
            (first..first + last).map(|column| (column, -1.0)).collect()
        }
        Coding::Effects => vec![(first + level, 1.0)],
        Coding::Dummy if level == 0 => Vec::new(),
        Coding::Dummy => vec![(first + level - 1, 1.0)],
    }
}

/// The sum of parameters that an expansion describes.
pub(crate) fn expand(terms: &[(usize, f64)], parameters: &[f64]) -> f64 {
    // An empty `sum()` would be −0.
    terms.iter().fold(0.0, |sum, (column, factor)| {
        sum + factor * parameters.get(*column).copied().unwrap_or(0.0)
    })
}

/// The lowest and the highest value.
fn ends(values: &[f64]) -> impl Iterator<Item = f64> {
    [values.first(), values.last()]
        .into_iter()
        .flatten()
        .copied()
}

/// The mean of the surveyed values.
pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The power of ten nearest to the standard deviation of the surveyed values.
fn unit_of(values: &[f64]) -> f64 {
    let center = mean(values);
    let squares: f64 = values
        .iter()
        .map(|value| (value - center) * (value - center))
        .sum();
    let deviation = (squares / values.len().saturating_sub(1).max(1) as f64).sqrt();
    match deviation > 0.0 {
        // A small whole number.
        true => libm::pow(10.0, libm::round(libm::log10(deviation))),
        false => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_powers_of_ten() {
        for (values, unit) in [
            (&[1.0, 2.0, 3.0][..], 1.0),
            (&[299.0, 499.0, 799.0, 1099.0], 1000.0),
            (&[0.01, 0.02, 0.03], 0.01),
            (&[5.0], 1.0),
        ] {
            assert!((unit_of(values) / unit - 1.0).abs() < 1e-12, "{values:?}");
        }
    }
}
