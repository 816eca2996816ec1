use super::*;
use conjoint::report::Cell;
use serde_json::{Value, json};

const IDS: [&str; 3] = ["p7", "p9", "p4"];
const KIA: [f64; 3] = [0.25, 0.1234567891, 0.5];
const TESLA: [f64; 3] = [0.75; 3];

fn sample<'a>(
    name: &'a str,
    respondents: &'a [&'a str],
    values: &'a [f64],
    density: Option<&'a Density>,
) -> Sample<'a> {
    Sample {
        name,
        color: "#0072b2",
        respondents,
        values,
        density,
    }
}

/// Kia has a curve, Tesla has the same value three times, Volkswagen has no value.
fn graphic(density: &Density) -> Graphic {
    Distributions {
        measure: "Probability of choosing the brand",
        samples: vec![
            sample("VW", &[], &[], None),
            sample("Kia", &IDS, &KIA, Some(density)),
            sample("Tesla", &IDS, &TESLA, None),
        ],
    }
    .graphic()
}

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[test]
fn a_curve_is_a_start_and_a_step_and_its_rug_has_the_respondents() {
    let density = Density::estimate(&KIA).unwrap();
    let traces = read(graphic(&density).drawing.traces());
    assert_eq!(traces.as_array().unwrap().len(), 3);
    let (curve, rug, tesla) = (&traces[0], &traces[1], &traces[2]);
    assert_eq!(curve["x0"], density.min);
    assert_eq!(curve["dx"], (density.max - density.min) / 499.0);
    assert_eq!(curve.get("x"), None);
    assert_eq!(curve["y"].as_array().unwrap().len(), POINTS);
    assert_eq!(curve["y"][3], rounded(density.curve[3]));
    let x = json!([0.123457, 0.123457, 0.25, 0.25, 0.5, 0.5]);
    assert_eq!(rug["x"], x);
    assert_eq!(rug["y"], json!([3.0, 0.0, 3.0, 0.0, 3.0, 0.0]));
    assert_eq!(rug["text"], json!(["p9", "p9", "p7", "p7", "p4", "p4"]));
    assert_eq!(rug["yaxis"], "y2");
    assert_eq!(rug["line"]["shape"], "vh");
    assert_eq!(tesla["y"][1], 4.0);
}

#[test]
fn a_rug_is_hidden_with_its_curve_and_only_without_one_in_the_legend() {
    let density = Density::estimate(&KIA).unwrap();
    let traces = read(graphic(&density).drawing.traces());
    let groups = [0, 1, 2].map(|place| traces[place]["legendgroup"].clone());
    assert_eq!(groups, ["Kia", "Kia", "Tesla"]);
    let shown = [1, 2].map(|place| traces[place]["showlegend"].clone());
    assert_eq!(shown, [false, true]);
    let names = [0, 1, 2].map(|place| traces[place]["uid"].clone());
    assert_eq!(names, ["curve Kia", "rug Kia", "rug Tesla"]);
}

#[test]
fn rugs_are_below_the_curves_on_one_axis_in_percent() {
    let density = Density::estimate(&KIA).unwrap();
    let layout = read(graphic(&density).drawing.layout());
    assert_eq!(layout["xaxis"]["tickformat"], "~%");
    assert_eq!(layout["xaxis"]["anchor"], "y2");
    let range = |end: usize| layout["xaxis"]["range"][end].as_f64().unwrap();
    assert!(range(0) < KIA[1] && KIA[1] - 0.02 < range(0));
    assert!(range(1) > TESLA[0] && TESLA[0] + 0.02 > range(1));
    assert_eq!(
        layout["xaxis"]["title"]["text"],
        "Probability of choosing the brand"
    );
    assert_eq!(
        layout["yaxis"]["title"]["text"],
        "Density, per unit of probability"
    );
    assert_eq!(layout["yaxis"]["domain"], json!([0.21, 1.0]));
    assert_eq!(layout["yaxis2"]["domain"], json!([0.0, 0.18]));
    assert_eq!(layout["yaxis2"]["range"], json!([8.0, 0.0]));
}

#[test]
fn rugs_without_curves_have_the_whole_height() {
    let rugs = Distributions {
        measure: "P",
        samples: vec![sample("Tesla", &IDS, &TESLA, None)],
    };
    let graphic = rugs.graphic();
    let layout = read(graphic.drawing.layout());
    assert_eq!(layout["yaxis2"]["domain"], json!([0.0, 1.0]));
    assert_eq!(layout.get("yaxis"), None);
    assert_eq!(layout["showlegend"], false);
    assert_eq!(graphic.table.rows.len(), 3);
}

#[test]
fn the_table_lists_the_points_of_the_curves_then_the_respondents() {
    let density = Density::estimate(&KIA).unwrap();
    let table = graphic(&density).table;
    assert!(
        table
            .names()
            .eq(["point", "Kia", "Kia at", "Tesla", "Tesla at"])
    );
    assert_eq!(table.rows.len(), POINTS + 3);
    let last = &table.rows[499];
    assert_eq!(last[0], Cell::text("499"));
    assert_eq!(
        last[1..],
        [
            Cell::number(density.curve[499]),
            Cell::number(0.5),
            Cell::Empty,
            Cell::Empty
        ]
    );
    let respondent = &table.rows[501];
    assert_eq!(respondent[0], Cell::text("p9"));
    assert_eq!(
        respondent[1..],
        [
            Cell::Empty,
            Cell::number(KIA[1]),
            Cell::Empty,
            Cell::number(0.75)
        ]
    );
}

#[test]
fn without_values_the_table_is_a_header() {
    let nobody = Distributions {
        measure: "P",
        samples: vec![sample("VW", &[], &[], None)],
    };
    let graphic = nobody.graphic();
    assert_eq!(graphic.drawing.traces(), "[]");
    assert!(graphic.table.names().eq(["point", "VW", "VW at"]));
    assert!(graphic.table.rows.is_empty());
}

#[test]
fn large_rugs_are_thinned_with_a_note() {
    let ids: Vec<String> = (0..20_000).map(|id| id.to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let values: Vec<f64> = (0..20_000).map(|id| f64::from(id) / 2e4).collect();
    let both = |second: usize| {
        Distributions {
            measure: "P",
            samples: vec![
                sample("Kia", &ids, &values, None),
                sample("Tesla", &ids[..second], &values[..second], None),
            ],
        }
        .graphic()
    };
    let graphic = both(20_000);
    let note = graphic.note.as_deref();
    assert_eq!(note, Some("Rug thinned to 2,000 of 20,000 respondents"));
    let traces = read(graphic.drawing.traces());
    assert_eq!(traces[0]["x"].as_array().unwrap().len(), 2 * MARKS);
    assert_eq!(traces[0]["text"][2], "10");
    assert_eq!(graphic.table.rows.len(), MARKS);
    assert_eq!(graphic.table.rows[1][0], Cell::text("10"));

    assert_eq!(
        both(3_000).note.as_deref(),
        Some("Rugs thinned to 2,000 respondents: Kia of 20,000, Tesla of 3,000")
    );
    assert_eq!(
        both(2_000).note.as_deref(),
        Some("Rug thinned to 2,000 of 20,000 respondents")
    );
}
