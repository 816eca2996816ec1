//! What a brand has and earns, and how two of its states compare.

use crate::index_vec::{BrandIndex, IndexVec, ParentIndex};
use crate::study::Study;

/// One of the figures of a brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Customers, Self::Revenue, Self::Arpu, Self::Ebit];
}

/// What a brand, or a parent company, has and earns.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Figures {
    /// Customers, in thousands.
    pub sio: f64,
    /// Average revenue per user, currency a month.
    pub arpu: f64,
    /// Revenue, thousands of the currency a month.
    pub revenue: f64,
    /// Earnings before interest and taxes, thousands of the currency a month.
    pub ebit: f64,
}

impl Figures {
    /// The figure of that measure.
    pub fn get(&self, measure: Measure) -> f64 {
        match measure {
            Measure::Customers => self.sio,
            Measure::Revenue => self.revenue,
            Measure::Arpu => self.arpu,
            Measure::Ebit => self.ebit,
        }
    }

    /// How far these lie above the other ones, figure by figure.
    ///
    /// The difference of two ARPUs is no mean of differences: figures of a parent are
    /// consolidated first and compared then.
    ///
    /// What rounding alone makes is no difference: a brand that nobody left has lost nothing. EBIT
    /// is rounded as its revenue is, from which it is made.
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

    /// Both together; ARPU is weighted by customers.
    fn and(self, other: Self) -> Self {
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

/// Of a figure's size, what sums in another order may add to it or take away.
const ROUNDING: f64 = 1e-12;

/// A difference of figures of that size; 0 where it is rounding alone.
pub(crate) fn discard_rounding(difference: f64, size: f64) -> f64 {
    // Not the other way round, so that what is no number stays none.
    if difference.abs() <= ROUNDING * size.abs() {
        0.0
    } else {
        difference
    }
}

/// A brand today, and after the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Change {
    /// Today.
    pub base: Figures,
    /// After the period.
    pub new: Figures,
}

impl Change {
    /// The figures under the names that they have in files.
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

/// The figures of parents: the sums over their brands, ARPU weighted by customers.
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
                base: sum.base.and(change.base),
                new: sum.new.and(change.new),
            },
        });
    }
    parents.iter().map(|sum| sum.unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_and_differences_keep_the_figures_apart() {
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
    fn rounding_alone_is_no_difference() {
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
        let none = Figures {
            ebit: f64::NAN,
            ..same
        };
        assert!(none.minus(same).ebit.is_nan());
    }
}
