//! A server that has something newer than what the browser keeps.

use e2e::{Copy, Result, Simulation, comes_to, conjoint, precompute, shipped, visit};
use sha2::{Digest, Sha256};

const VERSION: &str = "A new version is ready. Reload";
const STUDY: &str = "The study on the server has changed. Reload";

/// The built page with another description, and the list of files that goes with it.
fn newer_site() -> Result<Copy> {
    let digest = |text: &str| {
        let digest = Sha256::digest(text.as_bytes());
        let digits = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
        digits.collect::<String>()
    };
    let older = digest(&std::fs::read_to_string(shipped("dist/index.html"))?);
    let site = Copy::of("dist")?;
    let page = site.change("index.html", "Change a product's price", "Newer")?;
    site.change("sw.js", &older, &digest(&page))?;
    site.change("sw.js", "const BUILD=\"", "const BUILD=\"newer")?;
    Ok(site)
}

#[tokio::test]
async fn a_copy_of_the_study_that_was_interrupted_is_made_whole() -> Result {
    let (server, page) = visit("").await?;
    page.is_kept().await?;
    // As a browser leaves it that ends between two files.
    let cut = "for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const path of ['/Data/', '/Precomputed%20Data/']) await cache.delete(path);
        }
        return []";
    page.texts(cut).await?;
    page.reload().await?;
    page.is_kept().await?;
    drop(server);
    page.reload().await?;
    page.bar_says("Offline: shown from this browser's copy.")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn a_new_build_is_taken_when_the_reader_asks() -> Result {
    let (server, page) = visit("").await?;
    page.is_kept().await?;
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    page.texts("await caches.open('another-app'); return []")
        .await?;
    let description = async || {
        page.texts("return [document.querySelector('meta[name=description]').content.slice(0, 5)]")
            .await
    };
    let site = newer_site()?;
    let _server = server.replace(site.path(), &shipped("Data"), &shipped("Precomputed Data"))?;
    page.reload().await?;
    page.bar_says(VERSION).await?;
    assert_eq!(page.bar_pictures("new-version").await?, [""; 0]);
    page.reload().await?;
    assert_eq!(description().await?, ["Chang"]);
    page.bar_says(VERSION).await?;

    page.take_up().await?;
    comes_to("the new page", vec!["Newer".to_owned()], description).await?;
    page.ready().await?;
    assert_eq!(
        page.value("textbox", "monthly cost of Tesla Model 3")
            .await?,
        "449"
    );
    let names = page.texts("return caches.keys()").await?;
    assert!(names.contains(&"another-app".to_owned()), "{names:?}");
    let sites: Vec<_> = names
        .iter()
        .filter(|name| name.starts_with("conjoint-site-"))
        .collect();
    assert!(
        matches!(*sites, [one] if one.starts_with("conjoint-site-newer")),
        "{names:?}"
    );
    page.bar_says("").await?;
    page.finish().await
}

#[tokio::test]
async fn a_changed_study_is_taken_whole_when_the_reader_asks() -> Result {
    let (server, page) = visit("").await?;
    page.is_kept().await?;
    let study = Copy::of_data("leaseOffers.csv", "399,", "449,")?;
    let made = tempfile::tempdir()?;
    precompute(study.path(), made.path())?;
    let _server = server.replace(&shipped("dist"), study.path(), made.path())?;
    let older = Simulation::of_shipped(&[])?.respondents();
    let newer = conjoint("simulate", study.path(), &["--set", "1.monthly_cost=120"])?;
    let newer: Vec<u64> = newer["products"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|product| product["respondents"].as_u64())
        .collect();
    assert_ne!(older, newer);

    // The reader comes back to the tab.
    let back = "document.dispatchEvent(new Event('visibilitychange'))";
    page.client().execute(back, vec![]).await?;
    page.bar_says(STUDY).await?;
    page.reload().await?;
    assert_eq!(page.respondents().await?, older);
    page.bar_says(STUDY).await?;
    // The edits are of the older study, and go on with the newer one.
    page.fill("monthly cost of Audi e-tron", "120").await?;
    page.says("was 759").await?;
    page.take_up().await?;
    comes_to("one study", [1, 1], async || page.copies().await).await?;
    page.ready().await?;
    comes_to("the new figures", newer, async || page.respondents().await).await?;
    // Nothing is told of precomputed data that is another study's.
    comes_to("remarks", 0, async || {
        Ok(page
            .texts("return [...document.querySelectorAll('.banner')].map((b) => b.textContent)")
            .await?
            .len())
    })
    .await?;
    page.bar_says("").await?;
    page.finish().await
}

#[tokio::test]
async fn a_study_that_cannot_be_shown_is_left_for_a_better_one() -> Result {
    let (server, page) = visit("").await?;
    page.is_kept().await?;
    let damaged = Copy::of_data("leaseOffers.csv", "759,2499", "x,y")?;
    let made = shipped("Precomputed Data");
    let server = server.replace(&shipped("dist"), damaged.path(), &made)?;
    page.reload().await?;
    page.bar_says(STUDY).await?;
    page.take_up().await?;
    page.says("The study cannot be shown").await?;

    let _server = server.replace(&shipped("dist"), &shipped("Data"), &made)?;
    page.client().refresh().await?;
    page.says("The study cannot be shown").await?;
    page.bar_says(STUDY).await?;
    page.take_up().await?;
    page.ready().await?;
    page.bar_says("").await?;
    page.finish().await
}
