//! Product lines: which offers to put on the market together (total unduplicated reach and frequency,
//! TURF: G. Miaoulis, H. Free and H. Parsons, "TURF: a new planning approach for product line extensions",
//! Marketing Research 2(1), 1990).
//!
//! The offers of a line are the kept ones and K of the candidates. All other candidates are off the market;
//! offers that are neither stay on it as competitors. The reach of a line is
//! `Σ_r w[r]·Σ_{j in the line} P[r,j] / Σ_r w[r]`, with the weights w and the chances P of the rule: by first
//! choice, the share of the respondents whose first choice is in the line rather than None or a
//! competitor.
//!
//! Up to [`MAX_EXHAUSTIVE`] lines, all are computed. Beyond, lines grow greedily by the candidate that adds
//! most, and candidates are then exchanged as long as that helps (G. L. Nemhauser and others, "An analysis of
//! approximations for maximizing submodular set functions", 1978, on both).

mod analysis;
mod evaluate;
mod search;

use crate::index_vec::{BrandIndex, ProductIndex};
use crate::simulation::Simulation;
use crate::study::{ProductId, quote_names};

pub use analysis::{LineAnalysis, analyze_lines};
pub use search::LineSearch;

/// The most lines that are all computed.
pub const MAX_EXHAUSTIVE: u64 = 1_000_000;

/// What a line should maximize.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum LineObjective {
    /// The share of the respondents who choose an offer of the line, 0–1.
    #[default]
    Reach,
    /// The share of the brand, 0–1; without a brand, the reach.
    Share,
    /// The brand's revenue after the period, thousands of the currency a month.
    Revenue,
    /// The brand's EBIT after the period, thousands of the currency a month.
    Ebit,
}

impl LineObjective {
    /// All objectives.
    pub const ALL: [Self; 4] = [Self::Reach, Self::Share, Self::Revenue, Self::Ebit];

    /// Its name in commands and results.
    pub fn id(self) -> &'static str {
        match self {
            Self::Reach => "reach",
            Self::Share => "share",
            Self::Revenue => "revenue",
            Self::Ebit => "ebit",
        }
    }
}

/// What to search.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LineRequest {
    /// How many candidates a line has.
    pub size: usize,
    /// The offers to choose from; empty for all offers of the brand, or all, that are on the market and not
    /// kept.
    pub candidates: Vec<ProductIndex>,
    /// The offers that are in every line.
    pub kept: Vec<ProductIndex>,
    /// What to maximize.
    pub objective: LineObjective,
    /// The brand whose share or money counts.
    pub brand: Option<BrandIndex>,
    /// The number of best lines to keep.
    pub top: usize,
}

/// A line with its figures.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ProductLine {
    /// The kept offers and the chosen candidates, in file order.
    pub products: Vec<ProductIndex>,
    /// The value of the objective, in its unit.
    pub objective_value: f64,
    /// The reach, 0–1.
    pub reach: f64,
}

/// How lines were searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum LineMethod {
    /// All lines were computed.
    Exhaustive,
    /// Lines grew greedily, then candidates were exchanged.
    Greedy,
}

impl LineMethod {
    /// Its name in results.
    pub fn id(self) -> &'static str {
        match self {
            Self::Exhaustive => "exhaustive",
            Self::Greedy => "greedy with exchange",
        }
    }
}

/// The best lines.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LineResult {
    /// How they were searched.
    pub method: LineMethod,
    /// The number of computed lines.
    pub evaluated_count: u64,
    /// The best lines, best first; of equally good ones, the one whose offers come first in the file.
    pub best: Vec<ProductLine>,
}

