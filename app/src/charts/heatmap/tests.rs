use super::*;
use crate::format::{Separators, set_reader_separators};
use conjoint::report::CsvStyle;
use serde_json::{Value, json};

fn labels(names: &[(&str, &str)]) -> Vec<Label> {
    let label = |(brand, model): &(&str, &str)| Label {
        name: format!("{brand} {model}"),
        block: (*brand).to_owned(),
    };
    names.iter().map(label).collect()
}

fn heatmap() -> Heatmap {
    let products = |name: &str| Dimension {
        name: name.to_owned(),
        unit: String::new(),
        labels: labels(&[("Kia", "Niro EV"), ("Kia", "Soul"), ("Tesla", "Model 3")]),
    };
    Heatmap {
        rows: products("Predicted choice"),
        columns: products("Competing offer"),
        unit: "%".to_owned(),
        values: [
            [52.123_456_789, 18.34, 0.0],
            [0.0, 61.5, 15.2],
            [0.0, 0.0, 80.0],
        ]
        .map(|row| row.map(Some).to_vec())
        .to_vec(),
        intervals: Vec::new(),
        scale: Scale::Sequential { highest: 100.0 },
        first_row: FirstRow::Top,
        marks: vec![mark(0, 2, MarkKind::Chosen)],
    }
}

fn mark(row: usize, column: usize, kind: MarkKind) -> Mark {
    Mark { row, column, kind }
}

/// Costs from `begin` in steps of 10.
fn costs(name: &str, unit: &str, begin: usize, count: usize) -> Dimension {
    let label = |place: usize| Label::from((begin + 10 * place).to_string());
    Dimension {
        name: format!("{name} of Nissan LEAF S"),
        unit: unit.to_owned(),
        labels: (0..count).map(label).collect(),
    }
}

/// Two upfront costs by three monthly ones.
fn grid() -> Heatmap {
    Heatmap {
        rows: costs("upfront cost", "$", 4540, 2),
        columns: costs("monthly cost", "$ a month", 155, 3),
        unit: "$ thousand a month".to_owned(),
        values: vec![
            vec![Some(1.234_567_89), Some(-0.4), None],
            vec![Some(0.0), Some(-2.5), Some(f64::NAN)],
        ],
        intervals: Vec::new(),
        scale: Scale::Diverging,
        first_row: FirstRow::Bottom,
        marks: vec![mark(0, 0, MarkKind::Best), mark(1, 0, MarkKind::Baseline)],
    }
}

/// A grid as large as a page shows.
fn large_grid() -> Heatmap {
    let row = |row: usize| {
        let value = move |column: usize| Some((row as f64 - 70.0) * (column as f64).sqrt() / 999.0);
        (0..200).map(value).collect()
    };
    Heatmap {
        rows: costs("upfront cost", "$", 2000, 200),
        columns: costs("monthly cost", "$ a month", 100, 200),
        values: (0..200).map(row).collect(),
        ..grid()
    }
}

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn trace(heatmap: &Heatmap) -> Value {
    read(heatmap.graphic().drawing.traces())[0].take()
}

fn layout(heatmap: &Heatmap) -> Value {
    read(heatmap.graphic().drawing.layout())
}

/// Kind and corners of every shape.
fn shapes(layout: &Value) -> Vec<Value> {
    let corners = |shape: &Value| {
        json!([
            shape["type"],
            shape["x0"],
            shape["x1"],
            shape["y0"],
            shape["y1"]
        ])
    };
    let shapes = layout["shapes"].as_array().unwrap().iter();
    shapes.map(corners).collect()
}

#[test]
fn cells_have_colors_labels_and_units() {
    let trace = trace(&heatmap());
    assert_eq!(trace["type"], "heatmap");
    assert_eq!(trace["z"][0], json!([52.1235, 18.34, 0.0]));
    assert_eq!(trace["zmin"], 0.0);
    assert_eq!(trace["zmax"], 100.0);
    assert_eq!(trace["text"][0], json!(["52", "18", ""]));
    assert_eq!(trace["texttemplate"], "%{text}");
    assert_eq!(trace["colorbar"]["ticksuffix"], " %");
    assert_eq!(trace["colorscale"][0], json!([0.0, "rgba(0,0,0,0)"]));
    assert_eq!(trace["colorscale"][1], json!([1e-6, "#3b528b"]));
    assert_eq!(trace["colorscale"][5], json!([1.0, "#5ec962"]));
    assert_eq!(
        trace["hovertemplate"],
        "Predicted choice %{y},<br>competing offer %{x}:<br>%{z:,.1f} %<extra></extra>"
    );
}

