//! A study under the user's edits: the state from which every figure is computed.
//!
//! - [`scenario`]: the offers as edited, and saved scenarios
//! - `shares`, `brands`: shares of products and brands, and the money of brands
//! - [`attraction`], [`detail`]: how much respondents are attracted to products and brands
//! - [`comparison`]: several scenarios next to each other

pub mod attraction;
mod brands;
pub mod comparison;
pub mod detail;
mod distribution;
pub mod scenario;
mod shares;

use std::sync::Arc;

use crate::choice::{ChoiceModel, ChoiceModelError, Choices, Chooser, Selection};
use crate::index_vec::{BrandIndex, IndexVec, ProductIndex};
use crate::market::{Change, CustomerBase, OwnersBySegment, PriceList};
use crate::simulation::scenario::{OutsideValue, Scenario};
use crate::study::Study;

pub use distribution::Distribution;
pub use shares::ProductShare;
pub(crate) use shares::shares_by_brand;

/// The choices of a study's respondents by a choice model, kept up to date edit by edit: *baseline* at
/// the study's own offers, *live* as the user has edited them.
///
/// Shares and probabilities are 0–1, customers and money in thousands (money per month).
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
///
/// use conjoint::choice::{ChoiceModel, Rule};
/// use conjoint::simulation::Simulation;
/// use conjoint::simulation::scenario::Verb;
/// use conjoint::testing::{edit_scenario, generate_study};
///
/// let study = Arc::new(generate_study(1, &[("Gen X", 60), ("Millennial", 40)]));
/// let model = ChoiceModel {
///     rule: Rule::ShareOfPreference,
///     ..ChoiceModel::default()
/// };
/// let mut simulation = Simulation::with_model(Arc::clone(&study), model)?;
///
/// let product = simulation.scenario().find("9").unwrap();
/// let before = simulation.shares()[product].share;
/// simulation.set_scenario(edit_scenario(&study, &[(Verb::Set, "9.monthly_cost=599")]));
/// assert!(simulation.shares()[product].share < before);
/// assert_eq!(simulation.baseline_shares()[product].share, before);
/// # Ok::<(), conjoint::choice::ChoiceModelError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Simulation {
    /// The study with all respondents.
    full_study: Arc<Study>,
    /// The study with the included respondents.
    selected: Arc<Study>,
    model: Arc<ChoiceModel>,
    chooser: Arc<Chooser>,
    scenario: Scenario,
    baseline: Arc<Baseline>,
    live: Choices,
    /// `None` in a study without money.
    pub(crate) customer_base: Option<Arc<CustomerBase>>,
}

/// The results at the study's own offers; no edit changes them.
#[derive(Debug)]
struct Baseline {
    choices: Choices,
    owners: OwnersBySegment,
    shares: IndexVec<ProductIndex, ProductShare>,
    /// `None` in a study without money.
    brands: Option<IndexVec<BrandIndex, Change>>,
}

impl Simulation {
    /// A simulation at the study's own offers, by the default model: first choice of all respondents.
    pub fn new(study: Arc<Study>) -> Self {
        Self::prepare(study, ChoiceModel::default(), None)
    }

    /// A simulation at the study's own offers.
    ///
    /// # Errors
    /// A model that is invalid for the study.
    pub fn with_model(study: Arc<Study>, model: ChoiceModel) -> Result<Self, ChoiceModelError> {
        Self::with_error_scale(study, model, None)
    }

    /// The same with a known scale of the random errors, which does not depend on the constants of the
    /// model.
    ///
    /// # Errors
    /// A model that is invalid for the study.
    pub(crate) fn with_error_scale(
        study: Arc<Study>,
        model: ChoiceModel,
        error_scale: Option<f64>,
    ) -> Result<Self, ChoiceModelError> {
        model.check(&study)?;
        model.check_probabilities(&study)?;
        Ok(Self::prepare(study, model, error_scale))
    }

    /// Replaces the model and keeps the scenario.
    ///
    /// # Errors
    /// A model that is invalid for the study; the simulation is unchanged.
    pub fn set_model(&mut self, model: ChoiceModel) -> Result<(), ChoiceModelError> {
        if model == *self.model {
            return Ok(());
        }
        let mut other = Self::with_model(Arc::clone(&self.full_study), model)?;
        other.set_scenario(self.scenario.clone());
        *self = other;
        Ok(())
    }