/// Why lines cannot be searched, and what would be right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LineError {
    /// A line without candidates, or more of them than there are.
    #[error(
        "a line of {size} cannot be chosen from {candidates} offers; use a size from 1 to {candidates}"
    )]
    Size {
        /// The size.
        size: usize,
        /// How many candidates there are.
        candidates: usize,
    },
    /// No candidates at all.
    #[error("there is no offer to choose from; put offers on the market, or keep fewer")]
    NoCandidates,
    /// No candidates without a pair of levels that was never shown.
    #[error(
        "there is no offer to choose from: `{offer}` has {pair}, which were never shown together; change one of the \
         two, or name other offers"
    )]
    Prohibited {
        /// The first of the offers that could be chosen otherwise.
        offer: ProductId,
        /// The pair, in words.
        pair: String,
    },
    /// A candidate or kept offer that is off the market.
    #[error("the offer `{0}` is withdrawn; name one that is on the market")]
    Withdrawn(ProductId),
    /// An offer that is a candidate and kept.
    #[error("the offer `{0}` is kept already; name it only once")]
    Kept(ProductId),
    /// Money in a study without it.
    #[error("the study has no money figures; use reach or share")]
    NoMoney,
    /// Money or share without a brand.
    #[error("name the brand whose {objective} counts; brands are {known}")]
    NoBrand {
        /// The objective.
        objective: &'static str,
        /// The brands.
        known: String,
    },
}

/// Finds the best lines.
///
/// # Errors
/// A request that cannot be computed.
///
/// # Examples
/// ```
/// use conjoint::optimizer::line::{LineObjective, LineRequest, find_lines};
/// use conjoint::testing::generate_simulation;
///
/// let simulation = generate_simulation(1, &[("Gen X", 40)]);
/// let request = LineRequest {
///     size: 2,
///     candidates: Vec::new(),
///     kept: Vec::new(),
///     objective: LineObjective::Reach,
///     brand: None,
///     top: 3,
/// };
/// let lines = find_lines(&simulation, &request)?;
/// assert_eq!(lines.evaluated_count, 78);
/// assert!(lines.best[0].reach >= lines.best[1].reach);
/// # Ok::<(), conjoint::optimizer::line::LineError>(())
/// ```
pub fn find_lines(simulation: &Simulation, request: &LineRequest) -> Result<LineResult, LineError> {
    Ok(LineSearch::new(simulation, request)?.run())
}

/// The candidates of a request, in file order.
fn list_candidates(
    simulation: &Simulation,
    request: &LineRequest,
) -> Result<Vec<ProductIndex>, LineError> {
    let study = simulation.selected();
    let offers = simulation.scenario().offers();
    for product in request.candidates.iter().chain(&request.kept) {
        let offer = &offers[*product];
        if offer.withdrawn {
            return Err(LineError::Withdrawn(offer.id.clone()));
        }
    }
    let mut kept = request.kept.iter();
    if let Some(product) = kept.find(|product| request.candidates.contains(product)) {
        return Err(LineError::Kept(offers[*product].id.clone()));
    }
    let is_free = |product: &ProductIndex| {
        let offer = &offers[*product];
        let is_named = match request.candidates.is_empty() {
            true => request
                .brand
                .is_none_or(|brand| study.schema.brand_of(offer) == Some(brand)),
            false => request.candidates.contains(product),
        };
        is_named && !offer.withdrawn && !request.kept.contains(product)
    };
    let free: Vec<ProductIndex> = offers.indices().filter(is_free).collect();
    let find_pair = |product: ProductIndex| study.find_prohibited(&offers[product].cells);
    // A pair of levels that was never shown is not proposed.
    let candidates = free.iter().copied();
    let candidates: Vec<ProductIndex> = candidates
        .filter(|product| find_pair(*product).is_none())
        .collect();
    match candidates.len() {
        0 => Err(
            match free.iter().find_map(|it| Some((*it, find_pair(*it)?))) {
                Some((product, pair)) => LineError::Prohibited {
                    offer: offers[product].id.clone(),
                    pair: study.describe_pair(pair),
                },
                None => LineError::NoCandidates,
            },
        ),
        count if !(1..=count).contains(&request.size) => Err(LineError::Size {
            size: request.size,
            candidates: count,
        }),
        _ => Ok(candidates),
    }
}

/// Checks that the study has what the objective needs.
fn check_objective(simulation: &Simulation, request: &LineRequest) -> Result<(), LineError> {
    let study = simulation.selected();
    let is_money = matches!(
        request.objective,
        LineObjective::Revenue | LineObjective::Ebit
    );
    if is_money && !study.has_money() {
        return Err(LineError::NoMoney);
    }
    match (is_money, request.brand) {
        (true, None) => Err(LineError::NoBrand {
            objective: request.objective.id(),
            known: quote_names(study.brands.iter().map(|brand| brand.name.as_str())),
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
