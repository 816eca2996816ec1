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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_needed() {
        let rows = [vec!["a", "b"], vec!["1,2", "x\"y"], vec!["short"]];
        assert_eq!(write_rows(rows), b"a,b\n\"1,2\",\"x\"\"y\"\nshort\n");
    }
}
