//! Wrong usage, help, and what holds for every command.

use std::process::Command;

use crate::support::{run, run_shipped, shipped, stdout};

#[test]
fn wrong_usage_ends_with_2() {
    let data = shipped();
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
        assert_eq!(run(&arguments).status.code(), Some(2), "{arguments:?}");
    }
}

/// The subcommands that the program's help lists.
fn subcommands() -> Vec<String> {
    let help = stdout(&run(&["--help"]));
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let (list, _) = list.split_once("\n\n").unwrap();
    let names = list
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let names = names.filter(|name| *name != "help");
    names.map(str::to_owned).collect()
}

#[test]
fn every_subcommand_has_help_with_an_example() {
    assert!(stdout(&run(&["--help"])).contains("Example:\n  conjoint "));
    let subcommands = subcommands();
    assert!(subcommands.len() >= 13, "{subcommands:?}");
    for command in subcommands {
        let output = run(&[&command, "--help"]);
        assert_eq!(output.status.code(), Some(0));
        let example = format!("Example:\n  conjoint {command} ");
        assert!(stdout(&output).contains(&example), "{command}");
    }
}

/// More is printed than a pipe holds, so that it is closed during the output.
#[test]
fn a_closed_pipe_is_no_failure() {
    const PIPE: usize = 65_536;
    let data = shipped();
    let row = "7:120:220:1:120:4000:4060:1:4000";
    let grid = ["--x", "monthly_cost", "--y", "upfront_cost", "--row", row];
    for format in ["table", "json", "csv"] {
        let arguments = [&grid[..], &["--format", format]].concat();
        let whole = run_shipped("grid", &arguments).stdout;
        assert!(whole.len() > 2 * PIPE, "{format}");
        let script = "\"$0\" \"$@\" | head -1";
        let output = Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_conjoint")])
            .args(["grid", "--data", &data])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.stderr.is_empty(), "{format}: {output:?}");
        assert_eq!(stdout(&output).lines().count(), 1, "{format}");
    }
}
