//! The page serves the reference study as it does the shipped one: its figures are those that an
//! independent program computed. They lie outside the project, where `CONJOINT_REFERENCE` points.

#![allow(clippy::print_stdout, reason = "a test tells when it is skipped")]

use std::path::PathBuf;

use e2e::{Page, Result, Server, Simulation, precompute, same, until};
use serde_json::Value;

/// The reference study's folder, if there is one.
fn reference() -> Option<PathBuf> {
    let folder = std::env::var_os("CONJOINT_REFERENCE").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: CONJOINT_REFERENCE does not point to the reference figures");
    }
    Some(folder?.join("ev2020"))
}

#[tokio::test]
async fn the_reference_study_shows_its_published_figures() -> Result {
    let Some(reference) = reference() else {
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let data = reference.join("Data");
    precompute(&data, folder.path())?;
    let server = Server::start(&data, folder.path())?;
    let page = Page::open(&server, "").await?;

    let expected = |name: &str| reference.join("expected").join(name);
    let attraction = page.figure("Attraction to chosen product").await?;
    let baseline = Simulation::in_file(&expected("simulate.json"))?;
    attraction.shows(&baseline.attraction()).await?;

    let text = std::fs::read_to_string(expected("scavengers.json"))?;
    let scavengers: Value = serde_json::from_str(&text)?;
    for focal in ["Nissan", "Tesla"] {
        page.choose("Focal brand", focal).await?;
        has_densities(&page, focal, &scavengers[focal]).await?;
    }

    page.fill("monthly cost of Tesla Model 3", "449").await?;
    page.fill("upfront cost of Chevrolet Bolt EV", "4995")
        .await?;
    page.fill("term of VW e-Golf SE", "24").await?;
    let edited = Simulation::in_file(&expected("simulate_edited.json"))?;
    attraction.shows(&edited.attraction()).await?;
    page.finish().await
}

/// Compares the scavengers' Data table with the reference: sizes, ranges, densities.
async fn has_densities(page: &Page, focal: &str, expected: &Value) -> Result {
    let brands = expected.as_object().cloned().unwrap_or_default();
    let size = brands.values().next().and_then(|brand| brand["n"].as_u64());
    let rows = until(focal, async || {
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
            let same = same(cell, &value.to_string());
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
