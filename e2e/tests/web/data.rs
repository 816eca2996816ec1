//! The page "Data": opening, storing and downloading the reader's own studies.

use std::path::PathBuf;

use e2e::{
    FolderCopy, MARKER, Page, PhoneStudy, Relay, Result, Server, Simulation, open, repository_path,
    wait_for, wait_until_equal,
};

/// Waits until the first page's figures equal those of `conjoint simulate` on the same files.
async fn wait_for_figures(page: &Page, study: &PhoneStudy) -> Result {
    page.open_page("Product Attractiveness").await?;
    let expected = Simulation::run(study.path(), &[])?;
    let share = page.figure("Predicted market share by product").await?;
    let rows = expected.market_shares(&expected);
    share.wait_for_rows_in_any_order(&rows).await?;
    let attraction = page.figure("Attraction to chosen product").await?;
    attraction.wait_for_rows(&expected.attraction()).await
}

#[tokio::test]
async fn a_study_is_opened_and_stored_but_never_sent() -> Result {
    let study = PhoneStudy::new(60)?;
    let server = Server::shared()?;
    let relay = Relay::start(server).await?;
    let page = Page::visit(&relay.url()).await?;
    page.wait_until_ready().await?;
    page.open_page("Data").await?;
    page.pick_files(&study.files()).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.find("heading", "Telephones").await?;
    wait_for_figures(&page, &study).await?;

    // Edits work.
    page.fill("monthly cost of Quixotic One", "10").await?;
    let edited = Simulation::run(study.path(), &["--set", "a.monthly_cost=10"])?;
    wait_until_equal(
        "choosers of the cheaper offer",
        edited.choosers(),
        async || page.choosers().await,
    )
    .await?;

    // It opens again, with the edit, after a reload and on a visit without a link.
    page.reload().await?;
    page.find("heading", "Telephones").await?;
    let value = async || {
        page.input_value("textbox", "monthly cost of Quixotic One")
            .await
    };
    wait_until_equal("the edit", "10".to_owned(), value).await?;
    page.goto("about:blank").await?;
    page.goto(&relay.url()).await?;
    page.find("heading", "Telephones").await?;
    wait_for_figures(&page, &study).await?;

    // The worker of the sweep gets it, too.
    page.open_page("Attribute Sweep").await?;
    page.figure("Movement: Night owls").await?;

    // The list of studies, and back to the shipped one.
    page.open_page("Data").await?;
    page.press("Rename Telephones").await?;
    page.fill("New title of Telephones", "Mobiles").await?;
    page.find("heading", "Mobiles").await?;
    page.press("Back to the shipped study").await?;
    page.find("heading", "Electric vehicle leases").await?;
    page.press("Open Mobiles").await?;
    page.find("heading", "Mobiles").await?;
    page.press("Remove Mobiles").await?;
    page.find("heading", "Electric vehicle leases").await?;
    page.wait_for_text("None yet.").await?;
    page.reload().await?;
    page.wait_for_text("None yet.").await?;

    let sent = relay.sent_text();
    assert!(!sent.contains(MARKER), "a byte of the study was sent");
    assert!(sent.starts_with("GET / HTTP/1.1\r\n"));
    let lines = sent.lines().filter(|line| line.ends_with(" HTTP/1.1"));
    let others: Vec<&str> = lines.filter(|line| !line.starts_with("GET /")).collect();
    assert_eq!(others, [""; 0], "the page sends nothing but GET");
    assert!(!sent.to_ascii_lowercase().contains("content-length"));
    page.finish().await
}

#[tokio::test]
async fn a_zip_gives_the_study_its_name() -> Result {
    let mut study = PhoneStudy::new(12)?;
    study.remove("study.json")?;
    let zip = study.write_zip("phones of 2027.zip", "phones/")?;
    let page = open("page=data").await?;
    page.pick_files(&[zip]).await?;
    page.wait_for_text("Study opened: phones of 2027").await?;
    assert_eq!(page.check_looks("data-study").await?, [""; 0]);
    wait_for_figures(&page, &study).await?;
    page.finish().await
}

