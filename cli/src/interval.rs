//! Where shares and money lie, as `conjoint simulate --interval` tells it.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use conjoint::analysis::interval::{Intervals, PairedIntervals};
use conjoint::index_vec::Position;
use conjoint::market::{Change, Measure};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::{Bootstrap, Interval, Level};

use crate::error::Failure;
use crate::table::Sheet;

/// The intervals of a simulation, beside what they are of.
#[derive(Serialize)]
pub(crate) struct IntervalReport {
    percent: f64,
    seed: u64,
    resamples: u32,
    respondents: usize,
    effective_respondents: f64,
    brands: Vec<BrandIntervals>,
    #[serde(skip)]
    pub(crate) all: Intervals,
}

/// A brand's share and money: the value, where it lies, and the difference from the baseline.
struct BrandIntervals {
    brand: String,
    figures: Vec<(&'static str, f64, f64, PairedIntervals)>,
}

impl Serialize for BrandIntervals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut line = serializer.serialize_map(None)?;
        line.serialize_entry("brand", &self.brand)?;
        for (name, value, change, paired) in &self.figures {
            line.serialize_entry(name, &Told::new(*value, *change, paired))?;
        }
        line.end()
    }
}

/// A figure, where it lies, and its difference from the baseline.
#[derive(Serialize)]
struct Told {
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
    change: f64,
    change_low: Option<f64>,
    change_high: Option<f64>,
}

impl Told {
    fn new(value: f64, change: f64, paired: &PairedIntervals) -> Self {
        let [low, high] = ends(paired.live);
        let [change_low, change_high] = ends(paired.difference);
        Self {
            value,
            low,
            high,
            change,
            change_low,
            change_high,
        }
    }
}

/// The ends of an interval that may be none.
pub(crate) fn ends(interval: Option<Interval>) -> [Option<f64>; 2] {
    [interval.map(|own| own.low), interval.map(|own| own.high)]
}

impl IntervalReport {
    /// Resamples the respondents of a simulation.
    pub(crate) fn of(simulation: &Simulation, percent: f64) -> Result<Self, Failure> {
        let level = Level::new(percent)?;
        let bootstrap = Bootstrap::seeded(simulation.model().seed);
        let all = Intervals::compute(simulation, bootstrap, level);
        Ok(Self {
            percent,
            seed: bootstrap.seed,
            resamples: bootstrap.resamples,
            respondents: all.respondents,
            effective_respondents: all.effective_respondents,
            brands: brands(simulation, &all),
            all,
        })
    }

    /// What the intervals are made of, and those of the brands.
    pub(crate) fn sheet(&self) -> Sheet {
        let title = format!(
            "Intervals of {} % ({} resamples of {} respondents, who tell as much as {:.0} of equal \
             weight; change: from the study's own offers)",
            self.percent, self.resamples, self.respondents, self.effective_respondents
        );
        let header = [
            "brand", "figure", "value", "low", "high", "change", "low", "high",
        ];
        let mut sheet = Sheet::new(&title, &header);
        for line in &self.brands {
            for (name, value, change, paired) in &line.figures {
                let description = Told::new(*value, *change, paired);
                let decimals = if *name == "share" { 4 } else { 3 };
                let number = |value: f64| format!("{value:.decimals$}");
                let end = |value: Option<f64>| value.map_or(String::new(), number);
                sheet.rows.push(vec![
                    line.brand.clone(),
                    (*name).to_owned(),
                    number(*value),
                    end(description.low),
                    end(description.high),
                    number(*change),
                    end(description.change_low),
                    end(description.change_high),
                ]);
            }
        }
        sheet
    }

    /// One figure a row: brand, measure, value.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&str, String, f64)> {
        self.brands.iter().flat_map(|line| {
            line.figures
                .iter()
                .flat_map(move |(name, value, change, paired)| {
                    let description = Told::new(*value, *change, paired);
                    let ends = [
                        ("low", description.low),
                        ("high", description.high),
                        ("change", Some(description.change)),
                        ("change_low", description.change_low),
                        ("change_high", description.change_high),
                    ];
                    ends.into_iter().filter_map(move |(end, value)| {
                        Some((line.brand.as_str(), format!("{name} {end}"), value?))
                    })
                })
        })
    }
}

fn brands(simulation: &Simulation, intervals: &Intervals) -> Vec<BrandIntervals> {
    let [live, baseline] = [
        simulation.brand_shares(),
        simulation.baseline_brand_shares(),
    ];
    let money = simulation.brands().zip(simulation.baseline_brands());
    let names = ["sio_new", "revenue_new", "arpu_new", "ebit_new"];
    let brands = simulation.selected().brands().enumerate();
    brands
        .map(|(brand, own)| {
            let share = (live[brand], live[brand] - baseline[brand]);
            let mut figures = vec![("share", share.0, share.1, intervals.brands[brand])];
            if let (Some((live, baseline)), Some(paired)) = (&money, &intervals.money) {
                let difference = |change: &Change, measure| change.new.get(measure);
                let own = names.into_iter().zip(Measure::ALL).zip(paired[brand]);
                figures.extend(own.map(|((name, measure), paired)| {
                    let value = difference(&live[brand], measure);
                    (
                        name,
                        value,
                        value - difference(&baseline[brand], measure),
                        paired,
                    )
                }));
            }
            BrandIntervals {
                brand: own.name.clone(),
                figures,
            }
        })
        .collect()
}

/// A product's difference from the study's own offers; none of a product that it does not have.
pub(crate) fn change(simulation: &Simulation, product: impl Position, share: f64) -> Option<f64> {
    let baseline = simulation
        .baseline_shares()
        .as_slice()
        .get(product.index())?;
    Some(share - baseline.share)
}
