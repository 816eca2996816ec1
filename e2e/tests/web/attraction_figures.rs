//! The figures beside the shares: their numbers, their own controls, what the reader hid.

use e2e::{
    FolderCopy, Page, Result, Simulation, open, precompute_study, repository_path, wait_until_equal,
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
async fn the_attraction_matrix_is_that_of_the_command_line() -> Result {
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

/// The brands of a figure of densities, each with the number of respondents that stand in its
/// rug.
async fn samples(page: &Page, title: &str) -> Result<Vec<(String, u64)>> {
    let rows = page.figure(title).await?.rows().await?;
    let header = rows[0].iter().enumerate();
    let places = header.filter_map(|(column, name)| Some((column, name.strip_suffix(" at")?)));
    // A point of a curve has its density beside it, a respondent has none.
    let stands = |row: &&Vec<String>, at: usize| row[at - 1].is_empty() && !row[at].is_empty();
    let count = |at| rows[1..].iter().filter(|row| stands(row, at)).count() as u64;
    Ok(places
        .map(|(at, name)| (name.to_owned(), count(at)))
        .collect())
}

/// The number of respondents that choose each of the brands.
fn choosers(brands: &[&str], edits: &[&str]) -> Result<Vec<(String, u64)>> {
    let simulation = Simulation::run_shipped(edits)?;
    let count = |brand: &&str| ((*brand).to_owned(), simulation.count_choosers(brand));
    Ok(brands.iter().map(count).collect())
}

#[tokio::test]
async fn the_brands_shown_are_those_of_the_tier_that_somebody_chooses() -> Result {
    let page = open("").await?;
    for (tier, brands) in TIERS {
        page.choose("Brands", tier).await?;
        wait_until_equal(tier, choosers(brands, &[])?, async || {
            samples(&page, BRANDS).await
        })
        .await?;
    }

    page.reload().await?;
    assert_eq!(page.input_value("combobox", "Brands").await?, "All");
    let expected = choosers(TIERS[2].1, &[])?;
    wait_until_equal("after a reload", expected, async || {
        samples(&page, BRANDS).await
    })
    .await?;
    page.client().back().await?;
    let expected = choosers(TIERS[1].1, &[])?;
    wait_until_equal("after Back", expected, async || {
        samples(&page, BRANDS).await
    })
    .await?;
    assert_eq!(page.input_value("combobox", "Brands").await?, "Minor");

    // Without its only offer nobody chooses VW.
    page.click("checkbox", "Withdraw VW e-Golf SE").await?;
    let expected = choosers(&["Audi", "Kia"], &["--withdraw", "13"])?;
    wait_until_equal("without VW", expected, async || {
        samples(&page, BRANDS).await
    })
    .await?;
    page.finish().await
}

#[tokio::test]
async fn the_scavengers_are_those_of_the_focal_brand() -> Result {
    let page = open("").await?;
    // Every brand stands in the figure, with all choosers of the focal brand.
    let shows = async |focal: &str| -> Result {
        assert_eq!(page.input_value("combobox", "Focal brand").await?, focal);
        let simulation = Simulation::run_shipped(&[])?;
        let all = simulation.count_choosers(focal);
        let brands = simulation.ebit().into_iter();
        let expected: Vec<_> = brands.map(|(brand, _)| (brand, all)).collect();
        wait_until_equal(focal, expected, async || samples(&page, SCAVENGERS).await).await
    };
    shows("Tesla").await?;
    page.choose("Focal brand", "Nissan").await?;
    shows("Nissan").await?;
    page.choose("Focal brand", "Jaguar").await?;
    page.wait_for_text("No respondent chooses Jaguar").await?;
    // The table has its header and no rows, in the page and as a file.
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

/// What the chart of the brands draws: each trace, whether it is hidden, and its points.
async fn traces(page: &Page) -> Result<Vec<(String, bool, u64)>> {
    let script = "return chart._fullData.map(({ uid, visible, x, y }) =>
        [uid, visible !== true, (x ?? y).length])";
    let traces = page.figure(BRANDS).await?.eval_chart(script).await?;
    Ok(serde_json::from_value(traces)?)
}

/// The same, as it should be: curves of 500 points, rugs of two points a respondent.
fn drawn(brands: &[&str], hidden: &[&str], edits: &[&str]) -> Result<Vec<(String, bool, u64)>> {
    let choosers = choosers(brands, edits)?;
    let hides = |brand: &String| hidden.contains(&brand.as_str());
    let curve = |(brand, _): &(String, u64)| (format!("curve {brand}"), hides(brand), 500);
    let rug = |(brand, count): &(String, u64)| (format!("rug {brand}"), hides(brand), 2 * count);
    let curves = choosers.iter().map(curve);
    Ok(curves.chain(choosers.iter().map(rug)).collect())
}

#[tokio::test]
async fn what_the_legend_hides_stays_hidden() -> Result {
    let page = open("").await?;
    let [(_, major), _, (_, all)] = TIERS;
    let expected = drawn(major, &[], &[])?;
    wait_until_equal("the chart", expected, async || traces(&page).await).await?;

    let script = "chart.scrollIntoView({ block: 'center' });
        const item = [...chart.querySelectorAll('.legend .traces')]
            .find((item) => item.textContent === 'Tesla').querySelector('.legendtoggle');
        const { left, top, width, height } = item.getBoundingClientRect();
        return [left + width / 2, top + height / 2]";
    let place = page.figure(BRANDS).await?.eval_chart(script).await?;
    page.click_at(serde_json::from_value(place)?).await?;
    let expected = drawn(major, &["Tesla"], &[])?;
    wait_until_equal("the chart", expected, async || traces(&page).await).await?;

    page.fill("monthly cost of Tesla Model 3", "449").await?;
    let edits = ["--set", "9.monthly_cost=449", "--withdraw", "2"];
    let expected = drawn(major, &["Tesla"], &edits[..2])?;
    wait_until_equal("after an edit", expected, async || traces(&page).await).await?;

    // Tesla's place among the traces changes.
    page.click("checkbox", "Withdraw Chevrolet Bolt EV").await?;
    let expected = drawn(&["Nissan", "Tesla", "Toyota"], &["Tesla"], &edits)?;
    wait_until_equal("without Chevrolet", expected, async || traces(&page).await).await?;
    page.press("Reset all").await?;
    page.choose("Brands", "All").await?;
    let expected = drawn(all, &["Tesla"], &[])?;
    wait_until_equal("all brands", expected, async || traces(&page).await).await?;
    page.finish().await
}

/// A difference as the summary says it.
fn signed(value: f64, write: impl Fn(f64) -> String) -> String {
    let size = write(value.abs());
    match size == write(0.0) {
        true => format!("±{size}"),
        false if value < 0.0 => format!("−{size}"),
        false => format!("+{size}"),
    }
}

/// The summary table after edits.
fn summary(edits: &[&str]) -> Result<Vec<Vec<String>>> {
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
            signed(shares[0] - shares[1], |size| format!("{size:.1}")),
            signed(new - old, |size| format!("${size:.1} K")),
        ]
    };
    let header = header.map(str::to_owned).to_vec();
    Ok(std::iter::once(header).chain(brands.map(row)).collect())
}

