//! Downloads: pictures of a figure, and a workbook of the whole page.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx, open_workbook_from_rs};
use e2e::{
    DownloadedFile, Page, Result, Server, format_signed, open, repository_path, run_json,
    wait_until_equal,
};
use serde_json::json;

const SHARE: &str = "Predicted market share by product";
const WORKBOOK: &str = "Download Excel workbook";

/// Width and height of a PNG, which follow its signature and the header of its first chunk.
fn png_size(png: &DownloadedFile) -> [u32; 2] {
    assert_eq!(png.bytes[..8], *b"\x89PNG\r\n\x1a\n", "{}", png.name);
    [16, 20].map(|at| u32::from_be_bytes(png.bytes[at..at + 4].try_into().unwrap()))
}

/// The chart's size, and its title if it has one.
async fn chart_size(page: &Page, title: &str) -> Result<(u32, u32, Option<String>)> {
    let script = "return [chart.clientWidth, chart.clientHeight, chart.layout.title?.text]";
    let found = page.figure(title).await?.eval_chart(script).await?;
    Ok(serde_json::from_value(found)?)
}

#[tokio::test]
async fn a_figure_is_downloaded_as_a_picture_with_its_title() -> Result {
    let page = open("set=9.monthly_cost%3D449").await?;
    for (scheme, surface) in [("light", "rgb(255, 255, 255)"), ("dark", "rgb(28, 33, 44)")] {
        page.emulate_media("", &[("prefers-color-scheme", scheme)])
            .await?;
        let (width, height, title) = chart_size(&page, SHARE).await?;
        assert_eq!(title, None, "the page has the title above the chart");
        let figure = page.figure(SHARE).await?;
        let png = figure.download("Download PNG").await?;
        assert_eq!(png.name, "predicted-market-share-by-product.png");
        let [wide, high] = png_size(&png);
        assert_eq!(wide, 2 * width);
        assert!(
            (2 * height + 40..2 * height + 120).contains(&high),
            "{high} of {height}"
        );
        assert!(png.bytes.len() > 10_000, "{} bytes", png.bytes.len());

        let svg = figure.download("Download SVG").await?;
        assert_eq!(svg.name, "predicted-market-share-by-product.svg");
        let svg = svg.into_text()?;
        for part in [
            SHARE,
            ">live<",
            ">baseline<",
            ">Tesla Model 3<",
            ">Share, %<",
            ">By first choice · 560 respondents · Now<",
            surface,
        ] {
            assert!(svg.contains(part), "{scheme}: no {part} in {svg}");
        }
        assert!(svg.starts_with("<svg"), "{svg}");
        // The chart on the page has not changed.
        assert_eq!(chart_size(&page, SHARE).await?, (width, height, None));
    }
    page.finish().await
}

#[tokio::test]
async fn an_empty_figure_has_no_picture() -> Result {
    let page = open("page=attractiveness&focal=Jaguar").await?;
    page.wait_for_text("No respondent chooses Jaguar").await?;
    let figure = page.figure("Brand scavengers").await?;
    for (name, disabled) in [("PNG", Some("true")), ("SVG", Some("true")), ("CSV", None)] {
        let button = figure.option(&format!("Download {name}")).await?;
        assert_eq!(
            button.attr("aria-disabled").await?.as_deref(),
            disabled,
            "{name}"
        );
    }
    page.finish().await
}

/// A workbook's sheets: name and cells.
fn read_sheets(workbook: DownloadedFile) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(workbook.bytes)).unwrap();
    let sheets = workbook.worksheets().into_iter();
    let cells = sheets.map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect()));
    cells.collect()
}

/// A sheet's cells as the page formats them.
fn format_cells(rows: &[Vec<Data>]) -> Vec<Vec<String>> {
    let text = |cell: &Data| match cell {
        Data::Float(number) => number.to_string(),
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => unreachable!("{other:?} is not a type of cell that the page writes"),
    };
    rows.iter()
        .map(|row| row.iter().map(text).collect())
        .collect()
}

