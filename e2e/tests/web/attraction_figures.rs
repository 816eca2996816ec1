//! The other figures of Product Attractiveness: their numbers, their controls, traces that the reader
//! hid.

use e2e::{Page, Result, Simulation, open, wait_until_equal};

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
async fn the_matrix_equals_the_command_lines_and_hidden_traces_stay_hidden() -> Result {
    let page = open("page=attractiveness").await?;
    let figure = page.figure(ATTRACTION).await?;
    figure
        .wait_for_rows(&Simulation::run_shipped(&[])?.attraction())
        .await?;

    page.fill("monthly cost of Tesla Model 3", "449").await?;
    let edits = ["--set", "9.monthly_cost=449", "--withdraw", "12"];
    let edited = Simulation::run_shipped(&edits[..2])?;
    figure.wait_for_rows(&edited.attraction()).await?;

    let withdraw = page.find("checkbox", "Withdraw Toyota Prius Prime").await?;
    page.click_element(&withdraw).await?;
    let edited = Simulation::run_shipped(&edits)?;
    figure.wait_for_rows(&edited.attraction()).await?;
    page.press("Reset all").await?;
    check_hidden_traces(&page).await?;
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
    let page = open("page=attractiveness").await?;
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
    let page = open("page=attractiveness").await?;
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

/// Traces that are hidden by a click in the legend stay hidden after edits.
async fn check_hidden_traces(page: &Page) -> Result {
    let [(_, major), _, (_, all)] = TIERS;
    let expected = expected_traces(major, &[], &[])?;
    wait_until_equal("the chart", expected, async || traces(page).await).await?;

    let script = "chart.scrollIntoView({ block: 'center' });
        const item = [...chart.querySelectorAll('.legend .traces')]
            .find((item) => item.textContent === 'Tesla').querySelector('.legendtoggle');
        const { left, top, width, height } = item.getBoundingClientRect();
        return [left + width / 2, top + height / 2]";
    let place = page.figure(BRANDS).await?.eval_chart(script).await?;
    page.click_at(serde_json::from_value(place)?).await?;
    let expected = expected_traces(major, &["Tesla"], &[])?;
    wait_until_equal("the chart", expected, async || traces(page).await).await?;

    page.fill("monthly cost of Tesla Model 3", "449").await?;
    let edits = ["--set", "9.monthly_cost=449", "--withdraw", "2"];
    let expected = expected_traces(major, &["Tesla"], &edits[..2])?;
    wait_until_equal("after an edit", expected, async || traces(page).await).await?;

    // Tesla's index among the traces changes.
    page.click("checkbox", "Withdraw Chevrolet Bolt EV").await?;
    let expected = expected_traces(&["Nissan", "Tesla", "Toyota"], &["Tesla"], &edits)?;
    wait_until_equal("without Chevrolet", expected, async || traces(page).await).await?;
    page.press("Reset all").await?;
    page.choose("Brands", "All").await?;
    let expected = expected_traces(all, &["Tesla"], &[])?;
    wait_until_equal("all brands", expected, async || traces(page).await).await
}
