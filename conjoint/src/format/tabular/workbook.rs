//! Excel workbooks, read by calamine: cached values of formulas, never the formulas.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx, XlsxError};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Grid, GridCell, MOST_BYTES, TabularError, WorkbookLimit};

/// The most cells of all sheets together.
const MOST_CELLS: u64 = 20_000_000;

/// Whether the bytes are a zip archive, as a workbook of the last two decades is, or an older
/// compound file, as a protected one is.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Reads every sheet of a workbook with cells, in the workbook's order.
///
/// # Errors
/// A workbook that is damaged, protected or too large.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<Grid>, TabularError> {
    let unreadable = |reason: String| TabularError::Workbook {
        file: file.to_owned(),
        reason,
    };
    let too_large = |limit: WorkbookLimit| TabularError::TooLarge {
        file: file.to_owned(),
        limit,
    };
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(unreadable(
            "it is protected by a password, or of the format before 2007".to_owned(),
        ));
    }
    match is_within(bytes, MOST_BYTES) {
        Ok(true) => {}
        Ok(false) => return Err(too_large(WorkbookLimit::Bytes)),
        Err(error) => return Err(unreadable(error.to_string())),
    }
    let mut workbook: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(error.to_string()))?;
    let sheets: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let (mut grids, mut room) = (Vec::new(), MOST_CELLS);
    for (name, is_hidden) in sheets {
        let rows = read_rows(&mut workbook, &name, &mut room).map_err(|error| match error {
            SheetError::Xlsx(error) => unreadable(format!("sheet `{name}`: {error}")),
            SheetError::TooManyCells => too_large(WorkbookLimit::Cells),
        })?;
        let grid = Grid::from_sheet(file, &name, is_hidden, rows.into_iter());
        if grid.height() > 0 {
            grids.push(grid);
        }
    }
    Ok(grids)
}

/// Why a sheet is not read.
enum SheetError {
    /// It is damaged.
    Xlsx(XlsxError),
    /// It has more cells than are left.
    TooManyCells,
}

/// The rows of a sheet that have cells, each with its number and filled up to its last cell; takes
/// their cells off `room`. A single cell far away does not expand the rows and columns before it,
/// except those of its own row.
fn read_rows(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    room: &mut u64,
) -> Result<BTreeMap<u64, Vec<GridCell>>, SheetError> {
    let mut reader = workbook
        .worksheet_cells_reader(sheet)
        .map_err(SheetError::Xlsx)?;
    let mut rows: BTreeMap<u64, Vec<GridCell>> = BTreeMap::new();
    while let Some(next) = reader.next_cell().map_err(SheetError::Xlsx)? {
        let content = cell(next.get_value());
        if content == GridCell::Empty {
            continue;
        }
        let (row, column) = next.get_position();
        let cells = rows.entry(u64::from(row) + 1).or_default();
        let column = column as usize;
        let added = (column + 1).saturating_sub(cells.len());
        *room = room
            .checked_sub(added as u64)
            .ok_or(SheetError::TooManyCells)?;
        cells.resize(cells.len() + added, GridCell::Empty);
        if let Some(place) = cells.get_mut(column) {
            *place = content;
        }
    }
    Ok(rows)
}

fn cell(data: &DataRef<'_>) -> GridCell {
    let text = |text: &str| match text.trim() {
        "" => GridCell::Empty,
        text => GridCell::Text(text.to_owned()),
    };
    match data {
        DataRef::Empty | DataRef::Error(_) => GridCell::Empty,
        DataRef::Int(number) => GridCell::Number(*number as f64),
        DataRef::Float(number) => GridCell::Number(*number),
        DataRef::DateTime(date) if date.is_duration() => GridCell::Number(date.as_f64()),
        DataRef::DateTime(date) => GridCell::Text(write_date(*date)),
        DataRef::Bool(is_true) => {
            GridCell::Text(if *is_true { "TRUE" } else { "FALSE" }.to_owned())
        }
        DataRef::String(value) | DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => {
            text(value)
        }
        DataRef::SharedString(value) => text(value),
    }
}

/// A date as text: Excel also makes one of a level such as `3-5` or of a number such as `3.5`, and its serial
/// number would pass for a number that somebody wrote.
fn write_date(date: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (date.as_f64() < 1.0, date.as_f64().fract() == 0.0) {
        (true, _) => time,
        (false, true) => format!("{year:04}-{month:02}-{day:02}"),
        (false, false) => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

/// Whether the archive's members together have at most this many bytes: by the sizes that it states, so that
/// a large one is refused before it is expanded, and by expanding them, because it may state wrong ones.
fn is_within(bytes: &[u8], most: u64) -> Result<bool, ZipError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut stated: u64 = 0;
    for index in 0..archive.len() {
        stated = stated.saturating_add(archive.by_index_raw(index)?.size());
    }
    if stated > most {
        return Ok(false);
    }
    let mut left = most;
    for index in 0..archive.len() {
        let mut member = archive.by_index(index)?.take(left + 1);
        let size = std::io::copy(&mut member, &mut std::io::sink())?;
        match left.checked_sub(size) {
            Some(rest) => left = rest,
            None => return Ok(false),
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::Workbook;

    /// A workbook with these numbers in its first sheet.
    fn workbook(cells: &[(u32, u16, f64)]) -> Vec<u8> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for &(row, column, number) in cells {
            sheet.write_number(row, column, number).unwrap();
        }
        workbook.save_to_buffer().unwrap()
    }

    #[test]
    fn a_cell_far_away_is_read_without_the_cells_before_it() {
        let last = (1_048_575, 16_383, 3.0);
        let grids = read("far.xlsx", &workbook(&[(1, 1, 2.0), last])).unwrap();
        let [grid] = grids.as_slice() else {
            panic!("{} sheets", grids.len());
        };
        assert_eq!((grid.height(), grid.width()), (2, 16_384));
        assert_eq!((grid.line(0), grid.line(1)), (2, 1_048_576));
    }

    /// The bytes with the size that the central directory states for its first member.
    fn with_stated_size(mut bytes: Vec<u8>, size: u32) -> Vec<u8> {
        let central = bytes.windows(4).position(|four| four == b"PK\x01\x02");
        let at = central.unwrap() + 24;
        bytes[at..at + 4].copy_from_slice(&size.to_le_bytes());
        bytes
    }

    #[test]
    fn a_workbook_that_expands_to_too_much_is_refused() {
        let bytes = workbook(&[(0, 0, 1.0)]);
        let mut archive = ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
        let members = 0..archive.len();
        let sizes = members.map(|index| archive.by_index(index).unwrap().size());
        let size: u64 = sizes.sum();
        assert!(is_within(&bytes, size).unwrap());
        assert!(!is_within(&bytes, size - 1).unwrap());
        // The stated sizes are enough to refuse it.
        let stated = with_stated_size(bytes.clone(), 2_000_000_000);
        let error = read("large.xlsx", &stated).unwrap_err().to_string();
        assert!(
            error.starts_with("large.xlsx: the workbook expands to more than 1 GiB"),
            "{error}"
        );
        // A smaller stated size does not let more through.
        let stated = with_stated_size(bytes, 1);
        assert!(!is_within(&stated, size - 1).is_ok_and(|is_within| is_within));
    }

    #[test]
    fn too_many_cells_are_refused() {
        let rows = u32::try_from(MOST_CELLS / 16_384 + 1).unwrap();
        let cells: Vec<_> = (0..rows).map(|row| (row, 16_383, 1.0)).collect();
        let error = read("wide.xlsx", &workbook(&cells)).unwrap_err();
        assert!(error.to_string().contains("20 million cells"), "{error}");
    }
}