#[tokio::test]
async fn the_workbook_has_every_table_of_the_page() -> Result {
    let edits = "set=9.monthly_cost%3D449&withdraw=12&add=14:2";
    let page = Page::blank().await?;
    for (fragment, name, count) in [
        // The figures, and the table "Results".
        ("page=simulator", "simulator", 6),
        // One of these figures has no numbers.
        (
            "page=attractiveness&focal=Jaguar&chosen=9&competing=9",
            "product-attractiveness",
            5,
        ),
        (
            "page=sweep&view=Consolidated%2C+initial+baseline",
            "attribute-sweep",
            9,
        ),
        (
            "page=sweep&analysis=grid&change=Percentage",
            "attribute-sweep",
            4,
        ),
        ("page=insights", "insights", 5),
    ] {
        page.show(&format!("{fragment}&{edits}")).await?;
        let saved = page.download_item("Export", WORKBOOK).await?;
        assert_eq!(saved.name, format!("electric-vehicle-leases-{name}.xlsx"));
        let sheets = read_sheets(saved);
        assert_eq!(sheets.len(), count + 1, "{fragment}");
        assert_eq!(sheets[0].0, "Inputs");
        check_inputs(&page, &format_cells(&sheets[0].1)).await?;

        let figures = page.figure_titles().await?;
        // The table "Results" is no figure.
        let tables = sheets[1..].iter().filter(|(tab, _)| tab != "Results");
        for (title, (tab, rows)) in figures.iter().zip(tables) {
            let note = format_cells(&rows[..1])[0][0].clone();
            assert!(
                title.replace(':', "").starts_with(tab.as_str()),
                "{tab} of {title}"
            );
            let figure = page.figure(title).await?;
            figure.wait_for_rows(&format_cells(&rows[1..])).await?;
            assert!(figure.text().await?.contains(&note), "{note}");
            // Both the CSV file and the sheet have full precision; one table writes both.
            if *title == figures[0] {
                let file = figure.download_csv().await?;
                let lines = format_cells(&rows[2..]).into_iter();
                let lines: Vec<String> = lines.map(|row| row.join(",")).collect();
                assert_eq!(lines, file.lines().skip(1).collect::<Vec<_>>(), "{title}");
            }
            let numbers = rows[2..]
                .iter()
                .flatten()
                .filter(|cell| cell.is_float())
                .count();
            assert!(numbers > 0 || rows.len() == 2, "{title}");
        }
    }
    page.finish().await
}

/// Checks that the sheet of inputs has the page's address and every edit.
async fn check_inputs(page: &Page, rows: &[Vec<String>]) -> Result {
    assert_eq!(
        rows[1],
        ["of", "input", "value", "the study's own, where edited"]
    );
    let find = |of: &str, input: &str| {
        let row = rows.iter().find(|row| row[0] == of && row[1] == input);
        row.map(|row| [row[2].clone(), row[3].clone()])
            .unwrap_or_default()
    };
    let pair = |value: &str, baseline: &str| [value, baseline].map(str::to_owned);
    assert_eq!(find("study", "title"), pair("Electric vehicle leases", ""));
    assert_eq!(
        json!(find("page", "link")[0]),
        page.eval("return location.href").await?
    );
    let cost = find("offer 9, Tesla Model 3", "monthly cost, $ a month");
    assert_eq!(cost, pair("449", "399"));
    let market = find("offer 12, Toyota Prius Prime", "market");
    assert_eq!(market, pair("withdrawn", "offered"));
    let copied = find("offer 14, Chevrolet Bolt EV (14)", "added as a copy of");
    assert_eq!(copied, pair("offer 2, Chevrolet Bolt EV", ""));
    assert_eq!(find("sweep", "figures"), pair("", ""));
    Ok(())
}