#[tokio::test]
async fn every_problem_of_damaged_files_is_listed_and_the_open_study_stays() -> Result {
    let mut study = PhoneStudy::new(12)?;
    study.replace_text("leaseOffers.csv", "25,50,24", "25,x,24")?;
    study.replace_text("churnRateEV.csv", "Brisk,0.1,0.3", "Brisk,0.1,1.3")?;
    study.remove("baseARPU_EV.csv")?;
    let page = open("page=data").await?;
    page.pick_files(&study.files()).await?;
    page.wait_for_text("The study cannot be opened.").await?;
    let rows = page.table("Problems").await?;
    assert_eq!(rows[0], ["file", "row", "column", "problem"]);
    let places: Vec<&[String]> = rows[1..].iter().map(|row| &row[..3]).collect();
    assert_eq!(places[0], ["leaseOffers.csv", "2", "upfront_cost"]);
    assert!(rows[1][3].starts_with("`x` is not a number; write digits"));
    assert!(rows[1][3].ends_with("a,Quixotic,One,25,x,24,bright,128"));
    assert_eq!(places[1], ["churnRateEV.csv", "3", "Night owls"]);
    assert!(rows[2][3].contains("1.3 is not between 0 and 1"));
    assert_eq!(places[2][0], "baseARPU_EV.csv");
    assert_eq!(rows.len(), 4, "{rows:?}");
    page.find("heading", "Electric vehicle leases").await?;
    assert_eq!(page.check_looks("data-problems").await?, [""; 0]);

    // A file that is not a zip, in spite of its name.
    let broken = study.path().join("broken.zip");
    std::fs::write(&broken, b"PK\x03\x04 and no more")?;
    page.pick_files(&[broken]).await?;
    page.wait_for_text("That did not work").await?;
    page.wait_for_text("broken.zip").await?;
    page.finish().await
}

#[tokio::test]
async fn columns_with_other_names_are_mapped_by_hand() -> Result {
    let mut study = PhoneStudy::new(12)?;
    for file in ["leaseOffers.csv", "UtilityScoresEV.csv"] {
        let text = std::fs::read_to_string(study.path().join(file))?;
        study.write(file, &text.replace("monthly_cost", "price"))?;
    }
    let page = open("page=data").await?;
    page.pick_files(&study.files()).await?;
    page.wait_for_text("The study cannot be opened.").await?;
    page.open_details("The files have other names for these columns")
        .await?;
    page.choose("Column for monthly_cost", "price").await?;
    page.press("Check again").await?;
    page.wait_for_text("Study opened: Telephones").await?;
    study.replace_text(
        "study.json",
        "{",
        "{\"columns\": {\"monthly_cost\": \"price\"}, ",
    )?;
    wait_for_figures(&page, &study).await?;
    page.find("textbox", "price of Quixotic One").await?;

    // The download has the same names.
    page.open_page("Data").await?;
    let zip = page.download("Download this study").await?;
    assert_eq!(zip.name, "telephones.zip");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip.bytes))?;
    let mut read = |name: &str| -> Result<String> {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut zip.by_name(name)?, &mut text)?;
        Ok(text)
    };
    let settings: serde_json::Value = serde_json::from_str(&read("study.json")?)?;
    assert_eq!(settings["columns"]["monthly_cost"], "price");
    let utilities = std::fs::read_to_string(study.path().join("UtilityScoresEV.csv"))?;
    assert_eq!(read("UtilityScoresEV.csv")?, utilities);
    page.finish().await
}

#[tokio::test]
async fn the_template_is_the_shipped_study() -> Result {
    let page = open("page=data").await?;
    let zip = page.download("Download template").await?.bytes;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip))?;
    let names = zip.file_names().map(|name| Ok(name?.into_owned()));
    let mut names: Vec<String> = names.collect::<Result<_>>()?;
    names.sort();
    let shipped_names = std::fs::read_dir(repository_path("Data"))?;
    let mut expected: Vec<String> = shipped_names
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    expected.sort();
    assert_eq!(names, expected);
    for name in names {
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut zip.by_name(&name)?, &mut content)?;
        assert_eq!(
            content,
            std::fs::read(repository_path("Data").join(&name))?,
            "{name}"
        );
    }
    page.finish().await
}

#[tokio::test]
async fn reading_a_large_study_shows_progress_and_can_be_cancelled() -> Result {
    let study = PhoneStudy::new(60_000)?;
    let page = open("page=data").await?;
    page.pick_files(&study.files()).await?;
    page.find("progressbar", "Opening the study").await?;
    page.press("Cancel").await?;
    wait_for("the end of the opening", async || {
        let bars = page
            .scope()
            .find_all("progressbar", "Opening the study")
            .await?;
        Ok(bars.is_empty().then_some(()))
    })
    .await?;
    page.find("heading", "Electric vehicle leases").await?;
    page.pick_files(&study.files()).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.wait_for_text("60,000").await?;
    page.finish().await
}

#[tokio::test]
async fn opening_another_study_cancels_the_first() -> Result {
    let (small, large) = (PhoneStudy::new(12)?, PhoneStudy::new(60_000)?);
    let page = open("page=data").await?;
    page.pick_files(&small.files()).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.pick_files(&large.files()).await?;
    page.find("progressbar", "Opening the study").await?;
    page.press("Back to the shipped study").await?;
    page.find("heading", "Electric vehicle leases").await?;
    // A stored study can be removed while another is read.
    page.pick_files(&large.files()).await?;
    page.find("progressbar", "Opening the study").await?;
    page.press("Remove Telephones").await?;
    page.wait_for_text("None yet.").await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.wait_for_text("60,000 respondents").await?;
    page.finish().await
}