#[test]
fn the_axes_name_the_products_in_their_order() {
    let (trace, layout) = (trace(&heatmap()), layout(&heatmap()));
    let names = json!(["Kia Niro EV", "Kia Soul", "Tesla Model 3"]);
    for (places, axis) in [("x", "xaxis"), ("y", "yaxis")] {
        assert_eq!(trace[places], names);
        assert_eq!(layout[axis]["type"], "category");
    }
    assert_eq!(layout["xaxis"]["range"], json!([-0.5, 2.5]));
    assert_eq!(layout["yaxis"]["range"], json!([2.5, -0.5]));
    assert_eq!(layout["xaxis"]["title"]["text"], "Competing offer");
    assert_eq!(layout["yaxis"]["title"]["text"], "Predicted choice");
}

#[test]
fn products_with_the_same_name_stay_distinct() {
    let mut twins = heatmap();
    twins.rows.labels[1] = twins.rows.labels[0].clone();
    let names = json!(["Kia Niro EV", "Kia Niro EV (2)", "Tesla Model 3"]);
    assert_eq!(trace(&twins)["y"], names);
    assert_eq!(twins.graphic().table.rows[1][0], Cell::text("Kia Niro EV"));
}

#[test]
fn lines_separate_brands_and_the_chosen_cell_is_outlined() {
    let drawn = shapes(&layout(&heatmap()));
    assert_eq!(
        drawn,
        [
            json!(["line", 1.5, 1.5, -0.5, 2.5]),
            json!(["line", -0.5, 2.5, 1.5, 1.5]),
            json!(["rect", 1.5, 2.5, -0.5, 0.5]),
        ]
    );
    let nowhere = Heatmap {
        marks: vec![mark(9, 0, MarkKind::Chosen), mark(0, 3, MarkKind::Best)],
        ..heatmap()
    };
    assert_eq!(shapes(&layout(&nowhere)).len(), 2);
    assert_eq!(nowhere.graphic().note, None);
}

#[test]
fn cells_that_are_too_small_have_no_labels() {
    let label = || labels(&[("Kia", "Soul")]).remove(0);
    for (rows, columns) in [(3, MANY + 1), (MANY + 1, 3)] {
        let mut many = heatmap();
        many.rows.labels = vec![label(); rows];
        many.columns.labels = vec![label(); columns];
        let trace = trace(&many);
        assert_eq!(trace.get("texttemplate"), None);
        assert_eq!(trace.get("text"), None);
    }
    // 20 columns of five characters fit, 21 do not.
    for (columns, fit) in [(20, true), (21, false)] {
        let wide = Heatmap {
            columns: costs("monthly cost", "$ a month", 155, columns),
            values: vec![vec![Some(-1.5); columns]; 2],
            ..grid()
        };
        assert_eq!(trace(&wide).get("text").is_some(), fit);
    }
}

#[test]
fn intervals_are_in_hover_texts_and_in_the_table() {
    let (low, high) = (-2.25, -1.5);
    let with_intervals = Heatmap {
        intervals: vec![vec![None, Some(Interval { low, high })], Vec::new()],
        ..grid()
    };
    let trace = trace(&with_intervals);
    let text = "<br>90 % interval: −2.25 to −1.50";
    assert_eq!(trace["customdata"][0], json!(["<br>★ best", text]));
    let table = with_intervals.graphic().table;
    let names: Vec<&str> = table.names().collect();
    assert_eq!(names[4..7], ["165", "165, low", "165, high"]);
    let csv = table.to_csv(CsvStyle::Spreadsheet);
    let row = csv.lines().nth(1).unwrap();
    assert!(
        row.starts_with("4540,1.23456789,,,-0.4,-2.25,-1.5,,,"),
        "{row}"
    );
}

#[test]
fn the_table_has_every_digit_and_zeros() {
    let table = heatmap().graphic().table;
    let names = [
        "Predicted choice",
        "Kia Niro EV",
        "Kia Soul",
        "Tesla Model 3",
    ];
    assert!(table.names().eq(names));
    assert_eq!(table.unit(), "%");
    assert_eq!(table.rows[0][0], Cell::text("Kia Niro EV"));
    assert_eq!(
        table.rows[0][1..],
        [52.123_456_789, 18.34, 0.0].map(Cell::number)
    );
}

#[test]
fn differences_have_signs_and_colors_around_0() {
    let trace = trace(&grid());
    assert_eq!(
        trace["z"],
        json!([[1.23457, -0.4, null], [0.0, -2.5, null]])
    );
    assert_eq!(
        trace["text"],
        json!([["+1.23", "−0.40", ""], ["0", "−2.50", ""]])
    );
    assert_eq!([&trace["zmin"], &trace["zmax"]], [-2.5, 2.5]);
    assert_eq!(trace["autocolorscale"], true);
    assert_eq!(trace["colorbar"]["title"]["text"], "$ thousand a month");
    assert_eq!(
        trace["hovertemplate"],
        "Upfront cost of Nissan LEAF S %{y} $,<br>\
         monthly cost of Nissan LEAF S %{x} $ a month:<br>\
         %{z:+,.3~f} $ thousand a month%{customdata}<extra></extra>"
    );
}

