//! Updates: the server has a newer page or study than the browser's offline copy.

use e2e::{
    FolderCopy, Page, Result, Server, Simulation, precompute_study, repository_path,
    wait_until_equal,
};
use sha2::{Digest, Sha256};

const VERSION: &str = "A new version is ready. Reload";
const STUDY: &str = "The study on the server has changed. Reload";

/// A copy of the built page with another description, and the list of files to match.
fn make_newer_site() -> Result<FolderCopy> {
    let digest = |text: &str| {
        let digest = Sha256::digest(text.as_bytes());
        let digits = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
        digits.collect::<String>()
    };
    let older = digest(&std::fs::read_to_string(repository_path(
        "dist/index.html",
    ))?);
    let site = FolderCopy::new("dist")?;
    let page = site.replace_text("index.html", "Change a product's price", "Newer")?;
    site.replace_text("sw.js", &older, &digest(&page))?;
    site.replace_text("sw.js", "const BUILD=\"", "const BUILD=\"newer")?;
    Ok(site)
}

#[tokio::test]
async fn an_interrupted_copy_of_the_study_is_completed() -> Result {
    let server = Server::start_shipped()?;
    let page = Page::open_with_copy(&server, "").await?;
    page.wait_for_offline_copy().await?;
    // The state after the browser was closed between two files.
    let cut = "for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const path of ['/Data/', '/Precomputed%20Data/']) await cache.delete(path);
        }
        return []";
    page.eval_async(cut).await?;
    page.reload().await?;
    page.wait_for_offline_copy().await?;
    drop(server);
    page.reload().await?;
    page.wait_for_status("Offline: shown from this browser's copy.")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn a_new_build_is_loaded_on_request() -> Result {
    let server = Server::start_shipped()?;
    let page = Page::open_with_copy(&server, "").await?;
    page.wait_for_offline_copy().await?;
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    page.eval_async("await caches.open('another-app'); return []")
        .await?;
    let description = async || {
        page.eval_async(
            "return [document.querySelector('meta[name=description]').content.slice(0, 5)]",
        )
        .await
    };
    let site = make_newer_site()?;
    let _server = server.replace(
        site.path(),
        &repository_path("Data"),
        &repository_path("Precomputed Data"),
    )?;
    page.reload().await?;
    page.wait_for_status(VERSION).await?;
    assert_eq!(page.check_status_looks("new-version").await?, [""; 0]);
    page.reload().await?;
    assert_eq!(description().await?, ["Chang"]);
    page.wait_for_status(VERSION).await?;

    page.accept_update().await?;
    wait_until_equal("the new page", vec!["Newer".to_owned()], description).await?;
    page.wait_until_ready().await?;
    assert_eq!(
        page.input_value("textbox", "monthly cost of Tesla Model 3")
            .await?,
        "449"
    );
    let names = page.eval_async("return caches.keys()").await?;
    assert!(names.contains(&"another-app".to_owned()), "{names:?}");
    let sites: Vec<_> = names
        .iter()
        .filter(|name| name.starts_with("conjoint-site-"))
        .collect();
    assert!(
        matches!(*sites, [one] if one.starts_with("conjoint-site-newer")),
        "{names:?}"
    );
    page.wait_for_status("").await?;
    page.finish().await
}

#[tokio::test]
async fn a_changed_study_is_loaded_as_a_whole_on_request() -> Result {
    let server = Server::start_shipped()?;
    let page = Page::open_with_copy(&server, "").await?;
    page.wait_for_offline_copy().await?;
    let study = FolderCopy::edited_data("leaseOffers.csv", "399,", "449,")?;
    let made = tempfile::tempdir()?;
    precompute_study(study.path(), made.path())?;
    let _server = server.replace(&repository_path("dist"), study.path(), made.path())?;
    let older = Simulation::run_shipped(&[])?.choosers();
    let newer = Simulation::run(study.path(), &["--set", "1.monthly_cost=120"])?.choosers();
    assert_ne!(older, newer);

    // The reader returns to the tab.
    let back = "document.dispatchEvent(new Event('visibilitychange'))";
    page.eval(back).await?;
    page.wait_for_status(STUDY).await?;
    page.reload().await?;
    assert_eq!(page.choosers().await?, older);
    page.wait_for_status(STUDY).await?;
    // The edits were made to the old study and apply to the new one.
    page.fill("monthly cost of Audi e-tron", "120").await?;
    page.wait_for_text("was 759").await?;
    page.accept_update().await?;
    wait_until_equal("one study", [1, 1], async || page.count_caches().await).await?;
    page.wait_until_ready().await?;
    wait_until_equal("the new figures", newer, async || page.choosers().await).await?;
    // There is no warning about precomputed data of another study.
    wait_until_equal("remarks", 0, async || {
        Ok(page
            .eval_async(
                "return [...document.querySelectorAll('.banner')].map((b) => b.textContent)",
            )
            .await?
            .len())
    })
    .await?;
    page.wait_for_status("").await?;
    page.finish().await
}

#[tokio::test]
async fn a_damaged_study_is_replaced_by_a_valid_one() -> Result {
    let server = Server::start_shipped()?;
    let page = Page::open_with_copy(&server, "").await?;
    page.wait_for_offline_copy().await?;
    let damaged = FolderCopy::edited_data("leaseOffers.csv", "759,2499", "x,y")?;
    let made = repository_path("Precomputed Data");
    let server = server.replace(&repository_path("dist"), damaged.path(), &made)?;
    page.reload().await?;
    page.wait_for_status(STUDY).await?;
    page.accept_update().await?;
    page.wait_for_text("The study cannot be shown").await?;

    let _server = server.replace(&repository_path("dist"), &repository_path("Data"), &made)?;
    page.client().refresh().await?;
    page.wait_for_text("The study cannot be shown").await?;
    page.wait_for_status(STUDY).await?;
    page.accept_update().await?;
    page.wait_until_ready().await?;
    page.wait_for_status("").await?;
    page.finish().await
}
