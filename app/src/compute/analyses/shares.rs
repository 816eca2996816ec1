//! Intervals of all shares and all money, as numbers.

use conjoint::analysis::interval::{Intervals, PairedIntervals};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::{Bootstrap, Interval, Level};

/// Respondents, effective respondents, how many products and brands there are, then six numbers
/// for each product, for None, for each brand, and for each of a brand's measures, if any.
pub fn compute(simulation: &Simulation) -> Vec<f64> {
    let bootstrap = Bootstrap::seeded(simulation.model().seed);
    let intervals = Intervals::compute(simulation, bootstrap, Level::default());
    let mut numbers = vec![
        intervals.respondents as f64,
        intervals.effective_respondents,
        intervals.products.len() as f64,
        intervals.brands.len() as f64,
    ];
    let money = intervals.money.iter().flat_map(|brands| brands.iter());
    let all = intervals.products.iter();
    let all = all.chain([&intervals.none]).chain(&intervals.brands);
    for paired in all.chain(money.flatten()) {
        for interval in [paired.live, paired.baseline, paired.difference] {
            numbers.extend(ends(interval));
        }
    }
    numbers
}

/// The intervals again; `None` where the numbers are no such.
pub fn read(numbers: &[f64]) -> Option<Intervals> {
    let (&[respondents, effective_respondents, products, brands], rest) =
        numbers.split_first_chunk()?;
    let (sixes, _) = rest.as_chunks::<6>();
    let mut paired = sixes.iter().map(paired);
    let products = (0..products as usize).map(|_| paired.next());
    let products = products.collect::<Option<_>>()?;
    let none = paired.next()?;
    let count = brands as usize;
    let brands = (0..count).map(|_| paired.next());
    let brands = brands.collect::<Option<_>>()?;
    let money = (0..count).map(|_| {
        let mut measure = || paired.next();
        Some([measure()?, measure()?, measure()?, measure()?])
    });
    Some(Intervals {
        respondents: respondents as usize,
        effective_respondents,
        products,
        none,
        brands,
        money: money.collect(),
    })
}

fn paired([a, b, c, d, e, f]: &[f64; 6]) -> PairedIntervals {
    PairedIntervals {
        live: interval(*a, *b),
        baseline: interval(*c, *d),
        difference: interval(*e, *f),
    }
}

/// Both ends of an interval; not numbers where there is none.
pub(super) fn ends(interval: Option<Interval>) -> [f64; 2] {
    interval.map_or([f64::NAN; 2], |it| [it.low, it.high])
}

/// The interval between two numbers; none where one is not a number.
pub(super) fn interval(low: f64, high: f64) -> Option<Interval> {
    (low.is_finite() && high.is_finite()).then_some(Interval { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;
    use conjoint::format::MONEY;
    use conjoint::sample_study::{Sample, generate};
    use conjoint::study::Study;
    use std::sync::Arc;

    #[test]
    fn what_is_read_is_what_was_computed() {
        let respondents = ["Gen X", "Baby Boomer"].map(|name| (name.to_owned(), 20));
        let study = generate(&Sample {
            seed: 1,
            respondents: respondents.to_vec(),
        });
        let mut files = study.unwrap().to_files();
        for without_money in [false, true] {
            if without_money {
                for name in MONEY {
                    files.remove(name);
                }
            }
            let study = Arc::new(Study::read(&files).unwrap());
            let simulation = Simulation::new(study);
            let level = Level::default();
            let expected = Intervals::compute(&simulation, Bootstrap::seeded(1), level);
            assert_eq!(expected.money.is_none(), without_money);
            let numbers = compute(&simulation);
            assert_eq!(read(&numbers), Some(expected));
            assert_eq!(read(&numbers[..9]), None);
        }
    }
}
