//! Sawtooth's `.hbu`, which every CBC/HB run writes: labels, coding and utilities in one text.
//!
//! Line 1 has the numbers of attributes, None (0 or 1) and parameters, line 2 the levels of each
//! attribute. A square follows: 1 on its diagonal for part-worths, −1 for a linear attribute, and any
//! other entry for an interaction. Then a line `attribute level label` for each level, one for a linear
//! attribute, and the respondents: id, fit × 1000, a number, the count of values, a number, values.

use super::super::draft::{ColumnRole, Draft, DraftAttribute};
use super::super::error::{ImportError, SourcePlace};
use super::super::labels::{LabelledAttribute, Labels, LevelLabel};
use super::super::roles;

/// The id of the format.
pub(crate) const ID: &str = "sawtooth-hbu";
/// What it is, in words.
pub(crate) const LABEL: &str = "Sawtooth: CBC/HB utilities (.hbu)";

/// The numbers at the start of a record.
const RECORD_HEAD: usize = 5;

/// The part before the respondents.
struct Header {
    attributes: Vec<DraftAttribute>,
    has_none: bool,
    parameters: usize,
    /// The first line of the respondents, from 0.
    first_line: usize,
    /// Why the utilities cannot be read, and in which line that is; the labels can.
    refusal: Option<(usize, String)>,
}

/// The coding of each attribute, and the first interaction.
type Coding = (Vec<i64>, Option<(usize, String)>);

/// Whether a text is a `.hbu`.
pub(crate) fn fits(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let whole = |line: Option<&str>| -> Option<Vec<i64>> {
        line?
            .split_whitespace()
            .map(|word| word.parse().ok())
            .collect()
    };
    let (Some(first), Some(second), Some(third)) = (
        whole(lines.next()),
        whole(lines.next()),
        whole(lines.next()),
    ) else {
        return false;
    };
    let attributes = first.first().copied().unwrap_or(0);
    let is_square = third.iter().all(|entry| (-1..=1).contains(entry));
    first.len() == 5
        && second.len() as i64 == attributes
        && third.len() as i64 == attributes
        && is_square
}

/// Reads the labels only, for utilities in another file.
pub(crate) fn read_labels(file: &str, text: &str) -> Result<Labels, ImportError> {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let header = read_header(file, &lines)?;
    let attributes = header
        .attributes
        .into_iter()
        .map(|attribute| LabelledAttribute {
            levels: attribute
                .levels
                .iter()
                .map(|level| LevelLabel {
                    code: None,
                    label: level.label.clone(),
                })
                .collect(),
            name: attribute.name,
        });
    Ok(Labels {
        file: file.to_owned(),
        attributes: attributes.collect(),
        ..Labels::default()
    })
}

/// The number of utilities of each respondent.
pub(crate) fn count_parameters(file: &str, text: &str) -> Result<usize, ImportError> {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    Ok(read_header(file, &lines)?.parameters)
}

/// Reads labels and utilities.
pub(crate) fn read(file: &str, text: &str) -> Result<Draft, ImportError> {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let header = read_header(file, &lines)?;
    if let Some((line, problem)) = header.refusal {
        return Err(damaged(file, line, problem));
    }
    let labels = header
        .attributes
        .iter()
        .flat_map(|attribute| &attribute.levels);
    let mut columns: Vec<String> = labels.map(|level| level.label.clone()).collect();
    let none = header.has_none.then_some(columns.len());
    columns.extend(none.map(|_| "None".to_owned()));
    let roles = columns
        .iter()
        .map(|name| (name.clone(), ColumnRole::Utility));
    let mut draft = Draft {
        attributes: header.attributes,
        none,
        roles: roles.collect(),
        columns,
        ..Draft::new(SourcePlace::file(file))
    };
    read_records(
        file,
        &lines,
        header.first_line,
        header.parameters,
        &mut draft,
    )?;
    Ok(draft)
}

/// A problem in a line, counted from 0.
fn damaged(file: &str, line: usize, problem: impl Into<String>) -> ImportError {
    ImportError::invalid(SourcePlace::file(file).at(line as u64 + 1), problem)
}

/// The whole numbers of a line.
fn numbers(file: &str, lines: &[&str], line: usize, count: usize) -> Result<Vec<i64>, ImportError> {
    let words = lines.get(line).map(|text| text.split_whitespace());
    let words = words.ok_or_else(|| damaged(file, line, "the file ends here; copy it again"))?;
    let numbers: Option<Vec<i64>> = words.map(|word| word.parse().ok()).collect();
    numbers
        .filter(|numbers| numbers.len() == count)
        .ok_or_else(|| {
            damaged(
                file,
                line,
                format!("expected are {count} whole numbers; copy the file again"),
            )
        })
}