#[tokio::test]
async fn a_copy_of_the_shipped_study_is_a_study_of_its_own() -> Result {
    let copy = FolderCopy::new("Data")?;
    let files: Vec<PathBuf> = std::fs::read_dir(copy.path())?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    let page = open("page=data").await?;
    page.pick_files(&files).await?;
    page.wait_for_text("Study opened: Electric vehicle leases")
        .await?;
    page.wait_for_text("a study of your own, stored in this browser")
        .await?;
    page.press("Back to the shipped study").await?;
    page.wait_for_text("This is the shipped study.").await?;
    page.reload().await?;
    page.wait_for_text("This is the shipped study.").await?;
    page.finish().await
}

#[tokio::test]
async fn unknown_files_are_reported_and_ignored() -> Result {
    let mut study = PhoneStudy::new(12)?;
    study.write("brand.csv", "brand,parent\n")?;
    let page = open("page=data").await?;
    page.pick_files(&study.files()).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.wait_for_text(
        "brand.csv: the file belongs to no study and is ignored; if it is brands.csv",
    )
    .await?;
    page.finish().await
}

#[tokio::test]
async fn a_study_that_cannot_be_stored_can_be_used() -> Result {
    let study = PhoneStudy::new(12)?;
    let page = open("page=data").await?;
    let refuse = "Storage.prototype.setItem = () => { throw new Error('no room') }";
    page.eval(refuse).await?;
    page.pick_files(&study.files()).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.wait_for_text("This study will be lost when you close the page: no room.")
        .await?;
    page.wait_for_text("a study of your own, which will be lost when you close the page")
        .await?;
    wait_for_figures(&page, &study).await?;
    page.finish().await
}

#[tokio::test]
async fn a_study_that_exceeds_the_quota_has_a_warning() -> Result {
    let large = PhoneStudy::new(60_000)?;
    let server = Server::shared()?;
    let page = Page::open(server, "page=data").await?;
    let origin = server.url("");
    let quota = serde_json::json!({
        "origin": origin.trim_end_matches('/'),
        "quotaSize": 4_000_000,
    });
    page.devtools("Storage.overrideQuotaForOrigin", quota)
        .await?;
    page.pick_files(&large.files()).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.wait_for_text("this browser has no room for the study's")
        .await?;
    page.wait_for_text("None yet.").await?;
    page.wait_for_text("which will be lost when you close the page")
        .await?;
    page.finish().await
}

/// Drops a file on the element of a selector, and gives whether the page handled the event.
async fn drop_file(page: &Page, selector: &str, name: &str, content: &str) -> Result<bool> {
    let script = "const [selector, name, content] = arguments;
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], name));
        const event = (kind) => new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true });
        const target = document.querySelector(selector);
        target.dispatchEvent(event('dragover'));
        return !target.dispatchEvent(event('drop'));";
    let arguments = vec![selector.into(), name.into(), content.into()];
    let is_handled = page.client().execute(script, arguments).await?;
    Ok(is_handled.as_bool().unwrap_or(false))
}

/// Some browsers give an entry for a dropped file that they then cannot read.
#[tokio::test]
async fn a_dropped_file_is_read_without_its_entry() -> Result {
    let page = open("page=data").await?;
    page.find("button", "Open study files").await?;
    page.eval(
        "const file = { value: (done, failed) => failed(new DOMException('gone', 'NotFoundError')) };
         DataTransferItem.prototype.webkitGetAsEntry =
             () => Object.create(FileSystemFileEntry.prototype, { file });",
    )
    .await?;
    assert!(drop_file(&page, ".drop", "leaseOffers.csv", "id\n").await?);
    page.wait_for_text("The study cannot be opened.").await?;
    let rows = page.table("Problems").await?;
    assert!(rows.iter().any(|row| row[0] == "leaseOffers.csv"));
    page.finish().await
}

#[tokio::test]
async fn files_can_be_dropped_anywhere_without_leaving_the_page() -> Result {
    let page = open("page=data").await?;
    assert!(drop_file(&page, "h1", "leaseOffers.csv", "id\n").await?);
    page.wait_for_text("Every study that you open is stored here.")
        .await?;
    // The drop area arrives later than the page around it.
    page.find("button", "Open study files").await?;
    assert!(drop_file(&page, ".drop", "leaseOffers.csv", "id\n").await?);
    page.wait_for_text("The study cannot be opened.").await?;
    let rows = page.table("Problems").await?;
    assert!(rows.iter().any(|row| row[0] == "leaseOffers.csv"));
    page.finish().await
}
