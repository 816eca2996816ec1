//! What is picked, and what is wrong with it.

use super::*;
use conjoint::format::{OFFERS, UTILITIES};

fn bytes(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// Files at these paths, each of which holds its path.
fn at(paths: &[&str]) -> Vec<(String, Vec<u8>)> {
    let files = paths.iter();
    files
        .map(|path| ((*path).to_owned(), bytes(path)))
        .collect()
}

/// A zip of such files.
fn zipped(paths: &[&str]) -> Vec<u8> {
    zip(paths.iter().map(|path| (*path, path.as_bytes()))).unwrap()
}

fn open_zip(name: &str, bytes: Vec<u8>) -> Result<Picked, ArchiveError> {
    open(vec![(name.to_owned(), bytes)])
}

fn words(result: Result<Picked, ArchiveError>) -> String {
    result.unwrap_err().to_string()
}

/// The study among what was picked.
fn study(picked: Picked) -> PickedStudy {
    match picked {
        Picked::Study(study) => study,
        Picked::Others(files) => panic!("no study: {files:?}"),
    }
}

/// The study's files that were found, each with what it holds.
fn found(picked: &PickedStudy) -> Vec<(&str, &str)> {
    let files = picked.files.iter();
    files
        .map(|(name, bytes)| (name, std::str::from_utf8(bytes).unwrap()))
        .collect()
}

#[test]
fn files_are_taken_as_they_are() {
    let picked = study(open(at(&[OFFERS, UTILITIES, "notes.txt", ".DS_Store"])).unwrap());
    assert_eq!(found(&picked), [(UTILITIES, UTILITIES), (OFFERS, OFFERS)]);
    assert_eq!(picked.name, "");
    let ignored: Vec<String> = picked.ignored.iter().map(UnknownFile::to_string).collect();
    assert_eq!(ignored, ["notes.txt"]);
}

#[test]
fn a_study_may_lie_in_a_folder_among_others() {
    let paths = [
        "home/mine/leaseOffers.csv",
        "home/mine/UtilityScoresEV.csv",
        "home/mine/brand.csv",
        "home/other/study.json",
        "home/.git/leaseOffers.csv",
        "__MACOSX/home/mine/leaseOffers.csv",
    ];
    let wanted = [
        (UTILITIES, "home/mine/UtilityScoresEV.csv"),
        (OFFERS, "home/mine/leaseOffers.csv"),
    ];
    let ignored = [
        "home/mine/brand.csv (is brands.csv meant?)",
        "home/other/study.json (is study.json meant?)",
    ];
    for (picked, name) in [
        (open(at(&paths)), "mine"),
        (open_zip("A.b.zip", zipped(&paths)), "A.b"),
        (open_zip("x/A", zipped(&paths)), "A"),
    ] {
        let picked = study(picked.unwrap());
        assert_eq!(found(&picked), wanted);
        assert_eq!(picked.name, name);
        let unknowns: Vec<String> = picked.ignored.iter().map(UnknownFile::to_string).collect();
        assert_eq!(unknowns, ignored);
    }
}

#[test]
fn files_of_other_programs_are_found_by_what_they_are_not() {
    assert!(words(open(Vec::new())).starts_with("there is no file here"));
    let names = |picked: Result<Picked, ArchiveError>| match picked.unwrap() {
        Picked::Others(files) => files.into_iter().map(|(name, _)| name).collect(),
        Picked::Study(_) => Vec::new(),
    };
    let none = [""; 0];
    let paths = ["x/run_utilities.csv", "x/labels.csv", "x/.DS_Store"];
    for picked in [open(at(&paths)), open_zip("a.zip", zipped(&paths))] {
        assert_eq!(names(picked), ["run_utilities.csv", "labels.csv"]);
    }
    // Neutral names may be another program's.
    assert_eq!(names(open(at(&["utilities.csv"]))), ["utilities.csv"]);
    let tables = ["utilities.csv", "weights.csv"];
    assert_eq!(names(open(at(&tables))), tables);
    let products = ["run.csv", "offers.csv"];
    assert_eq!(names(open(at(&products))), products);
    assert_eq!(names(open(at(&["utilities.csv", "offers.csv"]))), none);
    assert_eq!(names(open(at(&["utilities.csv", "study.json"]))), none);
    // A workbook is no zip of files.
    let sheet = zipped(&["[Content_Types].xml", "xl/workbook.xml"]);
    for name in ["report.xlsx", "report"] {
        assert_eq!(names(open_zip(name, sheet.clone())), [name]);
    }
    let many: Vec<String> = (0..41).map(|number| format!("{number}.csv")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert!(words(open(at(&many))).starts_with("41 files are here"));
}

#[test]
fn files_of_several_studies_are_refused() {
    let several = at(&[
        "a/leaseOffers.csv",
        "b/UtilityScoresEV.csv",
        "c/study.json",
        "brands.csv",
    ]);
    let text = "files of a study are in the folders `a`, `b`; open only one folder";
    assert_eq!(words(open(several)), text);
    let several = at(&["study.json", "c/brands.csv"]);
    let text = "files of a study are in the folders `.`, `c`; open only one folder";
    assert_eq!(words(open(several)), text);
    let mut mixed = at(&[OFFERS]);
    mixed.push(("mine.zip".to_owned(), zipped(&[OFFERS])));
    assert!(words(open(mixed)).starts_with("`mine.zip` is a zip among other files;"));
}

#[test]
fn zips_that_cannot_be_unpacked_are_errors() {
    let whole = zipped(&[OFFERS, UTILITIES]);
    let text = |bytes: Vec<u8>| words(open_zip("mine.zip", bytes));
    assert!(
        text(bytes("no zip")).starts_with("`mine.zip` cannot be unpacked (invalid Zip archive")
    );
    let cut = whole[..whole.len() / 2].to_vec();
    assert!(text(cut).starts_with("`mine.zip` cannot be unpacked ("));

    // The content, the flag of encryption and the method, each in both of a file's headers.
    let central = whole
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .unwrap();
    let with = |changes: &[(usize, u8)]| {
        let mut bytes = whole.clone();
        for (at, byte) in changes {
            bytes[*at] = *byte;
        }
        text(bytes)
    };
    assert!(with(&[(50, b'~')]).starts_with("`mine.zip` cannot be unpacked ("));
    let encrypted = "`leaseOffers.csv` is encrypted; make the zip without a password";
    assert_eq!(with(&[(6, 1), (central + 8, 1)]), encrypted);
    let method = "`leaseOffers.csv` has an unsupported compression method; ";
    let text = with(&[(8, 12), (central + 10, 12)]);
    assert!(text.starts_with(method), "{text}");
}

#[test]
fn a_zip_that_unpacks_to_too_much_is_refused_whatever_it_says() {
    let large = vec![b'0'; 100_000];
    let mut bytes = zip([(OFFERS, large.as_slice()), (UTILITIES, &large)]).unwrap();
    assert!(bytes.len() < 2_000);
    assert!(unzip("a.zip", &bytes, 200_000).is_ok());
    let text = |bytes: &[u8]| words(unzip("a.zip", bytes, 199_999));
    assert!(text(&bytes).starts_with("the study's files are larger than"));
    let central = bytes
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .unwrap();
    // What it states is enough to refuse it.
    let mut stated = bytes.clone();
    stated[central + 24..central + 28].copy_from_slice(&1_500_000_000_u32.to_le_bytes());
    let refused = words(open_zip("a.zip", stated));
    assert!(
        refused.starts_with("the study's files are larger than 1 GiB"),
        "{refused}"
    );
    // A header that says it is one byte long.
    for at in [22, central + 24] {
        bytes[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
    }
    let text = text(&bytes);
    assert!(
        text.starts_with("the study's files are larger") || text.contains("cannot be unpacked"),
        "{text}"
    );
}

#[test]
fn a_zip_has_what_was_put_in() {
    let files = [(OFFERS, "a".as_bytes()), (UTILITIES, &[0, 255])];
    let made = zip(files).unwrap();
    assert_eq!(made, zip(files).unwrap());
    let picked = study(open_zip("study.zip", made).unwrap());
    assert_eq!(
        picked.files.iter().collect::<Vec<_>>(),
        [files[1], files[0]]
    );
    let text = zip([files[0], files[0]]).unwrap_err().to_string();
    assert!(text.starts_with("the zip cannot be made ("), "{text}");
}
