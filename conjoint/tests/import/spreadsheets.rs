//! What spreadsheets do to the names of levels and to numbers.

use conjoint::format::{StudyFiles, add_workbook, open_study};
use conjoint::import::{ImportOptions, Imported, InputFile, import};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::support::file;

const TEXT: &str =
    "id,Brand: A,Brand: B,Price: 10,Price: 20\n1,0.5,-0.5,1.25,-1.25\n2,0.125,-0.125,1.5,-1.5\n";

fn notes(imported: &Imported, word: &str) -> Vec<String> {
    let notes = imported.assumed.iter();
    let notes = notes.filter(|sentence| sentence.contains(word));
    notes.cloned().collect()
}

/// A workbook whose second level is a date in cell C1, and a number of the first respondent, too, if wanted.
fn workbook(has_date_number: bool) -> InputFile {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Utilities").unwrap();
    let date = ExcelDateTime::from_ymd(2025, 5, 3).unwrap();
    let format = Format::new().set_num_format("d-mmm");
    sheet.write(0, 0, "id").unwrap();
    sheet.write(0, 1, "1-2").unwrap();
    sheet.write_with_format(0, 2, &date, &format).unwrap();
    sheet.write(0, 3, "none of these").unwrap();
    for (row, value) in [(1, 0.125), (2, 0.25), (3, 0.5), (4, -0.375)] {
        sheet.write(row, 0, row).unwrap();
        sheet.write(row, 1, value).unwrap();
        sheet.write(row, 2, -value).unwrap();
        sheet.write(row, 3, 0.0625).unwrap();
    }
    if has_date_number {
        sheet.write_with_format(1, 2, &date, &format).unwrap();
    }
    InputFile::open("book.xlsx", workbook.save_to_buffer().unwrap())
}

#[test]
fn a_level_that_became_a_date_is_reported_with_its_cell() {
    let imported = import(&[workbook(false)], &ImportOptions::default()).unwrap();
    assert_eq!(imported.attributes[0].levels, ["1-2", "2025-05-03"]);
    let found = notes(&imported, "looks like a date");
    assert!(
        matches!(found.as_slice(), [only] if only.starts_with("book.xlsx [Utilities], cell C1: the level `2025-05-03`")),
        "{found:?}"
    );
}

#[test]
fn a_number_that_became_a_date_is_refused() {
    let error = import(&[workbook(true)], &ImportOptions::default()).unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("book.xlsx [Utilities]:2: 2025-05-03: `2025-05-03` is a date"),
        "{text}"
    );
    let text = TEXT.replace("-0.5,1.25", "-0.5,1. Feb");
    let error = import(&[file("a.csv", &text)], &ImportOptions::default()).unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("a.csv:2: Price: 10: `1. Feb` is a date"),
        "{text}"
    );
}

#[test]
fn spoilt_levels_of_text_files_are_reported() {
    let text = TEXT.replace("Brand: B", "Brand: 3-May");
    let imported = import(&[file("a.csv", &text)], &ImportOptions::default()).unwrap();
    let found = notes(&imported, "`3-May` looks like a date");
    assert!(
        matches!(found.as_slice(), [only] if only.starts_with("a.csv, cell C1")),
        "{found:?}"
    );

    let labels = file("labels.csv", "Brand,Price\nA,1.00E+06\n04. Mrz,20\nZ,\n");
    let options = ImportOptions {
        labels: Some(labels),
        ..ImportOptions::default()
    };
    let text = TEXT
        .replace("Brand: B,", "Brand: B,Brand: C,")
        .replace("-0.5,1.25", "-0.25,-0.25,1.25")
        .replace("-0.125,1.5", "-0.0625,-0.0625,1.5");
    let imported = import(&[file("a.csv", &text)], &options).unwrap();
    let found = notes(&imported, "looks like a");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].starts_with("labels.csv, cell B2: the level `1.00E+06` looks like a power of ten"),
        "{found:?}"
    );
    assert!(
        found[1].starts_with("labels.csv, cell A3: the level `04. Mrz`"),
        "{found:?}"
    );

    let long = "respondent_id,attribute,level,utility\n1,Brand,A,0.5\n1,Brand,3-May,-0.5\n2,Brand,A,0.25\n2,Brand,3-May,-0.25\n";
    let imported = import(&[file("long.csv", long)], &ImportOptions::default()).unwrap();
    let found = notes(&imported, "looks like a date");
    assert!(
        matches!(found.as_slice(), [only] if only.starts_with("long.csv, cell C3")),
        "{found:?}"
    );
}

#[test]
fn a_number_with_an_unknown_unit_is_not_a_price() {
    let products = |price: &str| {
        let text = format!("id,Brand,Price\n1,A,{price}\n2,B,15\n");
        let options = ImportOptions {
            products: Some(file("products.csv", &text)),
            ..ImportOptions::default()
        };
        import(&[file("a.csv", TEXT)], &options)
    };
    for price in [
        "12",
        "$12",
        "12 €",
        "EUR 12",
        "12 €/month",
        "12 USD per month",
    ] {
        let imported = products(price).unwrap_or_else(|error| panic!("{price}: {error}"));
        let offers = String::from_utf8(imported.files.get("offers.csv").unwrap().to_vec()).unwrap();
        assert!(offers.contains("\n1,,A,12\n"), "{offers}");
    }
    for price in ["12 apples", "12 pieces of cake"] {
        let text = products(price).unwrap_err().to_string();
        assert!(
            text.starts_with(&format!("products.csv:2: Price: `{price}` is not a level")),
            "{text}"
        );
    }
    // The levels have their own unit.
    let liters = TEXT
        .replace("Price: 10", "Size: 1 l")
        .replace("Price: 20", "Size: 2 l");
    let options = ImportOptions {
        products: Some(file("products.csv", "id,Brand,Size\n1,A,1.5 kg\n")),
        ..ImportOptions::default()
    };
    let text = import(&[file("a.csv", &liters)], &options)
        .unwrap_err()
        .to_string();
    assert!(
        text.starts_with("products.csv:2: Size: `1.5 kg` is not a level"),
        "{text}"
    );
}

#[test]
fn levels_that_are_numbers_with_a_decimal_comma_are_found_again() {
    let text = "id;Size: 0,5;Size: 1,5;Size: none;Brand: A;Brand: B\n\
        1;0,5;0,25;-0,75;1,5;-1,5\n2;0,25;0,25;-0,5;0,5;-0,5\n";
    let imported = import(&[file("sizes.csv", text)], &ImportOptions::default()).unwrap();
    let study = open_study(&imported.files).unwrap().study;
    let mut attributes = study.schema().attributes().iter();
    let size = attributes
        .find(|attribute| attribute.name == "Size")
        .unwrap();
    assert_eq!(size.parse("0,5").unwrap(), size.parse("0.5").unwrap());
    assert!(size.parse("0.6").is_err());
    assert!(size.parse("none").is_ok());
}

#[test]
fn a_workbook_without_a_cell_is_refused_as_such() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("A").unwrap();
    let file = InputFile::open("book.xlsx", workbook.save_to_buffer().unwrap());
    let problem = add_workbook(&mut StudyFiles::default(), &file).unwrap_err();
    assert_eq!(
        problem.to_string(),
        "book.xlsx: every sheet is empty; name the sheets offers, utilities and so on, and fill them"
    );
}
