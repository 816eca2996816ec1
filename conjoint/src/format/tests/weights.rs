//! Weights of respondents, and the option to choose none of the offers.

use super::*;

/// The small study with weights.
fn weighted(weights: &str) -> StudyFiles {
    let mut files = small_files();
    files.insert(WEIGHTS, weights.as_bytes().to_vec());
    files
}

/// A study with the utility of choosing none of the offers.
fn with_none(files: &StudyFiles) -> StudyFiles {
    change_text(files, UTILITIES, |text| {
        // Before all other columns, so the file and the matrix have different orders.
        let cells = ["None", "None", "0.5", "-1.25", "2"];
        let lines = text.lines().zip(cells).map(|(line, cell)| {
            let (id, values) = line.split_once(',').unwrap();
            format!("{id},{cell},{values}\n")
        });
        lines.collect()
    })
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
fn mistakes_in_weights() {
    for (weights, expected) in [
        (
            "id,weight\np1,1\np2,1\np3,-2\n",
            "weights.csv:4: weight: -2 is not a weight; write how many people",
        ),
        (
            "id,weight\np1,1e-300\np2,1\np3,1\n",
            "weights.csv:2: weight: 1e-300 is not a weight; write how many people the respondent represents: 0, or at least 1e-9",
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
            "weights.csv:3: id: `p1` occurs twice, first in row 2",
        ),
        (
            "id,weight\np1,1\np2,1\np3,1\np4,1\n",
            "weights.csv:5: id: no respondent in UtilityScoresEV.csv has the id `p4`",
        ),
        (
            "id,weight\np2,1\n",
            "weights.csv: id: these respondents in UtilityScoresEV.csv have no row here: `p1`, `p3`; add one for each",
        ),
        (
            "id,weight\n",
            "weights.csv: id: these respondents in UtilityScoresEV.csv have no row here: `p1`, `p2`, `p3`",
        ),
        (
            "id,weight\np1,0\np2,0\np3,0\n",
            "weights.csv: weight: all weights are 0",
        ),
        ("id\np1\n", "weights.csv:1: weight: the column is missing"),
        (
            "id,weight,group\np1,1,a\np2,1,a\np3,1,a\n",
            "weights.csv:1: group: the column is unknown here; known columns are `id`, `weight`",
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
            lines[0].starts_with(expected),
            "{lines:#?} lacks {expected}"
        );
    }
}

#[test]
fn weights_are_checked_even_if_another_file_is_damage() {
    let mut files = weighted("id,weight\nx,-1\n");
    files.insert(UTILITIES, b"id\n".to_vec());
    let expected = "weights.csv:2: weight: -1 is not a weight";
    assert!(
        problems(&files)
            .iter()
            .any(|line| line.starts_with(expected))
    );
    // A repeated respondent still has a weight.
    let mut files = damage(UTILITIES, "p2,old", "p1,old");
    files.insert(WEIGHTS, b"id,weight\np1,1\np3,1\n".to_vec());
    let lines = problems(&files);
    assert!(
        lines.len() == 1 && lines[0].contains("`p1` occurs twice"),
        "{lines:#?}"
    );
}

#[test]
fn choosing_nothing_is_not_an_attribute() {
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
fn mistakes_in_the_column_for_choosing_nothing() {
    let changed = |from: &str, to: &str| {
        let files = with_none(&small_files());
        let change = |text: &str| text.replacen(from, to, 1);
        problems(&change_text(&files, UTILITIES, change))
    };
    let expected = "UtilityScoresEV.csv:4: None: `x` is not a number";
    assert!(changed("-1.25", "x")[0].starts_with(expected));
    // Both the attribute and the level must have the name.
    let expected = "leaseOffers.csv:1: None: the attribute has no column here";
    assert!(
        changed("\nid,None", "\nid,Nothing")
            .iter()
            .any(|line| line.starts_with(expected))
    );
    let files = change_text(&with_none(&small_files()), UTILITIES, |text| {
        let ends = [",None", ",None", ",1", ",1", ",1"];
        let lines = text.lines().zip(ends);
        lines.map(|(line, end)| format!("{line}{end}\n")).collect()
    });
    let lines = problems(&files);
    let expected = "UtilityScoresEV.csv:2: None: the column occurs twice";
    assert!(lines[0].starts_with(expected), "{lines:?}");
}
