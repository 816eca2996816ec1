//! The details of one cell of the attraction matrix, chosen with selects or by a click.

use e2e::{Page, Result, Simulation, cells_match, open, repository_path, wait_until_equal};

const ATTRACTION: &str = "Attraction to chosen product";
const DETAIL: &str = "Attraction in detail";

/// The respondents of the shipped study at its baseline, from the precomputed files.
struct Respondents(Vec<Respondent>);

struct Respondent {
    id: String,
    segment: String,
    /// The index of the product that the respondent is predicted to choose.
    choice: usize,
    utilities: Vec<f64>,
}

impl Respondents {
    fn read() -> Result<Self> {
        let file = |name| std::fs::read_to_string(repository_path("Precomputed Data").join(name));
        let (segments, choices) = (file("offerMatching.csv")?, file("baselinePrediction.csv")?);
        let utilities = file("personProdMatch.csv")?;
        let rows = segments.lines().skip(2).zip(choices.lines().skip(1));
        let person = |((segment, choice), utilities): ((&str, &str), &str)| {
            let mut cells = segment.split(',').map(str::to_owned);
            let product: usize = choice.rsplit(',').next().unwrap().parse().unwrap();
            Respondent {
                id: cells.next().unwrap(),
                segment: cells.next().unwrap(),
                choice: product - 1,
                utilities: utilities
                    .split(',')
                    .map(|cell| cell.parse().unwrap())
                    .collect(),
            }
        };
        Ok(Self(rows.zip(utilities.lines()).map(person).collect()))
    }

    fn who_choose(&self, product: usize) -> impl Iterator<Item = &Respondent> {
        self.0.iter().filter(move |person| person.choice == product)
    }

    /// The Data table of a cell of two products.
    fn pair_table(&self, names: &[String], chosen: usize, competing: usize) -> Vec<Vec<String>> {
        let header = vec![
            "respondent".to_owned(),
            "segment".to_owned(),
            format!("P({})", names[chosen]),
            format!("P({}) / P({})", names[competing], names[chosen]),
        ];
        let row = |person: &Respondent| {
            let ratio = (person.utilities[competing] - person.utilities[chosen]).exp();
            let figures = [person.probability(chosen), ratio].map(|figure| figure.to_string());
            let words = [person.id.clone(), person.segment.clone()];
            words.into_iter().chain(figures).collect()
        };
        std::iter::once(header)
            .chain(self.who_choose(chosen).map(row))
            .collect()
    }
}

impl Respondent {
    fn probability(&self, product: usize) -> f64 {
        let chosen = self.utilities[product];
        1.0 / self
            .utilities
            .iter()
            .map(|other| (other - chosen).exp())
            .sum::<f64>()
    }
}

/// Waits until both selects and the Data table of the details show a cell.
async fn wait_for_cell(page: &Page, chosen: usize, competing: usize) -> Result {
    let simulation = Simulation::run_shipped(&[])?;
    let names = simulation.products();
    let cell = [names[chosen].clone(), names[competing].clone()];
    wait_until_equal("the selects", cell, async || selected_products(page).await).await?;
    let expected = Respondents::read()?.pair_table(&names, chosen, competing);
    assert_eq!(expected.len() as u64, 1 + simulation.respondents()[chosen]);
    page.figure(DETAIL).await?.wait_for_rows(&expected).await
}

async fn selected_products(page: &Page) -> Result<[String; 2]> {
    Ok([
        page.input_value("combobox", "Chosen product").await?,
        page.input_value("combobox", "Competing product").await?,
    ])
}

/// Clicks into a cell of the heatmap.
async fn click_cell(page: &Page, row: usize, column: usize) -> Result {
    let script = format!(
        "chart.scrollIntoView({{ block: 'center' }});
        const {{ xaxis, yaxis }} = chart._fullLayout;
        const {{ left, top }} = chart.getBoundingClientRect();
        return [left + xaxis._offset + xaxis.c2p({column}), top + yaxis._offset + yaxis.c2p({row})]"
    );
    let place = page.figure(ATTRACTION).await?.eval_chart(&script).await?;
    page.click_at(serde_json::from_value(place)?).await
}

#[tokio::test]
async fn selects_and_clicks_choose_a_cell() -> Result {
    let page = open("page=attractiveness").await?;
    // By default the two products that most respondents choose.
    wait_for_cell(&page, 8, 10).await?;
    page.choose("Chosen product", "Kia Niro Plug").await?;
    wait_for_cell(&page, 4, 10).await?;
    page.choose("Competing product", "Toyota Prius Prime")
        .await?;
    wait_for_cell(&page, 4, 11).await?;
    page.reload().await?;
    wait_for_cell(&page, 4, 11).await?;

    click_cell(&page, 8, 9).await?;
    wait_for_cell(&page, 8, 9).await?;
    // The first and the last row, at opposite edges.
    click_cell(&page, 0, 12).await?;
    wait_for_cell(&page, 0, 12).await?;
    click_cell(&page, 12, 0).await?;
    wait_for_cell(&page, 12, 0).await?;
    page.reload().await?;
    wait_for_cell(&page, 12, 0).await?;

    for (chosen, competing) in [(0, 12), (8, 9), (4, 11), (4, 10), (8, 10)] {
        page.client().back().await?;
        wait_for_cell(&page, chosen, competing).await?;
    }
    page.client().forward().await?;
    wait_for_cell(&page, 4, 10).await?;
    page.finish().await
}

