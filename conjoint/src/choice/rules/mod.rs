//! The choice rules: how the utilities of the offers become chances of choosing each of them.
//!
//! Every rule is one file: a unit type that implements `ChoiceRule`, and a module documentation with
//! formula, source and assumptions. The registry in this file has one line per rule. From that line
//! follow the module, the variant of [`Rule`], [`Rule::ALL`] and the dispatch; the command line and
//! the page read their lists of rules from [`Rule::ALL`].
//!
//! To add a rule: write `choice/rules/<rule>.rs` and add its line to the registry. Nothing else names
//! a rule by its variant to decide what to do; the rest of the workspace asks for properties, such as
//! [`Rule::uses_scale`].

use nalgebra::DMatrix;

use super::Chooser;
use super::draws::OfferErrors;

/// What a rule defines. Types that implement it are listed in the registry of this module.
pub(crate) trait ChoiceRule: Sync {
    /// Its id in commands, links and results, such as `share-of-preference`.
    fn id(&self) -> &'static str;

    /// Its name in texts, such as `Share of preference`.
    fn label(&self) -> &'static str;

    /// What respondents do, in one line for the command line's help.
    fn summary(&self) -> &'static str;

    /// The chance `P[j]` of product j, with `U` the utilities, `s` the scale factor and `N` the
    /// utility of None.
    fn formula(&self) -> &'static str;

    /// Where the chances come from.
    fn chance_source(&self) -> ChanceSource;

    /// The work of computing the chance of one product for one respondent after a change of an offer,
    /// where one comparison of two utilities is 1. `draws` is the number of draws per respondent.
    ///
    /// Sweeps and the optimizer budget their work by it. Where they have an incremental form for the
    /// [`ChanceSource`], a chance costs them 1, whatever this returns.
    fn cost(&self, draws: u32) -> u64;

    /// Whether the chances depend on the scale factor.
    fn uses_scale(&self) -> bool {
        true
    }

    /// Whether respondents choose between the products and None, so that the chances of a respondent
    /// sum to 1. Not so for a rule that judges each product separately.
    fn compares_products(&self) -> bool {
        true
    }

    /// The function of a product's share that is linear, or nearly so, in the product's utility;
    /// calibration steps along it.
    fn linearize_share(&self, share: f64) -> f64 {
        share.ln()
    }

    /// The rule that replaces this one in analyses that need a chance as a smooth function of a
    /// product's price. Shares that move in steps have no price at which they return to a value.
    fn closed_form(&self) -> Rule {
        Rule::ShareOfPreference
    }
}

/// Where the chances of a rule come from.
///
/// [`super::Choices`] always has the first choices and the probabilities of the logit, because figures
/// show them whatever the rule. Sweeps and the optimizer have incremental forms of both.
#[derive(Clone, Copy)]
pub(crate) enum ChanceSource {
    /// 1 for a respondent's first choice, 0 for all other products.
    FirstChoices,
    /// The probabilities of the multinomial logit.
    Logit,
    /// This function computes all chances when an offer changes.
    Computed(ComputeChances),
    /// This function computes all chances from utilities with random errors when an offer changes.
    Drawn(DrawChances),
}

/// Writes the chances of all products into a matrix, respondents × products.
pub(crate) type ComputeChances = fn(&ChanceInputs<'_>, &mut DMatrix<f64>);

/// Writes the chances of all products into a matrix, respondents × products, by the errors of the
/// offers.
pub(crate) type DrawChances = fn(&ChanceInputs<'_>, &OfferErrors, &mut DMatrix<f64>);

/// What chances are computed from.
#[derive(Clone, Copy)]
pub(crate) struct ChanceInputs<'c> {
    /// The choice model, prepared for the study.
    pub(crate) chooser: &'c Chooser,
    /// Utilities, respondents × products; −∞ for a product that the respondent cannot choose.
    pub(crate) utilities: &'c DMatrix<f64>,
    /// Every respondent's highest utility, including that of None.
    pub(crate) best: &'c [f64],
}

/// The work of computing one probability of the logit, in comparisons of two utilities.
const LOGIT_COST: u64 = 10;

/// Declares the modules, [`Rule`] and its dispatch, from one line per rule.
macro_rules! registry {
    ($($module:ident::$rule:ident),+ $(,)?) => {
        $(pub mod $module;)+

        /// How utilities become choices.
        ///
        /// # Examples
        ///
        /// ```
        /// use conjoint::choice::Rule;
        ///
        /// let rule = Rule::from_id("rfc");
        /// assert_eq!(rule, Some(Rule::RandomizedFirstChoice));
        /// assert!(rule.is_some_and(|rule| rule.uses_draws() && rule.uses_scale()));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum Rule {
            $(
                #[doc = concat!("See [`", stringify!($module), "`].")]
                $rule,
            )+
        }

        impl Rule {
            /// All rules, in the order in which they are listed.
            pub const ALL: [Self; { [$(stringify!($rule)),+].len() }] = [$(Self::$rule),+];

            /// The rule's definition. The only place that distinguishes rules.
            fn definition(self) -> &'static dyn ChoiceRule {
                match self {
                    $(Self::$rule => &$module::$rule,)+
                }
            }
        }
    };
}

