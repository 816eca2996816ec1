//! The page "Data": a study of one's own in place of the shipped one.

use std::path::PathBuf;

use e2e::{
    FolderCopy, Look, MARKER, Page, PhoneStudy, Relay, Result, Server, Simulation, open,
    repository_path, wait_for, wait_until_equal,
};

/// Picks files, as a reader would in the browser's dialog.
async fn pick(page: &Page, files: &[PathBuf]) -> Result {
    let input = page.find("button", "Open study files").await?;
    let paths: Vec<String> = files
        .iter()
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    Ok(input.send_keys(&paths.join("\n")).await?)
}

/// The first page's figures are those of `conjoint simulate` on the same files.
async fn shows(page: &Page, own: &PhoneStudy) -> Result {
    page.open_page("Product Attractiveness").await?;
    let expected = Simulation::run(own.path(), &[])?;
    let share = page.figure("Predicted market share by product").await?;
    let header = ["product", "live", "baseline"].map(str::to_owned);
    let products = expected.products().into_iter().zip(expected.respondents());
    let rows = products.map(|(name, count)| vec![name, count.to_string(), count.to_string()]);
    let rows: Vec<Vec<String>> = std::iter::once(header.to_vec()).chain(rows).collect();
    share.wait_for_rows(&rows).await?;
    let attraction = page.figure("Attraction to chosen product").await?;
    attraction.wait_for_rows(&expected.attraction()).await
}