/// The text of a share, a change or an interval of the table "Results", from its cells in the workbook.
fn write_shares(exact: &[String]) -> [String; 3] {
    let numbers: Vec<f64> = exact[1..6]
        .iter()
        .map(|text| text.parse().unwrap())
        .collect();
    [
        format!("{:.1} %", numbers[0]),
        format_signed(numbers[2], |size| format!("{size:.1}")),
        format!("{:.1}–{:.1}", numbers[3], numbers[4]),
    ]
}

#[tokio::test]
async fn the_workbooks_results_have_full_precision() -> Result {
    let page = open("set=9.monthly_cost%3D449").await?;
    page.wait_for_figures().await?;
    wait_until_equal("the intervals", false, async || {
        Ok(page
            .table("Results")
            .await?
            .concat()
            .contains(&"…".to_owned()))
    })
    .await?;
    let sheets = read_sheets(page.download_item("Export", WORKBOOK).await?);
    let results = sheets.iter().find(|(tab, _)| tab == "Results");
    let (_, results) = results.expect("a sheet of the results");
    let shown = page.table("Results").await?;
    let header = format_cells(&results[1..2]).concat();
    let expected = [
        "brand, product",
        "share, %",
        "baseline, %",
        "change, points",
        "share, low, %",
        "share, high, %",
        "Customers, thousand",
        "Customers, change, thousand",
        "Revenue, $ thousand a month",
        "Revenue, change, $ thousand a month",
        "EBIT, $ thousand a month",
        "EBIT, change, $ thousand a month",
    ];
    assert_eq!(header, expected);
    let exact = format_cells(&results[2..]);
    assert_eq!(exact.len() + 1, shown.len());
    let report = run_json(
        "simulate",
        &repository_path("Data"),
        &["--interval", "90", "--set", "9.monthly_cost=449"],
    )?;
    let brands = report["intervals"]["brands"].as_array().unwrap();
    for (shown, exact) in shown[1..].iter().zip(exact) {
        assert_eq!(shown[0], exact[0]);
        assert_eq!(shown[1..4], write_shares(&exact), "{shown:?}");
        let brand = brands.iter().find(|brand| brand["brand"] == *exact[0]);
        let Some(brand) = brand else {
            // A product has no money of its own.
            assert_eq!(exact[6..].concat(), "", "{exact:?}");
            continue;
        };
        let values = ["sio_new", "revenue_new", "ebit_new"]
            .map(|key| ["value", "change"].map(|part| brand[key][part].as_f64().unwrap()));
        for (cell, value) in exact[6..].iter().zip(values.concat()) {
            let cell: f64 = cell.parse().unwrap();
            assert!(
                (cell - value).abs() <= 1e-9 * value.abs().max(1.0),
                "{cell} {value}"
            );
        }
    }
    page.finish().await
}

#[tokio::test]
async fn a_workbook_with_outdated_figures_says_so() -> Result {
    let page = open("page=sweep").await?;
    page.fill("begin of row 1", "x").await?;
    page.wait_for_text("The figures below are older than the table.")
        .await?;
    let rows = format_cells(&read_sheets(page.download_item("Export", WORKBOOK).await?)[0].1);
    let note = ["sweep", "figures", "older than the table that follows", ""];
    assert!(rows.iter().any(|row| row[..] == note), "{rows:?}");
    page.finish().await
}

#[tokio::test]
async fn a_workbook_that_cannot_be_written_is_reported() -> Result {
    let server = Server::start_shipped()?;
    // Without a secure context there is no offline copy to load the worker from.
    let page = Page::visit(&server.url_on("dashboard.test", "")).await?;
    page.wait_until_ready().await?;
    drop(server);
    page.press_item("Export", WORKBOOK).await?;
    page.wait_for_text("The workbook cannot be created:")
        .await?;
    page.scope().open_menu("Export", WORKBOOK).await.map(drop)
}
