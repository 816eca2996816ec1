//! A method made ready for a study: what choices need of it, computed once.

use crate::choice::utility::WITHDRAWN;
use crate::study::ProductId;
use crate::study::Study;

use super::availability;
use super::randomized::errors::Errors;
use super::{ChoiceModel, NoneOption, Rule};

/// What choices need of a method.
#[derive(Clone, Debug)]
pub(crate) struct Chooser {
    pub(crate) rule: Rule,
    pub(crate) scale: f64,
    /// Utility of None to every respondent; −∞ where there is none.
    pub(crate) none: Vec<f64>,
    /// The errors of randomized first choice, and their scale; none by any other rule.
    pub(crate) errors: Option<(Errors, f64)>,
    constants: Vec<(ProductId, f64)>,
    /// The respondents who cannot buy a product.
    excluded: Vec<(ProductId, Vec<usize>)>,
}

impl Chooser {
    /// For those respondents of a whole study who count, whom `study` has alone; the errors are not
    /// scaled yet.
    pub(crate) fn new(whole: &Study, study: &Study, model: &ChoiceModel) -> Self {
        let respondents = study.respondents().len();
        let none = match (model.none, study.respondents().none()) {
            (NoneOption::Utility(utility), _) => vec![utility; respondents],
            (NoneOption::Surveyed, Some(utilities)) => utilities.to_vec(),
            (NoneOption::Surveyed | NoneOption::Off, _) => vec![WITHDRAWN; respondents],
        };
        let randomized = model.rule == Rule::RandomizedFirstChoice;
        let limited = model.availability.iter().filter(|(_, share)| *share < 1.0);
        let excluded = limited.map(|(id, share)| {
            let excluded = availability::without(whole, model, id, *share);
            (id.clone(), excluded)
        });
        Self {
            rule: model.rule,
            scale: model.scale,
            none,
            errors: randomized.then(|| (Errors::new(study, model), 1.0)),
            constants: model.constants.clone(),
            excluded: excluded.collect(),
        }
    }

    /// The same with the logit of the same scale for its rule, and without constants: with these,
    /// the scale of the errors would move with every step of a calibration.
    pub(crate) fn as_logit(&self) -> Self {
        Self {
            rule: Rule::ShareOfPreference,
            errors: None,
            constants: Vec::new(),
            ..self.clone()
        }
    }

    /// The same with errors of that scale.
    pub(crate) fn set_error_scale(&mut self, to: f64) {
        if let Some((_, scale)) = &mut self.errors {
            *scale = to;
        }
    }

    /// Whether the respondents may take none of the products.
    pub(crate) fn has_none(&self) -> bool {
        self.none.iter().any(|utility| *utility != WITHDRAWN)
    }

    /// Whether respondents choose between the products and None: those that are judged one by one
    /// lose nobody to it.
    pub(crate) fn loses_to_none(&self) -> bool {
        self.has_none() && self.rule != Rule::PurchaseLikelihood
    }

    /// What each respondent judges a product by itself against: None, or 0 where there is none.
    pub(crate) fn judged_against(&self) -> impl Iterator<Item = f64> {
        let none = self.none.iter();
        none.map(|none| if *none == WITHDRAWN { 0.0 } else { *none })
    }

    /// Makes of the utilities of a product those by which it is chosen: with its constant, and
    /// without those who cannot buy it.
    pub(crate) fn adjust(&self, id: &ProductId, utilities: &mut [f64]) {
        if let Some((_, constant)) = self.constants.iter().find(|(own, _)| own == id) {
            utilities
                .iter_mut()
                .for_each(|utility| *utility += constant);
        }
        if let Some((_, excluded)) = self.excluded.iter().find(|(own, _)| own == id) {
            for respondent in excluded {
                if let Some(utility) = utilities.get_mut(*respondent) {
                    *utility = WITHDRAWN;
                }
            }
        }
    }
}
