//! What separates the cells of a text.

/// Separators in the order of preference where two fit equally well.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// How many lines decide.
const SAMPLE: usize = 20;

/// The separator of a text's cells, and the text after Excel's hint `sep=;`, if its first line is one.
///
/// The separator is the one that occurs equally often, and at least once, in most of the first
/// lines, outside quotes.
pub(super) fn split_hint(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let hint = first.trim_end_matches('\r').trim_matches('"');
    match hint.strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) => (Some(*separator), rest),
        // The tab itself may have been trimmed by an editor.
        Some([]) => (Some(b'\t'), rest),
        _ => (None, text),
    }
}

/// The separator that fits a text best; a comma where none occurs.
pub(super) fn separator_of(text: &str) -> u8 {
    let lines = records(text);
    let score = |separator: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| count(line, separator)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let usual = mode(&counts).unwrap_or(0);
        let agreeing = counts.iter().filter(|count| **count == usual).count();
        // A separator that is rarer than another in the header is the other's decimal mark.
        (usize::from(usual > 0) * agreeing, usual, most)
    };
    let best = SEPARATORS
        .into_iter()
        .rev()
        .max_by_key(|separator| score(*separator));
    best.filter(|separator| score(*separator).2 > 0)
        .unwrap_or(b',')
}

/// Whether commas separate the cells of a text that has no hint.
pub(crate) fn uses_commas(text: &str) -> bool {
    split_hint(text).0.is_none() && separator_of(text) == b','
}

/// The first records: lines, but for line ends within quotes.
fn records(text: &str) -> Vec<&str> {
    let (mut records, mut start, mut is_quoted) = (Vec::new(), 0, false);
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => {
                records.push(text.get(start..place).unwrap_or_default());
                start = place + 1;
                if records.len() == SAMPLE {
                    return records;
                }
            }
            _ => {}
        }
    }
    records.push(text.get(start..).unwrap_or_default());
    records.retain(|line| !line.trim().is_empty());
    records
}

/// How often a separator occurs outside quotes.
fn count(line: &str, separator: u8) -> usize {
    let mut is_quoted = false;
    let outside = line.bytes().filter(|byte| {
        is_quoted ^= *byte == b'"';
        !is_quoted && *byte == separator
    });
    outside.count()
}

/// The most frequent count above 0, the larger one of two.
fn mode(counts: &[usize]) -> Option<usize> {
    let frequency = |count: usize| counts.iter().filter(|other| **other == count).count();
    let present = counts.iter().copied().filter(|count| *count > 0);
    present.max_by_key(|count| (frequency(*count), *count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_found_outside_quotes() {
        for (text, expected) in [
            ("id,a,b\n1,2,3\n", b','),
            ("id;a;b\n1;2,5;3,5\n", b';'),
            ("id\ta\tb\n1\t2,5\t3,5\n", b'\t'),
            ("id;\"a, or b; or c\";d\n1;2;3\n", b';'),
            (
                "Title of the study\n\nid;a;b;c\n1;2,5;3,5;4\n2;1,5;3,0;4\n",
                b';',
            ),
            ("one column\n1\n", b','),
        ] {
            assert_eq!(separator_of(text), expected, "{text}");
        }
    }

    #[test]
    fn excels_hint_is_obeyed_and_dropped() {
        assert_eq!(split_hint("sep=;\r\na;b"), (Some(b';'), "a;b"));
        assert_eq!(split_hint("sep=\t\na\tb"), (Some(b'\t'), "a\tb"));
        assert_eq!(split_hint("a;b\n1;2"), (None, "a;b\n1;2"));
    }
}
