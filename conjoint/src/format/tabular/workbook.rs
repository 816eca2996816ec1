//! Excel workbooks, read by calamine: cached values of formulas, never the formulas.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, SheetVisible, Xlsx};

use super::{Grid, GridCell, TabularError};

/// The most cells of all sheets together.
const MOST_CELLS: u64 = 20_000_000;
/// The most bytes that the archive may expand to.
const MOST_BYTES: u64 = 1 << 30;

/// Whether the bytes are a zip archive, as a workbook of the last two decades is, or an older
/// compound file, as a protected one is.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Reads every sheet with cells, in the workbook's order.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Vec<Grid>, TabularError> {
    let unreadable = |reason: String| TabularError::Workbook {
        file: file.to_owned(),
        reason,
    };
    let too_large = |limit: &'static str| TabularError::TooLarge {
        file: file.to_owned(),
        limit,
    };
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(unreadable(
            "it is protected by a password, or of the format before 2007".to_owned(),
        ));
    }
    if expanded_size(bytes).is_none_or(|size| size > MOST_BYTES) {
        return Err(too_large("1 GiB"));
    }
    let mut workbook: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(error.to_string()))?;
    let sheets: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let (mut grids, mut cells) = (Vec::new(), 0);
    for (name, is_hidden) in sheets {
        let range = workbook
            .worksheet_range(&name)
            .map_err(|error| unreadable(format!("sheet `{name}`: {error}")))?;
        let (height, width) = range.get_size();
        cells += (height * width) as u64;
        if cells > MOST_CELLS {
            return Err(too_large("20 million cells"));
        }
        let (first_row, first_column) = range.start().unwrap_or((0, 0));
        let rows = range.rows().enumerate().map(|(row, cells)| {
            let padding = std::iter::repeat_n(GridCell::Empty, first_column as usize);
            let line = u64::from(first_row) + row as u64 + 1;
            (line, padding.chain(cells.iter().map(cell)).collect())
        });
        let grid = Grid::from_sheet(file, &name, is_hidden, rows);
        if grid.height() > 0 {
            grids.push(grid);
        }
    }
    Ok(grids)
}

fn cell(data: &Data) -> GridCell {
    match data {
        Data::Empty | Data::Error(_) => GridCell::Empty,
        Data::Int(number) => GridCell::Number(*number as f64),
        Data::Float(number) => GridCell::Number(*number),
        Data::DateTime(date) => GridCell::Number(date.as_f64()),
        Data::Bool(is_true) => GridCell::Text(if *is_true { "TRUE" } else { "FALSE" }.to_owned()),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => match text.trim()
        {
            "" => GridCell::Empty,
            text => GridCell::Text(text.to_owned()),
        },
    }
}

/// How large the archive's members become, by decompressing no more than the limit; the sizes that
/// the archive itself states may be wrong on purpose.
fn expanded_size(bytes: &[u8]) -> Option<u64> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut size = 0;
    for index in 0..archive.len() {
        let member = archive.by_index(index).ok()?;
        let left = MOST_BYTES.saturating_sub(size) + 1;
        size += std::io::copy(&mut member.take(left), &mut std::io::sink()).ok()?;
        if size > MOST_BYTES {
            break;
        }
    }
    Some(size)
}
