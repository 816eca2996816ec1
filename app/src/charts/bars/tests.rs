use super::*;
use conjoint::report::Cell;
use conjoint::stats::bootstrap::Interval;
use serde_json::{Value, json};

fn bars() -> Bars {
    Bars {
        category: "product".to_owned(),
        measure: "First choices".to_owned(),
        unit: "respondents".to_owned(),
        categories: ["Tesla Model 3", "500"]
            .map(str::to_owned)
            .into_iter()
            .collect(),
        series: vec![
            BarSeries {
                name: "live".to_owned(),
                values: vec![Some(12.0), None],
                fill: Fill::Each(vec!["#c00".to_owned(), "#0c0".to_owned()]),
                intervals: Vec::new(),
            },
            BarSeries {
                name: "baseline".to_owned(),
                values: vec![Some(10.0), Some(2.0)],
                fill: Fill::Outline,
                intervals: Vec::new(),
            },
        ],
        grouping: Grouping::Overlaid,
    }
}

#[test]
fn each_series_is_a_trace_with_units() {
    let graphic = bars().graphic();
    let traces: Value = serde_json::from_str(graphic.drawing.traces()).unwrap();
    assert_eq!(traces[0]["y"], json!([12.0, null]));
    assert_eq!(traces[0]["marker"]["color"], json!(["#c00", "#0c0"]));
    assert_eq!(
        traces[0]["hovertemplate"],
        "%{x}<br>%{fullData.meta}: %{y:,.4~r} respondents<extra></extra>"
    );
    assert_eq!(traces[1]["marker"]["line"]["width"], 2.0);
    let layout: Value = serde_json::from_str(graphic.drawing.layout()).unwrap();
    assert_eq!(layout["barmode"], "overlay");
    assert_eq!(layout["xaxis"]["type"], "category");
    assert_eq!(
        layout["yaxis"]["title"]["text"],
        "First choices, respondents"
    );
}

#[test]
fn series_along_an_axis_are_lines_with_intervals() {
    let series = BarSeries {
        name: "live".to_owned(),
        values: vec![Some(0.5), Some(-0.25)],
        fill: Fill::Color("#c00".to_owned()),
        intervals: vec![
            Some(Interval {
                low: 0.25,
                high: 1.0,
            }),
            None,
        ],
    };
    let graphic = Bars {
        categories: Categories {
            names: ["120.5", "1250"].map(str::to_owned).to_vec(),
            title: Some("monthly cost".to_owned()),
            ..Categories::default()
        },
        series: vec![series],
        grouping: Grouping::AlongAxis,
        ..bars()
    }
    .graphic();
    let traces: Value = serde_json::from_str(graphic.drawing.traces()).unwrap();
    let trace = &traces[0];
    assert_eq!(
        [&trace["type"], &trace["mode"]],
        ["scatter", "lines+markers"]
    );
    assert_eq!(trace["x"], json!(["120.5", "1250"]));
    assert_eq!(trace["line"]["color"], "#c00");
    assert_eq!(trace["error_y"]["array"], json!([0.5, null]));
    assert_eq!(trace["error_y"]["arrayminus"], json!([0.25, null]));
    let layout: Value = serde_json::from_str(graphic.drawing.layout()).unwrap();
    assert_eq!(layout["xaxis"].get("type"), None);
    assert_eq!(layout["xaxis"]["title"]["text"], "Monthly cost");
    // Settings of bars, which plotly.js does not know without bars.
    assert_eq!([layout.get("barmode"), layout.get("bargap")], [None, None]);
    assert!(
        graphic
            .table
            .names()
            .eq(["product", "live", "live, low", "live, high"])
    );
    let cells = [Cell::number(-0.25), Cell::Empty, Cell::Empty];
    assert_eq!(graphic.table.rows[1][1..], cells);
}

#[test]
fn the_table_has_the_same_numbers() {
    let table = bars().graphic().table;
    assert!(table.names().eq(["product", "live", "baseline"]));
    assert_eq!(table.rows[0][1..], [Cell::number(12.0), Cell::number(10.0)]);
    assert_eq!(table.rows[1][1..], [Cell::Empty, Cell::number(2.0)]);
}

