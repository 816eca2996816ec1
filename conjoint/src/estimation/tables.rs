//! A report as tables: what the command line prints and the page shows.

use super::report::{EstimationReport, FitReport};
use crate::report::{Cell, Column, Table};

impl EstimationReport {
    /// Every parameter with its interval of 90 %; of hierarchical Bayes also its diagnostics.
    pub fn parameter_table(&self) -> Table {
        let has_draws = self.draws.is_some();
        let is_clustered = self
            .parameters
            .iter()
            .any(|parameter| parameter.standard_error_clustered.is_some());
        let mut columns = vec![
            Column::new("attribute"),
            Column::new("level"),
            Column::new("estimate"),
            Column::new("standard error").with_key("standard_error"),
        ];
        columns.extend(is_clustered.then(|| {
            Column::new("standard error, clustered").with_key("standard_error_clustered")
        }));
        columns.extend(["low", "high"].map(Column::new));
        if has_draws {
            columns.extend([
                Column::new("Monte Carlo error").with_key("mcse"),
                Column::new("R-hat").with_key("rhat"),
                Column::new("effective draws").with_key("ess"),
                Column::new("variance"),
                Column::new("standard error of variance").with_key("variance_error"),
                Column::new("R-hat of variance").with_key("variance_rhat"),
                Column::new("effective draws of variance").with_key("variance_ess"),
            ]);
        }
        let mut table = Table::new("Parameters", columns).with_note("intervals of 90 %");
        for parameter in &self.parameters {
            let number = |value: Option<f64>, decimals: u8| {
                Cell::optional(value, |value| Cell::decimal(value, decimals))
            };
            let mut row = vec![
                Cell::text(&parameter.attribute),
                Cell::text(&parameter.level),
                Cell::decimal(parameter.estimate, 6),
                number(parameter.standard_error, 6),
            ];
            row.extend(is_clustered.then(|| number(parameter.standard_error_clustered, 6)));
            row.extend([number(parameter.low, 4), number(parameter.high, 4)]);
            if has_draws {
                let variance = parameter.variance.as_ref();
                row.extend([
                    number(parameter.mcse, 4),
                    number(parameter.rhat, 3),
                    number(parameter.ess, 0),
                    number(variance.map(|variance| variance.estimate), 4),
                    number(variance.map(|variance| variance.standard_error), 4),
                    number(variance.map(|variance| variance.rhat), 3),
                    number(variance.map(|variance| variance.ess), 0),
                ]);
            }
            table.push(row);
        }
        table
    }

    /// What was estimated from what, and how well it fits: a row per figure.
    pub fn summary_table(&self) -> Table {
        let report = self;
        let mut table = Table::new("Summary", ["figure", "value"].map(Column::new));
        let mut add = |name: &str, cell: Option<Cell>| {
            table
                .rows
                .extend(cell.map(|cell| vec![Cell::text(name), cell]))
        };
        add("layout", Some(Cell::text(report.layout)));
        add("respondents", Some(Cell::count(report.respondents)));
        add("tasks", Some(Cell::count(report.tasks)));
        add("alternatives", Some(Cell::count(report.alternatives)));
        add("intercept", figure(report.intercept));
        add("log-likelihood", figure(report.log_likelihood));
        add("null log-likelihood", figure(report.null_log_likelihood));
        for (name, cell) in fit_cells(&report.fit) {
            add(&name, cell);
        }
        add(
            "constrained respondents",
            report.constrained_respondents.map(Cell::count),
        );
        if let Some(sampling) = &report.sampling {
            let prior = &sampling.prior.prior;
            add(
                "iterations per chain",
                Some(Cell::count(sampling.iterations)),
            );
            add("burn-in", Some(Cell::count(sampling.burn_in)));
            add("acceptance", Some(Cell::percent(sampling.acceptance, 0)));
            add(
                "respondents below chance",
                Some(Cell::count(sampling.below_chance)),
            );
            add(
                "prior degrees of freedom",
                Some(Cell::number(prior.degrees_of_freedom)),
            );
        }
        add(
            "converged",
            Some(Cell::text(if report.converged { "yes" } else { "no" })),
        );
        add("seed", i64::try_from(report.seed).ok().map(Cell::Integer));
        add("seconds", Some(Cell::decimal(report.seconds, 2)));
        table
    }

    /// What was left out and what was assumed, in sentences.
    pub fn notes(&self) -> Vec<String> {
        let left_out = self
            .left_out
            .iter()
            .map(|entry| format!("Left out: {} × {}.", entry.count, entry.reason));
        left_out.chain(self.assumed.iter().cloned()).collect()
    }
}

/// A figure with six digits.
fn figure(value: Option<f64>) -> Option<Cell> {
    value.map(|value| Cell::decimal(value, 6))
}

/// How well the model fits, by the names of the figures.
fn fit_cells(fit: &FitReport) -> Vec<(String, Option<Cell>)> {
    let percent = |value: Option<f64>, decimals| value.map(|value| Cell::percent(value, decimals));
    let mut cells = vec![
        ("root likelihood".to_owned(), figure(fit.rlh)),
        (
            "percent certainty".to_owned(),
            percent(fit.percent_certainty, 1),
        ),
        ("AIC".to_owned(), figure(fit.aic)),
        ("BIC".to_owned(), figure(fit.bic)),
        ("R²".to_owned(), figure(fit.r_squared)),
        ("hit rate".to_owned(), percent(fit.hit_rate, 1)),
    ];
    let holdout = [
        (
            "holdout hit rate",
            fit.holdout_hit_rate,
            fit.holdout_hit_rate_interval,
            1,
        ),
        (
            "holdout error of shares",
            fit.holdout_mae,
            fit.holdout_mae_interval,
            2,
        ),
    ];
    for (name, value, interval, decimals) in holdout {
        let [low, high] = [
            interval.map(|ends| ends.low),
            interval.map(|ends| ends.high),
        ];
        cells.push((name.to_owned(), percent(value, decimals)));
        cells.push((format!("{name}, low"), percent(low, decimals)));
        cells.push((format!("{name}, high"), percent(high, decimals)));
    }
    cells
}
