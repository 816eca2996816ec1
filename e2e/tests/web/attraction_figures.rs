//! The other figures of the first page: their numbers, their controls, traces that the reader hid.

use e2e::{
    FolderCopy, Page, Result, Simulation, format_signed, open, precompute_study, repository_path,
    wait_until_equal,
};

const ATTRACTION: &str = "Attraction to chosen product";
const BRANDS: &str = "Attraction to chosen brand";
const SCAVENGERS: &str = "Brand scavengers";
const TIERS: [(&str, &[&str]); 3] = [
    ("Major", &["Chevrolet", "Nissan", "Tesla", "Toyota"]),
    ("Minor", &["Audi", "Kia", "VW"]),
    (
        "All",
        &[
            "Audi",
            "Chevrolet",
            "Kia",
            "Nissan",
            "Tesla",
            "Toyota",
            "VW",
        ],
    ),
];

#[tokio::test]
async fn the_attraction_matrix_equals_the_command_lines() -> Result {
    let page = open("").await?;
    let figure = page.figure(ATTRACTION).await?;
    figure
        .wait_for_rows(&Simulation::run_shipped(&[])?.attraction())
        .await?;

    page.fill("monthly cost of Tesla Model 3", "449").await?;
    let edits = ["--set", "9.monthly_cost=449", "--withdraw", "12"];
    let edited = Simulation::run_shipped(&edits[..2])?;
    figure.wait_for_rows(&edited.attraction()).await?;

    let withdraw = page.find("checkbox", "Withdraw Toyota Prius Prime").await?;
    withdraw.click().await?;
    let edited = Simulation::run_shipped(&edits)?;
    figure.wait_for_rows(&edited.attraction()).await?;
    page.finish().await
}

/// The brands of a density figure, each with the number of respondents in its rug.
async fn rug_sizes(page: &Page, title: &str) -> Result<Vec<(String, u64)>> {
    let rows = page.figure(title).await?.rows().await?;
    let header = rows[0].iter().enumerate();
    let columns = header.filter_map(|(column, name)| Some((column, name.strip_suffix(" at")?)));
    // In the rows of the curve the column before has a density, in those of the rug it is empty.
    let is_in_rug = |row: &&Vec<String>, at: usize| row[at - 1].is_empty() && !row[at].is_empty();
    let count = |at| rows[1..].iter().filter(|row| is_in_rug(row, at)).count() as u64;
    Ok(columns
        .map(|(at, name)| (name.to_owned(), count(at)))
        .collect())
}

/// The number of respondents who choose each of the brands.
fn count_choosers(brands: &[&str], edits: &[&str]) -> Result<Vec<(String, u64)>> {
    let simulation = Simulation::run_shipped(edits)?;
    let count = |brand: &&str| ((*brand).to_owned(), simulation.count_choosers(brand));
    Ok(brands.iter().map(count).collect())
}

#[tokio::test]
async fn the_figure_shows_the_chosen_brands_of_a_tier() -> Result {
    let page = open("").await?;
    for (tier, brands) in TIERS {
        page.choose("Brands", tier).await?;
        wait_until_equal(tier, count_choosers(brands, &[])?, async || {
            rug_sizes(&page, BRANDS).await
        })
        .await?;
    }

    page.reload().await?;
    assert_eq!(page.input_value("combobox", "Brands").await?, "All");
    let expected = count_choosers(TIERS[2].1, &[])?;
    wait_until_equal("after a reload", expected, async || {
        rug_sizes(&page, BRANDS).await
    })
    .await?;
    page.client().back().await?;
    let expected = count_choosers(TIERS[1].1, &[])?;
    wait_until_equal("after Back", expected, async || {
        rug_sizes(&page, BRANDS).await
    })
    .await?;
    assert_eq!(page.input_value("combobox", "Brands").await?, "Minor");

    // Nobody can choose VW without its only offer.
    page.click("checkbox", "Withdraw VW e-Golf SE").await?;
    let expected = count_choosers(&["Audi", "Kia"], &["--withdraw", "13"])?;
    wait_until_equal("without VW", expected, async || {
        rug_sizes(&page, BRANDS).await
    })
    .await?;
    page.finish().await
}

