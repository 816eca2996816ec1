//! The analyses of the page "Market Simulator": a worker computes them one after the other, each
//! a block of numbers that is shown as soon as it is there.
//!
//! To add one: a variant of [`Analysis`] (at the end, and in [`Analysis::ALL`]) with a file beside
//! [`shares`] that has its `compute`, from the model to numbers, and its `read`, back again; what
//! it takes of the state beside offers and method goes into [`Analysis::options`]. Its figure is a
//! file of `pages/market/figures`, which asks `Market::numbers` for them.

pub mod attributes;
pub mod prices;
pub mod shares;

use conjoint::analysis::calibration;
use conjoint::simulation::Simulation;

use crate::state::State;

/// What there is to compute, in the order in which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Analysis {
    /// Intervals of shares and money.
    Shares,
    /// How important attributes are, and what their levels are worth.
    Attributes,
    /// Willingness to pay for every level.
    Worth,
    /// Point and arc elasticities of the price.
    Elasticity,
    /// The demand curve of one product.
    Demand,
    /// Where the buyers of every product go without it.
    Diversion,
}

impl Analysis {
    /// All of them, each in the place of its tag.
    pub const ALL: [Self; 6] = [
        Self::Shares,
        Self::Attributes,
        Self::Worth,
        Self::Elasticity,
        Self::Demand,
        Self::Diversion,
    ];

    /// By which its block is known.
    pub fn tag(self) -> usize {
        self as usize
    }

    /// What it takes of the state beside offers and method: it is computed anew where this changes.
    pub fn options(self, state: &State) -> String {
        match self {
            Self::Shares | Self::Attributes | Self::Elasticity | Self::Diversion => String::new(),
            Self::Worth | Self::Demand => {
                let priced = state.view().priced_product.as_ref();
                priced.map_or(String::new(), |id| id.to_string())
            }
        }
    }

    fn compute(self, simulation: &Simulation, state: &State) -> Vec<f64> {
        match self {
            Self::Shares => shares::compute(simulation),
            Self::Attributes => attributes::compute(simulation),
            Self::Worth => prices::worths(simulation, state),
            Self::Elasticity => prices::elasticities(simulation),
            Self::Demand => prices::demand(simulation, state),
            Self::Diversion => prices::diversions(simulation),
        }
    }
}

/// The worker's part: the analyses of these tags, of a state whose offers and method the simulation
/// has; each a block that begins with its tag.
pub fn compute(
    simulation: &Simulation,
    state: &State,
    tags: impl Iterator<Item = usize>,
    mut block: impl FnMut(&[f64]),
) {
    for analysis in tags.filter_map(|tag| Analysis::ALL.get(tag)) {
        let mut numbers = vec![analysis.tag() as f64];
        numbers.extend(analysis.compute(simulation, state));
        block(&numbers);
    }
}

/// The worker's part: the scale factor, or the constants, with which the state's method comes to its
/// target shares. Constants are pairs of a product's place and its constant.
///
/// # Errors
/// Why there are none, in words for the reader.
pub fn calibrate(state: &State, scale: bool, mut block: impl FnMut(&[f64])) -> Result<(), String> {
    let (study, model, targets) = (state.study(), state.model(), state.setup().targets());
    let found = if scale {
        calibration::fit_scale(study, model, targets).map(|scale| vec![scale])
    } else {
        calibration::fit_constants(study, model, targets).map(|constants| {
            let place = |id| study.offers().iter().position(|offer| offer.id == id);
            let pairs = constants.into_iter();
            let pairs = pairs.filter_map(|(id, constant)| Some([place(id)? as f64, constant]));
            pairs.flatten().collect()
        })
    };
    let numbers = found.map_err(|fault| fault.to_string())?;
    block(&numbers);
    Ok(())
}
