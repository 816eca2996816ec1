//! Analyses and their results.

use conjoint::analysis::choosers::Choosers;
use conjoint::analysis::demand_curve::DemandCurve;
use conjoint::analysis::importance::Importances;
use conjoint::analysis::interval::Intervals;
use conjoint::analysis::wtp::{LevelWorth, WillingnessToPay};
use conjoint::index_vec::{AttributeIndex, LevelIndex, SegmentIndex};
use conjoint::optimizer::{BestPrice, ObjectiveMeasure};
use conjoint::stats::bootstrap::Estimate;
use conjoint::study::{Effect, ProductId};
use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

/// An analysis, with its options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Analysis {
    /// Confidence intervals of shares and money.
    Intervals,
    /// Importance of attributes and part-worths of their levels.
    Attributes,
    /// Willingness to pay for every level, in terms of the price of this product; `None` for the
    /// first product with a price.
    WillingnessToPay(Option<ProductId>),
    /// Point and arc elasticities of the price, with intervals.
    Elasticity,
    /// The demand curve of this product; `None` for the first product with a price.
    DemandCurve(Option<ProductId>),
    /// Where the buyers of every product go without it.
    Diversion,
    /// The best price of a product.
    BestPrice(PriceGoal),
    /// Who chooses every product.
    Choosers,
    /// What a level is worth to each respondent.
    LevelWorth(WorthSelection),
}

/// What the worth of a level to each respondent is computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorthSelection {
    /// The product whose price moves; `None` for the first with a price.
    pub product: Option<ProductId>,
    /// The attribute.
    pub attribute: AttributeIndex,
    /// The level.
    pub level: LevelIndex,
    /// The level to compare it with, if there is one.
    pub other: Option<LevelIndex>,
}

/// What the best price of a product is to maximize.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceGoal {
    /// The product; `None` for the first with a price.
    pub product: Option<ProductId>,
    /// The measure.
    pub measure: ObjectiveMeasure,
    /// The name of the brand that is to gain; `None` for the product's.
    pub brand: Option<String>,
}

/// The result of an [`Analysis`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum AnalysisResult {
    /// Confidence intervals of shares and money.
    Intervals(Intervals),
    /// All included respondents, then, where several segments are included, each of them.
    Attributes(Vec<AttributeGroup>),
    /// `None` where no price can move.
    WillingnessToPay(Option<WillingnessToPay>),
    /// `None` in a study without a price.
    Elasticity(Option<Elasticities>),
    /// `None` where no price can move.
    DemandCurve(Option<DemandCurve>),
    /// Products × (products and None).
    Diversion(Matrix),
    /// `None` where no price can move, or the brand is missing.
    BestPrice(Option<BestPrice>),
    /// By segment and by current brand.
    Choosers(Choosers),
    /// `None` where no price can move, or the level is the reference.
    LevelWorth(Option<LevelWorth>),
}

/// Importance and part-worths over a group of respondents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributeGroup {
    /// The group's segment; `None` for all included respondents.
    pub segment: Option<SegmentIndex>,
    /// Importance of every surveyed attribute and interaction, percent.
    pub importances: Importances,
    /// Part-worths of the levels or pairs of every surveyed attribute and interaction: utility about their
    /// mean.
    pub part_worths: Vec<(Effect, Vec<Estimate>)>,
}

impl AttributeGroup {
    /// The importance of every attribute, or the part-worths of one attribute's levels.
    pub fn estimates(&self, levels_of: Option<AttributeIndex>) -> Vec<Estimate> {
        let effects = self.importances.effects.iter();
        match levels_of {
            None => effects.map(|(_, estimate)| *estimate).collect(),
            Some(attribute) => {
                let found = self
                    .part_worths
                    .iter()
                    .find(|(effect, _)| *effect == Effect::Attribute(attribute));
                found.map_or(Vec::new(), |(_, levels)| levels.clone())
            }
        }
    }
}

/// Elasticities of the price, products × products: of the row's share, by the column's price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Elasticities {
    /// Point elasticities.
    pub point: Matrix<Estimate>,
    /// Arc elasticities.
    pub arc: Matrix<Estimate>,
    /// Point elasticities without the model's constants, where it has any.
    pub point_without_constants: Option<Matrix<Estimate>>,
}

/// A matrix, row by row; a cell is `None` where the figure does not exist.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Matrix<T = f64> {
    /// The rows, all of one length.
    pub rows: Vec<Vec<Option<T>>>,
}

impl<T: nalgebra::Scalar> From<DMatrix<Option<T>>> for Matrix<T> {
    fn from(matrix: DMatrix<Option<T>>) -> Self {
        let rows = matrix.row_iter();
        Self {
            rows: rows.map(|row| row.iter().cloned().collect()).collect(),
        }
    }
}
