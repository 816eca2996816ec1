//! Willingness to pay: what a level of an attribute is worth in money, against a reference level.
//!
//! - `algebraic`: every respondent's difference of part-worths over the slope of the price, and
//!   the median of respondents;
//! - `simulated`: by how much the price of a product may rise among its competitors and None
//!   until its share is what it was (see there for why the two differ).
//!
//! The reference is the level that the product has, or the surveyed one nearest to its value. All
//! amounts are in the unit of the attribute that is taken for the price.

mod algebraic;
mod simulated;

use crate::analysis::price::PriceError;
use crate::choice::Rule;
use crate::choice::utility;
use crate::index_vec::{AttributeIndex, LevelIndex, Position, ProductIndex};
use crate::simulation::Simulation;
use crate::stats::bootstrap::{Bootstrap, Interval, Level, Resamples, counting};
use crate::study::{Attribute, Cell, Levels};

use algebraic::Medians;
use simulated::Market;

/// What is to be kept in mind of [`LevelWtp::algebraic`].
pub const WARNING: &str = "the algebraic willingness to pay overstates, as a rule, what buyers would \
    pay: it knows neither competitors nor that buyers may take nothing";

/// What to ask about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WtpRequest {
    /// The product whose price moves; it is on offer.
    pub product: ProductIndex,
    /// The attribute that is taken for the price; it is numeric.
    pub price: AttributeIndex,
    /// The only attribute whose levels are asked about; all others than the price without it.
    pub attribute: Option<AttributeIndex>,
    /// How to find the intervals.
    pub bootstrap: Bootstrap,
    /// Their level.
    pub level: Level,
}

/// What levels are worth.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct WillingnessToPay {
    /// The product whose price moved.
    pub product: ProductIndex,
    /// The attribute that is taken for the price.
    pub price: AttributeIndex,
    /// The rule of the simulated amounts: purchase likelihood where that is the method's, else the
    /// share of preference, which alone knows when a share is back where it was to the last buyer.
    pub rule: Rule,
    /// Respondents who count.
    pub respondents: usize,
    /// Those of them who like paying more, or do not mind: the line through their part-worths does
    /// not fall as the price rises. No algebraic amount can be told of them.
    pub like_paying_more: usize,
    /// Every level beside the references, in the order of the attributes.
    pub levels: Vec<LevelWtp>,
}

/// What one level is worth.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LevelWtp {
    /// Its attribute.
    pub attribute: AttributeIndex,
    /// The level.
    pub level: LevelIndex,
    /// The level that it is compared with.
    pub reference: LevelIndex,
    /// The median of the respondents' own amounts; `None` where everybody likes paying more.
    pub algebraic: Option<WtpEstimate>,
    /// The change of price with which the share returns; `None` where it does not within the
    /// prices that are tried.
    pub simulated: Option<WtpEstimate>,
}

/// An amount, and where it lies.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct WtpEstimate {
    /// The amount.
    pub amount: f64,
    /// Its interval.
    pub interval: Interval,
}

impl WtpEstimate {
    /// An amount with the interval of its replicates.
    fn of(amount: f64, replicates: Vec<f64>, level: Level) -> Option<Self> {
        let interval = Interval::of(replicates, level)?;
        Some(Self { amount, interval })
    }
}

