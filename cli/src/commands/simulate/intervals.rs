//! Confidence intervals of shares and money, for `conjoint simulate --interval`.

use serde::Serialize;

use conjoint::analysis::interval::{Intervals, PairedIntervals};
use conjoint::market::{Change, Measure};
use conjoint::report::{Cell, Column, Table};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::Level;

use crate::error::CliError;
use crate::tables::{NamedValues, interval_ends};

/// The headings of what follows a figure in a table; see [`paired_figure`].
pub(super) const INTERVAL_NAMES: [&str; 5] = ["low", "high", "change", "change low", "change high"];

/// A figure under its name, its interval, its difference from the baseline, and the interval of the
/// difference.
pub(super) fn paired_figure(
    name: &str,
    value: f64,
    change: Option<f64>,
    intervals: &PairedIntervals,
) -> NamedValues<Option<f64>> {
    let [low, high] = interval_ends(intervals.live);
    let [change_low, change_high] = interval_ends(intervals.difference);
    let figures = [
        (name, Some(value)),
        ("low", low),
        ("high", high),
        ("change", change),
        ("change_low", change_low),
        ("change_high", change_high),
    ];
    NamedValues(figures.map(|(name, value)| (name.to_owned(), value)).into())
}

/// The intervals of a simulation.
#[derive(Serialize)]
pub(super) struct IntervalReport {
    percent: f64,
    seed: u64,
    resamples: u32,
    uncertainty: &'static str,
    respondents: usize,
    effective_respondents: f64,
    brands: Vec<BrandIntervals>,
    #[serde(skip)]
    all: Intervals,
}

/// A brand's share and money.
#[derive(Serialize)]
struct BrandIntervals {
    brand: String,
    #[serde(flatten)]
    figures: NamedValues<NamedValues<Option<f64>>>,
}

impl IntervalReport {
    /// Resamples the respondents of a simulation.
    pub(super) fn compute(simulation: &Simulation, percent: f64) -> Result<Self, CliError> {
        let level = Level::new(percent)?;
        let bootstrap = simulation.model().bootstrap();
        let all = Intervals::compute(simulation, bootstrap, level);
        Ok(Self {
            percent,
            seed: bootstrap.seed,
            resamples: bootstrap.resamples,
            uncertainty: bootstrap.uncertainty.id(),
            respondents: all.respondents,
            effective_respondents: all.effective_respondents,
            brands: brand_intervals(simulation, &all),
            all,
        })
    }

    /// The intervals of everything.
    pub(super) fn all(&self) -> &Intervals {
        &self.all
    }

    /// A row per brand and figure.
    pub(super) fn table(&self) -> Table {
        let columns = ["brand", "figure", "value"].into_iter();
        let columns = columns.chain(INTERVAL_NAMES).map(Column::new);
        let title = format!("{} % confidence intervals", self.percent);
        let note = format!(
            "{} resamples of {} respondents, effective sample size {:.0}; change: difference from \
             the study's own offers",
            self.resamples, self.respondents, self.effective_respondents
        );
        let mut table = Table::new(title, columns).with_note(note);
        for line in &self.brands {
            for (name, figure) in &line.figures.0 {
                let decimals = if name == "share" { 4 } else { 3 };
                let cell = |value| Cell::decimal(value, decimals);
                let figures = figure.0.iter();
                let figures = figures.map(|(_, value)| Cell::optional(*value, cell));
                let names = [Cell::text(&line.brand), Cell::text(name)];
                table.push(names.into_iter().chain(figures));
            }
        }
        table
    }

    /// Brand, measure and value of everything but the figures themselves.
    pub(super) fn figures(&self) -> impl Iterator<Item = (&str, String, f64)> {
        let lines = self.brands.iter();
        lines.flat_map(|line| {
            line.figures.0.iter().flat_map(move |(name, figure)| {
                let ends = figure.0.iter().skip(1);
                ends.filter_map(move |(end, value)| {
                    Some((line.brand.as_str(), format!("{name} {end}"), (*value)?))
                })
            })
        })
    }
}

fn brand_intervals(simulation: &Simulation, intervals: &Intervals) -> Vec<BrandIntervals> {
    let [live, baseline] = [
        simulation.brand_shares(),
        simulation.baseline_brand_shares(),
    ];
    let money = simulation.brands().zip(simulation.baseline_brands());
    let names = ["sio_new", "revenue_new", "arpu_new", "ebit_new"];
    let mut lines = Vec::new();
    for (index, brand) in simulation.selected().brands().enumerate() {
        let paired = |name: &str, live: f64, baseline: f64, intervals: &PairedIntervals| {
            let figure = paired_figure("value", live, Some(live - baseline), intervals);
            (name.to_owned(), figure)
        };
        let (share, base) = (live[index], baseline[index]);
        let mut figures = vec![paired("share", share, base, &intervals.brands[index])];
        if let (Some((live, baseline)), Some(all)) = (&money, &intervals.money) {
            let measures = names.into_iter().zip(Measure::ALL).zip(&all[index]);
            figures.extend(measures.map(|((name, measure), intervals)| {
                let value = |change: &Change| change.new.get(measure);
                paired(
                    name,
                    value(&live[index]),
                    value(&baseline[index]),
                    intervals,
                )
            }));
        }
        lines.push(BrandIntervals {
            brand: brand.name.clone(),
            figures: NamedValues(figures),
        });
    }
    lines
}