#[test]
fn a_grid_of_costs_grows_upwards_and_names_their_units() {
    let layout = layout(&grid());
    assert_eq!(layout["yaxis"]["range"], json!([-0.5, 1.5]));
    assert_eq!(
        layout["xaxis"]["title"]["text"],
        "Monthly cost of Nissan LEAF S, $ a month"
    );
    assert_eq!(layout["xaxis"].get("tickangle"), None);
    let table = grid().graphic().table;
    let corner = "Upfront cost of Nissan LEAF S, $ \\ Monthly cost of Nissan LEAF S, $ a month";
    assert!(table.names().eq([corner, "155", "165", "175"]));
    assert_eq!(
        table.rows[0][1..],
        [Cell::number(1.234_567_89), Cell::number(-0.4), Cell::Empty]
    );
}

#[test]
fn best_and_baseline_have_signs_outlines_and_words() {
    let graphic = grid().graphic();
    assert_eq!(
        graphic.note.as_deref(),
        Some("★, thick outline: best · ◇, dashed outline: baseline")
    );
    let layout = read(graphic.drawing.layout());
    let (best, baseline) = (&layout["annotations"][0], &layout["annotations"][1]);
    assert_eq!([&best["text"], &baseline["text"]], ["★", "◇"]);
    // The upper left corner, the lower right one.
    assert_eq!([&best["x"], &best["y"]], [-0.5, 0.5]);
    assert_eq!([&baseline["x"], &baseline["y"]], [0.5, 0.5]);
    assert_eq!(layout["shapes"].as_array().unwrap().len(), 4);
    assert_eq!(layout["shapes"][3]["line"]["dash"], "dash");
    let trace = &read(graphic.drawing.traces())[0];
    assert_eq!(
        trace["customdata"],
        json!([["<br>★ best"], ["<br>◇ baseline"]])
    );
    assert_eq!(trace["hovertemplatefallback"], "");

    let one = Heatmap {
        marks: vec![mark(1, 1, MarkKind::Baseline), mark(1, 1, MarkKind::Best)],
        ..grid()
    };
    assert_eq!(
        super::marks::remarks(&one),
        [
            vec![],
            vec![String::new(), "<br>★ best<br>◇ baseline".to_owned()]
        ]
    );
}

#[test]
fn badges_follow_the_direction_of_the_rows() {
    let layout = layout(&Heatmap {
        first_row: FirstRow::Top,
        ..grid()
    });
    assert_eq!(layout["annotations"][0]["y"], -0.5);
    assert_eq!(layout["annotations"][1]["y"], 1.5);
}

#[test]
fn without_differences_the_scale_has_a_length() {
    let still = Heatmap {
        values: vec![vec![Some(0.0); 3]; 2],
        ..grid()
    };
    let trace = trace(&still);
    assert_eq!([&trace["zmin"], &trace["zmax"]], [-1.0, 1.0]);
    assert_eq!(trace["text"][0], json!(["0", "0", "0"]));
}

#[test]
fn a_large_grid_has_a_short_json_and_few_ticks() {
    let graphic = large_grid().graphic();
    let size = graphic.drawing.traces().len() + graphic.drawing.layout().len();
    assert!(size < 10 * 200 * 200, "{size} bytes");
    let layout = read(graphic.drawing.layout());
    assert_eq!(layout["xaxis"]["nticks"], 15);
    assert_eq!(layout["annotations"][0]["text"], "★ best");
    // From the lower left corner to the right and up.
    assert_eq!(layout["annotations"][0]["ax"], AWAY_FROM_CORNER);
    assert_eq!(layout["annotations"][0]["ay"], -AWAY_FROM_CORNER);
}

/// Pixels from a small cell to its name.
const AWAY_FROM_CORNER: f64 = 34.0;

#[test]
fn labels_have_the_readers_separators_but_the_table_does_not() {
    set_reader_separators(Separators::from_browser(Some(','), Some('.')));
    let graphic = Heatmap {
        columns: costs("monthly cost", "$ a month", 155, 3),
        ..grid()
    }
    .graphic();
    let trace = read(graphic.drawing.traces())[0].take();
    assert_eq!(trace["text"][0], json!(["+1,23", "−0,40", ""]));
    let csv = graphic.table.to_csv(CsvStyle::Spreadsheet);
    assert!(csv.contains(",1.23456789,-0.4,"), "{csv}");
}
