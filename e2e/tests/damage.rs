//! A study that is damaged, and precomputed data that is not that study's.

use std::path::{Path, PathBuf};

use e2e::{Page, Result, Server, shipped};

/// A copy of the shipped study with one file's text changed, gone when dropped.
struct Copy(tempfile::TempDir);

impl Copy {
    fn of_data(file: &str, from: &str, to: &str) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        for entry in std::fs::read_dir(shipped("Data"))? {
            let entry = entry?;
            std::fs::copy(entry.path(), folder.path().join(entry.file_name()))?;
        }
        let path: PathBuf = folder.path().join(file);
        let text = std::fs::read_to_string(&path)?;
        assert!(text.contains(from), "{file} has no {from}");
        std::fs::write(&path, text.replacen(from, to, 1))?;
        Ok(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

#[tokio::test]
async fn every_problem_of_a_damaged_study_is_listed() -> Result {
    let copy = Copy::of_data("leaseOffers.csv", "759,2499", "x,y")?;
    let server = Server::start(copy.path(), &shipped("Precomputed Data"))?;
    let page = Page::visit(&server.url("")).await?;
    page.says("The study cannot be shown").await?;
    let problems = page.table("Problems").await?;
    assert_eq!(problems[1][0], "leaseOffers.csv:2: monthly_cost");
    assert!(problems[1][1].starts_with("`x` is not a number"));
    assert_eq!(problems[2][0], "leaseOffers.csv:2: upfront_cost");
    assert_eq!(page.accessibility().await?, [""; 0]);
    page.finish().await
}

#[tokio::test]
async fn a_study_that_changed_since_is_told_with_the_command() -> Result {
    let copy = Copy::of_data("leaseOffers.csv", "759,2499", "749,2499")?;
    let server = Server::start(copy.path(), &shipped("Precomputed Data"))?;
    let page = Page::open(&server, "").await?;
    page.says("leaseOffers.csv has changed since").await?;
    page.says("conjoint precompute --data Data --out \"Precomputed Data\"")
        .await?;
    let input = page.find("textbox", "monthly cost of Audi e-tron").await?;
    assert_eq!(input.prop("value").await?.as_deref(), Some("749"));
    page.finish().await
}
