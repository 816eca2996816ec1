//! A choice model prepared for a study: what choices need, computed once.

use std::sync::Arc;

use super::availability;
use super::draws::RandomErrors;
use super::utility::WITHDRAWN;
use super::{ChoiceModel, NoneOption, Rule};
use crate::study::{ProductId, Study};

/// A choice model prepared for a study's respondents.
#[derive(Clone, Debug)]
pub(crate) struct Chooser {
    pub(crate) rule: Rule,
    /// The scale factor s.
    pub(crate) scale: f64,
    /// The utility of None by respondent; −∞ without None.
    pub(crate) none: Vec<f64>,
    /// The random errors of the levels, for a rule that uses draws.
    pub(super) errors: Option<Arc<RandomErrors>>,
    /// The scale σ of the errors.
    pub(super) error_scale: f64,
    constants: Vec<(ProductId, f64)>,
    /// The respondents who cannot buy a product, by their positions.
    excluded: Vec<(ProductId, Vec<usize>)>,
}

impl Chooser {
    /// Prepares the model for `selected`, the study with only the included respondents of
    /// `full_study`. The scale of the errors is 1.
    pub(crate) fn new(full_study: &Study, selected: &Study, model: &ChoiceModel) -> Self {
        let respondents = selected.respondents().len();
        let none = match (model.none, selected.respondents().none()) {
            (NoneOption::Utility(utility), _) => vec![utility; respondents],
            (NoneOption::Surveyed, Some(utilities)) => utilities.to_vec(),
            (NoneOption::Surveyed | NoneOption::Off, _) => vec![WITHDRAWN; respondents],
        };
        let limited = model.availability.iter().filter(|(_, share)| *share < 1.0);
        let excluded = limited.map(|(id, share)| {
            let excluded = availability::find_excluded(full_study, model, id, *share);
            let each = selected.respondents().rows_each;
            let rows = excluded
                .into_iter()
                .flat_map(|place| place * each..(place + 1) * each);
            (id.clone(), rows.collect())
        });
        let mut excluded: Vec<(ProductId, Vec<usize>)> = excluded.collect();
        for (id, marks) in &selected.respondents().excluded {
            let observed = marks.iter().enumerate().filter(|(_, mark)| **mark);
            let observed = observed.map(|(respondent, _)| respondent);
            match excluded.iter_mut().find(|(other, _)| other == id) {
                Some((_, respondents)) => respondents.extend(observed),
                None => excluded.push((id.clone(), observed.collect())),
            }
        }
        let errors = || Arc::new(RandomErrors::new(selected, model));
        Self {
            rule: model.rule,
            scale: model.scale,
            none,
            errors: model.rule.uses_draws().then(errors),
            error_scale: 1.0,
            constants: model.constants.clone(),
            excluded,
        }
    }

    /// The logit with the same scale factor and without constants.
    pub(super) fn as_logit(&self) -> Self {
        Self {
            rule: Rule::ShareOfPreference,
            errors: None,
            constants: Vec::new(),
            ..self.clone()
        }
    }

    /// Sets the scale σ of the random errors.
    pub(crate) fn set_error_scale(&mut self, scale: f64) {
        self.error_scale = scale;
    }

    /// Whether respondents may choose none of the products.
    pub(crate) fn has_none(&self) -> bool {
        self.none.iter().any(|utility| *utility != WITHDRAWN)
    }

    /// Whether products lose respondents to None. Products that are judged separately do not.
    pub(crate) fn loses_to_none(&self) -> bool {
        self.has_none() && self.rule.compares_products()
    }

    /// The utility of the alternative to a product that is judged separately, by respondent: that of
    /// None, or 0 without None.
    pub(crate) fn separate_alternatives(&self) -> impl Iterator<Item = f64> {
        let none = self.none.iter();
        none.map(|none| if *none == WITHDRAWN { 0.0 } else { *none })
    }

    /// Adds the product's constant to its utilities, and withdraws it from the respondents who cannot
    /// buy it.
    pub(crate) fn adjust(&self, id: &ProductId, utilities: &mut [f64]) {
        if let Some((_, constant)) = self.constants.iter().find(|(other, _)| other == id) {
            utilities
                .iter_mut()
                .for_each(|utility| *utility += constant);
        }
        if let Some((_, excluded)) = self.excluded.iter().find(|(other, _)| other == id) {
            for respondent in excluded {
                if let Some(utility) = utilities.get_mut(*respondent) {
                    *utility = WITHDRAWN;
                }
            }
        }
    }
}
