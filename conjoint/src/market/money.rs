//! The money figures of a brand or parent company, and their differences.

use crate::index_vec::{BrandIndex, IndexVec, ParentIndex};
use crate::study::Study;

/// One of the figures in [`Figures`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Measure {
    /// Customers, in thousands.
    Customers,
    /// Revenue, thousands of the currency a month.
    Revenue,
    /// Average revenue per user, currency a month.
    Arpu,
    /// Earnings before interest and taxes, thousands of the currency a month.
    Ebit,
}

impl Measure {
    /// All measures, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Customers, Self::Revenue, Self::Arpu, Self::Ebit];
}

/// Customers and money of a brand or a parent company at one point in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Figures {
    /// Customers (services in operation), in thousands.
    pub sio: f64,
    /// Average revenue per user, currency a month.
    pub arpu: f64,
    /// Revenue, thousands of the currency a month.
    pub revenue: f64,
    /// Earnings before interest and taxes, thousands of the currency a month.
    pub ebit: f64,
}

impl Figures {
    /// One figure.
    pub fn get(&self, measure: Measure) -> f64 {
        match measure {
            Measure::Customers => self.sio,
            Measure::Revenue => self.revenue,
            Measure::Arpu => self.arpu,
            Measure::Ebit => self.ebit,
        }
    }

    /// The differences to the other figures, this minus `other`.
    ///
    /// A difference of ARPUs is not a mean of differences: consolidate the figures of a parent before
    /// comparing them.
    ///
    /// Differences within rounding are 0: a brand that nobody left has lost nothing. For EBIT, rounding
    /// is relative to revenue, from which it is computed.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        let revenue = self.revenue.abs().max(other.revenue.abs());
        Self {
            sio: discard_rounding(self.sio - other.sio, other.sio),
            arpu: discard_rounding(self.arpu - other.arpu, other.arpu),
            revenue: discard_rounding(self.revenue - other.revenue, revenue),
            ebit: discard_rounding(self.ebit - other.ebit, revenue),
        }
    }

    /// The figures of both together; ARPU is weighted by customers.
    fn plus(self, other: Self) -> Self {
        let sio = self.sio + other.sio;
        let revenue = self.revenue + other.revenue;
        Self {
            sio,
            revenue,
            arpu: if sio > 0.0 { revenue / sio } else { self.arpu },
            ebit: self.ebit + other.ebit,
        }
    }
}

/// The relative difference between sums of the same numbers in another order, at most.
const ROUNDING: f64 = 1e-12;

/// The difference of two figures of that size, or 0 if it is within rounding.
pub(crate) fn discard_rounding(difference: f64, size: f64) -> f64 {
    // NaN fails this comparison and is returned as it is.
    if difference.abs() <= ROUNDING * size.abs() {
        0.0
    } else {
        difference
    }
}

/// The figures of a brand or parent today and after the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Change {
    /// Today.
    pub base: Figures,
    /// After the period.
    pub new: Figures,
}

impl Change {
    /// All figures with their names in files.
    pub fn named_figures(&self) -> [(&'static str, f64); 8] {
        let Self { base, new } = self;
        [
            ("sio_base", base.sio),
            ("sio_new", new.sio),
            ("arpu_base", base.arpu),
            ("arpu_new", new.arpu),
            ("revenue_base", base.revenue),
            ("revenue_new", new.revenue),
            ("ebit_base", base.ebit),
            ("ebit_new", new.ebit),
        ]
    }
}

/// Sums the figures of brands by parent company; ARPU is weighted by customers.
pub fn consolidate(
    study: &Study,
    brands: &IndexVec<BrandIndex, Change>,
) -> IndexVec<ParentIndex, Change> {
    let mut parents: IndexVec<ParentIndex, Option<Change>> = vec![None; study.parents.len()].into();
    for (brand, change) in study.brands.iter().zip(brands) {
        let sum = &mut parents[brand.parent];
        *sum = Some(match *sum {
            None => *change,
            Some(sum) => Change {
                base: sum.base.plus(change.base),
                new: sum.new.plus(change.new),
            },
        });
    }
    parents.iter().map(|sum| sum.unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_and_differences_refer_to_the_same_figures() {
        let figures = Figures {
            sio: 1.0,
            arpu: 3.0,
            revenue: 2.0,
            ebit: 4.0,
        };
        let all = |figures: Figures| Measure::ALL.map(|measure| figures.get(measure));
        assert_eq!(all(figures), [1.0, 2.0, 3.0, 4.0]);
        let half = Figures {
            sio: 0.5,
            arpu: 1.0,
            revenue: 1.5,
            ebit: 5.0,
        };
        assert_eq!(all(figures.minus(half)), [0.5, 0.5, 2.0, -1.0]);
    }

    #[test]
    fn differences_within_rounding_are_0() {
        let figures = Figures {
            sio: 0.1 + 0.2,
            arpu: 0.1 + 0.2,
            revenue: 1e6,
            ebit: 1e6 - 1e6 + 1e-9,
        };
        let same = Figures {
            sio: 0.3,
            arpu: 0.3,
            revenue: 1e6,
            ebit: 0.0,
        };
        assert_eq!(figures.minus(same), Figures::default());
        let more = Figures {
            sio: 0.3 + 1e-9,
            ..same
        };
        assert!(more.minus(same).sio > 0.0);
        let not_a_number = Figures {
            ebit: f64::NAN,
            ..same
        };
        assert!(not_a_number.minus(same).ebit.is_nan());
    }
}
