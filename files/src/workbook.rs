//! Tables as an Excel workbook.
