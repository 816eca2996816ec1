//! Insights: importances and part-worths equal the command line's, for all respondents and
//! for separate segments.

use std::path::Path;

use e2e::{FolderCopy, Page, Result, Server, open, repository_path, run_json};
use serde_json::{Value, json};

const IMPORTANCE: &str = "Importance";
const PART_WORTHS: &str = "Part-worths";
const UTILITIES: &str = "UtilityScoresEV.csv";

/// The output of `conjoint importance` for all respondents and for each segment.
fn run_importance(data: &Path, arguments: &[&str]) -> Result<Vec<(String, Value)>> {
    let all = run_json("importance", data, arguments)?;
    let segments = all["segments"].as_array().unwrap().clone();
    let segments = segments.into_iter();
    let segments = segments.map(|it| (it["segment"].as_str().unwrap().to_owned(), it));
    let all = ("all respondents".to_owned(), all.clone());
    Ok(std::iter::once(all).chain(segments).collect())
}

/// The expected Data table of importances, or of an attribute's part-worths.
fn expected_table(groups: &[(String, Value)], attribute: Option<&str>) -> Vec<Vec<String>> {
    let (first, key, lines) = match attribute {
        None => ("attribute", "attribute", "importance"),
        Some(_) => ("level", "level", "part_worths"),
    };
    let lines = |group: &Value| {
        let mut lines = group[lines].as_array().unwrap().clone();
        lines.retain(|line| attribute.is_none_or(|name| line["attribute"] == name));
        lines
    };
    let mut rows = vec![vec![first.to_owned()]];
    for line in lines(&groups[0].1) {
        rows.push(vec![line[key].as_str().unwrap().replace('_', " ")]);
    }
    for (name, group) in groups {
        rows[0].extend(["", ", low", ", high"].map(|end| format!("{name}{end}")));
        for (row, line) in rows[1..].iter_mut().zip(lines(group)) {
            let cell = |key| {
                line[key]
                    .as_f64()
                    .map_or(String::new(), |it| it.to_string())
            };
            row.extend(["mean", "low", "high"].map(cell));
        }
    }
    rows
}

/// The series of a chart: type, mode, number of intervals.
async fn chart_series(page: &Page, title: &str) -> Result<Value> {
    let script = "return chart.data.map(({ type, mode = '', error_y }) =>
        [type, mode, error_y.array.filter((it) => it >= 0).length])";
    page.figure(title).await?.eval_chart(script).await
}

#[tokio::test]
async fn importances_and_part_worths_equal_the_command_lines() -> Result {
    let page = open("page=insights").await?;
    let groups = run_importance(&repository_path("Data"), &[])?;
    check_importances(&page, &groups).await?;
    page.show("page=insights&worths=monthly_cost&apart=true")
        .await?;
    check_part_worths(&page, &groups).await?;
    page.finish().await
}

async fn check_importances(page: &Page, groups: &[(String, Value)]) -> Result {
    page.wait_for_text("By part-worths · 560 respondents")
        .await?;
    let figure = page.figure(IMPORTANCE).await?;
    figure
        .wait_for_rows(&expected_table(&groups[..1], None))
        .await?;
    assert_eq!(
        chart_series(page, IMPORTANCE).await?,
        json!([["bar", "", 9]])
    );

    page.choose("Importance for", "Segments apart").await?;
    figure.wait_for_rows(&expected_table(groups, None)).await?;
    assert_eq!(groups.len(), 4);
    let shown = page.input_value("combobox", "Part-worths for").await?;
    assert_eq!(shown, "Segments apart");
    let file = figure.download_csv().await?;
    let mean = groups[3].1["importance"][0]["mean"].to_string();
    assert!(file.contains(&mean), "no {mean} in {file}");
    Ok(())
}

