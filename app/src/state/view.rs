//! The pages and their options.

use conjoint::optimizer::ObjectiveMeasure;
use conjoint::simulation::scenario::{SavedScenario, Scenario};
use conjoint::study::ProductId;
use conjoint::study::Tier;

use super::LineOptions;

/// A page of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// Shares, revenue and profit at the edited offers.
    #[default]
    Simulator,
    /// Which offers attract the choosers of which other offers.
    Attractiveness,
    /// Costs over ranges, and what they do to customers and money.
    Sweep,
    /// What respondents value, and how they react to prices.
    Insights,
    /// The search for the best offers.
    Optimizer,
    /// The open study, other studies, and scenarios.
    Data,
}

impl Page {
    /// In the order of the tabs.
    pub const ALL: [Self; 6] = [
        Self::Simulator,
        Self::Attractiveness,
        Self::Sweep,
        Self::Insights,
        Self::Optimizer,
        Self::Data,
    ];

    /// Its id in links and in the document.
    pub fn id(self) -> &'static str {
        match self {
            Self::Simulator => "simulator",
            Self::Attractiveness => "attractiveness",
            Self::Sweep => "sweep",
            Self::Insights => "insights",
            Self::Optimizer => "optimizer",
            Self::Data => "data",
        }
    }

    /// The text of its tab.
    pub fn title(self) -> &'static str {
        match self {
            Self::Simulator => "Simulator",
            Self::Attractiveness => "Product Attractiveness",
            Self::Sweep => "Attribute Sweep",
            Self::Insights => "Insights",
            Self::Optimizer => "Optimizer",
            Self::Data => "Data",
        }
    }

    /// The page of that id. Links of version 0.1 call the simulator "market".
    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "market" => Some(Self::Simulator),
            _ => Self::ALL.into_iter().find(|page| page.id() == id),
        }
    }

    /// Whether the page shows what follows from the offers and the choice model.
    pub fn shows_results(self) -> bool {
        self != Self::Data
    }
}

/// Which brands a figure shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tiers {
    /// Major brands.
    #[default]
    Major,
    /// Minor brands.
    Minor,
    /// All brands.
    All,
}

impl Tiers {
    /// In the order of the select.
    pub const ALL: [Self; 3] = [Self::Major, Self::Minor, Self::All];

    /// The text of its option.
    pub fn label(self) -> &'static str {
        match self {
            Self::Major => "Major",
            Self::Minor => "Minor",
            Self::All => "All",
        }
    }

    /// Whether a brand of that tier is shown.
    pub fn includes(self, tier: Tier) -> bool {
        match self {
            Self::Major => tier == Tier::Major,
            Self::Minor => tier == Tier::Minor,
            Self::All => true,
        }
    }
}

/// How many scenarios can be compared.
pub const MAX_COMPARED: usize = 4;

/// The options of the pages that show results. An option that is `None` follows
/// from the study.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct View {
    /// Whether the offers are hidden, which leaves more room for the results.
    pub hides_offers: bool,
    /// Whether the offers table shows every attribute.
    pub show_all_attributes: bool,
    /// The product whose buyers are shown.
    pub selected_product: Option<ProductId>,
    /// The product that attracts them.
    pub competing_product: Option<ProductId>,
    /// The brands whose attraction is shown.
    pub tiers: Tiers,
    /// The brand whose scavengers are shown, by name.
    pub focal_brand: Option<String>,
    /// The brand whose results come first, by name.
    pub focus_brand: Option<String>,
    /// The product whose price changes in demand curves and the willingness to pay.
    pub priced_product: Option<ProductId>,
    /// What the best price maximizes.
    pub price_measure: Option<ObjectiveMeasure>,
    /// The brand that gains from the best price, by name.
    pub price_brand: Option<String>,
    /// The attribute whose part-worths are shown, by name.
    pub part_worth_attribute: Option<String>,
    /// The level of which the worth to each respondent is shown: its attribute's name, and its own.
    pub worth_level: Option<(String, String)>,
    /// The level of the same attribute that it is compared with.
    pub compared_level: Option<String>,
    /// What the search of product lines should do.
    pub line: LineOptions,
    /// Whether segments are shown next to all respondents.
    pub compare_segments: bool,
    /// The scenarios that are compared with the offers now, at most [`MAX_COMPARED`].
    pub compared: Vec<SavedScenario>,
}

impl View {
    /// Deselects products that are gone, so that another product with the same id is not selected.
    pub(super) fn forget_missing(&mut self, scenario: &Scenario) {
        for option in [
            &mut self.selected_product,
            &mut self.competing_product,
            &mut self.priced_product,
        ] {
            let exists = |id: &ProductId| scenario.find(id.as_str()).is_some();
            *option = option.take().filter(exists);
        }
        let exists = |id: &ProductId| scenario.find(id.as_str()).is_some();
        self.line.kept.retain(exists);
    }
}
