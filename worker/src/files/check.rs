//! From a study's files to a packed study, which the page reads at once, or to their problems.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use conjoint::format::{
    MONEY_FILES, Place, Problems, SETTINGS, StudyFiles, StudyReading, pack_study, read_study,
    read_study_with_progress,
};

use crate::files::headers::headers;
use crate::files::settings;
use crate::files::unknown::UnknownFile;
use crate::protocol::{Problem, Refusal, StoredStudy};

/// The number of problems that are reported, at most.
const MOST_PROBLEMS: usize = 200;

/// The number of files that belong to no study and are reported, at most.
const MOST_UNKNOWN: usize = 20;

/// Reads and checks a study, and calls `report` with the fraction that was read; `ignored` are files
/// that were picked with it. Returns the study's entry in the list and its packed files.
///
/// # Errors
/// The problems of the files.
pub fn check(
    files: &StudyFiles,
    ignored: &[UnknownFile],
    report: &mut dyn FnMut(f64),
) -> Result<(StoredStudy, StudyFiles), Refusal> {
    let refuse = |problems: Problems| Refusal {
        problems: shown(files, &problems, ignored),
        count: problems.len() + ignored.len(),
        headers: headers(files),
    };
    let StudyReading {
        mut study,
        warnings,
    } = read_study_with_progress(files, report).map_err(refuse)?;
    let mut used = Cow::Borrowed(files);
    let lacks_market_size = study.has_money() && !settings::has_market_size(files);
    if lacks_market_size {
        for name in MONEY_FILES {
            used.to_mut().remove(name);
        }
        study = read_study(&used).map_err(refuse)?.study;
    }
    let packed = pack_study(&study, &used);
    let mut stored = StoredStudy {
        digest: packed.identity(),
        title: study.settings().title.clone(),
        respondents: study.respondents().len(),
        products: study.offers().len(),
        bytes: size(files),
        warnings: shown(files, &warnings, ignored),
        storage_error: None,
    };
    if lacks_market_size {
        stored.warnings.push(market_size_warning());
    }
    Ok((stored, packed))
}

/// The warning about money files without a market size. The default is that of the shipped study, so that
/// any amount would be wrong; the page shows none until the user enters the size.
fn market_size_warning() -> Problem {
    let problem = "the market size is missing, so that no customers and no money are shown";
    Problem {
        column: Some(settings::MARKET_SIZE.to_owned()),
        ..warning(SETTINGS, problem.to_owned())
    }
}

/// The size of files, bytes.
fn size(files: &StudyFiles) -> u64 {
    files.iter().map(|(_, bytes)| bytes.len() as u64).sum()
}

/// The files that belong to no study, those with a similar name first, and the first problems, each
/// with its line.
fn shown(files: &StudyFiles, problems: &Problems, ignored: &[UnknownFile]) -> Vec<Problem> {
    let (meant, others): (Vec<&UnknownFile>, Vec<&UnknownFile>) =
        ignored.iter().partition(|unknown| unknown.meant.is_some());
    let unknowns = meant.into_iter().chain(others).take(MOST_UNKNOWN);
    let mut shown: Vec<Problem> = unknowns.map(left_out).collect();
    let first = || problems.iter().take(MOST_PROBLEMS);
    let mut rows: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for problem in first() {
        let rows = rows.entry(&problem.place.file).or_default();
        rows.extend(problem.place.row);
    }
    let lines: BTreeMap<&str, BTreeMap<u64, String>> = rows
        .into_iter()
        .map(|(file, rows)| (file, files.lines(file, &rows)))
        .collect();
    shown.extend(first().map(|problem| {
        let Place { file, row, column } = problem.place.clone();
        let lines = lines.get(file.as_str());
        let preview = row.and_then(|row| lines?.get(&row).cloned());
        Problem {
            file,
            row,
            column,
            problem: problem.error.to_string(),
            preview,
            is_warning: problem.error.is_warning(),
        }
    }));
    shown
}

/// The warning about a file that belongs to no study.
fn left_out(unknown: &UnknownFile) -> Problem {
    let mut problem = "the file belongs to no study and is ignored".to_owned();
    if let Some(meant) = unknown.meant {
        problem += &format!("; if it is {meant}, rename it");
    }
    warning(&unknown.path, problem)
}

