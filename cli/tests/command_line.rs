//! The command line as a script meets it: exit statuses, messages and formats.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells when it is skipped"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use conjoint::format::StudyFiles;
use serde_json::Value;

fn conjoint(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_conjoint"))
        .args(arguments)
        .output()
        .unwrap()
}

fn data() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Data");
    folder.to_str().unwrap().to_owned()
}

/// A copy of the shipped study with one file's text changed.
fn damaged(file: &str, from: &str, to: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(data()).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let path = folder.path().join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    folder
}

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Asserts that a request is not honoured, and for which reason.
fn assert_refused(arguments: &[&str], description: &str) {
    let output = conjoint(arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
    assert!(
        errors(&output).starts_with(description),
        "{}",
        errors(&output)
    );
    assert!(output.stdout.is_empty());
}

#[test]
fn wrong_usage_ends_with_2() {
    let data = data();
    for arguments in [
        vec![],
        vec!["simulate"],
        vec!["simulate", "--data", &data, "--set", "9"],
        vec!["simulate", "--data", &data, "--set", "9.monthly_cost"],
        vec!["simulate", "--data", &data, "--set", "9=1.5"],
        vec!["simulate", "--data", &data, "--format", "xml"],
        vec!["sweep", "--data", &data, "--attribute", "monthly_cost"],
        vec![
            "sweep",
            "--data",
            &data,
            "--attribute",
            "monthly_cost",
            "--row",
            "9:1:2",
        ],
        vec![
            "grid",
            "--data",
            &data,
            "--x",
            "monthly_cost",
            "--y",
            "upfront_cost",
            "--row",
            "9:1:2:3:x",
        ],
        vec!["generate", "--out", "x", "--respondents", "many"],
    ] {
        assert_eq!(conjoint(&arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn every_subcommand_has_help_with_an_example() {
    assert!(text(&conjoint(&["--help"])).contains("Example:\n  conjoint "));
    for command in [
        "check",
        "generate",
        "precompute",
        "simulate",
        "sweep",
        "grid",
        "importance",
        "elasticity",
        "demand",
        "diversion",
        "wtp",
    ] {
        let output = conjoint(&[command, "--help"]);
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output).contains(&format!("Example:\n  conjoint {command} ")));
    }
}

#[test]
fn requests_that_cannot_be_honoured_end_with_1() {
    let data = data();
    let simulate = ["simulate", "--data", &data];
    let with = |more: &[&'static str]| [simulate.as_slice(), more].concat();
    assert_refused(
        &with(&["--set", "99.monthly_cost=1"]),
        "error: --set 99.monthly_cost=1: no offer has the id `99`; ids are `1`, `2`",
    );
    assert_refused(
        &with(&["--set", "9.price=1"]),
        "error: --set 9.price=1: no column has the name `price`; columns are `brand`, `monthly_cost`",
    );
    assert_refused(
        &with(&["--set", "9.monthly_cost=x"]),
        "error: --set 9.monthly_cost=x: `x` is not a number",
    );
    assert_refused(
        &with(&["--set", "9.term=0"]),
        "error: --set 9.term=0: a term of 0 months",
    );
    assert_refused(
        &with(&["--set", "9.energy=Diesel"]),
        "error: --set 9.energy=Diesel: `Diesel` is not a level",
    );
    assert_refused(
        &with(&["--withdraw", "x"]),
        "error: --withdraw x: no offer has the id `x`",
    );
    assert_refused(
        &["simulate", "--data", "nowhere"],
        "error: nowhere: No such file",
    );

    let sweep = |attribute: &'static str, row: &'static str| {
        vec![
            "sweep",
            "--data",
            &data,
            "--attribute",
            attribute,
            "--row",
            row,
        ]
    };
    assert_refused(
        &sweep("term", "9:1:2:1:1"),
        "error: --attribute: `term` cannot be swept",
    );
    assert_refused(
        &sweep("monthly_cost", "9:1:5:0:1"),
        "error: --row 1: monthly_cost step: a step of 0",
    );
    assert_refused(
        &sweep("monthly_cost", "9:1:5:3:1"),
        "error: --row 1: monthly_cost step: the step 3 does not divide",
    );
    assert_refused(
        &sweep("monthly_cost", "9:1:5:1:9"),
        "error: --row 1: monthly_cost baseline: the baseline 9 is none",
    );
    assert_refused(
        &sweep("monthly_cost", "9:0:10000:1:0"),
        "error: --row 1: monthly_cost step: the range has 10001 points",
    );
    assert_refused(
        &sweep("monthly_cost", "99:1:5:1:1"),
        "error: --row 1: product: no offer has the id `99`",
    );
    let unequal = [
        sweep("monthly_cost", "9:1:5:1:1"),
        vec!["--row", "10:1:9:1:1"],
    ]
    .concat();
    assert_refused(
        &unequal,
        "error: --row 2: monthly_cost end: the row has 9 points and row 1 has 5",
    );
    let grid = [
        "grid",
        "--data",
        &data,
        "--x",
        "monthly_cost",
        "--y",
        "monthly_cost",
        "--row",
        "9:1:2:1:1:1:2:1:1",
    ];
    assert_refused(&grid, "error: --y: `monthly_cost` is already on the x axis");
}

/// Ids may hold what parts an argument, and begin as an option does.
#[test]
fn importances_are_of_those_who_are_asked() {
    let data = data();
    let json = |more: &[&str]| -> Value {
        let importance = ["importance", "--data", &data, "--format", "json"];
        let output = conjoint(&[importance.as_slice(), more].concat());
        assert_eq!(output.status.code(), Some(0), "{more:?}: {output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let all = json(&[]);
    assert_eq!(all["respondents"], 560);
    let lines = all["importance"].as_array().unwrap();
    let attributes: Vec<&Value> = lines.iter().map(|line| &line["attribute"]).collect();
    assert_eq!(attributes[..3], ["brand", "monthly_cost", "upfront_cost"]);
    let number = |line: &Value, key: &str| line[key].as_f64().unwrap();
    let sum: f64 = lines.iter().map(|line| number(line, "mean")).sum();
    assert!((sum - 100.0).abs() < 1e-9, "{sum}");
    for line in lines.iter().chain(all["part_worths"].as_array().unwrap()) {
        let [low, mean, high] = ["low", "mean", "high"].map(|key| number(line, key));
        assert!(low < mean && mean < high, "{line}");
    }
    assert_eq!(all["part_worths"][0]["level"], "Audi");
    assert_eq!(all["part_worths"].as_array().unwrap().len(), 43);

    // A segment beside the others has the figures that it has by itself.
    let alone = json(&["--segment", "Gen X"]);
    assert_eq!(alone["segments"], serde_json::json!([]));
    assert_eq!(all["segments"][1]["segment"], "Gen X");
    for key in ["respondents", "importance", "part_worths"] {
        assert_eq!(all["segments"][1][key], alone[key], "{key}");
    }
    // The seed moves the intervals alone, and a narrower interval lies within.
    let other = json(&["--segment", "Gen X", "--seed", "2", "--interval", "50"]);
    let of = |report: &Value, key: &str| number(&report["importance"][0], key);
    assert_eq!(of(&other, "mean"), of(&alone, "mean"));
    assert!(of(&other, "low") > of(&alone, "low") && of(&other, "high") < of(&alone, "high"));

    // Weights that leave one segment are that segment.
    let file = tempfile::NamedTempFile::new().unwrap();
    let weights = (1..=560).map(|id| format!("{id},{}\n", u8::from(id > 200 && id <= 400)));
    let weights = format!("id,weight\n{}", weights.collect::<String>());
    std::fs::write(file.path(), weights).unwrap();
    let path = file.path().to_str().unwrap();
    let weighted = json(&["--weights", path, "--segment", "Gen X"]);
    for key in ["respondents", "effective_respondents", "importance"] {
        assert_eq!(weighted[key], alone[key], "{key}");
    }

    let refused = |more: &[&str], description: &str| {
        let importance = ["importance", "--data", &data];
        assert_refused(&[importance.as_slice(), more].concat(), description);
    };
    refused(
        &["--segment", "Gen Z"],
        "error: --segment: there is no segment `Gen Z`; the segments are `Millennial`, `Gen X`",
    );
    refused(
        &["--weights", path, "--segment", "Millennial"],
        "error: --segment, --owner: no respondent with a weight above 0",
    );
    refused(
        &["--interval", "100"],
        "error: --interval: an interval of 100 % cannot be; write a number above 0 and below 100",
    );
    refused(
        &["--weights", "nowhere"],
        "error: nowhere: cannot be read (No",
    );
    std::fs::write(file.path(), "id,weight\n1,-2\n").unwrap();
    let description = "id: these respondents of UtilityScoresEV.csv have no row here: `2`";
    refused(
        &["--weights", path],
        &format!("error: {path}: {description}"),
    );
    let output = conjoint(&["importance", "--data", &data, "--weights", path]);
    let description = format!("error: {path}:2: weight: -2 is no weight");
    assert!(errors(&output).contains(&description));
}

#[test]
fn importances_read_alike_in_every_format() {
    let data = data();
    let importance = |format| {
        let arguments = ["importance", "--data", &data, "--segment", "Gen X"];
        text(&conjoint(
            &[arguments.as_slice(), &["--format", format]].concat(),
        ))
    };
    let json: Value = serde_json::from_str(&importance("json")).unwrap();
    let mean = json["importance"][0]["mean"].as_f64().unwrap();
    let csv = importance("csv");
    assert!(csv.starts_with("table,segment,attribute,level,measure,value\n"));
    let row = format!("importance,,brand,,mean,{mean}\n");
    assert!(csv.contains(&row), "{csv}");
    // Three counts, and a mean and an interval for 9 attributes and 43 levels.
    assert_eq!(csv.lines().count(), 1 + 3 + 3 * (9 + 43));
    let table = importance("table");
    let row = format!("\n  brand          {mean:.2}  ");
    assert!(table.contains(&row), "{table}");
    assert!(
        table.contains(
            "Importance, percent (90 % confidence intervals from 1000 resamples, seed 1)\n"
        )
    );
}

#[test]
fn ids_of_any_kind_can_be_edited() {
    let folder = damaged("leaseOffers.csv", "\n2,", "\n1.5,");
    let path = folder.path().join("leaseOffers.csv");
    let offers = std::fs::read_to_string(&path).unwrap();
    let offers = offers
        .replacen("\n3,", "\na=b,", 1)
        .replacen("\n4,", "\n-4,", 1);
    std::fs::write(&path, offers).unwrap();
    let folder = folder.path().to_str().unwrap();
    let report = |edits: &[&str]| -> Value {
        let simulate = ["simulate", "--data", folder, "--format", "json"];
        let output = conjoint(&[simulate.as_slice(), edits].concat());
        assert!(output.status.success(), "{edits:?}: {output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let before = report(&[]);
    for (index, id) in ["1", "1.5", "a=b", "-4"].into_iter().enumerate() {
        let after = report(&["--set", &format!("{id}.monthly_cost=120")]);
        let share = |report: &Value| report["products"][index]["logit_share"].as_f64();
        assert!(share(&after) > share(&before), "{id}");
        let after = report(&["--withdraw", id]);
        assert_eq!(share(&after), Some(0.0), "{id}");
        let row = format!("{id}:100:200:100:100");
        let sweep = [
            "sweep",
            "--data",
            folder,
            "--attribute",
            "monthly_cost",
            "--row",
        ];
        let output = conjoint(&[sweep.as_slice(), &[&row]].concat());
        assert!(output.status.success(), "{id}: {output:?}");
    }
    assert_refused(
        &["simulate", "--data", folder, "--set", "2.5.monthly_cost=1"],
        "error: --set 2.5.monthly_cost=1: no offer has the id `2.5`; ids are",
    );
    assert_refused(
        &["simulate", "--data", folder, "--set", "1.5.price=a.b=c"],
        "error: --set 1.5.price=a.b=c: no column has the name `price`; columns are",
    );
}

/// A file of saved scenarios of the shipped study.
const SCENARIOS: &str = r#"{"study": {"title": "Leases", "digest": "DIGEST"}, "scenarios": [
    {"name": "Dearer", "add": ["14:9"], "set": ["14.term=24", "9.monthly_cost=449"]},
    {"name": "Fewer", "withdraw": ["7"]},
    {"name": "Far", "set": ["9.monthly_cost=9999"]},
    {"name": "Other", "withdraw": ["33"]}
]}"#;

fn scenarios(digest: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), SCENARIOS.replace("DIGEST", digest)).unwrap();
    file
}

fn shipped_identity() -> String {
    StudyFiles::read_dir(Path::new(&data())).identity()
}

#[test]
fn a_saved_scenario_is_where_edits_start() {
    let (data, file) = (data(), scenarios(&shipped_identity()));
    let path = file.path().to_str().unwrap();
    let report = |edits: &[&str]| -> Value {
        let simulate = ["simulate", "--data", &data, "--format", "json"];
        let output = conjoint(&[simulate.as_slice(), edits].concat());
        assert!(output.status.success(), "{edits:?}: {output:?}");
        assert_eq!(errors(&output), "");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let fewer = report(&["--scenario", path, "--name", "Fewer"]);
    assert_eq!(fewer, report(&["--withdraw", "7"]));
    let dearer = report(&["--scenario", path, "--name", "Dearer"]);
    assert_eq!(dearer["products"][13]["id"], 14);
    assert!(dearer["products"][13]["respondents"].as_u64() > Some(0));
    // Without the copy, what is left is what the arguments alone can say.
    let alone = ["--scenario", path, "--name", "Dearer", "--withdraw", "14"];
    let expected = report(&["--set", "9.monthly_cost=449"]);
    assert_eq!(report(&alone)["brands"], expected["brands"]);

    let sweep = |edits: &[&str]| {
        let row = ["--row", "9:399:499:100:399"];
        let sweep = ["sweep", "--data", &data, "--attribute", "monthly_cost"];
        text(&conjoint(&[&sweep, edits, &row].concat()))
    };
    let swept = sweep(&["--scenario", path, "--name", "Fewer"]);
    assert_eq!(swept, sweep(&["--withdraw", "7"]));
    assert_ne!(swept, sweep(&[]));
}

#[test]
fn a_saved_scenario_that_cannot_be_used_is_refused() {
    let (data, own) = (data(), shipped_identity());
    let file = scenarios(&own);
    let path = file.path().to_str().unwrap();
    let simulate = ["simulate", "--data", &data];
    let with = |more: &[&str]| conjoint(&[simulate.as_slice(), more].concat());
    let refused = |more: &[&str], description: &str| {
        let output = with(more);
        assert_eq!(output.status.code(), Some(1), "{more:?}: {output:?}");
        let description = format!("error: {description}");
        assert!(
            errors(&output).starts_with(&description),
            "{}",
            errors(&output)
        );
    };
    let names = "`Dearer`, `Fewer`, `Far`, `Other`";
    refused(
        &["--scenario", path],
        &format!("{path}: there are 4 scenarios; name one of {names}"),
    );
    refused(
        &["--scenario", path, "--name", "Cheaper"],
        &format!("{path}: no scenario is called `Cheaper`; names are {names}"),
    );
    refused(
        &["--scenario", path, "--name", "Other"],
        &format!("{path}: scenario `Other`: withdraw 33: no offer has the id `33`; ids are"),
    );
    refused(&["--scenario", "nowhere"], "nowhere: cannot be read (No");
    refused(
        &["--scenario", &format!("{data}/leaseOffers.csv")],
        &format!("{data}/leaseOffers.csv: the text is no JSON ("),
    );
    assert_eq!(with(&["--name", "Fewer"]).status.code(), Some(2));

    let description = |more: &[&str]| {
        let output = with(more);
        assert_eq!(output.status.code(), Some(0), "{more:?}: {output:?}");
        errors(&output)
    };
    assert_eq!(
        description(&["--scenario", path, "--name", "Far"]),
        format!(
            "warning: {path}: scenario `Far`: set 9.monthly_cost=9999: 9999 is outside the \
             surveyed range 120–1250; its utility is extrapolated\n"
        )
    );
    let file = scenarios("0123456789abcdef");
    let path = file.path().to_str().unwrap();
    assert_eq!(
        description(&["--scenario", path, "--name", "Fewer"]),
        format!(
            "warning: {path}: the scenarios belong to the study `Leases` (0123456789abcdef), \
             but this study is {own}; check that the ids mean the same offers\n"
        )
    );
}

#[test]
fn check_lists_every_problem_and_ends_with_1() {
    let folder = damaged("leaseOffers.csv", "759,2499", "x,y");
    let folder = folder.path().to_str().unwrap();
    let output = conjoint(&["check", folder]);
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<String> = errors(&output).lines().map(str::to_owned).collect();
    let starts = ["monthly_cost: `x`", "upfront_cost: `y`"];
    assert_eq!(lines.len(), starts.len(), "{lines:?}");
    for (line, start) in lines.iter().zip(starts) {
        assert!(
            line.starts_with(&format!("error: leaseOffers.csv:2: {start}")),
            "{line}"
        );
    }

    let output = conjoint(&["check", folder, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["problems"][1]["column"], "upfront_cost");
    assert_eq!(report["summary"], Value::Null);

    let output = conjoint(&["check", folder]);
    assert_eq!(text(&output), "2 errors, 0 warnings\n");
    let output = conjoint(&["check", &data()]);
    assert_eq!(output.status.code(), Some(0));
    assert!(errors(&output).is_empty());
    assert!(text(&output).contains("Electric vehicle leases"));
    let output = conjoint(&["check", &data(), "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let digest = StudyFiles::read_dir(data().as_ref()).identity();
    assert_eq!(report["summary"]["digest"], digest);
}

#[test]
fn check_tells_an_unreadable_file_among_the_others() {
    let folder = damaged("leaseOffers.csv", "759,2499", "x,2499");
    let brands = folder.path().join("brands.csv");
    std::fs::remove_file(&brands).unwrap();
    std::fs::create_dir(&brands).unwrap();
    let output = conjoint(&["check", folder.path().to_str().unwrap()]);
    let lines = errors(&output);
    assert!(
        lines.contains("error: leaseOffers.csv:2: monthly_cost: `x`"),
        "{lines}"
    );
    assert!(
        lines.contains("error: brands.csv: the file cannot be read"),
        "{lines}"
    );
    assert_eq!(text(&output), "2 errors, 0 warnings\n");
}

/// A column that is wrong from end to end does not bury the rest, and JSON has it all.
#[test]
fn check_tells_the_first_of_many_equal_faults() {
    let folder = damaged("leaseOffers.csv", "759,2499", "x,2499");
    let path = folder.path().join("UtilityScoresEV.csv");
    let utilities = std::fs::read_to_string(&path).unwrap();
    let lines = utilities.lines().map(|line| match line.rsplit_once(',') {
        Some((row, last)) if last.parse::<f64>().is_ok() => format!("{row},x\n"),
        _ => format!("{line}\n"),
    });
    std::fs::write(&path, lines.collect::<String>()).unwrap();
    let folder = folder.path().to_str().unwrap();
    let output = conjoint(&["check", folder]);
    let description = errors(&output);
    assert_eq!(description.lines().count(), 22, "{description}");
    let last = "error: UtilityScoresEV.csv: vehicle_type SUV: … and 540 more like this";
    assert_eq!(description.lines().last(), Some(last));
    assert_eq!(text(&output), "561 errors, 0 warnings\n");
    let json = conjoint(&["check", folder, "--format", "json"]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["problems"].as_array().unwrap().len(), 561);
    assert_eq!(
        (&json["errors"], &json["warnings"]),
        (&561.into(), &0.into())
    );
    let csv = conjoint(&["check", folder, "--format", "csv"]);
    assert_eq!(text(&csv).lines().count(), 562);
}

#[test]
fn values_outside_the_surveyed_range_are_told_with_their_argument() {
    let data = data();
    let description = |arguments: &[&str]| {
        let output = conjoint(arguments);
        assert!(output.status.success(), "{output:?}");
        errors(&output)
    };
    let range = "is outside the surveyed range 120–1250; its utility is extrapolated\n";
    assert_eq!(
        description(&["simulate", "--data", &data, "--set", "9.monthly_cost=9999"]),
        format!("warning: --set 9.monthly_cost=9999: 9999 {range}")
    );
    let sweep = ["sweep", "--data", &data, "--attribute", "monthly_cost"];
    let rows = [
        "--row",
        "9:400:500:50:400",
        "--row",
        "10:1100:1300:100:1100",
    ];
    assert_eq!(
        description(&[sweep.as_slice(), &rows].concat()),
        format!("warning: --row 2: monthly_cost: 1300 {range}")
    );
    let grid = [
        "grid",
        "--data",
        &data,
        "--x",
        "monthly_cost",
        "--y",
        "upfront_cost",
    ];
    let rows = ["--row", "9:100:200:50:100:0:4000:2000:0"];
    assert_eq!(
        description(&[grid.as_slice(), &rows].concat()),
        format!(
            "warning: --row 1: monthly_cost: 100 {range}\
             warning: --row 1: upfront_cost: 0 is outside the surveyed range 2000–10000; its utility is extrapolated\n"
        )
    );
}

#[test]
fn a_damaged_study_is_refused_by_every_command() {
    let folder = damaged("UtilityScoresEV.csv", "\n1,", "\n2,");
    let folder = folder.path().to_str().unwrap();
    let description = "error: UtilityScoresEV.csv:4: id: `2` stands twice, first in row 3";
    assert_refused(&["simulate", "--data", folder], description);
    let out = tempfile::tempdir().unwrap();
    let target = out.path().join("made");
    let target = target.to_str().unwrap();
    assert_refused(
        &["precompute", "--data", folder, "--out", target],
        description,
    );
    assert!(!Path::new(target).exists(), "nothing is half written");
}

#[test]
fn nothing_is_written_where_it_cannot_be() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let description = format!("error: {}: cannot be written", file.display());
    assert_refused(&["generate", "--out", file.to_str().unwrap()], &description);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "x");
}

#[test]
fn a_folder_in_the_way_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (first, blocked) = (
        folder.path().join("baseARPU_EV.csv"),
        folder.path().join("study.json"),
    );
    std::fs::write(&first, "x").unwrap();
    std::fs::create_dir(&blocked).unwrap();
    let description = format!("error: {}: cannot be written", blocked.display());
    assert_refused(
        &["generate", "--out", folder.path().to_str().unwrap()],
        &description,
    );
    assert_eq!(std::fs::read_to_string(&first).unwrap(), "x");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn what_was_written_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let generate = [
        "generate",
        "--out",
        out,
        "--respondents",
        "Gen X=3",
        "--format",
    ];
    let print = |format: &str| text(&conjoint(&[generate.as_slice(), &[format]].concat()));
    let json: Value = serde_json::from_str(&print("json")).unwrap();
    let files = json["files"].as_array().unwrap();
    assert_eq!(files.len(), 8);
    let (csv, table) = (print("csv"), print("table"));
    assert!(csv.starts_with("file,bytes\n") && table.starts_with(&format!("Written to {out}")));
    for line in files {
        let (file, bytes) = (
            line["file"].as_str().unwrap(),
            line["bytes"].as_u64().unwrap(),
        );
        let len = std::fs::metadata(folder.path().join(file)).unwrap().len();
        assert_eq!(bytes, len);
        assert!(csv.contains(&format!("\n{file},{bytes}\n")) && table.contains(file));
    }
}

#[test]
fn withdrawn_products_stay_in_the_list_with_0() {
    let output = conjoint(&[
        "simulate",
        "--data",
        &data(),
        "--withdraw",
        "9",
        "--format",
        "json",
    ]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let product = &report["products"][8];
    assert_eq!(product["id"], 9);
    assert_eq!(product["respondents"], 0);
    assert_eq!(product["logit_share"], 0.0);
    let set = conjoint(&[
        "simulate",
        "--data",
        &data(),
        "--set",
        "9.brand=",
        "--format",
        "json",
    ]);
    let set: Value = serde_json::from_slice(&set.stdout).unwrap();
    assert_eq!(set["brands"], report["brands"]);
}

/// Every format says the same.
#[test]
fn formats_agree() {
    let data = data();
    let sweep = [
        "sweep",
        "--data",
        &data,
        "--attribute",
        "monthly_cost",
        "--row",
        "9:399:499:100:399",
    ];
    let grid = [
        "grid",
        "--data",
        &data,
        "--x",
        "upfront_cost",
        "--y",
        "monthly_cost",
        "--row",
        "7:4540:5040:500:4540:155:205:50:155",
    ];
    let print = |command: &[&str], format: &str| {
        let output = conjoint(&[command, &["--format", format]].concat());
        assert!(output.status.success(), "{output:?}");
        text(&output)
    };
    let json =
        |command: &[&str]| -> Value { serde_json::from_str(&print(command, "json")).unwrap() };

    let report = json(&["simulate", "--data", &data]);
    let csv = print(&["simulate", "--data", &data], "csv");
    let share = report["products"][8]["logit_share"].as_f64().unwrap();
    assert!(csv.contains(&format!("\nproducts,9,Tesla,Model 3,logit_share,{share}\n")));
    let ebit = report["brands"][5]["ebit_new"].as_f64().unwrap();
    assert!(csv.contains(&format!("\nbrands,,Tesla,,ebit_new,{ebit}\n")));
    let table = print(&["simulate", "--data", &data], "table");
    let first = report["products"][8]["first_choice_share"]
        .as_f64()
        .unwrap();
    let line = table
        .lines()
        .find(|line| line.trim_start().starts_with("9 "))
        .unwrap();
    let cells: Vec<&str> = line
        .split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect();
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    let respondents = report["products"][8]["respondents"].to_string();
    let expected = [
        "9",
        "Tesla",
        "Model 3",
        &respondents,
        &percent(first),
        &percent(share),
    ];
    assert_eq!(cells[..6], expected);

    let report = json(&sweep);
    let csv = print(&sweep, "csv");
    assert!(csv.starts_with("9.monthly_cost,segment,brand,measure,value\n"));
    let moved = report["points"][1]["movement"]["Gen X"]["Tesla"]
        .as_f64()
        .unwrap();
    assert!(csv.contains(&format!("\n499,Gen X,Tesla,movement,{moved}\n")));

    let report = json(&grid);
    let csv = print(&grid, "csv");
    assert!(
        csv.starts_with("7.upfront_cost,7.monthly_cost,sio_new,arpu_new,revenue_new,ebit_new\n")
    );
    assert_eq!(csv.lines().count(), 5);
    let sio = report["sio_new"][1][0].as_f64().unwrap();
    assert!(csv.contains(&format!("\n4540,205,{sio},")));
    assert!(report.get("parent").is_none());
    let parent = json(&[grid.as_slice(), &["--consolidated"]].concat());
    assert_eq!(parent["parent"], "Nissan");
}

#[test]
fn generate_and_precompute_make_their_folders() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    let (study, made) = (path("a/study"), path("b"));
    let (study, made) = (study.to_str().unwrap(), made.to_str().unwrap());
    let respondents = ["--respondents", "Gen X=7, Millennial=5"];
    let generate = ["generate", "--out", study, "--seed", "3"];
    assert!(
        conjoint(&[generate.as_slice(), &respondents].concat())
            .status
            .success()
    );
    assert!(
        conjoint(&["precompute", "--data", study, "--out", made])
            .status
            .success()
    );
    let baseline = std::fs::read_to_string(path("b/baselinePrediction.csv")).unwrap();
    assert_eq!(baseline.lines().count(), 13);
    let mut files: Vec<_> = std::fs::read_dir(made)
        .unwrap()
        .map(|f| f.unwrap().file_name())
        .collect();
    files.sort();
    assert_eq!(files.len(), 6, "{files:?}");
    let unknown = ["generate", "--out", study, "--respondents", "Gen Z=7"];
    assert_refused(
        &unknown,
        "error: --respondents: nothing is known of the segment `Gen Z`",
    );
}

/// More is printed than a pipe holds, so that its end is met while writing.
#[test]
fn a_closed_pipe_is_no_failure() {
    const PIPE: usize = 65_536;
    let data = data();
    let row = "7:120:220:1:120:4000:4060:1:4000";
    let grid = ["grid", "--data", &data, "--x", "monthly_cost", "--y"];
    for format in ["table", "json", "csv"] {
        let more = ["upfront_cost", "--row", row, "--format", format];
        let command = [grid.as_slice(), &more].concat();
        assert!(conjoint(&command).stdout.len() > 2 * PIPE, "{format}");
        let script = "\"$0\" \"$@\" | head -1";
        let output = Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_conjoint")])
            .args(command)
            .output()
            .unwrap();
        assert!(output.stderr.is_empty(), "{format}: {output:?}");
        assert_eq!(text(&output).lines().count(), 1, "{format}");
    }
}

/// The shipped study without its money files, and with another name for its monthly cost.
fn moneyless() -> tempfile::TempDir {
    let settings = "\"columns\": {\"monthly_cost\": \"price\"}, \"words\"";
    let folder = damaged("study.json", "\"words\"", settings);
    for file in conjoint::format::MONEY_FILES {
        std::fs::remove_file(folder.path().join(file)).unwrap();
    }
    for file in ["leaseOffers.csv", "UtilityScoresEV.csv"] {
        let path = folder.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, text.replace("monthly_cost", "price")).unwrap();
    }
    folder
}

#[test]
fn a_study_without_money_is_computed_as_far_as_it_goes() {
    let folder = moneyless();
    let folder = folder.path().to_str().unwrap();
    let no_money = "warning: recontractRateEV.csv: there are no money files";
    let json = |arguments: &[&str]| -> Value {
        let output = conjoint(&[arguments, &["--format", "json"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
        assert!(errors(&output).starts_with(no_money), "{}", errors(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let report = json(&["check", folder]);
    assert_eq!(
        report["defaults"][0]["what"],
        conjoint::format::MONEY_FILES.join(", ")
    );
    assert!(text(&conjoint(&["check", folder])).contains("Left out"));
    assert_eq!(
        json(&["check", folder])["problems"][0]["severity"],
        "warning"
    );

    let simulated = json(&["simulate", "--data", folder, "--set", "9.price=449"]);
    assert_eq!(simulated["brands"], Value::Array(Vec::new()));
    let whole = conjoint(&[
        "simulate",
        "--data",
        &data(),
        "--set",
        "9.monthly_cost=449",
        "--format",
        "json",
    ]);
    let whole: Value = serde_json::from_slice(&whole.stdout).unwrap();
    assert_eq!(simulated["products"], whole["products"]);
    assert_eq!(simulated["attraction"], whole["attraction"]);

    let row = ["--row", "9:399:499:20:399"];
    for attribute in ["price", "monthly_cost"] {
        let sweep = ["sweep", "--data", folder, "--attribute", attribute];
        let swept = json(&[sweep.as_slice(), &row].concat());
        assert_eq!(swept["attribute"], "price");
        assert_eq!(swept["points"][0]["brands"], Value::Array(Vec::new()));
        assert_eq!(swept["points"][0]["movement"]["Gen X"]["Tesla"], 0.0);
    }
    let description = text(&conjoint(&["simulate", "--data", folder]));
    assert!(!description.contains("ARPU") && description.contains("Attraction"));
}

#[test]
fn what_needs_money_or_a_cost_is_refused_without_it() {
    let folder = moneyless();
    let folder = folder.path().to_str().unwrap();
    let refused = |arguments: &[&str], description: &str| {
        let output = conjoint(arguments);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(errors(&output).contains(description), "{}", errors(&output));
        assert!(output.stdout.is_empty());
    };
    let row = "9:1:2:1:1:1:2:1:1";
    let grid = [
        "grid",
        "--data",
        folder,
        "--x",
        "price",
        "--y",
        "upfront_cost",
    ];
    refused(
        &[grid.as_slice(), &["--row", row]].concat(),
        "error: a grid shows money figures alone, and the study has no money files",
    );
    let sweep = ["sweep", "--data", folder, "--attribute", "term"];
    refused(
        &[sweep.as_slice(), &["--row", "9:1:2:1:1"]].concat(),
        "error: --attribute: `term` cannot be swept; name price or upfront_cost",
    );
}