#[tokio::test]
async fn a_study_of_ones_own_is_opened_kept_and_never_sent() -> Result {
    let own = PhoneStudy::new(60)?;
    let server = Server::shared()?;
    let relay = Relay::start(server).await?;
    let page = Page::visit(&relay.url()).await?;
    page.wait_until_ready().await?;
    page.open_page("Data").await?;
    pick(&page, &own.files()).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.find("heading", "Telephones").await?;
    shows(&page, &own).await?;

    // An edit computes on it, in its currency.
    page.fill("monthly cost of Quixotic One", "10").await?;
    let edited = Simulation::run(own.path(), &["--set", "a.monthly_cost=10"])?;
    let chosen = edited.respondents()[0].to_string();
    wait_until_equal("choosers of the cheaper offer", chosen, async || {
        let share = page.figure("Predicted market share by product").await?;
        Ok(share.rows().await?[1][1].clone())
    })
    .await?;

    // It is there again after a reload, edit and all, and on a visit without a link.
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
    shows(&page, &own).await?;

    // A sweep takes it into its worker.
    page.open_page("Attribute Sweep").await?;
    page.figure("Movement: Night owls").await?;

    // The list, and the way back.
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
async fn a_zip_is_opened_under_its_own_name() -> Result {
    let mut own = PhoneStudy::new(12)?;
    own.remove("study.json")?;
    let zip = own.write_zip("phones of 2027.zip", "phones/")?;
    let page = open("page=data").await?;
    pick(&page, &[zip]).await?;
    page.wait_for_text("Study opened: phones of 2027").await?;
    for look in Look::ALL {
        page.screenshot("data-study", look).await?;
        assert_eq!(page.accessibility_violations().await?, [""; 0], "{look:?}");
    }
    shows(&page, &own).await?;
    page.finish().await
}

#[tokio::test]
async fn every_problem_of_damaged_files_is_named_and_the_open_study_stays() -> Result {
    let mut own = PhoneStudy::new(12)?;
    own.replace_text("leaseOffers.csv", "25,50,24", "25,x,24")?;
    own.replace_text("churnRateEV.csv", "Brisk,0.1,0.3", "Brisk,0.1,1.3")?;
    own.remove("baseARPU_EV.csv")?;
    let page = open("page=data").await?;
    pick(&page, &own.files()).await?;
    page.wait_for_text("The study cannot be opened as it is.")
        .await?;
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
    for look in Look::ALL {
        page.screenshot("data-problems", look).await?;
        assert_eq!(page.accessibility_violations().await?, [""; 0], "{look:?}");
    }

    // A zip that is none.
    let broken = own.path().join("broken.zip");
    std::fs::write(&broken, b"PK\x03\x04 and no more")?;
    pick(&page, &[broken]).await?;
    page.wait_for_text("That did not work").await?;
    page.wait_for_text("broken.zip").await?;
    page.finish().await
}

#[tokio::test]
async fn columns_with_other_names_are_mapped_by_hand() -> Result {
    let mut own = PhoneStudy::new(12)?;
    for file in ["leaseOffers.csv", "UtilityScoresEV.csv"] {
        let text = std::fs::read_to_string(own.path().join(file))?;
        own.write(file, &text.replace("monthly_cost", "price"))?;
    }
    let page = open("page=data").await?;
    pick(&page, &own.files()).await?;
    page.wait_for_text("The study cannot be opened as it is.")
        .await?;
    page.open_details("The files have other names for these columns")
        .await?;
    page.choose("Column for monthly_cost", "price").await?;
    page.press("Check again").await?;
    page.wait_for_text("Study opened: Telephones").await?;
    own.replace_text(
        "study.json",
        "{",
        "{\"columns\": {\"monthly_cost\": \"price\"}, ",
    )?;
    shows(&page, &own).await?;
    page.find("textbox", "price of Quixotic One").await?;

    // The names go with it.
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
    let utilities = std::fs::read_to_string(own.path().join("UtilityScoresEV.csv"))?;
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
async fn a_large_study_is_read_with_progress_and_can_be_cancelled() -> Result {
    let own = PhoneStudy::new(60_000)?;
    let page = open("page=data").await?;
    pick(&page, &own.files()).await?;
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
    pick(&page, &own.files()).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.wait_for_text("60,000").await?;
    page.finish().await
}

#[tokio::test]
async fn an_opening_that_is_left_for_another_study_is_given_up() -> Result {
    let (small, large) = (PhoneStudy::new(12)?, PhoneStudy::new(60_000)?);
    let page = open("page=data").await?;
    pick(&page, &small.files()).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    pick(&page, &large.files()).await?;
    page.find("progressbar", "Opening the study").await?;
    page.press("Back to the shipped study").await?;
    page.find("heading", "Electric vehicle leases").await?;
    // A study that is kept can be taken off the list while another is read.
    pick(&page, &large.files()).await?;
    page.find("progressbar", "Opening the study").await?;
    page.press("Remove Telephones").await?;
    page.wait_for_text("None yet.").await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.wait_for_text("60,000 respondents").await?;
    page.finish().await
}

#[tokio::test]
async fn a_copy_of_the_shipped_study_is_another_one_to_open() -> Result {
    let copy = FolderCopy::new("Data")?;
    let files: Vec<PathBuf> = std::fs::read_dir(copy.path())?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    let page = open("page=data").await?;
    pick(&page, &files).await?;
    page.wait_for_text("Study opened: Electric vehicle leases")
        .await?;
    page.wait_for_text("a study of your own, kept in this browser")
        .await?;
    page.press("Back to the shipped study").await?;
    page.wait_for_text("This is the shipped study.").await?;
    page.reload().await?;
    page.wait_for_text("This is the shipped study.").await?;
    page.finish().await
}

#[tokio::test]
async fn what_lies_beside_a_study_is_told_and_left_alone() -> Result {
    let mut own = PhoneStudy::new(12)?;
    own.write("brand.csv", "brand,parent\n")?;
    let page = open("page=data").await?;
    pick(&page, &own.files()).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.wait_for_text(
        "brand.csv: the file belongs to no study, and is left out; if brands.csv is meant",
    )
    .await?;
    page.finish().await
}

#[tokio::test]
async fn a_study_that_the_browser_does_not_keep_can_be_looked_at() -> Result {
    let own = PhoneStudy::new(12)?;
    let page = open("page=data").await?;
    let refuse = "Storage.prototype.setItem = () => { throw new Error('no room') }";
    page.eval(refuse).await?;
    pick(&page, &own.files()).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.wait_for_text("It is gone when the page is closed: no room.")
        .await?;
    page.wait_for_text("a study of your own, which is gone when the page is closed")
        .await?;
    shows(&page, &own).await?;
    page.finish().await
}

#[tokio::test]
async fn a_study_that_the_browser_has_no_room_for_says_so() -> Result {
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
    pick(&page, &large.files()).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.wait_for_text("this browser has no room for the study's")
        .await?;
    page.wait_for_text("None yet.").await?;
    page.wait_for_text("which is gone when the page is closed")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn semicolons_are_told_by_name() -> Result {
    let mut own = PhoneStudy::new(12)?;
    let offers = std::fs::read_to_string(own.path().join("leaseOffers.csv"))?;
    own.write("leaseOffers.csv", &offers.replace(',', ";"))?;
    let page = open("page=data").await?;
    pick(&page, &own.files()).await?;
    page.wait_for_text("the cells are separated by semicolons; separate them by commas")
        .await?;
    page.finish().await
}

/// A file of this name and content is dropped on what a selector finds; whether the page took the
/// event for its own.
async fn drop_file(page: &Page, selector: &str, name: &str, content: &str) -> Result<bool> {
    let script = "const [selector, name, content] = arguments;
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], name));
        const event = (kind) => new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true });
        const target = document.querySelector(selector);
        target.dispatchEvent(event('dragover'));
        return !target.dispatchEvent(event('drop'));";
    let arguments = vec![selector.into(), name.into(), content.into()];
    let taken = page.client().execute(script, arguments).await?;
    Ok(taken.as_bool().unwrap_or(false))
}

#[tokio::test]
async fn files_are_dropped_and_nothing_opens_beside_the_page() -> Result {
    let page = open("page=data").await?;
    assert!(drop_file(&page, "h1", "leaseOffers.csv", "id\n").await?);
    page.wait_for_text("A study that is opened above is kept here.")
        .await?;
    assert!(drop_file(&page, ".drop", "leaseOffers.csv", "id\n").await?);
    page.wait_for_text("The study cannot be opened as it is.")
        .await?;
    let rows = page.table("Problems").await?;
    assert!(rows.iter().any(|row| row[0] == "leaseOffers.csv"));
    page.finish().await
}
