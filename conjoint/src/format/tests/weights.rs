//! Weights of respondents, and the choice of none of the offers.

use super::*;

/// The small study with weights.
fn weighted(weights: &str) -> StudyFiles {
    let mut files = small_files();
    files.insert(WEIGHTS, weights.as_bytes().to_vec());
    files
}

/// The small study, or one that is like it, with what it is worth to take none of the offers.
fn with_none(files: &StudyFiles) -> StudyFiles {
    let text = std::str::from_utf8(files.get(UTILITIES).unwrap()).unwrap();
    // Before all other columns, so that the order of the file is not that of the matrix.
    let cells = ["None", "None", "0.5", "-1.25", "2"];
    let lines = text.lines().zip(cells).map(|(line, cell)| {
        let (id, values) = line.split_once(',').unwrap();
        format!("{id},{cell},{values}\n")
    });
    let mut files = files.clone();
    files.insert(UTILITIES, lines.collect::<String>().into_bytes());
    files
}

#[test]
fn weights_are_matched_by_id() {
    let plain = read_study(&small_files()).unwrap().study;
    assert_eq!(plain.respondents().weights().as_slice(), [1.0; 3]);
    assert_eq!(write_study(&plain).get(WEIGHTS), None);

    let files = weighted("weight,id\n0.5,p3\n2,p1\n0,p2\n");
    let reading = read_study(&files).unwrap();
    let study = &reading.study;
    assert!(reading.warnings.is_empty());
    assert_eq!(study.respondents().weights().as_slice(), [2.0, 0.0, 0.5]);
    let written = write_study(study);
    let bytes: &[u8] = b"id,weight\np1,2\np2,0\np3,0.5\n";
    assert_eq!(written.get(WEIGHTS), Some(bytes));
    assert_eq!(read_study(&written).as_ref(), Ok(&reading));
    assert_eq!(read_study(&pack_study(study, &files)), Ok(reading));
    assert_ne!(files.identity(), small_files().identity());
}

#[test]
fn every_slip_of_weights_is_told_with_its_place() {
    for (weights, description) in [
        (
            "id,weight\np1,1\np2,1\np3,-2\n",
            "weights.csv:4: weight: -2 is no weight; write how many people",
        ),
        (
            "id,weight\np1,1e-300\np2,1\np3,1\n",
            "weights.csv:2: weight: 1e-300 is no weight; write how many people the respondent stands for: 0, or 1e-9 at least",
        ),
        (
            "id,weight\np1,NaN\np2,1\np3,1\n",
            "weights.csv:2: weight: `NaN` is not a number",
        ),
        (
            "id,weight\np1,\np2,1\np3,1\n",
            "weights.csv:2: weight: the cell is empty",
        ),
        (
            "id,weight\np1,1\n,1\np2,1\np3,1\n",
            "weights.csv:3: id: the cell is empty; write the id of a respondent",
        ),
        (
            "id,weight\np1,1\np1,1\np2,1\np3,1\n",
            "weights.csv:3: id: `p1` stands twice, first in row 2",
        ),
        (
            "id,weight\np1,1\np2,1\np3,1\np4,1\n",
            "weights.csv:5: id: no respondent of UtilityScoresEV.csv has the id `p4`",
        ),
        (
            "id,weight\np2,1\n",
            "weights.csv: id: these respondents of UtilityScoresEV.csv have no row here: `p1`, `p3`; add one for each",
        ),
        (
            "id,weight\n",
            "weights.csv: id: these respondents of UtilityScoresEV.csv have no row here: `p1`, `p2`, `p3`",
        ),
        (
            "id,weight\np1,0\np2,0\np3,0\n",
            "weights.csv: weight: all weights are 0",
        ),
        ("id\np1\n", "weights.csv:1: weight: the column is missing"),
        (
            "id,weight,group\np1,1,a\np2,1,a\np3,1,a\n",
            "weights.csv:1: group: the column is not known here; known are `id`, `weight`",
        ),
        (
            "p1,1\n",
            "weights.csv:1: the header row is missing; the first row must name the columns `id`, `weight`",
        ),
        ("", "weights.csv: the file is empty"),
    ] {
        let lines = problems(&weighted(weights));
        assert_eq!(lines.len(), 1, "{weights}: {lines:#?}");
        assert!(
            lines[0].starts_with(description),
            "{lines:#?} lacks {description}"
        );
    }
}

#[test]
fn weights_are_checked_beside_a_damaged_file() {
    let mut files = weighted("id,weight\nx,-1\n");
    files.insert(UTILITIES, b"id\n".to_vec());
    let description = "weights.csv:2: weight: -1 is no weight";
    assert!(
        problems(&files)
            .iter()
            .any(|line| line.starts_with(description))
    );
    // A respondent who stands twice has a weight all the same.
    let mut files = damaged(UTILITIES, "p2,old", "p1,old");
    files.insert(WEIGHTS, b"id,weight\np1,1\np3,1\n".to_vec());
    let lines = problems(&files);
    assert!(
        lines.len() == 1 && lines[0].contains("`p1` stands twice"),
        "{lines:#?}"
    );
}

#[test]
fn the_choice_of_nothing_is_no_attribute() {
    let (own, with) = (
        read_study(&small_files()),
        read_study(&with_none(&small_files())),
    );
    let (own, reading) = (own.unwrap().study, with.unwrap());
    let with = &reading.study;
    assert_eq!(own.respondents().none(), None);
    assert_eq!(
        with.respondents().none(),
        Some([0.5, -1.25, 2.0].as_slice())
    );
    assert_eq!(with.schema(), own.schema());
    assert_eq!(with.offers(), own.offers());
    assert_eq!(read_study(&write_study(with)).as_ref(), Ok(&reading));
    let files = with_none(&small_files());
    assert_eq!(read_study(&pack_study(with, &files)), Ok(reading));
    survives(&files);
    survives(&with_none(&minimal_files()));
}

#[test]
fn slips_in_the_choice_of_nothing_are_told() {
    let changed = |from: &str, to: &str| {
        let mut files = with_none(&small_files());
        let text = String::from_utf8(files.remove(UTILITIES).unwrap()).unwrap();
        files.insert(UTILITIES, text.replacen(from, to, 1).into_bytes());
        problems(&files)
    };
    let description = "UtilityScoresEV.csv:4: None: `x` is not a number";
    assert!(changed("-1.25", "x")[0].starts_with(description));
    // Only the attribute and the level together are it.
    let description = "leaseOffers.csv:1: None: the attribute has no column here";
    assert!(
        changed("\nid,None", "\nid,Nothing")
            .iter()
            .any(|line| line.starts_with(description))
    );
    let mut files = with_none(&small_files());
    let text = String::from_utf8(files.remove(UTILITIES).unwrap()).unwrap();
    let ends = [",None", ",None", ",1", ",1", ",1"];
    let twice = text
        .lines()
        .zip(ends)
        .map(|(line, end)| format!("{line}{end}\n"));
    files.insert(UTILITIES, twice.collect::<String>().into_bytes());
    let description = "UtilityScoresEV.csv:2: None None: the column stands twice";
    assert!(
        problems(&files)[0].starts_with(description),
        "{:?}",
        problems(&files)
    );
}