#[tokio::test]
async fn scavengers_follow_the_focal_brand() -> Result {
    let page = open("").await?;
    // The figure has every brand, each with all choosers of the focal brand.
    let shows = async |focal: &str| -> Result {
        assert_eq!(page.input_value("combobox", "Focal brand").await?, focal);
        let simulation = Simulation::run_shipped(&[])?;
        let all = simulation.count_choosers(focal);
        let brands = simulation.ebit().into_iter();
        let expected: Vec<_> = brands.map(|(brand, _)| (brand, all)).collect();
        wait_until_equal(focal, expected, async || rug_sizes(&page, SCAVENGERS).await).await
    };
    shows("Tesla").await?;
    page.choose("Focal brand", "Nissan").await?;
    shows("Nissan").await?;
    page.choose("Focal brand", "Jaguar").await?;
    page.wait_for_text("No respondent chooses Jaguar").await?;
    // The table has only a header, on the page and in the file.
    let figure = page.figure(SCAVENGERS).await?;
    let brands = Simulation::run_shipped(&[])?.ebit().into_iter();
    let columns = brands.flat_map(|(brand, _)| [brand.clone(), format!("{brand} at")]);
    let header: Vec<_> = std::iter::once("point".to_owned()).chain(columns).collect();
    figure.wait_for_rows(&[header]).await?;
    let file = figure.download_csv().await?;
    assert_eq!(file.lines().count(), 1, "{file}");
    assert!(file.starts_with("point,\"Audi (probability"), "{file}");
    assert_eq!(page.accessibility_violations().await?, [""; 0]);

    page.reload().await?;
    page.wait_for_text("No respondent chooses Jaguar").await?;
    page.client().back().await?;
    wait_until_equal("Focal brand", "Nissan".to_owned(), async || {
        page.input_value("combobox", "Focal brand").await
    })
    .await?;
    shows("Nissan").await?;
    page.finish().await
}

/// The traces of the brands' chart: name, whether it is hidden, number of points.
async fn traces(page: &Page) -> Result<Vec<(String, bool, u64)>> {
    let script = "return chart._fullData.map(({ uid, visible, x, y }) =>
        [uid, visible !== true, (x ?? y).length])";
    let traces = page.figure(BRANDS).await?.eval_chart(script).await?;
    Ok(serde_json::from_value(traces)?)
}

/// The expected traces: curves of 500 points, rugs of two points for each respondent.
fn expected_traces(
    brands: &[&str],
    hidden: &[&str],
    edits: &[&str],
) -> Result<Vec<(String, bool, u64)>> {
    let choosers = count_choosers(brands, edits)?;
    let hides = |brand: &String| hidden.contains(&brand.as_str());
    let curve = |(brand, _): &(String, u64)| (format!("curve {brand}"), hides(brand), 500);
    let rug = |(brand, count): &(String, u64)| (format!("rug {brand}"), hides(brand), 2 * count);
    let curves = choosers.iter().map(curve);
    Ok(curves.chain(choosers.iter().map(rug)).collect())
}