fn read_header(file: &str, lines: &[&str]) -> Result<Header, ImportError> {
    let first = numbers(file, lines, 0, 5)?;
    let [attributes, none, parameters, ..] = first.as_slice() else {
        return Err(damaged(file, 0, "expected are five whole numbers"));
    };
    let count = usize::try_from(*attributes)
        .ok()
        .filter(|count| (1..=1000).contains(count));
    let count =
        count.ok_or_else(|| damaged(file, 0, "the number of attributes is not possible"))?;
    let parameters = usize::try_from(*parameters)
        .ok()
        .filter(|count| (1..=100_000).contains(count));
    let parameters =
        parameters.ok_or_else(|| damaged(file, 0, "the number of parameters is not possible"))?;
    let levels = numbers(file, lines, 1, count)?;
    let (coding, interaction) = read_coding(file, lines, count)?;
    let (found, columns, mut line) = read_attributes(file, lines, &coding, &levels)?;
    let is_none_label = lines.get(line).is_some_and(|text| {
        let label = text
            .trim()
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        roles::is_none(label)
    });
    line += usize::from(is_none_label);
    let has_none = *none > 0;
    let expected = columns + usize::from(has_none);
    let mismatch = (parameters != expected).then(|| {
        let problem =
            format!("{parameters} parameters are announced, but the labels name {expected}");
        (0, problem)
    });
    Ok(Header {
        attributes: found,
        has_none,
        parameters,
        first_line: line,
        refusal: interaction.or(mismatch),
    })
}

/// The diagonal of the square, and the line of the first interaction with what is wrong with it.
fn read_coding(file: &str, lines: &[&str], count: usize) -> Result<Coding, ImportError> {
    let (mut coding, mut interaction) = (Vec::new(), None);
    for row in 0..count {
        let entries = numbers(file, lines, 2 + row, count)?;
        for (column, entry) in entries.iter().enumerate() {
            if column != row && *entry != 0 {
                let problem = format!(
                    "interactions of attributes {} and {} cannot be read from a .hbu; open the *_utilities.csv of \
                     the run, or estimate main effects only",
                    row + 1,
                    column + 1
                );
                interaction.get_or_insert((2 + row, problem));
            }
        }
        coding.push(entries.get(row).copied().unwrap_or(1));
    }
    Ok((coding, interaction))
}

/// The attributes, the number of their columns, and the line after their labels.
fn read_attributes(
    file: &str,
    lines: &[&str],
    coding: &[i64],
    levels: &[i64],
) -> Result<(Vec<DraftAttribute>, usize, usize), ImportError> {
    let mut line = 2 + coding.len();
    let mut found = Vec::new();
    let mut column = 0;
    for (place, (coding, levels)) in coding.iter().zip(levels).enumerate() {
        let count = if *coding < 0 {
            1
        } else {
            usize::try_from(*levels).unwrap_or(0)
        };
        let name = format!("Attribute {}", place + 1);
        let mut labels = Vec::new();
        for level in 0..count {
            let label = label(lines.get(line).copied(), place + 1, level + 1).ok_or_else(|| {
                let problem = format!("expected is the label `{} {} …`", place + 1, level + 1);
                damaged(file, line, problem)
            })?;
            labels.push((label, column));
            column += 1;
            line += 1;
        }
        found.push(match labels.as_slice() {
            [(label, column)] if *coding < 0 => DraftAttribute::linear(label, true, *column),
            _ => DraftAttribute::of_columns(&name, false, labels),
        });
    }
    Ok((found, column, line))
}

/// The label of a level; `None` if the line is that of something else.
fn label(line: Option<&str>, attribute: usize, level: usize) -> Option<String> {
    let (first, rest) = line?.trim_start().split_once(' ')?;
    let (second, label) = rest.trim_start().split_once(' ').unwrap_or((rest, ""));
    let is_right = first.parse() == Ok(attribute) && second.trim().parse() == Ok(level);
    let label = label.trim();
    is_right.then(|| match label {
        "" => format!("Level {level}"),
        label => label.to_owned(),
    })
}

/// Reads the respondents, whose records may be wrapped.
fn read_records(
    file: &str,
    lines: &[&str],
    first_line: usize,
    parameters: usize,
    draft: &mut Draft,
) -> Result<(), ImportError> {
    let body = lines.iter().enumerate().skip(first_line);
    let mut words =
        body.flat_map(|(line, text)| text.split_whitespace().map(move |word| (line, word)));
    while let Some((line, id)) = words.next() {
        let head: Vec<&str> = words
            .by_ref()
            .take(RECORD_HEAD - 1)
            .map(|(_, word)| word)
            .collect();
        let count = head.get(2).and_then(|word| word.parse::<usize>().ok());
        if count != Some(parameters) {
            let problem =
                format!("the record of respondent `{id}` should announce {parameters} values");
            return Err(damaged(file, line, problem));
        }
        let mut row = Vec::with_capacity(parameters);
        for (line, word) in words.by_ref().take(parameters) {
            let number = word.parse::<f64>().ok().filter(|number| number.is_finite());
            row.push(
                number.ok_or_else(|| damaged(file, line, format!("`{word}` is not a number")))?,
            );
        }
        if row.len() < parameters {
            let problem = format!("the file ends within respondent `{id}`; copy it again");
            return Err(damaged(file, lines.len().saturating_sub(1), problem));
        }
        draft.ids.push(id.to_owned());
        draft.lines.push(line as u64 + 1);
        draft.rows.push(row);
    }
    match draft.ids.is_empty() {
        true => Err(damaged(
            file,
            first_line,
            "there is no respondent below the labels",
        )),
        false => Ok(()),
    }
}