    fn prepare(full_study: Arc<Study>, model: ChoiceModel, error_scale: Option<f64>) -> Self {
        let is_included = |respondent| model.includes(&full_study, respondent);
        let selected = match model.includes_everyone() {
            true => Arc::clone(&full_study),
            false => Arc::new(full_study.keep_respondents(is_included)),
        };
        let selected = model.over_draws(&selected).map_or(selected, Arc::new);
        let scenario = Scenario::baseline(&selected);
        let offers = scenario.offers();
        let mut chooser = Chooser::new(&full_study, &selected, &model);
        match error_scale.or(model.error_scale) {
            Some(scale) => chooser.set_error_scale(scale),
            None => chooser.fit_error_scale(&selected),
        }
        let chooser = Arc::new(chooser);
        let live = Choices::new(&selected, offers, Arc::clone(&chooser));
        let owners = OwnersBySegment::new(&full_study, is_included);
        let market = selected.market.as_ref();
        let customer_base =
            market.map(|market| CustomerBase::new(&selected, market, &owners, live.demand()));
        let prices = PriceList::new(&selected, offers);
        let changes = |base: &CustomerBase| base.changes(live.demand(), &prices);
        let baseline = Baseline {
            brands: customer_base.as_ref().map(changes),
            owners,
            shares: shares::product_shares(&selected, &live, offers),
            choices: live.clone(),
        };
        Self {
            full_study,
            selected,
            model: Arc::new(model),
            chooser,
            scenario,
            baseline: Arc::new(baseline),
            live,
            customer_base: customer_base.map(Arc::new),
        }
    }

    /// Replaces the scenario; recomputes only the products that changed.
    pub fn set_scenario(&mut self, scenario: Scenario) {
        let (old, new) = (self.scenario.offers(), scenario.offers());
        if old.len() == new.len() {
            let changed: Vec<ProductIndex> = new
                .indices()
                .filter(|product| old[*product] != new[*product])
                .collect();
            if !changed.is_empty() {
                self.live.update(&self.selected, new, &changed);
            }
        } else {
            self.live = Choices::new(&self.selected, new, Arc::clone(&self.chooser));
        }
        self.scenario = scenario;
    }

    /// The choice model.
    pub fn model(&self) -> &ChoiceModel {
        &self.model
    }

    pub(crate) fn chooser(&self) -> &Chooser {
        &self.chooser
    }

    pub(crate) fn owners(&self) -> &OwnersBySegment {
        &self.baseline.owners
    }

    /// The study with all respondents.
    pub fn full_study(&self) -> &Arc<Study> {
        &self.full_study
    }

    /// The study with only the included respondents.
    pub fn selected(&self) -> &Arc<Study> {
        &self.selected
    }

    /// The offers as edited.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The values of the offers as edited that are outside the surveyed range, where utilities are
    /// extrapolated. Each of them affects the figures of all products.
    pub fn outside_values(&self) -> Vec<OutsideValue> {
        self.scenario.find_outside_values(&self.selected)
    }

    /// Choices among the study's own offers.
    pub fn baseline(&self) -> &Choices {
        &self.baseline.choices
    }

    /// Choices among the offers as edited.
    pub fn live(&self) -> &Choices {
        &self.live
    }

    /// Whether products lose respondents to None: there is a None, and the rule lets respondents choose
    /// between it and the products.
    pub fn has_none(&self) -> bool {
        self.chooser.loses_to_none()
    }

    /// The included respondents.
    pub fn selection(&self) -> Selection {
        Selection::new(&self.full_study, &self.model)
    }

    /// The number of included respondents with more than one first choice among the offers as edited,
    /// whatever the rule. Each counts for the first of these products in file order.
    pub fn count_ties(&self) -> usize {
        let people = &self.selected.respondents;
        people.count_people(self.live.count_ties(&self.selected))
    }

    /// The number of respondents whose first choice is different from that at the study's own offers.
    pub fn changed_choices(&self) -> usize {
        let (live, baseline) = (self.live.first_choices(), self.baseline().first_choices());
        let pairs = live.iter().zip(baseline);
        let changed = pairs.filter(|(live, baseline)| live != baseline).count();
        self.selected.respondents.count_people(changed)
    }
}
