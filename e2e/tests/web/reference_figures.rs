//! The page on the reference study: its figures equal those that an independent program computed. They
//! are outside this repository, in the folder that `CONJOINT_REFERENCE` names.

#![allow(clippy::print_stdout, reason = "a test says that it is skipped")]

use std::path::{Path, PathBuf};

use e2e::{
    GRID_PRODUCT, Grid, Lockstep, MEASURES, Page, Result, Server, Simulation, cells_match,
    precompute_study, wait_for,
};
use serde_json::Value;

/// The difference that rounding may cause between two programs' figures, which are of the order of a
/// thousand dollars.
const TOLERANCE: f64 = 1e-9;

/// The reference study's folder, if there is one.
fn find_reference() -> Option<PathBuf> {
    let folder = std::env::var_os("CONJOINT_REFERENCE").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: CONJOINT_REFERENCE does not point to the reference figures");
    }
    Some(folder?.join("ev2020"))
}

/// Opens the page at a fragment on the reference study.
async fn open_reference(reference: &Path, fragment: &str) -> Result<(Server, Page)> {
    let folder = tempfile::tempdir()?;
    let data = reference.join("Data");
    precompute_study(&data, folder.path())?;
    let server = Server::start(&data, folder.path())?;
    let page = Page::open(&server, fragment).await?;
    Ok((server, page))
}

#[tokio::test]
async fn sweeps_equal_the_reference() -> Result {
    let Some(reference) = find_reference() else {
        return Ok(());
    };
    let (_server, page) = open_reference(&reference, "page=sweep").await?;
    let expected = |name: &str| reference.join("expected").join(name);
    for (attribute, file, points) in [
        (
            "Monthly cost",
            "sweep_monthly.json",
            [(3, "459"), (5, "499")],
        ),
        // The baseline is the last point. No respondent changes at any point, so all values are 0.
        (
            "Upfront cost",
            "sweep_upfront.json",
            [(2, "4340"), (0, "3940")],
        ),
    ] {
        page.click("radio", attribute).await?;
        let sweep = Lockstep::read(&expected(file))?;
        for (view, initial) in [
            ("Individual, defined baseline", false),
            ("Individual, initial baseline", true),
        ] {
            page.choose("View", view).await?;
            for (title, measure) in MEASURES {
                let figure = page.figure(title).await?;
                let table = sweep.changes(measure, None, initial);
                figure.wait_for_rows_within(&table, TOLERANCE).await?;
            }
        }
        for segment in sweep.segments() {
            let figure = page.figure(&format!("Movement: {segment}")).await?;
            figure.wait_for_rows(&sweep.movement(&segment)).await?;
        }
        let figure = page.figure("Movement at one point").await?;
        for (point, name) in points {
            page.choose("Point", name).await?;
            figure.wait_for_rows(&sweep.movement_at(point)).await?;
        }
    }

    page.click("radio", "Attribute grid").await?;
    let grid = Grid::read(&expected("grid.json"))?;
    for (view, percentage) in [("Nominal", false), ("Percentage", true)] {
        page.choose("View", view).await?;
        for (title, measure) in MEASURES {
            let mut table = grid.changes(measure, GRID_PRODUCT, (195.0, 4940.0), percentage);
            // The study names no currency.
            for corner in table.iter_mut().take(1).filter_map(|row| row.first_mut()) {
                *corner = corner.replace("$ ", "").replace(", \\", " \\");
            }
            page.figure(title)
                .await?
                .wait_for_rows_within(&table, TOLERANCE)
                .await?;
        }
    }
    page.finish().await
}

#[tokio::test]
async fn attraction_and_scavengers_equal_the_reference() -> Result {
    let Some(reference) = find_reference() else {
        return Ok(());
    };
    let (_server, page) = open_reference(&reference, "page=attractiveness").await?;
    let expected = |name: &str| reference.join("expected").join(name);
    let attraction = page.figure("Attraction to chosen product").await?;
    let baseline = Simulation::read(&expected("simulate.json"))?;
    attraction.wait_for_rows(&baseline.attraction()).await?;

    let text = std::fs::read_to_string(expected("scavengers.json"))?;
    let scavengers: Value = serde_json::from_str(&text)?;
    for focal in ["Nissan", "Tesla"] {
        page.choose("Focal brand", focal).await?;
        check_densities(&page, focal, &scavengers[focal]).await?;
    }

    page.fill("monthly cost of Tesla Model 3", "449").await?;
    page.fill("upfront cost of Chevrolet Bolt EV", "4995")
        .await?;
    page.fill("term of VW e-Golf SE", "24").await?;
    let edited = Simulation::read(&expected("simulate_edited.json"))?;
    attraction.wait_for_rows(&edited.attraction()).await?;
    page.finish().await
}

/// Compares the scavengers' Data table with the reference: sizes, ranges, densities.
async fn check_densities(page: &Page, focal: &str, expected: &Value) -> Result {
    let brands = expected.as_object().cloned().unwrap_or_default();
    let size = brands.values().next().and_then(|brand| brand["n"].as_u64());
    let rows = wait_for(focal, async || {
        let rows = page.figure("Brand scavengers").await?.rows().await?;
        let arrived = Some(rows.len() as u64) == size.map(|size| 1 + 500 + size);
        Ok(arrived.then_some(rows))
    });
    let rows = rows.await?;
    let names = brands
        .keys()
        .flat_map(|brand| [brand.clone(), format!("{brand} at")]);
    assert!(
        rows[0][1..].iter().eq(&names.collect::<Vec<_>>()),
        "{:?}",
        rows[0]
    );
    let (curves, rugs) = rows[1..].split_at(500);
    for (place, (brand, expected)) in brands.iter().enumerate() {
        let (density, at) = (2 * place + 1, 2 * place + 2);
        let agrees = |cell: &String, value: &Value| {
            let same = cells_match(cell, &value.to_string());
            assert!(same, "{focal}, {brand}: {cell} instead of {value}");
        };
        for (point, value) in [0, 125, 250, 375, 499].into_iter().zip(0..) {
            let value = &expected["density_at_0_125_250_375_499"][value as usize];
            agrees(&curves[point][density], value);
        }
        agrees(&curves[0][at], &expected["min"]);
        agrees(&curves[499][at], &expected["max"]);
        let standing = rugs.iter().filter(|row| !row[at].is_empty()).count();
        assert_eq!(
            Some(standing as u64),
            expected["n"].as_u64(),
            "{focal}, {brand}"
        );
    }
    Ok(())
}