impl WillingnessToPay {
    /// What the levels are worth to those who count.
    ///
    /// # Errors
    /// A product without a price, whose price cannot move.
    pub fn compute(simulation: &Simulation, request: &WtpRequest) -> Result<Self, PriceError> {
        let study = simulation.selected();
        let people = &study.respondents;
        let attributes = &study.schema.attributes;
        let offer = &simulation.scenario().offers()[request.product];
        let market = Market::new(simulation, request.product, request.price);
        let market = market.ok_or_else(|| PriceError::Unpriced {
            id: offer.id.to_string(),
            attribute: attributes[request.price].name.clone(),
        })?;
        let resamples = request.bootstrap.resamples(&people.ids, &people.weights);
        let resamples = ResampleCache::of(resamples, people.len());
        let medians = Medians::new(study, &attributes[request.price], &resamples);
        let mut levels = Vec::new();
        for (index, attribute) in attributes.enumerate() {
            let wanted = request.attribute.is_none_or(|wanted| wanted == index);
            let cell = offer.cells[index];
            let Some(reference) = reference(attribute, cell).filter(|_| wanted) else {
                continue;
            };
            if index == request.price {
                continue;
            }
            for level in (0..attribute.levels.len()).map(LevelIndex::from_index) {
                if level != reference {
                    let pair = [reference, level]
                        .map(|level| utility::level_part_worths(study, attribute, level));
                    levels.push(LevelWtp {
                        attribute: index,
                        level,
                        reference,
                        algebraic: medians.worth(pair, request.level),
                        simulated: market.worth(index, pair, &resamples, request.level),
                    });
                }
            }
        }
        Ok(Self {
            product: request.product,
            price: request.price,
            rule: market.rule(),
            respondents: counting(people.weights.as_slice()),
            like_paying_more: medians.left_out(),
            levels,
        })
    }
}

/// The resamples behind all intervals: kept where there is room for them, drawn anew for every
/// level where there is not.
enum ResampleCache {
    Kept(Vec<Vec<f64>>),
    Anew(Box<Resamples>),
}

impl ResampleCache {
    /// As many weights as are kept: 64 MB of them.
    const ROOM: usize = 8_000_000;

    fn of(resamples: Resamples, respondents: usize) -> Self {
        let (count, _) = resamples.size_hint();
        if count.saturating_mul(respondents) <= Self::ROOM {
            Self::Kept(resamples.collect())
        } else {
            Self::Anew(Box::new(resamples))
        }
    }

    /// What a figure is in every resample in which there is one.
    fn replicates(&self, figure: &dyn Fn(&[f64]) -> Option<f64>) -> Vec<f64> {
        match self {
            Self::Kept(kept) => kept.iter().filter_map(|weights| figure(weights)).collect(),
            Self::Anew(resamples) => {
                let resamples = Resamples::clone(resamples);
                resamples.filter_map(|weights| figure(&weights)).collect()
            }
        }
    }
}

/// The level that a value is, or the one nearest to it, the lower of two; the first where there is
/// no value, and none where the attribute was not surveyed.
fn reference(attribute: &Attribute, cell: Cell) -> Option<LevelIndex> {
    match (&attribute.levels, cell) {
        (Levels::Numeric(levels), Cell::Number(value)) => {
            let distance = |level: &f64| (level - value).abs();
            let levels = levels.iter().enumerate();
            let nearest =
                levels.min_by(|(_, one), (_, other)| distance(one).total_cmp(&distance(other)));
            nearest.map(|(level, _)| LevelIndex::from_index(level))
        }
        (Levels::Categorical(_), Cell::Level(level)) => Some(level),
        (levels, _) => (!levels.is_empty()).then(|| LevelIndex::from_index(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resamples_that_have_no_room_are_drawn_again() {
        let bootstrap = Bootstrap {
            resamples: 9,
            ..Bootstrap::default()
        };
        let ids = ["a", "b", "c"].map(str::to_owned).to_vec().into();
        let resamples = || bootstrap.resamples(&ids, &vec![1.0, 2.0, 4.0].into());
        let kept = ResampleCache::of(resamples(), 3);
        let anew = ResampleCache::of(resamples(), ResampleCache::ROOM);
        assert!(matches!(
            (&kept, &anew),
            (ResampleCache::Kept(_), ResampleCache::Anew(_))
        ));
        let first = |weights: &[f64]| weights.first().copied().filter(|weight| *weight > 0.0);
        let replicates = kept.replicates(&first);
        assert!((1..9).contains(&replicates.len()), "{replicates:?}");
        for _ in 0..2 {
            assert_eq!(anew.replicates(&first), replicates);
        }
    }
}
