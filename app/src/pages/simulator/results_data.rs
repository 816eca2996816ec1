//! The numbers of "Results" at full precision, for the workbook.

use conjoint::report::{Cell, Table};
use conjoint::stats::bootstrap::Interval;

use super::money::{brand_money, money_intervals};
use super::results::{MEASURES, compared_measures};
use super::rows::{Row, rows, scenario_interval, scenario_share};
use crate::charts::build_table;
use crate::components::AnalysisFigureProps;
use crate::compute::ComparedScenario;
use crate::text::measures::{measure_title, measure_unit};

/// A row for each row of "Results".
pub(super) fn data_table(props: &AnalysisFigureProps) -> Table {
    let row = |row: Row| {
        let compared = props.compared.iter();
        let compared = compared.flat_map(|compared| compared_cells(props, compared, &row));
        let own = share_cells(&row)
            .into_iter()
            .chain(money_cells(props, &row));
        (row.name.clone(), own.chain(compared).collect())
    };
    let rows = rows(props).into_iter();
    build_table("brand, product", headers(props), "", rows.map(row))
}

fn headers(props: &AnalysisFigureProps) -> Vec<String> {
    let (study, settings) = (props.state.study(), props.state.study().settings());
    let shares = [
        "share, %",
        "baseline, %",
        "change, points",
        "share, low, %",
        "share, high, %",
    ];
    let measures = MEASURES.iter().filter(|_| study.has_money());
    let money = measures.flat_map(|measure| {
        let title = measure_title(*measure, settings);
        let unit = measure_unit(*measure, settings);
        ["", "change, "].map(|part| format!("{title}, {part}{unit}"))
    });
    let compared = props.compared.iter().flat_map(|compared| {
        let name = &compared.name;
        let shares = ["share", "share, low", "share, high"];
        let shares = shares.map(|part| format!("{name}: {part}, %")).into_iter();
        let money = compared_measures(study).flat_map(move |measure| {
            let title = measure_title(measure, settings);
            let unit = measure_unit(measure, settings);
            let parts = ["", "change, ", "change, low, ", "change, high, "];
            parts.map(|part| format!("{name}: {title}, {part}{unit}"))
        });
        shares.chain(money)
    });
    let shares = shares.map(str::to_owned).into_iter();
    shares.chain(money).chain(compared).collect()
}

/// A share in percent.
fn percentage(share: f64) -> Cell {
    Cell::number(share * 100.0)
}

fn share_cells(row: &Row) -> [Cell; 5] {
    let [low, high] = ends(row.interval);
    [
        percentage(row.share),
        Cell::optional(row.baseline, percentage),
        Cell::optional(row.baseline, |baseline| percentage(row.share - baseline)),
        Cell::optional(low, percentage),
        Cell::optional(high, percentage),
    ]
}

/// Every measure and its change; empty for rows that are no brands.
fn money_cells(props: &AnalysisFigureProps, row: &Row) -> Vec<Cell> {
    let measures = MEASURES.iter().filter(|_| props.state.study().has_money());
    let cells = measures.flat_map(|measure| {
        let money = row
            .brand
            .and_then(|brand| brand_money(&props.live.market, brand, *measure));
        let figures = [
            money.map(|money| money.live),
            money.map(|money| money.change),
        ];
        figures.map(|figure| Cell::optional(figure, Cell::number))
    });
    cells.collect()
}

/// A scenario's share with its interval, and a brand's measures, each with its change and the interval of
/// the change.
fn compared_cells(
    props: &AnalysisFigureProps,
    compared: &ComparedScenario,
    row: &Row,
) -> Vec<Cell> {
    let market = compared.market.as_deref();
    let share = market.and_then(|market| scenario_share(market, row));
    let interval = market.and_then(|market| scenario_interval(compared, market, row));
    let [low, high] = ends(interval);
    let shares = [share, low, high].map(|share| Cell::optional(share, percentage));
    let money = compared_measures(props.state.study()).flat_map(|measure| {
        let money = row.brand.zip(market);
        let money = money.and_then(|(brand, market)| brand_money(market, brand, measure));
        let intervals = compared.intervals.as_deref();
        let intervals = row
            .brand
            .and_then(|brand| money_intervals(intervals, brand, measure));
        let [low, high] = ends(intervals.and_then(|intervals| intervals.difference));
        let figures = [
            money.map(|it| it.live),
            money.map(|it| it.change),
            low,
            high,
        ];
        figures.map(|figure| Cell::optional(figure, Cell::number))
    });
    shares.into_iter().chain(money).collect()
}

fn ends(interval: Option<Interval>) -> [Option<f64>; 2] {
    [interval.map(|it| it.low), interval.map(|it| it.high)]
}