/// How many respondents' choices an edit of the offers' file changes.
fn changed(from: &str, to: &str) -> Result<usize> {
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
async fn the_summary_tells_what_an_edit_does() -> Result {
    let page = open("").await?;
    let same = "All 560 respondents choose as at the baseline.";
    page.wait_for_text(same).await?;
    assert_eq!(page.table("Summary").await?, summary(&[])?);

    page.fill("monthly cost of Tesla Model 3", "449").await?;
    let expected = summary(&["--set", "9.monthly_cost=449"])?;
    wait_until_equal("the summary", expected, async || {
        page.table("Summary").await
    })
    .await?;
    let changed = changed("9,Tesla,Model 3,399", "9,Tesla,Model 3,449")?;
    assert!(changed > 1);
    page.wait_for_text(&format!(
        "{changed} of 560 respondents change their choice."
    ))
    .await?;

    // A brand without an offer: its share is nothing.
    page.click("checkbox", "Withdraw VW e-Golf SE").await?;
    let expected = summary(&["--set", "9.monthly_cost=449", "--withdraw", "13"])?;
    assert!(expected[8][4].starts_with("−$"), "{expected:?}");
    wait_until_equal("the summary", expected, async || {
        page.table("Summary").await
    })
    .await?;
    page.press("Reset all").await?;
    page.wait_for_text(same).await?;
    wait_until_equal("the summary", summary(&[])?, async || {
        page.table("Summary").await
    })
    .await?;
    page.finish().await
}
