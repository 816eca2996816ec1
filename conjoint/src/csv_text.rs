//! Rows as CSV text, for the files of a study.

use csv::WriterBuilder;

/// Writes rows as CSV, with quotes where needed. Rows may differ in length.
pub(crate) fn write_rows<R, C>(rows: R) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: IntoIterator,
    C::Item: AsRef<[u8]>,
{
    let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail, and a flexible writer accepts rows of any length.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

/// A number with as few digits as give it back, such as `399` or `0.25`. The smallest and largest have an
/// exponent.
pub(crate) fn write_number(number: f64) -> String {
    let mut buffer = ryu::Buffer::new();
    let text = buffer.format(number);
    text.strip_suffix(".0").unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_needed() {
        let rows = [vec!["a", "b"], vec!["1,2", "x\"y"], vec!["short"]];
        assert_eq!(write_rows(rows), b"a,b\n\"1,2\",\"x\"\"y\"\nshort\n");
    }

    #[test]
    fn numbers_are_short_and_can_be_read_back() {
        for (number, text) in [
            (399.0, "399"),
            (0.25, "0.25"),
            (-0.1, "-0.1"),
            (0.0, "0"),
            (1e-7, "1e-7"),
            (f64::MAX, "1.7976931348623157e308"),
        ] {
            assert_eq!(write_number(number), text);
            assert_eq!(text.parse(), Ok(number));
        }
    }
}