#[tokio::test]
async fn traces_hidden_in_the_legend_stay_hidden() -> Result {
    let page = open("").await?;
    let [(_, major), _, (_, all)] = TIERS;
    let expected = expected_traces(major, &[], &[])?;
    wait_until_equal("the chart", expected, async || traces(&page).await).await?;

    let script = "chart.scrollIntoView({ block: 'center' });
        const item = [...chart.querySelectorAll('.legend .traces')]
            .find((item) => item.textContent === 'Tesla').querySelector('.legendtoggle');
        const { left, top, width, height } = item.getBoundingClientRect();
        return [left + width / 2, top + height / 2]";
    let place = page.figure(BRANDS).await?.eval_chart(script).await?;
    page.click_at(serde_json::from_value(place)?).await?;
    let expected = expected_traces(major, &["Tesla"], &[])?;
    wait_until_equal("the chart", expected, async || traces(&page).await).await?;

    page.fill("monthly cost of Tesla Model 3", "449").await?;
    let edits = ["--set", "9.monthly_cost=449", "--withdraw", "2"];
    let expected = expected_traces(major, &["Tesla"], &edits[..2])?;
    wait_until_equal("after an edit", expected, async || traces(&page).await).await?;

    // Tesla's index among the traces changes.
    page.click("checkbox", "Withdraw Chevrolet Bolt EV").await?;
    let expected = expected_traces(&["Nissan", "Tesla", "Toyota"], &["Tesla"], &edits)?;
    wait_until_equal("without Chevrolet", expected, async || traces(&page).await).await?;
    page.press("Reset all").await?;
    page.choose("Brands", "All").await?;
    let expected = expected_traces(all, &["Tesla"], &[])?;
    wait_until_equal("all brands", expected, async || traces(&page).await).await?;
    page.finish().await
}

/// The summary table after edits.
fn expected_summary(edits: &[&str]) -> Result<Vec<Vec<String>>> {
    let live = Simulation::run_shipped(edits)?;
    let baseline = Simulation::run_shipped(&[])?;
    let header = [
        "brand",
        "share",
        "baseline",
        "change, points",
        "EBIT change a month",
    ];
    let brands = live.ebit().into_iter().zip(baseline.ebit());
    let row = |((brand, new), (_, old)): ((String, f64), (String, f64))| {
        let shares = [&live, &baseline].map(|simulation| simulation.brand_share(&brand) * 100.0);
        vec![
            brand,
            format!("{:.1} %", shares[0]),
            format!("{:.1} %", shares[1]),
            format_signed(shares[0] - shares[1], |size| format!("{size:.1}")),
            format_signed(new - old, |size| format!("${size:.1} K")),
        ]
    };
    let header = header.map(str::to_owned).to_vec();
    Ok(std::iter::once(header).chain(brands.map(row)).collect())
}

/// The number of respondents whose choice an edit of the offers' file changes.
fn count_changed_choices(from: &str, to: &str) -> Result<usize> {
    let copy = FolderCopy::edited_data("leaseOffers.csv", from, to)?;
    let folder = tempfile::tempdir()?;
    precompute_study(copy.path(), folder.path())?;
    let read =
        |folder| std::fs::read_to_string(std::path::Path::join(folder, "baselinePrediction.csv"));
    let (live, baseline) = (
        read(folder.path())?,
        read(&repository_path("Precomputed Data"))?,
    );
    let pairs = live.lines().zip(baseline.lines());
    Ok(pairs.filter(|(live, baseline)| live != baseline).count())
}

#[tokio::test]
async fn the_summary_shows_the_effect_of_an_edit() -> Result {
    let page = open("").await?;
    let same = "All 560 respondents choose as at the baseline.";
    page.wait_for_text(same).await?;
    assert_eq!(page.table("Summary").await?, expected_summary(&[])?);

    page.fill("monthly cost of Tesla Model 3", "449").await?;
    let expected = expected_summary(&["--set", "9.monthly_cost=449"])?;
    wait_until_equal("the summary", expected, async || {
        page.table("Summary").await
    })
    .await?;
    let changed = count_changed_choices("9,Tesla,Model 3,399", "9,Tesla,Model 3,449")?;
    assert!(changed > 1);
    page.wait_for_text(&format!(
        "{changed} of 560 respondents change their choice."
    ))
    .await?;

    // A brand without an offer has no share.
    page.click("checkbox", "Withdraw VW e-Golf SE").await?;
    let expected = expected_summary(&["--set", "9.monthly_cost=449", "--withdraw", "13"])?;
    assert!(expected[8][4].starts_with("−$"), "{expected:?}");
    wait_until_equal("the summary", expected, async || {
        page.table("Summary").await
    })
    .await?;
    page.press("Reset all").await?;
    page.wait_for_text(same).await?;
    wait_until_equal("the summary", expected_summary(&[])?, async || {
        page.table("Summary").await
    })
    .await?;
    page.finish().await
}