async fn check_part_worths(page: &Page, groups: &[(String, Value)]) -> Result {
    page.wait_for_text("What each level of monthly cost is worth")
        .await?;
    let figure = page.figure(PART_WORTHS).await?;
    let expected = expected_table(groups, Some("monthly_cost"));
    figure.wait_for_rows(&expected).await?;
    let line = json!(["scatter", "lines+markers", 8]);
    let lines = json!([line, line, line, line]);
    assert_eq!(chart_series(page, PART_WORTHS).await?, lines);
    // Numeric levels have a linear axis.
    let script = "return [chart._fullLayout.xaxis.type, chart.layout.xaxis.title.text]";
    let axis = json!(["linear", "Monthly cost, $ a month"]);
    assert_eq!(figure.eval_chart(script).await?, axis);

    page.choose("Part-worths for", "All respondents").await?;
    page.choose("Part-worths of", "brand").await?;
    let expected = expected_table(&groups[..1], Some("brand"));
    figure.wait_for_rows(&expected).await?;
    assert_eq!(
        chart_series(page, PART_WORTHS).await?,
        json!([["bar", "", 8]])
    );

    page.reload().await?;
    assert_eq!(
        page.input_value("combobox", "Part-worths of").await?,
        "brand"
    );
    page.figure(PART_WORTHS)
        .await?
        .wait_for_rows(&expected)
        .await?;
    page.client().back().await?;
    page.wait_for_text("What each level of monthly cost is worth")
        .await
}

#[tokio::test]
async fn the_segment_filter_applies() -> Result {
    let link = "page=insights&apart=true&segment=Gen+X&segment=Millennial&seed=7";
    let page = open(link).await?;
    let filter = ["--segment", "Gen X", "--segment", "Millennial"];
    let groups = run_importance(
        &repository_path("Data"),
        &[&filter[..], &["--seed", "7"]].concat(),
    )?;
    assert_eq!(groups.len(), 3);
    page.wait_for_text("By part-worths · ").await?;
    let figure = page.figure(IMPORTANCE).await?;
    figure.wait_for_rows(&expected_table(&groups, None)).await?;

    // With one segment there is nothing to compare.
    page.open_settings().await?;
    page.click("checkbox", "Gen X").await?;
    let all = run_json(
        "importance",
        &repository_path("Data"),
        &["--segment", "Millennial", "--seed", "7"],
    )?;
    let all = [("all respondents".to_owned(), all)];
    figure.wait_for_rows(&expected_table(&all, None)).await?;
    page.wait_for_text("By part-worths · Millennial, 200 respondents")
        .await?;
    let select = page.scope().find_all("combobox", "Importance for").await?;
    assert!(select.is_empty());
    page.finish().await
}

/// A copy of the shipped study in which the first `count` respondents have only zero part-worths.
fn make_indifferent(count: usize) -> Result<FolderCopy> {
    let copy = FolderCopy::new("Data")?;
    let path = copy.path().join(UTILITIES);
    let text = std::fs::read_to_string(&path)?;
    let lines = text.lines().enumerate().map(|(row, line)| {
        // Two rows of headers; then id, segment and current brand before the part-worths.
        let part_worths = line
            .match_indices(',')
            .nth(2)
            .map(|(at, _)| line.split_at(at));
        match part_worths {
            Some((respondent, part_worths)) if (2..2 + count).contains(&row) => {
                let zeros = ",0".repeat(part_worths.matches(',').count());
                format!("{respondent}{zeros}\n")
            }
            _ => format!("{line}\n"),
        }
    });
    std::fs::write(path, lines.collect::<String>())?;
    Ok(copy)
}

#[tokio::test]
async fn indifferent_respondents_are_reported() -> Result {
    let data = make_indifferent(1)?;
    let server = Server::start(data.path(), &repository_path("Precomputed Data"))?;
    let page = Page::open(&server, "page=insights").await?;
    page.wait_for_text(
        "1 respondent has no importances and is left out: all levels are worth the same to them.",
    )
    .await?;
    let groups = run_importance(data.path(), &[])?;
    assert_eq!(groups[0].1["indifferent"], 1);
    let figure = page.figure(IMPORTANCE).await?;
    figure
        .wait_for_rows(&expected_table(&groups[..1], None))
        .await?;

    let data = make_indifferent(560)?;
    let server = Server::start(data.path(), &repository_path("Precomputed Data"))?;
    page.goto(&server.url("page=insights")).await?;
    page.wait_for_text(
        "Every level of every attribute is worth the same to all included respondents.",
    )
    .await?;
    page.finish().await
}
