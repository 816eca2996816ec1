//! Numbers and names as the page writes them: rounded for reading, with the reader's separators.

mod entry;
mod labels;
mod money;
mod numbers;
mod separators;
mod shorten;

pub use entry::{arrow_step, read_entry};
pub use labels::{capitalize, cell_text, column_label, uncapitalize};
pub use money::{
    amount, attribute_unit, cost_unit, measure_value, price_text, short_measure,
    short_measure_change, with_sign,
};
pub use numbers::{
    count, decimals, file_size, fixed_decimals, group_digits, interval_text, percent,
    percent_change, plain_number, points_change, signed,
};
pub use separators::{AmbiguousNumber, Separators, reader_separators, set_reader_separators};
pub use shorten::{first_line, shorten, wrap};