#[tokio::test]
async fn the_cell_of_a_product_with_itself_shows_a_density() -> Result {
    let page = open("page=attractiveness").await?;
    let people = Respondents::read()?;
    let name = "Kia Niro Plug";
    page.choose("Chosen product", name).await?;
    page.choose("Competing product", name).await?;
    let figure = page.figure(DETAIL).await?;
    let header = ["point".to_owned(), name.to_owned(), format!("{name} at")];
    wait_until_equal("the header", header.to_vec(), async || {
        Ok(figure.rows().await?.remove(0))
    })
    .await?;
    let rows = figure.rows().await?;
    let (curve, rug) = rows[1..].split_at(500);

    let expected: Vec<_> = people.who_choose(4).collect();
    assert_eq!(rug.len(), expected.len());
    for (row, person) in rug.iter().zip(&expected) {
        assert_eq!(row[..2], [person.id.clone(), String::new()]);
        assert!(
            cells_match(&row[2], &person.probability(4).to_string()),
            "{row:?}"
        );
    }
    let values = || expected.iter().map(|person| person.probability(4));
    let ends = [
        values().reduce(f64::min).unwrap(),
        values().reduce(f64::max).unwrap(),
    ];
    for (row, end) in [&curve[0], &curve[499]].into_iter().zip(ends) {
        assert!(cells_match(&row[2], &end.to_string()), "{row:?} {end}");
    }
    // The area under the curve is less than 1, as its tails are cut off.
    let number = |cell: &String| cell.parse::<f64>().unwrap();
    let step = (ends[1] - ends[0]) / 499.0;
    let area = step * curve.iter().map(|row| number(&row[1])).sum::<f64>();
    assert!((0.5..1.0).contains(&area), "{area}");

    // A single respondent has a mark in the rug but no density.
    page.choose("Chosen product", "Kia Optima Plug").await?;
    page.choose("Competing product", "Kia Optima Plug").await?;
    let header = ["point", "Kia Optima Plug", "Kia Optima Plug at"].map(str::to_owned);
    let one = people.who_choose(5).next().unwrap();
    let row = [
        one.id.clone(),
        String::new(),
        one.probability(5).to_string(),
    ];
    figure
        .wait_for_rows(&[header.to_vec(), row.to_vec()])
        .await?;
    page.finish().await
}

#[tokio::test]
async fn a_product_that_nobody_chooses_has_an_explanation() -> Result {
    let page = open("page=attractiveness").await?;
    page.choose("Chosen product", "Jaguar I-Pace").await?;
    let empty = "No respondent chooses Jaguar I-Pace";
    page.wait_for_text(empty).await?;
    page.choose("Competing product", "Jaguar I-Pace").await?;
    page.reload().await?;
    page.wait_for_text(empty).await?;
    // Its table has only a header.
    let figure = page.figure(DETAIL).await?;
    let name = "Jaguar I-Pace";
    let header = ["point".to_owned(), name.to_owned(), format!("{name} at")];
    figure.wait_for_rows(&[header.to_vec()]).await?;
    let csv = figure.option("Download CSV").await?;
    assert_eq!(csv.attr("aria-disabled").await?, None);
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.client().back().await?;
    let header = ["respondent", "segment", "P(Jaguar I-Pace)"].map(str::to_owned);
    let ratio = "P(Tesla Model X) / P(Jaguar I-Pace)".to_owned();
    let header = header.into_iter().chain([ratio]).collect();
    figure.wait_for_rows(&[header]).await?;
    page.client().back().await?;
    wait_for_cell(&page, 8, 10).await?;
    // A click works while the figure is empty, too.
    page.choose("Chosen product", "Jaguar I-Pace").await?;
    page.wait_for_text(empty).await?;
    click_cell(&page, 8, 10).await?;
    wait_for_cell(&page, 8, 10).await?;
    page.finish().await
}

#[tokio::test]
async fn an_added_offer_has_cells_until_it_is_removed() -> Result {
    let page = open("page=attractiveness").await?;
    page.choose("Offer to copy", "Toyota Prius Prime").await?;
    page.press("Add offer").await?;
    let added = "Toyota Prius Prime (14)";
    page.fill(&format!("monthly cost of {added}"), "150")
        .await?;
    click_cell(&page, 13, 8).await?;
    let cell = [added.to_owned(), "Tesla Model 3".to_owned()];
    wait_until_equal("the selects", cell, async || selected_products(&page).await).await?;
    let header = async || Ok(page.figure(DETAIL).await?.rows().await?.remove(0));
    let ratio = format!("P(Tesla Model 3) / P({added})");
    let chosen = ["respondent", "segment", &format!("P({added})"), &ratio];
    wait_until_equal("the header", chosen.map(str::to_owned).to_vec(), header).await?;

    // A removed offer is neither selected nor in the address.
    page.press(&format!("Remove {added}")).await?;
    let cell = ["Tesla Model 3"; 2].map(str::to_owned);
    wait_until_equal("the selects", cell.clone(), async || {
        selected_products(&page).await
    })
    .await?;
    page.reload().await?;
    assert_eq!(selected_products(&page).await?, cell);
    let text = page
        .client()
        .execute("return document.body.innerText", vec![]);
    let text = text.await?.to_string();
    let complaint = text
        .split("\\n")
        .find(|line| line.starts_with("The link contains what"));
    assert_eq!(complaint, None);
    page.finish().await
}