registry! {
    first_choice::FirstChoice,
    share_of_preference::ShareOfPreference,
    randomized_first_choice::RandomizedFirstChoice,
    purchase_likelihood::PurchaseLikelihood,
}

impl Default for Rule {
    /// The first in the registry.
    fn default() -> Self {
        let [first, ..] = Self::ALL;
        first
    }
}

impl Rule {
    /// Its id in commands, links and results, such as `share-of-preference`.
    pub fn id(self) -> &'static str {
        self.definition().id()
    }

    /// The rule of that id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }

    /// Its name in texts, such as `Share of preference`.
    pub fn label(self) -> &'static str {
        self.definition().label()
    }

    /// What respondents do, in one line.
    pub fn summary(self) -> &'static str {
        self.definition().summary()
    }

    /// The chance `P[j]` of product j, with `U` the utilities, `s` the scale factor and `N` the
    /// utility of None.
    pub fn formula(self) -> &'static str {
        self.definition().formula()
    }

    /// Whether the choices depend on the scale factor.
    pub fn uses_scale(self) -> bool {
        self.definition().uses_scale()
    }

    /// Whether the choices depend on random draws.
    pub fn uses_draws(self) -> bool {
        matches!(self.chance_source(), ChanceSource::Drawn(_))
    }

    /// Whether each respondent chooses one product, or None, with certainty, so that shares move in
    /// steps of whole respondents.
    pub fn is_deterministic(self) -> bool {
        matches!(self.chance_source(), ChanceSource::FirstChoices)
    }

    /// Whether respondents choose between the products and None, so that the chances of a respondent
    /// sum to 1. Not so for a rule that judges each product separately.
    pub fn compares_products(self) -> bool {
        self.definition().compares_products()
    }

    /// The rule that replaces this one in analyses that need a chance as a smooth function of a
    /// product's price; a rule that has one replaces itself.
    #[must_use]
    pub fn closed_form(self) -> Self {
        self.definition().closed_form()
    }

    /// Where the chances come from.
    pub(crate) fn chance_source(self) -> ChanceSource {
        self.definition().chance_source()
    }

    /// The work of computing the chance of one product for one respondent; see [`ChoiceRule::cost`].
    pub(crate) fn cost(self, draws: u32) -> u64 {
        self.definition().cost(draws)
    }

    /// The function of a share that is linear, or nearly so, in the product's utility.
    pub(crate) fn linearize_share(self, share: f64) -> f64 {
        self.definition().linearize_share(share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_an_id_and_a_label_that_no_other_rule_has() {
        for (index, rule) in Rule::ALL.into_iter().enumerate() {
            assert_eq!(Rule::from_id(rule.id()), Some(rule));
            let is_id = |character: char| character.is_ascii_lowercase() || character == '-';
            assert!(rule.id().chars().all(is_id), "{}", rule.id());
            for other in &Rule::ALL[..index] {
                assert_ne!(other.label(), rule.label());
            }
        }
        assert_eq!(Rule::from_id("First choice"), None);
    }

    #[test]
    fn a_rule_that_replaces_another_has_a_closed_form_itself() {
        for rule in Rule::ALL {
            let replacement = rule.closed_form();
            assert_eq!(replacement.closed_form(), replacement);
            assert_eq!(replacement.compares_products(), rule.compares_products());
            assert!(!replacement.is_deterministic() && !replacement.uses_draws());
        }
    }
}