fn sweep(points: usize, brands: usize) -> Bars {
    let series = |brand: usize| BarSeries {
        name: format!("Brand {brand}"),
        values: (0..points).map(|point| Some(point as f64 - 1.0)).collect(),
        fill: Fill::Color("#c00".to_owned()),
        intervals: Vec::new(),
    };
    Bars {
        category: "point".to_owned(),
        measure: "Change in EBIT".to_owned(),
        unit: "$ thousand a month".to_owned(),
        categories: Categories {
            names: (0..points)
                .map(|point| (399 + 20 * point).to_string())
                .collect(),
            title: Some("monthly cost of Tesla Model 3, $ a month".to_owned()),
            details: Vec::new(),
        },
        series: (0..brands).map(series).collect(),
        grouping: Grouping::SideBySide,
    }
}

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[test]
fn changes_have_signs_digits_and_a_line_at_0() {
    let mut bars = sweep(2, 2);
    bars.series[0].values = vec![Some(-0.012_345_678_9), None];
    bars.series[1].values = vec![Some(f64::NAN), Some(0.0)];
    let graphic = bars.graphic_of_changes();
    let (traces, layout) = (
        read(graphic.drawing.traces()),
        read(graphic.drawing.layout()),
    );
    assert_eq!(traces[0]["y"], json!([-0.0123457, null]));
    assert_eq!(traces[1]["y"], json!([null, 0.0]));
    assert_eq!(
        traces[0]["hovertemplate"],
        "Monthly cost of Tesla Model 3, $ a month: %{x}<br>\
         %{fullData.meta}: %{y:+,.5~f} $ thousand a month<extra></extra>"
    );
    assert_eq!(layout["barmode"], "group");
    assert_eq!(layout["yaxis"]["zerolinewidth"], 2);
    assert_eq!(
        layout["xaxis"]["title"]["text"],
        "Monthly cost of Tesla Model 3, $ a month"
    );
    assert_eq!(graphic.note, None);
}

#[test]
fn a_category_may_have_details() {
    let mut bars = sweep(2, 1);
    bars.categories.details = vec!["Tesla Model S 900".to_owned(), String::new()];
    let traces = read(bars.graphic_of_changes().drawing.traces());
    assert_eq!(traces[0]["hovertext"], json!(["<br>Tesla Model S 900", ""]));
    let template = traces[0]["hovertemplate"].as_str().unwrap();
    assert!(template.ends_with("a month%{hovertext}<extra></extra>"));
}

#[test]
fn too_many_bars_are_thinned_with_a_note() {
    let graphic = sweep(10_000, 8).graphic_of_changes();
    let traces = read(graphic.drawing.traces());
    assert_eq!(traces[7]["x"].as_array().unwrap().len(), 100);
    assert_eq!(traces[7]["x"][1], "2399");
    assert_eq!(traces[7]["y"][1], 99.0);
    assert_eq!(
        graphic.note.as_deref(),
        Some("Drawn: one point in 100; the table has all 10,000.")
    );
    assert_eq!(graphic.table.rows.len(), 10_000);
    assert_eq!(sweep(100, 8).graphic_of_changes().note, None);
}

#[test]
fn a_note_says_that_nothing_changed() {
    let mut bars = sweep(2, 1);
    bars.series[0].values = vec![Some(0.0), None];
    let note = bars.graphic_of_changes().note;
    assert_eq!(note.as_deref(), Some("No change: every value is 0."));
    assert_eq!(bars.graphic().note, None);
    bars.series[0].values = vec![None; 2];
    assert_eq!(bars.graphic_of_changes().note, None);
}

#[test]
fn products_with_the_same_name_stay_distinct() {
    let mut bars = bars();
    bars.categories.names[1] = bars.categories.names[0].clone();
    let traces = read(bars.graphic().drawing.traces());
    assert_eq!(
        traces[0]["x"],
        json!(["Tesla Model 3", "Tesla Model 3 (2)"])
    );
}

#[test]
fn a_long_category_is_cut_on_the_axis_and_whole_in_the_hover_text() {
    let long = "Tesla Model 3 Long Range with Dual Motors";
    let graphic = Bars {
        categories: [long, "Kia Soul"].map(str::to_owned).into_iter().collect(),
        ..bars()
    }
    .graphic();
    let traces: Value = serde_json::from_str(graphic.drawing.traces()).unwrap();
    assert_eq!(
        traces[0]["x"],
        json!(["Tesla Model…Dual Motors", "Kia Soul"])
    );
    assert_eq!(traces[0]["customdata"], json!([long, "Kia Soul"]));
    assert_eq!(
        traces[0]["hovertemplate"],
        "%{customdata}<br>%{fullData.meta}: %{y:,.4~r} respondents<extra></extra>"
    );
}