/// A warning about something as a whole.
fn warning(file: &str, problem: String) -> Problem {
    Problem {
        file: file.to_owned(),
        row: None,
        column: None,
        problem,
        preview: None,
        is_warning: true,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use conjoint::format::{OFFERS, UTILITIES, write_study};
    use conjoint::sample_study::{Sample, generate};

    /// A study of this many respondents, and one more.
    pub(crate) fn generated(respondents: u32) -> StudyFiles {
        let sample = Sample {
            seed: 1,
            respondents: vec![
                ("Gen X".to_owned(), respondents),
                ("Millennial".to_owned(), 1),
            ],
        };
        write_study(&generate(&sample).unwrap())
    }

    fn unknown(path: &str, meant: Option<&'static str>) -> UnknownFile {
        UnknownFile {
            path: path.to_owned(),
            meant,
        }
    }

    /// The study with `from` replaced by `to` in one file.
    fn changed(files: &StudyFiles, file: &str, from: &str, to: &str) -> StudyFiles {
        let mut files = files.clone();
        let text = String::from_utf8(files.remove(file).unwrap()).unwrap();
        assert!(text.contains(from), "{from}");
        files.insert(file, text.replace(from, to).into_bytes());
        files
    }

    #[test]
    fn a_study_comes_packed() {
        let files = generated(20);
        let files = changed(&files, OFFERS, "\n1,", "\n\"no 1\",");
        let files = changed(
            &files,
            "study.json",
            "\"title\": \"",
            "\"colour\": 1, \"title\": \"My ",
        );
        let mut reported = Vec::new();
        let ignored = [unknown("notes.txt", None)];
        let (stored, packed) =
            check(&files, &ignored, &mut |fraction| reported.push(fraction)).unwrap();
        assert_eq!(read_study(&packed), read_study(&files));
        assert_eq!(stored.digest, files.identity());
        assert!(stored.title.starts_with("My "));
        assert_eq!((stored.respondents, stored.products), (21, 13));
        assert_eq!(stored.bytes, size(&files));
        assert_eq!(reported.last(), Some(&1.0));
        let warnings: Vec<(&str, Option<&str>)> = stored
            .warnings
            .iter()
            .map(|warning| (warning.file.as_str(), warning.column.as_deref()))
            .collect();
        assert_eq!(
            warnings,
            [("notes.txt", None), ("study.json", Some("colour"))]
        );
        assert!(stored.warnings.iter().all(|warning| warning.is_warning));
    }

    #[test]
    fn money_files_without_a_market_size_are_not_used() {
        let mut files = generated(20);
        let (with_money, _) = check(&files, &[], &mut |_| {}).unwrap();
        let text = String::from_utf8(files.remove(SETTINGS).unwrap()).unwrap();
        let mut settings: serde_json::Value = serde_json::from_str(&text).unwrap();
        settings
            .as_object_mut()
            .unwrap()
            .remove("market_size_thousands");
        files.insert(SETTINGS, settings.to_string().into_bytes());
        let (stored, packed) = check(&files, &[], &mut |_| {}).unwrap();
        assert!(!read_study(&packed).unwrap().study.has_money());
        let warning = stored.warnings.last().unwrap();
        assert_eq!(warning.column.as_deref(), Some("market_size_thousands"));
        settings::set_market(&mut files, 23.287, "$");
        let (again, packed) = check(&files, &[], &mut |_| {}).unwrap();
        assert_eq!(again.digest, with_money.digest);
        assert!(read_study(&packed).unwrap().study.has_money());
    }

    #[test]
    fn problems_come_with_their_lines_and_the_columns_names() {
        let files = generated(400);
        let mut files = changed(&files, UTILITIES, "Gen X", "Gen Y");
        files = changed(&files, OFFERS, "monthly_cost", "price");
        let ignored = [
            unknown("a.txt", None),
            unknown("brand.csv", Some("brands.csv")),
        ];
        let refusal = check(&files, &ignored, &mut |_| {}).unwrap_err();
        let unknowns: Vec<&str> = refusal
            .problems
            .iter()
            .take(2)
            .map(|p| p.file.as_str())
            .collect();
        assert_eq!(unknowns, ["brand.csv", "a.txt"]);
        assert_eq!(refusal.problems.len(), 202);
        // All respondents but one, the missing column, the unknown column, two files, and the segment
        // that has no respondents left.
        assert_eq!(refusal.count, 400 + 1 + 1 + 2 + 1);
        let header = &refusal.problems[2];
        assert_eq!((header.file.as_str(), header.row), (OFFERS, Some(1)));
        assert!(
            header
                .preview
                .as_deref()
                .unwrap()
                .starts_with("id,brand,model,price,")
        );
        let person = &refusal.problems[5];
        assert_eq!((person.file.as_str(), person.row), (UTILITIES, Some(4)));
        let preview = person.preview.as_deref().unwrap();
        assert!(
            preview.contains(",Gen Y,") && preview.ends_with('…'),
            "{preview}"
        );
        assert!(person.problem.starts_with("the segment `Gen Y` is not in"));
        assert!(refusal.headers[OFFERS].contains(&"price".to_owned()));
        assert_eq!(
            refusal.headers[UTILITIES][..3],
            ["id", "segment", "current brand"]
        );
    }
}
