//! What is shown.

use conjoint::simulation::scenario::Scenario;
use conjoint::study::ProductId;
use conjoint::study::Tier;

/// A page of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// The offers, and who would choose what.
    #[default]
    Attractiveness,
    /// Costs over ranges, and what they do to customers and money.
    Sweep,
    /// How respondents choose, and what else there is to know of the market.
    Market,
    /// Which study is open, one's own in its place, and scenarios.
    Data,
}

impl Page {
    /// In the order of the tabs.
    pub const ALL: [Self; 4] = [Self::Attractiveness, Self::Sweep, Self::Market, Self::Data];

    /// Its name in links and in the document.
    pub fn id(self) -> &'static str {
        match self {
            Self::Attractiveness => "attractiveness",
            Self::Sweep => "sweep",
            Self::Market => "market",
            Self::Data => "data",
        }
    }

    /// As its tab says it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Attractiveness => "Product Attractiveness",
            Self::Sweep => "Attribute Sweep",
            Self::Market => "Market Simulator",
            Self::Data => "Data",
        }
    }

    /// The page of that id.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.id() == id)
    }
}

/// Which brands a figure shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tiers {
    /// The large ones.
    #[default]
    Major,
    /// The others.
    Minor,
    /// All of them.
    All,
}

impl Tiers {
    /// In the order of the select.
    pub const ALL: [Self; 3] = [Self::Major, Self::Minor, Self::All];

    /// As the select says it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Major => "Major",
            Self::Minor => "Minor",
            Self::All => "All",
        }
    }

    /// Whether a brand of that tier is among them.
    pub fn holds(self, tier: Tier) -> bool {
        match self {
            Self::Major => tier == Tier::Major,
            Self::Minor => tier == Tier::Minor,
            Self::All => true,
        }
    }
}

/// The options of "Product Attractiveness" and "Market Simulator"; what is `None` follows from the
/// study.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct View {
    /// Whether the offers table shows every attribute.
    pub show_all_attributes: bool,
    /// The product whose choosers are looked at.
    pub selected_product: Option<ProductId>,
    /// The product that they are attracted to.
    pub competing_product: Option<ProductId>,
    /// The brands whose attraction is shown.
    pub tiers: Tiers,
    /// The brand whose scavengers are shown, by name.
    pub focal_brand: Option<String>,
    /// The product whose price moves on "Market Simulator".
    pub priced_product: Option<ProductId>,
    /// The attribute whose part-worths are shown, by name.
    pub part_worth_attribute: Option<String>,
    /// Whether segments stand beside all respondents.
    pub compare_segments: bool,
}

impl View {
    /// Looks away from products that are gone, so that one that takes their id is not looked at.
    pub(super) fn forget_missing(&mut self, scenario: &Scenario) {
        for looked_at in [
            &mut self.selected_product,
            &mut self.competing_product,
            &mut self.priced_product,
        ] {
            let there = |id: &ProductId| scenario.find(id.as_str()).is_some();
            *looked_at = looked_at.take().filter(there);
        }
    }
}
